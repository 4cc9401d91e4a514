"""A body seen as sentences and clauses: where a subject begins, what is quoted, who says it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.reading import actors, lines, patterns, sentences
from articles.reading.cues import Cues
from articles.reading.types import Mention, Span
from articles.vocabulary import ActorKind, Voice

LONGEST_SENTENCE = 2_000  # characters; what is longer is a list or a page run together, and no one statement
LONGEST_BODY = 200_000  # characters that statements are read from; a long essay has a third
QUOTED = re.compile(r"(?:[“„«»]|,,)[^”“»«\"\n]{1,2000}(?:[”“»«\"]|'')|\"[^\"\n]{1,2000}\"")
SPEECH_FROM = 4  # words from which a quotation is somebody's speech and no term in quotation marks
WORD = re.compile(r"\w+")
CUTS = re.compile(r"[;:—–](?=\s)|,(?=\s)|\s-\s")
HARD_CUTS = re.compile(r"[;:](?=\s)|\s[—–-]\s")
LETTER_HEAD, LETTER_LINES = 600, 6  # characters and lines of a body in which a letter is opened
REPORT_REACH = 120  # characters before a clause in which a reporting verb is looked for
REBUTTAL_REACH = 160  # characters behind a sentence in which what contradicts it begins
OPENERS = "\"'“‘«„([ *_-–—…•·"


@dataclass(frozen=True, slots=True)
class Report:
    """Who says a clause, if not the author."""

    key: str | None
    text: str  # as printed
    voice: Voice


class Text:
    """A body with what is known of it. `low` is the body in lower case, each character in its place."""

    def __init__(
        self,
        body: str,
        cues: Cues,
        *,
        names: actors.Names,
        mentions: Sequence[Mention],
        country: str | None,
        headings: Sequence[Span],
        ours: bool = True,
        proposed: Sequence[Span] = (),
    ) -> None:
        self.body, self.cues, self.names, self.country = body[:LONGEST_BODY], cues, names, country
        self.ours = ours  # the country is whom "we" means
        self.low = patterns.lowered(self.body)
        self.mentions = tuple(mentions)
        self.headings = tuple(headings)
        self.proposed = tuple(sorted(proposed, key=lambda one: one.start))  # who is named and no actor yet
        self._proposed_starts = [one.start for one in self.proposed]
        self._starts = [mention.start for mention in self.mentions]
        self._heading_starts = [one.start for one in self.headings]

    @cached_property
    def all_sentences(self) -> list[Span]:
        return sentences.split(self.body, self.cues.code)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, without headings and what looks like one."""
        return [s for s in self.all_sentences if s.end - s.start <= LONGEST_SENTENCE and not self.heading(s)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [one.start for one in self.sentences]

    def sentence_at(self, at: int) -> int:
        """Return the number of the sentence that a place stands in, or -1."""
        found = bisect_right(self._sentence_starts, at) - 1
        return found if found >= 0 and at < self.sentences[found].end else -1

    @cached_property
    def speech(self) -> list[Span]:
        """Quotations long enough to be somebody's words."""
        found = QUOTED.finditer(self.body)
        return [Span(m.start(), m.end()) for m in found if m[0].count(" ") + 1 >= SPEECH_FROM]

    @cached_property
    def _speech_starts(self) -> list[int]:
        return [one.start for one in self.speech]

    @cached_property
    def _reports(self) -> list[tuple[int, int]]:
        found = self.cues.reporting.find(self.low)
        return [(start, end) for _, start, end in found if not self._in_name(start)]

    @cached_property
    def _report_starts(self) -> list[int]:
        return [start for start, _ in self._reports]

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

    @cached_property
    def reader(self) -> str:
        """Whom an open letter is written to, as its salutation names them; empty where the text is no letter."""
        for line in self.body[:LETTER_HEAD].split("\n")[:LETTER_LINES]:
            if lines.salutation(line.strip()):
                words = line.strip(" ,:;!*_").split()
                while words and patterns.lowered(words[0]).strip(".") in self.cues.salutations:
                    del words[0]
                return self._fuller(" ".join(words))
        return ""

    def _fuller(self, office: str) -> str:
        """Return the compound that ends with an office, where the text prints one: "Gesundheitsministerin"."""
        low = patterns.lowered(office)
        longer = re.search(rf"\w{{4,}}{re.escape(low)}(?!\w)", self.low) if low.isalpha() else None
        return self.body[longer.start() : longer.end()] if longer else office

    def unknown(self, start: int, end: int) -> Span | None:
        """Return the first name in a span that no actor stands for yet."""
        first = bisect_left(self._proposed_starts, start)
        found = self.proposed[first : first + 1]
        return found[0] if found and found[0].end <= end else None

    def quoted(self, at: int) -> Span | None:
        """Return the speech that a place stands in."""
        before = bisect_right(self._speech_starts, at) - 1
        return self.speech[before] if before >= 0 and at < self.speech[before].end else None

    def reporting(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where reporting verbs stand in a span; what is part of a name is none: "United States"."""
        first = bisect_left(self._report_starts, start)
        return [one for one in self._reports[first : bisect_left(self._report_starts, end)] if one[1] <= end]

    def heading(self, span: Span) -> bool:
        """Say whether a span stands in a section heading."""
        before = bisect_right(self._heading_starts, span.start) - 1
        return self.body.startswith("#", span.start) or (before >= 0 and span.end <= self.headings[before].end)

    def paragraph(self, at: int) -> Span:
        """Return the paragraph that a place stands in."""
        start = self.body.rfind("\n", 0, at) + 1
        end = self.body.find("\n", at)
        return Span(start, end if end >= 0 else len(self.body))

    def _in_name(self, at: int) -> bool:
        before = bisect_right(self._starts, at) - 1
        return before >= 0 and at < self.mentions[before].end


def subject_start(text: Text, sentence: Span, cue: int) -> int:
    """Return where the clause begins whose verb stands at `cue`.

    1. behind the last sign that parts clauses and has words behind it;
    2. behind the last conjunction there, unless that would leave nothing;
    3. behind connectives such as "however".
    """
    low = text.low
    speech = text.quoted(cue)  # a clause of a quotation begins within it
    start = max(sentence.start, speech.start + 1) if speech else sentence.start
    # 1
    cuts = [m.end() for m in CUTS.finditer(low, start, cue)]
    if low[start:cue].rstrip().endswith(",") and len(cuts) > 1:
        del cuts[-2:]  # what stands between two commas belongs to the subject: "Japan, as an ally, must"
    while cuts and not _is_subject(low[cuts[-1] : cue], text):
        cuts.pop()
    if cuts:
        start = cuts[-1]
    # 2
    for match in text.cues.words["subordinators"].finditer(low, start, cue):
        rest = low[match.end() : cue]
        if _is_subject(rest, text) and not _inside_phrase(low, match, start, text):
            start = match.end()
    # 3
    start = skip(low, start, cue)
    connective = text.cues.connective.match(low, start, cue)
    if connective and low[connective.end() : cue].strip():
        start = connective.end()
    return skip(low, start, cue)


def _is_subject(words: str, text: Text) -> bool:
    """Say whether words before a verb can be its subject: some words, not all of them small ones."""
    held = WORD.findall(words)
    return bool(held) and not all(text.cues.words["fillers"].fullmatch(word) for word in held)


def _inside_phrase(low: str, match: re.Match[str], start: int, text: Text) -> bool:
    """Say whether "and", "as" or "for" joins words of the subject itself: "Japan and Korea should"."""
    before = low[start : match.start()].split()
    return bool(text.cues.words["joining"].fullmatch(match[0]) and 0 < len(before) <= JOINED_WORDS)


JOINED_WORDS = 6  # words before an "and" that may still be the first half of a subject


def skip(body: str, start: int, end: int) -> int:
    """Return the first place of a word between two places."""
    while start < end and (body[start].isspace() or body[start] in OPENERS):
        start += 1
    return start


def report(text: Text, sentence: Span, start: int, end: int) -> Report | None:
    """Return who says the clause between `start` and `end`, if not the author.

    1. somebody whose speech is quoted; 2. a reporting verb before the clause; 3. one after it. The author's own "this
    essay argues" is nobody's. What the author then contradicts is rebutted.
    """
    found = _reported(text, sentence, start, end)
    if _myth(text, sentence, start) or (found and rebutted(text, sentence, end)):
        found = found or Report(None, text.body[sentence.start : start].strip(), Voice.REBUTTED)
        return Report(found.key, found.text, Voice.REBUTTED)
    return found


def _reported(text: Text, sentence: Span, start: int, end: int) -> Report | None:
    body, low, authors, asides = text.body, text.low, text.cues.words["authors"], text.cues.word("asides")
    # 1
    speech = text.quoted(start) or text.quoted(end - 1)
    if speech:
        outside = body[sentence.start : speech.start] + " " + body[speech.end : sentence.end]
        outer = [m for m in text.named(sentence.start, sentence.end) if m.end <= speech.start or speech.end <= m.start]
        return Report(outer[0].actor if outer else None, " ".join(outside.split())[:80], Voice.QUOTED)
    # 2
    reach = max(sentence.start, start - REPORT_REACH)
    verbs = text.reporting(reach, start)
    if verbs and not HARD_CUTS.search(low, verbs[-1][1], start) and not authors.search(low, reach, start):
        return _sayer(text, Span(reach, start), body[reach : verbs[-1][1]])
    # 3
    if asides.search(low[sentence.start : sentence.end]):
        return None
    verbs = text.reporting(end, sentence.end)
    after = body[end : sentence.end]
    if verbs and after.lstrip().startswith(",") and not authors.search(low, end, verbs[0][0]):
        return _sayer(text, Span(end, sentence.end), after)
    return None


def _sayer(text: Text, span: Span, words: str) -> Report:
    found = text.named(span.start, span.end)
    return Report(found[0].actor if found else None, " ".join(words.split())[:80], Voice.REPORTED)


def _myth(text: Text, sentence: Span, start: int) -> bool:
    """Say whether the words before a clause take it back: "it is a myth that", "some would have us believe"."""
    return text.cues.word("myths").search(text.low, sentence.start, start) is not None


def rebutted(text: Text, sentence: Span, end: int) -> bool:
    """Say whether the words behind a clause contradict it, in its sentence or at the start of the next ones."""
    rebuttals = text.cues.word("rebuttals")
    if rebuttals.search(text.low, end, sentence.end):
        return True
    at = skip(text.low, sentence.end, min(len(text.low), sentence.end + 8))
    said = text.cues.reporting  # "... must go. So the minister says. He is wrong."
    first = rebuttals.match(text.low, at)
    if first:
        return True
    number = text.sentence_at(at)
    if number < 0 or number + 1 >= len(text.sentences) or text.sentences[number].end - at > REBUTTAL_REACH // 2:
        return False
    short = text.sentences[number]
    if next(said.find(text.low, short.start, short.end), None) is None:
        return False
    return rebuttals.match(text.low, text.sentences[number + 1].start) is not None
