"""Read footnotes and bibliographies: labelled ("[1]", "1.", "¹") or listed under a heading.

An entry keeps its own words; "Ibid." stays "Ibid." and says in `repeats` which entry it stands for.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.reading import bylines, lexicon, lines
from articles.reading.lines import Line
from articles.reading.types import Reference

ENTRY = 1200  # characters of one entry; longer lines are paragraphs
OPENING = 6  # words of an entry in which its authors are named
LOOKS = 0.5  # share of entries that must look like references, where no heading or bracketed label says so

LABEL = re.compile(
    r"^\s*(?:\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)]|(?P<raised>[¹²³⁰⁴-⁹]{1,3})|\^(?P<caret>\d{1,3}))\s*(?=\S)"
)
BULLET = re.compile(r"^\s*[-–—*•·▪]\s+")
URL = re.compile(r"(?:https?://|www\.|doi\.org/)[^\s<>\"”]+", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\bn\.d\.|\bibid\b|\bop\. ?cit\b", re.IGNORECASE)
SAME = re.compile(
    r"(?:see |vgl\. |cf\. |voir |zie )?(?:ib[ií]d(?:em)?|id|idem|ebd|ebenda|dasselbe)(?![\w'’])", re.IGNORECASE
)
AGAIN = re.compile(
    r"(?<!\w)(?:(?:op|loc|art)\. ?cit|ob\. ?cit|a\. ?a\. ?O|aaO|a\.w|obra citada)(?![\w'’])", re.IGNORECASE
)
NAME = re.compile(r"[^\W\d_]{2,}")
RAISED_MARK = re.compile(r"(?<=[^\W\d_][.,;:!?”\"»)’])[⁰¹²³⁴-⁹]{1,3}|(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹]{1,3}(?![^\W_])")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """Lines [start, end) of a document that are its references, heading included."""

    start: int
    end: int
    references: tuple[Reference, ...]


def find(rows: Sequence[Line], first: int) -> Found | None:
    """Return the references among the lines from index `first` on; None if there are none.

    1. a list under a heading; 2. a run of labelled notes.
    """
    # 1. Under a heading.
    for index in range(first, len(rows)):
        if rows[index].folded in lexicon.words("metadata", "references") and not rows[index].prose:
            end = _end(rows, index + 1)
            entries = list(rows[index + 1 : end])
            if entries and sum(map(_looks, entries)) >= LOOKS * len(entries):
                return Found(index, end, _entries(entries))
    # 2. Labelled notes.
    for index in range(first, len(rows)):
        if (number := _number(rows[index].text)) is None or (
            number != 1 and not rows[index].text.lstrip().startswith("[")
        ):
            continue
        if index > first and LABEL.match(rows[index - 1].text):
            continue  # in the midst of a run that was no list of references
        end = _end(rows, index)
        entries = list(rows[index:end])
        labelled = [row for row in entries if LABEL.match(row.text)]
        square = all(row.text.lstrip()[0] in "[^" or row.text.lstrip()[0] in "¹²³⁴⁵⁶⁷⁸⁹" for row in labelled)
        linked = sum(1 for row in labelled if URL.search(row.text))
        looks = sum(map(_looks, labelled)) >= LOOKS * len(labelled)
        if looks and _rising(labelled) and (square or (len(labelled) > 1 and linked >= LOOKS * len(labelled))):
            return Found(index, end, _entries(entries))
    return None


def _end(rows: Sequence[Line], start: int) -> int:
    """Return where a list ends: at the page's foot, a note about the author, or a paragraph that is no entry."""
    labelled = start < len(rows) and LABEL.match(rows[start].text) is not None
    index = start
    while index < len(rows):
        row = rows[index]
        if lines.ending(row) or (lines.chrome(row) and not URL.match(row.text)) or lines.disclaimer(row):
            break
        if bylines.about(row.text) or len(row.text) > ENTRY or (not LABEL.match(row.text) and bylines.bio(row.text)):
            break
        if (
            labelled
            and not LABEL.match(row.text)
            and row.gap
            and not URL.search(row.text)
            and row.prose
            and not YEAR.search(row.text)
        ):
            break
        index += 1
    return index


def _number(text: str) -> int | None:
    match = LABEL.match(text)
    if match is None:
        return None
    return int(
        (match["square"] or match["round"] or match["plain"] or match["caret"] or match["raised"]).translate(RAISED)
    )


def _rising(rows: Sequence[Line]) -> bool:
    numbers = [number for row in rows if (number := _number(row.text)) is not None]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))


def _looks(row: Line) -> bool:
    """Whether a line looks like an entry: an address, a year, a bracketed label, a quoted title."""
    text = row.text
    return bool(URL.search(text) or YEAR.search(text) or re.match(r"\s*(?:\[\d|\^\d|[-–•*] ?[“\"‘'«])", text))


def _entries(rows: Sequence[Line]) -> tuple[Reference, ...]:
    """Join the lines of each entry and take label and address out of it."""
    joined: list[str] = []
    labelled = any(LABEL.match(row.text) for row in rows)
    bulleted = any(BULLET.match(row.text) for row in rows)
    for row in rows:
        text = row.text
        opens = LABEL.match(text) if labelled else BULLET.match(text) if bulleted else not URL.match(text)
        if opens or not joined:
            joined.append(text)
        else:
            joined[-1] += " " + text.strip()
    return _resolved([_entry(text) for text in joined])


def _resolved(found: list[Reference]) -> tuple[Reference, ...]:
    """Say of "Ibid." and "op. cit." which entry they stand for; one that nothing before it explains stays open.

    1. "Ibid.", "Ebd.": the entry just above; 2. "Roe, op. cit.": the last one that opens with a name of Roe's; where
    no name is given, the entry just above.
    """
    out: list[Reference] = []
    for one in found:
        repeats: int | None = None
        if out and one.url is None:
            if SAME.match(one.text):  # 1
                repeats = len(out) - 1
            elif again := AGAIN.search(one.text):  # 2
                names = {name.casefold() for name in NAME.findall(one.text[: again.start()]) if name[0].isupper()}
                repeats = _named(out, names) if names else len(out) - 1
        if repeats is not None and out[repeats].repeats is not None:
            repeats = out[repeats].repeats
        out.append(replace(one, repeats=repeats))
    return tuple(out)


def _named(found: Sequence[Reference], names: set[str]) -> int | None:
    """Return the place of the last entry whose opening words hold one of the names."""
    for at in range(len(found) - 1, -1, -1):
        if found[at].repeats is None and names & {name.casefold() for name in NAME.findall(found[at].text)[:OPENING]}:
            return at
    return None


def marked(text: str, labels: Container[str]) -> str:
    """Return a paragraph with the raised marks of notes that exist as pages link them: "ended.²" is "ended.[2]"."""
    return RAISED_MARK.sub(lambda m: f"[{n}]" if (n := m[0].translate(RAISED)) in labels else m[0], text)


def _entry(text: str) -> Reference:
    number = _number(text)
    text = BULLET.sub("", LABEL.sub("", text)).strip()
    address = URL.search(text)
    url = _trimmed(address[0]) if address else None
    if url and text.endswith(url) and text != url:
        text = text.removesuffix(url).rstrip(" ,:;–—(<[")
    return Reference(str(number) if number is not None else "", text, url)


def _trimmed(url: str) -> str:
    """Return an address without the sentence's punctuation; a text fragment's belongs to the quoted text."""
    if "#:~:text=" in url:
        return url
    url = url.rstrip(".,;:!?'’”»]")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1]
    return url
