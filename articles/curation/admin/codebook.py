"""The codebook's pages: the tree, a topic with what is coded under it, its split, and the coding of one statement."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from articles import markdown
from articles.curation import codebook
from articles.curation.admin.frame import CappedPaginator, desk_page, require
from articles.models import KINDS, Coding, Topic
from articles.passages import paragraph_of
from articles.vocabulary import Stance, direction

LISTED = 50  # statements on a topic's page
SPLIT = 200  # statements that one split can look at, the latest first
PARTS = 3  # new topics that one split makes


def urls() -> list[Any]:
    """Return the addresses of the codebook's pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("codebook/", view(tree), name="codebook"),
        path("codebook/<int:pk>/", view(topic), name="topic"),
        path("codebook/<int:pk>/split/", view(split), name="topic_split"),
        path("codebook/<str:kind>/<int:pk>/", view(coding), name="coding"),
    ]


class NewTopicForm(forms.Form):
    name = forms.CharField(max_length=200)
    parent = forms.ModelChoiceField(
        Topic.objects.all(), required=False, label="under", empty_label="the top",
        widget=AutocompleteSelect(
            Topic._meta.get_field("parent"), admin.site,
            attrs={"data-allow-clear": "true", "data-placeholder": "the top"},
        ),
    )  # fmt: skip
    description = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="When a statement belongs here. Markdown"
    )


class MoveForm(forms.Form):
    parent = NewTopicForm.base_fields["parent"]


class CodeForm(forms.Form):
    topic = forms.ModelChoiceField(
        Topic.objects.all(), widget=AutocompleteSelect(Coding._meta.get_field("topic"), admin.site)
    )
    stance = forms.ChoiceField(choices=Stance.choices, widget=forms.RadioSelect, initial=Stance.SUPPORTS)


def tree(request: HttpRequest) -> HttpResponse:
    """Show the codebook as a tree, and add a topic to it."""
    require(request, "view_topic")
    form = NewTopicForm(request.POST or None)
    if request.method == "POST":
        require(request, "add_topic")
        if form.is_valid():
            made = codebook.add(user=request.user, **form.cleaned_data)
            messages.success(request, f"“{made}” is in the codebook.")
            return HttpResponseRedirect(reverse("admin:codebook"))
    nodes = codebook.tree()
    return desk_page(request, "codebook", {
        "title": "Codebook",
        "nodes": [node for node in nodes if node.depth == 0],
        "form": form if request.user.has_perm("articles.add_topic") else None,
        "media": form.media,
        "stances": list(Stance),
    })  # fmt: skip


