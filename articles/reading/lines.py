"""Lines of a document and what their shape tells: how much prose, whether a sentence ends, whether chrome."""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from statistics import median

from articles.reading import lexicon
from articles.reading.markup import HEADING

WRAP_WIDTH = 120  # characters; longer lines are paragraphs, not lines of a wrapped one
WRAP_SHARE = 0.4  # share of lines with a next one that must run on into it for a text to count as wrapped
WRAP_RUNS = 4  # and how many at least
WRAP_SHORT = 0.7  # of the usual width: a wrapped line shorter than this ends its paragraph
LETTER_SHARE = 0.4  # of a paragraph's characters; prose has 0.75 to 0.85, Brahmic scripts with vowel signs 0.55
LETTERS = 400  # characters looked at for it
LATIN_WORD = 6  # characters a word, space included; the mean of English, German and Indonesian op-eds is 5.9 to 6.9
PROSE = 12  # words from which a line with a sentence's end is a paragraph for sure
CALL_WORDS = 90  # words up to which a paragraph can be a call to the reader
MENU_SHARE = 0.5  # share of a line's items that must be known chrome
MENU_ALL = 0.75  # and of a line's words, where nothing parts the items
MENU_WORDS = 4  # words that a menu item has at most
ENDING_WORDS = 10  # words up to which "More from ..." is a heading and no sentence
ORIGINAL = 260  # characters of a line about the first publication
SALUTATION = 90  # characters of a letter's opening
DECK_WORDS = 60  # of a standfirst
HEADLINE = 200  # characters up to which a line can be chrome or a heading

DENSE = re.compile("[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # scripts written without spaces
SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]\s*_]{0,6}(?:\[?\d{1,3}\]?[\"'”’»)\]\s]{0,4})?$")
COLON_END = re.compile(r"[:：]\s?$")
BULLET = re.compile(r"^\s*(?:[-–—*•·▪◦]|\d{1,2}[.)]|[a-z][.)])\s+")
MENU = re.compile(r"\s[.|·•/>»›]\s|[|»›]|\s{3,}")
SPACES = re.compile(r"[ \t\xa0\u3000]{2,}|[\t\xa0\u3000]")  # a single space is left alone: most are
BLANKS = "\u200b\ufeff"


@dataclass
class Line:
    """A line of a document. `gap`: a blank line stands before it; `tag`: "h" or "li" where markup said so.

    What its shape tells is worked out when it is first asked for.
    """

    text: str
    gap: bool = False
    tag: str = ""
    trusted: bool = False  # an independent extraction took it for the article's
    number: int | None = None  # of the document's lines, from 1

    @cached_property
    def words(self) -> int:
        """How many words it has, estimated."""
        dense = 0 if self.text.isascii() else len(DENSE.findall(self.text))
        return dense // 2 + max(
            (len(self.text) - dense) // LATIN_WORD, min(len(self.text.split(None, 8)), 8) if not dense else 0
        )

    @cached_property
    def worded(self) -> bool:
        """Whether it has letters enough for a language."""
        head = self.text[:LETTERS]
        return sum(map(str.isalpha, head)) >= LETTER_SHARE * len(head)

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return SENTENCE_END.search(self.text[-40:]) is not None

    @cached_property
    def folded(self) -> str:
        """Its beginning as lexicons know it."""
        return lexicon.fold(self.text[: HEADLINE + 100])

    @property
    def short(self) -> bool:
        return len(self.text) <= HEADLINE

    @property
    def heads(self) -> bool:
        """Whether markup says heading and the words do not object: some sites set standfirsts as headings."""
        return self.tag == "h" and not (self.words >= 6 and self.text.endswith((".", "。", "।", ".”", '."')))

    @property
    def prose(self) -> bool:
        """Whether the line is a paragraph by its shape."""
        if self.heads or not self.worded:
            return False
        return (self.ends and self.words >= PROSE) or self.words >= 2 * PROSE

    @property
    def sentence(self) -> bool:
        """Whether the line, short or long, ends as a sentence does; or introduces what follows."""
        return (
            self.worded
            and not self.heads
            and (self.ends or (self.words >= 5 and COLON_END.search(self.text) is not None))
        )


