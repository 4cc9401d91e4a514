"""Propose people and organisations that a text names and the authority file does not know.

Nobody is created: an editor decides. A candidate is a run of words written large of which the text itself says what it
is. Rules, the surest first; the first that speaks names the candidate:

1. "acronym"       an organisation's name with its letters in brackets: "Delta Water Authority (DWA)";
2. "head"          a name that begins or ends with a noun of organisations: "Ministry of Rivers", "Delta Institute";
3. "kind"          a name behind such a noun written small: "the oil giant Acme", "perusahaan Acme";
4. "title"         a full name behind an office or profession: "la ministre Jeanne Roux";
5. "apposition"    a full name with what it is behind a comma: "Jane Roe, a gardener";
6. "speech"        a full name beside a verb of saying: "Jane Roe said", "selon Jeanne Roux";
7. "family"        a full name whose last word stands alone elsewhere: "Jane Roe ... Roe".

None are the text's own authors, what the authority file knows, places, laws, days, headings and lines in title case.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from articles.reading import lexicon
from articles.reading.actors import ENGLISH, Names, fold
from articles.reading.types import Candidate, Mention, Span
from articles.vocabulary import ActorKind

LONGEST_NAME = 90  # characters; longer runs are headlines
FULL_NAME = (2, 4)  # words of a full name, particles aside
INTRODUCTION = 120  # characters before a name in which its office stands
TITLE_WORDS = 4  # of a run, among which a title may stand: "Yesterday Foreign Minister Jane Roe"
FIRST_WORDS = 4  # of an apposition, among which its noun stands
CONTEXT = 40  # characters beside a run in which its title, verb or apposition stands
FEWEST_LETTERS = 2  # of an acronym, and of a family name
LONGEST = 200_000  # characters in which candidates are looked for; a long essay has 60,000
MOST = 60  # candidates of one text; more are a list of something else

LETTER = r"[\p{L}\p{M}\p{N}]"
CAPITAL = rf"(?:\p{{Lu}}(?:{LETTER}|['’.\-–](?={LETTER}))*+)"
INITIAL = r"(?:\p{Lu}\.(?:[ -]?\p{Lu}\.)*)"
ACRONYM = regex.compile(r" \((\p{Lu}[\p{L}\p{N}&\-]{1,11})\)")
POSSESSIVES = ("'s", "’s")
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


def propose(
    body: str,
    language: str | None,
    *,
    names: Names,
    mentions: Sequence[Mention],
    authors: Iterable[str] = (),
    headings: Sequence[Span] = (),
) -> tuple[tuple[Candidate, ...], tuple[Mention, ...]]:
    """Return the candidates, by first place, and the mentions that are left beside them.

    A mention that is only a part of a candidate's name ("University of Bonn") gives way to it. None overlap.
    """
    text = _Text(body[:LONGEST], language, mentions, authors, headings)
    found: dict[str, Found] = {}
    for run in text.runs():
        for one in (*_organisations(text, run), *_people(text, run)):
            held = found.setdefault(fold(one.name), one)
            held.others |= one.others
            held.note = held.note or one.note
        if len(found) >= MOST:
            break
    kept = _unknown(found.values(), names, language)
    return _places(text, kept, mentions)


class _Text:
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
        for match in _RUN().finditer(self.body):
            start, end = match.span()
            if end - start > LONGEST_NAME or self._in_heading(start):
                continue
            if " " not in match[0] and not self._worth(start, match[0]):
                continue
            words = [found.span() for found in _WORD.finditer(self.body, start, end)]
            yield from self._split(words)

    def _in_heading(self, at: int) -> bool:
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
class _Cues:
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


def _folded(table: str) -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon.entries("candidates", table))


@cache
def _cues(language: str) -> _Cues:
    codes = list(dict.fromkeys([ENGLISH, *lexicon.load("names")["related"].get(language, ()), language]))

    def of(table: str) -> list[str]:
        lists = lexicon.load("candidates")[table]
        return [word for code in codes for word in lists.get(code, ())]

    # English heads end names ("Delta Council"), and begin them only with "of" ("Council of Rivers")
    return _Cues(
        titles=frozenset(word.strip(".") for word in of("titles")),
        verbs=regex.compile(rf",? (?:{lexicon.alternatives(of('verbs'))})(?!{LETTER})"),
        according=regex.compile(rf"(?<!{LETTER})(?:{lexicon.alternatives(of('according'))}) $", regex.IGNORECASE),
        apposition=regex.compile(
            rf", ((?:{lexicon.alternatives(of('indefinite'))}) )?([\p{{L}}][^,.;:!?\n()]{{2,80}})"
        ),
        nouns=frozenset(of("organisation_nouns")),
        openers=_folded("openers"),
        no_actors=_folded("no_actors"),
        no_nouns=_folded("no_actor_nouns"),
        first=frozenset(of("heads_first")),
        last=frozenset(of("heads_last")),
        small=_folded("heads_small"),
        particles=_folded("particles"),
        articles=frozenset(of("articles")),
        callers=frozenset(of("organisation_nouns")) | _folded("heads_small"),
        joiners=frozenset(["la", "du", "des", "de", "del", "da", "do", "dos", "van", "of", "voor"]),
        ends=tuple(of("heads_last")),
        german=language == "de",
    )


_WORD = regex.compile(
    rf"\((?={CAPITAL}\) ){CAPITAL}\)|{INITIAL}|{CAPITAL}|&|\p{{Ll}}[\p{{L}}\p{{M}}]*+(?:['’](?=\p{{Lu}}))?"
)


@cache
def _RUN() -> regex.Pattern[str]:  # noqa: N802 - a pattern
    inner = lexicon.alternatives(lexicon.entries("candidates", "inner"))
    joined = rf"(?:(?:(?:{inner}) ){{0,3}}+(?:[dl]['’])?(?:{INITIAL}|{CAPITAL})|\({CAPITAL}\)(?= \p{{Lu}}))"
    return regex.compile(rf"(?<!{LETTER})(?:{INITIAL}|{CAPITAL})(?: {joined})*+")


def _organisations(text: _Text, run: Run) -> Iterable[Found]:
    cues, body = text.cues, text.body
    spelled = ACRONYM.match(body, run.end)
    words = run.words
    folded = [text.folded(word) for word in words]
    span: tuple[int, int] | None = None
    rule = "head"
    for index, word in enumerate(folded):
        # 2. the head begins it
        follows = index + 1 < len(words)
        if follows and word in cues.first and _begins(word, folded[index + 1], cues):
            span = _from(text, words[index:], folded[index:])
            break
    else:
        # 2. the head ends it
        ends = [index for index, word in enumerate(folded) if word in cues.last and index]
        if ends:
            span = _upto(text, words[: ends[-1] + 1], folded)
        elif cues.german and len(words) == 1 and _compound(folded[0], cues):
            span = (run.start, run.end) if "-" in folded[0] else None
    noun = text.before(run.start)
    # 2. "le ministère de la Santé"
    if span is None and (lead := _small_head(text, run)):
        span = (lead, run.end)
    # 3. the noun before it
    if span is None and noun in cues.nouns:
        single = len(words) > 1 or folded[0] not in text.small
        if single and not text.known(words) and folded[-1] not in cues.no_actors and len(words) <= FULL_NAME[1]:
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


def _begins(head: str, after: str, cues: _Cues) -> bool:
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


def _from(text: _Text, words: list[tuple[int, int]], folded: list[str]) -> tuple[int, int] | None:
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


def _upto(text: _Text, words: list[tuple[int, int]], folded: list[str]) -> tuple[int, int] | None:
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


def _compound(word: str, cues: _Cues) -> bool:
    head, hyphen, _ = word.rpartition("-")
    return bool(hyphen and head) and word.endswith(cues.ends)


def _small_head(text: _Text, run: Run) -> int | None:
    """Return where a head written small begins that stands before a run: "le ministère de la Santé"."""
    last = text.before(run.start)
    if last not in text.cues.joiners and last not in text.cues.small and not last.endswith(("l'", "l’", "d'", "d’")):
        return None
    match = _SMALL_HEAD.search(text.body, max(0, run.start - CONTEXT), run.start)
    if match is None or match[1].lower() not in text.cues.small or text.known(run.words[-1:]):
        return None
    return int(match.start(1))


_SAID = regex.compile(r"[\p{L}\-]+")
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


def _people(text: _Text, run: Run) -> Iterable[Found]:
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


def _introduced(text: _Text, start: int, end: int) -> str:
    """Return what stands before a name and its comma if it begins with an office: "the head of Delta, Jane Roe,"."""
    body = text.body
    if start < FIRST_WORDS or not body.startswith(", ", start - 2) or body[end : end + 1] not in (",", ".", " ", ":"):
        return ""
    before = re.split(r"[.!?:;,\n“„«\"]", body[max(0, start - INTRODUCTION) : start - 2])[-1].strip()
    return before if any(fold(word) in text.cues.titles for word in before.split()[:FIRST_WORDS]) else ""


def _is_full_name(text: _Text, words: list[tuple[int, int]], folded: list[str]) -> bool:
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


def _apposition(text: _Text, start: int, end: int) -> tuple[str, list[str]]:
    """Return what is said of a name behind a comma, and its first words; nothing where it may be another clause.

    Behind "a" and the like any noun says what somebody is; behind "the", or nothing, an office or a profession.
    """
    cues = text.cues
    match = cues.apposition.match(text.body, end)
    if match is None:
        return "", []
    said = _SAID.findall(match[2].lower())[:FIRST_WORDS]
    loose = match[1] is not None and not (cues.german and text.opens(start))
    if loose or any(word in cues.titles for word in said):
        return match[0].strip(", "), said
    return "", said


def _bare(text: _Text, words: list[tuple[int, int]]) -> bool:
    """Say whether a name is spelled out: no initial first ("z. B. Abraum"), in German no particle ("Werk von Wert")."""
    return "." not in text.body[words[0][0] : words[0][1]] and not (
        text.cues.german and any(not text.body[low].isupper() for low, _ in words)
    )


def _stands_alone(text: _Text, word: tuple[int, int]) -> bool:
    """Say whether the last word of a name stands alone elsewhere, written large within a sentence."""
    family = text.body[word[0] : word[1]]
    if family not in text.alone:
        text.alone[family] = _stands(text, family)
    return text.alone[family]


def _stands(text: _Text, family: str) -> bool:
    if len(family) <= FEWEST_LETTERS or fold(family) in text.small or fold(family) in text.cues.openers:
        return False
    alone = False
    at = text.body.find(family)
    while at >= 0:
        end = at + len(family)
        if _alone(text.body, at, end):
            if not text.cues.german:
                return True
            if text.before(at).lower() in text.cues.articles:
                return False  # where nouns are written large, an article tells one from a name
            alone = True
        at = text.body.find(family, end)
    return alone


_LARGE_BEFORE = regex.compile(rf"(?:{CAPITAL}|{INITIAL}) (?:\p{{Ll}}+ )?$")
_LARGE_AFTER = regex.compile(r"[ -]\p{Lu}|['’](?!s\b)\p{L}")


def _alone(body: str, start: int, end: int) -> bool:
    if start and (body[start - 1].isalnum() or body[start - 1] in "-'’"):
        return False
    if end < len(body) and (body[end].isalnum() or body[end] in "-–"):
        return False
    return not _LARGE_BEFORE.search(body, max(0, start - CONTEXT), start) and not _LARGE_AFTER.match(body, end)


def _unknown(found: Iterable[Found], names: Names, language: str | None) -> list[Found]:
    """Keep what the authority file does not know; a name that only begins another stands for it."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -len(one.name)):
        if any(m.start == 0 and m.end == len(one.name) for m in names.find(one.name, language)):
            continue
        longer = next((held for held in kept if held.name.startswith(one.name + " ")), None)
        if longer:
            longer.others |= {one.name, *one.others}
        else:
            kept.append(one)
    return kept


