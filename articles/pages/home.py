"""The first page: the question first, then what is new and who is told what."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles import catalogue
from articles.filters import ClaimFilter
from articles.models import Actor, Claim, Edition, PolicyRecommendation, Tally
from articles.pages.actors import recommended, written
from articles.vocabulary import Dimension

NEW, TOLD, ADDRESSED = 4, 6, 10  # rows of each part


def home(request: HttpRequest) -> HttpResponse:
    """Show a search box, the newest articles, the newest recommendations and the actors most told to act."""
    told = Dimension.TOLD if settings.SHOW_SUGGESTIONS else Dimension.TOLD_REVIEWED
    recommendations = recommended(PolicyRecommendation.objects.public())
    articles = written()
    most_told = Tally.objects.top(told, ADDRESSED)
    actors = Actor.objects.in_bulk(list(most_told))
    return render(request, "articles/home.html", {
        "edition": Edition.objects.published().first(),
        "articles": articles.rows[:NEW],
        "recommendations": recommendations.rows[:TOLD],
        "addressed": [(actors[key], n) for key, n in most_told.items() if key in actors],
        "counts": {
            "articles": articles.count.n,
            "claims": catalogue.count_statements(ClaimFilter({}, Claim.objects.public())).n,
            "recommendations": recommendations.count.n,
        },
    })  # fmt: skip
