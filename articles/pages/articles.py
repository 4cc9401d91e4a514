"""The list of articles, and the page of one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import catalogue, markdown
from articles.filters import ArticleFilter
from articles.models import Article, ArticleActor, Card, Kinship
from articles.models.anchor import UNPLACED
from articles.pages import linked_data, wording
from articles.pages.address import with_value
from articles.pages.finding import Moved, find
from articles.pages.listing import FACET, article_facets, listing, orders, turn
from articles.pages.rooms import by_mail, ways
from articles.pages.rows import StatementRow, article_rows, claim_rows, named, recommendation_rows
from articles.pages.search import as_words
from articles.passages import paragraphs
from articles.vocabulary import VERBATIM

EXCERPT = 600  # characters of a text that may not be shown in full


def article_list(request: HttpRequest) -> HttpResponse:
    """Show the articles that a question asks for."""
    question = ArticleFilter(request.GET, Card.objects.published())
    found = catalogue.find(question, turn(request.GET))
    # What is gathered takes as long again to be added up: the facets of it come after the page, and alone.
    later = question.gathered and "facets" not in request.GET
    alone = request.GET.get("facets") == "alone"
    rows = [] if alone else article_rows(found.ids, question.asked.get("q", ""))
    context = {
        "later": with_value(request.GET, "facets", "") if later else "",
        "form": question.form,
        "listing": listing(question, found, rows, request.GET),
        "facets": [] if later else article_facets(catalogue.facets(question, found.count, most=FACET), request.GET),
        "orders": orders(question, request.GET),
        "as_words": as_words(request.GET),
        "ways": ways("articles", request.GET),
        "by_mail": by_mail("articles", request.GET),
    }
    return render(request, "articles/_facets.html" if alone else "articles/article_list.html", context)


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article: its text with the statements in place, and what is known of it."""
    rows = Article.objects.visible_to(request.user).defer("sketch").select_related("source", "via", "work")
    try:
        row = find(rows, slug)
    except Moved as moved:
        return moved.response
    except Http404:
        return withdrawn(request, slug)
    context = shown(row)
    address = request.build_absolute_uri(row.get_absolute_url())
    data = linked_data.json_ld(linked_data.of_article(row, address, context["bylines"]))
    return render(request, "articles/article.html", {**context, "address": address, "data": data})


def withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that an article was withdrawn, when and why, and nothing of its text; Http404 where none was."""
    try:
        row = find(Article.objects.withdrawn().lean(), slug)
    except Moved as moved:
        return moved.response
    on = wording.day_of(row.withdrawn_at) if row.withdrawn_at else ""
    context = {"title": row.title or _("An untitled op-ed"), "on": on, "because": row.withdrawn_because}
    return render(request, "articles/withdrawn.html", context, status=410)


def shown(article: Article) -> dict[str, Any]:
    """Return all that the page of an article shows."""
    recommendations, lost_recommendations = told(article.recommendations.shown(), recommendation_rows)
    claims, lost_claims = told(article.claims.shown(), claim_rows)
    placed: list[Any] = sorted([*recommendations, *claims], key=lambda row: row.start)
    unplaced = sorted([*lost_recommendations, *lost_claims], key=lambda row: row.start)
    notes = public_notes(article)
    references = list(article.references.select_related("cited"))
    held = {reference.position: reference for reference in references}
    for reference in references:
        reference.original = held.get(reference.repeats or 0)  # what its "Ibid." stands for
    body, withheld = excerpt(article)
    actors = ArticleActor.objects.filter(article=article).select_related("actor").order_by("-n", "actor__sort_key")
    return {
        "article": article,
        "source": article.source and named("source", article.source.name, article.source.slug),
        "via": article.via and named("source", article.via.name, article.via.slug),
        "bylines": article.bylines.select_related("author", "country"),
        "paragraphs": paragraphs(
            body,
            statements=[row for row in [*placed, *notes] if row.end <= len(body) and getattr(row, "is_placed", True)],
            mentions=article.mentions.select_related("actor").filter(end__lte=len(body)),
            headings=[place for place in article.headings if place < len(body)],
            notes={reference.label: reference.position for reference in references if reference.label},
        ),
        "recommendations": recommendations + lost_recommendations,
        "claims": claims + lost_claims,
        "unplaced": unplaced,
        "withheld": withheld,
        "elsewhere": [row for row in placed if row.end > len(body)],
        "reviewed": sum(not row.is_suggestion for row in placed + unplaced),
        "statements": placed + unplaced,
        "notes": [note for note in notes if not note.is_placed],
        "references": references,
        "actors": list(actors),
        "versions": (others := list(versions(article))),
        "reach": reach(article, others),
        "family_reviewed": not (others and Kinship.objects.suggested().of(article.pk).exists()),
    }


def excerpt(article: Article) -> tuple[str, bool]:
    """Return what readers are shown of an article's text, and whether that is an excerpt: its source may want that."""
    if not (article.source and article.source.excerpt_only) or len(article.body) <= EXCERPT:
        return article.body, False
    end = article.body.rfind(". ", 0, EXCERPT) + 1
    return article.body[: end or EXCERPT], True


def told(
    statements: QuerySet, rows: Callable[..., list[StatementRow]]
) -> tuple[list[StatementRow], list[StatementRow]]:
    """Return the rows of statements in the order of the text: those placed in it, and those that lost their place."""
    found = dict(statements.order_by("start", "pk").values_list("pk", "verdict"))
    shown = rows(list(found), with_article=False)
    return [row for row in shown if found[row.pk] not in UNPLACED], [row for row in shown if found[row.pk] in UNPLACED]


@dataclass(slots=True)
class NoteRow:
    """An editor's public note, as a passage of the text is marked with it; its answers follow it."""

    pk: int
    start: int
    end: int
    exact: str
    is_placed: bool
    said: list[tuple[str, SafeString]]  # who, and what as HTML
    short_name: ClassVar[str] = "note"
    is_suggestion: ClassVar[None] = None

    @property
    def fragment(self) -> str:
        return f"annotation-{self.pk}"


def public_notes(article: Article) -> list[NoteRow]:
    """Return an article's public notes in the order of the text, those on the whole of it first."""
    rows: dict[int, NoteRow] = {}
    answers = []
    for note in article.annotations.public().select_related("author").in_order():
        said = (note.author.get_full_name() or _("Editor"), mark_safe(markdown.render(note.text)))  # noqa: S308 - cleaned
        if note.reply_to_id:
            answers.append((note.reply_to_id, said))
        else:
            rows[note.pk] = NoteRow(note.pk, note.start or 0, note.end or 0, note.exact, note.is_placed, [said])
    for opening, said in answers:
        rows[opening].said.append(said)
    return list(rows.values())


def reach(article: Article, others: list[Article]) -> int:
    """Return in how many other places the same words stand: each source once, wherever the source is not known too."""
    if article.relation not in VERBATIM:
        return 0
    printed = (row for row in others if row.relation in VERBATIM)
    places = {
        row.source_id or -row.pk for row in printed if row.source_id is None or row.source_id != article.source_id
    }
    return len(places)


def versions(article: Article) -> QuerySet:
    """Return the other published versions of an article's work, newest first."""
    others = Article.objects.published().filter(work__isnull=False, work=article.work).exclude(pk=article.pk)
    return others.lean().select_related("source", "via").newest_first()
