"""Choose the title among the lines above the body, and print it without its site's suffix."""

import re
from collections.abc import Sequence

from articles.reading import bylines, dates, lexicon, lines
from articles.reading.lines import Line

WORDS = 30  # more make a paragraph
LENGTH = 220  # characters
FIRST_LINE_WORDS = 18  # words up to which a first line with a full stop may be a title
LOOK_BACK = 25  # lines above the body
NEEDED = 5.0  # points; a section's name two lines above the body has about 2
SUFFIX = re.compile(r"\s+(?P<sign>[|–—•·»-]|::)\s+(?P<site>[^|–—•·»]{2,60})$")
SUFFIX_WORDS = 6
REST_WORDS = 2  # words that must remain of a title


def candidate(row: Line) -> bool:
    """Whether a line could be a title by what it says."""
    if row.tag == "aside" or row.words > WORDS or len(row.text) > LENGTH or not any(map(str.isalpha, row.text)):
        return False
    if lines.chrome(row) or lines.credit(row) or lines.ending(row) or lines.teaser(row) or lines.series(row):
        return False
    if row.text.count("»") > 1 or row.text.endswith((":", ",", ";")) or row.text.count("|") > 1:
        return False
    return not (dates.is_dateline(row.text) or bylines.is_posted(row.text) or bylines.read(row.text) or bylines.after_by(row.text) is not None and bylines.is_name(bylines.after_by(row.text) or ""))


def choose(rows: Sequence[Line], start: int, hints: Sequence[str]) -> int | None:
    """Return the index of the title among `rows`, the body beginning at `start`; None if none is printed.

    The body's own first line is a candidate too. Points for: agreeing with the page's own word, a heading's tag, being
    printed twice (a breadcrumb or a teaser repeats it), standing first, or above a by-line or a date; against: a full
    stop, distance from the body, fewer than three words.
    """
    best, points = None, NEEDED
    real = [index for index in range(min(start + 1, len(rows))) if not lines.chrome(rows[index])]
    first = real[0] if real else 0
    folded = [row.folded for row in rows]
    for distance, index in enumerate(reversed(real[-LOOK_BACK:])):
        row = rows[index]
        if not candidate(row) or (index == start and not _stands_alone(rows, index)):
            continue
        score = min(row.words, 10) - 0.8 * distance
        score += 12 if any(_agrees(row.folded, lexicon.fold(hint)) for hint in hints) else 0
        score += 5 if row.tag == "h" else 0
        score += 8 if row.words >= 4 and (folded.count(row.folded) > 1 or _glued(row, rows[:start])) else 0
        score += 6 if index == first else 0
        score += 6 if _above_byline(rows, index, start) else 0
        score -= 6 if row.text.endswith((".", "。", "।")) and index != first else 0
        score -= 4 if row.words < 3 else 0
        score -= 10 if _below_byline(rows, index, start) else 0
        if score > points or (score == points and best is None):
            best, points = index, score
    return best


def _stands_alone(rows: Sequence[Line], index: int) -> bool:
    """Whether a line that begins the body may be its title: short, and before a much longer one."""
    row, after = rows[index], rows[index + 1 : index + 2]
    return bool(after) and row.words <= FIRST_LINE_WORDS and after[0].words >= 2 * row.words


def _agrees(folded: str, hint: str) -> bool:
    return len(folded) >= 8 and (folded == hint or hint.startswith(folded + " ") or (len(folded) > 20 and folded in hint))


def _glued(row: Line, others: Sequence[Line]) -> bool:
    """Whether another line ends with this one, run together with a breadcrumb: "HomeAsiaTitle"."""
    return any(other is not row and other.folded.endswith(row.folded) and other.words > row.words for other in others)


def _header_item(row: Line) -> bool:
    return dates.is_dateline(row.text) or bool(bylines.read(row.text)) or bylines.is_posted(row.text)


def _above_byline(rows: Sequence[Line], index: int, start: int) -> bool:
    return any(_header_item(row) for row in rows[index + 1 : min(index + 4, max(start, index + 2))])


def _below_byline(rows: Sequence[Line], index: int, start: int) -> bool:
    above = rows[max(index - 2, 0) : index]
    return index < start and any(bylines.after_by(row.text) and bylines.read(row.text) for row in above)


def clean(text: str, site: str | None = None) -> str:
    """Return a title without "| Site name".

    A suffix goes if it is the site's name, or stands behind a bar and is short; "– OpEd" is printed with the title and stays.
    """
    text = re.sub(r"\s+", " ", text).strip()
    for _ in range(2):
        match = SUFFIX.search(text)
        if match is None or len(text[: match.start()].split()) < REST_WORDS:
            break
        suffix = match["site"].strip()
        is_site = site is not None and bylines.key(suffix) in (bylines.key(site), bylines.key(site) + "com")
        behind_bar = match["sign"] in "|::" and len(suffix.split()) <= SUFFIX_WORDS
        if not (is_site or behind_bar):
            break
        text = text[: match.start()]
    return text


def suffix(text: str) -> str | None:
    """Return the site's name behind a bar in a title: "Title | Site"; None if there is none."""
    match = SUFFIX.search(text)
    if match is None or match["sign"] != "|" or len(text[: match.start()].split()) < REST_WORDS:
        return None
    name = match["site"].strip()
    return None if lexicon.fold(name) in lexicon.words("metadata", "sections") or bylines.is_name(name) else name
