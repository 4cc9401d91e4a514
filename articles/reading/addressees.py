"""Who is told: the actor that a subject names, or the words that stand for somebody unknown.

1. actors that are no part of a phrase with a preposition; 2. "we"; 3. "the government"; 4. "you" in a letter: whom it
is written to; "it", "they": who was told or named last; 5. the noun phrase, if what it names can act. A demand that
tells nobody takes the addressee of its neighbours.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from articles.reading.clauses import WORD, Text, skip
from articles.reading.cues import Cues
from articles.reading.patterns import lowered
from articles.reading.types import Recommendation, Span
from articles.vocabulary import ActorKind, NameKind

LONGEST_PHRASE = 6  # words of an addressee as printed; a longer one ends before its first preposition
OFTEN, SHORT_FORM = 3, 3  # times that a text speaks of the government; letters of a word too short to tell
PRONOUN_REACH = 2  # sentences back in which the one is looked for whom "they" means
INHERITED_REACH = 3  # paragraphs back from which a demand that tells nobody takes its addressee
LOCAL = 20  # characters behind a government in which a word says that it is a province's
MAIN_SHARE = 0.4  # of all mentions of those who act, from which an actor is whom the whole text tells
MAIN_COUNT = 3  # mentions that such an actor has at least
NEXT_WORD = re.compile(r"[ ](\w+)")
ACTING = (ActorKind.COUNTRY, ActorKind.ORGANISATION, ActorKind.GROUP)


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told: keys of actors, and the words printed."""

    keys: tuple[str, ...] = ()
    text: str = ""  # without article; empty where the words are nobody who can act
    somebody: bool = False  # an actor, "we", or people by what they are


NOBODY = Told()


def told(text: Text, sentence: Span, start: int, end: int, *, last: Recommendation | None = None) -> Told:
    """Return who the subject between `start` and `end` is; `last` is the recommendation before this one."""
    words, low = text.cues.words, text.low
    span = trimmed(text, start, end)
    printed = text.body[span.start : span.end]
    if _local(text, span):
        return Told((), printed, True)
    # 1
    if found := _named(text, span, start, end):
        return found
    # 2
    if match := words["first_person"].search(low, start, end):
        return first_person(text, text.body[match.start() : match.end()])
    # 3
    if match := words["government"].search(low, start, span.end):
        key = f"government-of-{text.country}" if text.country else ""
        span = trimmed(text, span.start if text.cues.head_last else match.start(), match.end())
        return Told((key,) if text.names.knows(key) else (), text.body[span.start : span.end], True)
    # 4
    if words["pronouns"].fullmatch(low, span.start, span.end) or _to_reader(text, span):
        reader = Told((), text.reader, True) if _to_reader(text, span) else None
        return reader or _meant(text, sentence, start, printed, last)
    # 5
    somebody = words["generic_addressees"].search(low, start, span.end) is not None
    return Told((), printed if somebody or _acts(text, span) else "", somebody)


def _named(text: Text, span: Span, start: int, end: int) -> Told | None:
    """Return the actors that a subject names, or the first name in it that no actor stands for yet."""
    low, prepositions = text.low, text.cues.words["prepositions"]
    named = [
        m
        for m in text.named(start, end)
        if not prepositions.search(low, span.start, m.start) and not _modifies(text, m.start, m.end, end)
    ]
    proposed = text.unknown(span.start, end)
    first = proposed and (not named or proposed.start < named[0].start)
    if proposed and first and not prepositions.search(low, span.start, proposed.start):
        return Told((), text.body[proposed.start : proposed.end], True)
    if not named:
        return None
    printed = text.body[named[0].start : named[-1].end]
    return Told(tuple(dict.fromkeys(m.actor for m in named)), printed, True)


def _local(text: Text, span: Span) -> bool:
    """Say whether a government is a province's or a city's: none that a name of the national one stands for."""
    if not text.cues.words["government"].search(text.low, span.start, span.end):
        return False
    place = text.cues.word("local").search(text.low, span.start, span.end)
    within = place and any(m.start <= place.start() < m.end for m in text.named(span.start, span.end))
    return bool(place) and not within


def first_person(text: Text, printed: str) -> Told:
    """Return whom "we" means: the country spoken from, if the text is one of its people's; else it stays open."""
    return Told((text.country,) if text.country and text.ours else (), printed, True)


