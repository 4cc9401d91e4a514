"""BibTeX and BibLaTeX: an entry a document, its text an abstract; abbreviations come with the entries that use them."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware, MonthIntMiddleware

from articles.importing.sources import records
from articles.importing.sources.incoming import LARGEST, Incoming, too_large
from articles.importing.sources.kinds import AT, Held, Kind
from articles.importing.sources.rows import grouped
from articles.reading.types import Hints, UnreadableDocument

MEDIA_TYPE = "application/x-bibtex"
BEGINS = re.compile(rb"\s*@\s*([A-Za-z]+)\s*[{(]")
OPENS = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s*%[^\n]*\n)*\s*@\s*[A-Za-z]+\s*[{(][^\n]*,\s*$", re.MULTILINE)
KEY = re.compile(rb"@\s*[A-Za-z]+\s*[{(]\s*([^,\s]+)\s*,")
MACRO = re.compile(rb"@\s*string\s*[{(]\s*([^\s=]+)", re.IGNORECASE)
MACROS = 2**20  # bytes of abbreviations that are kept
AND = re.compile(r"\s+and\s+")

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def entries(held: Held) -> Iterator[Incoming]:
    """Yield the entries of a bibliography, each with the abbreviations it uses."""
    macros: dict[bytes, bytes] = {}
    number = 0
    for _, raw in grouped(held.file, BEGINS.match):
        name = match[1].lower() if raw and (match := BEGINS.match(raw)) else b""
        if raw and name == b"string" and sum(map(len, macros.values())) < MACROS and (known := MACRO.search(raw)):
            macros[known[1]] = raw.strip() + b"\n"
        if name in (b"string", b"comment", b"preamble"):
            continue
        number += 1
        if raw is None:
            yield held.failed(too_large(LARGEST), at=f"{AT}{number}")
            continue
        used = b"".join(told for key, told in macros.items() if re.search(rb"[=#]\s*" + re.escape(key) + rb"\b", raw))
        key = known[1].decode("utf-8", "replace") if (known := KEY.search(raw)) else ""
        yield held.record(used + raw.strip() + b"\n", MEDIA_TYPE, number=number, unit="", key=key)


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return an entry as the reader takes it. Raises UnreadableDocument for what is none, or has no abstract."""
    reading = [MonthIntMiddleware(), LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(records.decoded(raw), append_middleware=reading)
    if not library.entries:
        why = next((str(block.error) for block in library.failed_blocks), "nothing between braces")
        raise UnreadableDocument(f"no BibTeX entry: {why}")
    one: dict[str, Any] = {field.key.casefold(): str(field.value) for field in library.entries[0].fields}
    told = {
        "title": one.get("title"),
        "authors": [records.turned(name) for name in AND.split(one.get("author", "")) if name.strip()],
        "published": one.get("date") or _date(one),
        "url": one.get("url"),
        "source": one.get("journal") or one.get("journaltitle") or one.get("booktitle") or one.get("publisher"),
        "language": one.get("langid") or one.get("language"),
        "abstract": one.get("abstract"),
    }
    return records.opened(told, hints)


def _date(one: dict[str, Any]) -> str:
    """Return year, month and day, as far as they are given."""
    parts = [one.get("year", ""), one.get("month", ""), one.get("day", "")]
    known = next((at for at, part in enumerate(parts) if not part.isdecimal()), len(parts))
    return "-".join(f"{int(part):02d}" for part in parts[:known])


KIND = Kind(
    "BibTeX", (".bib", ".bibtex"), MEDIA_TYPE, lambda head: OPENS.match(head) is not None, entries, opened, order=40,
)  # fmt: skip
