"""What waits for review, over all articles: asked for by what is known of it, in one order, a page after the other.

Claims and recommendations lie in two tables; a page is the first rows of both in the order asked for. Pages are turned
by place, as the catalogue's are: an address holds the row at which the next page begins, and nothing is skipped over.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from articles import catalogue
from articles.catalogue import Count
from articles.curation.rules import Records
from articles.models import KINDS, Addressee, Article, Claim, ClaimActor, PolicyRecommendation
from articles.vocabulary import Review

RANK = {kind: rank for rank, kind in enumerate(KINDS)}  # which kind comes first of two that are alike
PAGE = 25
COUNTED = 1_000  # of each kind, that a page counts; nobody works through more in a sitting
FEW = 10_000  # statements of an actor that are gone through

BETWEEN = "~"  # the parts of a place in an address
DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)


def _key(text: str) -> int:
    if not DIGITS.fullmatch(text):
        raise ValueError(text)
    return int(text)


READ: dict[str, Callable[[str], Any]] = {
    "confidence": float, "dated": date.fromisoformat, "article_id": _key, "start": _key,
}  # fmt: skip


class Band(NamedTuple):
    """A range of the reader's confidence: from `least` on, up to and without `below`."""

    least: float
    below: float
    label: str


BANDS = {
    "90": Band(0.9, 1.01, "0.9 and above"), "70": Band(0.7, 0.9, "0.7 to 0.9"),
    "50": Band(0.5, 0.7, "0.5 to 0.7"), "0": Band(0.0, 0.5, "below 0.5"),
}  # fmt: skip

