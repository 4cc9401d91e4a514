"""The list of actors, and the page of one: what it is told to do, what is said about it, what it says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from articles import catalogue
from articles.catalogue import Count, Turn
from articles.filters import ArticleFilter, ClaimFilter, NameFilter, RecommendationFilter, StatementFilter
from articles.models import Actor, ActorName, Card, Tally
from articles.models.tally import EVERYTHING
from articles.pages.finding import Moved, find
from articles.pages.listing import numbered, year_facet
from articles.pages.rows import StatementRow, article_rows, claim_rows, names, recommendation_rows
from articles.vocabulary import ActorKind, Dimension

PART = 10  # rows of each part of an actor's page
WITH = 12  # actors that are named beside it
ACTORS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page about somebody: its first rows, and how many there are in all."""

    rows: list[Any]
    count: Count

    @property
    def more(self) -> int:
        """How many rows are not shown, as far as they are counted."""
        return max(0, self.count.n - PART)

    @property
    def goes_on(self) -> bool:
        """Whether there are more rows than are shown."""
        return self.more > 0 or self.count.more


def actor_list(request: HttpRequest) -> HttpResponse:
    """Show the actors that published articles mention, the most mentioned first."""
    kind = request.GET.get("kind", "")
    told = Dimension.TOLD if settings.SHOW_SUGGESTIONS else Dimension.TOLD_REVIEWED
    rows = Actor.objects.annotate(n=Tally.objects.count_of(Dimension.ACTOR), told=Tally.objects.count_of(told))
    rows = rows.filter(Q(kind=kind) if kind in {*ActorKind} else Q(), n__gt=0)
    filterset = NameFilter(request.GET, rows)
    found = numbered(filterset, filterset.qs.order_by("-n", "sort_key"), request.GET, size=ACTORS_A_PAGE)
    context = {"listing": found, "kinds": ActorKind.choices(), "kind": kind}
    return render(request, "articles/actor_list.html", context)


def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an actor: told to do, calls for, said about it, says, with whom it is named, when; in twelve questions."""
    other_names = ActorName.objects.filter(actor=OuterRef("pk")).exclude(text=OuterRef("name")).order_by("text")
    rows = Actor.objects.select_related("country").annotate(others=ArraySubquery(other_names.values("text").distinct()))
    try:
        row = find(rows, slug)
    except Moved as moved:
        return moved.response
    told, makes = (_question(RecommendationFilter, name, row) for name in ("addressee", "recommender"))
    about, says = (_question(ClaimFilter, name, row) for name in ("actor", "claimant"))
    mentions = ArticleFilter(MultiValueDict({"actor": [row]}), Card.objects.published())
    recommendations = _parts(catalogue.first_statements(told, makes, size=PART), recommendation_rows)
    claims = _parts(catalogue.first_statements(about, says, size=PART), claim_rows)
    counted = _counted(row)
    facets = catalogue.facets(mentions, counted["articles"], most=WITH + 1)
    with_whom = [(key, n) for key, n in facets.values[Dimension.ACTOR] if key != str(row.pk)][:WITH]
    known = names(actor=[int(key) for key, _ in with_whom])
    found = catalogue.find_first(mentions, size=PART)
    return render(request, "articles/actor.html", {
        "actor": row,
        "names": row.others,
        "told": replace(recommendations[0], count=counted["told"]),
        "instruments": _words(told, counted["told"], "instrument"),
        "makes": recommendations[1],
        "about": replace(claims[0], count=counted["about"]),
        "kinds": _words(about, counted["about"], "kind"),
        "says": claims[1],
        "articles": Part(article_rows(found[:PART]), counted["articles"]),
        "with_whom": [(known["actor", int(key)], n) for key, n in with_whom if ("actor", int(key)) in known],
        "years": year_facet(facets.values[Dimension.YEAR], QueryDict(f"actor={row.slug}")),
    })  # fmt: skip


def _words(question: StatementFilter, total: Count, name: str) -> tuple[list[tuple[str, int]], int]:
    """Return how often each word of a closed list is said of the answers, and of how many newest, where of a sample."""
    counted, sampled = catalogue.statement_facets(question, total, most=0)
    return counted.get(name, []), sampled


def _question(kind: type[StatementFilter], name: str, row: Actor) -> StatementFilter:
    """Return the question what is said to, of or by an actor."""
    return kind(MultiValueDict({name: [row]}), kind.Meta.model.objects.all())


def _parts(found: list[list[int]], rows: Callable[[list[int]], list[StatementRow]]) -> list[Part]:
    """Return the parts of a page, their rows read together; how many there are is known as far as they are shown."""
    held = {row.pk: row for row in rows([key for keys in found for key in keys[:PART]])}
    return [
        Part([held[key] for key in keys[:PART] if key in held], Count(min(len(keys), PART), len(keys) > PART))
        for keys in found
    ]


def _counted(row: Actor) -> dict[str, Count]:
    """Return how often an actor is told to act, spoken of and mentioned, as the tallies have it."""
    shown = settings.SHOW_SUGGESTIONS
    told, about = (Dimension.TOLD, Dimension.ABOUT) if shown else (Dimension.TOLD_REVIEWED, Dimension.ABOUT_REVIEWED)
    everything = Q(actor=EVERYTHING, dimension__in=[told, about], value=str(row.pk))
    rows = Tally.objects.filter(everything | Q(actor=row.pk, dimension=Dimension.ALL, value=""))
    held = dict(rows.order_by().values_list("dimension", "n"))
    return {
        name: Count(held.get(dimension, 0))
        for name, dimension in (("told", told), ("about", about), ("articles", Dimension.ALL))
    }


def recommended(rows: QuerySet, **question: str) -> Part:
    """Return the first recommendations of `rows` that a question asks for."""
    found = catalogue.find_statements(RecommendationFilter(_asked(question), rows), Turn(size=PART))
    return Part(recommendation_rows(found.ids), found.count)


def claimed(rows: QuerySet, **question: str) -> Part:
    """Return the first claims of `rows` that a question asks for."""
    found = catalogue.find_statements(ClaimFilter(_asked(question), rows), Turn(size=PART))
    return Part(claim_rows(found.ids), found.count)


def written(**question: str) -> Part:
    """Return the first articles that a question asks for."""
    found = catalogue.find(ArticleFilter(_asked(question), Card.objects.published()), Turn(size=PART))
    return Part(article_rows(found.ids), found.count)


def _asked(question: dict[str, str]) -> QueryDict:
    asked = QueryDict(mutable=True)
    asked.update(question)
    return asked
