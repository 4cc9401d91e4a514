"""Find the actors that a text names.

The names of the authority file are compiled once into one automaton (Aho-Corasick); a text is then read in one pass,
however many names there are. What the automaton finds goes through a cascade:

1. a form counts as a whole word, written as a name is written, in the languages of the text;
2. an ambiguous form needs a witness: a form with witnesses counts if the text holds one of them, and a family name
   only after the full name has stood in the text, or behind a title;
3. of forms that overlap the longest counts; phrases that hold a name by chance ("Korean War") hide it;
4. a form of several actors goes to the country spoken from, else to the actor with most witnesses, else, of
   institutions, to that of the country named most; of people, to the one named last;
5. what a name leaves out is added: "North and South Korea", "both Koreas", "the Yoon administration".
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick

from articles.reading import lexicon
from articles.reading.types import AuthorityEntry, Mention, Name
from articles.vocabulary import ActorKind, NameKind

ENGLISH = "en"  # names in English count in texts of every language: foreign names are often left as they are
TITLECASE_FROM = 4  # letters from which an abbreviation may be written as a word: Nato, Asean, Unesco; but not Who
APOSTROPHES = str.maketrans("’‘ʼ`", "''''")
CAPITALISED = re.compile(r"[^\W\d_]")
WORD_BEFORE = re.compile(r"(\w[\w'.-]*)[ ]$")
WORD_AFTER = re.compile(r"[ ](\w+)")
LAST_WORDS = 40  # characters before a name in which the word before it is looked for
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # scripts that part no words
SENTENCE_END = ".!?:\n\"'“”»«(["


@dataclass(frozen=True, slots=True)
class Form:
    """One form of one actor; what the automaton's patterns stand for."""

    key: str
    name: Name
    surname: bool  # of a person, counts only after the full name


@dataclass(slots=True)
class Found:
    """A form found in a text."""

    start: int
    end: int
    forms: list[Form] = field(default_factory=list)  # none: a mask
    actors: tuple[str, ...] = ()  # for phrases that name several


