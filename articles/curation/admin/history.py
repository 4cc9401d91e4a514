"""The history of a row, page by page; restoring what was; and what is gone, so that it can come back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.curation import history, naming, restoring
from articles.curation.admin.merging import MergingMixin

GONE = 50  # rows that a page of deleted ones shows


class HistoryMixin(MergingMixin):
    """An admin whose history page shows values, and from which a row goes back to what it was."""

    def get_urls(self) -> list[Any]:
        name, view = f"articles_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("<int:pk>/history/<slug:act>/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        address = reverse(f"admin:articles_{self.opts.model_name}_deleted")
        return super().changelist_view(request, {"deleted_address": address, **(extra_context or {})})

    def has_restore_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"articles.change_{self.opts.model_name}")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        title = str(row) if row else self._title_of_deleted(object_id)
        if title is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        key = row.pk if row else int(object_id)
        before = _moment(request.GET.get("before", ""))
        entries, more = history.timeline(self.model, key, before=before)
        return TemplateResponse(request, "articles/admin/history.html", {
            **self._frame(request, key, title),
            "title": "History",
            "subtitle": title,
            "entries": entries,
            "oldest": entries[-1].at.isoformat() if more and entries else "",
            "turned": bool(before),
            "row": row,
            "may_restore": self.has_restore_permission(request),
            **(extra_context or {}),
        })  # fmt: skip

    def restore_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Show what differs since before an act; put back what is chosen of it."""
        if not self.has_restore_permission(request):
            raise PermissionDenied
        found = history.act_named(self.model, pk, act)
        row = self.model._base_manager.filter(pk=pk).first()
        title = str(row) if row else self._title_of_deleted(str(pk))
        if found is None or title is None:
            raise Http404
        rows = restoring.plan(self.model, pk, found, request.user)
        seen = restoring.fingerprint(rows)
        stale = request.method == "POST" and request.POST.get("seen") != seen
        if request.method == "POST" and not stale and (answer := self._restore(request, pk, found)):
            return answer
        return TemplateResponse(request, "articles/admin/restore.html", {
            **self._frame(request, pk, title),
            "title": "Restore",
            "subtitle": title,
            "act": found,
            "rows": rows,
            "may_any": any(not row.blocked for row in rows),
            "seen": seen,
            "stale": stale,
            "chosen": request.POST.getlist("chosen") if request.method == "POST" else None,
        })  # fmt: skip

    def _restore(self, request: HttpRequest, pk: int, act: history.Act) -> HttpResponse | None:
        try:
            n = restoring.restore(self.model, pk, act, set(request.POST.getlist("chosen")), request.user)
        except (IntegrityError, ProtectedError):
            text = "It can't go back like this: something else uses it, or stands in its place. Choose less of it."
            self.message_user(request, text, messages.ERROR)
            return None
        done = f"{n} row{'' if n == 1 else 's'} restored." if n else "Nothing was chosen; nothing has changed."
        self.message_user(request, done, messages.SUCCESS if n else messages.INFO)
        return HttpResponseRedirect(reverse(f"admin:articles_{self.opts.model_name}_history", args=[pk]))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List rows that are gone, the latest first: each leads to its history, from which it comes back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        before = _moment(request.GET.get("before", ""))
        found = self._deleted().order_by("-pgh_created_at")
        found = found.filter(pgh_created_at__lt=before) if before else found
        events = list(found.select_related("pgh_context")[: GONE + 1])
        names = naming.Names([(self.model, event) for event in events])
        rows = [
            {"pk": event.pgh_obj_id, "name": naming.called(event), "at": event.pgh_created_at,
             "who": names.user(event.pgh_context)}
            for event in events[:GONE]
        ]  # fmt: skip
        return TemplateResponse(request, "articles/admin/deleted.html", {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "rows": rows,
            "oldest": rows[-1]["at"].isoformat() if len(events) > GONE else "",
            "history": f"admin:articles_{self.opts.model_name}_history",
        })  # fmt: skip

    def _deleted(self) -> QuerySet:
        events = self.model.pgh_event_model.objects.filter(pgh_label="deleted")
        return events.exclude(pgh_obj__in=self.model._base_manager.values("pk"))

    def _title_of_deleted(self, key: str) -> str | None:
        if not (key.isdecimal() and len(key) < 19):
            return None
        event = self._deleted().filter(pgh_obj=key).order_by("-pgh_id").first()
        return f"{naming.short(naming.called(event))} (deleted)" if event else None

    def _frame(self, request: HttpRequest, pk: Any, title: str) -> dict[str, Any]:
        name = f"admin:articles_{self.opts.model_name}"
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": title,
            "pk": pk,
            "change_address": f"{name}_change",
            "history_address": f"{name}_history",
            "restore_address": f"{name}_restore",
        }


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
