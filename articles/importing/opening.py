"""Open a document: what its bytes hold, whatever their form, as the reader takes it.

The one way from kept bytes to a Reading, for an import and for reading again: bytes and media type are enough.
"""

import logging
from dataclasses import dataclass, replace
from typing import Any

from articles.importing.sources import kinds
from articles.importing.sources.coded import Coded
from articles.models import Document
from articles.reading import reader
from articles.reading.actors import Names
from articles.reading.types import Hints, Reading, UnreadableDocument

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document's text or page and what is known of it; `media_type` is that of the bytes it was in, "" for a text."""

    raw: bytes
    hints: Hints
    media_type: str = ""
    coded: tuple[Coded, ...] = ()  # what people said of its passages before it came here


def open_document(raw: bytes, hints: Hints) -> Opened:
    """Return what `reader.read` takes, for bytes of any kind. Raises UnreadableDocument, with a sentence.

    The kind is what `hints.media_type` names, else what the bytes say, else what the name does; what is of no kind is
    a text or a page, and taken as it is.
    """
    kind = kinds.by_media_type(hints.media_type or "")
    if kind is None and not (hints.media_type or "").startswith("text/"):
        kind = kinds.kind_of(raw[: kinds.HEAD], hints.name)
    if kind is None or kind.opened is None:
        if kind is not None and kind.documents is not None:
            raise UnreadableDocument(f"a {kind.name} file within a document")
        return Opened(raw, hints)
    try:
        text, told = kind.opened(raw, replace(hints, media_type=None))
        coded = kind.coded(raw) if kind.coded else ()
    except UnreadableDocument:
        raise
    except Exception as error:  # whatever a library makes of a broken file
        log.info("Opening a document as %s failed", kind.name, exc_info=True)
        raise UnreadableDocument(f"a broken {kind.name} document: {kinds.said(error)}") from error
    return Opened(text, told, kind.media_type, coded)


def read_document(opened: Opened, *, names: Names) -> Reading:
    """Return the Reading of an opened document, with the media type of its bytes. Raises UnreadableDocument."""
    reading = reader.read(opened.raw, names=names, hints=opened.hints)
    return replace(reading, media_type=opened.media_type) if opened.media_type else reading


def hints_of(document: Document, **known: Any) -> Hints:
    """Return what is known of a document that is held, to read it again; `known` is what a person adds."""
    member = document.location.rpartition(kinds.WITHIN)[2]
    name = member if member.startswith(("http://", "https://")) else document.location.rpartition("/")[2]
    charset = f"; charset={document.encoding}" if document.encoding and document.media_type.startswith("text/") else ""
    return Hints(name=name, media_type=f"{document.media_type}{charset}" or None, **known)