def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a topic: what it means, its examples, and what is coded under it; do to it what a button says."""
    require(request, "view_topic")
    row = get_object_or_404(Topic.objects.select_related("parent"), pk=pk)
    if request.method == "POST":
        try:
            return _done(request, row, request.POST.get("do", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:topic", args=[row.pk]))
    page = CappedPaginator(codebook.codings_under(row), LISTED).get_page(request.GET.get("page"))
    form = MoveForm(initial={"parent": row.parent})
    return desk_page(request, "topic", {
        "title": row.name,
        "topic": row,
        "description": markdown.render(row.description),
        "children": row.children.all(),
        "page": page,
        "codings": [shown(one) for one in page],
        "stances": codebook.stances(row),
        "form": form,
        "media": form.media,
        **_rights(request),
    })  # fmt: skip


def _done(request: HttpRequest, row: Topic, do: str) -> HttpResponse:
    """Do what a button says and lead back; raise PermissionDenied where this user may not."""
    key = request.POST.get("coding", "")
    if do == "move":
        require(request, "change_topic")
        form = MoveForm(request.POST)
        if form.is_valid():
            codebook.move(row, form.cleaned_data["parent"], request.user)
    elif do in {"example", "no example", "uncode"}:
        require(request, "change_topic" if do != "uncode" else "delete_coding")
        one = get_object_or_404(row.codings, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
        if do == "uncode":
            codebook.uncode(one, request.user)
        else:
            codebook.show_as_example(one, request.user, chosen=do == "example")
    else:
        raise PermissionDenied
    return HttpResponseRedirect(reverse("admin:topic", args=[row.pk]))


def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which statements of a topic go to which new one; show what would come of it; do it."""
    require(request, "change_topic")
    require(request, "add_topic")
    row = get_object_or_404(Topic, pk=pk)
    codings = [shown(one) for one in codebook.codings_under(row)[:SPLIT]]
    names = [" ".join(request.POST.get(f"name-{n}", "").split()) for n in range(1, PARTS + 1)]
    for one in codings:
        chosen = request.POST.get(f"coding-{one.pk}", "0")
        one.part = int(chosen) if chosen in {str(n) for n in range(PARTS + 1)} else 0
    counted = Counter(one.part for one in codings)
    problem = ""
    unnamed = [n for n in range(1, PARTS + 1) if counted[n] and not names[n - 1]]
    if request.method == "POST" and unnamed:
        problem = f"Give the {', '.join(_ordinal(n) for n in unnamed)} new topic a name: statements go there."
    elif request.method == "POST" and not any(counted[n] for n in range(1, PARTS + 1)):
        problem = "Choose at least one statement that goes."
    elif request.method == "POST" and request.POST.get("do") == "split":
        parts = {names[n - 1]: [c.pk for c in codings if c.part == n] for n in range(1, PARTS + 1) if counted[n]}
        made = codebook.split(row, parts, request.user)
        messages.success(request, f"Split “{row}”: {', '.join(f'{len(parts[one.name])} to “{one}”' for one in made)}.")
        return HttpResponseRedirect(reverse("admin:codebook"))
    return desk_page(request, "topic_split", {
        "title": f"Split “{row}”",
        "topic": row,
        "codings": codings,
        "parts": [(n, names[n - 1], counted[n]) for n in range(1, PARTS + 1)],
        "stay": counted[0],
        "problem": problem,
        "previewed": request.method == "POST" and not problem,
        "most": SPLIT,
    })  # fmt: skip


def _ordinal(n: int) -> str:
    return ["first", "second", "third"][n - 1]


def coding(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what a statement says to which topics; those of similar passages are proposed."""
    if kind not in KINDS:
        raise Http404
    require(request, "view_coding")
    require(request, f"view_{KINDS[kind]._meta.model_name}")
    statement = get_object_or_404(KINDS[kind].objects.select_related("article"), pk=pk)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (answer := _coded(request, statement, form)):
        return answer
    article = statement.article
    onward = type(statement).objects.filter(article=article, start__gt=statement.start, codings=None).order_by("start")
    return desk_page(request, "coding", {
        "title": f"Topics of a {statement.short_name}",
        "s": statement,
        "runs": paragraph_of(statement, article.body).runs if statement.is_placed else [],
        "direction": direction(article.language),
        "codings": codebook.coded(statement),
        "proposals": codebook.propose(statement),
        "form": form,
        "media": form.media,
        "stances": Stance.choices,
        "following": onward.first(),
        "form_address": reverse(f"admin:articles_{statement._meta.model_name}_change", args=[statement.pk]),
        **_rights(request),
    })  # fmt: skip


def _coded(request: HttpRequest, statement: Any, form: CodeForm) -> HttpResponse | None:
    """Code a statement as the form says, or take a coding back; return where to go on, None for a form to correct."""
    here = HttpResponseRedirect(reverse("admin:coding", args=[statement.short_name, statement.pk]))
    key = request.POST.get("uncode", "")
    if key.isdecimal() and len(key) < 19:
        require(request, "delete_coding")
        if one := Coding.objects.of(statement).filter(pk=key).first():
            codebook.uncode(one, request.user)
        return here
    require(request, "add_coding")
    if not form.is_valid():
        return None
    codebook.code(statement, form.cleaned_data["topic"], Stance(form.cleaned_data["stance"]), request.user)
    return here


def shown(one: Coding) -> Coding:
    """Give a coding the addresses that its row leads to."""
    statement = one.statement
    one.code_address = reverse("admin:coding", args=[statement.short_name, statement.pk])
    one.article_address = (
        f"{reverse('admin:articles_article_change', args=[statement.article_id])}#{statement.fragment}"
    )
    return one


def _rights(request: HttpRequest) -> dict[str, bool]:
    names = ("change_topic", "add_topic", "merge_topic", "add_coding", "delete_coding")
    return {f"may_{name}": request.user.has_perm(f"articles.{name}") for name in names}
