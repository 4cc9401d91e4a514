"""The workbench: an article's text beside its statements, where it is catalogued and coded by keyboard.

Every act is a plain form; htmx sends it and swaps what comes back: a card, a form, or the whole bench. Without
scripts the same addresses answer with whole pages. A form carries the version that it was based on (`seen`): where
somebody else changed the same values meanwhile, both are shown, and who came later chooses.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from articles.curation import annotating, coding, decisions, roles, undo, wording, workbench
from articles.curation.admin import annotations
from articles.models import KINDS, ActorName, Article, ArticleActor, Source
from articles.passages import paragraphs
from articles.vocabulary import Block, Visibility, direction

OFFERED = 8  # actors that completion offers
PAGES = "articles/admin/workbench"
Context = dict[str, Any]


def urls() -> list[Any]:
    """Return the addresses of the workbench, under the site's own."""
    view, base = admin.site.admin_view, "articles/article/<int:pk>/workbench/"
    kind, row = "<str:kind>/", "<str:kind>/<int:row>/"
    return [
        path(base, view(page), name="workbench"),
        path(f"{base}actors/", view(offer_actors), name="workbench_actors"),
        path(f"{base}metadata/", view(metadata), name="workbench_metadata"),
        path(f"{base}new/{kind}", view(new), name="workbench_new"),
        path(f"{base}edit/{row}", view(edit), name="workbench_edit"),
        path(f"{base}decide/{row}", view(decide), name="workbench_decide"),
        path(f"{base}move/{row}", view(move), name="workbench_move"),
        path(f"{base}delete/{row}", view(delete), name="workbench_delete"),
        path(f"{base}back/<str:way>/", view(back), name="workbench_back"),
        path(f"{base}publish/", view(publish), name="workbench_publish"),
        path(f"{base}next/", view(following), name="workbench_next"),
    ]


# Asking


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the bench; with `?card=` only that card, as it stands."""
    article = _article(request, pk)
    kind, _, row = request.GET.get("card", "").partition("-")
    if kind in KINDS and row.isdecimal():
        return _card(request, _statement(article, kind, int(row)))
    return _bench(request, article)


@require_GET
def offer_actors(request: HttpRequest, pk: int) -> JsonResponse:
    """Return as JSON the actors whose name begins like `q`, those of the article first: {"actors": ["Indonesia"]}."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()
    called = ActorName.objects.filter(text__istartswith=typed, actor__retired=False)
    here = ArticleActor.objects.filter(article=pk, actor=OuterRef("actor"))
    own = Q(actor__name__istartswith=typed)
    rows = called.annotate(here=Exists(here), own=ExpressionWrapper(own, BooleanField()))
    rows = rows.order_by("-own", "-here", "actor__name")
    names = dict.fromkeys(rows.values_list("actor__name", flat=True)[: OFFERED * 4] if typed else [])
    return JsonResponse({"actors": list(names)[:OFFERED]})


