"""Measure an import: documents a second by how many processes, peak memory, and beside PostgreSQL's own COPY.

    .venv/bin/python -m tests.benchmarks.importing [DOCUMENTS] [PROCESSES ...]      2000 documents, 0 1 2 if not given

Documents are JSON lines of 5 kB, none like another: words made up, every sixteenth sentence from the seeds. Each
figure is of a database of its own, the embedded PostgreSQL with its full care (fsync). COPY: the rows that the import
made, written once more into tables with the same indexes, without triggers: what nobody can beat.
"""

import json
import os
import random
import re
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")

from tests.clusters import cluster, start

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SIZE = 4_800  # characters
SEEDED = 1 / 16
TABLES = [
    "document", "article", "byline", "mention", "articleactor", "claim", "claim_actors", "policyrecommendation",
    "policyrecommendation_addressees", "policyrecommendation_targets", "card", "importitem",
]  # fmt: skip
COPY = """
import time
from django.db import connection
spent = 0
with connection.cursor() as cursor:
    for name in TABLES:
        cursor.execute(f"CREATE TEMP TABLE again_{name} (LIKE articles_{name} INCLUDING INDEXES INCLUDING DEFAULTS)")
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                       "AND is_generated = 'NEVER' ORDER BY ordinal_position", [f"articles_{name}"])
        columns = ", ".join('"' + row[0] + '"' for row in cursor.fetchall())
        with cursor.copy(f"COPY articles_{name} ({columns}) TO STDOUT") as out:
            rows = b"".join(bytes(part) for part in out)
        start = time.perf_counter()
        with cursor.copy(f"COPY again_{name} ({columns}) FROM STDIN") as into:
            into.write(rows)
        spent += time.perf_counter() - start
print(spent)
"""


def write(path: Path, n: int, seed: int = 3) -> None:
    """Write `n` op-eds as JSON lines."""
    dice = random.Random(seed)
    seeds = " ".join(file.read_text(errors="ignore") for file in sorted(SEEDS.glob("*.txt")))
    sentences = [one.strip() for one in re.split(r"(?<=[.!?])\s+", seeds) if 40 < len(one) < 300]
    words = [
        "".join(dice.choice("bcdfghjklmnprstvw") + dice.choice("aeiou") for _ in range(dice.randint(2, 4)))
        for _ in range(20_000)
    ]

    def sentence() -> str:
        return dice.choice(sentences) if dice.random() < SEEDED else made()

    def made() -> str:
        return " ".join(dice.choices(words, k=dice.randint(9, 20))).capitalize() + "."

    with path.open("w") as file:
        for number in range(n):
            paragraphs: list[str] = []
            while sum(map(len, paragraphs)) < SIZE:
                paragraphs.append(" ".join(sentence() for _ in range(5)))
            day = f"20{dice.randint(10, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
            file.write(json.dumps({
                "id": number, "title": made()[:-1], "author": f"Author {dice.randint(0, n // 10)}", "date": day,
                "source": f"Source {dice.randint(1, 200)}", "url": f"https://example.org/{number}",
                "text": "\n\n".join(paragraphs),
            }) + "\n")  # fmt: skip


def run(*arguments: str, **environment: str) -> tuple[str, float]:
    """Run `manage.py` to its end, however long it takes; return what it said, and the peak memory of a process, MB."""
    process = start(*arguments, **environment)
    said, wrong = process.stdout.read(), process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)  # of the command and of the processes that it waited for
    assert status == 0, wrong
    return said, used.ru_maxrss / 1000


def timed(path: Path, n: int, processes: int) -> str:
    """Import into a database of its own; return the line that tells of it."""
    with cluster() as data:
        care = {"DIGEST_DATA": data, "DIGEST_DATABASE_FSYNC": "1"}
        for command in (["migrate", "-v0"], ["load_actors"]):
            run(*command, **care)
        begun = time.perf_counter()
        extra = ["--workers", str(processes)] if processes else []
        _, peak = run("import_articles", str(path), *extra, **care)
        spent = time.perf_counter() - begun
        told = f"{processes:9} {n:10,} {spent:9.1f} {n / spent:9.1f} {peak:9.0f} MB"
        copied = float(run("shell", "-v0", "-c", f"TABLES = {TABLES}\n{COPY}", **care)[0])
        return f"{told} {copied:9.1f} s {copied / spent:8.1%}"


def main() -> None:
    n, *processes = [int(part) for part in sys.argv[1:]] or [2_000]
    print("processes  documents   seconds  a second  peak       COPY alone    share")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.jsonl"
        Path(folder).chmod(0o755)
        write(path, n)
        for number in processes or [0, 1, 2]:
            print(timed(path, n, number), flush=True)


if __name__ == "__main__":
    main()
