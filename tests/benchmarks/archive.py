"""Measure a made archive: every question readers and editors ask, whole pages, requests a second, sizes.

    make bench                              a million op-eds
    make bench BENCH_ARTICLES=100000        the quick form
    .venv/bin/python -m tests.benchmarks.archive --again      what is there, asked twice: which rows agree

Each row is asked with at least `VARIED` parameters, warm, by one client, and stands in docs/benchmarks.md as median and
95th percentile in milliseconds, with the number of SQL statements and of rows. The database is one of its own. What
was measured of each size is kept in docs/benchmarks.json; the largest is reported in full.
"""

import contextlib
import http.client
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import catalogue
from articles.catalogue import Turn
from articles.filters import ArticleFilter, ClaimFilter, RecommendationFilter, with_headline
from articles.importing import archive
from articles.models import Article, Card, Claim, PolicyRecommendation
from articles.pages import freshness
from tests.benchmarks import report
from tests.benchmarks.asking import QUESTIONS, VARIED, Row, actor, parameters, rng, timed, varied, word
from tests.benchmarks.report import CLIENTS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 6.0  # of load for each figure of requests a second
MOST = 1_000  # pages made anew a second: as many addresses as differ are ready
MEGABYTE = 1024 * 1024


class Stopwatch:
    """Milliseconds spent within SQL statements, of each asking."""

    def __init__(self) -> None:
        self.spent = [0.0]

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.spent[-1] += (time.perf_counter() - began) * 1000


def measured(name: str, ask: Callable[[str], int], questions: Sequence[str], goal: float | None = None) -> Row:
    """Ask each question once and return how long it took; `ask` returns how many rows came."""
    watch = Stopwatch()

    def watched(question: str) -> int:
        watch.spent.append(0.0)
        return ask(question)

    with connection.execute_wrapper(watch):
        median, slow, rows = timed(watched, questions)
    within = sorted(watch.spent[-len(questions) :])
    with CaptureQueriesContext(connection) as captured:
        ask(questions[-1])
    page = name.startswith(("page", "desk"))
    spent = None if page else within[int(len(within) * 0.95)]
    row = Row(name, median, slow, len(captured), rows, goal, spent)
    told = f"goal {goal:g}" if goal else ""
    inside = "" if page else f"{spent:9.2f}"
    print(f"{name:48} {row.median:9.2f} {row.slow:9.2f} {inside:9} {row.statements:4} {row.rows:6}  {told}", flush=True)
    return row


def find(question: str) -> int:
    """Ask for a page of the list, with its count."""
    place = QueryDict(question).get("after")
    turn = Turn(after=catalogue.place(place))
    return len(catalogue.find(ArticleFilter(QueryDict(question), Card.objects.published()), turn).ids)


def count(question: str) -> int:
    return catalogue.count(ArticleFilter(QueryDict(question), Card.objects.published())).n


def claims(question: str) -> int:
    return len(catalogue.find_statements(ClaimFilter(QueryDict(question), Claim.objects.public()), Turn()).ids)


def told(question: str) -> int:
    rows = PolicyRecommendation.objects.public()
    return len(catalogue.find_statements(RecommendationFilter(QueryDict(question), rows), Turn()).ids)


def facets(question: str) -> int:
    asked = ArticleFilter(QueryDict(question), Card.objects.published())
    return sum(map(len, catalogue.facets(asked, totals[question], most=8).values.values()))


totals: dict[str, catalogue.Count] = {}


def counted(questions: list[str]) -> list[str]:
    """Remember how many answers questions have: facets are asked after the list, which knows."""
    for question in questions:
        asked = ArticleFilter(QueryDict(question), Card.objects.published())
        totals[question] = catalogue.find(asked, Turn()).count
    return questions


def excerpts(question: str) -> int:
    ids = catalogue.find(ArticleFilter(QueryDict(f"q={question}"), Card.objects.published()), Turn()).ids
    began = time.perf_counter()
    rows = list(with_headline(Article.objects.filter(pk__in=ids), question).values_list("headline"))
    spent.append((time.perf_counter() - began) * 1000)
    return len(rows)


spent: list[float] = []


def questions(total: int) -> Iterator[Row]:
    """Ask what pages ask of the catalogue, without the page around it."""
    ways = {"find": find, "count": count, "facets": facets, "claims": claims, "told": told}
    for name, question in QUESTIONS.items():
        given = parameters(name, total)
        if question.kind == "facets":
            counted(given)
        yield measured(name, ways[question.kind], given, question.goal)
    rng.seed("excerpts")
    spent.clear()
    measured("(excerpts, with their search)", excerpts, varied(lambda: word(0, 100)))
    marks = sorted(spent[VARIED:-1])
    slow = marks[int(len(marks) * 0.95)]
    yield Row("excerpts of 25 rows", statistics.median(marks), slow, 1, 25, 5, slow)


