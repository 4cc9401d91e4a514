"""RIS, as Zotero, EndNote and libraries export it: an entry from "TY" to "ER", its text an abstract."""

import re
from collections.abc import Iterator
from typing import Any

import rispy

from articles.importing.sources import records
from articles.importing.sources.incoming import LARGEST, Incoming, too_large
from articles.importing.sources.kinds import AT, Held, Kind
from articles.importing.sources.rows import grouped
from articles.reading.types import Hints, UnreadableDocument

MEDIA_TYPE = "application/x-research-info-systems"
BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*TY {1,2}- ")
KEY = re.compile(rb"^(?:ID|UR|DO) {1,2}- (.+?)\s*$", re.MULTILINE)
SOURCES = (
    "journal_name", "secondary_title", "alternate_title1", "alternate_title2", "alternate_title3", "publisher",
)  # fmt: skip
DATE = re.compile(r"(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?")


def entries(held: Held) -> Iterator[Incoming]:
    """Yield the entries of a bibliography."""
    for number, raw in grouped(held.file, BEGINS.match):
        if raw is None:
            yield held.failed(too_large(LARGEST), at=f"{AT}{number}")
            continue
        key = match[1].decode("utf-8", "replace") if (match := KEY.search(raw)) else ""
        yield held.record(raw.strip() + b"\n", MEDIA_TYPE, number=number, unit="", key=key)


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return an entry as the reader takes it. Raises UnreadableDocument for what is none, or has no abstract."""
    found = rispy.loads(records.decoded(raw))
    if not found:
        raise UnreadableDocument("no RIS entry: it never ends (ER)")
    one: dict[str, Any] = found[0]
    names = [records.turned(name) for field in ("authors", "first_authors") for name in one.get(field) or []]
    urls = one.get("urls") or [one.get("url") or ""]
    told = {
        "title": one.get("title") or one.get("primary_title") or one.get("short_title"),
        "authors": list(dict.fromkeys(names)),
        "published": _date(str(one.get("date") or one.get("publication_year") or one.get("year") or "")),
        "url": urls[0] if urls else "",
        "source": next((one[key] for key in SOURCES if one.get(key)), ""),
        "language": one.get("language"),
        "abstract": one.get("abstract") or one.get("notes_abstract"),
    }  # fmt: skip
    return records.opened(told, hints)


def _date(text: str) -> str:
    """Return a date such as "2024/07/22/" as ISO 8601."""
    if match := DATE.match(text):
        return "-".join(f"{int(part):02d}" for part in match.groups() if part)
    return text


KIND = Kind(
    "RIS", (".ris",), MEDIA_TYPE, lambda head: BEGINS.match(head) is not None, entries, opened, order=40,
)  # fmt: skip