@require_GET
def following(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead on to the next article with open suggestions, in the order of the list; after the last to the list."""
    _article(request, pk)
    below = [model.objects.suggested().filter(article__lt=pk) for model in KINDS.values()]
    above = [model.objects.suggested().filter(article__gt=pk) for model in KINDS.values()]
    found = [rows.aggregate(last=Max("article"))["last"] for rows in (*below, *above)]
    onward = max(filter(None, found[:2]), default=max(filter(None, found[2:]), default=None))
    if onward is None:
        messages.info(request, "No other article has suggestions to review.")
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    return HttpResponseRedirect(reverse("admin:workbench", args=[onward]))


# Acting


def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Show the form of a new statement or note on the passage from `start` to `end`; keep what was typed.

    The form of a statement comes filled in with what the reader makes of the passage.
    """
    article = _article(request, pk)
    _allow(request.user.has_perm("articles.add_annotation") if kind == "note" else roles.may_suggest(request.user))
    form_class = coding.FORMS.get(kind)
    if form_class is None:
        raise Http404
    if request.method != "POST":
        return _slot(
            request, article, form=form_class(article=article, initial=_read(request, article, kind)), kind=kind
        )
    form = form_class(request.POST, article=article)
    if form.is_valid():
        try:
            row = _written(request, article, form) if kind == "note" else workbench.save(
                request.session, form, request.user
            )  # fmt: skip
            return _bench(request, article, current=row.fragment)
        except ValidationError as error:
            form.add_error(None, error)
    return _slot(request, article, form=form, kind=kind, status=422)


def edit(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Show the form of a statement; keep what was typed, and accept it where the button says so."""
    article = _article(request, pk)
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=request.method == "POST")
        _allow(roles.may_edit(request.user, statement))
        form_class, seen = coding.FORMS[kind], undo.version(statement)
        if request.method != "POST":
            form = form_class(instance=statement, article=article)
            return _slot(request, article, form=form, kind=kind, statement=statement, seen=seen)
        form = form_class(request.POST, instance=statement, article=article)
        theirs = form_class(instance=_statement(article, kind, row), article=article)
        if form.is_valid() and request.POST.get("seen") == seen:
            accept = "accept" in request.POST and roles.may_decide(request.user)
            workbench.save(request.session, form, request.user, accept=accept)
            return _bench(request, article, current=statement.fragment)
    stale = _both(form, theirs, statement) if request.POST.get("seen") != seen else None
    return _slot(request, article, form=form, kind=kind, statement=statement, seen=seen, stale=stale, status=422)


@require_POST
def decide(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Accept, reject or reopen a statement; answer with its card. One that was changed meanwhile is shown instead."""
    article = _article(request, pk)
    _allow(roles.may_decide(request.user))
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=True)
        if request.GET.get("seen") != undo.version(statement):
            return _card(request, statement, stale=_last_editor(statement), status=409)
        verb = request.POST.get("decision", "")
        if verb in {"accept", "reject", "reopen"}:
            workbench.decide(request.session, statement, verb, request.user)
    return _card(request, _statement(article, kind, row))


@require_POST
def move(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Give a statement the passage from `start` to `end`."""
    article = _article(request, pk)
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=True)
        _allow(roles.may_edit(request.user, statement))
        if request.POST.get("seen") != undo.version(statement):
            return _bench(request, article, current=statement.fragment, stale=statement)
        start, end = _span(request.POST)
        try:
            workbench.move(request.session, statement, start, end, request.user)
        except ValidationError as error:
            messages.error(request, error.message)
    return _bench(request, article, current=statement.fragment)


@require_POST
def delete(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Delete a statement that a person put forward."""
    article = _article(request, pk)
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=True)
        _allow(roles.may_edit(request.user, statement) and bool(statement.suggested_by_id))
        if request.POST.get("seen") != undo.version(statement):
            return _bench(request, article, current=statement.fragment, stale=statement)
        workbench.delete(request.session, statement, request.user)
    return _bench(request, article)


def metadata(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of an article as a form; keep what was typed, or the one alternative that was taken."""
    with transaction.atomic():
        article = _article(request, pk, locked=request.method == "POST")
        _allow(request.user.has_perm("articles.change_article"))
        seen, held = undo.version(article, *article.bylines.all()), coding.known(article)
        if request.method != "POST":
            return _slot(request, article, form=coding.MetadataForm(initial=held), kind="metadata", seen=seen)
        taken = _taken(article, request.POST.get("take", ""))
        told = {**held, "authors": "\n".join(held["authors"]), **taken} if taken else request.POST
        form = coding.MetadataForm(told, initial=held)
        fresh = request.POST.get("seen") == seen
        if form.is_valid() and fresh:
            workbench.correct(request.session, article, form.cleaned_data, request.user)
            return _bench(request, article)
    stale = None if fresh else _both(form, coding.MetadataForm(initial=held), article)
    return _slot(request, article, form=form, kind="metadata", seen=seen, stale=stale, status=422)


@require_POST
def back(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Undo the last act of this session on this article, or redo what was undone."""
    article = _article(request, pk)
    turns: dict[str, Callable[..., Any]] = {"undo": undo.undo, "redo": undo.redo}
    if way not in turns:
        raise Http404
    _allow(roles.may_suggest(request.user))
    try:
        act = turns[way](request.session, article, request.user)
    except undo.ChangedMeanwhile as changed:
        messages.error(request, str(changed))
        act = None
    return _bench(request, article, current=act["focus"] if act else "")


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article to readers, or take it from them; where a reason is needed, ask for it first."""
    article = _article(request, pk)
    _allow(roles.may_publish(request.user))
    kind = "withdraw" if request.POST.get("do") == "withdraw" else "publish"
    form = coding.ReasonForm(request.POST if "because" in request.POST else None)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    against: list[Block] = []
    if kind == "withdraw" and because:
        workbench.withdraw(request.session, article, request.user, because=because)
        return _bench(request, article)
    if kind == "publish":
        try:
            workbench.publish(request.session, article, request.user, because=because)
            return _bench(request, article)
        except decisions.Blocked as refusal:
            against = refusal.blocked
    return _slot(request, article, form=form, kind=kind, status=422, name="_reason", against=against)


# Presenting


def _bench(request: HttpRequest, article: Article, *, current: str = "", **context: Any) -> HttpResponse:
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
    rows = sorted(_statements(article), key=lambda row: (row.start, row.pk))
    notes = annotations.threads(article, request)
    lines = list(article.bylines.select_related("country"))
    return {
        **_progress(request, article, rows),
        "title": str(article),
        "paragraphs": paragraphs(
            article.body,
            statements=[row for row in (*rows, *notes) if row.is_placed],
            mentions=list(article.mentions.select_related("actor")),
            headings=article.headings,
        ),
        "direction": direction(article.language),
        "cards": [_able(request, row) for row in rows],
        "notes": notes,
        "facts": wording.facts(article, lines),
        "seen": undo.version(article, *lines),
        "may_correct": request.user.has_perm("articles.change_article"),
        "may_note": request.user.has_perm("articles.add_annotation"),
        "may_suggest": roles.may_suggest(request.user),
        "may_publish": roles.may_publish(request.user),
        "media": "",
    }


def _slot(
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
    slot = f"{PAGES}/{name}.html"
    context |= {"form": form, "kind": kind, "article": article, "may_decide": roles.may_decide(request.user)}
    if kind == "metadata":
        context["sources"] = Source.objects.order_by("name").values_list("name", flat=True)[:200]
    if "HX-Request" not in request.headers:
        context |= {**admin.site.each_context(request), **laid_out(request, article), **context, "slot": slot}
        return render(request, f"{PAGES}/page.html", context, status=status)
    answer = render(request, slot, context, status=status)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#slot", "innerHTML"
    return answer


def _card(request: HttpRequest, statement: Any, *, stale: str | None = None, status: int = 200) -> HttpResponse:
    """Answer with a card and, out of band, how far the article is."""
    article = statement.article
    if "HX-Request" not in request.headers:
        return _bench(request, article, current=statement.fragment)
    context = {"s": _able(request, statement), "article": article, "stale": stale, "swapped": True}
    context |= _progress(request, article, list(_statements(article)))
    return render(request, f"{PAGES}/_decided.html", context, status=status)


def _progress(request: HttpRequest, article: Article, rows: list[Any]) -> Context:
    decided = sum(not row.is_suggestion for row in rows)
    back = undo.waiting(request.session, article)
    return {"article": article, "decided": decided, "total": len(rows), "open_n": len(rows) - decided, "back": back}


def _able(request: HttpRequest, row: Any) -> Any:
    """Give a statement what its card needs: its version, and what this user may do to it."""
    row.seen = undo.version(row)
    row.may_edit, row.may_decide = roles.may_edit(request.user, row), roles.may_decide(request.user)
    return row


def _both(form: Any, theirs: Any, row: Any) -> Context:
    """Return what somebody else saved meanwhile beside what was typed here, field by field where they differ."""

    def said(one: Any, name: str) -> str:
        value = one[name].value()
        text = "\n".join(value) if isinstance(value, list) else str("" if value is None else value)
        return str(dict(getattr(one.fields[name], "choices", None) or {}).get(value, text))

    pairs = [(form[name].label, said(theirs, name), said(form, name)) for name in form.fields if name in theirs.fields]
    return {"who": _last_editor(row), "pairs": [pair for pair in pairs if pair[1].strip() != pair[2].strip()]}


def _last_editor(row: Any) -> str:
    """Return who changed a row last, as the history has it."""
    event = row.pgh_event_model.objects.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("-pgh_id").first()
    key = event.pgh_context.metadata.get("user") if event and event.pgh_context else None
    user = get_user_model().objects.filter(pk=key).first() if key else None
    return str(user or "somebody else")


# Reading requests


def _allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _article(request: HttpRequest, pk: int, *, locked: bool = False) -> Article:
    _allow(request.user.has_perm("articles.view_article"))
    rows = Article.objects.select_for_update(of=("self",)) if locked else Article.objects
    return get_object_or_404(rows.defer("sketch", "as_read"), pk=pk)


def _statements(article: Article) -> Any:
    claims = article.claims.select_related("claimant", "decided_by", "suggested_by").prefetch_related("actors")
    told = article.recommendations.select_related("recommender", "decided_by", "suggested_by").prefetch_related(
        "addressees", "targets"
    )
    return chain(claims, told)


def _statement(article: Article, kind: str, row: int, *, locked: bool = False) -> Any:
    if kind not in KINDS:
        raise Http404
    rows = KINDS[kind].objects.filter(article=article)
    statement = get_object_or_404(rows.select_for_update() if locked else rows, pk=row)
    statement.article = article
    return statement


def _span(asked: Any) -> tuple[int, int]:
    """Return `start` and `end` of a request, (0, 0) where they are no numbers."""
    start, end = asked.get("start", ""), asked.get("end", "")
    plain = start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10
    return (int(start), int(end)) if plain else (0, 0)


def _read(request: HttpRequest, article: Article, kind: str) -> Context:
    start, end = _span(request.GET)
    passage = article.body[start:end]
    if not passage.strip():
        return {"visibility": Visibility.TEAM}
    start, end = start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip())
    told = workbench.read_passage(article, start, end)[kind]
    return {**told, "visibility": Visibility.TEAM, "start": start, "end": end, "exact": article.body[start:end]}


def _written(request: HttpRequest, article: Article, form: Any) -> Any:
    said, anchor = form.cleaned_data, form.instance
    return workbench.keep_note(request.session, article, lambda: annotating.annotate(
        article, request.user, said["text"], said["visibility"], start=anchor.start, end=anchor.end
    ))  # fmt: skip


def _taken(article: Article, asked: str) -> dict[str, str]:
    """Return the alternative that a button names: "title:1" is the second value heard."""
    name, _, at = asked.partition(":")
    heard = article.evidence.get(name, [])
    if name not in coding.MetadataForm.base_fields or not at.isdecimal() or int(at) >= len(heard):
        return {}
    value = str(heard[int(at)]["value"])
    return {name: "\n".join(value.split("; ")) if name == "authors" else value}
