"""What both sides have: how many of each kind, year by year, and where they agree or oppose each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import catalogue
from articles.catalogue import Count
from articles.pages.address import with_value
from articles.pages.comparison.sides import Side
from articles.pages.listing import MOST_YEARS, Facet, Option
from articles.pages.positions import OPPOSITE, Course, Step, courses
from articles.pages.rooms import ROOMS
from articles.pages.rows import Named, names
from articles.vocabulary import Dimension

MOST = 8  # rows of a group
LOOKED_AT = 500  # values; what is not among so many is not known, rather than none


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the list that it counts; None: not known."""

    count: Count | None
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[Cell, Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one sort. `sampled`: rows that were looked at on a side, where there are more."""

    title: str
    lines: list[Line]
    sampled: int = 0


@dataclass(frozen=True, slots=True)
class Shared:
    """A topic on which both sides have a stance, each with its latest words for it."""

    topic: Named
    sides: tuple[Course, Course]

    @property
    def quoted(self) -> tuple[Step, Step]:
        one, other = (course.latest(course.stance) for course in self.sides)
        return one, other

    @property
    def verdict(self) -> str:
        """Whether they "agree" or are "opposed"; empty where one of them is neutral."""
        one, other = (course.stance for course in self.sides)
        return "agree" if one == other else "opposed" if OPPOSITE.get(one) == other else ""


class Figures:
    """One side's answers, each asked once."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.questions = {name: room.question(side.asked[name]) for name, room in ROOMS.items()}
        articles, told, claims = (self.questions[name] for name in ("articles", "recommendations", "claims"))
        self.counts = {
            "articles": catalogue.count(articles),
            "recommendations": catalogue.count_statements(told),
            "claims": catalogue.count_statements(claims),
        }
        self.about = catalogue.facets(articles, self.counts["articles"], most=LOOKED_AT)
        self.told = catalogue.statement_facets(told, self.counts["recommendations"], most=LOOKED_AT)
        self.claims = catalogue.statement_facets(claims, self.counts["claims"], most=LOOKED_AT)

    def address(self, room: str, name: str = "", value: object = "") -> str:
        """Return the address of a list of this side, narrowed by one filter more."""
        asked = self.side.asked[room]
        return reverse(room) + (with_value(asked, name, value, add=True) if name else f"?{asked.urlencode()}")


def groups(one: Figures, other: Figures) -> list[Group]:
    """Return the figures of both sides, group by group; empty groups left out."""
    both = (one, other)
    of_actors = one.side.asked["recommendations"].get("addressee") and not one.side.asked["articles"].get("since")
    labels = (
        {"articles": _("Op-eds that mention it"), "recommendations": _("Told to act"), "claims": _("Claims about it")}
        if of_actors
        else {"articles": _("Op-eds"), "recommendations": _("Recommendations"), "claims": _("Claims")}
    )
    total = [
        Line(label, _pair(Cell(side.counts[room], side.address(room)) for side in both))
        for room, label in labels.items()
    ]
    found = [
        Group(_("How many"), total),
        *(_closed(both, "recommendations", name, title) for name, title in (
            ("modality", _("Recommendations by modality")), ("instrument", _("Recommendations by instrument")),
        )),
        _closed(both, "claims", "kind", _("Claims by kind")),
    ]  # fmt: skip
    keys = {
        (Dimension.SOURCE, "source", _("Sources")): [dict(side.about.values[Dimension.SOURCE]) for side in both],
        (Dimension.ACTOR, "actor", _("Actors named")): [dict(side.about.values[Dimension.ACTOR]) for side in both],
        (Dimension.ACTOR, "addressee", _("Told to act")): [dict(side.told[0].get("addressee", [])) for side in both],
    }
    wanted = {of: _most(held) for of, held in keys.items()}
    known = names(
        source=[int(key) for of, found in wanted.items() if of[0] == Dimension.SOURCE for key in found],
        actor=[int(key) for of, found in wanted.items() if of[0] == Dimension.ACTOR for key in found],
    )
    for of, held in keys.items():
        room = "recommendations" if of[1] == "addressee" else "articles"
        lines = [
            Line(row.name, _pair(
                Cell(_known(counted, key), side.address(room, of[1], row.slug))
                for side, counted in zip(both, held, strict=True)
            ))
            for key in wanted[of] if (row := known.get((of[0], int(key))))
        ]  # fmt: skip
        sampled = max(side.told[1] if of[1] == "addressee" else side.about.sampled for side in both)
        found.append(Group(of[2], lines, sampled))
    return [group for group in found if group.lines]


def _closed(both: tuple[Figures, Figures], room: str, name: str, title: str) -> Group:
    """Return how often each of our own words is said of the statements of both sides."""
    held = [dict((side.told if room == "recommendations" else side.claims)[0].get(name, [])) for side in both]
    lines = [
        Line(_(word), _pair(
            Cell(Count(counted.get(word, 0)), side.address(room, name, word))
            for side, counted in zip(both, held, strict=True)
        ))
        for word in _most(held)
    ]  # fmt: skip
    return Group(title, lines, max((side.told if room == "recommendations" else side.claims)[1] for side in both))


def _most(held: list[dict[str, int]]) -> list[str]:
    """Return the values that both sides together have most often."""
    n = {key: sum(counted.get(key, 0) for counted in held) for counted in held for key in counted}
    return sorted(n, key=lambda key: (-n[key], key))[:MOST]


def _known(counted: dict[str, int], key: str) -> Count | None:
    return Count(counted.get(key, 0)) if key in counted or len(counted) < LOOKED_AT else None


def _pair(cells: Iterable[Cell]) -> tuple[Cell, Cell]:
    one, other = cells
    return one, other


def years(one: Figures, other: Figures) -> list[Facet]:
    """Return the op-eds of both sides by year, as bars of one scale over the same years."""
    held = [{int(year): n for year, n in side.about.values[Dimension.YEAR]} for side in (one, other)]
    every = sorted({*held[0], *held[1]})
    if not every:
        return []
    span = range(max(every[0], every[-1] - MOST_YEARS + 1), every[-1] + 1)
    highest = max(n for counted in held for n in counted.values())
    return [
        Facet(side.side.name, [_bar(side, year, counted.get(year, 0), highest) for year in span], bars=True,
              sampled=side.about.sampled)
        for side, counted in zip((one, other), held, strict=True)
    ]  # fmt: skip


def _bar(side: Figures, year: int, n: int, highest: int) -> Option:
    asked = side.side.asked["articles"].copy()
    asked["since"], asked["until"] = f"{year}-01-01", f"{year}-12-31"
    return Option(str(year), n, f"{reverse('articles')}?{asked.urlencode()}", height=round(100 * n / highest))


def shared(one: Side, other: Side) -> list[Shared]:
    """Return the topics on which both sides have a stance: where they are opposed first, then where they agree."""
    held: list[dict[Any, Course]] = [{course.topic: course for course in courses(*side.own)} for side in (one, other)]
    both = [Shared(topic, (course, held[1][topic])) for topic, course in held[0].items() if topic in held[1]]
    return sorted(both, key=lambda one: ["opposed", "agree", ""].index(one.verdict))