class Names:
    """The authority file, compiled. Building takes a second or less; `find` may be called from many threads."""

    def __init__(self, entries: Iterable[AuthorityEntry]) -> None:
        self.entries: tuple[AuthorityEntry, ...] = tuple(entries)
        self._by_key = {entry.key: entry for entry in self.entries}
        self._forms: dict[str, list[Form]] = defaultdict(list)
        for entry in self.entries:
            for name in dict.fromkeys([*entry.names, *self._bare(entry)]):
                surname = entry.kind == ActorKind.PERSON and bool(name.witness)
                if name.text.strip():
                    self._forms[fold(name.text)].append(Form(entry.key, name, surname))
        self._masks = frozenset(fold(text) for text in lexicon.entries("names", "masks"))
        self._several = {
            fold(one["words"]): tuple(one["actors"])
            for one in lexicon.load("names")["several"]["any"]
            if all(key in self._by_key for key in one["actors"])
        }
        self._patterns = sorted({*self._forms, *self._masks, *self._several})
        self._automaton = AhoCorasick(self._patterns)

    @staticmethod
    def _bare(entry: AuthorityEntry) -> list[Name]:
        """Return the entry's own name where it has no forms at all."""
        return [] if entry.names else [Name(entry.name)]

    def entry(self, key: str) -> AuthorityEntry:
        """Return the entry of a key. Raises KeyError."""
        return self._by_key[key]

    def knows(self, key: str) -> bool:
        return key in self._by_key

    def find(self, body: str, language: str | None, *, country: str | None = None) -> tuple[Mention, ...]:
        """Return the actors named in `body`, by place, none overlapping another.

        `country` is the key of the country that the text speaks from, which decides whose "National Assembly" is meant.
        """
        folded = fold(body)
        languages = {"", ENGLISH, language or "", *lexicon.load("names")["related"].get(language or "", ())}
        # 1. whole words, written as names are, in the text's languages
        found = self._candidates(body, folded, languages)
        # 2. witnesses
        texts = _Witnesses(body, folded)
        found = [one for one in found if self._witnessed(body, one, texts)]
        # 3. the longest
        found = _longest(found)
        # 4. one actor each
        mentions = self._resolve(body, found, texts, country)
        # 5. what names leave out
        return tuple(sorted({*mentions, *self._elliptical(body, folded, mentions, languages)}, key=lambda m: m.start))

    def _candidates(self, body: str, folded: str, languages: set[str]) -> list[Found]:
        found: list[Found] = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if not is_whole(folded, start, end):
                continue
            pattern = self._patterns[index]
            if pattern in self._masks or pattern in self._several:
                found.append(Found(start, end, actors=self._several.get(pattern, ())))
                continue
            printed = body[start:end]
            forms = [f for f in self._forms[pattern] if f.name.language in languages and _written_as(f.name, printed)]
            if forms:
                found.append(Found(start, end, forms))
        return found

    def _witnessed(self, body: str, one: Found, texts: "_Witnesses") -> bool:
        if not one.forms:
            return True
        if len(one.forms) == 1 and one.forms[0].surname and _titled(body, one.start):
            return True
        one.forms = [
            form
            for form in one.forms
            if not form.name.witness
            or texts.count(form.name, before=one.start if form.surname else None, without=(one.start, one.end))
        ]
        return bool(one.forms)

    def _resolve(self, body: str, found: list[Found], texts: "_Witnesses", country: str | None) -> list[Mention]:
        mentions: list[Mention] = []
        open_ones: list[tuple[Found, list[Form]]] = []
        for one in found:
            if one.actors:
                mentions += _word_by_word(body, one)
            elif one.forms:
                forms = [f for f in one.forms if not (f.surname and _somebody_else(body, one.start, one.end))]
                keys = {form.key for form in forms}
                if len(keys) == 1:
                    mentions.append(Mention(forms[0].key, one.start, one.end))
                elif keys:
                    open_ones.append((one, forms))
        named = _most_named(
            self._by_key[m.actor].key for m in mentions if self._by_key[m.actor].kind == ActorKind.COUNTRY
        )
        for one, forms in open_ones:
            if key := self._choose(one, forms, texts, named, country):
                mentions.append(Mention(key, one.start, one.end))
        return sorted(mentions, key=lambda mention: mention.start)

    def _choose(
        self, one: Found, forms: list[Form], texts: "_Witnesses", named: str | None, country: str | None
    ) -> str | None:
        """Return the one actor that a form of several means here, or None where nothing decides."""
        bound = {form.key: self._by_key[form.key].country for form in forms}
        # 4.1 the country spoken from
        if country and (own := [key for key, land in bound.items() if land == country]) and len(set(own)) == 1:
            return own[0]
        # 4.2 people: the one named last
        if all(form.surname for form in forms):
            return max(forms, key=lambda form: texts.last(form.name, before=one.start)).key
        # 4.3 most witnesses
        scores = {form.key: texts.count(form.name, without=(one.start, one.end)) for form in forms}
        best = max(scores.values())
        winners = [key for key, score in scores.items() if score == best]
        if len(winners) == 1:
            return winners[0]
        # 4.4 a country or person before what belongs to one
        free = [key for key in winners if not bound[key]]
        if len(free) == 1:
            return free[0]
        # 4.5 institutions: that of the country named most
        held = [key for key in winners if bound[key] == named]
        return held[0] if named and len(held) == 1 else None

    def _elliptical(self, body: str, folded: str, mentions: Sequence[Mention], languages: set[str]) -> list[Mention]:
        joiners = _joiners()
        governments = lexicon.words("names", "governments")
        starts = [mention.start for mention in mentions]
        out: list[Mention] = []
        for mention in mentions:
            words = folded[mention.start : mention.end].split(" ")
            if len(words) >= 2:
                before = joiners[0].search(folded, max(0, mention.start - LAST_WORDS), mention.start)
                after = joiners[1].match(folded, mention.end)
                for match, missing in (
                    (before, " ".join([before[1], *words[1:]]) if before else ""),
                    (after, " ".join([*words[:-1], after[1]]) if after else ""),
                ):
                    key = self._only(missing, languages) if match else None
                    if match and key and key != mention.actor and _free(starts, mentions, *match.span(1)):
                        out.append(Mention(key, *match.span(1)))
            entry = self._by_key[mention.actor]
            if entry.kind == ActorKind.PERSON and entry.country:
                after = WORD_AFTER.match(body, mention.end)
                key = f"government-of-{entry.country}"
                if after and lexicon.fold(after[1]) in governments and key in self._by_key:
                    out.append(Mention(key, *after.span(1)))
        return out

    def _only(self, pattern: str, languages: set[str]) -> str | None:
        keys = {f.key for f in self._forms.get(pattern, ()) if f.name.language in languages and not f.name.witness}
        return keys.pop() if len(keys) == 1 else None


