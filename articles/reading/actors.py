"""Find the actors that a text names.

The names of the authority file are compiled into one automaton (Aho-Corasick) for each language of texts; a text is
then read in one pass, however many names there are. What the automaton finds goes through a cascade:

1. a form counts as a whole word, written as a name is written, in the languages of the text;
2. an ambiguous form needs a witness: a form with witnesses counts if the text holds one of them, and a family name
   only after the full name has stood in the text, or behind an office;
3. of forms that overlap the longest counts; phrases that hold a name by chance ("Korean War") hide it;
4. a form of several actors goes to the country spoken from, else to the actor with most witnesses, else, of
   institutions, to that of the country named most; of people, to the one named last;
5. a capital is the country that acts, or the city where something is;
6. what a name leaves out is added: "North and South Korea", "both Koreas", "the Yoon administration".
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import regex
from ahocorasick_rs import AhoCorasick

from articles.reading import authority, lexicon
from articles.reading.types import AuthorityEntry, Mention, Name
from articles.vocabulary import ActorKind, NameKind

ENGLISH = "en"  # names in English count in texts of every language: foreign names are often left as they are
TITLECASE_FROM = 4  # letters from which an abbreviation may be written as a word: Nato, Asean, Unesco; but not Who
GENITIVE = frozenset(["de", "nl"])  # languages whose names take an s: "Deutschlands", "Bidens"
LOCAL_FROM = 2  # times that something is said to be in a city, from which the text is about the city
COMPOUND_FROM = 3  # letters of a name's second half: "Nord- und Südkorea"
CURLY = "’‘ʼ`"  # apostrophes that are no straight ones
WORD_BEFORE = re.compile(r"(\w[\w'.-]*)[ ]$")
WORD_AFTER = re.compile(r"[ ](\w+)")
LAST_WORDS = 40  # characters before a name in which the word before it is looked for
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # scripts that part no words
CLUSTER = regex.compile(r"\P{M}\p{M}*|\p{M}+")  # a letter with its marks
SENTENCE_END = ".!?:\n\"'“”»«(["


@dataclass(frozen=True, slots=True)
class Form:
    """One form of one actor; what the automaton's patterns stand for."""

    key: str
    name: Name
    surname: bool  # of a person, counts only after the full name
    city: bool = False  # of a capital, counts only where something is in it


@dataclass(slots=True)
class Found:
    """A form found in a text."""

    start: int
    end: int
    forms: list[Form] = field(default_factory=list)  # none: a mask
    actors: tuple[str, ...] = ()  # for phrases that name several


@dataclass(frozen=True, slots=True)
class Compiled:
    """The names that count in texts of one language. A pattern's place is its place in `forms` and `several`."""

    automaton: AhoCorasick
    patterns: dict[str, int]
    forms: tuple[tuple[Form, ...], ...]
    several: tuple[tuple[str, ...], ...]
    genitive: bool

    def only(self, pattern: str) -> str | None:
        """Return the key of the one actor of this name, if it needs no witness."""
        index = self.patterns.get(pattern)
        keys = {form.key for form in self.forms[index] if not form.name.witness} if index is not None else set()
        return keys.pop() if len(keys) == 1 else None


