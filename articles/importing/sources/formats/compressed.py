"""Files packed by gzip, bzip2 or xz: what is in them, a tar archive or one file, is read as it streams out."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from articles.importing.sources.incoming import Incoming
from articles.importing.sources.kinds import Held, Kind, documents
from articles.reading.types import UnreadableDocument

MAGIC: dict[bytes, Any] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
SUFFIXES = (".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz")


class Stream(io.RawIOBase):
    """A decompressed stream whose breaks say so."""

    def __init__(self, file: Any) -> None:
        self.packed = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return int(self.packed.readinto(buffer))
        except (zlib.error, lzma.LZMAError, EOFError) as error:
            raise OSError(f"broken compressed data: {error}") from error


def content(held: Held) -> Iterator[Incoming]:
    """Yield the documents of what is packed; its name is the file's without the suffix."""
    head = held.file.peek(8)  # type: ignore[attr-defined]
    opener = next((opener for magic, opener in MAGIC.items() if head.startswith(magic)), None)
    if opener is None:
        raise UnreadableDocument("neither gzip nor bzip2 nor xz")
    name = held.name
    for suffix in SUFFIXES:
        if name.casefold().endswith(suffix):
            name = name[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")
            break
    with opener(held.file, "rb") as file:
        stream = cast("BinaryIO", io.BufferedReader(Stream(file), 2**16))
        yield from documents(replace(held, file=stream, name=name, path="", depth=held.depth + 1))


KIND = Kind(
    "compressed", SUFFIXES, sniff=lambda head: head.startswith(tuple(MAGIC)), documents=content, order=20,
)  # fmt: skip
