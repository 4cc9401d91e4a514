"""What list pages share: a question asked through a filter, shown with chips, facets and pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.urls import reverse

from articles.models import ArticleActor
from articles.pages.address import address, with_value, without
from articles.pages.wording import day, language

PAGE = 25  # rows
FACET = 8  # values shown of each
FIELDS = {"since", "until", "review", "language", "page"}  # of the form beside a list
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


@dataclass(frozen=True, slots=True)
class Listing:
    """A list page's answer: the rows of this page, how many in all, and the ways to go on."""

    page: Page
    count: int
    chips: list[Chip]
    errors: list[str]
    clear: str
    kept: list[tuple[str, list[str]]]  # what the fields of the form don't show
    pages: list[tuple[int | str, str]]  # number and address; "…" has none
    previous: str
    next: str


def listing(filterset: Any, rows: QuerySet, question: QueryDict, *, size: int = PAGE) -> Listing:
    """Return one page of `rows`; `question` is the query string, its `page` as given or the nearest there is."""
    paginator = Paginator(rows, size)
    paginator.count = filterset.qs.order_by().count()  # without the columns that only the rows shown need
    page = paginator.get_page(question.get("page"))
    wide = paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)

    def to(number: int | str) -> str:
        return with_page(question, number) if isinstance(number, int) else ""

    return Listing(
        page=page,
        count=paginator.count,
        chips=list(chips(filterset, question)),
        errors=[
            f"{filterset.form.fields[name].label}: {error}"
            for name, found in filterset.form.errors.items()
            for error in found
        ],
        clear="?",
        kept=[(name, values) for name, values in question.lists() if name not in FIELDS],
        pages=[(number, to(number)) for number in wide] if paginator.num_pages > 1 else [],
        previous=to(page.previous_page_number()) if page.has_previous() else "",
        next=to(page.next_page_number()) if page.has_next() else "",
    )


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


def with_page(question: QueryDict, number: int) -> str:
    """Return the address of another page of the same question."""
    changed = question.copy()
    changed["page"] = str(number)
    return address(changed)


def chips(filterset: Any, question: QueryDict) -> Iterable[Chip]:
    """Yield a removable chip for each value of each filter in force."""
    for name, value in filterset.asked.items():
        if name == "sort":
            continue
        label = filterset.form.fields[name].label
        for one in value if isinstance(value, list) else [value]:
            given = getattr(one, "slug", None) if isinstance(value, list) else None
            yield Chip(label, worded(name, one), without(question, name, given))


def worded(name: str, value: Any) -> str:
    """Return a filter's value as readers know it."""
    wordings: dict[str, Callable[[Any], str]] = {"since": day, "until": day, "language": language}
    return wordings.get(name, lambda v: str(v).replace("_", " "))(value)


def article_facets(articles: QuerySet, question: QueryDict) -> list[Facet]:
    """Return facets of a set of articles: years, actors, sources, authors, languages; empty ones left out."""
    mentioned = ArticleActor.objects.filter(article__in=articles.values("pk"))
    facets = [
        year_facet(articles, question),
        facet("Actors", mentioned, "actor", question, rows_of="actor", add=True, more=reverse("actors")),
        facet("Source", articles, "source", question, rows_of="source", more=reverse("sources")),
        facet("Author", articles, "author", question, rows_of="bylines__author", more=reverse("authors")),
        facet("Language", articles, "language", question, worded_as=language),
    ]
    return [facet for facet in facets if facet.options]


def facet(
    title: str,
    rows: QuerySet,
    name: str,
    question: QueryDict,
    *,
    rows_of: str = "",
    add: bool = False,
    worded_as: Callable[[str], str] = str,
    more: str = "",
) -> Facet:
    """Return the most frequent values among `rows` of the filter `name`; those chosen lead back.

    The values are a column of that name, or linked rows with slug and name at the path `rows_of`. `add`: the filter
    takes several values at once.
    """
    key, label = (f"{rows_of}__slug", f"{rows_of}__name") if rows_of else (name, name)
    empty = {rows_of: None} if rows_of else {name: ""}
    counted = (
        rows.order_by().exclude(**empty).values(key, label).annotate(n=Count("pk", distinct=True)).order_by("-n", key)
    )
    chosen = set(question.getlist(name))
    options = [
        Option(
            label=worded_as(row[label]),
            count=row["n"],
            address=without(question, name, row[key])
            if row[key] in chosen
            else with_value(question, name, row[key], add=add),
            chosen=row[key] in chosen,
        )
        for row in counted[:FACET]
    ]
    return Facet(title, options, more=more if len(options) == FACET else "")


def year_facet(articles: QuerySet, question: QueryDict) -> Facet:
    """Return how many articles each year has, in time order, as bars that lead to the year; gaps are years of none."""
    counted = (
        articles.exclude(dated=None)
        .annotate(year=ExtractYear("dated"))
        .order_by()
        .values("year")
        .annotate(n=Count("pk"))
    )
    years = {row["year"]: row["n"] for row in counted}
    if not years:
        return Facet("Year", [], bars=True)
    since, until = question.get("since", "")[:4], question.get("until", "")[:4]
    options = []
    for year in range(max(min(years), max(years) - MOST_YEARS + 1), max(years) + 1):
        asked = question.copy()
        asked["since"] = f"{year}-01-01"
        chosen = bool(since or until) and (since or "0") <= str(year) <= (until or "9999")
        options.append(Option(
            label=str(year), count=years.get(year, 0), address=with_value(asked, "until", f"{year}-12-31"),
            chosen=chosen, height=round(100 * years.get(year, 0) / max(years.values())),
        ))  # fmt: skip
    return Facet("Year", options, bars=True)
