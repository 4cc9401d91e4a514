"""Names of which the text says nothing but that they are names: written large within a sentence, again and again.

1. "name"     two words or more, none of which the text prints small: "Tom Waters", "Transparência Brasil";
2. "letters"  an acronym behind an article, or printed twice: "the FME";
3. "again"    a single word printed twice or more, never small: "Petorca";
4. "body"     a noun of institutions with an article: "el Congreso", "die Monopolkommission".

In German, where every noun is written large, only the acronym and compounds of institutions tell.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from articles.reading import lexicon
from articles.reading.actors import fold
from articles.reading.candidates.text import CAPITAL, CONTEXT, LETTER, Found, Run, Text
from articles.vocabulary import ActorKind

NAME_WORDS = 4  # of a name that only its shape tells; more are a headline
AFTER_LARGE = regex.compile(rf"{CAPITAL} (?:\p{{Ll}}{{1,3}} )?$")
TWICE, SHORTEST = 2, 3  # times, letters
AND = frozenset(["and", "y", "e", "et", "en", "dan", "und", "or", "o", "ou", "atau"])
SHORTENED = regex.compile(r".*['’](?:ve|m|ll|d|re|s|t)")
PERSON_WORDS = 2  # "Tom Waters"; a third word may be a second family name
LETTERS = regex.compile(r"\p{Lu}{2,7}")
SINGLE = regex.compile(rf"(?<![{LETTER[1:-1]}'’.-])(?:{CAPITAL})(?![{LETTER[1:-1]}-])")
JOINED = regex.compile(rf"(?: (?:{lexicon.alternatives(lexicon.entries('candidates', 'inner'))}))?(?: {CAPITAL})")


def shapes(text: Text) -> Iterable[Found]:
    """Yield single words that only their shape tells, in the order of first place."""
    cues, counts = text.cues, Counter[str]()
    for match in SINGLE.finditer(text.body):
        start, word = match.start(), match[0]
        if start in text.inside or text.in_heading(start):
            continue
        if LETTERS.fullmatch(word):
            counts[word] += _letters(text, start, word)
        elif (folded := fold(word)) not in text.small and not folded[-1:].isdigit() and len(word) >= SHORTEST:
            counts[word] += _word(text, start, word, folded)
    for word, n in counts.items():
        if n < TWICE or text.own(word):
            continue
        if LETTERS.fullmatch(word):
            yield Found(word, ActorKind.ORGANISATION, "letters")
        elif cues.german or fold(word) in cues.bodies:
            yield Found(word, ActorKind.ORGANISATION, "body")
        else:
            yield Found(word, _kind(text, word), "again")


def _letters(text: Text, start: int, word: str) -> int:
    """Return what an acronym counts at a place: twice behind an article."""
    cues = text.cues
    if fold(word) in cues.no_letters or (text.opens(start) and JOINED.match(text.body, start + len(word))):
        return 0
    return TWICE if text.before(start).lower() in cues.definite else 1


def _word(text: Text, start: int, word: str, folded: str) -> int:
    """Return what a word written large counts at a place: nothing as part of a longer name, or as any other word."""
    cues, body = text.cues, text.body
    if folded in cues.openers or folded in cues.no_actors or folded in cues.titles or SHORTENED.fullmatch(word):
        return 0
    if cues.german:
        told = _institution(folded, cues.compounds) and text.before(start).lower() in cues.definite
        return TWICE if told else 0
    if text.opens(start) or JOINED.match(body, start + len(word)):
        return 0
    if AFTER_LARGE.search(body, max(0, start - CONTEXT), start):
        return 0
    return TWICE if folded in cues.bodies and text.before(start).lower() in cues.definite else 1


def names(text: Text, runs: Sequence[Run]) -> Iterable[Found]:
    """Yield full names within sentences, two to `NAME_WORDS` words that the text prints large alone."""
    cues, body = text.cues, text.body
    if cues.german:
        return
    for run in runs:
        words = run.words
        large = [word for word in words if body[word[0]].isupper()]
        if not PERSON_WORDS <= len(large) <= NAME_WORDS or text.opens(run.start) or text.known(words):
            continue
        folded = [text.folded(word) for word in large]
        if any(word in text.small or word in cues.no_actors or word in cues.openers for word in folded):
            continue
        shouted = [body[low:high] for low, high in large]
        name = body[run.start : run.end]
        if any(word.isupper() and len(word) > 1 for word in shouted) or text.own(name) or _quoted(body, run.start):
            continue
        titled = folded[0] in cues.titles
        if (titled and len(large) == PERSON_WORDS) or any(text.folded(word) in AND for word in words):
            continue
        start = large[1][0] if titled else run.start
        small = any(body[low].islower() and text.folded((low, high)) not in cues.particles for low, high in words)
        told = any(word in cues.first or word in cues.last or word in cues.bodies for word in folded)
        kind = ActorKind.ORGANISATION if small or told else ActorKind.PERSON
        if kind is ActorKind.PERSON and text.before(start).lower() in cues.placing:
            kind = ActorKind.REGION
        yield Found(body[start : run.end], kind, "name")


def _quoted(body: str, start: int) -> bool:
    """Whether a name stands in quotation marks, as titles of books do."""
    return body[start - 1 : start] in ("“", "«", '"', "„", "‘", "'")


def _institution(folded: str, ends: tuple[str, ...]) -> bool:
    return any(folded.endswith(end) and len(folded) >= len(end) + 4 for end in ends)


def _kind(text: Text, word: str) -> ActorKind:
    """Return what a word that stands alone may be: a place where words of place stand before it, else a body."""
    places = all_of = 0
    at = text.body.find(word)
    while at >= 0:
        all_of += 1
        places += text.before(at).lower() in text.cues.placing
        at = text.body.find(word, at + len(word))
    return ActorKind.REGION if places * 2 > all_of else ActorKind.ORGANISATION
