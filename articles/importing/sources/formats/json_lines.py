"""JSON Lines: a record a line, kept as it stands."""

import re
from collections.abc import Iterator
from typing import Any

from articles.importing.sources import records
from articles.importing.sources.incoming import LARGEST, Incoming, too_large
from articles.importing.sources.kinds import AT, Held, Kind
from articles.importing.sources.rows import rows
from articles.reading.types import Hints, UnreadableDocument

OBJECTS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\{\s*\"[^\n]*\}[ \t\r]*\n\s*\{\s*\""
)  # a line's, and the next one's beginning


def sniff(head: bytes) -> bool:
    return OBJECTS.match(head) is not None


def lines(held: Held) -> Iterator[Incoming]:
    """Yield a document a line; a broken line is one that failed."""
    for number, line in rows(held.file):
        if line is None:
            yield held.failed(too_large(LARGEST), at=f"{AT}L{number}")
        elif line.strip():
            yield one(held, line.strip(), number)


def one(held: Held, line: bytes, number: int) -> Incoming:
    try:
        row = records.parsed(line)
    except UnreadableDocument as error:
        return held.failed(str(error), at=f"{AT}L{number}")
    if not isinstance(row, dict):
        return held.failed("a line that holds no JSON object", at=f"{AT}L{number}")
    raw, media_type = records.kept(row, held.columns, line)
    return held.record(raw, media_type, number=number, key=records.key_of(row, held.columns))


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return a mapped record, with the mapping it is kept with, as the reader takes it."""
    told: Any = records.parsed(raw)
    if not isinstance(told, dict) or not isinstance(told.get("row"), dict):
        raise UnreadableDocument("no record with its mapping")
    columns = {field: tuple(names) for field, names in (told.get("mapping") or {}).items()}
    return records.opened(records.fields(told["row"], columns), hints)


KIND = Kind("JSON Lines", (".jsonl", ".ndjson"), records.MAPPED, sniff, lines, opened, order=60)