# By name: the columns and whether they descend; the ids of one table settle what is alike, the latest first.
ORDERS: dict[str, tuple[tuple[str, bool], ...]] = {
    "confident": (("confidence", True),),
    "doubtful": (("confidence", False),),
    "newest": (("dated", True),),
    "oldest": (("dated", False),),
    "article": (("article_id", True), ("start", False)),
    "precision": (("confidence", True),),  # within a rule; rules come in the order of their precision
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the queue; what is empty is not asked."""

    kind: str = ""
    actor: int | None = None
    addressee: int | None = None
    rule: str = ""
    band: str = ""
    source: int | None = None
    language: str = ""
    since: date | None = None
    until: date | None = None
    article: int | None = None
    passed: tuple[int, ...] = ()  # articles that are left out
    order: str = "confident"

    @property
    def kinds(self) -> list[str]:
        """The kinds of statement that can answer: only recommendations have addressees."""
        if self.addressee is not None:
            told = PolicyRecommendation.short_name
            return [told] if self.kind in {"", told} else []
        return [self.kind] if self.kind in KINDS else list(KINDS)


@dataclass(frozen=True, slots=True)
class Place:
    """The row behind which a page begins: its kind and id, its values in the order, its rule where rules are one."""

    kind: str
    pk: int
    values: tuple[Any, ...]
    rule: str = ""

    def __str__(self) -> str:
        return BETWEEN.join([self.kind, str(self.pk), *map(str, self.values), self.rule])


def place(text: str, order: str) -> Place | None:
    """Return the place that an address names in an order; None for what names none."""
    columns, parts = ORDERS[order], text.split(BETWEEN)
    if len(parts) != 3 + len(columns) or parts[0] not in KINDS:
        return None
    kind, pk, *values, rule = parts
    try:
        read = tuple(READ[name](value) for (name, _), value in zip(columns, values, strict=True))
        return Place(kind, _key(pk), read, rule)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Page:
    """Some suggestions in their order, how many there are in all, and the last one's place where more follow."""

    rows: list[Any]
    count: Count
    next: Place | None


def waiting(kind: str, asked: Asked) -> QuerySet:
    """Return the suggestions of a kind that a question asks for, in no order."""
    rows = KINDS[kind].objects.suggested()
    if asked.actor is not None:
        rows = rows.filter(_about(kind, asked.actor))
    if asked.addressee is not None:
        rows = rows.filter(_linked(Addressee, "policyrecommendation", asked.addressee))
    if asked.rule:
        rows = rows.filter(rule=asked.rule)
    if band := BANDS.get(asked.band):
        rows = rows.filter(confidence__gte=band.least, confidence__lt=band.below)
    if asked.source is not None:
        rows = rows.filter(article__source=asked.source)
    if asked.language:
        rows = rows.filter(article__language="" if asked.language == "none" else asked.language)
    if asked.since:
        rows = rows.filter(dated__gte=asked.since)
    if asked.until:
        rows = rows.filter(dated__lte=asked.until, dated__gt=date.min)
    if asked.article is not None:
        rows = rows.filter(article=asked.article)
    if asked.passed:
        rows = rows.exclude(article__in=asked.passed)
    return rows.order_by()


def _about(kind: str, actor: int) -> Q:
    """Whether a claim is about an actor, or a recommendation tells it to act."""
    if kind == Claim.short_name:
        return _linked(ClaimActor, "claim", actor)
    return _linked(Addressee, "policyrecommendation", actor)


def _linked(link: Any, column: str, actor: int) -> Q:
    """Whether a statement is linked to an actor: one of those that are, where they are few.

    The planner takes an actor's statements for rarer or more frequent than they are; told that they are few, it goes
    through them.
    """
    links = link.objects.filter(actor=actor).order_by()
    if links[FEW : FEW + 1].exists():
        return Q(Exists(links.filter(**{column: OuterRef("pk")})))
    return Q(pk__in=links.values(f"{column}_id")[:FEW])


def count(asked: Asked, most: int | None = None) -> Count:
    """Return how many suggestions answer, each kind as far as it is counted: see `catalogue.capped`."""
    return _counted([waiting(kind, asked) for kind in asked.kinds], most)


def _counted(each_waiting: list[QuerySet], most: int | None = None) -> Count:
    each = [catalogue.capped(rows, most) for rows in each_waiting]
    return Count(sum(one.n for one in each), any(one.more for one in each))


def page(asked: Asked, records: Records, after: Place | None = None, size: int = PAGE) -> Page:
    """Return the first suggestions behind a place, with how many there are in all."""
    each = {kind: waiting(kind, asked) for kind in asked.kinds}
    found = _found(asked, each, records, after, size + 1)
    rows = found[:size]
    last = _place(rows[-1], asked.order) if len(found) > size else None
    return Page(filled([(row.short_name, row.pk) for row in rows]), _counted(list(each.values()), COUNTED), last)


def following(asked: Asked, records: Records, after: Place | None = None) -> int | None:
    """Return the article of the first suggestion behind a place; None where there is none."""
    rows = _found(asked, {kind: waiting(kind, asked) for kind in asked.kinds}, records, after, 1)
    return rows[0].article_id if rows else None


def _found(asked: Asked, each: dict[str, QuerySet], records: Records, after: Place | None, size: int) -> list[Any]:
    if asked.order == "precision":
        return _by_rule(asked, each, records, after, size)
    return _first(each, asked.order, after, size)


def _first(each: dict[str, QuerySet], by: str, after: Place | None, size: int) -> list[Any]:
    """Return the first rows of all kinds behind a place, in order; only what tells their order is read."""
    order = ORDERS[by]
    found: list[Any] = []
    for kind, waits in each.items():
        rows = waits.filter(_behind(kind, order, after)) if after is not None else waits
        ordered = [f"{'-' if down else ''}{name}" for name, down in order]
        # Ids go the way of the column, so that one index is read forwards or backwards.
        down = order[-1][1]
        found += rows.order_by(*ordered, "-pk" if down else "pk").only("pk", "rule", "article", *_names(order))[:size]
    return sorted(found, key=lambda row: _sorting(row, order))[:size]


def _by_rule(asked: Asked, each: dict[str, QuerySet], records: Records, after: Place | None, size: int) -> list[Any]:
    """Return the first rows behind a place, rule by rule: those of the most trusted rule first."""
    found: list[Any] = []
    for kind in asked.kinds:
        if after is not None and RANK[kind] < RANK[after.kind]:
            continue
        begun = after if after is not None and after.kind == kind else None
        rules = records.ranked(kind, [asked.rule] if asked.rule else rules_waiting(kind))
        for rule in rules[rules.index(begun.rule) if begun and begun.rule in rules else 0 :]:
            place = begun if begun and begun.rule == rule else None
            found += _first({kind: each[kind].filter(rule=rule)}, asked.order, place, size - len(found))
            if len(found) >= size:
                return found
    return found


def _names(order: tuple[tuple[str, bool], ...]) -> list[str]:
    return [name for name, _ in order if name != "article_id"]


def _behind(kind: str, order: tuple[tuple[str, bool], ...], after: Place) -> Q:
    """Return the condition of the rows of a kind that come behind a place."""
    if len(order) == 1:
        (name, down), value = order[0], after.values[0]
        if RANK[kind] != RANK[after.kind]:
            alike_too = "e" if RANK[kind] > RANK[after.kind] else ""
            return Q(**{f"{name}__{'lt' if down else 'gt'}{alike_too}": value})
        # One comparison of rows is one range of the index, however many have the same value.
        table = KINDS[kind]._meta.db_table
        beyond = RawSQL(
            f"({table}.{name}, {table}.id) {'<' if down else '>'} (%s, %s)",
            [value, after.pk],
            output_field=BooleanField(),
        )
        return Q(beyond)
    behind, alike = Q(), Q()
    for (name, down), value in zip(order, after.values, strict=True):
        behind |= alike & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        alike &= Q(**{name: value})
    if RANK[kind] == RANK[after.kind]:
        behind |= alike & Q(**{f"pk__{'lt' if order[-1][1] else 'gt'}": after.pk})
    elif RANK[kind] > RANK[after.kind]:
        behind |= alike
    name, down = order[0]
    return Q(**{f"{name}__{'lte' if down else 'gte'}": after.values[0]}) & behind  # what an index can use


def _sorting(row: Any, order: tuple[tuple[str, bool], ...]) -> tuple[Any, ...]:
    values = [getattr(row, name) for name, _ in order]
    numbers = [value.toordinal() if isinstance(value, date) else value for value in values]
    signed = [-number if down else number for number, (_, down) in zip(numbers, order, strict=True)]
    return (*signed, RANK[row.short_name], -row.pk if order[-1][1] else row.pk)


def _place(row: Any, order: str) -> Place:
    values = tuple(getattr(row, name) for name, _ in ORDERS[order])
    return Place(row.short_name, row.pk, values, row.rule if order == "precision" else "")


def filled(rows: Sequence[tuple[str, int]]) -> list[Any]:
    """Return the statements of these kinds and ids, in this order, with all that is shown of them."""
    held: dict[tuple[str, int], Any] = {}
    for kind, model in KINDS.items():
        if keys := [pk for of, pk in rows if of == kind]:
            held |= {(kind, row.pk): row for row in with_shown(model.objects.filter(pk__in=keys))}
    return [held[row] for row in rows if row in held]


def with_shown(rows: QuerySet) -> QuerySet:
    """Read with statements what is shown of them and of their articles."""
    actors = ["actors"] if rows.model is Claim else ["addressees", "targets"]
    speaker = "claimant" if rows.model is Claim else "recommender"
    long = [f"article__{name}" for name in ("sketch", "as_read", "evidence")]
    return (
        rows.select_related("article__source", speaker, "decided_by", "suggested_by")
        .prefetch_related(*actors)
        .defer(*long)
    )


def rules_waiting(kind: str) -> list[str]:
    """Return the rules whose suggestions of a kind wait, by name: one step of an index for each."""
    step = f"(SELECT min(rule) FROM {KINDS[kind]._meta.db_table} WHERE status = '{Review.SUGGESTED}'"
    steps = f"""
        WITH RECURSIVE held(rule) AS (
            SELECT {step})
            UNION ALL
            SELECT {step} AND rule > held.rule) FROM held WHERE held.rule IS NOT NULL
        ) SELECT rule FROM held WHERE rule IS NOT NULL
    """
    with connection.cursor() as cursor:
        cursor.execute(steps)
        return [row[0] for row in cursor]


def unread() -> QuerySet:
    """Return the articles that nobody has reviewed and in which nothing waits: found empty by the reader alone."""
    waits = (Exists(model.objects.suggested().filter(article=OuterRef("pk"))) for model in KINDS.values())
    rows = Article.objects.filter(reviewed_at=None)
    for one in waits:
        rows = rows.exclude(one)
    return rows
