"""The lists of all claims and all recommendations."""

from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles import catalogue
from articles.filters import ClaimFilter, RecommendationFilter
from articles.models import Actor, Claim, PolicyRecommendation
from articles.pages.listing import FACET, in_order, listing, named_facet, turn, worded_facet


def claim_list(request: HttpRequest) -> HttpResponse:
    """Show the claims that a question asks for."""
    question = ClaimFilter(request.GET, Claim.objects.public())
    found = catalogue.find_statements(question, turn(request.GET, 2))
    counted, sampled = catalogue.statement_facets(question, found.count, most=FACET)
    facets = [
        named_facet("About", Actor, counted.get("actor", []), "actor", request.GET, add=True, more=reverse("actors")),
        worded_facet("Kind", counted.get("kind", []), "kind", request.GET),
    ]
    rows = in_order(claims_shown(Claim.objects.all()), found.ids)
    context = {
        "filter": question,
        "listing": listing(question, found, rows, request.GET),
        "facets": [replace(facet, sampled=sampled) for facet in facets],
    }
    return render(request, "articles/claim_list.html", context)


def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show the recommendations that a question asks for."""
    question = RecommendationFilter(request.GET, PolicyRecommendation.objects.public())
    found = catalogue.find_statements(question, turn(request.GET, 2))
    counted, sampled = catalogue.statement_facets(question, found.count, most=FACET)
    told = counted.get("addressee", [])
    facets = [
        named_facet("Told to act", Actor, told, "addressee", request.GET, add=True, more=reverse("actors")),
        worded_facet("Modality", counted.get("modality", []), "modality", request.GET),
        worded_facet("Instrument", counted.get("instrument", []), "instrument", request.GET),
    ]
    rows = in_order(recommendations_shown(PolicyRecommendation.objects.all()), found.ids)
    context = {
        "filter": question,
        "listing": listing(question, found, rows, request.GET),
        "facets": [replace(facet, sampled=sampled) for facet in facets],
    }
    return render(request, "articles/recommendation_list.html", context)


def claims_shown(claims: QuerySet) -> QuerySet:
    """Return claims with all that a row of a list shows, in a fixed number of queries."""
    return _with_article(claims).select_related("claimant").prefetch_related("article__bylines")


def recommendations_shown(recommendations: QuerySet) -> QuerySet:
    """Return recommendations with all that a row of a list shows, in a fixed number of queries."""
    return (
        _with_article(recommendations)
        .select_related("recommender")
        .prefetch_related("addressees", "targets", "article__bylines")
    )


def _with_article(statements: QuerySet) -> QuerySet:
    return statements.select_related("article__source").defer("article__body", "article__sketch", "article__as_read")
