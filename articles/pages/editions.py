"""Editions as readers see them: what editors chose to tell of some days, in their own words and those of the op-eds."""

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from articles import markdown
from articles.models import Edition, PolicyRecommendation
from articles.models.following import EDITIONS
from articles.pages.finding import Moved, find
from articles.pages.rooms import by_mail
from articles.pages.rows import recommendation_rows

A_PAGE = 50


def edition_list(request: HttpRequest) -> HttpResponse:
    """Show the editions, the newest first."""
    page = Paginator(Edition.objects.published(), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "by_mail": by_mail(EDITIONS, request.GET)}
    return render(request, "articles/edition_list.html", context)


def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an edition: its lead, and op-ed by op-ed who is told to do what; set so that it can be printed."""
    try:
        row = find(Edition.objects.all(), slug)
    except Moved as moved:
        return moved.response
    if not (row.is_public or request.user.has_perm("articles.view_edition")):
        raise Http404("It is not published.")
    context = {**shown(row), "by_mail": by_mail(EDITIONS, request.GET)}
    return render(request, "articles/edition.html", context)


def shown(row: Edition) -> dict[str, Any]:
    """Return what an edition shows: what is no longer public is no longer in it."""
    public = PolicyRecommendation.objects.printed().filter(choices__edition=row)
    ids = public.order_by("-article__shown_at", "article_id", "start", "pk").values_list("pk", flat=True)
    told = groupby(recommendation_rows(list(ids)), key=lambda one: one.article)
    return {
        "edition": row,
        "lead": mark_safe(markdown.render(row.lead)),  # noqa: S308 - cleaned
        "told": [(article, list(rows)) for article, rows in told],
    }
