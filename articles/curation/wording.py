"""How values are worded at the desk. Pure functions: values in, text out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from django.utils.timezone import localtime

from articles.models import Article
from articles.vocabulary import Precision, language_name

FIELDS = {
    "title": "title", "authors": "authors", "source": "source", "via": "via", "published": "date", "url": "address",
    "language": "language",
}  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Heard:
    """What the witnesses to one value said."""

    field: str
    believed: dict[str, Any]
    others: list[dict[str, Any]]


def heard(evidence: dict[str, list[dict[str, Any]]]) -> list[Heard]:
    """Return the witnesses by field, in the order of FIELDS; those who only repeat the believed value are left out."""
    return [
        Heard(
            FIELDS[field],
            said[0],
            [one for i, one in enumerate(said[1:], 1) if one["value"] not in {before["value"] for before in said[:i]}],
        )
        for field in FIELDS
        if (said := evidence.get(field))
    ]


def language(code: str) -> str:
    """Return the English name of an ISO 639-1 code, or that it is not known."""
    return language_name(code) if code else "not known"
