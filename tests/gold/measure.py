"""Measure the reader against labelled documents.

    .venv/bin/python -m tests.gold.measure [FOLDER...]     a table: a row a document, the means of each folder
    .venv/bin/python -m tests.gold.measure --pin           the same, and write what was reached to floors.toml

A folder holds documents and, beside each, NAME.json with what a careful person found in it; `seeds` holds the labels of
the documents in seeds/. What a label leaves out is not measured. All measures run from 0 to 1, 1 is best.
"""

import argparse
import json
import math
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from articles.reading import authority, reader, record
from articles.reading.actors import Names
from articles.reading.types import Hints

GOLD = Path(__file__).parent
ROOT = GOLD.parents[1]
FLOORS = GOLD / "floors.toml"
DOCUMENTS = {".txt", ".html", ".md"}
SAME = 0.5  # of the longer quote's words, from which two quotes are one passage
EDGE = 40  # characters of a body's first and last words that must stand at its edges
FIELDS = ("title", "source", "via", "published", "published_not_before", "language", "truncated")

Measures = dict[str, float]


@cache
def names() -> Names:
    return Names(authority.load(ROOT / "seeds" / "actors.toml"))


def folders() -> list[Path]:
    """Return the labelled folders, `seeds` among them."""
    return sorted(path for path in GOLD.iterdir() if any(path.glob("*.json")))


