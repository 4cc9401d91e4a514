"""Find the row an address names, or the address it moved to."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponsePermanentRedirect


class Moved(Exception):  # noqa: N818 - a turn in the road, not an error
    """The row is at another address now."""

    def __init__(self, row: Any) -> None:
        super().__init__(row)
        self.response = HttpResponsePermanentRedirect(row.get_absolute_url())


def find(rows: QuerySet, slug: str) -> Any:
    """Return the row of `rows` that has this slug.

    Raises Http404 where there is none, and `Moved` where the slug is a former one.
    """
    try:
        row = rows.at(slug)  # type: ignore[attr-defined]
    except rows.model.DoesNotExist as error:
        raise Http404(f"Nothing is known as “{slug}”.") from error
    if row.slug != slug:
        raise Moved(row)
    return row
