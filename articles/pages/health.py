"""What a balancer asks: whether the process is alive, and whether it can answer readers."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from digest import replicas

PLAIN = "text/plain; charset=utf-8"


def alive(request: HttpRequest) -> HttpResponse:
    """Answer "ok" as long as the process answers at all; the database is not asked."""
    return HttpResponse("ok", content_type=PLAIN)


def ready(request: HttpRequest) -> HttpResponse:
    """Answer "ok" where the database answers and its migrations are applied; else 503 and what is missing.

    A line for each replica follows; one that is left out is the primary's work, and no reason to send nobody here.
    """
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        return HttpResponse(f"The database does not answer: {error}", status=503, content_type=PLAIN)
    if missing:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in missing)
        return HttpResponse(f"Migrations are not applied: {names}", status=503, content_type=PLAIN)
    return HttpResponse("\n".join(["ok", *replicas.report()]), content_type=PLAIN)
