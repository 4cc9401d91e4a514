"""A program of its own: a PDF on standard input, its lines as JSON on standard output, within limits.

Started by `formats.pdf` in a process apart, so that whatever a PDF holds fills that process's memory and no other.
Answers {"error": sentence}, or {"title", "author", "cut": bool, "pages": [[[text, left, right, top, height], ...]]};
measures in points, from the page's bottom left.
"""

import json
import resource
import sys
from typing import Any

MEMORY = 400 * 2**20  # bytes of address space beyond what the program itself takes
SECONDS = 20  # of processor time
PAGES = 300
LINES = 6000
PARTED = "\ufffe\x02"


def answer(raw: bytes) -> dict[str, Any]:
    import pypdfium2 as pdfium  # noqa: PLC0415 - after the limits are set

    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        locked = "assword" in str(error)
        return {"error": "is locked with a password" if locked else f"a broken PDF: {error}"}
    told = document.get_metadata_dict()
    pages: list[list[list[Any]]] = []
    broken = 0
    for number in range(min(len(document), PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
            pages.append(_lines(text))
            text.close()
            page.close()
        except pdfium.PdfiumError:
            broken += 1
        if sum(map(len, pages)) > LINES:
            break
    if not any(pages):
        scanned = "no text layer: a scan; text recognition (OCR) makes one"
        return {"error": f"a broken PDF: {broken} pages can't be read" if broken else scanned}
    cut = len(pages) < len(document)
    return {"title": told.get("Title", ""), "author": told.get("Author", ""), "pages": pages, "cut": cut}


def _lines(text: Any) -> list[list[Any]]:
    """Return a page's lines, each with its left and right end, top and height."""
    found = []
    count = text.count_chars()
    line: list[str] = []
    box: list[float] = []

    def flush() -> None:
        if box and "".join(line).strip():
            left, bottom, right, top = box
            found.append(
                ["".join(line).strip(), round(left, 1), round(right, 1), round(top, 1), round(top - bottom, 1)]
            )
        line.clear()
        box.clear()

    whole = text.get_text_range() if count else ""
    if len(whole) != count:  # signs outside the plane that one index counts: lines without measures
        return [[row.strip(), 0.0, 0.0, 0.0, 0.0] for row in whole.splitlines() if row.strip()]
    for index, char in enumerate(whole):
        if char in "\r\n":
            flush()
        elif char in PARTED:  # stands for a hyphen and the line's end behind it
            line.append(char)
            flush()
        elif char.isspace():
            line.append(char)
        else:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if box and top < (box[1] + box[3]) / 2 and left < box[2]:  # on the next line, whatever stood between
                flush()
            line.append(char)
            box[:] = _around(box, (left, bottom, right, top))
    flush()
    return found


def _around(box: list[float], char: tuple[float, float, float, float]) -> list[float]:
    """Return the box of a line with one more letter."""
    left, bottom, right, top = char
    return [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)] if box else [*char]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    raw = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + len(raw), MEMORY + len(raw)))
    try:
        out = answer(raw)
    except MemoryError:
        out = {"error": f"needs more than {MEMORY // 2**20} MB of memory"}
    sys.stdout.write(json.dumps(out))


if __name__ == "__main__":
    main()
