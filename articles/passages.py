"""A body cut to be shown: paragraphs of runs, each run knowing which statements, actor and note it belongs to.

Both the public pages and the desk show bodies this way. Pure: spans in, values out; overlapping spans are cut at every
edge, so that no mark ever nests in another.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

BREAK = "\n\n"  # between paragraphs
PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
NOTE = re.compile(r"\[(\d{1,4}|\*{1,3}|[a-z])\]")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in which nothing starts or ends. `first` holds the statements whose passage begins here."""

    text: str
    statements: tuple[Any, ...] = ()
    first: tuple[Any, ...] = ()
    actor: Any = None
    note: int | None = None  # position of the reference that this marker names

    @property
    def marks(self) -> str:
        """The classes of its marks: "recommendation", "claim", both or none; "open" where none of them is reviewed."""
        kinds = dict.fromkeys(statement.short_name for statement in self.statements)
        unreviewed = bool(kinds) and all(statement.is_suggestion for statement in self.statements)
        return " ".join([*kinds, *(["open"] if unreviewed else [])])


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    is_heading: bool = False
    statements: tuple[Any, ...] = field(default=())  # those whose passage begins here, in order


def paragraphs(
    body: str,
    *,
    statements: Iterable[Any],
    mentions: Iterable[Any] = (),
    headings: Sequence[int] = (),
    notes: dict[str, int] | None = None,
) -> list[Paragraph]:
    """Return the paragraphs of `body`.

    `statements` and `mentions` have `start` and `end` in characters of the body; `headings` are the starts of section
    headings; `notes` maps the label of a note marker ("3" for "[3]") to the position of its reference.
    """
    statements = sorted(statements, key=lambda s: (s.start, -s.end))
    mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
    cut = []
    for match in PARAGRAPH.finditer(body):
        start, end = match.span()
        runs = tuple(_runs(body, (start, end), statements, mentions, notes or {}))
        begun = tuple(s for s in statements if start <= s.start < end)
        cut.append(Paragraph(runs, is_heading=start in headings, statements=begun))
    return cut


def paragraph_of(statement: Any, body: str) -> Paragraph:
    """Return the paragraph in which a statement stands, with its passage marked; all of them where it spans several."""
    start = body.rfind(BREAK, 0, statement.start) + len(BREAK) if BREAK in body[: statement.start] else 0
    stop = body.find(BREAK, statement.end)
    span = (start, stop if stop >= 0 else len(body))
    return Paragraph(tuple(_runs(body, span, [statement], (), {})), statements=(statement,))


def _runs(
    body: str, span: tuple[int, int], statements: Sequence[Any], mentions: Sequence[Any], notes: dict[str, int]
) -> Iterator[Run]:
    start, end = span
    here = [s for s in statements if s.start < end and s.end > start]
    named = [m for m in mentions if m.start < end and m.end > start]
    marked = [(m.start(), m.end(), notes[m[1]]) for m in NOTE.finditer(body, start, end) if m[1] in notes]
    spans = [(s.start, s.end) for s in (*here, *named)] + [(a, b) for a, b, _ in marked]
    edges = sorted({start, end, *(edge for span in spans for edge in span if start < edge < end)})
    for left, right in pairwise(edges):
        covering = tuple(s for s in here if s.start <= left and right <= s.end)
        yield Run(
            text=body[left:right],
            statements=covering,
            first=tuple(s for s in covering if max(s.start, start) == left and s.start >= start),
            actor=next((m.actor for m in named if m.start <= left and right <= m.end), None),
            note=next((position for a, b, position in marked if a <= left and right <= b), None),
        )
