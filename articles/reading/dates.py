"""Find dates in print, in every usual form, and say which one is the day of publication.

Forms: "22 July 2024", "July 22nd, 2024", "22. Juli 2024", "22 de julio de 2024", "2024-07-22", "22.07.2024",
"22/07/2024", "18.V.2006", "2024, July 22", "(2024. March 31)", "2024年7月22日", "July 2024". Digits of any script.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from articles.reading import lexicon
from articles.reading.types import PrintedDate
from articles.vocabulary import Precision, Provenance

FIRST_YEAR, LAST_YEAR = 1700, 2099  # what four digits beside a month may mean
BUDDHIST = 543  # years that Thai calendars are ahead
CENTURY = 70  # two-digit years below it are of this century
DATELINE_REST = 24  # letters that may stand beside a date on a line that is nothing but a dateline
REMEMBERED = 4096  # lines whose nature is asked for again and again while a page is sorted
DIGIT = re.compile(r"\d+")
DAY_FIRST = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za", "en-ng", "en-ke", "en-sg", "en-my"})
NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}(?!\d)")
WORD = re.compile(r"[^\s\d.,;:!?()\[\]/|'’‘\"“”«»„*•·–—-]+")
ROMAN = {
    name: number
    for number, name in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), start=1)
}
AROUND = 48  # characters before and after a digit within which the rest of its date stands
BESIDE = 32  # characters before and after a month's name within which the rest of its date stands
LINE = 300  # characters of a line that can be a dateline


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text. `year` is None where none is printed; `ambiguous`: day and month could be swapped."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    ambiguous: bool = False

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    def first_day(self, year: int | None = None) -> date | None:
        """Return the first day of the period; None where no year is known or the day does not exist."""
        try:
            return date(self.year or year or 0, self.month or 1, self.day or 1)
        except ValueError:
            return None


@cache
def months() -> dict[str, int]:
    """Return month names of all languages, casefolded, with their numbers."""
    return {
        name.casefold(): number
        for table in lexicon.load("metadata")["months"].values()
        for name, number in table.items()
    }


@cache
def _short_months() -> dict[str, int]:
    """Return names that are other words too, "out" and "set", and mean months only between a day and a year."""
    tables = lexicon.load("metadata")["short_months"].values()
    return {name.casefold(): number for table in tables for name, number in table.items()}


@cache
def _patterns() -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """Return the forms, the fuller ones first, each with whether a month's name is part of it."""
    month = rf"(?P<month>(?<!\w)(?:{lexicon.alternatives(months())})(?!\w)\.?)"
    any_month = rf"(?P<month>(?<!\w)(?:{lexicon.alternatives([*months(), *_short_months()])})(?!\w)\.?)"
    day = r"(?<![\d.,])(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|ro|\.?[ºª]|°|\.)?"
    year = r"(?P<year>\d{4})(?!\d)"
    in_year = r"(?:del año |do ano de |de |del |of |tahun )?"
    of = r"\s{0,3}(?:of |de |del |d’|d')?"
    return tuple(
        (named, re.compile(pattern, re.IGNORECASE))
        for named, pattern in (
            (False, r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?:(?P<day>\d{1,2})\s?[日일])?"),
            (True, rf"(?<!\d)(?P<year>\d{{4}})[.,]\s{{0,2}}{month}\s{{1,3}}(?P<day>\d{{1,2}})(?!\d)"),
            (True, rf"(?<!\d)(?P<year>\d{{4}}),\s{{0,2}}(?P<day>\d{{1,2}})\s{{1,3}}{month}"),
            (True, rf"{day}{of}{any_month},?\s{{0,3}}{in_year}{year}"),
            (True, rf"{day}(?P<sep>[-/]){any_month}(?P=sep)(?P<year>\d{{4}}|\d{{2}})(?!\d)"),
            (True, rf"{day}{of}{month}\s?['’](?P<year>\d{{2}})(?!\d)"),
            (True, rf"{month}\s{{0,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s{{0,3}}|\s{{1,3}}){in_year}{year}"),
            (False, r"(?<![\d./-])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d-])"),
            (
                False,
                r"(?<![\d./-])(?P<one>\d{1,2})(?P<sep>[./-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})"
                r"(?![./-]\d|\d)",
            ),
            (
                False,
                r"(?<![\w./-])(?P<day>\d{1,2})(?P<sep>[./-]| )(?P<roman>(?-i:X?I{1,3}|I?[VX]|VI{1,3}))(?P=sep)"
                r"(?P<year>\d{4})(?![./-]?\d)",
            ),
            (True, rf"{month},?\s{{0,3}}{in_year}{year}"),
            (True, rf"{day}{of}{month}"),
            (True, rf"{month}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"),
        )
    )


