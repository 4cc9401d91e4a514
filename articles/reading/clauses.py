"""Sentences seen as clauses: who acts, what is quoted, who says it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.reading import actors, sentences
from articles.reading.cues import Cues
from articles.reading.types import Mention, Span
from articles.vocabulary import ActorKind

LONGEST_SENTENCE = 2_000  # characters; what is longer is a list or a page run together, and no one statement
QUOTED = re.compile(r"[“„«][^”“»\n]{1,2000}[”“»]|\"[^\"\n]{1,2000}\"")
SPEECH_FROM = 4  # words from which a quotation is somebody's speech and no term in quotation marks
WORD = re.compile(r"\w+")
CUTS = re.compile(r"[;:—–](?=\s)|,(?=\s)|\s-\s")
HARD_CUTS = re.compile(r"[;:](?=\s)|\s[—–-]\s")
REPORT_REACH = 120  # characters before a clause in which a reporting verb is looked for
OPENERS = "\"'“‘«„([ *_-–—…"


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told: keys of actors, and the words printed."""

    keys: tuple[str, ...]
    text: str
    somebody: bool  # an actor, "we", or people by what they are


class Text:
    """A body with what is known of it, asked for sentence by sentence."""

    def __init__(
        self,
        body: str,
        cues: Cues,
        *,
        names: actors.Names,
        mentions: Sequence[Mention],
        country: str | None,
        headings: Sequence[Span],
    ) -> None:
        self.body, self.cues, self.names, self.country = body, cues, names, country
        self.mentions = tuple(mentions)
        self._starts = [mention.start for mention in self.mentions]
        self._headings = [(one.start, one.end) for one in headings]

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, without headings and what looks like one."""
        found = sentences.split(self.body, self.cues.code)
        return [s for s in found if s.end - s.start <= LONGEST_SENTENCE and not self._heading(s)]

    @cached_property
    def speech(self) -> list[Span]:
        """Quotations long enough to be somebody's words."""
        return [Span(m.start(), m.end()) for m in QUOTED.finditer(self.body) if len(WORD.findall(m[0])) >= SPEECH_FROM]

    def of(self, span: Span) -> str:
        return self.body[span.start : span.end]

    def named(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions in a span; a person whose government is meant gives way to it."""
        first = bisect_left(self._starts, start)
        found = [m for m in self.mentions[first : bisect_left(self._starts, end)] if m.end <= end]
        return tuple(
            mention
            for i, mention in enumerate(found)
            if not (
                i + 1 < len(found)
                and found[i + 1].actor.startswith("government-of-")
                and found[i + 1].start == mention.end + 1
                and self.names.entry(mention.actor).kind == ActorKind.PERSON
            )
        )

    def quoted(self, at: int) -> Span | None:
        """Return the speech that a place stands in."""
        before = bisect_right(self.speech, at, key=lambda one: one.start) - 1
        return self.speech[before] if before >= 0 and at < self.speech[before].end else None

    def reporting(self, start: int, end: int) -> list[re.Match[str]]:
        """Return the reporting verbs in a span; what is part of a name is none: "United States"."""
        found = self.cues.reporting.finditer(self.body, start, end)
        return [verb for verb in found if not self._in_name(verb.start())]

    def _in_name(self, at: int) -> bool:
        before = bisect_right(self._starts, at) - 1
        return before >= 0 and at < self.mentions[before].end

    def _heading(self, span: Span) -> bool:
        text = self.of(span)
        if any(start <= span.start and span.end <= end for start, end in self._headings):
            return True
        return text.startswith("#")


def subject_start(text: Text, sentence: Span, cue: int) -> int:
    """Return where the clause begins whose verb stands at `cue`.

    1. behind the last sign that parts clauses and has words behind it;
    2. behind the last conjunction there, unless that would leave nothing;
    3. behind connectives such as "however".
    """
    body, words = text.body, text.cues.words
    start = sentence.start
    # 1
    cuts = [m.end() for m in CUTS.finditer(body, sentence.start, cue)]
    if body[sentence.start : cue].rstrip().endswith(",") and len(cuts) > 1:
        del cuts[-2:]  # what stands between two commas belongs to the subject: "Japan, as an ally, must"
    while cuts and not _is_subject(body[cuts[-1] : cue], text):
        cuts.pop()
    if cuts:
        start = cuts[-1]
    # 2
    for match in words["subordinators"].finditer(body, start, cue):
        rest = body[match.end() : cue]
        if _is_subject(rest, text) and not _inside_phrase(body, match, start, text):
            start = match.end()
    # 3
    start = _skip(body, start, cue)
    connective = text.cues.connective.match(body, start, cue)
    if connective and body[connective.end() : cue].strip():
        start = connective.end()
    return _skip(body, start, cue)


def _is_subject(words: str, text: Text) -> bool:
    """Say whether words before a verb can be its subject: some words, not all of them small ones."""
    held = WORD.findall(words)
    if not held:
        return False
    fillers = text.cues.words.get("fillers")
    return not (fillers and all(fillers.fullmatch(word) for word in held))


def _inside_phrase(body: str, match: re.Match[str], start: int, text: Text) -> bool:
    """Say whether "and", "as" or "for" joins words of the subject itself: "Japan and Korea should"."""
    before = body[start : match.start()].split()
    joined = text.cues.words.get("joining")
    return bool(joined and joined.fullmatch(match[0]) and 0 < len(before) <= JOINED_WORDS)


JOINED_WORDS = 6  # words before an "and" that may still be the first half of a subject


def _skip(body: str, start: int, end: int) -> int:
    while start < end and (body[start].isspace() or body[start] in OPENERS):
        start += 1
    return start


def told(text: Text, sentence: Span, start: int, end: int) -> Told:
    """Return who the subject between `start` and `end` is.

    1. actors that are no part of a phrase with a preposition; 2. "we"; 3. "the government"; 4. "it", "they": who was
    named last; 5. people by what they are.
    """
    words, body = text.cues.words, text.body
    phrase = body[start:end]
    # 1
    keys = []
    for mention in text.named(start, end):
        if not words["prepositions"].search(phrase[: mention.start - start]):
            keys.append(mention.actor)
    if keys:
        return Told(tuple(dict.fromkeys(keys)), phrase.strip(), True)
    # 2
    if words["first_person"].search(phrase):
        return Told((text.country,) if text.country else (), phrase.strip(), True)
    # 3
    if match := words["government"].search(phrase):
        key = f"government-of-{text.country}" if text.country else ""
        return Told((key,) if key and text.names.knows(key) else (), match[0], True)
    # 4
    if words["pronouns"].fullmatch(phrase.strip()):
        return Told(_named_last(text, sentence, start), phrase.strip(), True)
    # 5
    somebody = words["generic_addressees"].search(phrase) is not None
    return Told((), phrase.strip(), somebody)


def _named_last(text: Text, sentence: Span, start: int) -> tuple[str, ...]:
    """Return the actor that "it" means: the first named before it in this sentence, else in the one before."""
    at = bisect_left(text.sentences, sentence.start, key=lambda one: one.start)
    earlier = [text.sentences[at - 1]] if at else []
    for low, high in [(sentence.start, start), *((one.start, one.end) for one in earlier)]:
        named = text.named(low, high)
        acting = [m for m in named if text.names.entry(m.actor).kind != ActorKind.REGION]
        for mention in (*acting, *named)[:1]:
            return (mention.actor,)
    return ()


def reporter(text: Text, sentence: Span, start: int, end: int) -> tuple[str | None, str] | None:
    """Return who says the clause between `start` and `end`, if not the author: (key or None, words printed).

    1. somebody whose speech is quoted; 2. a reporting verb before the clause; 3. one after it. The author's own "this
    essay argues" is nobody's.
    """
    body, cues = text.body, text.cues
    # 1
    speech = text.quoted(start) or text.quoted(end - 1)
    low = max(sentence.start, start - REPORT_REACH)
    after = body[end : sentence.end]
    if speech:
        around = Span(sentence.start, sentence.end)
        outside = body[around.start : speech.start] + " " + body[speech.end : around.end]
        outer = [m for m in text.named(around.start, around.end) if m.end <= speech.start or speech.end <= m.start]
        return (outer[0].actor if outer else None), " ".join(outside.split())[:80]
    # 2
    verbs = text.reporting(low, start)
    if verbs and not HARD_CUTS.search(body, verbs[-1].end(), start) and not cues.authors.search(body, low, start):
        return _sayer(text, Span(low, start), body[low : verbs[-1].end()])
    # 3
    if cues.asides.search(body[sentence.start : sentence.end]):
        return None
    verbs = text.reporting(end, sentence.end)
    if verbs and after.lstrip().startswith(",") and not cues.authors.search(body, end, verbs[0].start()):
        return _sayer(text, Span(end, sentence.end), after)
    return None


def _sayer(text: Text, span: Span, words: str) -> tuple[str | None, str]:
    found = text.named(span.start, span.end)
    return (found[0].actor if found else None), " ".join(words.split())[:80]
