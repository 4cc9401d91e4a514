"""What list pages share: a question asked through a filter, shown with chips, facets and pages."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote_plus

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.catalogue import Count, Facets, Found, Place, Turn, capped, place
from articles.pages import wording
from articles.pages.address import asked, with_value, without
from articles.pages.rows import names
from articles.pages.wording import day, language
from articles.vocabulary import Dimension

PAGE = 25  # rows
FACET = 8  # values shown of each
KINDS = {"addressee": "actor"}  # filters that are not called as what they name
# of the form beside a list
FIELDS = {
    "since", "until", "undated", "review", "language", "kind", "modality", "instrument", "stance",
    "page", "after", "before", "said", "facets",
}  # fmt: skip
# filters whose values are words of ours, and the wording of values that do not speak for themselves
CLOSED: dict[str, dict[str, str]] = {
    "review": {"open": "not yet reviewed"}, "undated": {"only": "only undated"}, "kind": {}, "modality": {},
    "instrument": {}, "stance": {},
}  # fmt: skip
MOST_DIGITS = 6  # of a page number; longer ones are no page
MOST_YEARS = 30  # bars; older ones are reached by the date fields


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    value: str
    remove: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value that would narrow the question: how many it leaves, and the address that asks so."""

    label: str
    count: int
    address: str
    chosen: bool = False
    height: int = 0  # per cent of the highest, for bars

    @property
    def top(self) -> int:
        """Where its bar begins, in per cent from above."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Facet:
    title: str
    options: list[Option]
    bars: bool = False
    more: str = ""  # where the values stand that are not shown
    sampled: int = 0  # rows that were counted, where there are more

    @property
    def ends(self) -> tuple[str, str]:
        """What stands below the first and the last bar: a year, or the name of a month."""
        return self.options[0].label.split()[0], self.options[-1].label.split()[0]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list page's answer: the rows of this page, how many in all, and the ways to go on."""

    rows: Sequence[Any]
    count: Count
    chips: list[Chip]
    errors: list[str]
    clear: str
    kept: list[tuple[str, list[str]]]  # what the fields of the form don't show
    previous: str
    next: str
    asked: str = ""  # the question, for other addresses that take it
    ranked: int = 0  # the newest rows that were put into this order, where there are more
    order: str = ""  # that was asked for
    within: int = 0  # the newest rows that words were looked for in, where all would take too long


def turn(question: QueryDict, length: int = 1, *, size: int = PAGE) -> Turn:
    """Return which page an address wants; what makes no sense wants the first."""
    page = question.get("page", "")
    number = int(page) if page.isdecimal() and len(page) <= MOST_DIGITS else 1
    return Turn(place(question.get("after"), length), place(question.get("before"), length), max(number, 1), size)


def listing(filterset: Any, found: Found, rows: Sequence[Any], question: QueryDict) -> Listing:
    """Return what a list page shows of `rows`, the page that was found, in its order."""
    return Listing(
        rows=rows,
        count=found.count,
        chips=list(chips(filterset, question)),
        errors=errors(filterset),
        clear="?",
        kept=[(name, values) for name, values in question.lists() if name not in FIELDS],
        previous=_turned(question, "before", found.previous, found.numbers[0]),
        next=_turned(question, "after", found.next, found.numbers[1]),
        asked=asked(question),
        ranked=found.ranked,
        order=filterset.asked.get("sort", ""),
        within=found.within,
    )


def _turned(question: QueryDict, name: str, place: Place | None, number: int) -> str:
    """Return the address of the page at a place, or of that number; an empty string where there is none."""
    if place is not None:
        return with_value(question, name, place)
    return with_value(question, "page", number) if number else ""


def numbered(filterset: Any, rows: QuerySet, question: QueryDict, *, size: int) -> Listing:
    """Return a page of rows that are few enough to be counted, by its number."""
    paginator = Paginator(rows, size)
    paginator.count = filterset.qs.order_by().count()  # without the columns that only the rows shown need
    page = paginator.get_page(question.get("page"))
    return Listing(
        rows=list(page.object_list),
        count=Count(paginator.count),
        chips=list(chips(filterset, question)),
        errors=errors(filterset),
        clear="?",
        kept=[(name, values) for name, values in question.lists() if name not in FIELDS],
        previous=with_value(question, "page", page.previous_page_number()) if page.has_previous() else "",
        next=with_value(question, "page", page.next_page_number()) if page.has_next() else "",
    )


def alphabetical(filterset: Any, held: int | None, question: QueryDict, *, size: int) -> Listing:
    """Return a page of names in their order, from the one in the address on; `held`: how many there are, if known."""
    rows = filterset.qs.order_by("sort_key", "pk")
    start, back = question.get("after") or question.get("before"), bool(question.get("before"))
    at = rows.model._default_manager.filter(slug=start).values_list("sort_key", "pk").first() if start else None
    if at is not None:
        key, pk = at
        side = "lt" if back else "gt"
        rows = rows.filter(Q(**{f"sort_key__{side}": key}) | Q(sort_key=key, **{f"pk__{side}": pk}))
        rows = rows.filter(**{f"sort_key__{side}e": key})  # what the index can use
    found = list(rows.reverse()[: size + 1] if back else rows[: size + 1])
    more = len(found) > size
    found = found[:size][::-1] if back else found[:size]
    known = held is not None and not filterset.asked and not filterset.form.errors
    return Listing(
        rows=found,
        count=Count(held) if known and held is not None else capped(filterset.qs),
        chips=list(chips(filterset, question)),
        errors=errors(filterset),
        clear="?",
        kept=[(name, values) for name, values in question.lists() if name not in FIELDS],
        previous=with_value(question, "before", found[0].slug) if found and at and (more or not back) else "",
        next=with_value(question, "after", found[-1].slug) if found and (more or back) else "",
    )


