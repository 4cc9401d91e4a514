"""What a text keeps when it is translated: by these traces a translation and its original find each other.

Actors in the order of the text, numbers, dates, cited addresses, names that are spelled the same, quotations at their
places, paragraphs. Each kind is evidence of its own; two op-eds on one subject share some of one kind, a translation
shares most of several.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import regex

from articles.reading import dates

MOST = 96  # traces of a text that are kept under the index, what is cited and counted before names
PLACE = 0.06  # of the text's length: how far a quotation may move in a translation
NEVER_ALIKE = 0.5  # a quotation whose length changes by more than this factor is another one
ENOUGH = 3  # kinds of evidence that agree: two texts on one subject agree in one, seldom in two
LEAST_SHARED = 6  # numbers, dates, names and addresses that both have: fewer meet by chance
CONTRADICTED = 0.4  # of the numbers of both: a translation leaves numbers alone
SAME_WORK = 0.7  # translations keep 0.89; what else it takes leaves no made-up pair on one subject beyond it

# By kind: its weight, how many a text needs for it to count, and the share from which it agrees.
KINDS = {
    "addresses": (2.0, 1, 0.5),
    "dates": (1.5, 1, 0.6),
    "numbers": (2.0, 2, 0.6),
    "names": (1.5, 3, 0.5),
    "actors": (1.5, 4, 0.5),
    "quotations": (1.0, 2, 0.6),
    "paragraphs": (0.5, 4, 0.8),
}

NUMBER = regex.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
THOUSANDS = regex.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")
NAME = regex.compile(r"(?<=[\p{Ll}\p{M},;:)][\"”»]? )\p{Lu}[\p{L}\p{M}'’-]{3,}")
QUOTED = regex.compile(r"“([^“”]{12,600})”|„([^„“”]{12,600})[“”]|«([^«»]{12,600})»|\"([^\"\n]{12,600})\"")
SMALL = 12  # numbers up to it are spelled out in one language and not in another, and stand everywhere


@dataclass(frozen=True, slots=True)
class Traces:
    """The traces of one text; `quotations` are (begin, length) as shares of the text."""

    actors: tuple[int, ...] = ()
    numbers: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    quotations: tuple[tuple[float, float], ...] = ()
    paragraphs: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two texts agree: `score` 0 to 1, and by kind of evidence the share that both have."""

    score: float
    shares: dict[str, float]
    shared: int  # how many numbers, dates, names and addresses both have

    @property
    def agreeing(self) -> list[str]:
        """The kinds of evidence that speak for one work."""
        return [kind for kind, share in self.shares.items() if share >= KINDS[kind][2]]

    @property
    def is_translation(self) -> bool:
        """Whether the evidence is enough: several kinds agree, on enough things, and no numbers contradict."""
        strong = [kind for kind in self.agreeing if kind != "paragraphs"]
        if self.shared < LEAST_SHARED or self.shares.get("numbers", 1.0) < CONTRADICTED:
            return False
        return len(strong) >= ENOUGH and self.score >= SAME_WORK


def traces(body: str, *, mentions: Sequence[tuple[int, int, int]] = (), addresses: Iterable[str] = ()) -> Traces:
    """Return the traces of a text; `mentions` are (actor, start, end) in its order, in characters."""
    bare = list(body)
    for _, start, end in mentions:
        bare[start:end] = "x" * (end - start)  # an actor is evidence of its own
    text = "".join(bare)
    days = [found for found in dates.find(text) if found.month and (found.day or found.year)]
    for found in days:
        bare[found.start : found.end] = "x" * (found.end - found.start)
    text = "".join(bare)
    lower = {word for word in regex.findall(r"\p{L}[\p{L}\p{M}'’-]+", text) if word[0].islower()}
    size = max(len(body), 1)
    return Traces(
        actors=_runs(actor for actor, _, _ in mentions),
        numbers=frozenset(n for n in map(_number, NUMBER.findall(text)) if "." in n or float(n) > SMALL),
        dates=frozenset(f"{found.year or ''}-{found.month}-{found.day or ''}" for found in days),
        addresses=frozenset(_address(address) for address in addresses if address),
        names=frozenset(name.casefold() for name in NAME.findall(text) if name.casefold() not in lower),
        quotations=tuple((m.start() / size, (m.end() - m.start()) / size) for m in QUOTED.finditer(body)),
        paragraphs=sum(bool(line.strip()) for line in body.split("\n\n")),
    )


