"""Bytes to text: the encoding found out from the bytes, then from what the document declares.

Only line ends and Unicode's normal form (NFC) change; and C1 control characters, which are Windows-1252 punctuation
that somebody decoded as Latin-1, become that punctuation.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from articles.reading.types import UnreadableDocument

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SNIFF = 4096  # bytes that a declaration of the encoding must stand in; the HTML standard asks for the first 1024
UTF16_NULS = (
    0.3  # share of NULs on one side of the pairs: Latin text has nearly all, other scripts their spaces and digits
)
UTF16_NULS_OTHER = 0.05  # share on the other side, above which the document is binary
CONTROLS = 0.02  # share of control characters above which a text is binary; pages carry a stray one at most

PAGES = ("text/html", "application/xhtml+xml")
BINARY = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"{\\rtf", "RTF"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,3}=\s{0,3}["']?\s{0,3}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
PART = re.compile(
    r"<(?:article|meta|title|script|style|link|base|main|section|header|div|p|h1)\b", re.IGNORECASE
)  # opens a page without its frame, or a text into which some element strayed
STRUCTURE = re.compile(r"<(?:p|br|div|li|h[1-6]|td|article|section|pre|blockquote)\b", re.IGNORECASE)
PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
PROLOG = re.compile(r"\s*(?:<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,2000}-->)", re.DOTALL)
LATIN = {"ascii", "iso8859-1", "iso8859-15", "latin-1"}  # what browsers read as Windows-1252 (Encoding Standard)
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")
LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\x0b": "\n", "\x0c": "\n", "\u2029": "\n\n"}
CONTROL_CHARACTERS = [chr(code) for code in (*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20))]
C1 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
MARKS = 30  # combining marks on one letter; Unicode's stream-safe form (UAX 15) ends there too
MARK_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{MARKS + 1},}}")  # where more than that may stand


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text, with the encoding it was in and its media type."""

    text: str
    encoding: str
    media_type: str


def decode(raw: bytes, *, media_type: str | None = None) -> Decoded:
    """Return the text of a document.

    `media_type` may carry a charset ("text/html; charset=windows-1251"). Raises UnreadableDocument, which names the
    byte offset (from 0) of what can't be read: a binary file, an undecodable byte, a document without text.

    1. a byte order mark; 2. UTF-16 by its NULs; 3. UTF-8; 4. the declared charset; 5. Windows-1252.
    """
    declared_type = (media_type or "").partition(";")[0].strip().lower()
    if not raw:
        raise UnreadableDocument("the document holds no text")
    for magic, kind in BINARY:
        if raw.startswith(magic):
            raise UnreadableDocument(f"a {kind} file, not a text (byte offset 0)")
    text, encoding = _text(raw, media_type or "")
    _refuse_binary(text, encoding)
    text = _normal(text).removeprefix("\ufeff")
    if not text.strip("\ufeff\u200b\x00 \t\n\xa0"):
        raise UnreadableDocument("the document holds no text")
    return Decoded(text, encoding, "text/html" if _is_html(text, declared_type) else _text_type(declared_type))


def _normal(text: str) -> str:
    """Return a text in Unicode's normal form C with "\\n" for line ends; each step is taken only where it is needed.

    Sorting the marks of one letter takes a time quadratic in their number, so no letter keeps more than MARKS.
    """
    for end, plain in LINE_ENDS.items():
        if end in text:
            text = text.replace(end, plain)
    if text.isascii():
        return text
    if any(chr(code) in text for code in C1):
        text = text.translate(C1)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", MARK_RUN.sub(_fewer_marks, text))
    return text


def _fewer_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in run[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MARKS:
            kept.append(char)
    return "".join(kept)


def _text_type(declared: str) -> str:
    """Return the media type of what is no page: what was declared, if that is a text's."""
    return declared if declared.startswith("text/") and declared != "text/html" else "text/plain"


def _is_html(text: str, declared: str) -> bool:
    """Whether a text is a page.

    It opens, after comments and an XML declaration, with a page's frame, or was declared to be one, and has elements
    that structure a page; or it opens with another element and has more of these than blank lines part paragraphs.
    """
    head = text[:SNIFF]
    at = 0
    while match := PROLOG.match(head, at):
        at = match.end()
    opening = head[at:].lstrip()
    if PAGE.match(opening) or (declared in PAGES and "<" in text):
        return STRUCTURE.search(text) is not None or PAGE.match(opening) is not None
    if not PART.match(opening):
        return False
    parts = len(STRUCTURE.findall(text))
    return PAGE.search(head) is not None or (parts > 0 and parts >= len(PARAGRAPH_END.findall(text.strip())))


def _text(raw: bytes, media_type: str) -> tuple[str, str]:
    # 1. A byte order mark says all.
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], encoding, len(mark)), encoding
    # 2. UTF-16 without a mark: NULs on one side of the pairs.
    if b"\x00" in raw:
        return _utf16(raw)
    # 3. UTF-8, which nothing else is by chance.
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if (
            len(MULTIBYTE.findall(raw)) * 2 > len(HIGH.findall(MULTIBYTE.sub(b"", raw)))
            and _declared(raw, media_type) is None
        ):
            raise UnreadableDocument(f"not valid UTF-8 at byte offset {error.start}") from error
    # 4. What the document, or who sent it, says.
    if (declared := _declared(raw, media_type)) is not None:
        return _strict(raw, declared, 0), declared
    # 5. Windows-1252, which leaves five bytes undefined.
    return _strict(raw, "cp1252", 0), "windows-1252"


def _utf16(raw: bytes) -> tuple[str, str]:
    pairs = max(len(raw) // 2, 1)
    even, odd = raw[0::2].count(0) / pairs, raw[1::2].count(0) / pairs
    for share, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share >= UTF16_NULS and other <= UTF16_NULS_OTHER:
            return _strict(raw, encoding, 0), encoding
    raise UnreadableDocument(f"a binary file, not a text (NUL at byte offset {raw.index(0)})")


def _declared(raw: bytes, media_type: str) -> str | None:
    """Return the declared encoding, where Python knows it and UTF-8 was not it (that was tried)."""
    for place in (media_type.encode("ascii", "ignore"), raw[:SNIFF]):
        if (match := DECLARED.search(place)) is None:
            continue
        try:
            name = codecs.lookup(match[1].decode("ascii")).name
        except LookupError:
            continue
        if name in LATIN:
            return "cp1252"
        if not name.startswith(("utf", "punycode", "idna", "base64", "hex", "rot13", "zlib", "bz2", "uu", "quopri")):
            return name
    return None


def _strict(raw: bytes, encoding: str, skipped: int) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        where = error.start + skipped
        raise UnreadableDocument(f"not valid {_label(encoding)} at byte offset {where}") from error


def _label(encoding: str) -> str:
    return {"cp1252": "Windows-1252 (nor UTF-8)"}.get(encoding, encoding.upper())


def _refuse_binary(text: str, encoding: str) -> None:
    found = [char for char in CONTROL_CHARACTERS if char in text]
    if not found or ("\x00" not in found and sum(map(text.count, found)) <= CONTROLS * len(text)):
        return
    first = text.index("\x00") if "\x00" in found else min(map(text.index, found))
    where = len(text[:first].encode(encoding, "replace"))
    raise UnreadableDocument(f"a binary file, not a text (control character at byte offset {where})")