class Names:
    """The authority file, compiled. Building takes a second or less; `find` may be called from many threads."""

    def __init__(self, entries: Iterable[AuthorityEntry]) -> None:
        self.entries: tuple[AuthorityEntry, ...] = tuple(entries)
        self._by_key = {entry.key: entry for entry in self.entries}
        self._capitals = {n.text for e in self.entries for n in e.names if n.kind == NameKind.CAPITAL}
        self._compiled: dict[str, Compiled] = {}

    def entry(self, key: str) -> AuthorityEntry:
        """Return the entry of a key. Raises KeyError."""
        return self._by_key[key]

    def knows(self, key: str) -> bool:
        return key in self._by_key

    def find(self, body: str, language: str | None, *, country: str | None = None) -> tuple[Mention, ...]:
        """Return the actors named in `body`, by place, none overlapping another.

        `country` is the key of the country that the text speaks from, which decides whose "National Assembly" is meant.
        """
        return self.scan(body, language).mentions(country)

    def scan(self, body: str, language: str | None) -> "Scan":
        """Read a text once; its mentions can then be asked for from the view of any country."""
        return Scan(self, body, language)

    def printed(self, key: str, texts: Iterable[str], language: str | None) -> str:
        """Return the fullest of the texts that names a person or organisation and nobody else, else the preferred name.

        "Sergei Lavrov" stays as printed; "Lavrov" and what is said of countries in adjectives does not name in full.
        """
        entry = self._by_key[key]
        if entry.kind not in (ActorKind.PERSON, ActorKind.ORGANISATION):
            return entry.name
        only = self.compiled(language).only
        full = [text for text in dict.fromkeys(texts) if only(fold(text)) == key]
        if entry.kind == ActorKind.PERSON and " " in entry.name:
            full = [text for text in full if " " in text]
        return max(full, key=len, default=entry.name)

    def compiled(self, language: str | None) -> Compiled:
        """Return the names that count in texts of a language, compiled at the first call."""
        code = language or ""
        if code not in self._compiled:
            self._compiled[code] = self._compile(code)
        return self._compiled[code]

    def _compile(self, language: str) -> Compiled:
        related = lexicon.load("names")["related"].get(language, ())
        languages = {"", ENGLISH, language, *related}
        forms: dict[str, list[Form]] = defaultdict(list)
        for entry in self.entries:
            for name in dict.fromkeys([*self._names(entry), *self._local(entry, language)]):
                if name.language in languages and name.text.strip():
                    surname = entry.kind == ActorKind.PERSON and bool(name.witness)
                    city = entry.kind == ActorKind.REGION and name.text in self._capitals
                    forms[fold(name.text)].append(Form(entry.key, name, surname, city))
        several = {
            fold(one["words"]): tuple(one["actors"])
            for one in lexicon.load("names")["several"]["any"]
            if all(key in self._by_key for key in one["actors"])
        }
        masks = {fold(text) for text in lexicon.entries("names", "masks")}
        patterns = sorted({*forms, *several, *masks})
        return Compiled(
            AhoCorasick(patterns),
            {pattern: index for index, pattern in enumerate(patterns)},
            tuple(() if p in masks or p in several else tuple(forms[p]) for p in patterns),
            tuple(several.get(p, ()) for p in patterns),
            language in GENITIVE,
        )

    @staticmethod
    def _names(entry: AuthorityEntry) -> Iterable[Name]:
        """Return the entry's forms; its own name where it has none at all."""
        return entry.names or [Name(entry.name)]

    @staticmethod
    def _local(entry: AuthorityEntry, language: str) -> list[Name]:
        """Return how the CLDR calls a country in a language that the authority file has no words for."""
        if not entry.iso or not language or language in authority.LANGUAGES:
            return []
        printed = authority.territories(language).get(entry.iso)
        return [Name(printed, language=language)] if printed else []