def find(text: str, *, day_first: bool = True) -> list[Found]:
    """Return the dates of a text in its order, none overlapping; the fuller form wins.

    `day_first` decides "03/04/2024", where nothing else does; with full stops the day is always first.
    """
    if not DIGIT.search(text):
        return []
    taken: list[Found] = []
    covered = bytearray(len(text))
    windows = _windows(text)
    beside = _beside_months(text, windows)
    for named, pattern in _patterns():
        for start, end in beside if named else windows:
            for match in pattern.finditer(text, start, end):
                if not any(covered[match.start() : match.end()]) and (found := _found(match, day_first)) is not None:
                    taken.append(found)
                    covered[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return sorted(taken, key=lambda found: found.start)


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that hold a digit and what may stand around it in a date."""
    return _merged(((match.start() - AROUND, match.end() + AROUND) for match in DIGIT.finditer(text)), len(text))


def _beside_months(text: str, windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts of these stretches that hold a month's name: names are many, and slow to look for everywhere."""
    known = {*months(), *_short_months()}
    places = (match for start, end in windows for match in WORD.finditer(text, start, end))
    named = ((match.start() - BESIDE, match.end() + BESIDE) for match in places if match[0].casefold() in known)
    return _merged(named, len(text))


def _merged(stretches: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in stretches:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], min(end, length))
        else:
            out.append((max(start, 0), min(end, length)))
    return out


def _found(match: re.Match[str], day_first: bool) -> Found | None:
    parts = match.groupdict()
    ambiguous = False
    if parts.get("one"):
        one, two = int(parts["one"]), int(parts["two"])
        ambiguous = one <= 12 and two <= 12 and one != two
        first = day_first or parts["sep"] == "."
        day, month = (one, two) if one > 12 or (two <= 12 and first) else (two, one)
        ambiguous = ambiguous and parts["sep"] != "."
    elif parts.get("roman"):
        day, month = int(parts["day"]), ROMAN[parts["roman"]]
    else:
        name = parts["month"].rstrip(".").casefold()
        month = int(name) if name.isdecimal() else months().get(name) or _short_months()[name]
        day = int(parts["day"]) if parts.get("day") else 0
    year = _year(parts.get("year"))
    if not 1 <= month <= 12 or day > 31 or (parts.get("day") and day == 0) or (parts.get("year") and year is None):
        return None
    return Found(match.start(), match.end(), year, month, day or None, ambiguous)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    year = int(text)
    if len(text) == 2:
        year += 2000 if year < CENTURY else 1900
    elif year > LAST_YEAR + 300:
        year -= BUDDHIST
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


@lru_cache(maxsize=REMEMBERED)
def is_dateline(text: str) -> bool:
    """Whether a line is a date and next to nothing else: weekday, label, time of day."""
    if len(text) > LINE or not (found := find(text)):
        return False
    rest = text
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    return len([char for char in _bare(rest) if char.isalpha()]) <= DATELINE_REST and found[0].year is not None


def _bare(rest: str) -> str:
    rest = lexicon.finder("metadata", "weekdays").sub(" ", rest)
    return lexicon.finder("metadata", "date_labels").sub(" ", rest)


def month_first(texts: Sequence[str], language: str | None, regions: Collection[str] = ()) -> bool:
    """Whether a page writes the month before the day; `regions` are what it says of its language: "en-US".

    1. a date on it that allows no other reading says so; 2. else an English page that spells out "July 22, 2024", or
    says that it is American, writes numbers in the same order; elsewhere the day comes first, and so do British pages.
    """
    spelled = False
    for text in texts:
        # 1
        for match in NUMBERS.finditer(text[:LINE]):
            one, two = int(match[1]), int(match[2])
            if one > 12 >= two:
                return False
            if two > 12 >= one:
                return True
        # 2
        full = [found for found in find(text[:LINE]) if found.day and found.year and not found.ambiguous]
        spelled = spelled or any(text[found.start].isalpha() for found in full)
    told = {region.replace("_", "-").casefold() for region in regions}
    return language == "en" and (spelled or "en-us" in told) and not told & DAY_FIRST


def swapped(found: Found) -> Found:
    """Return the other reading of a date whose day and month could be swapped."""
    return replace(found, month=found.day, day=found.month)


def printed(found: Found, text: str, provenance: Provenance = Provenance.PRINTED) -> PrintedDate | None:
    """Return a found date as the reading keeps it; None where it has no year or does not exist."""
    value = found.first_day() if found.year is not None else None
    if value is None:
        return None
    return PrintedDate(value, found.precision, provenance, text[found.start : found.end])


def from_iso(text: str, provenance: Provenance = Provenance.PRINTED) -> PrintedDate | None:
    """Return the date at the head of an ISO 8601 timestamp, as page metadata carries it."""
    match = re.match(r"\s*(\d{4})-(\d{2})-(\d{2})", text)
    if not match:
        found = find(text[:LINE])
        return printed(found[0], text, provenance) if found else None
    try:
        return PrintedDate(date(*map(int, match.groups())), Precision.DAY, provenance, text.strip())
    except ValueError:
        return None


def from_address(address: str) -> PrintedDate | None:
    """Return the date in an address such as ".../2024/07/22/title" or ".../2024/07/title"."""
    match = re.search(r"/((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-])", address)
    if not match or "//" not in address:
        return None
    try:
        value = date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None
    return PrintedDate(value, Precision.DAY if match[3] else Precision.MONTH, Provenance.ADDRESS, match[0].strip("/"))
