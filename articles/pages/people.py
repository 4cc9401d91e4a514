"""Authors and sources: their lists, and the page of one."""

from datetime import date
from typing import Any

from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.filters import NameFilter
from articles.models import Author, Byline, Claim, PolicyRecommendation, Source, Tally
from articles.pages.actors import claimed, recommended, written
from articles.pages.comparison.sides import own_of
from articles.pages.finding import Moved, find
from articles.pages.listing import alphabetical
from articles.pages.positions import courses
from articles.vocabulary import Dimension, Publication

A_PAGE = 100


def author_list(request: HttpRequest) -> HttpResponse:
    """Show the authors of published articles by name."""
    filterset = NameFilter(request.GET, Author.objects.public())
    found = alphabetical(filterset, Tally.objects.held(Dimension.AUTHOR), request.GET, size=A_PAGE)
    context = {"listing": found, "title": _("Authors"), "noun": "author"}
    return render(request, "articles/name_list.html", context)


def source_list(request: HttpRequest) -> HttpResponse:
    """Show the sources of published articles by name, aggregators too."""
    filterset = NameFilter(request.GET, Source.objects.public())
    found = alphabetical(filterset, None, request.GET, size=A_PAGE)
    context = {"listing": found, "title": _("Sources"), "noun": "source"}
    return render(request, "articles/name_list.html", context)


def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an author: affiliations as printed, what they recommend and claim, what they wrote."""
    try:
        row = find(Author.objects.public(), slug)
    except Moved as moved:
        return moved.response
    return render(request, "articles/author.html", {
        "author": row,
        "told": recommended(
            PolicyRecommendation.objects.filter(recommender=None, recommender_text=""), author=row.slug
        ),
        "claims_made": claimed(Claim.objects.filter(claimant=None, claimant_text=""), author=row.slug),
        "articles": written(author=row.slug),
        "affiliations": affiliations_of(row),
        "courses": courses(*own_of(row)),
    })  # fmt: skip


def affiliations_of(author: Author) -> list[dict[str, Any]]:
    """Return what an author's op-eds print of rank and affiliation, with their days and number; the latest first."""
    rows = Byline.objects.filter(author=author, article__status=Publication.PUBLISHED).exclude(affiliation="")
    counted = rows.order_by().values("rank", "affiliation", "country__name").annotate(
        first=Min("article__published"), last=Max("article__published"), n=Count("article", distinct=True)
    )  # fmt: skip
    return sorted(map(dict, counted), key=lambda row: (row["last"] or date.min, row["affiliation"]), reverse=True)


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source and the articles that appeared in it or were taken from it."""
    try:
        row = find(Source.objects.public().select_related("country"), slug)
    except Moved as moved:
        return moved.response
    return render(request, "articles/source.html", {
        "source": row,
        "articles": written(source=row.slug),
        "taken": written(via=row.slug),
    })  # fmt: skip