class Scan:
    """One text, read once: what is named whoever speaks, and what only the country spoken from decides."""

    def __init__(self, names: Names, body: str, language: str | None) -> None:
        self.names, self.body = names, body
        self._compiled = names.compiled(language)
        self._text, self._places = composed(body)
        self._folded = fold(self._text)
        self._witnesses = _Witnesses(self._text, self._folded)
        # 1. whole words, written as names are
        found = self._whole()
        # 2. witnesses
        found = [one for one in found if self._witnessed(one)]
        # 3. the longest
        self._found = _longest(found)

    def mentions(self, country: str | None = None) -> tuple[Mention, ...]:
        """Return the mentions, by place; `country` is the key of the country that the text speaks from."""
        if country is None or not self._open:
            return self._unbound
        return self._finished(country)

    @cached_property
    def _unbound(self) -> tuple[Mention, ...]:
        return self._finished(None)

    def _finished(self, country: str | None) -> tuple[Mention, ...]:
        # 4. one actor each
        mentions = self._resolve(country)
        # 6. what names leave out
        every = sorted({*mentions, *self._elliptical(mentions)}, key=lambda mention: mention.start)
        if self._places is None:
            return tuple(every)
        return tuple(replace(m, start=self._places[m.start], end=self._places[m.end]) for m in every)

    def _whole(self) -> list[Found]:
        """Return what stands in the text as whole words, written as names are."""
        text, compiled = self._text, self._compiled
        padded = f"\n{self._folded}\n\n"  # so that there is a character before and after every place
        found: list[Found] = []
        for index, start, end in compiled.automaton.find_matches_as_indexes(self._folded, overlapping=True):
            before, after = padded[start], padded[end + 1]
            genitive = False
            if (after.isalnum() or after == "_" or not after.isascii()) and _binds(self._folded, end, end - 1):
                genitive = compiled.genitive and after == "s" and not padded[end + 2].isalnum()
                if not genitive:
                    continue
            if (before.isalnum() or before == "_" or not before.isascii()) and _binds(self._folded, start - 1, start):
                continue
            forms, several = compiled.forms[index], compiled.several[index]
            if not forms:
                found.append(Found(start, end + genitive, actors=several))
                continue
            printed = text[start:end]
            held = [f for f in forms if _written_as(f.name, printed) and not (genitive and _has_no_genitive(f.name))]
            if held:
                found.append(Found(start, end + genitive, held))
        return found

    def _witnessed(self, one: Found) -> bool:
        if not one.forms:
            return True
        if len(one.forms) == 1 and one.forms[0].surname and _in_office(self._text, one.start):
            return True
        one.forms = [
            form
            for form in one.forms
            if not form.name.witness
            or self._witnesses.count(
                form.name, before=one.start if form.surname else None, without=(one.start, one.end)
            )
        ]
        return bool(one.forms)

    @cached_property
    def _settled(self) -> list[Mention]:
        """What is one actor whoever speaks."""
        return self._sorted_out[0]

    @cached_property
    def _open(self) -> list[tuple[Found, list[Form]]]:
        """What may be one actor or another."""
        return self._sorted_out[1]

    @cached_property
    def _sorted_out(self) -> tuple[list[Mention], list[tuple[Found, list[Form]]]]:
        mentions: list[Mention] = []
        open_ones: list[tuple[Found, list[Form]]] = []
        for one in self._found:
            if one.actors:
                mentions += _word_by_word(self._text, one)
                continue
            forms = [f for f in one.forms if not (f.surname and _somebody_else(self._text, one.start, one.end))]
            # 5. a capital or a city
            if any(form.city for form in forms):
                forms = self._city_or_country(one, forms)
            keys = {form.key for form in forms}
            if len(keys) == 1:
                mentions.append(Mention(forms[0].key, one.start, one.end))
            elif keys:
                open_ones.append((one, forms))
        return mentions, open_ones

    def _city_or_country(self, one: Found, forms: list[Form]) -> list[Form]:
        """Return the forms of the city, or those of the actors that it stands for.

        It is the city where something is in it, and where the text mostly speaks of what is in it; also where no
        country is witnessed, unless people have that name too ("Sofia").
        """
        cities = [form for form in forms if form.city]
        others = [form for form in forms if not form.city]
        if self._is_inside(one) or cities[0].key in self._local:
            return cities
        if others:
            return others
        named = self._folded[one.start : one.end] in lexicon.words("names", "cities_like_people")
        return [] if named or _somebody_else(self._text, one.start, one.end) else cities

    def _is_inside(self, one: Found) -> bool:
        """Say whether something is said to be in a city: "in Washington", "Dhaka residents"."""
        before = WORD_BEFORE.search(self._text, max(0, one.start - LAST_WORDS), one.start)
        after = WORD_AFTER.match(self._text, one.end)
        return (before is not None and before[1].lower() in lexicon.words("names", "inside_of")) or (
            after is not None and lexicon.fold(after[1]) in lexicon.words("names", "city_words")
        )

    @cached_property
    def _local(self) -> frozenset[str]:
        """The cities in which something is said to be at least twice, and every other time that they are named."""
        named, inside = Counter[str](), Counter[str]()
        for one in self._found:
            for key in {form.key for form in one.forms if form.city}:
                named[key] += 1
                inside[key] += self._is_inside(one)
        return frozenset(key for key, n in inside.items() if n >= LOCAL_FROM and n * 2 >= named[key])

    def _resolve(self, country: str | None) -> list[Mention]:
        mentions = list(self._settled)
        entry = self.names.entry
        named = _most_named(m.actor for m in mentions if entry(m.actor).kind == ActorKind.COUNTRY)
        for one, forms in self._open:
            if key := self._choose(one, forms, named, country):
                mentions.append(Mention(key, one.start, one.end))
        return sorted(mentions, key=lambda mention: mention.start)

    def _choose(self, one: Found, forms: list[Form], named: str | None, country: str | None) -> str | None:
        """Return the one actor that a form of several means here, or None where nothing decides."""
        bound = {form.key: self.names.entry(form.key).country for form in forms}
        # 4.1 the country spoken from
        if country and (own := [key for key, land in bound.items() if land == country]) and len(set(own)) == 1:
            return own[0]
        # 4.2 people: the one named last
        if all(form.surname for form in forms):
            return max(forms, key=lambda form: self._witnesses.last(form.name, before=one.start)).key
        # 4.3 most witnesses
        scores = {form.key: self._witnesses.count(form.name, without=(one.start, one.end)) for form in forms}
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

    def _elliptical(self, mentions: Sequence[Mention]) -> list[Mention]:
        governments = lexicon.words("names", "governments")
        starts = [mention.start for mention in mentions]
        out: list[Mention] = []
        for mention in mentions:
            for missing, span in self._missing(mention):
                key = self._compiled.only(missing)
                if key and key != mention.actor and _free(starts, mentions, *span):
                    out.append(Mention(key, *span))
            entry = self.names.entry(mention.actor)
            if entry.kind == ActorKind.PERSON and entry.country:
                after = WORD_AFTER.match(self._text, mention.end)
                key = f"government-of-{entry.country}"
                if after and lexicon.fold(after[1]) in governments and self.names.knows(key):
                    out.append(Mention(key, *after.span(1)))
        return out

    def _missing(self, mention: Mention) -> Iterable[tuple[str, tuple[int, int]]]:
        """Yield what may be named by the word joined to a name, and where that word stands.

        1. "North and South Korea"; 2. "Korea Utara dan Selatan", "Corea del Norte y del Sur"; 3. "Nord- und Südkorea".
        """
        before_it, after_it, hyphened = _joiners()
        folded = self._folded
        words = folded[mention.start : mention.end].split(" ")
        low = max(0, mention.start - LAST_WORDS)
        if len(words) >= 2:
            if match := before_it.search(folded, low, mention.start):
                yield " ".join([match[1], *words[1:]]), match.span(1)
            if match := after_it.match(folded, mention.end):
                yield " ".join([*words[:-1], match[1]]), match.span(1)
        elif match := hyphened.search(folded, low, mention.start):
            for cut in range(COMPOUND_FROM, len(words[0]) - COMPOUND_FROM):
                yield match[1] + words[0][cut:], match.span(1)


