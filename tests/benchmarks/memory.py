"""Measure what memory the processes that serve hold after ever more requests of varied pages.

    make bench-memory                                  20,000 op-eds, 100,000 requests
    make bench-memory BENCH_REQUESTS=10000             the quick form

Two gunicorn processes of four threads, never replaced, as no worker of `make run` is left to grow; figures stand in
docs/benchmarks-memory.md. RSS is what a process has in memory, PSS the same with what both share split between them.
"""

import contextlib
import http.client
import os
import platform
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")

import django

django.setup()

from django.core.management import call_command
from django.db.models import Max

from articles.importing import archive
from articles.models import Article

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "benchmarks-memory.md"
ARTICLES = int(os.environ.get("BENCH_ARTICLES", "20000"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "100000"))
STEPS = 10  # figures that are printed
CLIENTS = 4
WORDS = archive.vocabulary("en")

rng = random.Random(20)


@dataclass(frozen=True, slots=True)
class Held:
    """What the workers hold after so many requests; MB for each worker, and which statuses were answered."""

    requests: int
    seconds: float
    rss: list[float]
    pss: list[float]
    statuses: Counter[int]


def word() -> str:
    return WORDS[rng.randint(50, 20_000)]


def actor() -> str:
    return f"actor-{rng.randint(1, 500)}"


def year() -> int:
    return rng.randint(2015, 2024)


def kinds(last: int) -> list[tuple[int, Callable[[], str]]]:
    """Return kinds of addresses, each with how often it is asked among a hundred."""
    return [
        (3, lambda: "/"),
        (6, lambda: "/articles/"),
        (12, lambda: f"/articles/?actor={actor()}"),
        (6, lambda: f"/articles/?actor={actor()}&since={year()}-01-01"),
        (5, lambda: f"/articles/?source=source-{rng.randint(1, 2000)}"),
        (5, lambda: f"/articles/?after={year()}-{rng.randint(1, 12):02}-15.{rng.randint(1, last)}"),
        (10, lambda: f"/articles/?q={word()}"),
        (3, lambda: f"/articles/?q={word()}&sort=relevance"),
        (22, lambda: f"/articles/made-{rng.randint(1, last)}/"),
        (8, lambda: f"/actors/{actor()}/"),
        (3, lambda: f"/authors/author-{rng.randint(1, 100_000)}/"),
        (3, lambda: f"/sources/source-{rng.randint(1, 1500)}/"),
        (4, lambda: f"/claims/?actor={actor()}"),
        (4, lambda: f"/recommendations/?addressee={actor()}"),
        (4, lambda: f"/articles/nothing-{rng.randint(1, 10**9)}/"),
        (2, lambda: f"/{rng.randint(1, 10**9)}"),
    ]


def held_by(worker: int) -> tuple[float, float]:
    """Return the RSS and PSS of a process, in MB."""
    lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()
    kilobytes = {name: int(rest[0]) for name, *rest in map(str.split, lines[1:])}
    return kilobytes["Rss:"] / 1024, kilobytes["Pss:"] / 1024


def workers_of(master: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def ask(port: int, addresses: Sequence[str]) -> Counter[int]:
    """Ask for each address, with as many clients as `CLIENTS`; return how often each status came."""
    told: Counter[int] = Counter()
    waiting = iter(addresses)
    lock = threading.Lock()

    def work() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        mine: Counter[int] = Counter()
        while True:
            with lock:
                address = next(waiting, None)
            if address is None:
                break
            link.request("GET", address)
            answer = link.getresponse()
            answer.read()
            mine[answer.status] += 1
        link.close()
        with lock:
            told.update(mine)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@contextlib.contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """Serve with gunicorn; yield the port and the process id of its master."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "digest.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    size = ["--workers", "2", "--threads", "4", "--keep-alive", "60"]
    # each page that is not found is a line of the log
    server = subprocess.Popen([*command, *size], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while len(workers_of(server.pid)) < 2:
            time.sleep(0.1)
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def measure(last: int) -> Iterator[Held]:
    """Yield what the workers hold before the first request and after each of `STEPS` equal parts of them."""
    weights, makers = zip(*kinds(last), strict=True)
    with serving() as (port, master):
        ask(port, ["/healthz"] * CLIENTS * 4)
        workers = workers_of(master)
        yield _now(workers, 0, 0.0, Counter())
        began = time.perf_counter()
        for step in range(1, STEPS + 1):
            asked = [make() for make in rng.choices(makers, weights, k=REQUESTS // STEPS)]
            statuses = ask(port, asked)
            if workers_of(master) != workers:
                raise SystemExit("A worker was replaced.")
            yield _now(workers, step * (REQUESTS // STEPS), time.perf_counter() - began, statuses)


def _now(workers: Sequence[int], requests: int, seconds: float, statuses: Counter[int]) -> Held:
    rss, pss = zip(*map(held_by, workers), strict=True)
    held = Held(requests, seconds, list(rss), list(pss), statuses)
    print(row(held), flush=True)
    return held


def row(held: Held) -> str:
    """Return a line of the table."""
    answered = ", ".join(f"{n:,} × {status}" for status, n in sorted(held.statuses.items()))
    both = [" and ".join(f"{megabytes:.1f}" for megabytes in sorted(values)) for values in (held.rss, held.pss)]
    return f"| {held.requests:,} | {held.seconds:,.0f} | {both[0]} | {both[1]} | {answered} |"


def report(total: int, rows: Sequence[Held]) -> str:
    """Return docs/benchmarks-memory.md."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    half = rows[len(rows) // 2]
    grown = (sum(rows[-1].pss) - sum(half.pss)) / len(half.pss)
    return "\n".join([
        "# Memory of the processes that serve", "",
        f"Written by `make bench-memory`: {rows[-1].requests:,} requests of varied pages by {CLIENTS} clients,"
        f" {total:,} made-up op-eds, two gunicorn processes of four threads, {os.cpu_count()} cores, {memory:.0f} GiB,"
        f" Python {platform.python_version()}. MB of each process; PSS counts what both share once.", "",
        "| requests | seconds | RSS | PSS | answers |", "|---|---|---|---|---|",
        *map(row, rows), "",
        f"After the first {half.requests:,} requests a process grew by {grown:.1f} MB more."
        " `make run` replaces a process after some 5,000 requests.",
    ]) + "\n"  # fmt: skip


def main() -> None:
    """Make the archive if there is none, ask, and write the report."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Article.objects.count() < ARTICLES:
        archive.make(ARTICLES)
    last = Article.objects.aggregate(last=Max("pk"))["last"]
    rows, total = [], Article.objects.count()
    for held in measure(last):
        rows.append(held)
        REPORT.write_text(report(total, rows))  # what was measured stands, should it be broken off
    print(f"Written to {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
