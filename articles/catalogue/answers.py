"""What is asked for and what comes back: places and turns of pages, counts, pages, facets."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from articles.catalogue import limits
from articles.vocabulary import Dimension

PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})((?:\.\d{1,18}){1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """The row at which a page ends or begins: its date, and what tells it from others of that date."""

    dated: date
    rest: tuple[int, ...]

    def __str__(self) -> str:
        return ".".join([self.dated.isoformat(), *map(str, self.rest)])


def place(text: str | None, length: int = 1) -> Place | None:
    """Return the place that an address names by date and `length` numbers; None for what names none."""
    if not (match := PLACE.fullmatch(text or "")):
        return None
    try:
        found = Place(date.fromisoformat(match[1]), tuple(int(part) for part in match[2].split(".")[1:]))
    except ValueError:
        return None
    return found if len(found.rest) == length else None


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page is wanted: the one behind `after`, or ahead of `before`, else the first.

    By relevance and by source there are no places: pages there have a `number`, from 1.
    """

    after: Place | None = None
    before: Place | None = None
    number: int = 1
    size: int = 25

    @property
    def at(self) -> Place | None:
        """The place it is turned at."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows answer a question; `more`: than this."""

    n: int
    more: bool = False

    @classmethod
    def up_to(cls, n: int, most: int) -> Self:
        """Return the count of `n` rows found where no more than `most` and one more were looked for."""
        return cls(min(n, most), n > most)

    def __str__(self) -> str:
        return f"more than {self.n:,}" if self.more else f"{self.n:,}"

    def __bool__(self) -> bool:
        return self.n > 0

    @property
    def many(self) -> bool:
        """Whether there are more than are looked at one by one."""
        return self.more or self.n > limits.COUNTED


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a question's answer: rows by id in their order, and the places from which to go on and back."""

    ids: list[int]
    count: Count
    next: Place | None = None
    previous: Place | None = None
    ranked: int = 0  # rows that were put into this order, where there are more; 0: all
    within: int = 0  # the newest articles that were looked at, where all would take too long; 0: all
    numbers: tuple[int, int] = (0, 0)  # of the pages before and behind, where there are no places; 0: none


@dataclass(frozen=True, slots=True)
class Facets:
    """By dimension, the most frequent values and how many rows hold each; years all, in time order.

    `months`, as "2024-07", of answers that lie within one year, in time order; of others none.
    `sampled`: rows that were looked at, where there are more; 0: all, the figures are exact.
    """

    values: dict[Dimension, list[tuple[str, int]]]
    sampled: int = 0
    months: list[tuple[str, int]] = field(default_factory=list)
