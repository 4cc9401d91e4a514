"""Say what an undated article can't be older than: the latest past event that its own text dates."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache

from articles.reading import dates, lexicon
from articles.reading.types import Reference
from articles.vocabulary import Precision

BEFORE, AFTER = 60, 70  # characters around a date in which a word about the future makes it a plan
LONGEST = 200_000  # characters of a body in which events are looked for, as for statements
NEXT = 30  # characters after a date in which such a word still speaks of it
NEAR = 300  # characters within which a dated day lends its year to "June 18"
BARE_YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d\d)(?![\d/-])")
CLAUSE = re.compile(r"[.;!?](?:\s|$)")


def not_before(
    body: str, references: Sequence[Reference], language: str | None = None, *, today: date | None = None
) -> date | None:
    """Return the latest day that body or references date as past; None if they date none. What lies ahead is no past.

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
        every = dates.find(paragraph)
        for index, found in enumerate(every):
            year = last.year if found.year is None and last is not None and found.start - last.end <= NEAR else None
            if found.precision != Precision.YEAR and not _ahead(paragraph, every, index, language):
                day = found.first_day(year)
                unknown_year |= day is None and found.year is None
                told += [day] if day is not None else []
            last = found if found.year is not None else last
    latest = today or datetime.now(UTC).date()
    return max((day for day in (known if unknown_year else [*known, *told]) if day <= latest), default=None)


def _ahead(text: str, every: Sequence[dates.Found], index: int, language: str | None) -> bool:
    """Whether the words beside a date, within its clause and not beyond the next date, say that it lies ahead."""
    found = every[index]
    start = max(found.start - BEFORE, every[index - 1].end if index else 0)
    end = min(found.end + AFTER, every[index + 1].start if index + 1 < len(every) else len(text))
    before = CLAUSE.split(text[start : found.start])[-1]
    after = CLAUSE.split(text[found.end : end])[0]
    ahead = _cues("future_cues", language)
    return any(cues.search(before) for cues in (_cues("until_cues", language), ahead)) or bool(
        ahead.search(after[:NEXT])
    )


@cache
def _cues(table: str, language: str | None) -> re.Pattern[str]:
    """Return what finds the words about the future of a language, of all where it has none: "para" is no plan in id."""
    tables = lexicon.load("metadata")[table]
    known = {"ms": "id"}.get(language or "", language or "")
    if known not in tables:
        return lexicon.finder("metadata", table)
    return re.compile(rf"(?<!\w)(?:{lexicon.alternatives(tables[known])})(?!\w)", re.IGNORECASE)
