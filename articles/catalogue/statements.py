"""Lists of claims and recommendations, and how many there are."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import BooleanField, Sum, Value
from django.db.models.expressions import RawSQL

from articles.catalogue import limits
from articles.catalogue.answers import Count, Found, Place, Turn
from articles.catalogue.gate import since_latest
from articles.catalogue.lists import capped
from articles.catalogue.pages import between
from articles.catalogue.planning import BY_DATE, BY_WORDS, patiently, plan, planning, require_given_up
from articles.filters import StatementFilter
from articles.models import Tally
from articles.models.tally import EVERYTHING
from articles.vocabulary import Review

LAST_PATIENCE = 500  # milliseconds for the latest, after all else was given up
Row = tuple[int, date, int, int]  # a statement, its day, its article, and where it begins there


def find_statements(question: StatementFilter, turn: Turn) -> Found:
    """Return a page of a question about statements: those of the newest article first, in the order of its text."""
    if question.gathered:
        return _gathered(question, turn)
    rows, key = linked(question)
    return _page(_walk(rows, key, turn), count_statements(question), turn)


def first_statements(*questions: StatementFilter, size: int) -> list[list[int]]:
    """Return the ids of the first statements of several questions about one kind, one more than `size` of each.

    One query for all. Raises ValueError for a question that has to be gathered.
    """
    parts = []
    for number, question in enumerate(questions):
        if question.gathered:
            raise ValueError("What has to be gathered can't be asked beside others.")
        rows, key = linked(question)
        ordered = rows.order_by("-dated", "-article_id", "start").annotate(part=Value(number))
        parts.append(ordered.values_list("part", key, "dated", "article_id", "start")[: size + 1])
    found: list[list[tuple[Any, ...]]] = [[] for _ in questions]
    for number, *row in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        found[number].append(tuple(row))
    return [[row[0] for row in _sorted(rows)] for rows in found]


def _page(found: list[Row], total: Count, turn: Turn) -> Found:
    """Return a page of rows of which one more than its size was asked for."""
    more, back = len(found) > turn.size, turn.before is not None
    found = found[-turn.size :] if back else found[: turn.size]
    places = [Place(dated, tuple(rest)) for _, dated, *rest in found]
    return Found(
        ids=[row[0] for row in found],
        count=total,
        next=places[-1] if places and (more or back) else None,
        previous=places[0] if places and (turn.after or (back and more)) else None,
    )


def _walk(rows: Any, key: str, turn: Turn) -> list[Row]:
    """Return a page of rows and one more, in order, found by place."""
    at, back = turn.at, turn.before is not None
    if at is not None:
        table = rows.model._meta.db_table
        place = f"({table}.dated, {table}.article_id) {'>=' if back else '<='} (%s, %s)"
        here = f"({table}.dated, {table}.article_id) = (%s, %s) AND {table}.start {'>=' if back else '<='} %s"
        beyond = f"{place} AND NOT ({here})"
        given = [at.dated, at.rest[0], at.dated, at.rest[0], at.rest[1]]
        rows = rows.filter(RawSQL(beyond, given, output_field=BooleanField()))
    order = ("dated", "article_id", "-start") if back else ("-dated", "-article_id", "start")
    found = list(rows.order_by(*order).values_list(key, "dated", "article_id", "start")[: turn.size + 1])
    return found[::-1] if back else found


def _gathered(question: StatementFilter, turn: Turn) -> Found:
    """Return a page of what can't be walked by date alone; of too many, found on the way, at last among the latest."""
    rows = question.qs.order_by()
    with transaction.atomic(using=rows.db), planning(rows.db):
        try:
            with transaction.atomic(using=rows.db):
                plan(rows.db, BY_WORDS | {"statement_timeout": str(limits.GATE_PATIENCE)})
                hits = list(rows.values_list("pk", "dated", "article_id", "start")[: limits.COUNTED + 1])
                if len(hits) <= limits.COUNTED:
                    return _page(_turned(hits, turn), Count(len(hits)), turn)
                return _page(patiently(rows.db, lambda: _walk(rows, "pk", turn)), Count(limits.COUNTED, True), turn)
        except OperationalError as error:
            require_given_up(error)
            plan(rows.db, BY_DATE | {"statement_timeout": str(LAST_PATIENCE)})
            found: list[Row] = []
            with suppress(OperationalError), transaction.atomic(using=rows.db):
                found = _walk(rows.filter(dated__gte=since_latest(rows.db)), "pk", turn)
            return replace(_page(found, Count(min(len(found), turn.size), True), turn), within=limits.LATEST)


def _turned(hits: list[Row], turn: Turn) -> list[Row]:
    """Return a page of all hits and one more, in order."""

    hits = _sorted(hits)
    if turn.at is None:
        return hits[: turn.size + 1]
    at = _order(turn.at.dated, *turn.at.rest)
    if turn.before is not None:
        return [row for row in hits if _order(*row[1:]) < at][-turn.size - 1 :]
    return [row for row in hits if _order(*row[1:]) > at][: turn.size + 1]


def _sorted(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: _order(*row[1:]))


def _order(dated: date, article: int, start: int) -> tuple[int, int, int]:
    """Return the place of a statement among others: of the newest article first, in the order of its text."""
    return -dated.toordinal(), -article, start


def count_statements(question: StatementFilter) -> Count:
    """Return how many statements answer a question: from the tallies of all and of one actor, else by counting."""
    asked = {name for name, value in question.asked.items() if value}
    if not question.form.errors and not asked:
        held = Tally.objects.filter(actor=EVERYTHING, dimension=question.kept_all)
        shown = held if settings.SHOW_SUGGESTIONS else held.filter(value=Review.ACCEPTED)
        return Count(shown.aggregate(n=Sum("n"))["n"] or 0)
    if question.gathered:
        return _gathered(question, Turn(size=1)).count
    actors, review = question.asked.get(question.link_name) or [], question.asked.get("review")
    if not question.form.errors and asked <= {question.link_name, "review"} and len(actors) == 1 and review != "open":
        every = settings.SHOW_SUGGESTIONS and not review
        kept = question.kept if every else question.kept_reviewed
        return Count(Tally.objects.n(EVERYTHING, kept, str(actors[0].pk)))
    return capped(linked(question)[0])


def linked(question: StatementFilter) -> tuple[Any, str]:
    """Return the rows to walk, and what their statement's id is called: an actor's own where it alone is asked."""
    asked = {name for name, value in question.asked.items() if value}
    actors = question.asked.get(question.link_name) or []
    if question.form.errors or len(actors) != 1 or not asked <= {question.link_name, "since", "until", "review"}:
        return question.qs, "pk"
    rows = question.link._default_manager.filter(actor=actors[0])
    review = question.asked.get("review")
    if review or not settings.SHOW_SUGGESTIONS:
        shown = Review.SUGGESTED if review == "open" else Review.ACCEPTED
        rows = rows.filter(standing=shown if settings.SHOW_SUGGESTIONS or shown == Review.ACCEPTED else "none")
    return between(rows.exclude(standing=""), question), question.link_key + "_id"
