"""The public addresses."""

from django.urls import path

from articles.pages import actors, articles, home, people, statements

urlpatterns = [
    path("", home.home, name="home"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/<str:slug>/", articles.article, name="article"),
    path("actors/", actors.actor_list, name="actors"),
    path("actors/<str:slug>/", actors.actor, name="actor"),
    path("authors/", people.author_list, name="authors"),
    path("authors/<str:slug>/", people.author, name="author"),
    path("sources/", people.source_list, name="sources"),
    path("sources/<str:slug>/", people.source, name="source"),
    path("claims/", statements.claim_list, name="claims"),
    path("recommendations/", statements.recommendation_list, name="recommendations"),
    path("healthz", home.health, name="health"),
]
