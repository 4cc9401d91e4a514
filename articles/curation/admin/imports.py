"""Documents and imports: the record of what came in. Nothing here is edited."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles.curation import wording
from articles.curation.admin.frame import FramedAdmin
from articles.importing import enqueued
from articles.importing.sources import kinds
from articles.models import Document, ImportItem, ImportRun
from articles.vocabulary import Outcome

PREVIEW = 20_000  # bytes of a document that a page shows
STRANGE = 20  # of so many characters one that no text holds makes a file no text
MOST_ITEMS = 100  # documents of a run that its page shows, what failed first


class ReadOnlyAdmin(FramedAdmin):
    change_form_template = "articles/admin/record.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "media_type", "size", "received", "of_article"]
    list_filter = ["media_type", ("article", admin.EmptyFieldListFilter)]
    search_fields = ["location", "sha256__startswith"]
    fields = ["location", "of_article", "received", "media_type", "encoding", "size", "sha256", "text"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        long = [f"article__{name}" for name in ("body", "sketch", "as_read", "evidence")]
        return super().get_queryset(request).select_related("article").defer("raw", *long)

    def get_urls(self) -> list[Any]:
        download = self.admin_site.admin_view(self.download_view)
        return [path("<int:pk>/download/", download, name="articles_document_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the bytes as they were received; never as a page, whatever they are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if (document := Document.objects.filter(pk=pk).first()) is None:
            raise Http404
        name = f"{document.sha256[:12]}{_suffix(document)}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(bytes(document.raw), content_type="application/octet-stream", headers=headers)

    @admin.display(description="article")
    def of_article(self, document: Document) -> str:
        if document.article is None:
            return format_html('<span class="quiet">{}</span>', "none: it could not be read")
        address = reverse("admin:articles_article_change", args=[document.article_id])
        return format_html('<a href="{}">{}</a>', address, str(document.article))

    @admin.display(description="received", ordering="received_at")
    def received(self, document: Document) -> str:
        return wording.moment(document.received_at)

    @admin.display(description="as received")
    def text(self, document: Document) -> str:
        raw = bytes(document.raw)
        kind = kinds.by_media_type(document.media_type)
        start = raw[:PREVIEW].decode(_codec(document.encoding), errors="replace")
        binary = "\x00" in start or start.count("\ufffd") > len(start) / STRANGE
        return render_to_string("articles/admin/_document.html", {
            "start": "" if binary else start,
            "kind": kind.name if binary and kind else "",
            "cut": len(raw) > PREVIEW,
            "address": reverse("admin:articles_document_download", args=[document.pk]),
        })  # fmt: skip


def _suffix(document: Document) -> str:
    """Return how the name of a document's file ends: as files of its kind do."""
    if (kind := kinds.by_media_type(document.media_type)) is not None:
        return kind.suffixes[0]
    return ".html" if "html" in document.media_type else ".txt"


def _codec(name: str) -> str:
    try:
        "".encode(name or "utf-8")
    except LookupError:
        return "utf-8"
    return name or "utf-8"


def outcome_column(outcome: Outcome) -> Any:
    """Return a list column that shows how many documents of a run had an outcome."""

    @admin.display(description=outcome.label)
    def column(run: ImportRun) -> int:
        return run.outcomes.get(outcome, 0)

    return column


def count_outcomes(runs: Iterable[ImportRun]) -> None:
    """Give each run its `outcomes`: how many of its documents had which, in one question for all of them."""
    held = {run.pk: run for run in runs}
    for run in held.values():
        run.outcomes = {}
    counted = ImportItem.objects.filter(run__in=held).order_by().values_list("run", "outcome").annotate(n=Count("pk"))
    for key, outcome, n in counted:
        held[key].outcomes[outcome] = n


