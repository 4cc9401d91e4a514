"""Measure the reader: what compiling the authority file and reading each document of seeds/ take.

    .venv/bin/python -m tests.benchmarks.reading

Prints milliseconds, the best of five; hostile inputs of a megabyte stand below, so that a slow pattern shows.
"""

import time
from collections.abc import Callable
from pathlib import Path

from articles.reading import authority, reader
from articles.reading.actors import Names
from articles.reading.types import UnreadableDocument

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SIZE = 1_000_000
HOSTILE = {
    "one word": "a" * SIZE,
    "spaces": " " * SIZE + "x",
    "brackets": "[" * SIZE,
    "quotes": '"' * SIZE,
    "short lines": "We must go.\n" * (SIZE // 12),
    "numbers": "1.2.3. " * (SIZE // 7),
    "modals": "should must ought to " * (SIZE // 21),
    "paragraphs": "We should not wait, for the river will not wait for us.\n\n" * (SIZE // 58),
    "nested HTML": "<html>" + "<div>" * (SIZE // 5),
    "HTML paragraphs": "<html><body>" + "<p>a" * (SIZE // 4),
    "HTML prose": "<html><body>" + "<p>We should not wait, for the river will not wait for us." * (SIZE // 59),
}


def best(action: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of several runs, in milliseconds."""
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        runs.append(time.perf_counter() - start)
    return min(runs) * 1000


def main() -> None:
    entries = authority.load(SEEDS / "actors.toml")
    names = Names(entries)
    print(
        f"{'authority file, loaded and compiled':40} {best(lambda: Names(authority.load(SEEDS / 'actors.toml'))):8.1f}"
    )
    for path in sorted(SEEDS.glob("*.txt")):
        raw = path.read_bytes()
        print(f"{path.name:40} {best(lambda raw=raw: reader.read(raw, names=names)):8.1f}")
    for name, text in HOSTILE.items():
        print(f"{'1 MB of ' + name:40} {best(lambda text=text: attempt(text, names), 1):8.1f}")


def attempt(text: str, names: Names) -> None:
    """Read a hostile text, which may well be refused."""
    try:
        reader.read(text.encode(), names=names)
    except UnreadableDocument:
        return


if __name__ == "__main__":
    main()
