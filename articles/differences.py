"""What two texts have in common and where they differ, word by word. Pure functions: texts in, pieces out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
AROUND = 60  # characters kept of an unchanged stretch beside a change
LONG = 240  # characters; an unchanged stretch longer than this is cut
MOST_WORDS = 3000  # compared word by word: beyond it a changed stretch of text counts as replaced as a whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is `same`, `gone` (only in the first text), `new` (only in the second) or a `gap`."""

    kind: str
    text: str


WHOLE = 0  # nothing is cut


def differences(before: str, after: str, cut: int = LONG) -> list[Piece]:
    """Return both texts as one run of pieces; stretches that they share, longer than `cut`, are cut in their middle.

    1. Whole lines are compared, which is quick on texts of any length.
    2. Within lines that changed, words are.
    """
    found: list[Piece] = []
    # 1. lines
    ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        first, second = "".join(ours[i:j]), "".join(theirs[k:m])
        # 2. words
        found += [Piece("same", first)] if tag == "equal" else _by_words(first, second)
    joined = [Piece(kind, "".join(p.text for p in run)) for kind, run in groupby(found, key=lambda piece: piece.kind)]
    return list(_cut(joined)) if cut else joined


def _by_words(before: str, after: str) -> Iterator[Piece]:
    ours, theirs = WORDS.findall(before), WORDS.findall(after)
    if max(len(ours), len(theirs)) > MOST_WORDS:
        ours, theirs = [before], [after]
    for tag, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(ours[i:j]))
            continue
        if i < j:
            yield Piece("gone", "".join(ours[i:j]))
        if k < m:
            yield Piece("new", "".join(theirs[k:m]))


def _cut(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces with the middle of long unchanged ones taken out."""
    for place, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= LONG:
            yield piece
            continue
        if place:
            yield Piece("same", piece.text[:AROUND].rsplit(maxsplit=1)[0] + " ")
        yield Piece("gap", "…")
        if place < len(pieces) - 1:
            yield Piece("same", " " + piece.text[-AROUND:].split(maxsplit=1)[-1])
