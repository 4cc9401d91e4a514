"""Propose people and organisations that a text names and the authority file does not know.

Nobody is created: an editor decides. A candidate is a run of words written large of which the text itself says what it
is. Rules, the surest first; the first that speaks names the candidate:

1. "acronym"       an organisation's name with its letters in brackets: "Delta Water Authority (DWA)";
2. "head"          a name that begins or ends with a noun of organisations: "Ministry of Rivers", "Delta Institute";
3. "kind"          a name behind such a noun written small: "the oil giant Acme", "perusahaan Acme";
4. "title"         a full name behind an office or profession: "la ministre Jeanne Roux";
5. "apposition"    a full name with what it is behind a comma: "Jane Roe, a gardener";
6. "speech"        a full name beside a verb of saying: "Jane Roe said", "selon Jeanne Roux";
7. "family"        a full name whose last word stands alone elsewhere: "Jane Roe ... Roe";
8. what only its shape tells: see `shapes`.

None are the text's own authors, what the authority file knows, places, laws, days, headings and lines in title case.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import regex

from articles.reading.actors import Names, fold
from articles.reading.candidates.organisations import organisations
from articles.reading.candidates.people import apart, people
from articles.reading.candidates.shapes import names as shaped_names
from articles.reading.candidates.shapes import shapes
from articles.reading.candidates.text import LETTER, Found, Text
from articles.reading.types import Candidate, Mention, Span

LONGEST = 200_000  # characters in which candidates are looked for; a long essay has 60,000
MOST = 60  # candidates of one text; more are a list of something else


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
    text = Text(body[:LONGEST], language, mentions, authors, headings)
    found: dict[str, Found] = {}
    runs = list(text.runs())
    for run in runs:
        for one in (*organisations(text, run), *people(text, run)):
            held = found.setdefault(fold(one.name), one)
            held.others |= one.others
            held.note = held.note or one.note
        if len(found) >= MOST:
            break
    for one in (*shaped_names(text, runs), *shapes(text)):
        if len(found) < MOST:
            found.setdefault(fold(one.name), one)
    kept = _unknown(found.values(), names, language)
    return _places(text, kept, mentions)


def _unknown(found: Iterable[Found], names: Names, language: str | None) -> list[Found]:
    """Keep what the authority file does not know; a name that only begins another stands for it."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -len(one.name)):
        if names.compiled(language).only(fold(one.name)):
            continue
        longer = next((held for held in kept if held.name.startswith(one.name + " ")), None)
        if longer:
            longer.others |= {one.name, *one.others}
        else:
            kept.append(one)
    return kept


def _places(
    text: Text, found: Sequence[Found], mentions: Sequence[Mention]
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
        if not full and (start in text.inside or not (match[0].isupper() or apart(text.body, start, end))):
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
