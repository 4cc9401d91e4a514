"""The first page: the question first, then what is new and who is told what."""

from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Actor, Article, Claim, PolicyRecommendation
from articles.pages.articles import rows_shown
from articles.pages.statements import recommendations_shown

NEW, TOLD, ADDRESSED = 4, 6, 10  # rows of each part


def home(request: HttpRequest) -> HttpResponse:
    """Show a search box, the newest articles, the newest recommendations and the actors most told to act."""
    told = PolicyRecommendation.objects.public()
    addressed = (
        Actor.objects.filter(recommendations__in=told).annotate(n=Count("recommendations")).order_by("-n", "sort_key")
    )
    return render(request, "articles/home.html", {
        "articles": rows_shown(Article.objects.published().newest_first()[:NEW]),
        "recommendations": recommendations_shown(told.newest_first()[:TOLD]),
        "addressed": addressed[:ADDRESSED],
        "counts": {
            "articles": Article.objects.published().count(),
            "claims": Claim.objects.public().count(),
            "recommendations": told.count(),
        },
    })  # fmt: skip


def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok" where the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
