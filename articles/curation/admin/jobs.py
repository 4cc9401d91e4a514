"""What workers do: how far each search of the archive and each re-reading is, what waits, and what failed and why."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.curation.admin import rereadings
from articles.curation.admin.frame import desk_page, require
from articles.models import JobFailure, Retagging

SHOWN = 25  # rows of each part
STATES = {"todo": "waiting", "doing": "being done", "failed": "failed"}


def urls() -> list[Any]:
    """Return the addresses of the jobs' pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("jobs/", view(jobs), name="jobs"),
        path("jobs/<int:pk>/again/", view(again), name="job_again"),
    ]


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show the searches of the archive and what is read again; to administrators also what waits and what failed."""
    require(request, "view_retagging")
    keeps = request.user.has_perm("articles.view_jobfailure")
    return desk_page(request, "jobs", {
        "title": "Jobs",
        "searches": Retagging.objects.select_related("actor", "asked_by")[:SHOWN],
        "rereadings": rereadings.latest() if request.user.has_perm("articles.view_rereading") else None,
        "may_reread": request.user.has_perm("articles.add_rereading"),
        "keeps": keeps,
        "may_again": request.user.has_perm("articles.change_jobfailure"),
        "waiting": waiting() if keeps else [],
        "failed": failed() if keeps else [],
    })  # fmt: skip


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a job tried again that failed."""
    if not request.user.has_perm("articles.change_jobfailure"):
        raise PermissionDenied
    if row := ProcrastinateJob.objects.filter(pk=pk, status="failed").first():
        app.job_manager.retry_job_by_id(row.pk, retry_at=timezone.now())
        messages.success(request, f"“{row.task_name}” waits to be done again.")
    else:
        messages.info(request, "Somebody else has put this job back, or it is gone.")
    return HttpResponseRedirect(reverse("admin:jobs"))


def waiting() -> list[dict[str, Any]]:
    """Return how many jobs of each task wait or are being done, and since when the oldest does."""
    rows = ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).order_by()
    counted = rows.values("task_name", "status").annotate(n=Count("pk"), first=Min("procrastinateevent__at"))
    return [{**row, "state": STATES[row["status"]]} for row in counted.order_by("task_name", "-status")]


def failed() -> list[dict[str, Any]]:
    """Return the jobs that were set aside, the latest first, each with why it failed last."""
    rows = ProcrastinateJob.objects.filter(status="failed").annotate(at=Max("procrastinateevent__at"))
    found = list(rows.order_by("-at")[:SHOWN])
    why = {one.job: one for one in JobFailure.objects.filter(job__in=[row.pk for row in found]).order_by("pk")}
    return [{"job": row, "why": why.get(row.pk)} for row in found]
