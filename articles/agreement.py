"""How far coders agree: on where passages begin and end, and on what they say of them. Pure: values in, numbers out.

Passages: Krippendorff's alpha for unitizing (Krippendorff 1995, On the reliability of unitizing continuous data,
Sociological Methodology 25; in the form of Content Analysis, 2nd edition 2004, section 11.6). Each coder cuts the text
into units and the gaps between them; how far two sections differ is the square of what one has to be moved at either
end to become the other. A unit alone in a gap differs from it by the square of its own length. What chance would do is
worked out from all ways to lay the same units out. 1 is perfect, 0 is chance, and worse than chance is negative.
Published examples are the tests.

Values: Cohen's kappa (Cohen 1960) over the passages that both coders marked. Both are None where nothing varies: a
coefficient compares with chance, and chance has no other way.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, permutations

Span = tuple[int, int]  # start and end, in characters of the text


@dataclass(frozen=True, slots=True)
class Section:
    """A unit, or the gap between two units."""

    start: int
    length: int
    is_unit: bool


def alpha(coders: Sequence[Mapping[str, Iterable[Span]]], length: int) -> float | None:
    """Return Krippendorff's alpha for unitizing, over all categories; None where nobody marked anything.

    `coders`: of each the passages by category; `length`: of the text, in characters. Passages of one coder and
    category that overlap are cut where the later one begins to.
    """
    categories = {category for marked in coders for category in marked}
    cut = {category: [sections(marked.get(category, ()), length) for marked in coders] for category in categories}
    by_chance = sum(expected(one, length) for one in cut.values())
    return 1 - sum(observed(one, length) for one in cut.values()) / by_chance if by_chance else None


def sections(spans: Iterable[Span], length: int) -> list[Section]:
    """Return the units and gaps into which passages cut a text, in order; they fill it."""
    cut, at = [], 0
    for start, end in sorted(spans):
        begin, stop = max(start, at), min(end, length)
        if stop <= begin:
            continue
        if begin > at:
            cut.append(Section(at, begin - at, is_unit=False))
        cut.append(Section(begin, stop - begin, is_unit=True))
        at = stop
    if at < length:
        cut.append(Section(at, length - at, is_unit=False))
    return cut


def difference(one: Section, other: Section) -> int:
    """Return how far two sections differ, in squared characters."""
    apart = one.start - other.start
    if one.is_unit and other.is_unit and -one.length < apart < other.length:
        return apart**2 + (apart + one.length - other.length) ** 2
    if one.is_unit and not other.is_unit and other.length - one.length >= apart >= 0:
        return one.length**2
    if other.is_unit and not one.is_unit and one.length - other.length >= -apart >= 0:
        return other.length**2
    return 0


def observed(coders: Sequence[Sequence[Section]], length: int) -> float:
    """Return the observed disagreement on one category, as a share of the squared length."""
    total = sum(difference(*met) for a, b in permutations(coders, 2) for met in _meetings(a, b))
    return total / (len(coders) * (len(coders) - 1) * length**2)


def _meetings(one: Sequence[Section], other: Sequence[Section]) -> Iterator[tuple[Section, Section]]:
    """Yield the sections of two coders that have text in common; no others differ."""
    i = j = 0
    while i < len(one) and j < len(other):
        yield one[i], other[j]
        ends = one[i].start + one[i].length, other[j].start + other[j].length
        i, j = i + (ends[0] <= ends[1]), j + (ends[1] <= ends[0])


def expected(coders: Sequence[Sequence[Section]], length: int) -> float:
    """Return the disagreement on one category that is to be expected by chance, as a share of the squared length."""
    units = [section for marked in coders for section in marked if section.is_unit]
    gaps = sorted(section.length for marked in coders for section in marked if not section.is_unit)
    from_here = [*accumulate(reversed(gaps), initial=0)][::-1]  # together, those of a place and all longer ones
    total = 0.0
    for unit in units:
        at = bisect_left(gaps, unit.length)  # the first gap that holds it
        alone = from_here[at] - (len(gaps) - at) * (unit.length - 1)
        met = (len(units) - 1) / 3 * (2 * unit.length**3 - 3 * unit.length**2 + unit.length)
        total += met + unit.length**2 * alone
    everything = len(coders) * length
    ways = everything * (everything - 1) - sum(unit.length * (unit.length - 1) for unit in units)
    return 2 / length * total / ways if ways else 0.0


def kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa of two coders' values, a pair a passage; None where there are none, or all are one value."""
    pairs = list(pairs)
    if not pairs:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    by_chance = sum(first[value] * second[value] for value in first) / len(pairs) ** 2
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else None
