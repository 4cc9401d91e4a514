"""Pages about what is one and what is two: likely duplicates, and the merges that were made."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from articles.curation import duplicates, unmerging
from articles.curation.admin.frame import desk_page, require
from articles.models import Merge

SHOWN = 25
NAMES = {"author": "authors", "source": "sources", "actor": "actors"}


def urls() -> list[Any]:
    """Return the addresses of these pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("duplicates/<str:kind>/", view(likely), name="duplicates"),
        path("duplicates/<str:kind>/apart/", view(apart), name="duplicates_apart"),
        path("merges/", view(merges), name="merges"),
        path("merges/<int:pk>/undo/", view(undo), name="merge_undo"),
    ]


@require_safe
def likely(request: HttpRequest, kind: str) -> HttpResponse:
    """Show pairs of rows that may be one, the likeliest first."""
    _allow(request, kind)
    number = request.GET.get("page", "")
    page = min(int(number), 99) if number.isdecimal() and len(number) < 4 else 1
    begin = (max(page, 1) - 1) * SHOWN
    pairs, total = duplicates.likely(kind, begin, SHOWN)
    name = reverse(f"admin:articles_{kind}_merge")
    return desk_page(request, "duplicates", {
        "title": f"{NAMES[kind].capitalize()} that may be one",
        "kind": kind,
        "kinds": [(one, NAMES[one]) for one in NAMES if request.user.has_perm(f"articles.merge_{one}")],
        "pairs": [(pair, f"{name}?{urlencode({'row': [pair.one.pk, pair.other.pk]}, doseq=True)}") for pair in pairs],
        "total": total,
        "following": page + 1 if begin + SHOWN < total else 0,
        "change": f"admin:articles_{kind}_change",
    })  # fmt: skip


@require_POST
def apart(request: HttpRequest, kind: str) -> HttpResponse:
    """Remember that two rows are not the same, or with `do=again` forget it."""
    _allow(request, kind)
    keys = [int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < 19]
    try:
        if request.POST.get("do") == "again":
            duplicates.propose_again(kind, keys)
            messages.success(request, "They are proposed as one again.")
        else:
            duplicates.keep_apart(kind, keys, request.user)
            messages.success(request, "Remembered: they are not the same.")
    except ValueError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("admin:duplicates", args=[kind]))


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """Show the latest merges, each with a button that takes it back."""
    if not any(request.user.has_perm(f"articles.merge_{kind}") for kind in (*NAMES, "topic")):
        raise PermissionDenied
    rows = Merge.objects.select_related("user", "undone_by").defer("trace")
    if request.GET.get("model") in {*NAMES, "topic"}:
        rows = rows.filter(model=request.GET["model"])
    return desk_page(request, "merges", {"title": "Merges", "merges": rows[: SHOWN * 2]})


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back, or say why it can't be."""
    merge = get_object_or_404(Merge.objects.defer("trace"), pk=pk)
    require(request, f"merge_{merge.model}")
    try:
        unmerging.undo(merge, request.user)
        messages.success(request, f"Taken back: {merge}.")
    except unmerging.ChangedSinceError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("admin:merges"))


def _allow(request: HttpRequest, kind: str) -> None:
    if kind not in NAMES:
        raise Http404
    require(request, f"merge_{kind}")
