"""Rows that may be one: authors, sources and actors whose names are nearly the same.

Names are compared only where they share a rare word, a last word and a first letter, or where one may be short for the
other; what was said not to be the same is left out, and so are authors who sign an article together.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from rapidfuzz import fuzz

from articles.models import Actor, ActorName, Author, Byline, Distinct, Source, Tally
from articles.vocabulary import Dimension

MODELS: dict[str, Any] = {"author": Author, "source": Source, "actor": Actor}
COMMON = 40  # rows that hold a word which is too common to compare by
ALIKE = 90  # per cent
MOST = 500  # pairs that are kept
KEPT = 300  # seconds for which they are
WORD = re.compile(r"[^\W_]+")
IDLE = {"the", "a", "of", "and", "for", "in", "de", "la", "le", "der", "die", "das", "el", "van", "von", "bin", "al"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, in per cent, and why."""

    score: int
    why: str


@dataclass(slots=True)
class Pair:
    """Two rows that may be one, the one with more published articles first."""

    one: Any
    other: Any
    score: int
    why: str
    articles: tuple[int, int] = (0, 0)


def likely(kind: str, begin: int = 0, size: int = 25) -> tuple[list[Pair], int]:
    """Return pairs of a kind of rows that may be one, the likeliest first, and how many there are, `MOST` at most.

    They are looked for anew when what was found is `KEPT` seconds old; what was decided since is left out at once.
    """
    found = cache.get_or_set(f"duplicates-{kind}", lambda: list(_found(kind)), KEPT) or []
    distinct, model = Distinct.objects.pairs(kind), MODELS[kind]
    keys = {key for low, high, _, _ in found for key in (low, high)}
    there = set(model.objects.filter(pk__in=keys).values_list("pk", flat=True))
    left = [one for one in found if one[:2] not in distinct and {*one[:2]} <= there]
    page = left[begin : begin + size]
    rows = model.objects.in_bulk({key for low, high, _, _ in page for key in (low, high)})
    counted = Tally.objects.of(Dimension(kind), list(rows))
    pairs = []
    for low, high, score, why in page:
        first, second = sorted((low, high), key=lambda key: (-counted.get(key, 0), key))
        articles = (counted.get(first, 0), counted.get(second, 0))
        pairs.append(Pair(rows[first], rows[second], score, why, articles))
    return pairs, len(left)


def keep_apart(kind: str, keys: Iterable[int], user: User) -> None:
    """Remember that two rows are not the same. Raises ValueError where they are not two."""
    low, high = _two(keys)
    Distinct.objects.get_or_create({"user": user}, model=kind, low=low, high=high)


def propose_again(kind: str, keys: Iterable[int]) -> None:
    """Forget that two rows are not the same. Raises ValueError where they are not two."""
    low, high = _two(keys)
    Distinct.objects.filter(model=kind, low=low, high=high).delete()


def _two(keys: Iterable[int]) -> tuple[int, int]:
    ordered = sorted(set(keys))
    if len(ordered) != 2:
        raise ValueError("Two rows are needed.")
    return ordered[0], ordered[1]


def _found(kind: str) -> list[tuple[int, int, int, str]]:
    names = _names(kind)
    together = _together() if kind == "author" else set()
    best: dict[tuple[int, int], Likeness] = {}
    for low, high in _candidates(names):
        if (low, high) in together:
            continue
        found = max((alike(a, b) for a in names[low] for b in names[high]), key=lambda one: one.score)
        if found.score >= ALIKE:
            best[low, high] = found
    ordered = sorted(best.items(), key=lambda item: (-item[1].score, item[0]))
    return [(low, high, found.score, found.why) for (low, high), found in ordered[:MOST]]


def _names(kind: str) -> dict[int, list[str]]:
    """Return the names of every row, by its number."""
    held: dict[int, list[str]] = defaultdict(list)
    if kind == "actor":
        for key, text in Actor.objects.in_use().values_list("pk", "name"):
            held[key].append(text)
        for key, text in ActorName.objects.filter(actor__retired=False).values_list("actor", "text"):
            held[key].append(text)
    else:
        for key, name, aliases in MODELS[kind].objects.values_list("pk", "name", "aliases"):
            held[key] = [name, *aliases]
    return {key: list(dict.fromkeys(texts)) for key, texts in held.items()}


def _together() -> set[tuple[int, int]]:
    """Return the authors who sign an article together: they are two."""
    signed = defaultdict(set)
    shared = Byline.objects.filter(position__gt=1).values("article")
    for article, author in Byline.objects.filter(article__in=shared).values_list("article", "author"):
        signed[article].add(author)
    return {pair for authors in signed.values() for pair in combinations(sorted(authors), 2)}


def words(name: str) -> list[str]:
    """Return the words of a name in lower case, without marks: "St. Élie, J." is st, elie, j."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return WORD.findall(bare)


def _candidates(names: dict[int, list[str]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are worth comparing, each once."""
    blocks: dict[str, set[int]] = defaultdict(set)
    for key, texts in names.items():
        for text in texts:
            own = words(text)
            if not own:
                continue
            for word in own:
                if len(word) > 3 and word not in IDLE:
                    blocks[word].add(key)
            blocks[f"{own[-1]} {own[0][0]}"].add(key)
            if len(own) > 1:
                blocks[_initials(own)].add(key)
            elif text.isupper():
                blocks[own[0]].add(key)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= COMMON:
            for pair in combinations(sorted(block), 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _initials(own: list[str]) -> str:
    return "".join(word[0] for word in own if word not in IDLE)


def alike(one: str, other: str) -> Likeness:
    """Return how alike two names are."""
    a, b = words(one), words(other)
    if not a or not b:
        return Likeness(0, "")
    bare = [[word for word in own if word not in IDLE] for own in (a, b)]
    if sorted(bare[0]) == sorted(bare[1]) and bare[0]:
        return Likeness(100, "the same words")
    if len(a) > 1 and len(b) > 1 and a[-1] == b[-1] and _initials_fit(a[:-1], b[:-1]):
        return Likeness(94, "the initials fit")
    for short, long, text in ((a, b, one), (b, a, other)):
        if len(short) == 1 and len(long) > 2 and text.isupper() and short[0] == _initials(long):
            return Likeness(92, "one may be short for the other")
    score = round(fuzz.token_sort_ratio(" ".join(a), " ".join(b)))
    return Likeness(min(score, 99), f"spelled alike, {score} %")


def _initials_fit(a: list[str], b: list[str]) -> bool:
    """Whether first names may be the same: some are initials of the others, and none says otherwise."""
    pairs = list(zip(a, b, strict=False))
    fits = all(x == y or (1 in {len(x), len(y)} and x[0] == y[0]) for x, y in pairs)
    return fits and any(len(word) == 1 for word in (*a, *b))
