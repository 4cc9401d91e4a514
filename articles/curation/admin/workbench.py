"""The workbench: an article's text beside its statements, where it is catalogued and coded by keyboard.

Every act is a plain form; htmx sends it and swaps what comes back: a card, a form, or the whole bench. Without
scripts the same addresses answer with whole pages. A form carries the version that it was based on (`seen`): where
somebody else changed the same values meanwhile, both are shown, and who came later chooses.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from articles.curation import annotating, codebook, coding, decisions, roles, undo, workbench
from articles.curation.admin import bench, queue
from articles.models import KINDS, ActorName, Article, ArticleActor, Topic
from articles.vocabulary import Block, Visibility

OFFERED = 8  # names that completion offers
Context = dict[str, Any]


def urls() -> list[Any]:
    """Return the addresses of the workbench, under the site's own."""
    view, base = admin.site.admin_view, "articles/article/<int:pk>/workbench/"
    kind, row = "<str:kind>/", "<str:kind>/<int:row>/"
    return [
        path(base, view(page), name="workbench"),
        path(f"{base}actors/", view(offer_actors), name="workbench_actors"),
        path(f"{base}topics/", view(offer_topics), name="workbench_topics"),
        path(f"{base}metadata/", view(metadata), name="workbench_metadata"),
        path(f"{base}new/{kind}", view(new), name="workbench_new"),
        path(f"{base}edit/{row}", view(edit), name="workbench_edit"),
        path(f"{base}decide/{row}", view(decide), name="workbench_decide"),
        path(f"{base}code/{row}", view(code), name="workbench_code"),
        path(f"{base}move/{row}", view(move), name="workbench_move"),
        path(f"{base}delete/{row}", view(delete), name="workbench_delete"),
        path(f"{base}back/<str:way>/", view(back), name="workbench_back"),
        path(f"{base}publish/", view(publish), name="workbench_publish"),
        path(f"{base}next/", view(following), name="workbench_next"),
    ]


# Asking


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the bench; with `?card=` only that card, as it stands."""
    article = _article(request, pk)
    kind, _, row = request.GET.get("card", "").partition("-")
    if kind in KINDS and row.isdecimal():
        return bench.card(request, _statement(article, kind, int(row)))
    return bench.answer(request, article)


@require_safe
def offer_actors(request: HttpRequest, pk: int) -> JsonResponse:
    """Return as JSON the actors whose name begins like `q`, those of the article first: {"names": ["Indonesia"]}."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()
    called = ActorName.objects.filter(text__istartswith=typed, actor__retired=False)
    here = ArticleActor.objects.filter(article=pk, actor=OuterRef("actor"))
    own = Q(actor__name__istartswith=typed)
    rows = called.annotate(here=Exists(here), own=ExpressionWrapper(own, BooleanField()))
    rows = rows.order_by("-own", "-here", "actor__name")
    names = dict.fromkeys(rows.values_list("actor__name", flat=True)[: OFFERED * 4] if typed else [])
    return JsonResponse({"names": list(names)[:OFFERED]})


@require_safe
def offer_topics(request: HttpRequest, pk: int) -> JsonResponse:
    """Return as JSON the topics that are called like `q`, those that begin so first: {"names": ["Trade"]}."""
    if not request.user.has_perm("articles.view_topic"):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()
    begins = ExpressionWrapper(Q(name__istartswith=typed), BooleanField())
    called = Topic.objects.filter(Q(name__icontains=typed) | Q(aliases__contains=[typed.casefold()]))
    names = called.annotate(begins=begins).order_by("-begins", "sort_key").values_list("name", flat=True)
    return JsonResponse({"names": list(names[:OFFERED]) if typed else []})


@require_safe
def following(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead on to the next article of the queue that this user works in; at its end, back to the queue."""
    _article(request, pk)
    onward = queue.following(request, pk)
    if onward is None:
        messages.info(request, "No other article in this queue has suggestions to review.")
        return HttpResponseRedirect(queue.worked_in(request))
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
        return bench.slot(
            request, article, form=form_class(article=article, initial=_read(request, article, kind)), kind=kind
        )
    form = form_class(request.POST, article=article)
    if form.is_valid():
        try:
            row = _written(request, article, form) if kind == "note" else workbench.save(
                request.session, form, request.user
            )  # fmt: skip
            return bench.answer(request, article, current=row.fragment)
        except ValidationError as error:
            form.add_error(None, error)
    return bench.slot(request, article, form=form, kind=kind, status=422)


def edit(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Show the form of a statement; keep what was typed, and accept it where the button says so."""
    article = _article(request, pk)
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=request.method == "POST")
        _allow(roles.may_edit(request.user, statement))
        form_class, seen = coding.FORMS[kind], undo.version(statement)
        if request.method != "POST":
            form = form_class(instance=statement, article=article)
            return bench.slot(request, article, form=form, kind=kind, statement=statement, seen=seen)
        form = form_class(request.POST, instance=statement, article=article)
        theirs = form_class(instance=_statement(article, kind, row), article=article)
        if form.is_valid() and request.POST.get("seen") == seen:
            accept = "accept" in request.POST and roles.may_decide(request.user)
            workbench.save(request.session, form, request.user, accept=accept)
            return bench.answer(request, article, current=statement.fragment)
    stale = bench.both(form, theirs, statement) if request.POST.get("seen") != seen else None
    return bench.slot(request, article, form=form, kind=kind, statement=statement, seen=seen, stale=stale, status=422)


