"""Choose the title among the lines above the body, and print it without its site's suffix."""

import re
from collections.abc import Sequence
from functools import cache

from articles.reading import affiliations, bylines, dates, lexicon, lines, people
from articles.reading.lines import Line

WORDS = 30  # more make a paragraph
LENGTH = 220  # characters
FIRST_LINE_WORDS = 18  # words up to which a first line with a full stop may be a title
LOOK_BACK = 25  # lines above the body
BELOW = 5  # lines below a title among which a by-line or a date confirms it
REPEATED = 15  # characters from which being printed twice says something
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
    if (
        "://" in row.text
        or "www." in row.text
        or row.text.count("»") > 1
        or row.text.endswith((":", ",", ";"))
        or row.text.count("|") > 1
    ):
        return False
    by = bylines.after_by(row.text)
    return not (
        dates.is_dateline(row.text) or bylines.is_posted(row.text) or (by is not None and bylines.read(row.text))
    )


def choose(rows: Sequence[Line], start: int, hints: Sequence[str]) -> int | None:
    """Return the index of the title among `rows`, the body beginning at `start`; None if none is printed.

    The body's own first line is a candidate too. Points for: agreeing with the page's own word, a heading's tag, being
    printed twice (a breadcrumb or a teaser repeats it), standing first, or above a by-line or a date; against: a full
    stop, distance from the body, fewer than three words, the shape of a name. Where nothing has points enough, a
    document's first line is its title.
    """
    best, points = None, NEEDED
    real = [index for index in range(min(start + 1, len(rows))) if not lines.chrome(rows[index])]
    first = next((index for index in real if candidate(rows[index])), 0)
    folded = [row.folded for row in rows]
    for distance, index in enumerate(reversed(real[-LOOK_BACK:])):
        row = rows[index]
        if not candidate(row) or (index == start and not _stands_alone(rows, index)):
            continue
        score = min(row.words, 10) - 0.8 * distance
        score += 12 if any(_agrees(row.folded, lexicon.fold(hint)) for hint in hints) else 0
        score += 5 if row.tag == "h" else 0
        score += 8 if len(row.folded) >= REPEATED and (_repeated(folded, index) or _glued(row, rows[:start])) else 0
        score += 6 if index == first else 0
        score += _above_byline(rows, index, start)
        score -= 6 if row.text.endswith((".", "。", "।")) and index != first else 0
        score -= 4 if row.words < 3 else 0
        score -= _below_byline(rows, index, start)
        score -= 7 if bylines.read(row.text) else 0
        score -= 15 if _site_name(rows, index) else 0
        if score > points or (score == points and best is None):
            best, points = index, score
    if best is None and first < start and candidate(rows[first]):
        return first
    return best


def _stands_alone(rows: Sequence[Line], index: int) -> bool:
    """Whether a line that begins the body may be its title: short, and before a much longer one."""
    row, after = rows[index], rows[index + 1 : index + 2]
    return bool(after) and row.words <= FIRST_LINE_WORDS and after[0].words >= 2 * row.words


def _agrees(folded: str, hint: str) -> bool:
    return len(folded) >= 8 and (
        folded == hint or hint.startswith(folded + " ") or (len(folded) > 20 and folded in hint)
    )


def _glued(row: Line, others: Sequence[Line]) -> bool:
    """Whether another line ends with this one, run together with a breadcrumb: "HomeAsiaTitle"."""
    return any(
        other is not row and len(other.folded) > len(row.folded) and other.folded.endswith(row.folded)
        for other in others
    )


def _repeated(folded: list[str], index: int) -> bool:
    """Whether a line is printed again among other neighbours: not a menu that the page prints twice."""
    again = [place for place, text in enumerate(folded) if text == folded[index] and place != index]
    around = folded[max(index - 1, 0) : index] + folded[index + 1 : index + 2]
    return any(
        not set(folded[max(place - 1, 0) : place] + folded[place + 1 : place + 2]) & set(around) for place in again
    )


def _above_byline(rows: Sequence[Line], index: int, start: int) -> float:
    """Return what standing above a by-line or a date is worth; a bare name may be a menu's, so it is worth half."""
    below = [row for row in rows[index + 1 : min(index + 1 + BELOW, max(start, index + 2))] if not lines.credit(row)]
    if any(
        dates.is_dateline(row.text)
        or bylines.is_posted(row.text)
        or (bylines.after_by(row.text) and bylines.read(row.text))
        for row in below
    ):
        return 6.0
    return 3.0 if any(bylines.read(row.text) for row in below) else 0.0


def _below_byline(rows: Sequence[Line], index: int, start: int) -> float:
    """Return what standing below a by-line costs: all for an affiliation, little in a column."""
    above = [
        place
        for place in range(max(index - 2, 0), index)
        if bylines.read(rows[place].text) and not lines.credit(rows[place])
    ]
    if index >= start or not above:
        return 0.0
    rival = any(candidate(row) and not bylines.read(row.text) for row in rows[max(above[0] - BELOW, 0) : above[0]])
    affiliation = affiliations.is_affiliation(rows[index].text) or rows[index].text[:1].islower()
    return 20.0 if affiliation and rival else 2.0


def _site_name(rows: Sequence[Line], index: int) -> bool:
    """Whether a line is the site's name: a copyright line repeats it."""
    name = rows[index].folded
    return any(("©" in row.text or "copyright" in row.folded) and name in row.folded for row in rows if row.short)


def clean(text: str, site: str | None = None) -> str:
    """Return a title without "| Site name".

    A suffix goes if it is the site's name, or stands behind a bar and is short; "– OpEd" stays.
    """
    text = _labels().sub("", re.sub(r"\s+", " ", text).strip())
    for _ in range(2):
        match = SUFFIX.search(text)
        if match is None or len(text[: match.start()].split()) < REST_WORDS:
            break
        suffix = match["site"].strip()
        is_site = site is not None and people.key(suffix) in (people.key(site), people.key(site) + "com")
        behind_bar = match["sign"] in "|::" and len(suffix.split()) <= SUFFIX_WORDS
        if not (is_site or behind_bar):
            break
        text = text[: match.start()]
    return text


@cache
def _labels() -> re.Pattern[str]:
    labels = lexicon.alternatives(lexicon.entries("metadata", "title_labels"))
    return re.compile(rf"^(?:{labels})\s?[:：]\s*(?=\S)", re.IGNORECASE)


def suffix(text: str, printed: str | None = None) -> str | None:
    """Return the site's name behind a bar in a title: "Title | Site"; None if there is none.

    Where the title is `printed` without it, any sign parts the two: "Title - Site".
    """
    match = SUFFIX.search(text)
    if match is None or len(text[: match.start()].split()) < REST_WORDS:
        return None
    alone = printed is not None and lexicon.fold(text[: match.start()]) == lexicon.fold(printed)
    if match["sign"] != "|" and not alone:
        return None
    name = match["site"].strip()
    return None if lexicon.fold(name) in lexicon.words("metadata", "sections") or people.is_name(name) else name


def author(text: str) -> str | None:
    """Return the name behind a bar in a title: "Title | Jane Roe"; None if there is none."""
    match = SUFFIX.search(text)
    name = match["site"].strip() if match is not None and match["sign"] == "|" else ""
    return people.untitled(name) if people.is_name(name) else None