def split(text: str) -> list[Line]:
    """Return the lines of a text that hold something, hard-wrapped paragraphs joined."""
    found: list[Line] = []
    gap = False
    rows = _unwrapped(text.split("\n"))
    for number, row in rows:
        tag = "h" if row.startswith(HEADING) else ""
        clean = SPACES.sub(" ", row.strip(BLANKS + HEADING + " \t")).strip()
        if not clean:
            gap = True
            continue
        found.append(Line(clean, gap=gap, tag=tag, number=number))
        gap = False
    return found


def _unwrapped(rows: list[str]) -> list[tuple[int, str]]:
    """Return lines with their numbers from 1, those joined that a mail program or a typewriter's habit broke."""
    numbered = list(enumerate(rows, start=1))
    filled = [row for row in rows if row.strip()]
    pairs = [(row, after) for row, after in pairwise(rows) if row.strip() and after.strip()]
    runs = sum(1 for row, after in pairs if _runs_on(row, after))
    if runs < WRAP_RUNS or runs < WRAP_SHARE * len(pairs):
        return numbered
    usual = median(len(row) for row in filled)
    if usual > WRAP_WIDTH:
        return numbered
    known = lexicon.words("chrome", "lines")
    out: list[tuple[int, str]] = []
    joining = False
    for number, row in numbered:
        own = BULLET.match(row) or row.startswith(HEADING) or lexicon.fold(row) in known
        if joining and row.strip() and not own:
            out[-1] = (out[-1][0], f"{out[-1][1].rstrip()} {row.strip()}")
        else:
            out.append((number, row))
        joining = len(row.strip()) >= WRAP_SHORT * usual and not row.startswith(HEADING)
    return out


def _runs_on(row: str, after: str) -> bool:
    row, after = row.strip(), after.strip()
    return (
        40 <= len(row) <= WRAP_WIDTH and bool(after) and not SENTENCE_END.search(row[-20:]) and not BULLET.match(after)
    )


def chrome(line: Line) -> bool:
    """Whether a line is page chrome by what it says."""
    return line.short and _chrome(line.text, line.folded)


@lru_cache(maxsize=4096)
def _chrome(text: str, folded: str) -> bool:
    if folded in lexicon.words("chrome", "lines") or _menu(text):
        return True
    return lexicon.matcher("chrome", "patterns").match(text.strip(" \t|•·»›-–—*")) is not None


def _menu(text: str) -> bool:
    """Whether a line is menu items run together: "More information . Close", "Home | Opinion | Jane's column"."""
    parts = [part for part in MENU.split(text) if part.strip()]
    if len(parts) == 1 and len(text) <= HEADLINE:
        parts = text.split() if text.count(" ") >= MENU_WORDS - 1 and text[-1:] not in ".?!" else parts
        known = sum(lexicon.fold(part) in lexicon.words("chrome", "lines") for part in parts)
        return len(parts) >= MENU_WORDS and known >= MENU_ALL * len(parts)
    known = sum(lexicon.fold(part) in lexicon.words("chrome", "lines") for part in parts)
    return (
        len(parts) > 1 and known >= MENU_SHARE * len(parts) and all(len(part.split()) <= MENU_WORDS for part in parts)
    )


def credit(line: Line) -> bool:
    """Whether a line is a picture's credit."""
    return line.short and _credit(line.text)


@lru_cache(maxsize=4096)
def _credit(text: str) -> bool:
    return lexicon.matcher("chrome", "credits").match(text.strip("()[] ")) is not None


def ending(line: Line) -> bool:
    """Whether a line says that the article is over: comments, teasers, the page's foot."""
    return line.short and not line.prose and _ending(line.text, line.folded)


@lru_cache(maxsize=4096)
def _ending(text: str, folded: str) -> bool:
    if folded in lexicon.words("chrome", "ends") or _ending_start(text):
        return True
    return lexicon.matcher("chrome", "ends_patterns").match(text.strip(" \t|•·»›-–—*")) is not None


def _ending_start(text: str) -> bool:
    """Whether a line opens as the end of an article does; tried with the signs that folding strips."""
    low = text.casefold().strip(" \t*•-–—")
    return low.startswith(_ends_start()) and len(text.split()) <= ENDING_WORDS


