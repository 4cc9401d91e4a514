"""The list of actors, and the page of one: what it is told to do, what is said about it, what it says."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from articles import catalogue
from articles.catalogue import Count, Turn
from articles.filters import ArticleFilter, ClaimFilter, NameFilter, RecommendationFilter
from articles.models import Actor, Card, Claim, PolicyRecommendation, Tally
from articles.pages.finding import Moved, find
from articles.pages.listing import numbered
from articles.pages.rows import article_rows, claim_rows, recommendation_rows
from articles.vocabulary import ActorKind, Dimension

PART = 10  # rows of each part of an actor's page
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
    """Show an actor: told to do, said about it, says; and the articles that mention it."""
    try:
        row = find(Actor.objects.select_related("country"), slug)
    except Moved as moved:
        return moved.response
    return render(request, "articles/actor.html", {
        "actor": row,
        "names": list(row.names.exclude(text=row.name).values_list("text", flat=True).distinct().order_by("text")),
        "told": recommended(PolicyRecommendation.objects.public(), addressee=row.slug),
        "about": claimed(Claim.objects.public(), actor=row.slug),
        "makes": recommended(PolicyRecommendation.objects.public(), recommender=row.slug),
        "says": claimed(Claim.objects.public(), claimant=row.slug),
        "articles": written(actor=row.slug),
    })  # fmt: skip


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
