"""The public addresses."""

from django.urls import path

from articles.pages import actors, articles, health, home, people, search, statements
from articles.pages.freshness import fresh

urlpatterns = [
    path("", fresh(home.home), name="home"),
    path("search/", search.search, name="search"),
    path("articles/", fresh(articles.article_list), name="articles"),
    path("articles/<str:slug>/", fresh(articles.article), name="article"),
    path("actors/", fresh(actors.actor_list), name="actors"),
    path("actors/<str:slug>/", fresh(actors.actor), name="actor"),
    path("authors/", fresh(people.author_list), name="authors"),
    path("authors/<str:slug>/", fresh(people.author), name="author"),
    path("sources/", fresh(people.source_list), name="sources"),
    path("sources/<str:slug>/", fresh(people.source), name="source"),
    path("claims/", fresh(statements.claim_list), name="claims"),
    path("recommendations/", fresh(statements.recommendation_list), name="recommendations"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
