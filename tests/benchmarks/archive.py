"""Measure a made archive: every question readers and editors ask, whole pages, requests a second, sizes.

    make bench                              a million op-eds
    make bench BENCH_ARTICLES=100000        the quick form

Each row is asked with at least `VARIED` parameters, warm, by one client, and stands in docs/benchmarks.md as median and
95th percentile in milliseconds, with the number of SQL statements and of rows. The database is one of its own.
"""

import contextlib
import http.client
import os
import platform
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

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

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"
VARIED = 30  # parameters of a question
SECONDS = 6.0  # of load for each figure of requests a second
CLIENTS = (1, 2, 8)
MEGABYTE = 1024 * 1024

rng = random.Random(20)
WORDS = archive.vocabulary("en")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; times in milliseconds, `goal` for the 95th percentile."""

    name: str
    median: float
    slow: float
    statements: int
    rows: int
    goal: float | None


def measured(name: str, ask: Callable[[str], int], questions: Sequence[str], goal: float | None = None) -> Row:
    """Ask each question once and return how long it took; `ask` returns how many rows came."""
    for question in questions:  # the first time warms what the second is measured on
        ask(question)
    times, rows = [], 0
    for question in questions:
        began = time.perf_counter()
        rows = ask(question)
        times.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        ask(questions[-1])
    times.sort()
    row = Row(name, statistics.median(times), times[int(len(times) * 0.95)], len(captured), rows, goal)
    told = f"goal {goal:g}" if goal else ""
    print(f"{name:48} {row.median:9.2f} {row.slow:9.2f} {row.statements:4} {row.rows:6}  {told}", flush=True)
    return row


def varied(make: Callable[[], str], times: int = VARIED) -> list[str]:
    """Return questions with parameters that differ."""
    return [make() for _ in range(times)]


def actor(low: int, high: int) -> str:
    return f"actor=actor-{rng.randint(low, high)}"


def word(low: int, high: int) -> str:
    return WORDS[rng.randint(low, high)]


def dates() -> str:
    year = rng.randint(2015, 2021)
    return f"since={year}-02-01&until={year + 3}-06-30"


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
    deep = varied(lambda: f"after={rng.randint(2015, 2024)}-{rng.randint(1, 12):02}-15.{rng.randint(1, total)}")
    yield measured("list, newest", find, varied(str), 2)
    yield measured("list, at any depth", find, deep, 2)
    yield measured("list, one source", find, varied(lambda: f"source=source-{rng.randint(1, 2000)}"), 2)
    yield measured("list, one author", find, varied(lambda: f"author=author-{rng.randint(1, 100_000)}"), 2)
    for name, low, high in (("top", 1, 5), ("middling", 50, 300), ("rare", 3000, 5000)):
        span = (low, high)
        yield measured(f"list, a {name} actor and dates", find, varied(lambda s=span: f"{actor(*s)}&{dates()}"), 2)
    pairs = varied(lambda: f"{actor(50, 120)}&{actor(121, 300)}")
    yield measured("list, two top actors", find, varied(lambda: f"{actor(1, 5)}&{actor(6, 10)}"), 2)
    yield measured("list, two middling actors", find, pairs, 2.5)
    yield measured("count, everything", count, varied(str), 1)
    yield measured("count, an actor and dates", count, varied(lambda: f"{actor(1, 300)}&{dates()}"), 1)
    frequent: dict[str, Callable[[], str]] = {
        "a rare word": lambda: f"q={word(20_000, 45_000)}",
        "a word of 1 %": lambda: f"q={word(1_500, 2_500)}",
        "a word of 10 %": lambda: f"q={word(90, 160)}",
        "a common word": lambda: f"q={word(0, 8)}",
        "two common words": lambda: f"q={word(0, 8)}+{word(9, 18)}",
        "two common words that never meet": lambda: "q=" + "+".join(archive.PAIR),
        "one word without another": lambda: f"q={word(0, 8)}+-{word(9, 18)}",
        "a word and an actor": lambda: f"q={word(0, 100)}&{actor(1, 100)}",
    }
    for name, make in frequent.items():
        yield measured(f"words by date with count, {name}", find, varied(make), 60)
    for name in ("a rare word", "a word of 10 %", "a common word"):
        make = frequent[name]
        yield measured(f"words by relevance, {name}", find, varied(lambda m=make: f"{m()}&sort=relevance"), 60)
    phrase = varied(lambda: f'q="{word(0, 8)}+{word(0, 8)}"')
    yield measured("words by date, a phrase of common words", find, phrase, 200)
    yield measured("facets, everything", facets, counted(varied(str)), 1)
    yield measured("facets, one actor", facets, counted(varied(lambda: actor(1, 500))), 1)
    yield measured("facets, two actors", facets, counted(varied(lambda: f"{actor(1, 5)}&{actor(6, 10)}")), 65)
    yield measured("facets, dates", facets, counted(varied(dates)), 65)
    yield measured("facets, a word of 1 %", facets, counted(varied(frequent["a word of 1 %"])), 65)
    yield measured("facets, a common word", facets, counted(varied(frequent["a common word"])), 65)
    yield measured("claims, newest", claims, varied(str), 2)
    yield measured("claims about an actor", claims, varied(lambda: actor(1, 300)), 2)
    yield measured("claims about an actor, reviewed", claims, varied(lambda: f"{actor(1, 300)}&review=reviewed"), 2)
    yield measured(
        "recommendations to an actor", told, varied(lambda: actor(1, 300).replace("actor=", "addressee=")), 2
    )
    measured("(excerpts, with their search)", excerpts, varied(lambda: word(0, 100)))
    marks = sorted(spent[VARIED:-1])
    yield Row("excerpts of 25 rows", statistics.median(marks), marks[int(len(marks) * 0.95)], 1, 25, 5)


def pages(total: int) -> Iterator[Row]:
    """Ask for whole pages, as readers and as editors do, each made anew."""
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
        yield measured(f"page: {name}", get(reader), addresses, 15 if name.startswith("list") else None)
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
        kinds: dict[str, tuple[Callable[[], str], bool]] = {
            "list, made anew": (lambda: f"/articles/?x={next(unlike)}", False),
            "article, made anew": (lambda: f"/articles/made-{rng.choice(public)}/?x={next(unlike)}", False),
            "actor, made anew": (lambda: f"/actors/actor-{rng.randint(1, 300)}/?x={next(unlike)}", False),
            "list, kept": (lambda: "/articles/", False),
            "list, not modified": (lambda: "/articles/", True),
        }
        for name, (make, conditional) in kinds.items():
            rates = [_rate(port, make, clients, conditional=conditional) for clients in CLIENTS]
            print(f"{name:48} " + " ".join(f"{rate:9.0f}" for rate in rates) + " requests a second", flush=True)
            yield name, rates
    finally:
        server.terminate()
        server.wait()


def _rate(port: int, make: Callable[[], str], clients: int, *, conditional: bool) -> float:
    done = [0] * clients
    end = time.perf_counter() + SECONDS

    def work(number: int) -> None:
        headers: dict[str, str] = {}
        while time.perf_counter() < end:
            link = http.client.HTTPConnection("127.0.0.1", port)
            link.request("GET", make(), headers=headers)
            answer = link.getresponse()
            answer.read()
            if conditional and (etag := answer.getheader("ETag")):
                headers = {"If-None-Match": etag}
            done[number] += 1
            link.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


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


def report(total: int, made: archive.Made, rows: Sequence[Row], loads: Sequence[tuple[str, list[float]]]) -> str:
    """Return docs/benchmarks.md."""
    lines = [
        "# Benchmarks", "", f"Written by `make bench`: {total:,} made-up op-eds on {machine()}, PostgreSQL embedded,"
        f" warm, one client, {VARIED} parameters a row; milliseconds. A goal is for the 95th percentile.", "",
        "| question | median | 95th percentile | goal | statements | rows or bytes |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in rows:
        goal = f"{row.goal:g}" + ("" if row.slow <= row.goal else ", missed") if row.goal else ""
        lines.append(f"| {row.name} | {row.median:.2f} | {row.slow:.2f} | {goal} | {row.statements} | {row.rows:,} |")
    lines += ["", "## Requests a second", "", "gunicorn with two workers, the clients on the same cores.", ""]
    lines += [
        f"| page | {' | '.join(f'{n} client' + 's' * (n > 1) for n in CLIENTS)} |",
        "|---|" + "---|" * len(CLIENTS),
    ]
    lines += [f"| {name} | {' | '.join(f'{rate:,.0f}' for rate in rates)} |" for name, rates in loads]
    lines += ["", "## Making the archive", "", "| step | seconds |", "|---|---|"]
    lines += [f"| {step} | {seconds:.1f} |" for step, seconds in made.steps.items()]
    spent_in_all = sum(made.steps.values())
    lines += [
        f"| all | {spent_in_all:.1f}: {made.articles / (spent_in_all or 1):,.0f} op-eds a second, searchable, counted |"
    ]
    lines += ["", "## Sizes", "", "| table | MB | MB of indexes |", "|---|---|---|"]
    lines += [f"| {name} | {table:,.0f} | {index:,.0f} |" for name, table, index in sizes()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make the archive, ask, and write the report."""
    total = int(os.environ.get("BENCH_ARTICLES", "1000000"))
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    held = Article.objects.count()
    made = archive.make(total) if held < total else archive.Made(total, {})
    rows = [*questions(total), *pages(total)]
    loads = list(load(total))
    REPORT.write_text(report(total, made, rows, loads))
    print(f"Written to {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
