"""Put work off until a worker has time: the queue is a table, and a job is there once the transaction is committed."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def enqueue(task: str, *, once: str = "", **given: Any) -> None:
    """Have a worker do a task of `articles.jobs`, by its name, with what is given (JSON).

    With `once`, of several jobs under this name that have not begun one is enough; and they never run side by side.
    """
    names = {"lock": once, "queueing_lock": once} if once else {}
    with suppress(AlreadyEnqueued), transaction.atomic():  # a refused row would spoil the transaction around it
        app.configure_task(task, allow_unknown=True, **names).defer(**given)
