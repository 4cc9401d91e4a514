"""Measure the queue over a made archive: each order and filter, its first page and one far behind.

    .venv/bin/python -m tests.benchmarks.queue       asks the archive that `make bench` made (DIGEST_DATA=var/bench)

Whole pages, as an editor's browser asks for them, warm, one client, in milliseconds; goal: 100 at the 95th percentile.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")

import django

django.setup()

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import models
from django.test import Client

from articles.curation import queue
from articles.curation.queue import Asked, Place
from articles.models import Actor, Claim, PolicyRecommendation, Source
from tests.benchmarks.asking import VARIED, rng, timed, varied

GOAL = 100.0  # milliseconds
QUEUE = "/admin/queue/"


def key(model: type[models.Model], name: str, low: int, high: int) -> Callable[[], str]:
    """Return a maker of the key of one made actor or source, the most named first."""
    keys = dict(model._default_manager.values_list("slug", "pk"))
    return lambda: str(keys[f"{name}-{rng.randint(low, high)}"])


def far(order: str) -> Callable[[], str]:
    """Return a maker of a question that begins at a suggestion picked by chance."""
    names = [name for name, _ in queue.ORDERS[order]]
    last = Claim.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def make() -> str:
        row = Claim.objects.suggested().filter(pk__gte=rng.randint(1, last)).order_by("pk").first()
        place = Place("claim", row.pk, tuple(getattr(row, name) for name in names))
        return f"order={order}&after={place}"

    return make


def main() -> None:
    """Ask, and print a line for each question."""
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    editor = Client()
    user = User.objects.filter(username="bench").first() or User.objects.create_superuser("bench", password="bench")
    editor.force_login(user)
    waiting = sum(model.objects.suggested().count() for model in (Claim, PolicyRecommendation))
    print(f"{waiting:,} suggestions wait; whole pages, {VARIED} questions a row, milliseconds")
    top, middling, source = key(Actor, "actor", 1, 10), key(Actor, "actor", 50, 300), key(Source, "source", 1, 2000)
    rows: dict[str, Callable[[], str]] = {
        **{f"first page, {order}": lambda order=order: f"order={order}" for order in queue.ORDERS},  # type: ignore[misc]
        **{f"from anywhere, {order}": far(order) for order in queue.ORDERS if order != "precision"},
        "recommendations": lambda: "kind=recommendation",
        "about or to a top actor": lambda: f"actor={top()}",
        "about or to a middling actor": lambda: f"actor={middling()}",
        "to a middling actor, newest first": lambda: f"addressee={middling()}&order=newest",
        "a source": lambda: f"source={source()}",
        "a language": lambda: "language=id",
        "dates": lambda: f"since={rng.randint(2015, 2023)}-02-01&until=2024-06-30",
        "a rule and a band": lambda: "rule=made&band=70",
    }

    def ask(question: str) -> int:
        answer = editor.get(f"{QUEUE}?{question}")
        assert answer.status_code == 200, question
        return answer.content.count(b'<li class="suggestion ')

    for name, make in rows.items():
        median, slow, shown = timed(ask, varied(make))
        told = "" if slow <= GOAL else "  missed"
        print(f"{name:44} {median:9.2f} {slow:9.2f} {shown:4} rows{told}", flush=True)
    print(f"counted: {queue.count(Asked())}")


if __name__ == "__main__":
    main()
