"""A body cut to be shown: paragraphs of runs, each run knowing which statements, actor and note it belongs to.

Both the public pages and the desk show bodies this way. Pure: spans in, values out; overlapping spans are cut at every
edge, so that no mark ever nests in another.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from articles.vocabulary import Review

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
        """The classes of its marks: "recommendation", "claim", "note"; "open" where no statement is reviewed."""
        kinds = dict.fromkeys(statement.short_name for statement in self.statements)
        reviews = [s.is_suggestion for s in self.statements if s.is_suggestion is not None]  # a note has no review
        unreviewed = bool(reviews) and all(reviews)
        return " ".join([*kinds, *(["open"] if unreviewed else [])])

    @property
    def review_marks(self) -> str:
        """The classes of its marks where rejected statements are shown too: "rejected" where all of them are."""
        kept = tuple(one for one in self.statements if getattr(one, "status", "") != Review.REJECTED)
        marks = replace(self, statements=kept).marks if kept else "rejected"
        return f"{marks} many" if len(kept) > 1 else marks


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    is_heading: bool = False
    statements: tuple[Any, ...] = field(default=())  # those whose passage begins here, in order
    start: int = 0  # characters of the body


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
    passages, names = _Sweep(statements), _Sweep(mentions)
    starts = [statement.start for statement in passages.spans]
    edges = sorted({edge for span in (*passages.spans, *names.spans) for edge in (span.start, span.end)})
    cut = []
    for match in PARAGRAPH.finditer(body):
        start, end = match.span()
        inner = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        runs = tuple(_runs(body, (start, end), inner, passages, names, notes=notes or {}))
        begun = tuple(passages.spans[bisect_left(starts, start) : bisect_left(starts, end)])
        cut.append(Paragraph(runs, is_heading=start in headings, statements=begun, start=start))
    return cut


def paragraph_of(statement: Any, body: str) -> Paragraph:
    """Return the paragraph in which a statement stands, with its passage marked; all of them where it spans several."""
    start = body.rfind(BREAK, 0, statement.start) + len(BREAK) if BREAK in body[: statement.start] else 0
    stop = body.find(BREAK, statement.end)
    end = stop if stop >= 0 else len(body)
    inner = [edge for edge in (statement.start, statement.end) if start < edge < end]
    runs = _runs(body, (start, end), inner, _Sweep([statement]), _Sweep(()), notes={})
    return Paragraph(tuple(runs), statements=(statement,))


def around(statement: Any, body: str, most: int = 240) -> tuple[str, str, str]:
    """Return what stands before a passage in its paragraph, the passage, and what stands behind it.

    At most `most` characters on either side, cut at a word. A statement whose passage is lost has only its quote.
    """
    if not statement.is_placed:
        return "", statement.exact, ""
    start, end = statement.start, statement.end
    opens = body.rfind(BREAK, 0, start)
    closes = body.find(BREAK, end)
    before = body[opens + len(BREAK) if opens >= 0 else 0 : start]
    behind = body[end : closes if closes >= 0 else len(body)]
    if len(before) > most:
        before = "…" + before[-most:].partition(" ")[2]
    if len(behind) > most:
        behind = behind[:most].rpartition(" ")[0] + " …"
    return before, body[start:end], behind


class _Sweep:
    """Spans met from left to right: asked in that order, each is looked at once, however many there are."""

    def __init__(self, spans: Iterable[Any]) -> None:
        self.spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self._waiting = deque(self.spans)
        self._open: list[Any] = []

    def over(self, left: int, right: int) -> tuple[Any, ...]:
        """Return the spans that cover the text from `left` to `right`."""
        while self._waiting and self._waiting[0].start <= left:
            self._open.append(self._waiting.popleft())
        self._open = [span for span in self._open if span.end > left]
        return tuple(span for span in self._open if right <= span.end)


def _runs(
    body: str, span: tuple[int, int], inner: Iterable[int], passages: _Sweep, names: _Sweep, *, notes: dict[str, int]
) -> Iterator[Run]:
    """Yield the runs of a paragraph; `inner` are the edges of passages and mentions within it."""
    start, end = span
    marked = {m.start(): (m.end(), notes[m[1]]) for m in NOTE.finditer(body, start, end) if m[1] in notes}
    noted = [edge for a, (b, _) in marked.items() for edge in (a, b) if start < edge < end]
    edges = sorted({start, end, *inner, *noted})
    note, until = None, start
    for left, right in pairwise(edges):
        if left in marked:
            until, note = marked[left]
        covering = passages.over(left, right)
        yield Run(
            text=body[left:right],
            statements=covering,
            first=tuple(statement for statement in covering if statement.start == left),
            actor=next((mention.actor for mention in names.over(left, right)), None),
            note=note if right <= until else None,
        )