def pages(total: int) -> Iterator[Row]:
    """Ask for whole pages, as readers and as editors do, each made anew."""
    rng.seed("pages")
    reader, editor = Client(), Client()
    user = User.objects.filter(username="bench").first() or User.objects.create_superuser("bench", password="bench")
    editor.force_login(user)

    def get(client: Client) -> Callable[[str], int]:
        def ask(address: str) -> int:
            if client is reader:
                cache.clear()
                freshness.forget()
            response = client.get(address)
            if response.status_code != 200:
                raise SystemExit(f"{address}: {response.status_code}")
            return len(response.content)

        return ask

    article = varied(lambda: f"/articles/made-{next_published(rng.randint(1, total))}/")
    public = {
        "home": varied(lambda: "/"),
        "list": varied(lambda: "/articles/"),
        "list, an actor": varied(lambda: f"/articles/?{actor(1, 300)}"),
        "list, words": varied(lambda: f"/articles/?q={word(100, 1000)}"),
        "article": article,
        "actors": varied(lambda: "/actors/"),
        "actor": varied(lambda: f"/actors/actor-{rng.randint(1, 300)}/"),
        "authors": varied(lambda: f"/authors/?after=author-{rng.randint(1, 99_000)}"),
        "author": varied(lambda: f"/authors/author-{author_of(rng.randint(1, total))}/"),
        "sources": varied(lambda: "/sources/"),
        "source": varied(lambda: f"/sources/source-{rng.randint(1, 1500)}/"),
        "claims": varied(lambda: "/claims/"),
        "recommendations": varied(lambda: "/recommendations/"),
    }
    for name, addresses in public.items():
        yield measured(f"page: {name}", get(reader), addresses, 15 if name in {"list", "list, an actor"} else None)
    admin = {
        "articles": lambda: "/admin/articles/article/",
        "articles, words": lambda: f"/admin/articles/article/?q={word(1_500, 2_500)}",
        "claims": lambda: "/admin/articles/claim/",
        "recommendations": lambda: "/admin/articles/policyrecommendation/",
        "actors": lambda: "/admin/articles/actor/",
        "autocomplete, an author": lambda: (
            "/admin/autocomplete/?app_label=articles&model_name=byline&field_name=author"
            f"&term=Author+{rng.randint(1, 999)}"
        ),
    }
    for name, make in admin.items():
        yield measured(f"desk: {name}", get(editor), varied(make, 10))


def next_published(key: int) -> int:
    found = Article.objects.published().filter(pk__gte=key).order_by("pk").values_list("pk", flat=True)[:1]
    return int(next(iter(found), 1))


def author_of(key: int) -> int:
    found = Article.objects.published().filter(pk__gte=key).order_by("pk").values_list("bylines__author", flat=True)[:1]
    return int(next(iter(found), 1))


def load(total: int) -> Iterator[tuple[str, list[float]]]:
    """Yield requests a second under gunicorn by kind of request, for each number of clients."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "digest.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    quiet = {**os.environ, "DIGEST_LOG_LEVEL": "CRITICAL"}
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=quiet)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        unlike = iter(range(10**9))
        public = [next_published(rng.randint(1, total)) for _ in range(200)]
        kinds: dict[str, Callable[[], str]] = {
            "list, made anew": lambda: f"/articles/?x={next(unlike)}",
            "article, made anew": lambda: f"/articles/made-{rng.choice(public)}/?x={next(unlike)}",
            "actor, made anew": lambda: f"/actors/actor-{rng.randint(1, 300)}/?x={next(unlike)}",
            "list, kept": lambda: "/articles/",
            "list, not modified": lambda: "/articles/",
        }
        for name, make in kinds.items():
            etag = _etag(port, make()) if name.endswith("not modified") else ""
            rates = [_rate(port, make, clients, etag) for clients in CLIENTS]
            print(f"{name:48} " + " ".join(f"{rate:9.0f}" for rate in rates) + " requests a second", flush=True)
            yield name, rates
    finally:
        server.terminate()
        server.wait()


def _etag(port: int, address: str) -> str:
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("GET", address)
    answer = link.getresponse()
    answer.read()
    return answer.getheader("ETag") or ""


# What wrk asks for: the addresses of a file, one after the other.
ASK = """
local addresses, asked = {}, 0
for line in io.lines(os.getenv("ADDRESSES")) do addresses[#addresses + 1] = line end
request = function() asked = asked + 1; return wrk.format("GET", addresses[asked % #addresses + 1]) end
"""


def _rate(port: int, make: Callable[[], str], clients: int, etag: str) -> float:
    """Return requests a second as wrk counts them; raises SystemExit where answers are errors."""
    with tempfile.TemporaryDirectory() as folder:
        addresses, script = Path(folder, "addresses"), Path(folder, "ask.lua")
        addresses.write_text("".join(f"{make()}\n" for _ in range(int(SECONDS * MOST))))
        script.write_text(ASK)
        command = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS:.0f}s", "-s", str(script)]
        if etag:
            command += ["-H", f"If-None-Match: {etag}"]
        told = subprocess.run(
            [*command, f"http://127.0.0.1:{port}/"], env={**os.environ, "ADDRESSES": str(addresses)},
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(told)
    return float(told.split("Requests/sec:")[1].split()[0])


def sizes() -> list[tuple[str, float, float]]:
    """Return (table, megabytes, megabytes of its indexes) of the largest tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relname LIKE 'articles_%' ORDER BY pg_total_relation_size(oid) DESC LIMIT 10"
        )
        return [(name, table / MEGABYTE, index / MEGABYTE) for name, table, index in cursor.fetchall()]


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MEGABYTE / 1024
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def main(again: bool = False) -> None:
    """Make the archive, ask, and write the report; `again`: ask all of it twice and no load."""
    total = int(os.environ.get("BENCH_ARTICLES", "1000000"))
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    made = archive.make(total) if Article.objects.count() < total else None
    rows = [*questions(total), *pages(total)]
    held: report.Held = {"machine": machine(), "rows": [astuple(row) for row in rows], "sizes": sizes()}
    if made:
        held["steps"] = made.steps
    if again:
        print("\nAgain", flush=True)
        held["again"] = {row.name: row.median for row in (*questions(total), *pages(total))}
        print("\n".join(report.repeated(held)))
    elif shutil.which("wrk"):
        held["loads"] = list(load(total))
    else:
        print("No requests a second: wrk is not installed.")
    report.keep(total, **held)


if __name__ == "__main__":
    main("--again" in sys.argv[1:])
