"""PDF: its text layer, read in a process apart; running heads, page numbers and hyphens at line ends mended."""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from articles.importing.sources import pdf_text
from articles.importing.sources.kinds import Kind
from articles.reading.types import Hints, Stated, UnreadableDocument

MOST = 25 * 2**20  # bytes, pictures included
SECONDS = 2 * pdf_text.SECONDS  # on the clock
EDGE = 3  # lines at a page's top and bottom that may run through all pages
RUNNING = 0.4  # share of the pages on which a line stands, from which it is none of the text's
SAME = 6  # points within which lines of several pages stand at the same height
GAP = 1.35  # distances of lines, from which a new paragraph begins
INDENT = 6.0  # points by which a paragraph's first line stands in
ROOM = 1.5  # widths of the next word: a line that leaves so much ends its paragraph
SHORT = 0.7  # of the usual width
LARGER = 1.15  # of the usual height: a heading
NUMBER = re.compile(
    r"\W*(?:(?:page|seite|halaman|hal\.?|pagina|página)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von|dari|de|sur|van|di)\s*\d{1,4})?\W*",
    re.I,
)
DIGITS = re.compile(r"\d+")
HYPHEN = re.compile(r"(?<=[^\W\d_])(?:[\ufffe\x02\u00ad]|[-\u2010])$")
ENDS = re.compile(r"[.!?…:;。][\"'”’»)\]]{0,3}(?:\[?\d{1,3}\]?)?$")
NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|.*\.(?:docx?|pdf|indd|qxd|tex|odt|rtf|pptx?)$)|^\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed: its ends and its height in points."""

    text: str
    left: float
    right: float
    top: float
    height: float


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return a PDF's text as the reader takes it, a line a paragraph. Raises UnreadableDocument, with a sentence."""
    if b"%PDF-" not in raw[:1024]:
        raise UnreadableDocument("no PDF, whatever its name")
    told = _told(raw)
    pages = [[Line(*line) for line in page] for page in told["pages"]]
    text = "\n\n".join(paragraphs(without_running(pages)))
    title = " ".join(str(told["title"]).split())
    author = " ".join(str(told["author"]).split())
    properties = Stated(
        "pdf", title="" if NO_TITLE.match(title) else title, authors=(author,) if author else (),
        truncated=bool(told["cut"]), sure=False,
    )  # fmt: skip
    return text.encode("utf-8", "replace"), replace(hints, media_type="text/plain", stated=properties)


def _told(raw: bytes) -> dict[str, Any]:
    """Return what the program apart says of a PDF."""
    program = [sys.executable, "-I", str(Path(pdf_text.__file__))]
    try:
        done = subprocess.run(program, input=raw, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(f"a PDF that takes more than {SECONDS} seconds to read") from error
    except ValueError as error:
        why = (
            "takes too long"
            if -done.returncode in (9, 24)
            else "needs too much memory, or breaks the program that reads it"
        )
        raise UnreadableDocument(f"a PDF that {why}") from error
    if "error" in told:
        raise UnreadableDocument(told["error"])
    return dict(told)


def without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Return pages without their numbers and the heads and feet that run through them, from the edges inwards."""
    counted = Counter(key for page in pages for key in {_key(line) for line in page[:EDGE] + page[-EDGE:]})
    least = max(2, RUNNING * len(pages))

    def runs(line: Line) -> bool:
        return counted[_key(line)] >= least or NUMBER.fullmatch(line.text) is not None

    out = []
    for page in pages:
        first = next((at for at, line in enumerate(page[:EDGE]) if not runs(line)), min(EDGE, len(page)))
        below = page[first:]
        last = next((at for at, line in enumerate(below[::-1][:EDGE]) if not runs(line)), min(EDGE, len(below)))
        out.append(below[: len(below) - last])
    return out


def _key(line: Line) -> tuple[str, int]:
    return DIGITS.sub("#", line.text).casefold(), round(line.top / SAME)


def paragraphs(pages: list[list[Line]]) -> list[str]:
    """Return the paragraphs, by the distances, ends and heights of their lines; one may go on on the next page."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    height = median(line.height for line in lines)
    right = sorted(line.right for line in lines)[int(0.9 * (len(lines) - 1))]
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    drops = [one.top - two.top for page in pages for one, two in pairwise(page) if 0 < one.top - two.top < 100]
    usual = median(drops) if drops else 0.0
    out: list[str] = []
    before: Line | None = None
    for page in pages:
        for index, line in enumerate(page):
            if before is None or _begins(
                before, line, first=index == 0, usual=usual, left=left, right=right, height=height
            ):
                out.append(line.text)
            else:
                out[-1] = _joined(out[-1], line.text)
            before = line
    return [HYPHEN.sub("-", text).replace("\ufffe", "-").replace("\x02", "-") for text in out]


def _begins(before: Line, line: Line, *, first: bool, usual: float, left: float, right: float, height: float) -> bool:
    """Whether a line begins a paragraph.

    1. another size of letters; 2. on another page or in another column, after a sentence's end; 3. a gap; 4. an indent
    after a sentence's end; 5. the line before had room for its first
    word, after a sentence's end or in a short line, a by-line's or a heading's.
    """
    ended = ENDS.search(before.text) is not None
    if max(before.height, line.height) > LARGER * max(min(before.height, line.height), height):
        return True
    if first or line.top > before.top:
        return ended
    if usual and before.top - line.top > GAP * usual:
        return True
    if line.left - left > INDENT and before.left - left <= INDENT:
        return ended
    letter = (before.right - before.left) / max(len(before.text), 1)
    if before.right + ROOM * letter * (len(line.text.split(" ", 1)[0]) + 1) >= right:
        return False
    label = before.right - left < SHORT * (right - left) and not line.text[:1].islower()
    return ended or (label and not HYPHEN.search(before.text))


def _joined(text: str, line: str) -> str:
    """Return a paragraph with its next line; a word parted at the line's end becomes one again."""
    if (match := HYPHEN.search(text)) and line[:1].islower():
        return text[: match.start()] + line
    return f"{HYPHEN.sub('-', text)} {line}" if not match else f"{text[: match.start()]}-{line}"


KIND = Kind(
    "PDF", (".pdf",), "application/pdf", lambda head: b"%PDF-" in head[:1024], opened=opened, order=15, most=MOST
)
