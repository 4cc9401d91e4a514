"""The notes of the desk: all of them to search in, what awaits me, one with its answers, and a form for a new one."""

from typing import Any

import django_filters as filters
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from articles import markdown
from articles.curation import annotating
from articles.curation.admin.frame import CappedPaginator, desk_page
from articles.curation.forms import NoteForm
from articles.models import Annotation, Article
from articles.passages import paragraph_of
from articles.vocabulary import Visibility, direction

LISTED = 25  # notes on a page
OFFERED = 8  # editors that completion offers


def authors(request: HttpRequest) -> QuerySet:
    """Return who wrote the notes that this user may see."""
    seen = Annotation.objects.visible_to(request.user).order_by().values("author")
    return User.objects.filter(pk__in=seen).order_by("username")


class NoteFilter(filters.FilterSet):
    """A question about notes; who asks comes with the request."""

    q = filters.CharFilter(label="words", method="holding", max_length=400)
    whose = filters.ChoiceFilter(
        label="whose", method="of_whom", empty_label="everybody’s",
        choices=[("mine", "mine"), ("awaiting", "awaiting me")],
    )  # fmt: skip
    author = filters.ModelChoiceFilter(label="author", queryset=authors, empty_label="any")
    visibility = filters.ChoiceFilter(label="seen by", choices=Visibility.choices, empty_label="any")
    state = filters.ChoiceFilter(
        label="state", method="settled", empty_label="any", choices=[("open", "open"), ("resolved", "resolved")]
    )
    article = filters.ModelChoiceFilter(
        label="article", queryset=Article.objects.lean(),
        widget=AutocompleteSelect(
            Annotation._meta.get_field("article"), admin.site,
            attrs={"data-allow-clear": "true", "data-placeholder": "any"},
        ),
    )  # fmt: skip

    class Meta:
        model = Annotation
        fields: list[str] = []

    def holding(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.matching(value)

    def of_whom(self, rows: Any, name: str, value: str) -> QuerySet:
        user = self.request.user
        return rows.written_by(user) if value == "mine" else rows.awaiting(user)

    def settled(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.unresolved() if value == "open" else rows.resolved()


def urls() -> list[Any]:
    """Return the addresses of the notes' pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("annotations/", view(note_list), name="annotations"),
        path("annotations/awaiting/", view(awaiting), name="annotations_awaiting"),
        path("annotations/add/", view(add), name="annotation_add"),
        path("annotations/editors/", view(editors), name="annotation_editors"),
        path("annotations/<int:pk>/", view(note), name="annotation"),
    ]


def note_list(request: HttpRequest) -> HttpResponse:
    """Show the notes that a question asks for, the latest first."""
    asked = NoteFilter(request.GET, visible(request), request=request)
    return _list(request, asked.qs, title="Notes", form=asked.form, asks=any(request.GET.values()))


def awaiting(request: HttpRequest) -> HttpResponse:
    """Show the notes that name this user and wait for an answer, the latest first."""
    return _list(request, visible(request).awaiting(request.user), title="Awaiting you")


def _list(request: HttpRequest, rows: QuerySet, **context: Any) -> HttpResponse:
    rows = rows.select_related("author", "article", "reply_to").defer(
        "article__body", "article__sketch", "article__as_read", "article__evidence"
    )
    page = CappedPaginator(rows.order_by("-pk"), LISTED).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context |= {"page": page, "notes": [shown(row, request) for row in page], "query": query.urlencode()}
    return desk_page(request, "annotations", context)


def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a note with its passage and its answers; do to it what a button says."""
    row = get_object_or_404(visible(request).select_related("author", "article", "reply_to"), pk=pk)
    problem: dict[str, Any] = {}
    if request.method == "POST":
        try:
            return _done(request, row, request.POST.get("do", ""))
        except ValidationError as error:
            typed = {"text": request.POST.get("text", ""), "edits": request.POST.get("do") == "edit"}
            problem = {"pk": row.pk, "says": " ".join(error.messages), **typed}
    opening = row.reply_to or row
    if row is not opening and request.method != "POST":
        return HttpResponseRedirect(f"{reverse('admin:annotation', args=[opening.pk])}#{row.fragment}")
    answers = opening.replies.visible_to(request.user).select_related("author").order_by("pk")
    article = opening.article
    return desk_page(request, "annotation", {
        "title": "Note",
        "article": article,
        "thread": [shown(one, request) for one in (opening, *answers)],
        "opening": opening,
        "runs": paragraph_of(opening, article.body).runs if opening.is_placed else [],
        "direction": direction(article.language),
        "visibilities": Visibility.choices,
        "may_answer": request.user.has_perm("articles.add_annotation"),
        "may_settle": request.user.has_perm("articles.change_annotation"),
        "problem": problem,
    })  # fmt: skip


def _done(request: HttpRequest, row: Annotation, do: str) -> HttpResponse:
    """Do what a button says and lead back; raise PermissionDenied where this user may not."""
    user, text = request.user, request.POST.get("text", "")
    allowed = {
        "answer": user.has_perm("articles.add_annotation"),
        "edit": annotating.may_edit(row, user),
        "delete": annotating.may_delete(row, user),
        "resolve": user.has_perm("articles.change_annotation"),
        "reopen": user.has_perm("articles.change_annotation"),
    }
    if not allowed.get(do):
        raise PermissionDenied
    target = row
    if do == "answer":
        target = annotating.answer(row, user, text)
    elif do == "edit":
        seen = request.POST.get("visibility", "")
        annotating.edit(row, user, text, Visibility(seen) if seen in list(Visibility) else None)
    elif do == "delete":
        target = row.reply_to or row
        annotating.delete(row, user)
        if target is row:
            messages.success(request, "The note is deleted.")
            return HttpResponseRedirect(reverse("admin:annotations"))
    else:
        (annotating.resolve if do == "resolve" else annotating.reopen)(row, user)
    address = reverse("admin:annotation", args=[target.reply_to_id or target.pk])
    return HttpResponseRedirect(f"{address}#{target.fragment}")


def add(request: HttpRequest) -> HttpResponse:
    """Write a note on an article, or on the passage that is quoted."""
    if not request.user.has_perm("articles.add_annotation"):
        raise PermissionDenied
    key = request.GET.get("article", "")
    article = get_object_or_404(Article, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    start = {"visibility": Visibility.TEAM, "exact": request.GET.get("exact", "")}
    form = NoteForm(request.POST or None, article=article, initial=start)
    if request.method == "POST" and form.is_valid():
        said, anchor = form.cleaned_data, form.instance
        try:
            written = annotating.annotate(
                article, request.user, said["text"], said["visibility"], start=anchor.start, end=anchor.end
            )
        except ValidationError as error:
            form.add_error("text", error)
        else:
            messages.success(request, "The note is kept.")
            return HttpResponseRedirect(reverse("admin:annotation", args=[written.pk]))
    return desk_page(request, "annotation_add", {"title": "New note", "form": form, "article": article})


def editors(request: HttpRequest) -> HttpResponse:
    """Return as JSON the editors whose name begins like `q`: {"editors": [{"name": "ayu", "full": "Ayu W."}]}."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    if not request.user.has_perm("articles.add_annotation"):
        raise PermissionDenied
    typed = request.GET.get("q", "").casefold()
    named = ({"name": user.username, "full": user.get_full_name()} for user in annotating.editors())
    like = [
        one for one in named if any(word.casefold().startswith(typed) for word in (one["name"], *one["full"].split()))
    ]
    return JsonResponse({"editors": like[:OFFERED]})


def visible(request: HttpRequest) -> Any:
    """Return the notes that this user may see at the desk; raise PermissionDenied where there are none to be seen."""
    if not request.user.has_perm("articles.view_annotation"):
        raise PermissionDenied
    return Annotation.objects.visible_to(request.user)


def shown(row: Annotation, request: HttpRequest) -> Annotation:
    """Give a note what its card shows: its text as HTML, and what this user may do to it."""
    row.html = markdown.render(row.text)
    row.may_edit = annotating.may_edit(row, request.user)
    row.may_delete = annotating.may_delete(row, request.user)
    return row


def threads(article: Article, request: HttpRequest) -> list[Annotation]:
    """Return an article's notes that this user may see, each with its `answers`, in the order of the text."""
    if not request.user.has_perm("articles.view_annotation"):
        return []
    rows = article.annotations.visible_to(request.user).select_related("author").in_order()
    every = [shown(row, request) for row in rows]
    for opening in (openings := [row for row in every if row.reply_to_id is None]):
        opening.answers = [row for row in every if row.reply_to_id == opening.pk]
    return openings
