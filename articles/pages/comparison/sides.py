"""What is compared: whom or what an address names, and what is asked of it."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.filters import understood
from articles.models import Actor, Author, Claim, PolicyRecommendation
from articles.pages import wording

PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
BETWEEN = ".."


class Unknown(LookupError):  # noqa: N818 - an answer, told on the page
    """What was typed names nobody."""


class Senseless(ValueError):  # noqa: N818 - an answer, told on the page
    """What was typed can't be read."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. `asked`: by list, the question whose answers are counted; `own`: its claims and its calls."""

    name: str
    key: str  # as it stands in the address
    address: str
    asked: dict[str, QueryDict] = field(repr=False)
    own: tuple[QuerySet, QuerySet] = field(repr=False)


def actor(typed: str, _within: QueryDict) -> Side:
    """Return an actor as a side: what is asked of it, said about it, said by it."""
    row = _named(Actor.objects.all(), typed, "actor")
    names = {"articles": "actor", "recommendations": "addressee", "claims": "actor"}
    own = (Claim.objects.public().filter(claimant=row), PolicyRecommendation.objects.public().filter(recommender=row))
    asked = {room: _question({name: row.slug}) for room, name in names.items()}
    return Side(row.name, row.slug, row.get_absolute_url(), asked, own)


def author(typed: str, _within: QueryDict) -> Side:
    """Return an author as a side: what they wrote, recommend and claim."""
    row = _named(Author.objects.public(), typed, "author")
    asked = {room: _question({"author": row.slug}) for room in ("articles", "recommendations", "claims")}
    return Side(row.name, row.slug, row.get_absolute_url(), asked, own_of(row))


def own_of(author: Author) -> tuple[QuerySet, QuerySet]:
    """Return the claims and the recommendations in which an author speaks, not somebody whom the text names."""
    theirs = {"article__card__author_ids__contains": [author.pk]}
    return (
        Claim.objects.public().filter(claimant=None, claimant_text="", **theirs),
        PolicyRecommendation.objects.public().filter(recommender=None, recommender_text="", **theirs),
    )


def period(typed: str, within: QueryDict) -> Side:
    """Return some days as a side: "2024", "2024-07", "2024-07-22", "2022..2023"; beside an actor, of its op-eds."""
    first, last = days(typed)
    dated = {"since": first.isoformat(), "until": last.isoformat()}
    row = _named(Actor.objects.all(), str(within["actor"]), "actor") if within.get("actor") else None
    about = {"articles": "actor", "recommendations": "addressee", "claims": "actor"}
    asked = {room: _question({**dated, **({name: row.slug} if row else {})}) for room, name in about.items()}
    claims, told = Claim.objects.public(), PolicyRecommendation.objects.public()
    if row:
        claims, told = claims.filter(actors=row), told.filter(addressees=row)
    of_days = {"dated__gte": first, "dated__lte": last}
    return Side(
        worded(first, last), typed, f"/articles/?{asked['articles'].urlencode()}", asked,
        (claims.filter(**of_days), told.filter(**of_days)),
    )  # fmt: skip


def days(typed: str) -> tuple[date, date]:
    """Return the first and the last day of what was typed; raise Senseless."""
    start, _between, end = typed.partition(BETWEEN)
    first, last = _span(start)[0], _span(end or start)[1]
    if last < first:
        raise Senseless(_("“%(typed)s” ends before it begins.") % {"typed": typed})
    return first, last


def worded(first: date, last: date) -> str:
    """Return days as people say them: "2024", "July 2024", "22 July 2024", "1 May 2024 – 3 June 2024"."""
    if first == last:
        return wording.day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        one, other = wording.month(first), wording.month(last)
        return one if one == other else f"{one} – {other}"
    return f"{wording.day(first)} – {wording.day(last)}"


def _span(text: str) -> tuple[date, date]:
    match = PERIOD.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # noqa: S101 - the pattern has it
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        return date(year, month, day or 1), date(year, month, day or monthrange(year, month)[1])
    except (ValueError, KeyError, IndexError) as error:
        raise Senseless(
            _("“%(typed)s” is no period: write 2024, 2024-07 or 2022..2023.") % {"typed": text.strip()[:40]}
        ) from error


def _named(rows: QuerySet, typed: str, kind: str) -> Any:
    """Return the row of `rows` with this slug, or called so; raise Unknown."""
    for slug in (typed, understood(typed).get(kind, "")):
        try:
            return rows.at(slug)  # type: ignore[attr-defined]
        except rows.model.DoesNotExist:
            continue
    raise Unknown(_("No %(kind)s is known as “%(slug)s”.") % {"kind": _(kind), "slug": typed})


def _question(values: dict[str, str]) -> QueryDict:
    asked = QueryDict(mutable=True)
    asked.update(values)
    return asked


KINDS: dict[str, Callable[[str, QueryDict], Side]] = {"actors": actor, "authors": author, "periods": period}