class _Witnesses:
    """Where witnesses stand in a text, looked up once each."""

    def __init__(self, body: str, folded: str) -> None:
        self._body = body
        self._folded = folded
        self._places: dict[str, list[int]] = {}

    def places(self, witness: str) -> list[int]:
        """Return where a witness stands, in order, as the beginning of a word; an abbreviation as a whole one.

        A large letter must be large.
        """
        if witness not in self._places:
            folded, size = fold(witness), len(witness)
            short = witness.isupper()
            places, at = [], self._folded.find(folded)
            while at >= 0:
                if short:
                    good = self._body[at : at + size] == witness and is_whole(self._folded, at, at + size)
                else:
                    large = not witness[0].isupper() or self._body[at].isupper()
                    good = large and not (at and self._folded[at - 1].isalnum())
                if good:
                    places.append(at)
                at = self._folded.find(folded, at + 1)
            self._places[witness] = places
        return self._places[witness]

    def count(self, name: Name, *, before: int | None = None, without: tuple[int, int] = (-1, -1)) -> int:
        """Return how many different witnesses of a name the text holds, before a place and outside of a span."""
        return sum(self._stands(witness, before, *without) for witness in name.witness)

    def _stands(self, witness: str, before: int | None, low: int, high: int) -> bool:
        places = self.places(witness)
        known = len(places) if before is None else bisect_left(places, before)
        if not known or low < 0:
            return known > 0
        limit = high if before is None else min(high, before)
        return known > max(0, bisect_left(places, limit) - bisect_left(places, low))

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
    return straight(low)


