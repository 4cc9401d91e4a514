"""The lists of all claims and all recommendations."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.filters import ClaimFilter, RecommendationFilter
from articles.models import Claim, PolicyRecommendation
from articles.pages.listing import facet, listing


def claim_list(request: HttpRequest) -> HttpResponse:
    """Show the claims that a question asks for."""
    filterset = ClaimFilter(request.GET, Claim.objects.public())
    found = listing(filterset, claims_shown(filterset.sorted), request.GET)
    facets = [
        facet("About", filterset.qs, "actor", request.GET, rows_of="actors", add=True, more=reverse("actors")),
        facet("Kind", filterset.qs, "kind", request.GET),
    ]
    return render(request, "articles/claim_list.html", {"filter": filterset, "listing": found, "facets": facets})


def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show the recommendations that a question asks for."""
    filterset = RecommendationFilter(request.GET, PolicyRecommendation.objects.public())
    found = listing(filterset, recommendations_shown(filterset.sorted), request.GET)
    facets = [
        facet(
            "Told to act",
            filterset.qs,
            "addressee",
            request.GET,
            rows_of="addressees",
            add=True,
            more=reverse("actors"),
        ),
        facet("Modality", filterset.qs, "modality", request.GET),
        facet("Instrument", filterset.qs, "instrument", request.GET),
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
