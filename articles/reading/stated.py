"""What came with a document and states its values: heard with the page's own word and, where it is sure, believed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from articles.reading import people
from articles.reading.declared import CODE, KNOWN, Declared
from articles.reading.metadata import NAMES
from articles.reading.types import Byline, Evidence, PrintedDate, Reading, Stated
from articles.vocabulary import Precision, Provenance

ISO = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
FEED = "feed"  # the rule of what a feed states: a date's provenance says so


def heard(told: Stated, page: Declared) -> Declared:
    """Return a page's own word with what was stated in front of it."""
    said = _evidence(told)

    def of(field: str, others: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return (*said.get(field, ()), *others)

    return replace(
        page,
        titles=of("title", page.titles) if told.sure else (*page.titles, *said.get("title", ())),
        authors=of("authors", page.authors) if told.sure else page.authors,
        sites=of("source", page.sites) if told.sure else page.sites,
        dates=of("published", page.dates) if told.sure else page.dates,
        urls=of("url", page.urls),
        languages=of("language", page.languages) if told.sure else (*page.languages, *said.get("language", ())),
    )


def believed(told: Stated, reading: Reading) -> Reading:
    """Return a reading in which what was stated for sure stands before what was read, with its evidence.

    An author keeps the affiliation that the text prints; a day that has not come yet is not believed. Of what is not
    sure, people are taken for the authors where nobody is printed.
    """
    if told.truncated:
        cut = Evidence("true", f"{told.rule}.truncated")
        evidence = {**reading.evidence, "truncated": (*reading.evidence.get("truncated", ()), cut)}
        reading = replace(reading, truncated=True, evidence=evidence)
    said = _evidence(told)
    if not told.sure:
        evidence = {**reading.evidence, "authors": (*reading.evidence.get("authors", ()), *said.get("authors", ()))}
        people_ = tuple(Byline(name) for name in told.authors if people.is_name(name) and not people.nobody(name))
        return replace(reading, authors=reading.authors or people_, evidence=evidence) if told.authors else reading
    published = day(told.published, told.rule)
    if published and published.value > datetime.now(UTC).date() + timedelta(days=1):
        said.pop("published", None)
        published = None
    if said.get("language") and "hint.language" in {one.rule for one in reading.evidence.get("language", ())}:
        del said["language"]  # who imports it knows better
    evidence = dict(reading.evidence)
    for field, first in said.items():
        evidence[field] = (*first, *(one for one in evidence.get(field, ()) if one not in first))
    return replace(
        reading,
        title=told.title or reading.title,
        authors=tuple(_byline(name, reading) for name in told.authors) or reading.authors,
        source=told.source or reading.source,
        url=told.url or reading.url,
        published=published or reading.published,
        published_not_before=None if published else reading.published_not_before,
        language=said["language"][0].value if "language" in said else reading.language,
        evidence=evidence,
    )


def day(text: str, rule: str = "") -> PrintedDate | None:
    """Return the date at the head of an ISO 8601 text, as far as it is known; None for what is none."""
    if (match := ISO.match(text)) is None:
        return None
    precision = Precision.DAY if match[3] else Precision.MONTH if match[2] else Precision.YEAR
    try:
        value = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return PrintedDate(value, precision, Provenance.FEED if rule == FEED else Provenance.PRINTED, text.strip())


def _evidence(told: Stated) -> dict[str, tuple[Evidence, ...]]:
    """Return what was stated as evidence, by the field of a Reading."""
    return {field: (one,) for field, one in _said(told) if one.value}


def _said(told: Stated) -> Iterator[tuple[str, Evidence]]:
    published, code = day(told.published), CODE.match(told.language)
    yield "title", Evidence(told.title, f"{told.rule}.title", told.title)
    names = NAMES.join(told.authors)
    yield "authors", Evidence(names, f"{told.rule}.authors", names)
    yield "source", Evidence(told.source, f"{told.rule}.source", told.source)
    yield "url", Evidence(told.url, f"{told.rule}.url", told.url)
    if published:
        yield "published", Evidence(published.iso(), f"{told.rule}.published", told.published)
    if code:
        spoken = code[1].lower()
        yield "language", Evidence(KNOWN["codes"].get(spoken, spoken), f"{told.rule}.language", told.language)


def _byline(name: str, reading: Reading) -> Byline:
    same = (one for one in reading.authors if people.same_person(one.name, name))
    printed = next(same, None)
    return Byline(name, printed.affiliation, printed.rank) if printed else Byline(name)
