"""Find a quoted passage again in a text that may have changed.

After the TextQuoteSelector of the W3C Web Annotation Data Model: a quote with the words before and after it. The
cascade, first answer counts:

1. the quote stands at the place where it was: EXACT;
2. it stands once, elsewhere: MOVED (EXACT, where no place was known);
3. it stands several times: the one whose surroundings fit, else the one nearest to where it was; AMBIGUOUS where
   several are equally good;
4. it stands there with other white space, quotes or dashes: FUZZY;
5. something like it stands there: FUZZY; else LOST.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.reading.types import Span
from articles.vocabulary import Verdict

WIDTH = 32  # characters of context kept on each side; what Hypothesis keeps, too
ALIKE = 0.75  # share of a quote's words that must be there in order; below it, edits in tests became other sentences
FITS = 0.5  # share of context characters that must agree before context decides
WORD = re.compile(r"\w+")
LONGEST = 400  # words of a quote compared; statements are sentences, longer quotes are compared by their beginning
CANDIDATES = 8  # windows compared word by word
SAME = {ord(c): "'" for c in "‘’ʼ`"} | {ord(c): '"' for c in "“”„«»"} | {ord(c): "-" for c in "‐‑–—"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote was found; start and end are characters of the body, None where it is lost or ambiguous."""

    verdict: Verdict
    start: int | None
    end: int | None


LOST = Anchor(Verdict.LOST, None, None)


def find(quote: str, body: str, *, prefix: str = "", suffix: str = "", start: int | None = None) -> Anchor:
    """Find `quote` in `body`; `prefix`, `suffix` and `start` are its context and place when it was quoted."""
    if not quote.strip():
        return LOST
    # 1. where it was
    if start is not None and start >= 0 and body.startswith(quote, start):
        return Anchor(Verdict.EXACT, start, start + len(quote))
    # 2. and 3. elsewhere
    if places := _places(quote, body):
        spans = [Span(place, place + len(quote)) for place in places]
        verdict = Verdict.EXACT if start is None else Verdict.MOVED
        return _best(spans, body, prefix=prefix, suffix=suffix, start=start, verdict=verdict)
    # 4. the same words, printed otherwise
    words = WORD.findall(_plain(quote))
    if not words:
        return LOST
    held = [(match.start(), match.end()) for match in WORD.finditer(body)]
    text = [_plain(body[s:e]) for s, e in held]
    if spans := [Span(held[at][0], held[at + len(words) - 1][1]) for at in _runs(words, text)]:
        spans = [_with_marks(quote, body, span) for span in spans]
        return _best(spans, body, prefix=prefix, suffix=suffix, start=start, verdict=Verdict.FUZZY)
    # 5. something like it
    return _alike(words[:LONGEST], text, held)


def context(body: str, start: int, end: int, width: int = WIDTH) -> tuple[str, str]:
    """Return the `width` characters before and after a span, fewer at the body's ends."""
    return body[max(0, start - width) : start], body[end : end + width]


def _places(quote: str, body: str) -> list[int]:
    places, at = [], body.find(quote)
    while at >= 0:
        places.append(at)
        at = body.find(quote, at + 1)
    return places


def _best(spans: list[Span], body: str, *, prefix: str, suffix: str, start: int | None, verdict: Verdict) -> Anchor:
    """Choose among places where a quote stands: by context, then by nearness."""
    if len(spans) == 1:
        return Anchor(verdict, spans[0].start, spans[0].end)
    scores = [_fit(span, body, prefix, suffix) for span in spans]
    best = max(scores)
    fitting = [span for span, score in zip(spans, scores, strict=True) if score == best]
    if len(fitting) == 1 and best >= FITS:
        return Anchor(verdict, fitting[0].start, fitting[0].end)
    if start is not None and best >= FITS:
        near = sorted(fitting, key=lambda span: abs(span.start - start))
        if abs(near[0].start - start) < abs(near[1].start - start):
            return Anchor(verdict, near[0].start, near[0].end)
    return Anchor(Verdict.AMBIGUOUS, None, None)


def _fit(span: Span, body: str, prefix: str, suffix: str) -> float:
    """Return the share of the context that stands around a span, counted from the span outwards."""
    total = len(prefix) + len(suffix)
    if not total:
        return 0.0
    before = body[max(0, span.start - len(prefix)) : span.start]
    after = body[span.end : span.end + len(suffix)]
    return (_common(before[::-1], prefix[::-1]) + _common(after, suffix)) / total


def _common(a: str, b: str) -> int:
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return i
    return min(len(a), len(b))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(SAME)


def _runs(words: list[str], text: list[str]) -> list[int]:
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


def _alike(words: list[str], text: list[str], held: list[tuple[int, int]]) -> Anchor:
    """Find the window of the text that shares most words with a quote, in their order.

    Windows are chosen by how many words they share, counted as they slide; only the best are compared in order.
    """
    size = len(words)
    wanted = Counter(words)
    if not text:
        return LOST
    inside: Counter[str] = Counter()
    shared, scores = 0, []
    for at, word in enumerate(text):
        if inside[word] < wanted[word]:
            shared += 1
        inside[word] += 1
        if at >= size:
            gone = text[at - size]
            inside[gone] -= 1
            if inside[gone] < wanted[gone]:
                shared -= 1
        scores.append((shared, -max(0, at - size + 1)))
    slack = size // 4 + 1
    tried: list[int] = []
    best: tuple[float, int, int] = (0.0, 0, 0)
    for count, negative in sorted(scores, reverse=True):
        at = -negative
        if count < ALIKE * size or len(tried) >= CANDIDATES:
            break
        if any(abs(at - other) < slack for other in tried):
            continue
        tried.append(at)
        low, high = max(0, at - slack), min(len(text), at + size + slack)
        blocks = SequenceMatcher(None, words, text[low:high], autojunk=False).get_matching_blocks()
        share = sum(block.size for block in blocks) / size
        if share > best[0]:
            real = [block for block in blocks if block.size]
            best = (share, low + real[0].b, low + real[-1].b + real[-1].size - 1)
    if best[0] < ALIKE:
        return LOST
    return Anchor(Verdict.FUZZY, held[best[1]][0], held[best[2]][1])
