"""The lists of all claims and all recommendations."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles import catalogue
from articles.filters import ClaimFilter, RecommendationFilter
from articles.models import Claim, PolicyRecommendation
from articles.pages.listing import FACET, listing, named_facets, turn, worded_facet
from articles.pages.rows import claim_rows, recommendation_rows


def claim_list(request: HttpRequest) -> HttpResponse:
    """Show the claims that a question asks for."""
    question = ClaimFilter(request.GET, Claim.objects.public())
    found = catalogue.find_statements(question, turn(request.GET, 2))
    counted, sampled = catalogue.statement_facets(question, found.count, most=FACET)
    facets = [
        *named_facets(request.GET, actor=("About", counted.get("actor", []))),
        worded_facet("Kind", counted.get("kind", []), "kind", request.GET),
    ]
    return render(request, "articles/statement_list.html", {
        "form": question.form,
        "listing": listing(question, found, claim_rows(found.ids), request.GET),
        "facets": [replace(facet, sampled=sampled) for facet in facets],
        "title": "Claims",
        "noun": "claim",
    })  # fmt: skip


def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show the recommendations that a question asks for."""
    question = RecommendationFilter(request.GET, PolicyRecommendation.objects.public())
    found = catalogue.find_statements(question, turn(request.GET, 2))
    counted, sampled = catalogue.statement_facets(question, found.count, most=FACET)
    facets = [
        *named_facets(request.GET, addressee=("Told to act", counted.get("addressee", []))),
        worded_facet("Modality", counted.get("modality", []), "modality", request.GET),
        worded_facet("Instrument", counted.get("instrument", []), "instrument", request.GET),
    ]
    return render(request, "articles/statement_list.html", {
        "form": question.form,
        "listing": listing(question, found, recommendation_rows(found.ids), request.GET),
        "facets": [replace(facet, sampled=sampled) for facet in facets],
        "title": "Recommendations",
        "noun": "recommendation",
    })  # fmt: skip
