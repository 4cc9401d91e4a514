"""Find a quoted passage again in a text that may have changed.

After the TextQuoteSelector of the W3C Web Annotation Data Model: a quote with the words before and after it. The
cascade, first answer counts:

1. the quote stands at the place where it was, and fits there as well as anywhere: EXACT;
2. it stands once, elsewhere: MOVED (EXACT, where no place was known);
3. it stands several times: the one whose surroundings fit; AMBIGUOUS where they do not decide;
4. it stands there with other white space, quotes or dashes: FUZZY;
5. something like it stands there: FUZZY; AMBIGUOUS where several are as like it; else LOST.

What a text is looked through by is made once a text: hundreds of quotes are found in it in a second.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from articles.reading.types import Span
from articles.vocabulary import Verdict

WIDTH = 32  # characters of context kept on each side; what Hypothesis keeps, too
FITS = 0.5  # likeness of the context from which it decides; that of other sentences is about 0.25
CLEARLY = 0.15  # by how much one context must fit better than the next, unless it alone fits to the letter
ALIKE = (
    0.7  # likeness to a quote below which a passage is another one; tests/benchmarks/reanchoring.py shows both sides
)
CLOSE = 0.1  # two passages whose likeness differs by less are as like the quote
WORD = re.compile(r"\w+")
GRAM = 4  # characters by which like passages are looked for: half of them outlive the change of every seventh letter
COMMON = 400  # places of a gram above which it says nothing
SHIFT = 16  # characters by which letters that came or went may move what stands behind them
CANDIDATES = 6  # passages compared letter by letter
SAME = (
    {ord(c): "'" for c in "‘’ʼ`"}
    | {ord(c): '"' for c in "“”„«»"}
    | {ord(c): "-" for c in "‐‑–—"}
    | {ord(c): " " for c in "\n\t\r\u00a0"}
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote was found; start and end are characters of the body, None where it is lost or ambiguous."""

    verdict: Verdict
    start: int | None
    end: int | None


LOST = Anchor(Verdict.LOST, None, None)
AMBIGUOUS = Anchor(Verdict.AMBIGUOUS, None, None)


def find(quote: str, body: str, *, prefix: str = "", suffix: str = "", start: int | None = None) -> Anchor:
    """Find `quote` in `body`; `prefix`, `suffix` and `start` are its context and place when it was quoted."""
    if not quote.strip():
        return LOST
    around = (prefix, suffix)
    # 1. to 3. as it was quoted
    if spans := [Span(place, place + len(quote)) for place in _places(quote, body)]:
        here = next((span for span in spans if span.start == start), None)
        if here and all(_fit(span, body, around) <= _fit(here, body, around) for span in spans):
            return Anchor(Verdict.EXACT, here.start, here.end)
        return _best(spans, body, around, Verdict.EXACT if start is None else Verdict.MOVED)
    if not (words := WORD.findall(_plain(quote))):
        return LOST
    # 4. the same words, printed otherwise
    text = _words(body)
    if spans := [Span(text.edges[at][0], text.edges[at + len(words) - 1][1]) for at in _runs(words, text.words)]:
        return _best([_with_marks(quote, body, span) for span in spans], body, around, Verdict.FUZZY)
    # 5. something like it
    like = [(score, span) for score, span in alike(quote, body) if score >= ALIKE]
    return _best([span for score, span in like if score > like[0][0] - CLOSE], body, around, Verdict.FUZZY)


def likeliest(quote: str, body: str, *, most: int = 3, least: float = 0.0) -> list[Span]:
    """Return where a quote may stand, the likeliest first: where it does to the letter, else what is most like it.

    `least`: how like it that has to be, 0 to 1.
    """
    if places := _places(quote, body):
        return [Span(place, place + len(quote)) for place in places[:most]]
    return [span for score, span in alike(quote, body)[:most] if score >= least]


def same_words(one: str, other: str) -> bool:
    """Return whether two passages differ in nothing but white space, marks and capitals."""
    return WORD.findall(_plain(one)) == WORD.findall(_plain(other))


def context(body: str, start: int, end: int, width: int = WIDTH) -> tuple[str, str]:
    """Return the `width` characters before and after a span, fewer at the body's ends."""
    return body[max(0, start - width) : start], body[end : end + width]


