"""The public addresses: those of pages, which are there in each language, and those that machines ask."""

from django.urls import path

from articles.following import views as following
from articles.pages import (
    actors,
    articles,
    conventions,
    editions,
    health,
    home,
    people,
    search,
    statements,
    topics,
    versions,
)
from articles.pages.charts import views as charts
from articles.pages.comparison import views as comparison
from articles.pages.downloads import download
from articles.pages.feeds import feed
from articles.pages.freshness import fresh
from articles.pages.rooms import ROOMS

pages = [
    path("", fresh(home.home), name="home"),
    path("search/", search.search, name="search"),
    path("articles/", fresh(articles.article_list), name="articles"),
    path("articles/<str:slug>/", fresh(articles.article), name="article"),
    path("articles/<str:slug>/versions/<str:other>/", fresh(versions.compare), name="versions"),
    path("actors/", fresh(actors.actor_list), name="actors"),
    path("actors/<str:slug>/", fresh(actors.actor), name="actor"),
    path("authors/", fresh(people.author_list), name="authors"),
    path("authors/<str:slug>/", fresh(people.author), name="author"),
    path("sources/", fresh(people.source_list), name="sources"),
    path("sources/<str:slug>/", fresh(people.source), name="source"),
    path("claims/", fresh(statements.claim_list), name="claims"),
    path("claims/<int:pk>/", fresh(statements.claim), name="claim"),
    path("recommendations/", fresh(statements.recommendation_list), name="recommendations"),
    path("recommendations/<int:pk>/", fresh(statements.recommendation), name="recommendation"),
    path("editions/", fresh(editions.edition_list), name="editions"),
    path("editions/<str:slug>/", fresh(editions.edition), name="edition"),
    path("topics/", fresh(topics.topic_list), name="topics"),
    path("topics/<str:slug>/", fresh(topics.topic), name="topic"),
    path("charts/<str:kind>.<str:end>", fresh(charts.download), name="chart_download"),
    path("charts/<str:kind>/", fresh(charts.chart), name="chart"),
    path("compare/", comparison.start, name="compare_start"),
    path("compare/<str:kind>/", fresh(comparison.compare), name="compare"),
    path("follow/<str:name>/", following.follow, name="follow"),
    path("follow/confirm/<str:token>/", following.confirm, name="confirm"),
    path("follow/leave/<str:token>/", following.leave, name="leave"),
    path("opensearch.xml", conventions.opensearch, name="opensearch"),
]

machines = [
    *(
        path(f"{name}.{form}", download(name, form), name=f"{name}_{form}")
        for name in ROOMS
        for form in ("csv", "jsonl")
    ),
    *(path(f"{name}/feed.atom", fresh(feed(name, "atom")), name=f"{name}_atom") for name in ROOMS),
    *(path(f"{name}/feed.json", fresh(feed(name, "feed")), name=f"{name}_feed") for name in ROOMS),
    path("robots.txt", conventions.robots, name="robots"),
    path("sitemap.xml", fresh(conventions.sitemap), name="sitemap"),
    path("sitemap-names.xml", fresh(conventions.sitemap_names), name="sitemap_names"),
    path("sitemap-<int:number>.xml", fresh(conventions.sitemap_part), name="sitemap_part"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
