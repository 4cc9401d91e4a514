"""How values are worded for readers. Pure functions: values in, text out."""

from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from articles.catalogue import Count
from articles.filters import MARK_START, MARK_STOP
from articles.vocabulary import Precision, language_name

DATE_PATTERNS = {Precision.DAY: "d MMMM y", Precision.MONTH: "MMMM y", Precision.YEAR: "y"}
SPOKEN = "en"  # where no language is asked for
MINUTE = 230  # words an adult reads (Brysbaert 2019: 238 a minute in non-fiction)


def _plural(one: str, many: str) -> tuple[str, str]:
    """Mark what is counted for the catalogues of messages."""
    return one, many


NOUNS = {
    "op-ed": _plural("%(num)s op-ed", "%(num)s op-eds"),
    "claim": _plural("%(num)s claim", "%(num)s claims"),
    "recommendation": _plural("%(num)s recommendation", "%(num)s recommendations"),
    "statement": _plural("%(num)s statement", "%(num)s statements"),
    "note": _plural("%(num)s note", "%(num)s notes"),
    "actor": _plural("%(num)s actor", "%(num)s actors"),
    "author": _plural("%(num)s author", "%(num)s authors"),
    "source": _plural("%(num)s source", "%(num)s sources"),
    "word": _plural("%(num)s word", "%(num)s words"),
    "minute": _plural("%(num)s minute", "%(num)s minutes"),
    "time": _plural("%(num)s time", "%(num)s times"),
    "place": _plural("%(num)s other place", "%(num)s other places"),
    "more": _plural("%(num)s more", "%(num)s more"),
}


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
        return gettext("Undated, not before %(day)s") % {"day": day(article.published_not_before)}
    return gettext("Undated")


def day(value: date) -> str:
    """Return a date as "22 July 2024"."""
    return _worded(value, DATE_PATTERNS[Precision.DAY])


def month_of(article: Dated) -> str:
    """Return the month of an article's date, or its year where no more is known: "July 2024"; "Undated" without one."""
    if not article.published:
        return gettext("Undated")
    year = article.published_precision == Precision.YEAR
    return _worded(article.published, DATE_PATTERNS[Precision.YEAR if year else Precision.MONTH])


def month(value: date) -> str:
    """Return a month as "July 2024"."""
    return _worded(value, DATE_PATTERNS[Precision.MONTH])


def day_of(moment: datetime) -> str:
    """Return the day of a moment in the site's own time zone."""
    return day(localtime(moment).date())


def _worded(value: date, pattern: str) -> str:
    return _formatted(value, pattern, get_language() or SPOKEN)


@lru_cache(maxsize=10_000)
def _formatted(value: date, pattern: str, spoken: str) -> str:
    return format_date(value, pattern, locale=spoken)


def language(code: str) -> str:
    """Return the name of an ISO 639-1 code, or that it is not known."""
    return language_name(code, get_language() or SPOKEN) if code else gettext("Language not known")


def minutes(words: int) -> int:
    """Return how many minutes the text takes to read, at least one."""
    return max(1, round(words / MINUTE))


def shortened(text: str, length: int) -> str:
    """Return text cut after a word at about `length` characters, on one line, with "…" where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length + 1].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"


def thousands(number: int) -> str:
    """Return a number as readers write it: 1,167; in Indonesian 1.167."""
    return _grouped(number, get_language() or SPOKEN)


@lru_cache(maxsize=10_000)
def _grouped(number: int, spoken: str) -> str:
    return format_decimal(number, locale=spoken)


def figure(count: Count) -> str:
    """Return how many there are: "1,167", "more than 10,000"."""
    n = thousands(count.n)
    return gettext("more than %(n)s") % {"n": n} if count.more else n


def counted(count: Count | int, noun: str) -> str:
    """Return how many there are of what: "1,167 op-eds", "1 claim", "more than 10,000 recommendations"."""
    n = count if isinstance(count, int) else count.n
    return ngettext(*NOUNS[noun], n) % {"num": thousands(count) if isinstance(count, int) else figure(count)}


def marked(headline: str) -> SafeString:
    """Return a headline as HTML: its matching words in <mark>, all else escaped."""
    pieces = headline.replace(MARK_STOP, MARK_START).split(MARK_START)
    html = (("<mark>", piece, "</mark>") if place % 2 else ("", piece, "") for place, piece in enumerate(pieces))
    return format_html_join("", "{}{}{}", ((SafeString(a), piece, SafeString(b)) for a, piece, b in html))
