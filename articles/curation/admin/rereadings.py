"""Reading again what is held: asking for it, how far it is, and what it changed."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from articles.curation import wording
from articles.curation.admin.frame import CappedPaginator, desk_page, require
from articles.importing import rereading
from articles.models import Rereading
from articles.reading import reader
from articles.vocabulary import Outcome, Scope

SHOWN = 10  # on the page of jobs
ITEMS = 50  # articles on a page


def urls() -> list[Any]:
    """Return the addresses of these pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("rereadings/ask/", view(ask), name="reread"),
        path("rereadings/<int:pk>/", view(page), name="rereading"),
        path("rereadings/<int:pk>/cancel/", view(cancel), name="rereading_cancel"),
    ]


def latest() -> QuerySet:
    """Return the latest re-readings with how many articles each changed."""
    return Rereading.objects.counted().select_related("asked_by").order_by("-pk")[:SHOWN]


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have workers read again what an older reader read, or everything."""
    require(request, "add_rereading")
    scope = Scope.ALL if request.POST.get("scope") == Scope.ALL else Scope.OUTDATED
    rereading.ask(scope, request.user)
    messages.success(request, "A worker reads it again.")
    return HttpResponseRedirect(reverse("admin:jobs"))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End a re-reading; what was read stays read."""
    require(request, "change_rereading")
    asked = get_object_or_404(Rereading, pk=pk)
    if rereading.cancel(asked):
        messages.success(request, "Cancelled: what was read stays as it is now read.")
    else:
        messages.info(request, "It had come to its end.")
    return HttpResponseRedirect(reverse("admin:jobs"))


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a re-reading changed, article by article; what could not be read first."""
    require(request, "view_rereading")
    asked = get_object_or_404(Rereading.objects.counted().select_related("asked_by"), pk=pk)
    failed_first = Case(When(outcome=Outcome.FAILED, then=Value(0)), default=Value(1))
    long = [f"article__{name}" for name in ("body", "sketch", "traces", "as_read", "evidence")]
    items = asked.items.select_related("article").defer(*long).order_by(failed_first, "pk")
    found = CappedPaginator(items, ITEMS).get_page(request.GET.get("page"))
    return desk_page(request, "rereading", {
        "title": f"Read again: {asked.get_scope_display()}",
        "asked": asked,
        "reader": reader.VERSION,
        "page": found,
        "rows": [(item, wording.reread(item.changes), wording.found(item.found)) for item in found],
        "may_cancel": request.user.has_perm("articles.change_rereading"),
    })  # fmt: skip
