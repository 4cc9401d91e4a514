"""The visible lines of a parsed page, in document order.

A line knows from markup what it is to the page: a heading, an item of a list, or beside the article. Footnote marks
come as "[1]", the notes they point to with the same label in front and the address they link to at their end.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from articles.reading import lexicon, lines
from articles.reading.lines import Line

DEPTH = 250  # elements within elements; deeper ones are dropped
ELEMENTS = 60_000  # elements read; op-ed pages have one to ten thousand
LINES = 5_000  # lines read; a book has as many
WRAPPER_SHARE = 0.5  # of the page's text, from which a form or a hidden box is the page itself
ASIDE_SHARE = 0.3  # a box whose class says "related" but holds more of the page is the article's own container
TWICE = 60  # characters from which the same line a second time is a copy: for print, for lazy loading, for telephones
LINKED_WORDS = 5  # words from which a paragraph that is one link and no sentence is a teaser
LINKED_SHARE = 0.95
MENU = 4  # items of a list of links that is a menu
PRE = 200  # characters of a preformatted text that holds paragraphs
UNMARKED = 400  # characters of a line from which blank lines in its source may part paragraphs

KNOWN = lexicon.load("html")
TAGS = {name: frozenset(tags) for name, tags in KNOWN["tags"].items()}
BREAKS = TAGS["blocks"] | {"br"}
ASIDE_WORDS = frozenset(KNOWN["classes"]["aside"])
CAPTION_WORDS = frozenset(KNOWN["classes"]["captions"])
LISTS = ("ul", "ol")
INLINE = ("span", "a", "strong", "b")
PARAGRAPH = frozenset(("p", "td", "tr", "tbody", "time", "br", "hr"))
BYLINE_WORDS = frozenset(KNOWN["classes"]["bylines"])
COMMENTS = frozenset(KNOWN["classes"]["comments"])
NOTE_WORDS = frozenset(KNOWN["classes"]["notes"])
SPACES = re.compile(r"\s+")
BLANK = re.compile(r"\n[ \t\r]*\n\s*")
WORD = re.compile(r"[\s_-]+")
MARK = re.compile(r"^[\[(]?(\d{1,3})[\])]?$")
LABELLED = re.compile(r"^\s*[\[(^]?\d{1,3}[\]).\s]")
BACK = re.compile(r"\s*[\u21a9\u2191\u2b06\u23ce\u2934\u21b5\u2303]\ufe0e?\s*")
RAISABLE = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)\]\"'”’»])$")


@dataclass(slots=True)
class _Walk:
    """What is being gathered while a page is walked."""

    total: int  # characters of the page's text
    count: int = 0  # of elements so far
    parts: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    number: int | None = None  # of the source line that the line in the making began on
    linked: int = 0  # characters of that line within links
    depth_of_link: int = 0
    href: str = ""
    label: str = ""  # of the note that begins
    targets: dict[str, str] = field(default_factory=dict)  # fragment that a footnote mark points to: its number
    seen: set[str] = field(default_factory=set)
    beside: list[Any] = field(default_factory=list)  # elements that are not the article's
    chars: int = 0  # seen so far, and those within links
    chars_of_links: int = 0
    lists: list[tuple[int, int]] = field(default_factory=list)  # the same where each open list began

    def add(self, text: str | None, element: Any) -> None:
        if not text:
            return
        if not text.isspace():
            self.number = self.number or element.sourceline
            self.chars += len(text)
            self.chars_of_links += len(text) if self.depth_of_link else 0
        if self.depth_of_link:
            self.linked += len(text)
        self.parts.append(text)

    def flush(self) -> Iterator[tuple[Line, str]]:
        """Yield the line that ends here, with the address it links to."""
        raw = "".join(self.parts)
        self.parts.clear()
        number, linked, href = self.number, self.linked, self.href
        self.number, self.linked, self.href = None, 0, ""
        if not raw or raw.isspace():
            return
        aside = "aside" in self.tags
        tag = "aside" if aside else next((tag for tag in reversed(self.tags) if tag), "")
        for piece in _pieces(raw):
            text = SPACES.sub(" ", piece).strip()
            if not text or self._again(text, aside):
                continue
            if self.label:
                text = text if LABELLED.match(text) else f"[{self.label}] {text}"
                self.label = ""
            teaser = not tag and linked >= LINKED_SHARE * len(text) and _loose(text)
            yield Line(text, gap=True, tag="aside" if teaser else tag, number=number), href

    def _again(self, text: str, aside: bool) -> bool:
        """Whether a long line was printed before."""
        if len(text) < TWICE:
            return False
        if text in self.seen:
            return True
        if not aside:
            self.seen.add(text)
        return False


def read(body: Any) -> tuple[list[Line], bool]:
    """Return a page's visible lines and whether the page goes on where they end, at LINES or ELEMENTS.

    `body` loses what is never read, scripts, styles, widgets, and what stands beside the article. Takes no recursion.
    """
    etree.strip_elements(body, *TAGS["skipped"], with_tail=False)
    walk = _Walk(total=max(len(body.text_content()), 1))
    found = list(islice(_rows(body, walk), LINES + 1))
    cut = len(found) > LINES or walk.count > ELEMENTS
    for element in walk.beside:
        if element is not body and element.getparent() is not None:
            with suppress(ValueError):  # lxml moves no text that holds a control character
                element.drop_tree()
    return _with_addresses(found[:LINES]), cut


def _rows(body: Any, walk: _Walk) -> Iterator[tuple[Line, str]]:
    skip: Any = None
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if skip is not None:
            if element is skip and event == "end":
                skip = None
                walk.add(element.tail, element)
            continue
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            if walk.parts and name in BREAKS:
                yield from walk.flush()
            _close(walk, element, name)
            continue
        walk.count += 1
        if not name or walk.count > ELEMENTS or len(walk.tags) > DEPTH or _dropped(element, name, walk):
            skip = element
            continue
        if walk.parts and (name in BREAKS or (name in INLINE and _runs_on(element))):
            yield from walk.flush()
        if name == "pre" and len(text := element.text_content()) >= PRE:
            yield from ((line, "") for line in lines.split("\n".join(text.split("\n", LINES)[:LINES])))
            skip = element
        elif (mark := _mark(element, name, walk)) is not None:
            walk.add(mark, element)
            skip = element
        else:
            _open(walk, element, name)


def _runs_on(element: Any) -> bool:
    """Whether nothing but a style sheet parts an inline element of several words from the one before."""
    before = element.getprevious()
    if before is None or before.tag not in INLINE or before.tail:
        return False
    return " " in (before.text or "").strip() and (element.text or "")[:1].isupper()


def _open(walk: _Walk, element: Any, name: str) -> None:
    walk.tags.append(_tag(element, name, walk))
    if name in BREAKS and walk.targets and (label := walk.targets.get(element.get("id") or "")):
        walk.label = label
    if name == "a":
        walk.depth_of_link += 1
        href = element.get("href") or ""
        if href.startswith(("http://", "https://")) and not walk.href:
            walk.href = href.strip()
    if name in LISTS:
        walk.lists.append((walk.chars, walk.chars_of_links))
    walk.add(element.text, element)


def _close(walk: _Walk, element: Any, name: str) -> None:
    walk.tags.pop()
    if name in LISTS:
        chars, linked = walk.lists.pop()
        if len(element) >= MENU and walk.chars_of_links - linked >= LINKED_SHARE * (walk.chars - chars):
            walk.beside.append(element)
    if name == "a":
        walk.depth_of_link -= 1
    if walk.tags:
        walk.add(element.tail, element)


def _dropped(element: Any, name: str, walk: _Walk) -> bool:
    """Whether an element is a wrapper or hidden, and not the page itself."""
    if name not in TAGS["wrappers"] and not _hidden(element):
        return False
    dropped = len(element.text_content()) < WRAPPER_SHARE * walk.total
    if dropped:
        walk.beside.append(element)
    return dropped


def _hidden(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _mark(element: Any, name: str, walk: _Walk) -> str | None:
    """Return what a footnote mark is printed as: "[1]"; an empty text for the arrow back; None for anything else.

    A raised number is a mark where it links within the page, or follows a word or a full stop: not in "m²".
    """
    if name == "a":
        href = element.get("href") or ""
        if "#" not in href and "footnote" not in (element.get("class") or ""):
            return None
        text = element.text_content().strip()
        if BACK.fullmatch(text):
            return ""
        if (match := MARK.match(text)) is None:
            return None
        walk.targets[href.partition("#")[2]] = match[1]
        return f"[{match[1]}]"
    if name == "sup" and len(element) == 0 and (match := MARK.match((element.text or "").strip())):
        before = "".join(walk.parts[-2:]).rstrip()[-4:]
        return f"[{match[1]}]" if RAISABLE.search(before) else None
    return None


def _tag(element: Any, name: str, walk: _Walk) -> str:
    """Return what an element is to the lines in it: "h", "li", "aside" or nothing."""
    if name in TAGS["headings"]:
        return "h"
    if name == "li":
        return "li"
    if name not in BREAKS or name in ("body", "html", "article", "main"):
        return ""
    if "aside" in walk.tags:
        return ""
    readers = _by_readers(element, name)
    beside = readers or _beside(element, name, walk)
    if readers or (beside and (name in ("aside", "footer") or element.find(".//p") is None)):
        walk.beside.append(element)
    return "aside" if beside else ""


def _by_readers(element: Any, name: str) -> bool:
    """Whether an element holds what readers wrote, however much it is."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold().split()
    if COMMENTS.isdisjoint(names):
        return False
    return name not in PARAGRAPH and element.find(".//h1") is None and element.find(".//article") is None