class ImportRunList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        count_outcomes(self.result_list)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    listed_as = "Imports"
    change_form_template = "articles/admin/import_run.html"
    list_display = ["started", "state", *(outcome_column(outcome) for outcome in Outcome), "user", "asked"]
    list_select_related = ["user"]
    fields = ["started", "finished", "state", "user", "paths", "documents"]
    readonly_fields = fields

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ImportRunList

    def get_urls(self) -> list[Any]:
        def addressed(name: str, view: Any) -> Any:
            return path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"articles_importrun_{name}")

        return [addressed("cancel", require_POST(self.cancel)), addressed("resume", require_POST(self.resume)),
                *super().get_urls()]  # fmt: skip

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have workers leave an import alone."""
        run = self._led(request, pk)
        enqueued.cancel(run, request.user)
        messages.success(request, "Cancelled: what waits is left alone until the import is resumed.")
        return HttpResponseRedirect(reverse("admin:articles_importrun_change", args=[pk]))

    def resume(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have workers go on with an import."""
        n = enqueued.resume(self._led(request, pk), request.user)
        messages.success(request, f"{n:,} documents wait for a worker.")
        return HttpResponseRedirect(reverse("admin:articles_importrun_change", args=[pk]))

    def _led(self, request: HttpRequest, pk: int) -> ImportRun:
        """Return the import of workers that an administrator leads; raise PermissionDenied, Http404."""
        if not request.user.has_perm("articles.change_jobfailure"):
            raise PermissionDenied
        if (run := ImportRun.objects.filter(pk=pk, enqueued=True, finished_at=None).first()) is None:
            raise Http404
        return run

    @admin.display(description="started", ordering="started_at")
    def started(self, run: ImportRun) -> str:
        return wording.moment(run.started_at)

    @admin.display(description="finished")
    def finished(self, run: ImportRun) -> str:
        return wording.moment(run.finished_at) if run.finished_at else ""

    @admin.display(description="state")
    def state(self, run: ImportRun) -> str:
        if run.finished_at:
            return "finished"
        if run.enqueued:
            return format_html('<b class="problem">{}</b>', "cancelled") if run.cancelled_at else "by workers"
        return format_html('<b class="problem">{}</b>', "interrupted") if run.interrupted else "not finished"

    @admin.display(description="asked to read")
    def asked(self, run: ImportRun) -> str:
        first, *more = run.paths.splitlines() or [""]
        return f"{first} and {len(more)} more" if more else first

    @admin.display(description="documents")
    def documents(self, run: ImportRun) -> str:
        failed_first = Case(When(outcome=Outcome.FAILED, then=Value(0)), default=Value(1), output_field=IntegerField())
        long = [f"article__{name}" for name in ("body", "sketch", "as_read", "evidence")]
        items = run.items.select_related("article").defer(*long).order_by(failed_first, "pk")
        count_outcomes([run])
        counts = [(outcome.label, outcome.value, run.outcomes.get(outcome, 0)) for outcome in Outcome]
        return render_to_string("articles/admin/_items.html", {
            "run": run, "progress": _progress(run), "counts": counts, "items": items[:MOST_ITEMS],
            "all": sum(n for *_, n in counts), "most": MOST_ITEMS,
        })  # fmt: skip


def _progress(run: ImportRun) -> enqueued.Progress | None:
    return enqueued.progress(run, timezone.now()) if run.enqueued and not run.finished_at else None


@admin.register(ImportItem)
class ImportItemAdmin(ReadOnlyAdmin):
    """The documents of imports, reached from their run."""

    list_display = ["location", "outcome", "reason", "of_article", "run", "at"]
    list_filter = ["outcome"]
    list_display_links = None
    search_fields = ["location", "reason"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        long = [f"article__{name}" for name in ("body", "sketch", "as_read", "evidence")]
        return super().get_queryset(request).select_related("article", "run").defer(*long)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}  # a list of its own in no menu

    @admin.display(description="article")
    def of_article(self, item: ImportItem) -> str:
        if item.article is None:
            return ""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[item.article_id]), str(item.article)
        )
