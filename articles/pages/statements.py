"""The lists of all claims and all recommendations."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles import catalogue
from articles.filters import ClaimFilter, RecommendationFilter
from articles.models import Claim, PolicyRecommendation
from articles.pages import linked_data
from articles.pages.listing import FACET, listing, named_facets, turn, worded_facet
from articles.pages.rooms import by_mail, ways
from articles.pages.rows import StatementRow, claim_rows, recommendation_rows
from articles.passages import around

Rows = Callable[[list[int]], list[StatementRow]]


def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one claim, in its paragraph."""
    return _statement(request, Claim, claim_rows, pk)


def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one recommendation, in its paragraph."""
    return _statement(request, PolicyRecommendation, recommendation_rows, pk)


def _statement(request: HttpRequest, model: Any, rows: Rows, pk: int) -> HttpResponse:
    held = model.objects.printed().select_related("article__source").filter(pk=pk).first()
    if held is None:
        raise Http404(f"No {model.short_name} has this number.")
    (row,) = rows([pk])
    before, *_same, behind = around(held, held.article.body) if held.is_placed else ("", "", "")
    address, article = request.build_absolute_uri(request.path), request.build_absolute_uri(row.article.address)  # type: ignore[union-attr]
    return render(request, "articles/statement.html", {
        "row": row,
        "before": before,
        "behind": behind,
        "original": linked_data.text_fragment(held.article.link, held.exact),
        "codings": list(held.codings.select_related("topic")),
        "data": linked_data.json_ld(linked_data.of_statement(row, address, article)),
    })  # fmt: skip


def claim_list(request: HttpRequest) -> HttpResponse:
    """Show the claims that a question asks for."""
    question = ClaimFilter(request.GET, Claim.objects.all())
    found = catalogue.find_statements(question, turn(request.GET, 2))
    counted, sampled = catalogue.statement_facets(question, found.count, most=FACET)
    facets = [
        *named_facets(request.GET, actor=(_("About"), counted.get("actor", []))),
        worded_facet(_("Kind"), counted.get("kind", []), "kind", request.GET),
    ]
    return render(request, "articles/statement_list.html", {
        "form": question.form,
        "listing": listing(question, found, claim_rows(found.ids), request.GET),
        "facets": [replace(facet, sampled=sampled) for facet in facets],
        "title": _("Claims"),
        "noun": "claim",
        "ways": ways("claims", request.GET),
        "by_mail": by_mail("claims", request.GET),
    })  # fmt: skip


def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show the recommendations that a question asks for."""
    question = RecommendationFilter(request.GET, PolicyRecommendation.objects.all())
    found = catalogue.find_statements(question, turn(request.GET, 2))
    counted, sampled = catalogue.statement_facets(question, found.count, most=FACET)
    facets = [
        *named_facets(request.GET, addressee=(_("Told to act"), counted.get("addressee", []))),
        worded_facet(_("Modality"), counted.get("modality", []), "modality", request.GET),
        worded_facet(_("Instrument"), counted.get("instrument", []), "instrument", request.GET),
    ]
    return render(request, "articles/statement_list.html", {
        "form": question.form,
        "listing": listing(question, found, recommendation_rows(found.ids), request.GET),
        "facets": [replace(facet, sampled=sampled) for facet in facets],
        "title": _("Recommendations"),
        "noun": "recommendation",
        "ways": ways("recommendations", request.GET),
        "by_mail": by_mail("recommendations", request.GET),
    })  # fmt: skip
