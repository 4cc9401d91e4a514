"""What the workbench answers with: the whole bench, a form in its slot, or a card.

htmx swaps what comes back; without scripts the same answers are whole pages.
"""

from itertools import chain
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.curation import roles, undo, wording
from articles.curation.admin import annotations
from articles.curation.rules import Records
from articles.models import Article, Source
from articles.passages import paragraphs
from articles.vocabulary import direction

PAGES = "articles/admin/workbench"
Context = dict[str, Any]


def answer(request: HttpRequest, article: Article, *, current: str = "", **context: Any) -> HttpResponse:
    """Answer with the bench; after a form that was sent without scripts, lead to its page."""
    partial = "HX-Request" in request.headers
    if request.method == "POST" and not partial:
        address = reverse("admin:workbench", args=[article.pk])
        return HttpResponseRedirect(f"{address}#{current}" if current else address)
    name = "_bench" if partial else "page"
    return render(request, f"{PAGES}/{name}.html", {
        **({} if partial else admin.site.each_context(request)), **laid_out(request, article), "current": current,
        **context,
    })  # fmt: skip


def laid_out(request: HttpRequest, article: Article) -> Context:
    """Return what the bench shows: the set text, the statements in reading order, what is known of the article."""
    article = Article.objects.select_related("source", "via").defer("sketch", "as_read").get(pk=article.pk)
    records, rows = Records.held(), sorted(statements(article), key=lambda row: (row.start, row.pk))
    notes = annotations.threads(article, request)
    lines = list(article.bylines.select_related("country"))
    return {
        **progress(request, article, rows),
        "title": str(article),
        "paragraphs": paragraphs(
            article.body,
            statements=[row for row in (*rows, *notes) if row.is_placed],
            mentions=list(article.mentions.select_related("actor")),
            headings=article.headings,
        ),
        "direction": direction(article.language),
        "cards": [able(request, row, records) for row in rows],
        "notes": notes,
        "facts": wording.facts(article, lines),
        "seen": undo.version(article, *lines),
        "may_correct": request.user.has_perm("articles.change_article"),
        "may_note": request.user.has_perm("articles.add_annotation"),
        "may_suggest": roles.may_suggest(request.user),
        "may_publish": roles.may_publish(request.user),
        "media": "",
    }


def slot(
    request: HttpRequest,
    article: Article,
    *,
    form: Any,
    kind: str,
    status: int = 200,
    name: str = "_form",
    **context: Any,
) -> HttpResponse:
    """Answer with a form alone, by the template of this name; without scripts, in the page."""
    template = f"{PAGES}/{name}.html"
    context |= {"form": form, "kind": kind, "article": article, "may_decide": roles.may_decide(request.user)}
    if kind == "metadata":
        context["sources"] = Source.objects.order_by("name").values_list("name", flat=True)[:200]
    if "HX-Request" not in request.headers:
        context |= {**admin.site.each_context(request), **laid_out(request, article), **context, "slot": template}
        return render(request, f"{PAGES}/page.html", context, status=status)
    response = render(request, template, context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#slot", "innerHTML"
    return response


def card(request: HttpRequest, statement: Any, *, stale: str | None = None, status: int = 200) -> HttpResponse:
    """Answer with a card and, out of band, how far the article is."""
    article = statement.article
    if "HX-Request" not in request.headers:
        return answer(request, article, current=statement.fragment)
    context = {"s": able(request, statement, Records.held()), "article": article, "stale": stale, "swapped": True}
    context |= progress(request, article, list(statements(article)))
    return render(request, f"{PAGES}/_decided.html", context, status=status)


def progress(request: HttpRequest, article: Article, rows: list[Any]) -> Context:
    """Return how far the article is, and what undo and redo would do."""
    decided = sum(not row.is_suggestion for row in rows)
    back = undo.waiting(request.session, article)
    return {"article": article, "decided": decided, "total": len(rows), "open_n": len(rows) - decided, "back": back}


def able(request: HttpRequest, row: Any, records: Records) -> Any:
    """Give a statement what its card needs: its version, what is believed of it, what this user may do to it."""
    row.seen = undo.version(row)
    row.may_edit, row.may_decide = roles.may_edit(request.user, row), roles.may_decide(request.user)
    row.may_code = request.user.has_perm("articles.add_coding")
    return records.judge(row)


def both(form: Any, theirs: Any, row: Any) -> Context:
    """Return what somebody else saved meanwhile beside what was typed here, field by field where they differ."""

    def said(one: Any, name: str) -> str:
        value = one[name].value()
        text = "\n".join(value) if isinstance(value, list) else str("" if value is None else value)
        return str(dict(getattr(one.fields[name], "choices", None) or {}).get(value, text))

    pairs = [(form[name].label, said(theirs, name), said(form, name)) for name in form.fields if name in theirs.fields]
    return {"who": last_editor(row), "pairs": [pair for pair in pairs if pair[1].strip() != pair[2].strip()]}


def last_editor(row: Any) -> str:
    """Return who changed a row last, as the history has it."""
    event = row.pgh_event_model.objects.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("-pgh_id").first()
    key = event.pgh_context.metadata.get("user") if event and event.pgh_context else None
    user = get_user_model().objects.filter(pk=key).first() if key else None
    return str(user or "somebody else")


def statements(article: Article) -> Any:
    """Return an article's claims and recommendations with all that a card shows of them, in no order."""
    claims = article.claims.select_related("claimant", "decided_by", "suggested_by").prefetch_related(
        "actors", "codings__topic"
    )
    told = article.recommendations.select_related("recommender", "decided_by", "suggested_by").prefetch_related(
        "addressees", "targets", "codings__topic"
    )
    return chain(claims, told)
