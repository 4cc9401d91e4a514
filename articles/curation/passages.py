"""A body cut for the desk: paragraphs of runs, each run knowing the statements and the actor it belongs to. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in which nothing starts or ends. `first`: the statements whose passage begins here."""

    text: str
    statements: tuple[Any, ...] = ()
    first: tuple[Any, ...] = ()
    mentioned: str = ""

    @property
    def marks(self) -> str:
        """The classes of its marks: "recommendation", "claim", both or none."""
        return " ".join(dict.fromkeys(statement.short_name for statement in self.statements))


def paragraphs(body: str, statements: Iterable[Any], mentions: Sequence[Any] = ()) -> list[list[Run]]:
    """Return the paragraphs of `body`; statements and mentions (with their `actor`) have `start` and `end` in it."""
    standing = sorted(statements, key=lambda statement: (statement.start, -statement.end))
    return [list(_runs(body, match.span(), standing, mentions)) for match in PARAGRAPH.finditer(body)]


def paragraph_of(statement: Any, body: str) -> list[Run]:
    """Return the paragraph in which a statement begins, with its passage marked; all of it where it spans several."""
    start = body.rfind("\n\n", 0, statement.start) + 2 if "\n\n" in body[: statement.start] else 0
    stop = body.find("\n\n", statement.end)
    return list(_runs(body, (start, stop if stop >= 0 else len(body)), [statement], ()))


def _runs(body: str, span: tuple[int, int], statements: Sequence[Any], mentions: Sequence[Any]) -> Iterator[Run]:
    start, end = span
    here = [s for s in statements if s.start < end and s.end > start]
    named = [m for m in mentions if m.start < end and m.end > start]
    edges = sorted({start, end, *(edge for s in (*here, *named) for edge in (s.start, s.end) if start < edge < end)})
    for left, right in pairwise(edges):
        yield Run(
            text=body[left:right],
            statements=tuple(s for s in here if s.start <= left and right <= s.end),
            first=tuple(s for s in here if max(s.start, start) == left and s.start >= start),
            mentioned=next((m.actor.name for m in named if m.start <= left and right <= m.end), ""),
        )
