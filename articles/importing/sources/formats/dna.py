"""Discourse Network Analyzer (`.dna`, SQLite): documents with the statements coded in them, of versions 2 and 3.

https://github.com/leifeld/dna
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from articles.importing.sources import records
from articles.importing.sources.coded import Coded
from articles.importing.sources.incoming import LARGEST, Incoming, too_large
from articles.importing.sources.kinds import AT, Held, Kind
from articles.reading import anchors
from articles.reading.types import Hints, UnreadableDocument

MEDIA_TYPE = "application/vnd.digest.dna+json"
VALUES = ("DATASHORTTEXT", "DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT")
THOUSANDTHS = 10**11  # a date that is larger counts thousandths of a second: version 2
ORGANISATION = ("organization", "organisation")


def documents(held: Held) -> Iterator[Incoming]:
    """Yield the documents of a database, each with its statements. Raises UnreadableDocument for what is none."""
    with held.on_disk() as path:
        # Immutable: no lock is taken, no journal written beside somebody's file.
        try:
            with closing(
                sqlite3.connect(f"file:{quote(str(Path(path).resolve()))}?immutable=1&mode=ro", uri=True)
            ) as file:
                file.row_factory = sqlite3.Row
                file.execute("PRAGMA trusted_schema = OFF")
                yield from _documents(held, file)
        except sqlite3.Error as error:
            raise UnreadableDocument(f"no database of Discourse Network Analyzer: {error}") from error


def _documents(held: Held, file: sqlite3.Connection) -> Iterator[Incoming]:
    columns = {row["name"]: row["type"] for row in file.execute("PRAGMA table_info(DATASHORTTEXT)")}
    named = "Entity" if "Entity" in columns else "Value" if columns.get("Value") == "INTEGER" else ""
    for row in file.execute("SELECT *, length(Text) AS size FROM (SELECT * FROM DOCUMENTS) ORDER BY ID"):
        if (row["size"] or 0) > LARGEST:
            yield held.failed(too_large(LARGEST), at=f"{AT}{row['ID']}")
            continue
        known = {key.casefold(): row[key] for key in row.keys()}  # noqa: SIM118 - a Row iterates its values
        told = {
            "id": known["id"], "title": known.get("title"), "text": known.get("text"), "author": known.get("author"),
            "source": known.get("source"), "section": known.get("section"), "notes": known.get("notes"),
            "type": known.get("type"), "date": _day(known.get("date")),
            "statements": list(_statements(file, known["id"], named=named)),
        }  # fmt: skip
        yield held.record(records.dumped(told), MEDIA_TYPE, number=known["id"], key=str(known["id"]))


def _statements(file: sqlite3.Connection, document: int, *, named: str) -> Iterator[dict[str, Any]]:
    """Yield a document's statements: type, start, stop, and a value by variable.

    `named` is the column of DATASHORTTEXT that points to a name's row, empty where the name itself stands there.
    """
    names = {"Entity": "ENTITIES", "Value": "ATTRIBUTES"}.get(named)
    rows = file.execute(
        "SELECT s.ID AS id, t.Label AS type, s.Start AS start, s.Stop AS stop FROM STATEMENTS s"
        " LEFT JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId WHERE s.DocumentId = ? ORDER BY s.Start, s.ID",
        [document],
    )
    for row in rows.fetchall():
        values: dict[str, Any] = {}
        for table in VALUES:
            pointed = bool(names) and table == VALUES[0]
            join = f"JOIN {names} e ON e.ID = d.{named}" if pointed else ""
            found = file.execute(
                f"SELECT v.Variable AS variable, {'e' if pointed else 'd'}.Value AS value FROM {table} d {join}"  # noqa: S608
                " JOIN VARIABLES v ON v.ID = d.VariableId WHERE d.StatementId = ?",
                [row["id"]],
            )
            values |= {one["variable"]: one["value"] for one in found}
        yield {"type": row["type"], "start": row["start"], "stop": row["stop"], "values": values}


def _day(value: Any) -> str:
    """Return a document's moment, in seconds or thousandths after 1970, as ISO 8601."""
    if not isinstance(value, int):
        return str(value or "")
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) >= THOUSANDTHS else value, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return a document as the reader takes it."""
    told = _parsed(raw)
    return records.opened(
        {
            "title": told.get("title"), "authors": told.get("author"), "published": told.get("date"),
            "source": told.get("source"), "text": told.get("text"),
        },
        hints,
    )  # fmt: skip


def coded(raw: bytes) -> tuple[Coded, ...]:
    """Return the statements of a document, as they were coded."""
    told = _parsed(raw)
    text = str(told.get("text") or "")
    found = []
    for one in told.get("statements") or []:
        start, stop = one.get("start"), one.get("stop")
        if not (isinstance(start, int) and isinstance(stop, int) and 0 <= start < stop <= len(text)):
            continue
        values = {str(key).casefold(): value for key, value in (one.get("values") or {}).items()}
        prefix, suffix = anchors.context(text, start, stop)
        agreement = values.get("agreement")
        found.append(
            Coded(
                text[start:stop], start, prefix, suffix,
                person=str(values.get("person") or "").strip(),
                organisation=next((str(values[key]).strip() for key in ORGANISATION if values.get(key)), ""),
                concept=str(values.get("concept") or "").strip(),
                agrees=bool(agreement) if agreement is not None else None,
            )
        )  # fmt: skip
    return tuple(found)


def _parsed(raw: bytes) -> dict[str, Any]:
    told = records.parsed(raw)
    if not isinstance(told, dict):
        raise UnreadableDocument("no document of Discourse Network Analyzer")
    return told


KIND = Kind(
    "Discourse Network Analyzer", (".dna",), MEDIA_TYPE, lambda head: head.startswith(b"SQLite format 3\x00"),
    documents, opened, coded=coded, order=20,
)  # fmt: skip