def trimmed(text: Text, start: int, end: int) -> Span:
    """Return a noun phrase without connectives and articles before it, adverbs behind it, and its relative clauses."""
    low, words = text.low, text.cues.words
    start = skip(low, start, end)
    moved = True
    while moved and start < end:
        moved = False
        for name in ("articles", "edge", "fillers"):
            match = text.cues.word(name).match(low, start, end)
            if match and low[match.end() : end].strip(" ,") and not words["pronouns"].fullmatch(low, start, end):
                start, moved = skip(low, match.end(), end), True
    comma = low.find(",", start, end)
    end = comma if comma > start else end
    relative = words["relative"].search(low, start, end)
    end = relative.start() if relative and relative.start() > start else end
    if low.count(" ", start, end) >= LONGEST_PHRASE:
        preposition = words["prepositions"].search(low, start, end)
        end = preposition.start() if preposition and preposition.start() > start else end
    while end > start:
        stripped = start + len(low[start:end].rstrip(' ,;:*_"”»'))
        tail = low.rfind(" ", start, stripped) + 1
        last = tail > start and any(
            text.cues.word(name).fullmatch(low, tail, stripped) for name in ("fillers", "negation", "edge")
        )
        if not last:
            return Span(start, stripped)
        end = tail
    return Span(start, end)


def apart(printed: str, cues: Cues) -> list[str]:
    """Return whom a printed addressee names: "the Senate and the House" are two; the second has its own article."""
    low, start, parts = lowered(printed), 0, []
    for match in cues.words["joining"].finditer(low):
        article = cues.word("articles").match(low, match.end() + 1)
        if article and low[start : match.start()].strip() and low[article.end() :].strip():
            parts.append(printed[start : match.start()].strip(" ,"))
            start = article.end()
    return [*parts, printed[start:].strip()]


def _modifies(text: Text, start: int, end: int, limit: int) -> bool:
    """Say whether a demonym only says of what country people are: "Indonesian companies"."""
    after = NEXT_WORD.match(text.low, end, limit)
    if after is None or not text.cues.words["generic_addressees"].fullmatch(after[1]):
        return False
    mention = text.named(start, end)
    names = text.names.entry(mention[0].actor).names if mention else ()
    return any(name.kind == NameKind.DEMONYM and name.text == text.body[start:end] for name in names)


def _meant(text: Text, sentence: Span, start: int, printed: str, last: Recommendation | None) -> Told:
    """Return whom "it" or "they" means: named before in the sentence, told last, or named in the sentence before."""
    number = text.sentence_at(sentence.start)
    back = text.sentences[max(0, number - PRONOUN_REACH)] if number >= 0 else sentence
    if found := _first_acting(text, Span(sentence.start, start)):
        return Told((found,), printed, True)
    if last and last.start >= back.start and (last.addressees or last.addressee_text):
        return Told(last.addressees, last.addressee_text, True)
    if number > 0:
        earlier = text.sentences[number - 1]
        proposed = text.unknown(earlier.start, earlier.end)
        first = next((m.start for m in text.named(earlier.start, earlier.end)), len(text.body))
        if proposed and proposed.start < first:
            return Told((), text.of(proposed), True)
        if found := _first_acting(text, earlier):
            return Told((found,), printed, True)
        if people := _people(text, earlier):
            return Told((), people, True)
    return Told((), "", True)


def _first_acting(text: Text, span: Span) -> str | None:
    named = text.named(span.start, span.end)
    acting = [m for m in named if text.names.entry(m.actor).kind != ActorKind.REGION]
    return next((m.actor for m in (*acting, *named)), None)


def _people(text: Text, span: Span) -> str:
    """Return the first people of a sentence that are known by what they are."""
    match = text.cues.words["generic_addressees"].search(text.low, span.start, span.end)
    return text.body[match.start() : match.end()] if match else ""