def alike(quote: str, body: str) -> list[tuple[float, Span]]:
    """Return the passages of a text that are most like a quote, each with its likeness (0 to 1), best first.

    Where several of a quote's grams stand in one distance from where the quote has them, it may begin there; the
    places with most of them are compared letter by letter, and their ends set where they are most like it.
    """
    text, wanted = _grams(body), _same_length(quote)
    votes: Counter[int] = Counter()
    for offset in range(len(wanted) - GRAM + 1):
        places = text.grams.get(wanted[offset : offset + GRAM], ())
        if len(places) <= COMMON:
            votes.update([(place - offset) // SHIFT for place in places])
    joined = Counter({at: n + votes.get(at + 1, 0) for at, n in votes.items()})
    found: list[tuple[float, Span]] = []
    for at, n in joined.most_common(4 * CANDIDATES):
        begin = max(0, at * SHIFT + SHIFT // 2)
        if len(found) >= CANDIDATES or n < 2:
            break
        if any(abs(begin - span.start) < len(quote) // 2 + SHIFT for _, span in found) or begin >= len(body):
            continue
        score, span = _trimmed(wanted, text, begin)
        if all(span.end <= other.start or other.end <= span.start for _, other in found):
            found.append((score, span))
    return sorted(found, key=lambda one: (-one[0], one[1].start))


def _trimmed(wanted: str, text: "_Grams", begin: int) -> tuple[float, Span]:
    """Return the passage about `begin` that is most like the one wanted, from word to word, with its likeness."""
    plain, slack = text.plain, SHIFT + min(len(wanted) // 4, 60)
    start, end = begin, min(len(plain), begin + len(wanted))
    best = (0.0, 0)  # likeness; of two passages that are as like, the shorter one
    for _ in range(2):
        for at in _edges(plain, end, slack, wanted[-1]):
            score = (Levenshtein.normalized_similarity(wanted, plain[start:at]), start - at)
            if at > start and score > best:
                best, end = score, at
        for at in _edges(plain, start, slack, ""):
            score = (Levenshtein.normalized_similarity(wanted, plain[at:end]), at - end)
            if at < end and score > best:
                best, start = score, at
    return best[0], Span(start, end)


def _edges(plain: str, near: int, slack: int, mark: str) -> list[int]:
    """Return where words begin, or, with the `mark` that ends the last one, where they end; nearest first.

    Where words are not told apart by spaces, any character may be one.
    """
    low, high = max(0, near - slack), min(len(plain), near + slack)
    if mark:
        found = {match.end() for match in WORD.finditer(plain, low, high)}
        if not mark.isalnum():
            found |= {at + 1 for at in found if at < len(plain) and not plain[at].isspace()}
    else:
        found = {match.start() for match in WORD.finditer(plain, low, high)}
        found |= {at - 1 for at in found if at and not plain[at - 1].isalnum() and not plain[at - 1].isspace()}
    if len(found) < 3:
        found |= set(range(low, high + 1))
    return sorted(found, key=lambda at: abs(at - near))


@dataclass(frozen=True, slots=True)
class _Words:
    words: Sequence[str]
    edges: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Grams:
    plain: str  # as long as the text
    grams: dict[str, list[int]]


@lru_cache(maxsize=1)
def _words(body: str) -> _Words:
    edges = [match.span() for match in WORD.finditer(body)]
    return _Words([_plain(body[start:end]) for start, end in edges], edges)


@lru_cache(maxsize=1)
def _grams(body: str) -> _Grams:
    plain, grams = _same_length(body), defaultdict(list)
    for at in range(len(plain) - GRAM + 1):
        grams[plain[at : at + GRAM]].append(at)
    return _Grams(plain, dict(grams))


def _places(quote: str, body: str) -> list[int]:
    places, at = [], body.find(quote)
    while at >= 0:
        places.append(at)
        at = body.find(quote, at + 1)
    return places


def _best(spans: list[Span], body: str, around: tuple[str, str], verdict: Verdict) -> Anchor:
    """Choose among places by their context; the place where it was says nothing once the text around it moved."""
    if not spans:
        return LOST
    if len(spans) == 1:
        return Anchor(verdict, spans[0].start, spans[0].end)
    ranked = sorted(((_fit(span, body, around), span.start, span.end) for span in spans), reverse=True)
    (best, start, end), (second, *_) = ranked[:2]
    if best >= FITS and (best - second >= CLEARLY or second < best == 1.0):
        return Anchor(verdict, start, end)
    return AMBIGUOUS


def _fit(span: Span, body: str, around: tuple[str, str]) -> float:
    """Return how like the context is to what stands around a span, 0 to 1."""
    prefix, suffix = around
    if not prefix and not suffix:
        return 0.0
    before, after = body[max(0, span.start - len(prefix)) : span.start], body[span.end : span.end + len(suffix)]
    same = len(prefix) * Levenshtein.normalized_similarity(prefix, before)
    same += len(suffix) * Levenshtein.normalized_similarity(suffix, after)
    return same / (len(prefix) + len(suffix))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(SAME)


def _same_length(text: str) -> str:
    """Return a text in small letters and plain marks, each character at its place."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(SAME)


def _runs(words: list[str], text: Sequence[str]) -> list[int]:
    """Return where all words stand one after the other."""
    first, length = words[0], len(words)
    out: list[int] = []
    at = -1
    while True:
        try:
            at = text.index(first, at + 1)
        except ValueError:
            return out
        if text[at : at + length] == words:
            out.append(at)


def _with_marks(quote: str, body: str, span: Span) -> Span:
    """Widen a span of words by the marks that the quote has at its ends."""
    head, tail = re.match(r"\W*", quote), re.search(r"\W*$", quote)
    start, end = span.start, span.end
    for _ in range(len((head[0] if head else "").strip())):
        if start and not body[start - 1].isalnum() and not body[start - 1].isspace():
            start -= 1
    for _ in range(len((tail[0] if tail else "").strip())):
        if end < len(body) and not body[end].isalnum() and not body[end].isspace():
            end += 1
    return Span(start, end)
