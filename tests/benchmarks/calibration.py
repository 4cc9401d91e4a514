"""Fit what a score means on labelled documents: lexicon/confidence.toml.

    .venv/bin/python -m tests.benchmarks.calibration FOLDER...

A folder is as tests/gold/measure.py describes it. Prints, for recommendations and for claims, a reliability table in
Markdown (share right by confidence as it is now), and the tables that would fit, ready for lexicon/confidence.toml.
Optional labels neither help nor hurt.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from articles.reading import confidence
from tests.gold import measure

BIN = 0.1  # width of a row of the reliability table
LEAST = 8  # suggestions that a step of a fitted table rests on

Judged = list[tuple[float, bool]]  # (confidence, right)


def judged(folders: Sequence[Path], key: str) -> Judged:
    """Return every suggestion of the folders' documents with whether a label has it."""
    out: Judged = []
    for folder in folders:
        for path, gold in measure.documents(folder):
            if key not in gold:
                continue
            found, labels = measure.read(path)[key], gold[key]
            hits = dict(measure.paired(found, labels))
            for i, one in enumerate(found):
                if i not in hits or not labels[hits[i]].get("optional"):
                    out.append((one["confidence"], i in hits))
    return out


def reliability(rows: Judged) -> str:
    """Return the share right by confidence as a Markdown table."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for sure, right in rows:
        bins[int(sure / BIN + 1e-9)].append(right)
    lines = ["| confidence | suggestions | right |", "|---|---|---|"]
    for number, rights in sorted(bins.items()):
        low = number * BIN
        lines.append(f"| {low:.1f} to {low + BIN:.1f} | {len(rights)} | {sum(rights) / len(rights):.2f} |")
    return "\n".join(lines)


def fitted(rows: Judged) -> tuple[list[float], list[float]]:
    """Return scores and the shares right there: isotonic regression by pooling neighbours that do not rise."""
    blocks: list[list[float]] = []  # [sum of scores, right, count]
    for sure, right in sorted(rows):
        blocks.append([sure, float(right), 1.0])
        while len(blocks) > 1 and (_share(blocks[-2]) >= _share(blocks[-1]) or blocks[-2][2] < LEAST):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    if len(blocks) > 1 and blocks[-1][2] < LEAST:
        last = blocks.pop()
        blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    return [round(one[0] / one[2], 3) for one in blocks], [round(_share(one), 2) for one in blocks]


def _share(block: Sequence[float]) -> float:
    return block[1] / block[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    folders = [folder.resolve() for folder in parser.parse_args().folders]
    for key, mapping in (("recommendations", "of_recommendation"), ("claims", "of_claim")):
        print(f"\n{key}\n\n{reliability(judged(folders, key))}\n")
        now = getattr(confidence, mapping)
        setattr(confidence, mapping, float)  # the bare score
        raw, right = fitted(judged(folders, key))
        setattr(confidence, mapping, now)
        print(f"[{key}]\nraw = {raw}\nright = {right}")


if __name__ == "__main__":
    main()
