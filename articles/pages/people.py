"""Authors and sources: their lists, and the page of one."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.filters import NameFilter
from articles.models import Article, Author, Byline, Claim, PolicyRecommendation, Source
from articles.pages.actors import first
from articles.pages.articles import rows_shown
from articles.pages.finding import Moved, find
from articles.pages.listing import listing
from articles.pages.statements import claims_shown, recommendations_shown
from articles.vocabulary import Publication

A_PAGE = 100


def author_list(request: HttpRequest) -> HttpResponse:
    """Show the authors of published articles by name."""
    written = Count("articles", filter=Q(articles__status=Publication.PUBLISHED), distinct=True)
    filterset = NameFilter(request.GET, Author.objects.public().annotate(n=written))
    found = listing(filterset, filterset.qs.order_by("sort_key", "pk"), request.GET, size=A_PAGE)
    context = {"filter": filterset, "listing": found, "title": "Authors", "detail": "author"}
    return render(request, "articles/name_list.html", context)


def source_list(request: HttpRequest) -> HttpResponse:
    """Show the sources of published articles by name, aggregators too."""
    public = Q(articles__status=Publication.PUBLISHED)
    carried = Count("articles", filter=public, distinct=True) + Count(
        "aggregated", filter=Q(aggregated__status=Publication.PUBLISHED), distinct=True
    )
    filterset = NameFilter(request.GET, Source.objects.public().annotate(n=carried))
    found = listing(filterset, filterset.qs.order_by("sort_key", "pk"), request.GET, size=A_PAGE)
    context = {"filter": filterset, "listing": found, "title": "Sources", "detail": "source"}
    return render(request, "articles/name_list.html", context)


def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an author: affiliations as printed, what they recommend and claim, what they wrote."""
    try:
        row = find(Author.objects.public(), slug)
    except Moved as moved:
        return moved.response
    mine = {"article__bylines__author": row}
    told = PolicyRecommendation.objects.public().filter(recommender=None, recommender_text="", **mine)
    claims = Claim.objects.public().filter(claimant=None, claimant_text="", **mine)
    articles = Article.objects.published().filter(bylines__author=row)
    affiliations = Byline.objects.filter(author=row, article__status=Publication.PUBLISHED).exclude(affiliation="")
    return render(request, "articles/author.html", {
        "author": row,
        "affiliations": affiliations.values_list("rank", "affiliation").distinct().order_by("affiliation"),
        "told": first(recommendations_shown(told.newest_first()), told),
        "claims_made": first(claims_shown(claims.newest_first()), claims),
        "articles": first(rows_shown(articles.newest_first()), articles),
    })  # fmt: skip


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source and the articles that appeared in it or were taken from it."""
    try:
        row = find(Source.objects.public().select_related("country"), slug)
    except Moved as moved:
        return moved.response
    articles = Article.objects.published().filter(Q(source=row) | Q(via=row))
    return render(request, "articles/source.html", {
        "source": row,
        "articles": first(rows_shown(articles.newest_first()), articles),
    })  # fmt: skip
