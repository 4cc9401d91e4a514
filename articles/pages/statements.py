"""The lists of all claims and all recommendations."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.filters import ClaimFilter, RecommendationFilter
from articles.models import Claim, PolicyRecommendation
from articles.pages.address import with_value, without
from articles.pages.listing import FACET, Facet, Option, listing


def claim_list(request: HttpRequest) -> HttpResponse:
    """Show the claims that a question asks for."""
    filterset = ClaimFilter(request.GET, Claim.objects.public())
    found = listing(filterset, claims_shown(filterset.sorted), request.GET)
    facets = [
        actor_facet("About", "actors", "actor", filterset.qs, request),
        *choice_facets(filterset, request, "kind"),
    ]
    return render(request, "articles/claim_list.html", {"filter": filterset, "listing": found, "facets": facets})


def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show the recommendations that a question asks for."""
    filterset = RecommendationFilter(request.GET, PolicyRecommendation.objects.public())
    found = listing(filterset, recommendations_shown(filterset.sorted), request.GET)
    facets = [
        actor_facet("Told to act", "addressees", "addressee", filterset.qs, request),
        *choice_facets(filterset, request, "modality", "instrument"),
    ]
    return render(
        request, "articles/recommendation_list.html", {"filter": filterset, "listing": found, "facets": facets}
    )


def claims_shown(claims: QuerySet) -> QuerySet:
    """Return claims with all that a row of a list shows, in a fixed number of queries."""
    return _with_article(claims).select_related("claimant").prefetch_related("article__bylines__author")


def recommendations_shown(recommendations: QuerySet) -> QuerySet:
    """Return recommendations with all that a row of a list shows, in a fixed number of queries."""
    return (
        _with_article(recommendations)
        .select_related("recommender")
        .prefetch_related("addressees", "targets", "article__bylines__author")
    )


def _with_article(statements: QuerySet) -> QuerySet:
    return statements.select_related("article__source").defer(
        "article__body", "article__search", "article__sketch", "article__as_read"
    )


def actor_facet(title: str, field: str, name: str, statements: QuerySet, request: HttpRequest) -> Facet:
    """Return the actors most often linked to these statements through `field`."""
    rows = statements.order_by().exclude(**{field: None}).values(f"{field}__slug", f"{field}__name")
    counted = rows.annotate(n=Count("pk", distinct=True)).order_by("-n", f"{field}__slug")[:FACET]
    chosen = request.GET.getlist(name)
    return Facet(title, [
        Option(
            row[f"{field}__name"], row["n"], chosen=row[f"{field}__slug"] in chosen,
            address=(
                without(request.GET, name, row[f"{field}__slug"])
                if row[f"{field}__slug"] in chosen
                else with_value(request.GET, name, row[f"{field}__slug"], add=True)
            ),
        )
        for row in counted
    ])  # fmt: skip


def choice_facets(filterset: ClaimFilter | RecommendationFilter, request: HttpRequest, *names: str) -> list[Facet]:
    """Return a facet for each filter whose values are a closed list."""
    facets = []
    for name in names:
        counted = (
            filterset.qs.order_by().exclude(**{name: ""}).values(name).annotate(n=Count("pk")).order_by("-n", name)
        )
        chosen = request.GET.get(name)
        facets.append(Facet(name.capitalize(), [
            Option(
                row[name].replace("_", " "), row["n"], chosen=row[name] == chosen,
                address=without(request.GET, name) if row[name] == chosen else with_value(request.GET, name, row[name]),
            )
            for row in counted
        ]))  # fmt: skip
    return [facet for facet in facets if facet.options]
