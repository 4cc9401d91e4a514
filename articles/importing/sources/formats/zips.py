"""Zip archives: their members of readable names, and what is wrong with the others."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from articles.importing.sources.incoming import Incoming, printable
from articles.importing.sources.kinds import WITHIN, Held, Kind, documents, readable, said
from articles.reading.types import UnreadableDocument

MEMBERS = 250_000  # of an archive; its directory is held in memory
TAIL = 66_000  # bytes at a zip's end in which its directory's length stands
LEADS_OUT = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")  # "../a", "/a", "C:\a"
OUTSIDE = "its name leads out of the archive"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


def members(held: Held) -> Iterator[Incoming]:
    """Yield the documents of a zip archive, and of archives in it."""
    with held.on_disk() as path:
        if (count := _count(path)) > MEMBERS:
            raise UnreadableDocument(f"{count:,} members, more than the {MEMBERS:,} that are read of one zip")
        try:
            archive = zipfile.ZipFile(path)
        except BROKEN as error:
            raise UnreadableDocument(str(error)) from error
        with archive:
            if any(one in archive.NameToInfo for one in ("[Content_Types].xml", "mimetype")):
                raise UnreadableDocument("an Office or EPUB document that is not read; .docx is")
            for info in archive.infolist():
                if not info.is_dir() and (LEADS_OUT.search(info.orig_filename) or readable(info.filename)):
                    yield from _member(held, archive, info)


def _member(held: Held, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Incoming]:
    name = printable(info.filename.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    at = f"{WITHIN}{name}"
    if LEADS_OUT.search(info.orig_filename):
        yield held.failed(OUTSIDE, at=at)
        return
    if info.flag_bits & 1:
        yield held.failed("is locked with a password", at=at)
        return
    try:
        with archive.open(info) as file:
            buffer = cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", file)))
            yield from documents(
                replace(held, file=buffer, location=held.location + at, name=name, path="", depth=held.depth + 1)
            )
    except BROKEN as error:
        yield held.failed(f"a broken member: {said(error)}", at=at)


def _count(path: str) -> int:
    """Return how many members a zip says it has: of a large one the directory alone would fill the memory."""
    with Path(path).open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(size - TAIL, 0))
        tail = file.read()
    if (at := tail.rfind(b"PK\x06\x06")) >= 0 and len(tail) >= at + 40:
        return int(struct.unpack_from("<Q", tail, at + 32)[0])
    if (at := tail.rfind(b"PK\x05\x06")) >= 0 and len(tail) >= at + 12:
        return int(struct.unpack_from("<H", tail, at + 10)[0])
    return 0


KIND = Kind(
    "zip", (".zip",), sniff=lambda head: head[:4] in (b"PK\x03\x04", b"PK\x05\x06"), documents=members, order=30
)