def straight(text: str) -> str:
    """Return text with straight apostrophes."""
    if not text.isascii():
        for curly in CURLY:
            text = text.replace(curly, "'")
    return text


def composed(text: str) -> tuple[str, list[int] | None]:
    """Return text in Unicode's form NFC and, where that moves anything, the place in `text` of each of its places."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    out: list[str] = []
    places: list[int] = []
    for match in CLUSTER.finditer(text):
        cluster = unicodedata.normalize("NFC", match[0])
        out.append(cluster)
        places += [match.start()] * len(cluster)
    return "".join(out), [*places, len(text)]


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
    if text == printed or straight(text) == straight(printed):
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
    ranked = sorted(joined.values(), key=lambda one: (one.start - one.end, one.start))
    out: list[Found] = []
    for one in ranked:  # the longest first, so what is taken can only hold it, or cut into one of its ends
        at = bisect_left(out, one.start, key=lambda held: held.start)
        if (at == len(out) or out[at].start >= one.end) and (at == 0 or out[at - 1].end <= one.start):
            out.insert(at, one)
    return out


def _most_named(countries: Iterable[str]) -> str | None:
    """Return the country named more often than any other."""
    ranked = Counter(countries).most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _word_by_word(body: str, one: Found) -> list[Mention]:
    """Give each actor of "both Koreas" one word of it, so that mentions don't overlap."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"\w+", body[one.start : one.end])]
    return [Mention(key, one.start + s, one.start + e) for key, (s, e) in zip(one.actors, spans, strict=False)]


def _in_office(body: str, start: int) -> bool:
    """Say whether an office stands before a name: "Prime Minister", which is as good as a first name; "Mr" is not."""
    before = WORD_BEFORE.search(body, max(0, start - LAST_WORDS), start)
    return before is not None and lexicon.fold(before[1]) in lexicon.words("names", "offices")


def _has_no_genitive(name: Name) -> bool:
    """Say whether an s behind a form is no genitive: "deutschs", "USAs"."""
    return name.kind != NameKind.NAME or not name.text[0].isupper()


def _somebody_else(body: str, start: int, end: int) -> bool:
    """Say whether a family name stands inside somebody else's name: a first name before it, a given name after it."""
    before = WORD_BEFORE.search(body, max(0, start - LAST_WORDS), start)
    if before and before[1][0].isupper():
        at = before.start(1)
        opening = body[:at].rstrip(" ")
        if (
            lexicon.fold(before[1]) not in lexicon.words("names", "titles")
            and lexicon.fold(before[1]) not in lexicon.words("names", "offices")
            and opening
            and opening[-1] not in SENTENCE_END
        ):
            return True
    after = WORD_AFTER.match(body, end)
    return bool(after and after[1][0].isupper() and lexicon.fold(after[1]) not in lexicon.words("names", "governments"))


@cache
def _joiners() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon.alternatives(lexicon.entries("names", "joiners"))
    articles = lexicon.alternatives(lexicon.entries("names", "ellipsis_articles"))
    return (
        re.compile(rf"(?<!\w)(\w+) (?:{words}) $"),
        re.compile(rf" (?:{words}) (?:(?:{articles}) )?(\w+)(?!\w)"),
        re.compile(rf"(?<!\w)(\w+)- (?:{words}) $"),
    )


def _free(starts: list[int], mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Say whether no mention overlaps a span."""
    at = bisect_left(starts, end)
    return not at or mentions[at - 1].end <= start
