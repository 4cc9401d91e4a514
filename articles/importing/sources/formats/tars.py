"""Tar archives, read in one pass; compressed ones are unpacked by `compressed`."""

import io
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Self, cast

from articles.importing.sources.formats.zips import LEADS_OUT, OUTSIDE
from articles.importing.sources.incoming import Incoming, printable
from articles.importing.sources.kinds import WITHIN, Held, Kind, documents, readable
from articles.reading.types import UnreadableDocument

HEADER = 2**20  # bytes of an extended header: a name of a million letters is none
UNPACKED = 64 * 2**30  # bytes that an archive may unpack to, what is passed over included
EXTENDED = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip


class Header(tarfile.TarInfo):
    """A member's header; extended ones, which are read into memory, may not be larger than HEADER."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        found = super().frombuf(buf, encoding, errors)
        if found.type in EXTENDED and found.size > HEADER:
            raise UnreadableDocument(f"a header of {found.size:,} bytes")
        return found


def members(held: Held) -> Iterator[Incoming]:
    """Yield the documents of a tar archive, and of archives in it."""
    unpacked = 0
    try:
        with tarfile.open(fileobj=held.file, mode="r|", tarinfo=Header, errors="surrogateescape") as archive:
            for info in archive:
                archive.members = []  # type: ignore[attr-defined]  # tarfile keeps them all
                unpacked += info.size
                if unpacked > UNPACKED:
                    raise UnreadableDocument(f"unpacks to more than {UNPACKED // 2**30} GB")
                yield from _member(held, archive, info)
    except tarfile.TarError as error:
        raise UnreadableDocument(str(error)) from error


def _member(held: Held, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[Incoming]:
    name = printable(info.name)
    at = f"{WITHIN}{name}"
    if info.isdir():
        return
    if LEADS_OUT.search(info.name):
        yield held.failed(OUTSIDE, at=at)
    elif not readable(name):
        return
    elif not info.isfile() or (file := archive.extractfile(info)) is None:
        yield held.failed("a link or a device, not a file", at=at)
    else:
        buffer = cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", file)))
        yield from documents(
            replace(held, file=buffer, location=held.location + at, name=name, path="", depth=held.depth + 1)
        )


KIND = Kind("tar", (".tar",), sniff=lambda head: head[257:262] == b"ustar", documents=members, order=30)
