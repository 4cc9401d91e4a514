"""Organisations by what they are called: their acronym, their noun, the noun before them."""

from collections.abc import Iterable
from functools import cache

import regex

from articles.reading import lexicon
from articles.reading.actors import ENGLISH, fold
from articles.reading.candidates.text import CONTEXT, Cues, Found, Run, Text
from articles.vocabulary import ActorKind

FULL = 4  # words of a name of which only the noun before it tells what it is
ACRONYM = regex.compile(r" \((\p{Lu}[\p{L}\p{N}&\-]{1,11})\)")


def organisations(text: Text, run: Run) -> Iterable[Found]:
    cues, body = text.cues, text.body
    spelled = ACRONYM.match(body, run.end)
    words = run.words
    folded = [text.folded(word) for word in words]
    span, rule = _by_head(text, run, folded), "head"
    noun = text.before(run.start)
    # 2. "le ministère de la Santé"
    if span is None and (lead := _small_head(text, run)):
        span = (lead, run.end)
    # 3. the noun before it
    if span is None and noun in cues.nouns:
        single = len(words) > 1 or folded[0] not in text.small
        if single and not text.known(words) and folded[-1] not in cues.no_actors and len(words) <= FULL:
            span, rule = (run.start, run.end), "kind"
    if span is None:
        return
    name = body[span[0] : span[1]]
    if text.mentions.get(span[0]) == span[1] or (name.count(" ") == 0 and rule == "head" and "-" not in name):
        return
    found = Found(name, ActorKind.ORGANISATION, rule)
    if spelled and spelled.start() == span[1] and _spells(spelled[1], name):
        found.rule = "acronym"
        found.others.add(spelled[1])
    yield found


def _by_head(text: Text, run: Run, folded: list[str]) -> tuple[int, int] | None:
    """Return the span of a name that a noun of organisations, written large, begins or ends."""
    cues, words = text.cues, run.words
    # the head begins it
    for index, word in enumerate(folded[:-1]):
        if word in cues.first and _begins(word, folded[index + 1], cues):
            span = _from(text, words[index:], folded[index:])
            english = span is not None and word in _english_first()
            return (_described(text, words[: index + 1]), span[1]) if span and english else span
    # the head ends it
    ends = [index for index, word in enumerate(folded) if word in cues.last and index]
    if ends:
        span = _upto(text, words[: ends[-1] + 1], folded)
        behind = folded[ends[-1] + 1 : ends[-1] + 2]
        return (span[0], run.end) if span and behind in (["of"], ["for"]) else span  # "Federal Ministry of Rivers"
    compound = cues.german and len(words) == 1 and _compound(folded[0], cues) and "-" in folded[0]
    return (run.start, run.end) if compound else None


def _begins(head: str, after: str, cues: Cues) -> bool:
    """Say whether a noun and the word behind it begin a name: "Council of Rivers", but not "Council Rivers"."""
    if head.startswith("deutsch"):
        return after.rstrip("se").endswith(tuple(cues.last))
    return after in ("of", "for") if head in _english_first() and head not in _foreign_first() else True


@cache
def _english_first() -> frozenset[str]:
    return frozenset(lexicon.load("candidates")["heads_first"][ENGLISH])


@cache
def _foreign_first() -> frozenset[str]:
    lists = lexicon.load("candidates")["heads_first"]
    return frozenset(word for code, words in lists.items() if code != ENGLISH for word in words) - _english_first()


def _from(text: Text, words: list[tuple[int, int]], folded: list[str]) -> tuple[int, int] | None:
    """Return the span of a name that its head begins, without the country it is of, unless that is all there is."""
    end = len(words)
    for index in range(1, end):
        if folded[index] in ("and", "et", "y", "e", "und", "dan", "en") and any(
            word in text.cues.first or word in text.cues.last for word in folded[index + 1 : index + 3]
        ):
            end = index
            break
    while end > 2 and text.known(words[end - 1 : end]):
        cut = end - 1
        while cut > 1 and not text.body[words[cut - 1][0]].isupper():
            cut -= 1
        if cut <= 1 or cut == end - 1:
            break  # all there is, or one name with the word before it: "University of North Alabama"
        end = cut
    while end and not text.body[words[end - 1][0]].isupper():
        end -= 1
    return (words[0][0], words[end - 1][1]) if end > 1 else None


def _described(text: Text, words: list[tuple[int, int]]) -> int:
    """Return where an English name begins whose noun is the last of these words: "Pharmacy Council of Delta"."""
    start = words[-1][0]
    for low, high in reversed(words[:-1]):
        known = text.known([(low, high)]) or text.folded((low, high)) in text.cues.titles
        if not text.body[low].isupper() or known or text.opens(low) or text.before(start) == "":
            break
        start = low
    return start


def _upto(text: Text, words: list[tuple[int, int]], folded: list[str]) -> tuple[int, int] | None:
    """Return the span of a name that its head ends: back to what is joined to it, but not to another name."""
    first = 0
    for index in range(len(words) - 1):
        word = folded[index]
        small = text.body[words[index][0]].islower()
        parts = small and word not in ("of", "for", "and", "&", "für", "van", "voor")
        other = word in ("and", "or") and (
            (text.known(words[first:index]) and not text.known(words[:1])) or folded[index - 1] in text.cues.last
        )
        if parts or other or (word in text.cues.titles and index == first):
            first = index + 1
    # a people or country before it says whose it is: "Indonesian Rivers Ministry"
    while first < len(words) - 1 and words[first][0] in text.mentions:
        end = text.mentions[words[first][0]]
        after = next((i for i, word in enumerate(words) if word[0] >= end), len(words))
        demonym = (
            text.body[words[first][0] : end].endswith(("n", "ese", "ish", "ch", "i", "S", ".")) or end > words[-1][0]
        )
        if not demonym:
            break
        first = after
    while first < len(words) and not text.body[words[first][0]].isupper():
        first += 1
    if len(words) - first < 2 or text.known(words[-1:]):
        return None
    return words[first][0], words[-1][1]


def _compound(word: str, cues: Cues) -> bool:
    head, hyphen, _ = word.rpartition("-")
    return bool(hyphen and head) and word.endswith(cues.ends)


def _small_head(text: Text, run: Run) -> int | None:
    """Return where a head written small begins that stands before a run: "le ministère de la Santé"."""
    last = text.before(run.start)
    if last not in text.cues.joiners and last not in text.cues.small and not last.endswith(("l'", "l’", "d'", "d’")):
        return None
    match = _SMALL_HEAD.search(text.body, max(0, run.start - CONTEXT), run.start)
    if match is None or match[1].lower() not in text.cues.small or text.known(run.words[-1:]):
        return None
    return int(match.start(1))


_SMALL_HEAD = regex.compile(r"(\p{L}+) (?:de la |de l['’]|du |des |de |d['’]|del |da |do |dos |van |of |voor )?$")


def _spells(acronym: str, name: str) -> bool:
    """Say whether the letters of an acronym stand in order in a name, beginning with its first."""
    letters = [letter for letter in acronym.lower() if letter.isalpha()]
    folded = fold(name)
    at = 0
    for letter in letters:
        at = folded.find(letter, at) + 1
        if not at:
            return False
    return folded[0] == letters[0]