def features(found: Traces) -> tuple[int, ...]:
    """Return up to `MOST` traces as signed 64-bit integers, sorted: what an index finds a text by."""
    order = found.actors
    kept = [
        *(f"a {address}" for address in sorted(found.addresses)),
        *(f"d {day}" for day in sorted(found.dates)),
        *(f"n {number}" for number in sorted(found.numbers, key=len, reverse=True)),
        *(f"w {name}" for name in sorted(found.names, key=len, reverse=True)),
        *sorted({f"o {order[i : i + 3]}" for i in range(len(order) - 2)}),
    ]
    hashes = {int.from_bytes(blake2b(one.encode(), digest_size=8).digest(), signed=True) for one in kept[:MOST]}
    return tuple(sorted(hashes))


def agreement(one: Traces, other: Traces) -> Agreement:
    """Return how far two texts agree, by the kinds of evidence that both have enough of."""
    shares: dict[str, float] = {}
    shared = 0
    for kind in ("addresses", "dates", "numbers", "names"):
        mine, theirs = getattr(one, kind), getattr(other, kind)
        shared += len(mine & theirs)
        if min(len(mine), len(theirs)) >= KINDS[kind][1]:
            shares[kind] = len(mine & theirs) / max(len(mine), len(theirs))
    if min(len(one.actors), len(other.actors)) >= KINDS["actors"][1]:
        shares["actors"] = _in_order(one.actors, other.actors)
    if min(len(one.quotations), len(other.quotations)) >= KINDS["quotations"][1]:
        shares["quotations"] = _at_their_places(one.quotations, other.quotations)
    if min(one.paragraphs, other.paragraphs) >= KINDS["paragraphs"][1]:
        shares["paragraphs"] = min(one.paragraphs, other.paragraphs) / max(one.paragraphs, other.paragraphs)
    weight = sum(KINDS[kind][0] for kind in shares)
    score = sum(KINDS[kind][0] * share for kind, share in shares.items()) / weight if weight else 0.0
    return Agreement(round(score, 3), {kind: round(share, 3) for kind, share in shares.items()}, shared)


def _runs(actors: Iterable[int]) -> tuple[int, ...]:
    """Return actors without the repetitions of one after itself: a pronoun here is a name there."""
    out: list[int] = []
    for actor in actors:
        if not out or out[-1] != actor:
            out.append(actor)
    return tuple(out)


def _number(text: str) -> str:
    """Return a number as digits, with a point before decimals, whichever of "1,200.5" and "1.200,5" is printed."""
    return str(THOUSANDS.sub("", text)).replace(",", ".")


def _address(text: str) -> str:
    return str(regex.sub(r"^https?://(?:www\.)?|[#?].*$", "", text.strip().casefold())).rstrip("/")


def _in_order(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return how much of two sequences is the same in the same order: their pairs of neighbours, as often as in both.

    The longest common subsequence is no measure here: of three actors named by turns any two texts share most.
    """
    mine, theirs = (Counter(pairwise(row)) for row in (one, other))
    return (mine & theirs).total() / max(mine.total(), theirs.total(), 1)


def _at_their_places(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> float:
    """Return the share of quotations that stand at one place and are as long, each counted once."""
    left, found = list(other), 0
    for begin, length in one:
        for twin in left:
            if abs(begin - twin[0]) <= PLACE and min(length, twin[1]) >= NEVER_ALIKE * max(length, twin[1]):
                left.remove(twin)
                found += 1
                break
    return found / max(len(one), len(other))