def _acts(text: Text, span: Span) -> bool:
    """Say whether a noun phrase may name somebody: not too long, its head no thing and no idea."""
    held = WORD.findall(text.low[span.start : span.end])
    if all(text.cues.words["fillers"].fullmatch(word) for word in held):
        return False
    preposition = text.cues.words["prepositions"].search(text.low, span.start, span.end)
    end = preposition.start() if preposition else span.end
    phrase = text.low[span.start : end].strip()
    found = text.cues.word("abstract").finditer(phrase)
    thing = any(m.end() == len(phrase) if text.cues.head_last else m.start() == 0 for m in found)
    return bool(phrase) and len(held) <= LONGEST_PHRASE and not thing


def inherited(text: Text, found: list[Recommendation]) -> list[Recommendation]:
    """Give demands that tell nobody the addressee of the ones around them.

    1. a government that the passage itself names; 2. the last recommendation's, some paragraphs back, or the next
    one's; 3. whom most of the text's recommendations tell; 4. the country spoken from; 5. who acts in the text more
    than anybody else.
    """
    if all(one.addressees or one.addressee_text for one in found):
        return found
    main = _main(text, [one for one in found if _told(text, one)])
    out: list[Recommendation] = []
    for i, one in enumerate(found):
        if one.addressees or one.addressee_text:
            out.append(one)
            continue
        around = [*out[-1:], *found[i + 1 : i + 2]]
        if _commands_reader(text, one):
            out.append(replace(one, addressee_text=text.reader))
            continue
        near = next((other for other in around if _told(text, other) and _near(text, other, one)), None)
        neighbour = Told(near.addressees, near.addressee_text) if near else None
        who = _government_in(text, one) or neighbour or main
        out.append(replace(one, addressees=who.keys, addressee_text=who.text))
    return out


def _to_reader(text: Text, span: Span) -> bool:
    """Say whether a phrase is the "you" of a letter."""
    second = text.cues.word("second_person").fullmatch(text.low, span.start, span.end)
    return bool(text.reader) and second is not None


def _commands_reader(text: Text, one: Recommendation) -> bool:
    """Say whether a demand in a letter speaks to whom it is written to: "you", or a command."""
    if not text.reader:
        return False
    spoken = text.cues.word("second_person").search(text.low, one.start, one.end) is not None
    return spoken or "imperativ" in one.rule or one.rule.endswith((".sie", ".vous", ".lah"))


def _government_in(text: Text, one: Recommendation) -> Told | None:
    """Return the government that a demand names beside what it asks for: "... for the government has a duty"."""
    match = text.cues.words["government"].search(text.low, one.start, one.end)
    if match is None or _local(text, Span(match.start(), min(one.end, match.end() + LOCAL))):
        return None
    span = trimmed(text, match.start(), match.end())
    key = f"government-of-{text.country}" if text.country else ""
    return Told((key,) if text.names.knows(key) else (), text.body[span.start : span.end], True)


def _told(text: Text, one: Recommendation) -> bool:
    """Say whether a recommendation tells somebody who may be told more: an actor, or people known by what they are."""
    if one.addressees:
        return True
    low, words = lowered(one.addressee_text), text.cues.words
    return any(words[name].search(low) for name in ("generic_addressees", "government"))


def _near(text: Text, other: Recommendation, one: Recommendation) -> bool:
    low, high = sorted((other.start, one.start))
    return text.body.count("\n\n", low, high) <= INHERITED_REACH


def _main(text: Text, firm: list[Recommendation]) -> Told:
    """Return whom the text tells as a whole, if it tells one more than all others."""
    counts = Counter((one.addressees, one.addressee_text if not one.addressees else "") for one in firm)
    if counts:
        keys, printed = counts.most_common(1)[0][0]
        return Told(keys, printed, True)
    if text.country:
        key = f"government-of-{text.country}"
        spoken = [m for m in text.cues.words["government"].finditer(text.low) if m.end() - m.start() > SHORT_FORM]
        if len(spoken) >= OFTEN and text.names.knows(key):  # the government is whom such a text speaks of
            span = trimmed(text, spoken[0].start(), spoken[0].end())
            return Told((key,), text.body[span.start : span.end], True)
        return Told((text.country,), text.names.entry(text.country).name, True)
    named = Counter(m.actor for m in text.mentions if text.names.entry(m.actor).kind in ACTING)
    for key, count in named.most_common(1):
        if count >= MAIN_COUNT and count >= MAIN_SHARE * sum(named.values()):
            return Told((key,), text.names.entry(key).name, True)
    return NOBODY
