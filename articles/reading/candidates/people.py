"""People by what is said of them: an office, an apposition, a verb of saying, a family name alone."""

import re
from collections.abc import Iterable

import regex

from articles.reading.actors import fold
from articles.reading.candidates.text import CAPITAL, CONTEXT, FEWEST_LETTERS, INITIAL, Found, Run, Text
from articles.vocabulary import ActorKind

FULL_NAME = (2, 4)  # words of a full name, particles aside
INTRODUCTION = 120  # characters before a name in which its office stands
TITLE_WORDS = 4  # of a run, among which a title may stand: "Yesterday Foreign Minister Jane Roe"
FIRST_WORDS = 4  # of an apposition, among which its noun stands
SAID = regex.compile(r"[\p{L}\-]+")


def people(text: Text, run: Run) -> Iterable[Found]:
    cues, body = text.cues, text.body
    words = list(run.words)
    folded = [text.folded(word) for word in words]
    # 4. titles written large stand in the run: "President Jane Roe", "Foreign Minister Jane Roe"
    last = max((i for i, word in enumerate(folded[:TITLE_WORDS]) if word in cues.titles), default=-1)
    titled = -1 < last < len(words) - 1
    if titled:
        words, folded = words[last + 1 :], folded[last + 1 :]
    if not words or not _is_full_name(text, words, folded):
        return
    start, end = words[0][0], words[-1][1]
    name = body[start:end]
    word_before = text.before(start).lower().strip(".")
    behind = body[max(0, start - CONTEXT) : start]
    titled = titled or word_before in cues.titles
    note, rule, kind = "", "", ActorKind.PERSON
    apposition, said = _apposition(text, start, end)
    if any(word in cues.no_nouns for word in said):
        return
    if titled:
        rule, note = "title", word_before
    elif introduced := _introduced(text, start, end):
        rule, note = "apposition", introduced
    elif apposition:
        rule, note = "apposition", apposition
        if any(word in cues.nouns for word in said):
            kind = ActorKind.ORGANISATION
    elif cues.verbs.match(body, end) or cues.according.search(behind):
        rule = "speech"
    elif _bare(text, words) and word_before not in cues.articles and _stands_alone(text, words[-1]):
        rule = "family"
    if not rule or text.own(name):
        return
    found = Found(name, kind, rule, note)
    family = body[words[-1][0] : words[-1][1]]
    if kind == ActorKind.PERSON and len(family) > FEWEST_LETTERS and fold(family) not in text.small:
        found.others.add(family)
    yield found


def _introduced(text: Text, start: int, end: int) -> str:
    """Return what stands before a name and its comma if it begins with an office: "the head of Delta, Jane Roe,"."""
    body = text.body
    if start < FIRST_WORDS or not body.startswith(", ", start - 2) or body[end : end + 1] not in (",", ".", " ", ":"):
        return ""
    before = re.split(r"[.!?:;,\n“„«\"]", body[max(0, start - INTRODUCTION) : start - 2])[-1].strip()
    return before if any(fold(word) in text.cues.titles for word in before.split()[:FIRST_WORDS]) else ""


def _is_full_name(text: Text, words: list[tuple[int, int]], folded: list[str]) -> bool:
    cues = text.cues
    large = [word for word in words if text.body[word[0]].isupper()]
    if not FULL_NAME[0] <= len(large) <= FULL_NAME[1] or text.known(words):
        return False
    if any(word in cues.first or word in cues.last or word in cues.no_actors for word in folded):
        return False
    if any(
        not text.body[low].isupper() and word not in cues.particles
        for (low, _), word in zip(words, folded, strict=True)
    ):
        return False
    if cues.german and any(
        word in cues.articles and folded[index - 1] not in cues.particles for index, word in enumerate(folded)
    ):
        return False  # "Lage der Stadt", but "Ludwig von der Tann"
    shouted = [text.body[low:high] for low, high in large if high - low > 3]
    if not shouted or any(word.isupper() or any(c.isdigit() for c in word) for word in shouted):
        return False
    return folded[-1] not in text.small or folded[0] not in text.small


def _apposition(text: Text, start: int, end: int) -> tuple[str, list[str]]:
    """Return what is said of a name behind a comma, and its first words; nothing where it may be another clause.

    Behind "a" and the like any noun says what somebody is; behind "the", or nothing, an office or a profession.
    """
    cues = text.cues
    match = cues.apposition.match(text.body, end)
    if match is None:
        return "", []
    said = SAID.findall(match[2].lower())[:FIRST_WORDS]
    loose = match[1] is not None and not (cues.german and text.opens(start))
    if loose or any(word in cues.titles for word in said):
        return match[0].strip(", "), said
    return "", said


def _bare(text: Text, words: list[tuple[int, int]]) -> bool:
    """Say whether a name is spelled out: no initial first ("z. B. Abraum"), in German no particle ("Werk von Wert")."""
    return "." not in text.body[words[0][0] : words[0][1]] and not (
        text.cues.german and any(not text.body[low].isupper() for low, _ in words)
    )


def _stands_alone(text: Text, word: tuple[int, int]) -> bool:
    """Say whether the last word of a name stands alone elsewhere, written large within a sentence."""
    family = text.body[word[0] : word[1]]
    if family not in text.alone:
        text.alone[family] = _stands(text, family)
    return text.alone[family]


def _stands(text: Text, family: str) -> bool:
    if len(family) <= FEWEST_LETTERS or fold(family) in text.small or fold(family) in text.cues.openers:
        return False
    alone = False
    at = text.body.find(family)
    while at >= 0:
        end = at + len(family)
        if apart(text.body, at, end):
            if not text.cues.german:
                return True
            if text.before(at).lower() in text.cues.articles:
                return False  # where nouns are written large, an article tells one from a name
            alone = True
        at = text.body.find(family, end)
    return alone


_LARGE_BEFORE = regex.compile(rf"(?:{CAPITAL}|{INITIAL}) (?:\p{{Ll}}+ )?$")
_LARGE_AFTER = regex.compile(r"[ -]\p{Lu}|['’](?!s\b)\p{L}")


def apart(body: str, start: int, end: int) -> bool:
    if start and (body[start - 1].isalnum() or body[start - 1] in "-'’"):
        return False
    if end < len(body) and (body[end].isalnum() or body[end] in "-–"):
        return False
    return not _LARGE_BEFORE.search(body, max(0, start - CONTEXT), start) and not _LARGE_AFTER.match(body, end)