class _Witnesses:
    """Where witnesses stand in a text, looked up once each."""

    def __init__(self, body: str, folded: str) -> None:
        self._body = body
        self._folded = folded
        self._places: dict[str, list[int]] = {}

    def places(self, witness: str) -> list[int]:
        """Return where a witness stands, in order, as the beginning of a word; a large letter must be large."""
        if witness not in self._places:
            folded = fold(witness)
            places, at = [], self._folded.find(folded)
            while at >= 0:
                large = not witness[0].isupper() or self._body[at].isupper()
                if large and not (at and self._folded[at - 1].isalnum()):
                    places.append(at)
                at = self._folded.find(folded, at + 1)
            self._places[witness] = places
        return self._places[witness]

    def count(self, name: Name, *, before: int | None = None, without: tuple[int, int] = (-1, -1)) -> int:
        """Return how many different witnesses of a name the text holds, before a place and outside of a span."""
        return sum(
            any((before is None or at < before) and not without[0] <= at < without[1] for at in self.places(witness))
            for witness in name.witness
        )

    def last(self, name: Name, *, before: int) -> int:
        """Return where the last witness before a place stands, or -1."""
        return max(
            (p[i - 1] for w in name.witness if (p := self.places(w)) and (i := bisect_left(p, before))), default=-1
        )


def fold(text: str) -> str:
    """Return text casefolded character by character, so that places stay the same, with straight apostrophes."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.translate(APOSTROPHES)


def is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a span is whole words; scripts that part no words are taken as they come."""
    return not (_binds(text, start - 1, start) or _binds(text, end, end - 1))


def _binds(text: str, outside: int, inside: int) -> bool:
    if not 0 <= outside < len(text):
        return False
    other, edge = text[outside], text[inside]
    if not (edge.isalnum() or unicodedata.category(edge)[0] == "M"):
        return False
    if UNSPACED.match(other) and UNSPACED.match(edge):
        return False
    return other.isalnum() or other == "_" or unicodedata.category(other)[0] == "M"


def _written_as(name: Name, printed: str) -> bool:
    """Say whether letters are large where the name has them large.

    An abbreviation is written as it is, or as a word if it is long enough; a name begins with its large letter.
    """
    text = name.text
    if text.translate(APOSTROPHES) == printed.translate(APOSTROPHES):
        return True
    if text.isupper() and len(text) < TITLECASE_FROM:
        return False
    if text.isupper() and " " not in text:
        return printed[0].isupper() and printed[1:].islower()
    for wanted, given in zip(text, printed, strict=False):
        if wanted.isupper():
            return given.isupper()
        if wanted == " " and name.kind != NameKind.DEMONYM:
            continue
    return True


def _longest(found: list[Found]) -> list[Found]:
    """Keep the longest of those that overlap, then the first; forms that share a span are joined."""
    joined: dict[tuple[int, int], Found] = {}
    for one in found:
        held = joined.setdefault((one.start, one.end), Found(one.start, one.end, actors=one.actors))
        held.forms += one.forms
    out: list[Found] = []
    taken: set[int] = set()
    for one in sorted(joined.values(), key=lambda one: (one.start - one.end, one.start)):
        if taken.isdisjoint((one.start, one.end - 1)):
            taken.update(range(one.start, one.end))
            out.append(one)
    return sorted(out, key=lambda one: one.start)


def _most_named(countries: Iterable[str]) -> str | None:
    """Return the country named more often than any other."""
    ranked = Counter(countries).most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _word_by_word(body: str, one: Found) -> list[Mention]:
    """Give each actor of "both Koreas" one word of it, so that mentions don't overlap."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"\w+", body[one.start : one.end])]
    return [Mention(key, one.start + s, one.start + e) for key, (s, e) in zip(one.actors, spans, strict=False)]


def _titled(body: str, start: int) -> bool:
    """Say whether a title stands before a name: "Prime Minister"."""
    before = WORD_BEFORE.search(body, max(0, start - LAST_WORDS), start)
    return before is not None and lexicon.fold(before[1]) in lexicon.words("names", "titles")


def _somebody_else(body: str, start: int, end: int) -> bool:
    """Say whether a family name stands inside somebody else's name: a first name before it, a given name after it."""
    before = WORD_BEFORE.search(body, max(0, start - LAST_WORDS), start)
    if before and before[1][0].isupper():
        at = before.start(1)
        opening = body[:at].rstrip(" ")
        if (
            lexicon.fold(before[1]) not in lexicon.words("names", "titles")
            and opening
            and opening[-1] not in SENTENCE_END
        ):
            return True
    after = WORD_AFTER.match(body, end)
    return bool(after and after[1][0].isupper() and lexicon.fold(after[1]) not in lexicon.words("names", "governments"))


@cache
def _joiners() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon.alternatives(lexicon.entries("names", "joiners"))
    return re.compile(rf"(?<!\w)(\w+) (?:{words}) $"), re.compile(rf" (?:{words}) (\w+)(?!\w)")


def _free(starts: list[int], mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Say whether no mention overlaps a span."""
    at = bisect_left(starts, end)
    return not at or mentions[at - 1].end <= start