def _beside(element: Any, name: str, walk: _Walk) -> bool:
    """Whether an element stands beside the article by its name or by a word of its class, and is not most of it."""
    if name not in TAGS["aside"]:
        words = WORD.split(f"{element.get('class') or ''} {element.get('id') or ''}".casefold())
        known = CAPTION_WORDS if name in PARAGRAPH else ASIDE_WORDS
        if known.isdisjoint(words) or not NOTE_WORDS.isdisjoint(words):
            return False
        if not BYLINE_WORDS.isdisjoint(words):
            return False
    return len(element.text_content()) < ASIDE_SHARE * walk.total


def _pieces(raw: str) -> list[str]:
    """Return the paragraphs of a long text that nothing but blank lines in its source parts."""
    if len(raw) < UNMARKED or "\n" not in raw:
        return [raw]
    pieces = BLANK.split(raw.strip())
    whole = all(lines.SENTENCE_END.search(piece[-40:].rstrip()) for piece in pieces)
    return pieces if len(pieces) > 1 and whole else [raw]


def _loose(text: str) -> bool:
    """Whether a text is several words that end no sentence."""
    return len(text.split()) >= LINKED_WORDS and not lines.SENTENCE_END.search(text[-40:])


def _with_addresses(found: list[tuple[Line, str]]) -> list[Line]:
    """Return the lines, the notes among them with the address that they link to."""
    listed = False
    out: list[Line] = []
    for line, href in found:
        if line.tag == "h" or line.words < LINKED_WORDS:
            listed = line.folded in lexicon.words("metadata", "references") or (listed and line.tag != "h")
        note = line.text.startswith("[") and LABELLED.match(line.text)
        if href and (note or listed) and "://" not in line.text:
            out.append(Line(f"{line.text} {href}", gap=line.gap, tag=line.tag, number=line.number))
        else:
            out.append(line)
    return out
