"""Word (`.docx`): paragraphs, headings, lists, tables, links and footnotes; what its properties say is one witness."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from articles.importing.sources.kinds import Kind
from articles.reading.types import Hints, Stated, UnreadableDocument

MOST = 25 * 2**20  # bytes, pictures included
XML, UNPACKED = 20 * 2**20, 100 * 2**20  # bytes of its texts, and of all parts, unpacked
MAIN = "word/document.xml"
HEADING = re.compile(r"(?:heading|überschrift|titre|título|judul|kop) (\d)", re.IGNORECASE)
OLD = b"\xd0\xcf\x11\xe0"  # Word up to 2003; and a .docx under a password is such a file too
SIGN = b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"


def sniff(head: bytes) -> bool:
    return (
        head.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in head or b"word/" in head) and b"xl/" not in head
    )


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return a Word document as a page. Raises UnreadableDocument, with a sentence."""
    if raw.startswith(OLD):
        raise UnreadableDocument(
            "is locked with a password" if SIGN in raw else "an old Word file (.doc); save it as .docx"
        )
    _measure(raw)
    document = docx.Document(io.BytesIO(raw))
    body = "\n".join(_blocks(document, _notes(document)))
    properties = document.core_properties
    told = Stated(
        "docx", title=_line(properties.title), authors=tuple(filter(None, [_line(properties.author)])),
        language=_line(properties.language), sure=False,
    )  # fmt: skip
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    return page.encode("utf-8", "replace"), replace(hints, media_type="text/html", stated=told)


def _measure(raw: bytes) -> None:
    """Refuse what is no Word document, and one that unpacks to more than memory should hold."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    if MAIN not in sizes:
        raise UnreadableDocument("an Office file that is no Word document")
    if (
        sum(sizes.values()) > UNPACKED
        or sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels"))) > XML
    ):
        raise UnreadableDocument(
            f"unpacks to more than the {UNPACKED // 2**20} MB, {XML // 2**20} of text, that are read"
        )


def _blocks(document: Any, notes: dict[str, str]) -> Iterator[str]:
    """Yield the document's paragraphs and tables as elements of a page, its footnotes last."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if text := _inline(block, notes):
                yield _element(block, text)
        elif isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                yield f"<p>{html.escape(' | '.join(filter(None, cells)))}</p>"
    if notes:
        yield "<h2>Notes</h2>"
    yield from (f"<p>[{number}] {html.escape(text)}</p>" for number, text in enumerate(notes.values(), start=1))


def _element(block: Paragraph, text: str) -> str:
    style = (block.style.name if block.style is not None else "") or ""
    if style == "Title":
        return f"<h1>{text}</h1>"
    if match := HEADING.match(style):
        return f"<h{match[1]}>{text}</h{match[1]}>"
    if style.startswith("List"):
        return f"<ul><li>{text}</li></ul>"
    return f"<blockquote>{text}</blockquote>" if "Quote" in style else f"<p>{text}</p>"


def _inline(block: Paragraph, notes: dict[str, str]) -> str:
    """Return a paragraph's words with their links and the marks of footnotes; what was deleted is left out."""
    out = []
    for element in block._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:footnoteReference"), qn("w:noBreakHyphen")):
        if element.tag == qn("w:t"):
            text = html.escape(element.text or "")
            link = next(element.iterancestors(qn("w:hyperlink")), None)
            address = _address(block, link.get(qn("r:id"))) if link is not None else ""
            out.append(f'<a href="{html.escape(address)}">{text}</a>' if address else text)
        elif element.tag == qn("w:footnoteReference"):
            if (key := element.get(qn("w:id"))) in notes:
                out.append(f"<sup>{list(notes).index(key) + 1}</sup>")
        else:
            out.append("-" if element.tag == qn("w:noBreakHyphen") else " ")
    return "".join(out).strip()


def _address(block: Paragraph, key: str | None) -> str:
    relation = block.part.rels.get(key) if key else None
    address = str(relation.target_ref) if relation is not None and relation.is_external else ""
    return address if address.startswith(("http://", "https://")) else ""


def _notes(document: Any) -> dict[str, str]:
    """Return the texts of the footnotes by their ids, in order."""
    part = next(
        (
            rel.target_part
            for rel in document.part.rels.values()
            if not rel.is_external and rel.reltype.endswith("/footnotes")
        ),
        None,
    )
    if part is None:
        return {}
    tree = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    found = {}
    for note in tree.iter(qn("w:footnote")):
        text = " ".join("".join(one.text or "" for one in note.iter(qn("w:t"))).split())
        if text and note.get(qn("w:type")) is None:
            found[str(note.get(qn("w:id")))] = text
    return found


def _line(value: Any) -> str:
    return " ".join(str(value or "").split()).removeprefix("python-docx")


KIND = Kind(
    "Word", (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", sniff, opened=opened,
    order=25, most=MOST,
)  # fmt: skip
