"""Families: links between articles that may be versions of one work, each with its evidence, both texts and a word."""

from itertools import zip_longest
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from articles import catalogue
from articles.curation import families, wording
from articles.curation.admin.frame import desk_page, require
from articles.differences import WHOLE, differences
from articles.models import Article, Kinship
from articles.passages import BREAK
from articles.vocabulary import Relation, Review, direction, language_name

SHOWN = 25
SIDES = ("article", "other", "article__source", "other__source", "decided_by")
LONG = ("body", "sketch", "traces", "as_read", "evidence")
DECISIONS = {"accept": families.accept, "reject": families.reject, "reopen": families.reopen}
DONE = {
    "accept": "{} and {} are versions of one work.",
    "reject": "{} and {} are two works: not proposed again.",
    "reopen": "{} and {} wait for review again.",
}


def urls() -> list[Any]:
    """Return the addresses of these pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("families/", view(links), name="families"),
        path("families/<int:pk>/", view(link), name="family"),
        path("families/<int:pk>/decide/", view(decide), name="family_decide"),
    ]


def waiting(user: Any) -> list[dict[str, Any]]:
    """Return what the desk's first page says of links that wait for review; nothing where none does."""
    if not user.has_perm("articles.view_kinship"):
        return []
    n = catalogue.capped(Kinship.objects.suggested().order_by())
    if not n.n:
        return []
    what = "link between versions" if n.n == 1 else "links between versions"
    return [{"n": n, "what": what, "address": reverse("admin:families")}]


def lean() -> QuerySet:
    """Return all links with what a list says of their articles: neither texts nor sketches."""
    return Kinship.objects.select_related(*SIDES).defer(*(f"{side}__{name}" for side in SIDES[:2] for name in LONG))


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Show the links of one status, the latest first."""
    require(request, "view_kinship")
    status = request.GET.get("status", Review.SUGGESTED)
    status = status if status in list(Review) else Review.SUGGESTED
    after = request.GET.get("after", "")
    rows = lean().filter(status=status)
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=after)
    page = list(rows.order_by("-pk")[: SHOWN + 1])
    return desk_page(request, "families", {
        "title": "Families",
        "status": status,
        "statuses": [(str(one), one.label) for one in Review],
        "left": catalogue.capped(Kinship.objects.suggested()),
        "links": [(row, told(row)) for row in page[:SHOWN]],
        "following": page[SHOWN - 1].pk if len(page) > SHOWN else 0,
        "may_decide": request.user.has_perm("articles.change_kinship"),
    })  # fmt: skip


@require_safe
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a link with both texts: word by word where they are in one language, else beside each other."""
    require(request, "view_kinship", "view_article")
    row = get_object_or_404(Kinship.objects.select_related(*SIDES), pk=pk)
    one, other = row.other, row.article  # what came first, first
    context: dict[str, Any] = {}
    if row.relation != Relation.TRANSLATION:
        context["pieces"] = differences(one.body, other.body, cut=WHOLE)
    else:
        context["pairs"] = list(zip_longest(one.body.split(BREAK), other.body.split(BREAK), fillvalue=""))
    return desk_page(request, "family", {
        "title": "One work or two?",
        "link": row,
        "told": told(row),
        "one": one,
        "other": other,
        "directions": (direction(one.language), direction(other.language)),
        "may_decide": request.user.has_perm("articles.change_kinship"),
        **context,
    })  # fmt: skip


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, reject or reopen a link; then back to the list, or on to the next that waits."""
    require(request, "change_kinship")
    row = get_object_or_404(lean(), pk=pk)
    act = request.POST.get("do", "")
    if act in DECISIONS:
        DECISIONS[act](row, request.user)
        messages.success(request, format_html(DONE[act], called(row.other), called(row.article)))
    back = request.POST.get("next", "")
    if back == "link":
        waiting = Kinship.objects.suggested().exclude(pk=pk).order_by("-pk")
        following = waiting.filter(pk__lt=pk).first() or waiting.first()
        back = reverse("admin:family", args=[following.pk]) if following else ""
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("admin:families")
    return HttpResponseRedirect(back)


def called(article: Article) -> str:
    """Return an article's title in quotation marks; its first words have them already."""
    return f"“{article.title}”" if article.title else str(article)


def told(row: Kinship) -> dict[str, Any]:
    """Return what a list says of a link: what the later article is, how sure, by what evidence, and both articles."""
    return {
        "score": round(row.confidence * 100),
        "evidence": wording.kinship(row.evidence),
        "sides": [(side, wording.dating(side), language_name(side.language)) for side in (row.other, row.article)],
    }
