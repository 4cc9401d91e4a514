"""Write docs/benchmarks.md from what was measured, kept in docs/benchmarks.json by the number of articles.

What is kept of a size, `Held`, is plain JSON:

    machine  what it was measured on
    rows     [name, median, 95th percentile, statements, rows, goal or null, 95th percentile within SQL statements or
             null], milliseconds; the goal is for the last where there is one, else for the 95th percentile of all
    loads    optional: [page, [requests a second for each of CLIENTS]]
    steps    optional: {step of making the archive: seconds}
    sizes    [table, MB, MB of indexes]
    again    optional: {name: median of the second asking of the rows}
    peers    optional: {"digest": {name: [median, 95th percentile]}, "others": [{"name", "version", "seconds", "size"
             in MB, "rows": {name: [median, 95th percentile]}}]}

Everything here is a pure function from these to lines.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
REPORT, KEPT = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.json"
CLIENTS = (1, 2, 8)
MAKING = "texts made up"  # the step of making the archive that loads nothing
AGREE = 0.20  # medians of two askings that differ by no more agree
FLAT, LINEAR = 0.15, 0.75  # exponents of the growth between the smallest and the largest size: see `growth`
STEADY = 0.35  # above it a row that slows down evenly by size is no longer called logarithmic

Held = dict[str, Any]

# Goals of what is no row: requests a second, and op-eds loaded a second.
RATES = {"list, made anew": 300, "list, not modified": 2_500, "list, kept": 3_500}
LOADED = 4_000
WHY = {
    "list, two top actors": "hundreds of one actor's op-eds are walked, and the other actor looked for in each",
    "words by date with count, two common words": "both bitmaps are built whole, half a million hits each",
    "facets, one actor": "one statement and a look for the actor; 0.6 ms when asked alone",
    "list, a top actor and dates": "counting the actor's op-eds between two days, up to 10,000, is two thirds of it",
    "count, an actor and dates": "an actor's op-eds between two days are counted one by one, up to 10,000",
    "words by relevance, a common word": "its bitmap takes 30 ms; then the vectors of those that are ranked are read",
    "words by relevance, a phrase of common words": "given up after 0.07 s; then the newest are read one by one",
    "words by date, a phrase of common words": "given up after 0.07 s; then the newest are read one by one",
    "excerpts of 25 rows": "PostgreSQL parses each body again to mark words in it: 0.3 ms a body of 1.5 kB",
    "list, made anew": "5 ms of Python (templates a third, the question a fifth) and 2 ms of PostgreSQL, on both cores",
    "op-eds loaded": "a search vector takes 0.15 ms of one core, the index of words and people a quarter of all",
}  # why a goal may be missed; what it says was measured

BESIDE = """\
The same rows in the same hour, the same parameters, warm, one client: median / 95th percentile in milliseconds. The
ratio is Digest's median over that of the fastest beside it: above 1 it is slower, below 1 faster. A row that takes
long is asked fewer times, at least five."""

UNEQUAL = """\
What is not quite equal:

- Digest is asked across a connection by the ORM, with its rules of who may see what, while the archive can change;
  the others are asked within the process, of published articles alone, numbered by date once and for all.
- A list of Digest's comes with its count, and so do claims; theirs without, but for words.
- SQLite and tantivy stem all languages as English; Digest stems each by its own rules.
- SQLite and tantivy rank all hits by BM25; Digest ranks the newest ones by cover density. They count all hits;
  Digest says "more than" beyond 10,000.
- Facets of everything and of one actor Digest keeps ready; others it counts, of too many hits a sample; the others
  count all hits each time: sources, through whom, languages, years and actors.
