"""How values are worded for readers. Pure functions: values in, text out."""

from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from babel.dates import format_date
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from articles.filters import MARK_START, MARK_STOP
from articles.vocabulary import Precision, language_name

DATE_PATTERNS = {Precision.DAY: "d MMMM y", Precision.MONTH: "MMMM y", Precision.YEAR: "y"}
MINUTE = 230  # words an adult reads (Brysbaert 2019: 238 a minute in non-fiction)


class Dated(Protocol):
    """What has the date of an article, as far as it is known."""

    @property
    def published(self) -> date | None: ...
    @property
    def published_precision(self) -> str: ...
    @property
    def published_not_before(self) -> date | None: ...


def published(article: Dated) -> str:
    """Return an article's date as far as it is known: "22 July 2024", "July 2024", "Undated, not before 21 June"."""
    if article.published:
        pattern = DATE_PATTERNS[Precision(article.published_precision)]
        return _worded(article.published, pattern)
    if article.published_not_before:
        return f"Undated, not before {day(article.published_not_before)}"
    return "Undated"


def day(value: date) -> str:
    """Return a date as "22 July 2024"."""
    return _worded(value, DATE_PATTERNS[Precision.DAY])


def month_of(article: Dated) -> str:
    """Return the month of an article's date, or its year where no more is known: "July 2024"; "Undated" without one."""
    if not article.published:
        return "Undated"
    year = article.published_precision == Precision.YEAR
    return _worded(article.published, DATE_PATTERNS[Precision.YEAR if year else Precision.MONTH])


def month(value: date) -> str:
    """Return a month as "July 2024"."""
    return _worded(value, DATE_PATTERNS[Precision.MONTH])


def day_of(moment: datetime) -> str:
    """Return the day of a moment in the site's own time zone."""
    return day(localtime(moment).date())


@lru_cache(maxsize=10_000)
def _worded(value: date, pattern: str) -> str:
    return format_date(value, pattern, locale="en")


def language(code: str) -> str:
    """Return the English name of an ISO 639-1 code, or that it is not known."""
    return language_name(code) if code else "Language not known"


def minutes(words: int) -> int:
    """Return how many minutes the text takes to read, at least one."""
    return max(1, round(words / MINUTE))


def shortened(text: str, length: int) -> str:
    """Return text cut after a word at about `length` characters, on one line, with "…" where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length + 1].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"


def thousands(number: int) -> str:
    """Return a number as readers of English write it: 1,167."""
    return f"{number:,}"


def marked(headline: str) -> SafeString:
    """Return a headline as HTML: its matching words in <mark>, all else escaped."""
    pieces = headline.replace(MARK_STOP, MARK_START).split(MARK_START)
    html = (("<mark>", piece, "</mark>") if place % 2 else ("", piece, "") for place, piece in enumerate(pieces))
    return format_html_join("", "{}{}{}", ((SafeString(a), piece, SafeString(b)) for a, piece, b in html))
