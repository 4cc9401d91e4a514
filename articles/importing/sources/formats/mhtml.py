"""MHTML: a page as browsers save it whole, a mail of parts (RFC 2557)."""

import re
from typing import cast

from articles.importing.sources.formats import mail
from articles.importing.sources.kinds import Kind
from articles.reading.types import Hints, Stated, UnreadableDocument

PAGES = ("text/html", "application/xhtml+xml")
RELATED = re.compile(rb"^Content-Type:\s*multipart/related\b", re.I | re.M)
SAVED = re.compile(
    rb"^(?:Snapshot-Content-Location|From:\s*<Saved by|X-MAF|Content-Base|Content-Location)", re.I | re.M
)


def sniff(head: bytes) -> bool:
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return RELATED.search(top) is not None and SAVED.search(top) is not None


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return the page of an MHTML file, and its address. Raises UnreadableDocument where it has none."""
    message = mail.parsed(raw)
    page = next((part for part in message.walk() if part.get_content_type() in PAGES), None)
    if page is None:
        raise UnreadableDocument("an MHTML file without a page")
    body = cast("bytes", page.get_payload(decode=True) or b"")
    charset = page.get_content_charset() or "utf-8"
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    told = Stated("mhtml", url=address if address.startswith(("http://", "https://")) else "", sure=False)
    return body, Hints(hints.name, f"text/html; charset={charset}", hints.source, hints.language, told)


KIND = Kind(
    "MHTML", (".mhtml", ".mht"), "multipart/related", sniff, opened=opened, order=42, most=mail.MOST,
)  # fmt: skip
