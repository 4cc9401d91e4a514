"""Many patterns looked for in one pass.

Python tries the alternatives of a pattern one after another at every place. Looked for in lower case, and sorted by
their first letter, hundreds of them cost little more than one: a branch that begins with another letter is passed over
at once. Lexicons write patterns as they like; the sorting is done here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

END = r"(?:(?<=')|(?!\w))"  # of a whole word; an elided one ("d'", "qu'") ends at its apostrophe
ESCAPED = re.compile(r"\\.|\(\?P?[<=!a-zA-Z-]+|[A-ZÀ-ÖØ-Þ]")
NAMED = re.compile(r"\(\?P<\w+>")
MOST_OPENINGS = 64  # into which an alternative is taken apart; one with more is left whole


def lowered(text: str) -> str:
    """Return a text in lower case with straight apostrophes, each character in its place."""
    low = text.lower()
    if len(low) != len(text):  # "İ" has two characters in lower case
        low = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return low.replace("’", "'").replace("ʼ", "'")


def lowered_pattern(pattern: str) -> str:
    """Return a regular expression for lowered texts: its letters in lower case, not its escapes and groups."""
    return ESCAPED.sub(lambda m: m[0].lower() if len(m[0]) == 1 else m[0], pattern.replace("’", "'"))


class Scanner:
    """Patterns, each with its number, found as whole words in lowered texts; of two at one place the first counts."""

    def __init__(self, patterns: Sequence[str]) -> None:
        by_letter: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        others: dict[int, list[str]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            plain = NAMED.sub("(?:", lowered_pattern(pattern))
            if re.compile(plain).groups:
                raise ValueError(f"write groups without a name as (?:...): {pattern}")
            for one in _opened(plain):
                if _begins_with_letter(one):
                    by_letter[one[0]][number].append(one[1:])
                else:
                    others[number].append(one)
        self._numbers: list[int] = [-1]
        branches = [self._group(number, ones) for number, ones in sorted(others.items())]
        for letter, rows in sorted(by_letter.items()):
            branches.append(f"{letter}(?:{'|'.join(self._group(n, ones) for n, ones in sorted(rows.items()))})")
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(branches) or '(?!)'}){END}")

    def _group(self, number: int, ones: list[str]) -> str:
        self._numbers.append(number)
        return f"({'|'.join(ones)})"

    def find(self, low: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
        """Yield (number of the pattern, start, end) for what is found, by place, none overlapping another."""
        numbers = self._numbers
        for match in self._pattern.finditer(low, start, len(low) if end is None else end):
            yield numbers[match.lastindex or 0], match.start(), match.end()


def any_of(patterns: Iterable[str]) -> str:
    """Return one pattern for any of these, the longest first."""
    return "|".join(sorted(patterns, key=lambda one: (-len(one), one)))


def words(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for any of these as whole words of a lowered text, the longest first."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    for pattern in sorted(patterns, key=lambda one: (-len(one), one)):
        for one in _opened(lowered_pattern(pattern)):
            if _begins_with_letter(one):
                by_letter[one[0]].append(one[1:])
            else:
                others.append(one)
    branches = [*others, *(f"{letter}(?:{'|'.join(ones)})" for letter, ones in sorted(by_letter.items()))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches) or '(?!)'}){END}")


def _begins_with_letter(pattern: str) -> bool:
    return pattern[:1].isalnum() and pattern[1:2] not in {"?", "*", "+", "{"}


def _opened(pattern: str) -> list[str]:
    """Return alternatives that together match what a pattern matches, as many as can begin with a letter."""
    out: list[str] = []
    for one in _alternatives(pattern):
        expanded = _expanded(one)
        out += expanded if len(expanded) <= MOST_OPENINGS else [one]
    return out


def _expanded(one: str) -> list[str]:
    """Take the group apart that an alternative begins with: "(?:is|are) due" is "is due" and "are due"."""
    if one[1:2] == "?" and one[:1].isalnum():
        return [one[0] + one[2:], *_expanded(one[2:])] if len(one) > 2 else [one]
    if not one.startswith("(?:"):
        return [one]
    close = _closing(one)
    inner, rest = one[3:close], one[close + 1 :]
    if rest[:1] in {"*", "+", "{"}:
        return [one]
    without: list[str] = []
    if rest[:1] == "?":
        rest = rest[2:] if rest[1:2] in {"?", "+"} else rest[1:]
        without = _expanded(rest) if rest else []
        if not rest:
            return [one]
    return [each for part in _alternatives(inner) for each in _expanded(part + rest)] + without


def _closing(pattern: str) -> int:
    """Return where the group closes that a pattern begins with."""
    for at, depth in _depths(pattern):
        if depth == 0 and pattern[at] == ")":
            return at
    return len(pattern)


def _alternatives(pattern: str) -> list[str]:
    """Return the parts between the bars that stand in no group."""
    cuts = [at for at, depth in _depths(pattern) if depth == 0 and pattern[at] == "|"]
    return [pattern[low + 1 : high] for low, high in zip([-1, *cuts], [*cuts, len(pattern)], strict=True)]


def _depths(pattern: str) -> Iterator[tuple[int, int]]:
    """Yield each sign that is no escape and in no class, with how many groups stand open behind it."""
    depth, at, in_class = 0, 0, False
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 2
            continue
        if in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
            if pattern[at + 1 : at + 2] in {"]", "^"}:
                at += 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            yield at, depth
        else:
            yield at, depth
        at += 1
