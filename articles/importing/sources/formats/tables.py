"""Tables: CSV and TSV with a line of column names; Media Cloud's lists of stories are such tables."""

import csv
from collections.abc import Iterator

from articles.importing.sources import records
from articles.importing.sources.incoming import LARGEST, Incoming, too_large
from articles.importing.sources.kinds import AT, Held, Kind, peek
from articles.importing.sources.rows import rows
from articles.reading.types import UnreadableDocument

DELIMITERS = ",;\t|"


def entries(held: Held) -> Iterator[Incoming]:
    """Yield a document a row. Raises UnreadableDocument for a table without the columns that are asked for."""
    head = peek(held.file)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableDocument("UTF-16; save it as CSV in UTF-8")
    csv.field_size_limit(LARGEST)
    long: list[int] = []
    first = head.decode("utf-8", "replace").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    table = csv.reader(_lines(held, long), delimiter=delimiter)
    header = next(table, [])
    _check(header, held)
    number = 1
    for values in _rows(table):
        for _ in long:
            number += 1
            yield held.failed(too_large(LARGEST), at=f"{AT}{number}")
        long.clear()
        number += 1
        if isinstance(values, str):
            yield held.failed(f"no row of a table: {values}", at=f"{AT}{number}")
        elif any(value.strip() for value in values):
            row = {name: value for name, value in zip(header, values, strict=False) if value}
            kept, media_type = records.kept(row, held.columns)
            yield held.record(kept, media_type, number=number, unit="", key=records.key_of(row, held.columns))
    yield from (held.failed(too_large(LARGEST), at=f"{AT}{number + more}") for more, _ in enumerate(long, start=1))


def _rows(table: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """Yield the rows of a table; what was wrong in place of one that is none."""
    while True:
        try:
            yield next(table)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(error)


def _lines(held: Held, long: list[int]) -> Iterator[str]:
    for number, line in rows(held.file):
        if line is None:
            long.append(number)
        else:
            yield records.decoded(line)


def _check(header: list[str], held: Held) -> None:
    known = {name.strip().casefold() for name in header}
    for names in held.columns.values():
        if not known & {name.strip().casefold() for name in names}:
            raise UnreadableDocument(f"no column {names[0]!r}; there are {', '.join(header)[:300]}")
    usual = {**records.usual(), **held.columns}
    if not known & {name.casefold() for field in ("title", "text", "html", "url", "abstract") for name in usual[field]}:
        raise UnreadableDocument(f"no column of a known name ({', '.join(header)[:300]}); a mapping can name them")


KIND = Kind("CSV", (".csv", ".tsv"), documents=entries, order=60)