- A page of tantivy's is of numbers in the order of dates, kept as a column; it keeps no text. SQLite's index of words
  keeps no text either, and DuckDB holds no words."""


def fold(text: str) -> list[str]:
    return [*text.split("\n"), ""]


def growth(points: Sequence[tuple[int, float]]) -> str:
    """Say how milliseconds grow over (articles, milliseconds), the fewest articles first.

    The exponent is e in time ~ articles**e between the first and the last size. Up to FLAT it is constant; from LINEAR
    on linear. Between them it is logarithmic where e <= STEADY, for ten times the articles then take at most 2.2
    times as long, as the depth of an index would have it; else "between". One size says nothing.
    """
    if len(points) < 2:
        return ""
    (few, fast), (many, slow) = points[0], points[-1]
    exponent = math.log(max(slow, 0.01) / max(fast, 0.01)) / math.log(many / few)
    if exponent <= FLAT:
        return "constant"
    if exponent >= LINEAR:
        return "linear"
    return "logarithmic" if exponent <= STEADY else "between"


def growing(kept: dict[int, Held]) -> list[str]:
    """Return the table of 95th percentiles at each size."""
    if len(kept) < 2:
        return []
    each = {total: {row[0]: row[2] for row in held["rows"]} for total, held in sorted(kept.items())}
    names = [row[0] for row in kept[max(kept)]["rows"]]
    lines = ["", "## Growth", "", "95th percentiles in milliseconds by the number of op-eds. Between the fewest and"]
    lines += [
        f"the most, time grows as articles to the power e: constant up to e = {FLAT:g}, logarithmic up to {STEADY:g},"
        f" linear from {LINEAR:g}, else between.",
        "",
        f"| question | {' | '.join(f'{total:,}' for total in each)} | grows |",
        "|---|" + "---|" * (len(each) + 1),
    ]
    for name in names:
        cells = [f"{each[total][name]:.2f}" if name in each[total] else "" for total in each]
        points = [(total, rows[name]) for total, rows in each.items() if name in rows]
        lines.append(f"| {name} | {' | '.join(cells)} | {growth(points)} |")
    return lines


def beside(peers: Held) -> list[str]:
    """Return the section about those that were asked the same."""
    others = peers["others"]
    lines = ["", "## Beside others", "", *fold(BESIDE)]
    lines += [f"| question | Digest | {' | '.join(one['name'] for one in others)} | ratio |"]
    lines += ["|---|---|" + "---|" * (len(others) + 1)]
    for name, own in peers["digest"].items():
        theirs = [one["rows"].get(name) for one in others]
        if not any(theirs):
            continue
        cells = [f"{pair[0]:.2f} / {pair[1]:.2f}" if pair else "" for pair in (own, *theirs)]
        ratio = own[0] / max(min(pair[0] for pair in theirs if pair), 0.001)
        lines.append(f"| {name} | {' | '.join(cells)} | {ratio:.{0 if ratio >= 10 else 1 if ratio >= 1 else 2}f} |")
    lines += ["", *fold(UNEQUAL), "| beside | version | seconds to build | MB |", "|---|---|---|---|"]
    lines += [f"| {one['name']} | {one['version']} | {one['seconds']:.1f} | {one['size']:,.0f} |" for one in others]
    return lines


def apart(held: Held) -> list[tuple[str, float, float]]:
    """Return (name, median, median asked again) of the rows whose medians do not agree."""
    pairs = [(row[0], row[1], held["again"][row[0]]) for row in held["rows"] if row[0] in held["again"]]
    return [(name, one, two) for name, one, two in pairs if abs(two - one) > AGREE * max(one, two)]


def repeated(held: Held) -> list[str]:
    """Return the section about asking everything twice."""
    differing, asked = apart(held), sum(row[0] in held["again"] for row in held["rows"])
    agreeing = asked - len(differing)
    lines = ["", "## Asked twice", "", f"{agreeing} of {asked} rows ({agreeing / max(asked, 1):.0%}) were answered the"]
    lines[-1] += f" second time within {AGREE:.0%} of the first median" + ("; these were not:" if differing else ".")
    if differing:
        lines += ["", "| question | first | again |", "|---|---|---|"]
        lines += [f"| {name} | {one:.2f} | {two:.2f} |" for name, one, two in differing]
    return lines


def loaded(total: int, steps: dict[str, float]) -> float:
    """Return op-eds loaded a second; making texts up is none of it."""
    return total / (sum(steps.values()) - steps.get(MAKING, 0) or 1)


def missed(held: Held, total: int) -> list[str]:
    """Return the section about the goals that were not reached, and why."""
    names = [
        name
        for name, _, slow, _, _, goal, within in held["rows"]
        if goal and (slow if within is None else within) > goal
    ]
    names += [name for name, rates in held.get("loads", []) if max(rates) < RATES.get(name, 0)]
    if "steps" in held and loaded(total, held["steps"]) < LOADED:
        names.append("op-eds loaded")
    if not names:
        return []
    return ["", "## Goals not reached", "", *(f"- {name}: {WHY.get(name, 'not looked into')}" for name in names)]


def written(kept: dict[int, Held]) -> str:
    """Return docs/benchmarks.md: the largest size held in full, and how the rest grows towards it."""
    total = max(kept)
    held = kept[total]
    lines = [
        "# Benchmarks", "", f"Written by `make bench`: {total:,} made-up op-eds on {held['machine']}, PostgreSQL"
        " embedded, warm, one client, 30 parameters a row; milliseconds. The goal of a question is for the 95th"
        " percentile within SQL statements, round trips and all; that of a page for the whole of it.", "",
        "| question | median | 95th percentile | within statements | goal | statements | rows or bytes |",
        "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for name, median, slow, statements, rows, goal, within in held["rows"]:
        told = f"{goal:g}" + ("" if (slow if within is None else within) <= goal else ", missed") if goal else ""
        inside = "" if within is None else f"{within:.2f}"
        lines.append(f"| {name} | {median:.2f} | {slow:.2f} | {inside} | {told} | {statements} | {rows:,} |")
    lines += missed(held, total)
    if "again" in held:
        lines += repeated(held)
    lines += growing(kept)
    if "peers" in held:
        lines += beside(held["peers"])
    if "loads" in held:
        lines += ["", "## Requests a second", "", "gunicorn with two workers; wrk asks, on the same cores.", ""]
        heads = " | ".join(f"{n} client" + "s" * (n > 1) for n in CLIENTS)
        lines += [f"| page | {heads} | goal |", "|---|" + "---|" * (len(CLIENTS) + 1)]
        for name, rates in held["loads"]:
            goal = RATES.get(name, 0)
            told = f"{goal:,}" + ("" if max(rates) >= goal else ", missed") if goal else ""
            lines.append(f"| {name} | {' | '.join(f'{rate:,.0f}' for rate in rates)} | {told} |")
    if steps := held.get("steps"):
        lines += ["", "## Making the archive", "", "| step | seconds |", "|---|---|"]
        lines += [f"| {step} | {seconds:.1f} |" for step, seconds in steps.items()]
        spent = sum(steps.values())
        rate = loaded(total, steps)
        told = f"goal {LOADED:,}" + ("" if rate >= LOADED else ", missed")
        lines += [f"| all | {spent:.1f}; loaded at {rate:,.0f} op-eds a second, searchable, counted ({told}) |"]
    lines += ["", "## Sizes", "", "| table | MB | MB of indexes |", "|---|---|---|"]
    lines += [f"| {name} | {table:,.0f} | {index:,.0f} |" for name, table, index in held["sizes"]]
    return "\n".join(lines) + "\n"


def read() -> dict[int, Held]:
    """Return what is held, by the number of articles."""
    return {int(total): held for total, held in json.loads(KEPT.read_text()).items()} if KEPT.exists() else {}


def keep(total: int, **measured: Any) -> None:
    """Keep what was measured of a size, beside what is held of it, and write the report anew."""
    kept = read()
    before = kept.get(total, {})
    if "rows" in measured:
        before.pop("again", None)  # it was of other rows
    kept[total] = {**before, **measured}
    KEPT.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n")
    REPORT.write_text(written(kept))
    print(f"Written to {REPORT.relative_to(ROOT)}")