def _places(
    text: _Text, found: Sequence[Found], mentions: Sequence[Mention]
) -> tuple[tuple[Candidate, ...], tuple[Mention, ...]]:
    """Find every place of each candidate, the longest form first, and drop the mentions inside of them."""
    forms: dict[str, int] = {}
    for index, one in enumerate(found):
        for form in (one.name, *one.others):
            forms.setdefault(form, index)
    if not forms:
        return (), tuple(mentions)
    pattern = regex.compile(rf"(?<!{LETTER})\L<forms>(?!{LETTER})", forms=list(forms))
    spans: list[list[Span]] = [[] for _ in found]
    taken: list[Span] = []
    starts = [mention.start for mention in mentions]
    for match in pattern.finditer(text.body):
        index = forms[match[0]]
        start, end = match.span()
        full = match[0] == found[index].name
        if not full and (start in text.inside or not (match[0].isupper() or _alone(text.body, start, end))):
            continue
        if _cut(mentions, starts, start, end):
            continue
        spans[index].append(Span(start, end))
        taken.append(Span(start, end))
    held = [one.start for one in taken]
    left = tuple(m for m in mentions if not ((at := bisect_right(held, m.start)) and m.start < taken[at - 1].end))
    out = [
        Candidate(one.name, one.kind, one.rule, tuple(places), one.note)
        for one, places in zip(found, spans, strict=True)
        if places
    ]
    return tuple(sorted(out, key=lambda one: one.mentions[0].start)), left


def _cut(mentions: Sequence[Mention], starts: Sequence[int], start: int, end: int) -> bool:
    """Say whether a span cuts into a mention, or is one or a part of one."""
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    if first and mentions[first - 1].end > start:
        return True
    if first == last:
        return False
    return mentions[last - 1].end > end or (mentions[first].start, mentions[first].end) == (start, end)
