"""Kinds of files: the registry that `formats/` fills, one module a kind.

A module there says what it is in one `KIND`. A kind either holds several documents and yields them (`documents`), or
is one document in another form and says how the reader takes it (`opened`), or both: an entry of a bibliography is kept
by itself. What a file is, its first bytes say before its name does.
"""

import importlib
import io
import logging
import pkgutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, BinaryIO, cast

from articles.importing.sources import formats
from articles.importing.sources.coded import Coded
from articles.importing.sources.incoming import LARGEST, Incoming, printable, too_large
from articles.reading.types import Hints, UnreadableDocument

log = logging.getLogger(__name__)

HEAD = 4096  # bytes by which a file is known
NESTED = 3  # files within files within files
UNPACKED = 2**30  # bytes of a file within a file that are unpacked to be searched through
WITHIN, AT = "!", "#"  # before a member's name in a location, and before the number or name of a record
UNSEARCHED = {"readme", "license", "licence", "changelog", "contributing"}  # names that no op-ed of a folder has
Columns = Mapping[str, tuple[str, ...]]  # the columns or keys of a record by our field


@dataclass(frozen=True, slots=True)
class Held:
    """An open file that holds documents; `file` reads forward and may not be able to seek."""

    file: BinaryIO
    location: str
    name: str
    path: str = ""  # on this machine's disk; empty within another file
    columns: Columns = field(default_factory=dict)  # the mapping that was given; empty: the usual names
    depth: int = 0

    @contextmanager
    def on_disk(self) -> Iterator[str]:
        """Give the path of a file that can be sought through; a copy where this one is within another file.

        Raises UnreadableDocument where the copy would be larger than `UNPACKED`.
        """
        if self.path:
            yield self.path
            return
        with tempfile.NamedTemporaryFile(prefix="digest-") as copy:
            while part := self.file.read(2**20):
                copy.write(part)
                if copy.tell() > UNPACKED:
                    raise UnreadableDocument(f"unpacks to more than {UNPACKED // 2**30} GB")
            copy.flush()
            yield copy.name

    def whole(self, most: int) -> bytes:
        """Return all its bytes. Raises UnreadableDocument where there are more than `most`."""
        raw = self.file.read(most + 1)
        if len(raw) > most:
            raise UnreadableDocument(f"holds more than {most // 2**20} MB, the most that is read of such a file")
        return raw

    def member(self, name: str, raw: bytes, **known: object) -> Incoming:
        """Return a document that lies in this file under a name."""
        return replace(Incoming("", f"{self.location}{WITHIN}{name}", name, held=raw), **known)  # type: ignore[arg-type]

    def record(self, raw: bytes, media_type: str, *, number: int, unit: str = "L", key: str = "") -> Incoming:
        """Return a record of this file, located by its own `key` if it has one, else by its number from 1."""
        at = " ".join(key.split())[:500] or f"{unit}{number}"
        location = f"{self.location}{AT}{printable(at)}"
        return Incoming("", location, f"{self.name}{AT}{at}", held=raw, media_type=media_type, numbered=not key)

    def failed(self, reason: str, *, at: str = "") -> Incoming:
        """Return the record of what could not be had: of the file, or of the part that `at` locates."""
        return Incoming("", f"{self.location}{at}", f"{self.name}{at}", wrong=reason)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `sniff` is asked with the first bytes; of several that say yes the lowest `order` counts."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str = ""  # of its documents, as they are kept
    sniff: Callable[[bytes], bool] = lambda head: False
    documents: Callable[[Held], Iterator[Incoming]] | None = None
    opened: Callable[[bytes, Hints], tuple[bytes, Hints]] | None = None
    coded: Callable[[bytes], tuple[Coded, ...]] | None = None  # what people coded in one of its documents
    order: int = 50
    most: int = LARGEST  # bytes of one document


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all kinds, in the order in which they are asked."""
    names = sorted(one.name for one in pkgutil.iter_modules(formats.__path__))
    found: list[Kind] = [importlib.import_module(f"{formats.__name__}.{name}").KIND for name in names]
    return tuple(sorted(found, key=lambda kind: kind.order))


def kind_of(head: bytes, name: str) -> Kind | None:
    """Return what a file is by its first bytes, else by its name; None for what nobody knows: a text, perhaps."""
    if found := next((kind for kind in kinds() if kind.sniff(head)), None):
        return found
    lowered = name.casefold()
    return next((kind for kind in kinds() if lowered.endswith(kind.suffixes)), None)


def by_media_type(media_type: str) -> Kind | None:
    """Return the kind whose documents are kept under a media type."""
    bare = media_type.partition(";")[0].strip().casefold()
    return next((kind for kind in kinds() if bare and kind.media_type == bare), None)


def readable(name: str) -> bool:
    """Whether a folder or an archive is searched for files of this name."""
    last = name.rsplit("/", 1)[-1].casefold()
    if last.startswith(".") or last.partition(".")[0] in UNSEARCHED or "__macosx/" in name.casefold():
        return False
    return last.endswith(tuple(suffix for kind in kinds() for suffix in kind.suffixes))


def documents(held: Held) -> Iterator[Incoming]:
    """Yield the documents of a file, or of a file within a file; what is broken in it is the last one, with its reason.

    A file that is one document itself is yielded as that.
    """
    head = peek(held.file)
    kind = kind_of(head, held.name)
    if kind is None or kind.documents is None:
        yield alone(held, kind)
        return
    if held.depth > NESTED:
        yield held.failed(f"files within files, more than {NESTED} deep")
        return
    count = 0
    try:
        for count, one in enumerate(kind.documents(held), start=1):  # noqa: B007 - counted for the sentence below
            yield one
        if not count:
            yield held.failed(f"a {kind.name} file that holds no documents")
    except Exception as error:
        # Whatever a library makes of a broken file, the next file is read.
        log.info("Reading %s broke off", held.location, exc_info=True)
        after = f" after {count:,} documents" if count else ""
        refused = isinstance(error, UnreadableDocument) and error.__cause__ is None and not count
        yield held.failed(str(error) if refused else f"a broken {kind.name} file{after}: {said(error)}")


def said(error: Exception) -> str:
    """Return what an error says, in one line of a length that people read; an OSError without number and path."""
    told = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return " ".join(told.split())[:300] or type(error).__name__


def alone(held: Held, kind: Kind | None) -> Incoming:
    """Return a file that is one document."""
    most = kind.most if kind else LARGEST
    if held.path:
        return Incoming(held.path, held.location, held.name, most=most)
    raw = held.file.read(most + 1)
    if len(raw) > most:
        return held.failed(too_large(most))
    return Incoming("", held.location, held.name, held=raw, most=most)


def buffered(file: Any) -> BinaryIO:
    """Return a file whose first bytes can be looked at."""
    return cast("BinaryIO", file if hasattr(file, "peek") else io.BufferedReader(file))


def peek(file: BinaryIO) -> bytes:
    """Return the first bytes of a buffered file without taking them."""
    return cast("bytes", file.peek(HEAD)[:HEAD])  # type: ignore[attr-defined]