@cache
def _ends_start() -> tuple[str, ...]:
    return tuple(start.casefold() for start in lexicon.entries("chrome", "ends_start"))


def teaser(line: Line) -> bool:
    """Whether a line is a labelled teaser: "Read: Another article"."""
    if not line.short or line.words > 30:
        return False
    label, colon, rest = line.text.partition(":")
    labels = lexicon.words("chrome", "teasers")
    if colon and rest.strip():
        return lexicon.fold(label) in labels and not line.text.rstrip().endswith((".", "。"))
    return lexicon.fold(line.text.rstrip(":")) in labels


def disclaimer(line: Line) -> bool:
    """Whether a paragraph says whose opinion the article is, and nothing else."""
    if line.words > 120 or not lexicon.starter("chrome", "disclaimers").match(line.folded):
        return False
    return lexicon.finder("chrome", "disclaimer_words").search(line.text.replace("’", "'")) is not None


def call(line: Line) -> bool:
    """Whether a paragraph calls upon the reader: to subscribe, to write, to click; asked only of what ends a text."""
    return line.words <= CALL_WORDS and lexicon.matcher("chrome", "calls").match(line.text) is not None


def deck(line: Line) -> bool:
    """Whether a paragraph is the desk's word about the article, its standfirst; asked only of what may begin a text."""
    return line.words <= DECK_WORDS and lexicon.matcher("chrome", "decks").match(line.text) is not None


def signatories(line: Line) -> str | None:
    """Return the names in a line of those who sign an appeal: "First signatories: Jane Roe, mayor; ..."."""
    match = lexicon.matcher("chrome", "signatories").match(line.text)
    return line.text[match.end() - 1 :] if match else None


def original(line: Line) -> bool:
    """Whether a line says where the article appeared first, and little else."""
    return len(line.text) <= ORIGINAL and lexicon.finder("metadata", "original").search(line.text) is not None


def salutation(text: str) -> bool:
    """Whether a line opens a letter: "Sehr geehrte Frau Ministerin,"."""
    if text[-1:] not in ",:;!：，" or len(text) > SALUTATION:
        return False
    return lexicon.starter("metadata", "salutations").match(lexicon.fold(text)) is not None


def closing(line: Line) -> bool:
    """Whether a line ends a letter, above the names that sign it: "Hormat kami,"."""
    return line.short and line.folded.rstrip(",;") in lexicon.words("metadata", "closings")


def series(line: Line) -> bool:
    """Whether a paragraph introduces a series, an excerpt or a partner."""
    return line.words <= 150 and lexicon.starter("chrome", "series").match(line.folded) is not None


def without_dateline(text: str) -> str:
    """Return a first paragraph without the place and the agency before it: "JAKARTA, Harbour Post – The river ..."."""
    match = _dateline().match(text)
    return text[match.end() :] if match and len(text) > match.end() else text


@cache
def _dateline() -> re.Pattern[str]:
    """Return what finds a dateline: a city in capitals or before an agency in brackets, then a dash or a colon.

    Of capitals alone only known cities count: "NATO – an alliance of thirty" is no dateline.
    """
    city = lexicon.alternatives(lexicon.entries("chrome", "dateline_cities"))
    agency = lexicon.alternatives(lexicon.entries("chrome", "dateline_agencies"))
    dash = r"\s?(?:--|[–—:-])\s+"
    name = r"[^\W\d_a-z][\w.'’]*(?:[ -][^\W\d_a-z][\w.'’]*){0,3}"
    outlet = rf"(?:[,|/]\s?(?i:{agency}|[\w.-]+\.(?:com|co|id|net|org|de|fr|es|nl)[\w.]*)|\s?\((?i:[^()]{{2,30}})\))"
    day = r"(?:,? (?:\d{1,2}\.? ?)?[^\W\d_]{3,10}\.? ?\d{0,4})"
    return re.compile(rf"(?:{name}{outlet}{dash}|(?:{city}){day}?{dash})(?=\S)")


def without_inline(text: str) -> str:
    """Return a paragraph without the chrome that scraping ran into it."""
    return SPACES.sub(" ", _inline().sub("", text)).strip() if _inline().search(text) else text


@cache
def _inline() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in lexicon.entries("chrome", "inline")))
