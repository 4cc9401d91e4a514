"""Cut a body into sentences.

A sentence ends at a mark that ends sentences, with the quotes, brackets and note markers that belong to it, and at the
end of a paragraph. A full stop ends none after an abbreviation, an initial or a number that goes on.
"""

import re
from functools import cache

from articles.reading import lexicon
from articles.reading.types import Span

# A run of ending marks, then what closes with it, then note markers: `."[3]`, `!)`, `...[12][13]`, `.¹²`.
END = re.compile(
    r"(?:[.!?…]+|[。！？؟۔।॥︒]+)(?:[\"'”’»」』)\]]|[ \u00a0\u202f]»)*(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3}|"
    # bare, where a word, a quote or a year ends and a capital follows: "in 2013.12 The ministry"
    r"(?:(?<=[^\W\d_]{3}[.!?])|(?<=[.!?][\"”’»)])|(?<=(?:19|20)\d\d\.))\d{1,3}(?=\s+[\"“‘«(]?[A-ZÀ-ÖØ-Þ]))*"
)
WIDE = re.compile(r"[。！？।॥۔؟]")  # marks that are never part of an abbreviation, and need no space after them
PARAGRAPH = re.compile(r"\n\s*")
LAST_WORD = re.compile(r"([^\s(\[\"'“‘«]+)$")
NEXT = re.compile(r"\s+[\"'“‘«(\[¿¡„—–-]*\s*(\w)?")
INITIAL = re.compile(r"^(?:[^\W\d_]\.)*[^\W\d_]$")  # J, U.S, e.g
NUMBER_WORD = re.compile(r"^\d{1,3}$")
WORD_SPAN = 24  # characters back in which the word before a full stop is looked for


def split(body: str, language: str | None) -> list[Span]:
    """Return the sentences of a body in order, without the white space around them; an empty body has none.

    The rules hold for every language that the lexicon knows; `language` is there for those that will need their own.
    """
    del language
    known = lexicon.words("sentences", "abbreviations")  # of all languages: texts cite each other's
    spans: list[Span] = []
    for start, end in _paragraphs(body):
        begin = start
        for match in END.finditer(body, start, end):
            if match.start() >= begin and _ends(body, match, end, known):
                _add(spans, body, begin, match.end())
                begin = match.end()
        _add(spans, body, begin, end)
    return spans


def _paragraphs(body: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for match in PARAGRAPH.finditer(body):
        out.append((at, match.start()))
        at = match.end()
    return [*out, (at, len(body))]


def _add(spans: list[Span], body: str, start: int, end: int) -> None:
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _ends(body: str, match: re.Match[str], end: int, known: frozenset[str]) -> bool:  # noqa: PLR0911 - a cascade
    """Say whether a mark ends its sentence.

    1. at the paragraph's end, and at marks that have no other use;
    2. not without a space after it ("3.5", "example.org");
    3. not before a small letter, unless the mark is one of exclamation or question outside of quotes;
    4. not after an abbreviation, an initial, or the number of a list.
    """
    # 1
    if match.end() >= end or WIDE.match(match[0]):
        return True
    # 2
    following = NEXT.match(body, match.end(), min(end, match.end() + WORD_SPAN))
    if following is None:
        return False
    letter = following[1] or ""
    # 3
    if letter.islower():
        return False
    if match[0][0] != "." or match[0].startswith(".."):
        return True
    # 4
    before = LAST_WORD.search(body, max(0, match.start() - WORD_SPAN), match.start())
    word = before[1] if before else ""
    if word.casefold() in known:
        return False
    if NUMBER_WORD.match(word):
        return not (letter.isdigit() or _opens(body, before))
    if INITIAL.match(word):
        return (
            "." in word
            and word.isupper()
            and body[match.end() : match.end() + 1] == " "
            and _sentence_like(body, match.end())
        )
    return True


def _opens(body: str, before: re.Match[str] | None) -> bool:
    """Say whether a word opens its line, as the number of a list does."""
    return before is not None and (before.start() == 0 or body[before.start() - 1] == "\n")


def _sentence_like(body: str, at: int) -> bool:
    """Say whether what follows "U.S." begins a sentence: a word that sentences begin with."""
    word = re.match(r"\s+(\w+)", body[at : at + WORD_SPAN])
    return word is not None and word[1] in _openers()


@cache
def _openers() -> frozenset[str]:
    return frozenset(lexicon.entries("sentences", "openers"))
