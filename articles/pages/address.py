"""Addresses that change one thing of the question and keep the rest."""

from django.http import QueryDict
from django.utils.http import urlencode

PAGES = ("page", "after", "before", "said", "facets")  # no part of the question: which page, how it was typed


def with_value(question: QueryDict, name: str, value: object, *, add: bool = False) -> str:
    """Return "?…" with `name` set to `value` (added to its values with `add`), back on the first page.

    The value stands last, so that an empty one gives the stem of the addresses of all values.
    """
    kept = _pairs(question, *(PAGES if add else (*PAGES, name)))
    return f"?{urlencode([*kept, (name, str(value))])}"


def without(question: QueryDict, name: str, value: object = None) -> str:
    """Return "?…" without `name`, or only without this value of it, back on the first page."""
    gone = PAGES if value is not None else (*PAGES, name)
    return f"?{urlencode([pair for pair in _pairs(question, *gone) if pair != (name, str(value))])}"


def asked(question: QueryDict) -> str:
    """Return "?…" with all that is asked, without which page is wanted; an empty string where nothing is."""
    pairs = _pairs(question, *PAGES)
    return f"?{urlencode(pairs)}" if pairs else ""


def _pairs(question: QueryDict, *gone: str) -> list[tuple[str, str]]:
    """Return the names and values of a question, empty values and the names `gone` left out."""
    return [(name, one) for name, values in question.lists() if name not in gone for one in values if one]
