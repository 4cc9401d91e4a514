"""Read an HTML page: its visible lines, what the page says of itself, and a second opinion.

The second opinion is trafilatura's: which paragraphs are the article's. Its lines come marked as trusted and are not
taken as they are, for it sometimes loses the first paragraph and keeps teasers.
"""

import logging
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import lxml.html
import trafilatura
from lxml import etree
from trafilatura.metadata import extract_metadata

from articles.reading import declared, lexicon, lines, visible
from articles.reading.declared import Declared
from articles.reading.lines import Line
from articles.reading.types import Evidence

PAGE = 4_000_000  # characters of a page that are read; op-ed pages are 40 to 400 KB
OPINION_ELEMENTS = 10_000  # elements up to which the second opinion is asked: it takes long over more
ENOUGH = 400  # characters of prose below which a page that carries its text as data is read from there
GOOD_PART = 0.12  # of the article's words: what follows a box; the end of an article is followed by teasers alone
BOX, WIDGET = 8, 2  # lines inside an article that a labelled box may have, and one without a label
LABEL_WORDS = 6  # of a line that says that comments follow
BEGUN = 60  # words of the article above it
LETTERS = 60  # letters by which a line is known again that carries footnote marks
XML = re.compile(r"^\s*<\?xml[^>]{0,300}>")  # lxml refuses text that declares an encoding
SPACES = re.compile(r"\s+")
NO_LETTERS = re.compile(r"[\W\d_]+")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of every page without an article


NOTHING = Declared()


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines and its own word on title, authors, site, date, address and language."""

    lines: list[Line]
    told: Declared = NOTHING
    cut: bool = False  # the page goes on where the lines end
    tree: Any = field(default=None, repr=False)  # as parsed, for guesses; None where there are none to be had
    guessed: list[Declared] = field(default_factory=list, repr=False)


def read(text: str) -> Page:
    """Return what an HTML page shows and says of itself. Raises nothing: a broken page has few lines.

    1. its own word; 2. its visible lines; 3. the second opinion on them; 4. its text as data, where it shows none.
    """
    try:
        tree = lxml.html.document_fromstring(
            XML.sub("", text[:PAGE]),
            parser=lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True, recover=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Page([])
    # 1. Its own word.
    small = int(tree.xpath("count(//*)")) <= OPINION_ELEMENTS
    told = declared.read(tree, marked=small)
    # 2. Its visible lines.
    body = tree.find("body")
    rows, cut = visible.read(tree if body is None else body)
    # 3. The second opinion.
    _trust(rows, _opinion(tree) if small else "", told.body)
    rows = _without_boxes(rows)
    # 4. Its text as data.
    if told.body and sum(len(row.text) for row in rows if row.prose) < ENOUGH:
        rows += [Line(SPACES.sub(" ", part).strip(), gap=True) for part in told.body.split("\n") if part.strip()]
    return Page(rows, told, cut or len(text) > PAGE, tree if small else None)


def _trust(rows: list[Line], opinion: str, data: str) -> None:
    """Mark the lines that trafilatura, or the page's own data, takes for the article's."""
    texts = {SPACES.sub(" ", row).strip() for row in opinion.split("\n")}
    letters: set[str] = set()
    data = SPACES.sub(" ", data)
    for row in rows:
        row.trusted = row.text in texts or (row.prose and row.text in data)
        if not row.trusted and "[" in row.text:
            letters = letters or {NO_LETTERS.sub("", one)[:LETTERS] for one in texts} - {""}
            row.trusted = NO_LETTERS.sub("", row.text)[:LETTERS] in letters


def _without_boxes(rows: list[Line]) -> list[Line]:
    """Return lines without what stands inside the article and is none of it: teasers, captions, a widget's words.

    Whole sentences that the other witnesses take for the article's are no box, whatever their class says; and a line
    that elsewhere would end the article ends nothing where a good part of it follows.
    """
    talk = _discussion(rows)
    for row in rows[:talk]:
        if row.trusted and row.tag == "aside" and row.prose and row.ends:
            row.tag = ""
    trusted = [index for index, row in enumerate(rows[:talk]) if row.trusted and row.prose]
    rest = total = sum(rows[index].words for index in trusted)
    dropped: set[int] = set()
    for before, after in pairwise(trusted):
        rest -= rows[before].words
        gap = range(before + 1, after)
        loose = [index for index in gap if rows[index].tag != "aside"]
        labelled = any(lines.ending(rows[index]) or lines.teaser(rows[index]) for index in loose)
        small = len(loose) <= (BOX if labelled else WIDGET) and rest >= GOOD_PART * total
        dropped |= set(gap) - set(loose)
        dropped |= {index for index in loose if small and _boxed(rows[index])}
    return [row for index, row in enumerate(rows) if index not in dropped]


def _discussion(rows: list[Line]) -> int:
    """Return the index of the line where readers' comments begin; "3 comments" above the article says nothing."""
    words = 0
    for index, row in enumerate(rows):
        if words >= BEGUN and _discussed(row):
            return index
        words += row.words if row.trusted and row.prose else 0
    return len(rows)


def _discussed(row: Line) -> bool:
    if row.heads and row.trusted:  # a section of the article's own: "Discussion"
        return False
    if row.sentence or row.prose or len(row.text.split()) > LABEL_WORDS:
        return False
    return lexicon.matcher("html", "discussions").search(row.folded) is not None


def _boxed(row: Line) -> bool:
    """Whether a short line is a label, a teaser or a widget's."""
    if lines.ending(row) or lines.teaser(row):
        return True
    return not row.trusted and not row.tag and not row.sentence and not row.prose


def _opinion(tree: Any) -> str:
    """Return the article's text by trafilatura's rules alone; its slower fallbacks changed nothing on op-eds."""
    try:
        found = trafilatura.bare_extraction(tree, fast=True, include_comments=False, include_tables=False)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, etree.LxmlError):
        return ""
    return str(getattr(found, "text", None) or "")


def guesses(page: Page) -> Declared:
    """Return trafilatura's word on title and authors; asked once, where nobody else has one.

    Its dates are left out: it takes a teaser's where the article has none.
    """
    if not page.guessed:
        page.guessed.append(_guesses(page.tree) if page.tree is not None else NOTHING)
    return page.guessed[0]


def _guesses(tree: Any) -> Declared:
    try:
        found = extract_metadata(tree, None, None, True)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError, etree.LxmlError):
        return NOTHING
    return Declared(
        titles=(Evidence(found.title, "html.trafilatura.title", found.title),) if found.title else (),
        authors=(Evidence(found.author, "html.trafilatura.author", found.author),) if found.author else (),
    )
