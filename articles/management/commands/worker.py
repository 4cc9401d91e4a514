"""Do what waits in the queue."""

import os
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from procrastinate.contrib.django import app

from articles import jobs

STOPPING = 25  # seconds that jobs are given to end when the worker is stopped
HEARTBEAT = 5.0  # seconds


class Command(BaseCommand):
    help = (
        "Do jobs until stopped: on any machine that reaches the database (DATABASE_URL), as many workers as you like. "
        "Ctrl-C or SIGTERM lets the job in hand end."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, and end")
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process, its parent, is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        connection.ensure_connection()  # starts the embedded PostgreSQL, where that is used
        if options["beside"]:
            threading.Thread(target=end_with, args=(options["beside"],), daemon=True).start()
        pooled = settings.DATABASES["default"].get("DISABLE_SERVER_SIDE_CURSORS", False)  # by PgBouncer
        self.stdout.write("Working. Ctrl-C stops after the job in hand.")
        self.stdout.flush()
        with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
            working.run_worker(
                wait=not options["once"],
                concurrency=1,
                listen_notify=not pooled,  # else it asks every few seconds
                shutdown_graceful_timeout=STOPPING,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=jobs.GONE,
                task_middleware=[*working.worker_defaults.get("task_middleware", []), jobs.record],
            )


def end_with(parent: int) -> None:
    """Stop this process once its parent is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
