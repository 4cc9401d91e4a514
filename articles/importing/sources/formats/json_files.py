"""JSON files: a JSON feed, a bibliography as CSL JSON (Zotero), one record or a list of them.

CSL: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

import re
from collections.abc import Iterator
from typing import Any

from articles.importing.sources import records
from articles.importing.sources.formats import feeds, json_lines
from articles.importing.sources.incoming import Incoming
from articles.importing.sources.kinds import AT, Held, Kind, peek
from articles.reading.types import Hints, UnreadableDocument

WHOLE = 32 * 2**20  # bytes of a file that is parsed at once
LIST = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\""
)  # one object alone is known by its name: JSON Lines begin so, too
ADVICE = "; as JSON Lines, a record a line, files of any size are read"


def entries(held: Held) -> Iterator[Incoming]:
    """Yield the documents of a JSON file. Raises UnreadableDocument for one that is none."""
    if json_lines.sniff(peek(held.file)):
        yield from json_lines.lines(held)
        return
    try:
        raw = held.whole(WHOLE)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{error}{ADVICE}") from error
    told = records.parsed(raw)
    if feeds.is_json_feed(told):
        yield from feeds.items(held, told)
        return
    if isinstance(told, dict):
        told = next(
            (told[key] for key in ("items", "articles", "data", "results") if isinstance(told.get(key), list)), [told]
        )
    for number, row in enumerate(told if isinstance(told, list) else [], start=1):
        if not isinstance(row, dict):
            yield held.failed("no JSON object", at=f"{AT}{number}")
            continue
        kept, media_type = records.kept(row, held.columns)
        yield held.record(kept, media_type, number=number, unit="", key=records.key_of(row, held.columns))


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return a record as the reader takes it."""
    row: Any = records.parsed(raw)
    if not isinstance(row, dict):
        raise UnreadableDocument("no JSON object")
    return records.opened(cited(row) if _is_cited(row) else records.fields(row, {}), hints)


def _is_cited(row: dict[str, Any]) -> bool:
    """Whether a record is a CSL item."""
    people = row.get("author")
    named = isinstance(people, list) and any(
        isinstance(one, dict) and {"family", "literal"} & set(one) for one in people
    )
    return "container-title" in row or isinstance(row.get("issued"), dict) or (named and "type" in row)


def cited(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a CSL item; its text is an abstract."""
    people: Any = row.get("author")
    people = people if isinstance(people, list) else []
    names = [one.get("literal") or one for one in people if isinstance(one, dict)]
    return {
        "title": row.get("title"), "authors": names, "published": row.get("issued"), "url": row.get("URL"),
        "source": row.get("container-title") or row.get("publisher"), "language": row.get("language"),
        "abstract": row.get("abstract"), "text": row.get("text"),
    }  # fmt: skip


KIND = Kind(
    "JSON", (".json",), "application/json", lambda head: LIST.match(head) is not None, entries, opened, order=70,
)  # fmt: skip