def documents(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the documents of a folder with their labels."""
    for label in sorted(folder.glob("*.json")):
        gold = json.loads(label.read_text(encoding="utf-8"))
        home = ROOT / "seeds" if folder.name == "seeds" and folder.parent == GOLD else folder
        yield next(path for path in home.glob(f"{label.stem}.*") if path.suffix in DOCUMENTS), gold


def read(path: Path) -> dict[str, Any]:
    """Return what is read of a document, as `import_articles --dry-run --format=jsonl` prints it."""
    reading = reader.read(path.read_bytes(), names=names(), hints=Hints(name=path.name))
    return record.as_record(reading, document=path.name, names=names())


@cache
def measured(folder: Path) -> Measures:
    """Return the means of a folder; recommendations are pooled over its documents."""
    rows, pooled = [], []
    for path, gold in documents(folder):
        row, told = measure(read(path), gold)
        rows.append(row)
        pooled.append(told)
    means = {name: mean(row[name] for row in rows if name in row) for name in dict.fromkeys(n for r in rows for n in r)}
    hits, found, wanted = (sum(column) for column in zip(*pooled, strict=True))
    return means | {"recommendations": f1(hits / found if found else 1.0, hits / wanted if wanted else 1.0)}


def measure(found: dict[str, Any], gold: dict[str, Any]) -> tuple[Measures, tuple[int, int, int]]:
    """Return a document's measures, and of recommendations how many were right, found and wanted."""
    row = {field: float(plain(found[field]) == plain(gold[field])) for field in FIELDS if field in gold}
    if "authors" in gold:
        row["authors"] = sets([one["name"] for one in found["authors"]], [one["name"] for one in gold["authors"]])
    if "references" in gold:
        row["references"] = float(len(found["references"]) == gold["references"])
    row["body"] = body(found["body"], gold)
    if "actors" in gold:
        row["actors"] = actors([one["name"] for one in found["actors"]], gold)
    if gold.get("claims"):
        row["claims"] = len(paired(found["claims"], gold["claims"])) / len(gold["claims"])
    if "recommendations" not in gold:
        return row, (0, 0, 0)
    told, wanted = found["recommendations"], gold["recommendations"]
    pairs = paired(told, wanted)
    soft = {i for i, one in enumerate(wanted) if one.get("optional")}  # neither helps nor hurts
    named = [(i, j) for i, j in pairs if wanted[j].get("addressees")]
    if named:
        row["addressee"] = mean(sets(told[i]["addressees"], wanted[j]["addressees"]) for i, j in named)
    if traps := lures(gold):
        row["traps"] = 1 - len(paired(told, traps)) / len(traps)
    hits = sum(j not in soft for _, j in pairs)
    return row, (hits, len(told) - len(pairs) + hits, len(wanted) - len(soft))


def lures(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sentences that look like recommendations and are none."""
    return [one if isinstance(one, dict) else {"quote": one} for one in gold.get("not_recommendations") or []]


def body(text: str, gold: dict[str, Any]) -> float:
    """Return how far a body begins and ends as it should and holds none of the chrome lines."""
    parts, words = [], plain(text)
    if start := plain(gold.get("body_start")):
        parts.append(float(start[:EDGE] in words[: 3 * EDGE]))
    if end := plain(gold.get("body_end")):
        parts.append(float(end[-EDGE:] in words[-3 * EDGE :]))
    lines = {plain(line) for line in text.splitlines()}
    if chrome := [plain(line) for line in gold.get("boilerplate", []) if plain(line)]:
        parts.append(mean(line not in lines for line in chrome))
    return mean(parts) if parts else 1.0


def actors(found: Sequence[str], gold: dict[str, Any]) -> float:
    """Return F1 over actors, or recall where the labels name only the main ones."""
    forms = [{plain(form) for form in (one["name"], *one.get("forms", []))} for one in gold["actors"]]
    given = {plain(name) for name in found}
    if gold.get("actors_partial"):
        return mean(bool(one & given) for one in forms) if forms else 1.0
    known = {form: str(i) for i, one in enumerate(forms) for form in one}
    return sets([known.get(name, name) for name in given], [str(i) for i in range(len(forms))])


def paired(found: Sequence[dict[str, Any]], wanted: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return which found quote is which wanted one, best matches first, each used once."""
    scored = sorted(
        ((alike(f["quote"], w["quote"]), i, j) for i, f in enumerate(found) for j, w in enumerate(wanted)), reverse=True
    )
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if score >= SAME and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def alike(one: str, other: str) -> float:
    """Return the share of the longer quote's words that both have in order."""
    a, b = re.findall(r"\w+", plain(one)), re.findall(r"\w+", plain(other))
    common = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return common / max(len(a), len(b), 1)


def sets(found: Iterable[str], wanted: Iterable[str]) -> float:
    """Return F1 of two sets of names."""
    a, b = {plain(name) for name in found} - {""}, {plain(name) for name in wanted} - {""}
    if not a and not b:
        return 1.0
    return 2 * len(a & b) / (len(a) + len(b))


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


QUOTES = str.maketrans(dict.fromkeys("‘’ʼ`", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‐‑–—", "-"))


def plain(value: Any) -> str:
    """Return a value as text without differences that no reader sees: case, kinds of quotes, dashes and spaces."""
    text = "" if value is None else str(value)
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(QUOTES).split())


def floors() -> dict[str, Measures]:
    """Return the pinned floors by folder and measure."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def pin(reached: dict[str, Measures]) -> None:
    """Write what was reached as the floors that later changes must keep, cut to two decimals."""
    lines = ["# What the reader reaches on each labelled folder; a change that lowers one fails.", ""]
    for folder, row in reached.items():
        lines += [
            f"[{folder}]",
            *(f"{name} = {math.floor(value * 100 + 1e-9) / 100:.2f}" for name, value in row.items()),
        ]
        lines.append("")
    FLOORS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--pin", action="store_true", help="write the floors")
    options = parser.parse_args()
    chosen = options.folders or folders()
    columns = list(dict.fromkeys(name for folder in chosen for name in measured(folder)))
    width = max(len(path.name) for folder in chosen for path, _ in documents(folder))
    print(" " * width, *(name[:12].rjust(12) for name in columns))
    for folder in chosen:
        for path, gold in documents(folder):
            print_row(path.name, measure(read(path), gold)[0], columns, width)
        print_row(f"= {folder.name}", measured(folder), columns, width)
    if options.pin:
        pin({folder.name: measured(folder) for folder in folders()})


def print_row(name: str, row: Measures, columns: list[str], width: int) -> None:
    print(name.ljust(width), *((f"{row[c]:.2f}" if c in row else "-").rjust(12) for c in columns))


if __name__ == "__main__":
    main()
