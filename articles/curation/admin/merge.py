"""The page on which rows that are one thing become one row."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from articles.curation import merging
from articles.curation.admin.frame import FramedAdmin

MOST = 20  # rows that can be compared on one page


class MergeMixin(FramedAdmin):
    """An admin whose rows can be merged; `merge` is the decision, `compared` the fields shown to tell rows apart."""

    merge: Callable[..., dict[str, int]]
    compared: list[str] = []
    actions = ["merge_selected"]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"articles.merge_{self.opts.model_name}")

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("merge/", self.admin_site.admin_view(self.merge_view), name=name), *super().get_urls()]

    @admin.action(description="Merge selected…", permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if not 2 <= len(keys) <= MOST:
            self.message_user(request, f"Select two to {MOST} rows to merge.", messages.WARNING)
            return None
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge")
        return HttpResponseRedirect(f"{address}?{urlencode({'row': keys}, doseq=True)}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_merge_permission(request):
            raise PermissionDenied
        keys = {int(key) for key in request.GET.getlist("row")[:MOST] if key.isdecimal() and len(key) < 19}
        rows = list(self.model._base_manager.filter(pk__in=keys).order_by("pk"))
        listed = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        if len(rows) < 2:
            self.message_user(request, "There are no two rows left to merge.", messages.WARNING)
            return HttpResponseRedirect(listed)
        survivor = next((row for row in rows if str(row.pk) == request.POST.get("survivor")), None)
        apart = merging.said_apart(self.opts.model_name, [row.pk for row in rows])
        if (
            request.method == "POST"
            and survivor
            and request.POST.get("do") != "see"
            and (not apart or request.POST.get("although"))
        ):
            losers = [row for row in rows if row is not survivor]
            moved = type(self).merge(survivor, losers, request.user)
            told = format_html(
                '{} <a href="{}">Undo it there</a>.', _report(survivor.name, losers, moved), reverse("admin:merges")
            )
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(listed)
        return TemplateResponse(
            request, "articles/admin/merge.html", self._merge_context(request, rows, survivor) | {"apart": apart}
        )

    def _merge_context(self, request: HttpRequest, rows: list[Any], chosen: Any) -> dict[str, Any]:
        held = merging.holdings(rows)
        totals = {row.pk: sum(counted.get(row.pk, 0) for counted in held.values()) for row in rows}
        likely = chosen or max(rows, key=lambda row: (totals[row.pk], -row.pk))
        fields = [self.opts.get_field(name) for name in self.compared]
        compared = [(str(f.verbose_name), [_worded(row, f) for row in rows]) for f in fields]
        return {
            **self.admin_site.each_context(request),
            "title": f"Merge {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "rows": rows,
            "likely": likely,
            "compared": [(label, values) for label, values in compared if any(values)],
            "held": [
                (label, [counted.get(row.pk, 0) for row in rows], sum(counted.values()))
                for label, counted in held.items()
            ],
            "asked": request.method == "POST" and not chosen,
            "seen": merging.preview(likely, [row for row in rows if row is not likely], request.user)
            if sum(totals.values()) <= merging.PREVIEWED
            else None,
            "kind": self.opts.model_name,
        }


def _worded(row: Any, field: Any) -> str:
    if field.is_relation:
        return str(getattr(row, field.name) or "")
    if field.flatchoices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _report(name: str, losers: list[Any], moved: dict[str, int]) -> str:
    gone = ", ".join(f"“{loser.name}”" for loser in losers)
    counts = "; ".join(f"{n} {label}" for label, n in moved.items())
    return f"Merged {gone} into “{name}”. Moved: {counts or 'nothing'}. Former addresses lead on."
