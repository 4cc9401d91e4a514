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
FAR = 100.0  # points between lines that are none of one paragraph
LINES = 4  # of a column that has margins of its own
GAP = 1.35  # distances of lines, from which a new paragraph begins
INDENT = 6.0  # points by which a paragraph's first line stands in
ROOM = 1.5  # widths of the next word: a line that leaves so much ends its paragraph
SHORT = 0.7  # of the usual width
LARGER = 1.15  # of the usual height: a heading
NUMBER = re.compile(
    r"\W*(?:(?:page|seite|halaman|hal\.?|pagina|página)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von|dari|de|sur|van|di)\s*\d{1,4})?\W*",
    re.I,
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
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
    """Return the paragraphs, by the distances, ends and heights of their lines; one may go on in the next column."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    height = median(line.height for line in lines)
    drops = [one.top - two.top for page in pages for one, two in pairwise(page) if 0 < one.top - two.top < FAR]
    usual = median(drops) if drops else FAR
    words = _words(lines)
    out: list[str] = []
    before: Line | None = None
    margins = (0.0, 0.0)
    for column in (column for page in pages for column in _columns(page)):
        own = _margins(column) if len(column) >= LINES else _margins(lines)
        for index, line in enumerate(column):
            if before is None or _begins(before, line, first=index == 0, usual=usual, margins=margins, height=height):
                out.append(line.text)
            else:
                out[-1] = _joined(out[-1], line.text, words)
            before, margins = line, own
    return [HYPHEN.sub("-", text).replace("\ufffe", "-").replace("\x02", "-") for text in out]


def _columns(page: list[Line]) -> list[list[Line]]:
    """Return a page's columns: a line that stands above the one before begins another."""
    starts = [0, *(at for at, (one, two) in enumerate(pairwise(page), start=1) if two.top > one.top)]
    return [page[start:end] for start, end in zip(starts, [*starts[1:], len(page)], strict=True)]


def _margins(lines: list[Line]) -> tuple[float, float]:
    """Return where most lines begin, and the end that one in ten passes."""
    left = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    return left, sorted(line.right for line in lines)[int(0.9 * (len(lines) - 1))]


def _begins(
    before: Line, line: Line, *, first: bool, usual: float, margins: tuple[float, float], height: float
) -> bool:
    """Whether a line begins a paragraph; `margins` are those of the line before it.

    1. another size of letters; 2. in the same column, a gap; 3. an indent after a sentence's end; 4. the line before
    had room for its first word, after a sentence's end or in a short line, a by-line's or a heading's.
    """
    left, right = margins
    ended = ENDS.search(before.text) is not None
    if max(before.height, line.height) > LARGER * max(min(before.height, line.height), height):
        return True
    if not first and before.top - line.top > GAP * usual:
        return True
    if not first and line.left - left > INDENT >= before.left - left:
        return ended
    letter = (before.right - before.left) / max(len(before.text), 1)
    if before.right + ROOM * letter * (len(line.text.split(" ", 1)[0]) + 1) >= right:
        return False
    label = before.right - left < SHORT * (right - left) and not line.text[:1].islower()
    return ended or (label and not HYPHEN.search(before.text))


def _words(lines: list[Line]) -> set[str]:
    """Return the words of a document, in small letters, without those that a line's end may have parted."""
    found: set[str] = set()
    parted = False
    for line in lines:
        words = WORD.findall(line.text.casefold())
        after, parted = parted, HYPHEN.search(line.text) is not None
        found.update(words[1 if after else 0 : -1 if parted else None])
    return found


def _joined(text: str, line: str, words: set[str]) -> str:
    """Return a paragraph with its next line; a word parted at the line's end becomes one again.

    A hyphen stays behind an acronym and before a capital. Else the document's other words say whether it was there
    before: 1. the word without it; 2. the word with it, or its first half twice ("masing-masing"), or both halves as
    words of their own; 3. nobody: there was none.
    """
    if (match := HYPHEN.search(text)) is None:
        return f"{text} {line}"
    text = text[: match.start()]
    first, second = WORD.findall(text.casefold())[-1:], WORD.findall(line.casefold())[:1]
    short = text.rsplit(" ", 1)[-1]
    if not first or not second or not line[:1].islower() or (short.isupper() and len(short) > 1):
        return f"{text}-{line}"
    one, other = first[0], second[0]
    compound = f"{one}-{other}" in words or one.endswith(other) or {one.split("-")[-1], other.split("-")[0]} <= words
    return f"{text}-{line}" if compound and f"{one}{other}" not in words else text + line


KIND = Kind(
    "PDF", (".pdf",), "application/pdf", lambda head: b"%PDF-" in head[:1024], opened=opened, order=15, most=MOST
)
