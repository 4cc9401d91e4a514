"""A text as candidates are looked for in it: runs of words written large, the words of its language, what is known."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from articles.reading import lexicon
from articles.reading.actors import ENGLISH, fold
from articles.reading.types import Mention, Span
from articles.vocabulary import ActorKind

LONGEST_NAME = 90  # characters; longer runs are headlines
CONTEXT = 40  # characters beside a run in which its title, verb or apposition stands

LETTER = r"[\p{L}\p{M}\p{N}]"
CAPITAL = rf"(?:\p{{Lu}}(?:{LETTER}|['’.\-–](?={LETTER}))*+)"
INITIAL = r"(?:\p{Lu}\.(?:[ -]?\p{Lu}\.)*)"
POSSESSIVES = ("'s", "’s")
FEWEST_LETTERS = 2  # of an acronym, and of a family name
SENTENCE_END = '.!?:;\n"“”„«»(['


@dataclass(slots=True)
class Run:
    """Words written large, with small ones between them."""

    start: int
    end: int
    words: list[tuple[int, int]]  # places in the text


@dataclass(slots=True)
class Found:
    """What is proposed: where it stands in full, and what else means it."""

    name: str
    kind: ActorKind
    rule: str
    note: str = ""
    others: set[str] = field(default_factory=set)  # an acronym, a family name


class Text:
    """A text, the words of its language, and what in it is already known."""

    def __init__(
        self,
        body: str,
        language: str | None,
        mentions: Sequence[Mention],
        authors: Iterable[str],
        headings: Sequence[Span],
    ) -> None:
        self.body = body
        self.cues = _cues(language or "")
        self.mentions = {mention.start: mention.end for mention in mentions}
        self.inside = {place for mention in mentions for place in (mention.start, mention.end - 1)}
        self.authors = [fold(author).split() for author in authors]
        self.alone: dict[str, bool] = {}  # by family name
        self._headings = sorted(headings, key=lambda one: one.start)
        self.small = frozenset(re.findall(r"\w+", body))  # folded words are found in it only if printed small

    def runs(self) -> Iterable[Run]:
        for match in RUN().finditer(self.body):
            start, end = match.span()
            if end - start > LONGEST_NAME or self.in_heading(start):
                continue
            if " " not in match[0] and not self._worth(start, match[0]):
                continue
            words = [found.span() for found in WORD.finditer(self.body, start, end)]
            yield from self._split(words)

    def in_heading(self, at: int) -> bool:
        before = bisect_right(self._headings, at, key=lambda one: one.start)
        return before > 0 and at < self._headings[before - 1].end

    def _worth(self, at: int, word: str) -> bool:
        """Say whether a single word may be a name: by the word before it, or by a hyphen."""
        before = self.before(at)
        return "-" in word or before.lower() in self.cues.callers or before.lower() in self.cues.joiners

    def before(self, at: int) -> str:
        """Return the word before a place in the same line; empty where a sign stands between."""
        behind = self.body[max(0, at - CONTEXT) : at]
        if behind[-2:-1].isspace() or not behind.endswith((" ", "'", "’")):
            return ""
        words = behind.rsplit("\n", 1)[-1].rsplit(maxsplit=1)
        word = words[-1] if words else ""
        if word.endswith(("'", "’")):
            return word
        word = word.rpartition("’")[2].rpartition("'")[2]
        return word if word[-1:].isalnum() or word[-1:] == "." else ""

    def _split(self, words: list[tuple[int, int]]) -> Iterable[Run]:
        """Cut a run at possessives, and drop the word that only opens the sentence."""
        part: list[tuple[int, int]] = []
        for low, high in words:
            part.append((low, high))
            if self.body.endswith(POSSESSIVES, low + 1, high):
                part[-1] = (low, high - 2)
                yield from self._trimmed(part)
                part = []
        yield from self._trimmed(part)

    def _trimmed(self, words: list[tuple[int, int]]) -> Iterable[Run]:
        opener = self.cues.openers
        while words and (self.folded(words[0]) in opener or not self.body[words[0][0]].isupper()):
            words = words[1:]
        while words and not self.body[words[-1][0]].isupper():
            words = words[:-1]
        if words:
            yield Run(words[0][0], words[-1][1], words)

    def folded(self, span: tuple[int, int]) -> str:
        return fold(self.body[span[0] : span[1]]).strip(".")

    def opens(self, at: int) -> bool:
        """Say whether a place begins a sentence."""
        before = self.body[max(0, at - 3) : at].rstrip(" ")
        return not before or before[-1] in SENTENCE_END

    def known(self, words: Sequence[tuple[int, int]]) -> bool:
        """Say whether a known actor's name stands in the words."""
        return any(low in self.inside or high - 1 in self.inside for low, high in words)

    def own(self, name: str) -> bool:
        """Say whether a name is that of one of the text's authors."""
        words = fold(name).split()
        return any(words[-1:] == author[-1:] or words == author[: len(words)] for author in self.authors)


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a language and of English that tell candidates."""

    titles: frozenset[str]
    verbs: regex.Pattern[str]
    according: regex.Pattern[str]
    apposition: regex.Pattern[str]
    nouns: frozenset[str]
    openers: frozenset[str]
    no_actors: frozenset[str]
    no_nouns: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    small: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    callers: frozenset[str]  # words before a single word that make it a name
    joiners: frozenset[str]  # words between a head written small and a name
    ends: tuple[str, ...]  # of German compounds that are organisations
    german: bool
    definite: frozenset[str]  # articles that make a noun of institutions, or letters, one body's name
    placing: frozenset[str]
    bodies: frozenset[str]
    compounds: tuple[str, ...]
    no_letters: frozenset[str]


def folded_words(table: str) -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon.entries("candidates", table))


@cache
def _cues(language: str) -> Cues:
    codes = list(dict.fromkeys([ENGLISH, *lexicon.load("names")["related"].get(language, ()), language]))

    def of(table: str) -> list[str]:
        lists = lexicon.load("candidates")[table]
        return [word for code in codes for word in lists.get(code, ())]

    # English heads end names ("Delta Council"), and begin them only with "of" ("Council of Rivers")
    return Cues(
        titles=frozenset(word.strip(".") for word in of("titles")),
        verbs=regex.compile(rf",? (?:{lexicon.alternatives(of('verbs'))})(?!{LETTER})"),
        according=regex.compile(rf"(?<!{LETTER})(?:{lexicon.alternatives(of('according'))}) $", regex.IGNORECASE),
        apposition=regex.compile(
            rf", ((?:{lexicon.alternatives(of('indefinite'))}) )?([\p{{L}}][^,.;:!?\n()]{{2,80}})"
        ),
        nouns=frozenset(of("organisation_nouns")),
        openers=folded_words("openers"),
        no_actors=folded_words("no_actors"),
        no_nouns=folded_words("no_actor_nouns"),
        first=frozenset(of("heads_first")),
        last=frozenset(of("heads_last")),
        small=folded_words("heads_small"),
        particles=folded_words("particles"),
        articles=frozenset(of("articles")),
        callers=frozenset(of("organisation_nouns")) | folded_words("heads_small"),
        joiners=frozenset(["la", "du", "des", "de", "del", "da", "do", "dos", "van", "of", "voor"]),
        ends=tuple(of("heads_last")),
        german=language == "de",
        definite=frozenset(of("definite")),
        placing=frozenset(of("placing")),
        bodies=frozenset(fold(word) for word in of("bodies")),
        compounds=tuple(lexicon.load("candidates")["compounds"].get(language, ())),
        no_letters=folded_words("no_letters"),
    )


WORD = regex.compile(
    rf"\((?={CAPITAL}\) ){CAPITAL}\)|{INITIAL}|{CAPITAL}|&|\p{{Ll}}[\p{{L}}\p{{M}}]*+(?:['’](?=\p{{Lu}}))?"
)


@cache
def RUN() -> regex.Pattern[str]:  # noqa: N802 - a pattern
    inner = lexicon.alternatives(lexicon.entries("candidates", "inner"))
    joined = rf"(?:(?:(?:{inner}) ){{0,3}}+(?:[dl]['’])?(?:{INITIAL}|{CAPITAL})|\({CAPITAL}\)(?= \p{{Lu}}))"
    return regex.compile(rf"(?<!{LETTER})(?:{INITIAL}|{CAPITAL})(?: {joined})*+")
