"""The list of articles, and the page of one."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles import catalogue
from articles.filters import ArticleFilter, with_headline
from articles.models import Article, ArticleActor, Card, PolicyRecommendation
from articles.pages.finding import Moved, find
from articles.pages.listing import FACET, article_facets, in_order, listing, orders, turn
from articles.passages import paragraphs


def article_list(request: HttpRequest) -> HttpResponse:
    """Show the articles that a question asks for."""
    question = ArticleFilter(request.GET, Card.objects.published())
    found = catalogue.find(question, turn(request.GET))
    context = {
        "filter": question,
        "listing": listing(question, found, rows_shown(found.ids, question.asked.get("q", "")), request.GET),
        "facets": article_facets(catalogue.facets(question, found.count, most=FACET), request.GET),
        "orders": orders(question, request.GET),
    }
    return render(request, "articles/article_list.html", context)


def rows_shown(ids: list[int], words: str = "") -> list[Article]:
    """Return articles, in the order of `ids`, with all that a row of a list shows, in a fixed number of queries.

    With words asked for, each has a `headline` that marks them.
    """
    shown = PolicyRecommendation.objects.shown().prefetch_related("addressees").order_by("-status", "start")
    articles = (
        Article.objects.lean().with_lead().with_claim_count()
        .select_related("source", "via")
        .prefetch_related("bylines", Prefetch("recommendations", shown, to_attr="asks"))
    )  # fmt: skip
    return in_order(with_headline(articles, words) if words else articles, ids)


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article: its text with the statements in place, and what is known of it."""
    rows = Article.objects.visible_to(request.user).defer("sketch").select_related("source", "via", "work")
    try:
        row = find(rows, slug)
    except Moved as moved:
        return moved.response
    return render(request, "articles/article.html", shown(row))


def shown(article: Article) -> dict[str, object]:
    """Return all that the page of an article shows."""
    recommendations = list(
        article.recommendations.shown()
        .select_related("recommender")
        .prefetch_related("addressees", "targets")
        .order_by("start")
    )
    claims = list(article.claims.shown().select_related("claimant").order_by("start"))
    statements = sorted([*recommendations, *claims], key=lambda statement: statement.start)
    anchored = [statement for statement in statements if statement.is_placed]
    references = list(article.references.select_related("cited"))
    held = {reference.position: reference for reference in references}
    for reference in references:
        reference.original = held.get(reference.repeats or 0)  # what its "Ibid." stands for
    actors = ArticleActor.objects.filter(article=article).select_related("actor").order_by("-n", "actor__sort_key")
    for statement in statements:
        statement.article = article  # each knows its article already
    return {
        "article": article,
        "bylines": article.bylines.select_related("author", "country"),
        "paragraphs": paragraphs(
            article.body,
            statements=anchored,
            mentions=article.mentions.select_related("actor"),
            headings=article.headings,
            notes={reference.label: reference.position for reference in references if reference.label},
        ),
        "recommendations": recommendations,
        "claims": claims,
        "unplaced": [statement for statement in statements if not statement.is_placed],
        "reviewed": sum(not statement.is_suggestion for statement in statements),
        "statements": statements,
        "references": references,
        "actors": actors,
        "versions": versions(article),
    }


def versions(article: Article) -> QuerySet:
    """Return the other published versions of an article's work, newest first."""
    others = Article.objects.published().filter(work__isnull=False, work=article.work).exclude(pk=article.pk)
    return others.lean().select_related("source", "via").newest_first()
