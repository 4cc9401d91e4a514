"""Second coders: the page on which one codes, the comparison on which somebody decides, and how far they agree."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path

from articles.curation import agreement, coders
from articles.curation.admin.frame import desk_page, require
from articles.curation.coding import CodedPassageForm
from articles.models import Article, CodedPassage, Coder
from articles.models.coder import CODERS
from articles.passages import paragraphs
from articles.vocabulary import direction


def urls() -> list[Any]:
    """Return the addresses of the coders' pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("agreement/", view(report), name="agreement"),
        path("agreement/<int:pk>/", view(comparison), name="agreement_of"),
        path("coding/<int:pk>/", view(code), name="code"),
    ]


class AssignForm(forms.Form):
    """Two people to code an article."""

    first, second = (
        forms.ModelChoiceField(User.objects.none(), label=f"{which} coder") for which in ("first", "second")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = User.objects.filter(pk__in=[user.pk for user in coders.candidates()]).order_by("username")
        for field in self.fields.values():
            field.queryset = chosen


def report(request: HttpRequest) -> HttpResponse:
    """Show how far coders agree: by article, by pair of coders, by topic; and what waits to be coded."""
    require(request, "view_coder")
    found = agreement.coded()
    return desk_page(request, "agreement", {
        "title": "Agreement",
        "mine": coders.awaiting(request.user),
        "articles": agreement.by_article(found),
        "pairs": agreement.by_pair(found),
        "topics": agreement.by_topic(found),
        "attributes": list(agreement.ATTRIBUTES),
        "stance": ["stance"],
        "at_work": Coder.objects.unfinished().select_related("article", "user").defer(
            "article__body", "article__sketch", "article__as_read", "article__evidence")[:50],
        "may_decide": request.user.has_perm("articles.adjudicate_coder"),
    })  # fmt: skip


def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what two coders made of an article, difference by difference, and decide; or give it to two coders."""
    require(request, "view_coder")
    article = get_object_or_404(Article.objects.defer("sketch", "as_read", "evidence"), pk=pk)
    two = list(article.coders.select_related("user").order_by("user__username"))
    done = len(two) == CODERS and all(coder.is_finished for coder in two)
    may_decide = request.user.has_perm("articles.adjudicate_coder")
    passages = CodedPassage.objects.visible_to(request.user).filter(article=article) if done and may_decide else []
    if passages:
        passages = passages.select_related("addressee", "topic", "article").order_by("start", "end", "pk")
    found = coders.compared(two, passages)
    form = None
    if may_decide and not done:
        form = AssignForm(request.POST if request.POST.get("do") == "assign" else None, initial=_named(two))
    if request.method == "POST":
        require(request, "adjudicate_coder")
        if _decided(request, article, found, form):
            return HttpResponseRedirect(f"{request.path}{_following(found, request)}")
    return desk_page(request, "comparison", {
        "title": f"Two coders on “{str(article).strip('“”')}”",
        "article": article,
        "coders": two,
        "done": done,
        "own": next((coder for coder in two if coder.user_id == request.user.pk), None),
        "found": list(enumerate(found)),
        "agreed": sum(one.is_agreed and not one.is_decided for one in found),
        "open": sum(not one.is_decided for one in found),
        "figures": next(iter(agreement.by_article(agreement.coded(article=article.pk))), None) if found else None,
        "form": form,
        "may_decide": may_decide,
        "direction": direction(article.language),
    })  # fmt: skip


def _decided(request: HttpRequest, article: Article, found: list[coders.Difference], form: AssignForm | None) -> bool:
    """Do what a button says; return whether there is a new page to show, False for a form to correct."""
    do, key = request.POST.get("do", ""), request.POST.get("place", "")
    if do == "assign" and form:
        try:
            if form.is_valid():
                coders.assign(article, form.cleaned_data.values(), request.user)
                messages.success(request, "The coders find it on their desk.")
                return True
        except ValidationError as error:
            form.add_error(None, error)
        return False
    if do == "agreed":
        n = coders.accept_agreed(found, request.user)
        messages.success(request, f"{n} place{'' if n == 1 else 's'} accepted on which both agree.")
        return True
    if not key.isdecimal() or len(key) > 6 or int(key) >= len(found):
        raise PermissionDenied
    one = found[int(key)]
    chosen = {"first": [one.first], "second": [one.second], "both": [one.first, one.second], "neither": []}
    if do not in chosen:
        raise PermissionDenied
    coders.adjudicate(one, [passage for passage in chosen[do] if passage], request.user)
    return True


def _following(found: list[coders.Difference], request: HttpRequest) -> str:
    """Return the fragment of the next open place after the one that was decided."""
    key = request.POST.get("place", "")
    at = int(key) if key.isdecimal() and len(key) < 7 else -1
    onward = (n for n, one in enumerate(found) if n > at and not one.is_decided)
    return f"#place-{n}" if (n := next(onward, -1)) >= 0 else ""


def _named(two: list[Coder]) -> dict[str, int]:
    return {name: coder.user_id for name, coder in zip(("first", "second"), two, strict=False)}


def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a coder the text with the passages that the coder marked, and nobody else's; mark another, finish."""
    require(request, "add_codedpassage")
    coder = get_object_or_404(Coder.objects.select_related("article"), article=pk, user=request.user)
    article = coder.article
    key = request.POST.get("passage") or request.GET.get("passage") or ""
    chosen = coder.passages.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    form = CodedPassageForm(
        request.POST if request.POST.get("do") == "keep" else None,
        instance=chosen or CodedPassage(coder=coder, article=article), article=article,
        initial={} if chosen else {"exact": request.GET.get("exact", "")},
    )  # fmt: skip
    if request.method == "POST" and _marked(request, coder, chosen, form):
        return HttpResponseRedirect(request.path)
    marked = list(coder.passages.select_related("addressee", "topic").order_by("start", "end", "pk"))
    return desk_page(request, "code", {
        "title": str(article),
        "article": article,
        "coder": coder,
        "paragraphs": paragraphs(
            article.body, statements=[p for p in marked if p.is_placed], headings=article.headings
        ),
        "direction": direction(article.language),
        "marked": marked,
        "form": None if coder.is_finished else form,
        "chosen": chosen,
        "media": form.media,
    })  # fmt: skip


def _marked(request: HttpRequest, coder: Coder, chosen: CodedPassage | None, form: CodedPassageForm) -> bool:
    """Do what a button says; return whether there is a new page to show, False for a form to correct."""
    do = request.POST.get("do", "")
    try:
        if do == "keep":
            if not form.is_valid():
                return False
            coders.keep(form.save(commit=False), request.user)
        elif do == "remove" and chosen:
            coders.remove(chosen, request.user)
        elif do == "finish":
            coders.finish(coder, request.user)
            messages.success(request, "Done. Once the other coder is done too, somebody decides between you.")
        else:
            raise PermissionDenied
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return True