@require_POST
def decide(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Accept, reject or reopen a statement; answer with its card. One that was changed meanwhile is shown instead."""
    article = _article(request, pk)
    _allow(roles.may_decide(request.user))
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=True)
        if request.GET.get("seen") != undo.version(statement):
            return bench.card(request, statement, stale=bench.last_editor(statement), status=409)
        verb = request.POST.get("decision", "")
        if verb in {"accept", "reject", "reopen"}:
            workbench.decide(request.session, statement, verb, request.user)
    return bench.card(request, _statement(article, kind, row))


def code(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Show what a statement says to which topics, with the likeliest further one; say it of one, or take it back."""
    article = _article(request, pk)
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=request.method == "POST")
        _allow(request.user.has_perm("articles.add_coding"))
        codings = list(codebook.coded(statement))
        seen, fresh = undo.version(*codings), True
        form = coding.TopicForm(request.POST or None, add=_adds_topic(request))
        if request.method == "POST":
            fresh = request.POST.get("seen") == seen
            if fresh and (gone := [one for one in codings if str(one.pk) == request.POST.get("uncode")]):
                _allow(request.user.has_perm("articles.delete_coding"))
                workbench.uncode(request.session, statement, gone[0], request.user)
                return bench.answer(request, article, current=statement.fragment)
            if fresh and form.is_valid():
                workbench.code(request.session, statement, request.user, **form.cleaned_data)
                return bench.answer(request, article, current=statement.fragment)
        proposals = codebook.propose(statement)
    if request.method != "POST" and proposals:
        form = coding.TopicForm(initial={"topic": proposals[0].topic, "stance": proposals[0].nearest.stance})
    context = {
        "statement": statement, "codings": codings, "proposals": proposals, "seen": seen, "stale": not fresh,
        "may_uncode": request.user.has_perm("articles.delete_coding"),
        "may_add": form.unknown and request.user.has_perm("articles.add_topic"),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return bench.slot(request, article, form=form, kind=kind, status=status, name="_topics", **context)


@require_POST
def move(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Give a statement the passage from `start` to `end`."""
    article = _article(request, pk)
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=True)
        _allow(roles.may_edit(request.user, statement))
        if request.POST.get("seen") != undo.version(statement):
            return bench.answer(request, article, current=statement.fragment, stale=statement)
        start, end = _span(request.POST)
        try:
            workbench.move(request.session, statement, start, end, request.user)
        except ValidationError as error:
            messages.error(request, error.message)
    return bench.answer(request, article, current=statement.fragment)


@require_POST
def delete(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Delete a statement that a person put forward."""
    article = _article(request, pk)
    with transaction.atomic():
        statement = _statement(article, kind, row, locked=True)
        _allow(roles.may_edit(request.user, statement) and bool(statement.suggested_by_id))
        if request.POST.get("seen") != undo.version(statement):
            return bench.answer(request, article, current=statement.fragment, stale=statement)
        workbench.delete(request.session, statement, request.user)
    return bench.answer(request, article)


def metadata(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of an article as a form; keep what was typed, or the one alternative that was taken."""
    with transaction.atomic():
        article = _article(request, pk, locked=request.method == "POST")
        _allow(request.user.has_perm("articles.change_article"))
        seen, held = undo.version(article, *article.bylines.all()), coding.known(article)
        if request.method != "POST":
            return bench.slot(request, article, form=coding.MetadataForm(initial=held), kind="metadata", seen=seen)
        taken = _taken(article, request.POST.get("take", ""))
        told = {**held, "authors": "\n".join(held["authors"]), **taken} if taken else request.POST
        form = coding.MetadataForm(told, initial=held)
        fresh = request.POST.get("seen") == seen
        if form.is_valid() and fresh:
            workbench.correct(request.session, article, form.cleaned_data, request.user)
            return bench.answer(request, article)
    stale = None if fresh else bench.both(form, coding.MetadataForm(initial=held), article)
    return bench.slot(request, article, form=form, kind="metadata", seen=seen, stale=stale, status=422)


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
    return bench.answer(request, article, current=act["focus"] if act else "")


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
        return bench.answer(request, article)
    if kind == "publish":
        try:
            workbench.publish(request.session, article, request.user, because=because)
            return bench.answer(request, article)
        except decisions.Blocked as refusal:
            against = refusal.blocked
    return bench.slot(request, article, form=form, kind=kind, status=422, name="_reason", against=against)


# Reading requests


def _allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _article(request: HttpRequest, pk: int, *, locked: bool = False) -> Article:
    _allow(request.user.has_perm("articles.view_article"))
    rows = Article.objects.select_for_update(of=("self",)) if locked else Article.objects
    return get_object_or_404(rows.defer("sketch", "as_read"), pk=pk)


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


def _adds_topic(request: HttpRequest) -> Callable[[str], Topic] | None:
    """Return what adds a topic to the codebook where the button for it was pressed and this user may."""
    if "add" not in request.POST or not request.user.has_perm("articles.add_topic"):
        return None
    return lambda name: codebook.add(name, request.user)
