"""WARC (ISO 28500): the pages and PDF files that a crawler fetched, each located by its address."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from articles.importing.sources.incoming import LARGEST, Incoming, too_large
from articles.importing.sources.kinds import WITHIN, Held, Kind
from articles.reading.types import UnreadableDocument

TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/markdown")
RECORDS = ("response", "resource", "conversion")
FETCHED = "200"
LONGEST = 4 * 2**20  # bytes without a line's end


class Lines:
    """A stream that refuses to go on where no line ends for LONGEST bytes: a header of that length is never read up."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.since = 0  # bytes after the last line's end

    def read(self, size: int) -> bytes:
        part = self.file.read(size)
        end = part.rfind(b"\n")
        self.since = len(part) - end - 1 if end >= 0 else self.since + len(part)
        if self.since > LONGEST:
            raise UnreadableDocument(f"no line ends for {LONGEST // 2**20} MB")
        return part

    def close(self) -> None:
        """Leave the file to whoever opened it."""


def pages(held: Held) -> Iterator[Incoming]:
    """Yield the documents of an archive; what was not found, redirects, images and scripts are passed over."""
    try:
        for record in ArchiveIterator(Lines(held.file)):
            http = record.http_headers
            media_type = ((http or record.rec_headers).get_header("Content-Type") or "").strip()
            bare = media_type.partition(";")[0].strip().lower()
            wanted = record.rec_type in RECORDS and bare in TYPES and (http is None or http.get_statuscode() == FETCHED)
            if not wanted:
                continue
            address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
            raw = _content(record)
            if len(raw) > LARGEST:
                yield held.failed(too_large(LARGEST), at=f"{WITHIN}{address}")
            elif raw:
                yield held.member(address, raw, media_type=media_type[:100])
    except ArchiveLoadFailed as error:
        raise UnreadableDocument(str(error)) from error


def _content(record: Any) -> bytes:
    """Return what was fetched, unpacked, up to one byte more than LARGEST."""
    stream, parts, size = record.content_stream(), [], 0
    while size <= LARGEST and (part := stream.read(LARGEST + 1 - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


KIND = Kind(
    "WARC", (".warc",), sniff=lambda head: head.startswith((b"WARC/1.", b"WARC/0.")), documents=pages, order=10,
)  # fmt: skip
