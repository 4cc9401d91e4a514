"""Say what an undated article can't be older than: the latest past event that its own text dates."""

import re
from collections.abc import Sequence
from datetime import date

from articles.reading import dates, lexicon
from articles.reading.types import Reference
from articles.vocabulary import Precision

BEFORE, AFTER = 60, 70  # characters around a date in which a word about the future makes it a plan
LONGEST = 200_000  # characters of a body in which events are looked for, as for statements
NEXT = 30  # characters after a date in which such a word still speaks of it
NEAR = 300  # characters within which a dated day lends its year to "June 18"
BARE_YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d\d)(?![\d/-])")
CLAUSE = re.compile(r"[.;!?](?:\s|$)")


def not_before(body: str, references: Sequence[Reference]) -> date | None:
    """Return the latest day that body or references date as past; None if they date none.

    1. full dates and months in the references, "accessed July 2024" too; 2. in the body, unless the words around say
    that it lies ahead; a day without a year takes the year of a date shortly before it; 3. years alone, in references.
    Where the body tells of days whose year nothing says, its latest event is not known: a year of long ago that it
    names too would date nothing, and only the references count.
    """
    known: list[date] = []
    told: list[date] = []
    unknown_year = False
    # 1. References.
    for entry in references:
        text = entry.text if not entry.url else entry.text.replace(entry.url, " ")
        known += [day for found in dates.find(text) if (day := found.first_day()) is not None]
        # 3. A year alone.
        if not any(found.year for found in dates.find(text)):
            known += [date(int(match[1]), 1, 1) for match in BARE_YEAR.finditer(text)]
    # 2. The body.
    for paragraph in body[:LONGEST].split("\n\n"):
        last: dates.Found | None = None
        for found in dates.find(paragraph):
            year = last.year if found.year is None and last is not None and found.start - last.end <= NEAR else None
            if found.precision != Precision.YEAR and not _ahead(paragraph, found):
                day = found.first_day(year)
                unknown_year |= day is None and found.year is None
                told += [day] if day is not None else []
            last = found if found.year is not None else last
    return max(known if unknown_year else [*known, *told], default=None)


def _ahead(text: str, found: dates.Found) -> bool:
    """Whether the words beside a date, within its clause, say that it lies ahead."""
    before = CLAUSE.split(text[max(found.start - BEFORE, 0) : found.start])[-1]
    after = CLAUSE.split(text[found.end : found.end + AFTER])[0]
    cues = lexicon.finder("metadata", "future_cues")
    return cues.search(before) is not None or cues.search(after[:NEXT]) is not None