def errors(filterset: Any) -> list[str]:
    """Return what is wrong with the values given, each with the name of its field."""
    return [
        f"{_(filterset.form.fields[name].label)}: {error}"
        for name, found in filterset.form.errors.items()
        for error in found
    ]


def orders(filterset: Any, question: QueryDict) -> list[Option]:
    """Return the orders a list may have, the present one chosen; relevance only where words are asked for."""
    words = bool(question.get("q"))
    present = question.get("sort") or "newest"
    choices = filterset.form.fields["sort"].choices
    return [
        Option(label, 0, with_value(question, "sort", value), chosen=value == present)
        for value, label in choices
        if value and (words or value != "relevance")
    ]


def chips(filterset: Any, question: QueryDict) -> Iterable[Chip]:
    """Yield a removable chip for each value of each filter in force."""
    for name, value in filterset.asked.items():
        if name == "sort":
            continue
        label = _(filterset.form.fields[name].label)
        for one in value if isinstance(value, list) else [value]:
            given = getattr(one, "slug", None) if isinstance(value, list) else None
            yield Chip(label, worded(name, one), without(question, name, given))


def worded(name: str, value: Any) -> str:
    """Return a filter's value as readers know it."""
    wordings: dict[str, Callable[[Any], str]] = {"since": day, "until": day, "language": language}
    if name in CLOSED:
        return _(CLOSED[name].get(value, str(value).replace("_", " ")))
    return wordings.get(name, str)(value)


def article_facets(found: Facets, question: QueryDict) -> list[Facet]:
    """Return facets of a set of articles: years, actors, sources, authors, languages; empty ones left out."""
    values = found.values
    named = named_facets(
        question,
        actor=(_("Actors"), values[Dimension.ACTOR]),
        source=(_("Source"), values[Dimension.SOURCE]),
        author=(_("Author"), values[Dimension.AUTHOR]),
    )
    spoken = Choice(question, "language")
    languages = Facet(_("Language"), [spoken(language(code), n, code) for code, n in values[Dimension.LANGUAGE]])
    facets = [*month_facets(found.months, question), year_facet(values[Dimension.YEAR], question), *named, languages]
    return [replace(facet, sampled=found.sampled) for facet in facets if facet.options]


def named_facets(question: QueryDict, **counted: tuple[str, list[tuple[str, int]]]) -> list[Facet]:
    """Return a facet for each filter named, of its title and of the ids that it counted; chosen values lead back."""
    ids = {name: [int(key) for key, _ in values] for name, (_, values) in counted.items()}
    known = names(**{KINDS.get(name, name): keys for name, keys in ids.items()})
    facets = []
    for name, (title, values) in counted.items():
        kind = KINDS.get(name, name)
        choice = Choice(question, name, add=kind == "actor")
        options = [choice(row.name, n, row.slug) for key, n in values if (row := known.get((kind, int(key))))]
        facets.append(Facet(title, options, more=reverse(f"{kind}s") if len(values) == FACET else ""))
    return facets


class Choice:
    """What the values of the filter `name` lead to: chosen, back; else on. With `add` the filter takes several."""

    def __init__(self, question: QueryDict, name: str, *, add: bool = False) -> None:
        self.question, self.name = question, name
        self.chosen = question.getlist(name)
        self.stem = with_value(question, name, "", add=add)

    def __call__(self, label: str, n: int, value: str) -> Option:
        if value in self.chosen:
            return Option(label, n, without(self.question, self.name, value), chosen=True)
        return Option(label, n, f"{self.stem}{quote_plus(value)}")


def worded_facet(title: str, counted: list[tuple[str, int]], name: str, question: QueryDict) -> Facet:
    """Return values of a closed list as values of the filter `name`."""
    choice = Choice(question, name)
    return Facet(title, [choice(_(value), n, value) for value, n in counted])


def month_facets(counted: list[tuple[str, int]], question: QueryDict) -> list[Facet]:
    """Return how many articles each month of a year has, as bars that lead to the month; nothing where none are."""
    if not counted:
        return []
    held, year = dict(counted), int(counted[0][0][:4])
    since, until = question.get("since", ""), question.get("until", "")
    undated = question.copy()
    undated.pop("until", None)
    options = []
    for month in range(1, 13):
        name, n = f"{year}-{month:02}", held.get(f"{year}-{month:02}", 0)
        last = f"{name}-{monthrange(year, month)[1]}"
        options.append(Option(
            label=wording.month(date(year, month, 1)), count=n, chosen=since <= last and f"{name}-01" <= until,
            address=f"{with_value(undated, 'since', f'{name}-01')}&until={last}",
            height=round(100 * n / max(held.values())),
        ))  # fmt: skip
    return [Facet(_("Months of %(year)s") % {"year": year}, options, bars=True)]


def year_facet(counted: list[tuple[str, int]], question: QueryDict) -> Facet:
    """Return how many articles each year has, in time order, as bars that lead to the year; gaps are years of none."""
    years = {int(year): n for year, n in counted}
    if not years:
        return Facet(_("Year"), [], bars=True)
    since, until = question.get("since", "")[:4], question.get("until", "")[:4]
    options = []
    undated = question.copy()
    undated.pop("until", None)
    stem = with_value(undated, "since", "")
    for year in range(max(min(years), max(years) - MOST_YEARS + 1), max(years) + 1):
        chosen = bool(since or until) and (since or "0") <= str(year) <= (until or "9999")
        options.append(Option(
            label=str(year), count=years.get(year, 0), address=f"{stem}{year}-01-01&until={year}-12-31",
            chosen=chosen, height=round(100 * years.get(year, 0) / max(years.values())),
        ))  # fmt: skip
    return Facet(_("Year"), options, bars=True)
