"""How values are worded at the desk. Pure functions: values in, text out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from django.utils.timezone import localtime

from articles.models import Article, Byline
from articles.vocabulary import Precision, Verdict, language_name

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


def minutes(n: int) -> str:
    """Return a number of minutes in the largest unit that holds it evenly: "90 minutes", "2 hours", "1 day"."""
    unit, one = next((unit, one) for unit, one in ((1440, "day"), (60, "hour"), (1, "minute")) if not n % unit)
    return f"{n // unit:,} {one}{'' if n == unit else 's'}"


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


HEARD_IN = {"text": "printed", "html": "page", "hint": "given"}  # by the head of a rule's name


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of an article: its value as shown, where it comes from, and what else was heard."""

    field: str
    label: str
    value: str
    origin: str  # "printed", "page" (its metadata), "given", "inferred", "editor"; empty where nothing is known
    rule: str
    others: list[tuple[str, str, str]]  # what a button sends ("title:1"), the value, the rule


def facts(article: Article, lines: Sequence[Byline]) -> list[Fact]:
    """Return what is known of an article but its title's own line, in the order of FIELDS."""
    names = "; ".join(line.name for line in lines)
    published = article.published.isoformat() if article.published else ""
    held = {
        "title": (article.title, article.title),
        "authors": (names, names),
        "source": (str(article.source or ""), str(article.source or "")),
        "via": (str(article.via or ""), str(article.via or "")),
        "published": (published, dating(article) if article.dated else ""),
        "url": (article.url, article.url),
        "language": (article.language, language(article.language) if article.language else ""),
    }
    return [_fact(article, field, *held[field]) for field in FIELDS]


def _fact(article: Article, field: str, value: str, shown: str) -> Fact:
    said = article.evidence.get(field, [])
    heard_first = next((one for one in said if one["value"] == value), None)
    as_read = article.as_read.get(field, value)
    if field == "authors" and isinstance(as_read, list):
        as_read = "; ".join(name for name, *_ in as_read)
    origin = ""
    if field == "published":
        origin = (article.published_provenance or "inferred") if shown else ""
    elif value and heard_first:
        origin = HEARD_IN.get(heard_first["rule"].split(".")[0], "")
    elif value and value != as_read:
        origin = "editor"
    seen, others = {value, ""}, []
    for at, one in enumerate(said):
        if one["value"] not in seen:
            seen.add(one["value"])
            others.append((f"{field}:{at}", one["value"], one["rule"]))
    return Fact(field, FIELDS[field], shown, str(origin), heard_first["rule"] if heard_first else "", others)


def language(code: str) -> str:
    """Return the English name of an ISO 639-1 code, or that it is not known."""
    return language_name(code) if code else "not known"


KINDS_OF_EVIDENCE = {
    "shingles": "of the shorter text's runs of three words stand in the longer",
    "addresses": "of the cited addresses",
    "dates": "of the dates",
    "numbers": "of the numbers",
    "names": "of the names",
    "actors": "of the actors in order",
    "quotations": "of the quotations at their places",
    "paragraphs": "of the paragraphs",
}


def kinship(evidence: dict[str, float]) -> str:
    """Return the evidence for one work: "100 % of the numbers, 83 % of the names", the strongest first."""
    strongest = sorted(evidence.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{share:.0%} {KINDS_OF_EVIDENCE.get(kind, kind)}".replace("%", " %") for kind, share in strongest)


WHAT_CHANGED = {"bylines": "authors", "references": "references", "mentions": "mentions", "candidates": "names"}


def reread(changes: dict[str, Any]) -> str:
    """Return what reading an article again changed: "title, date; 3 suggestions added, 1 gone"."""
    told = []
    if fields := changes.get("fields"):
        told.append(", ".join(FIELDS.get(name, name.replace("_", " ")) for name in fields))
    told += [WHAT_CHANGED[name] for name in ("bylines", "references") if name in changes]
    for name in ("mentions", "candidates", "suggestions"):
        if name in changes:
            added, gone = changes[name]
            told.append(f"{added} {WHAT_CHANGED.get(name, name)} added, {gone} gone")
    if moved := changes.get("statements"):
        told.append(f"{moved} statement{'' if moved == 1 else 's'} of people moved")
    if kept := changes.get("kept"):
        told.append("kept as edited: " + ", ".join(FIELDS.get(name, name.replace("_", " ")) for name in kept))
    return "; ".join(told)


def found(verdicts: dict[str, int]) -> str:
    """Return how people's statements were found again: "12 exact, 1 lost"."""
    return ", ".join(f"{verdicts[verdict]} {verdict.label}" for verdict in Verdict if verdicts.get(verdict))
