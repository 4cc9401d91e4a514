"""The first page: the question first, then what is new and who is told what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import catalogue
from articles.filters import ClaimFilter
from articles.models import Actor, Claim, Edition, PolicyRecommendation
from articles.pages.actors import recommended, written

NEW, TOLD, ADDRESSED = 4, 6, 10  # rows of each part


def home(request: HttpRequest) -> HttpResponse:
    """Show a search box, the newest articles, the newest recommendations and the actors most told to act in a year."""
    recommendations = recommended(PolicyRecommendation.objects.all())
    articles = written()
    year, most_told = catalogue.most_addressed(timezone.localdate(), ADDRESSED)
    actors = Actor.objects.in_bulk([key for key, _ in most_told])
    return render(request, "articles/home.html", {
        "edition": Edition.objects.published().first(),
        "articles": articles.rows[:NEW],
        "recommendations": recommendations.rows[:TOLD],
        "year": year,
        "addressed": [(actors[key], n) for key, n in most_told if key in actors],
        "counts": {
            "articles": articles.count.n,
            "claims": catalogue.count_statements(ClaimFilter({}, Claim.objects.all())).n,
            "recommendations": recommendations.count.n,
        },
    })  # fmt: skip
