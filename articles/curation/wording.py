"""How values are worded at the desk. Pure functions: values in, text out."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.timezone import localtime

from articles.models import Article
from articles.vocabulary import Precision, language_name

PATTERNS = {Precision.DAY: "d MMM y", Precision.MONTH: "MMM y", Precision.YEAR: "y"}


def dating(article: Article) -> str:
    """Return an article's date as far as it is known: "22 Jul 2024", "Jul 2024", "not before 21 Jun 2024"."""
    if article.published:
        return day(article.published, Precision(article.published_precision))
    return f"not before {day(article.published_not_before)}" if article.published_not_before else "not known"


def day(value: date, precision: Precision = Precision.DAY) -> str:
    """Return a date as "22 Jul 2024"."""
    return format_date(value, PATTERNS[precision], locale="en")


def moment(value: datetime) -> str:
    """Return a moment as "22 Jul 2024, 14:05", in the desk's own time zone."""
    local = localtime(value)
    return f"{day(local.date())}, {local:%H:%M}"


def language(code: str) -> str:
    """Return the English name of an ISO 639-1 code, or that it is not known."""
    return language_name(code) if code else "not known"
