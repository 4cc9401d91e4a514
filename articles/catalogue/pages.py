"""A page of rows, reached by the last row of the one before."""

from datetime import date
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from articles.catalogue.answers import Count, Found, Place, Turn
from articles.filters import ArticleFilter, StatementFilter
from articles.models.card import UNDATED

Row = tuple[int, date]  # an article and its day


def page(rows: list[Row], total: Count, turn: Turn) -> Found:
    """Return a page of rows of which one more than its size was asked for."""
    more = len(rows) > turn.size
    rows = rows[-turn.size :] if turn.before else rows[: turn.size]
    places = [Place(dated, (key,)) for key, dated in rows]
    return Found(
        ids=[key for key, _ in rows],
        count=total,
        next=places[-1] if places and (more or turn.before) else None,
        previous=places[0] if places and (turn.after or (turn.before and more)) else None,
    )


def step(rows: Any, turn: Turn, *, oldest: bool) -> list[Row]:
    """Return a page of rows and one more, in order; undated ones come last."""
    size, at, back = turn.size + 1, turn.at, turn.before is not None
    if not oldest:
        found = _run(rows, at, down=not back, size=size)
        return found[::-1] if back else found
    parts = [rows.filter(dated__gt=UNDATED), rows.filter(dated=UNDATED)]
    if back:
        parts.reverse()
    if at is not None and (at.dated == UNDATED) != back:
        del parts[0]
    out: list[Row] = []
    for index, part in enumerate(parts):
        found = _run(part, at if index == 0 else None, down=back, size=size - len(out))
        out = found[::-1] + out if back else out + found
    return out


def _run(rows: Any, at: Place | None, *, down: bool, size: int) -> list[Row]:
    """Return (article, date) of the rows on one side of a place, the nearest first."""
    if size <= 0:
        return []
    table = rows.model._meta.db_table
    if at is not None:
        sign = "<" if down else ">"
        beyond = f"({table}.dated, {table}.article_id) {sign} (%s, %s)"
        rows = rows.filter(RawSQL(beyond, [at.dated, *at.rest], output_field=BooleanField()))
    ordered = rows.order_by("-dated", "-article_id") if down else rows.order_by("dated", "article_id")
    return list(ordered.values_list("article_id", "dated")[:size])


def between(rows: Any, question: ArticleFilter | StatementFilter) -> Any:
    """Narrow rows that have a day to the days that a question asks for; what has none answers none that ends."""
    if since := question.asked.get("since"):
        rows = rows.filter(dated__gte=since)
    if until := question.asked.get("until"):
        rows = rows.filter(dated__lte=until, dated__gt=UNDATED)
    return rows
