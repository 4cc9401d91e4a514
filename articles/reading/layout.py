"""Lines to blocks: where the article begins and ends on a page, and what stands around it.

The idea: an article is the run of lines with the most prose. Every line has a value, positive for sentences, negative
for menu items, dates and teasers; the run of lines with the highest sum (Kadane's algorithm) is the core. Words that
only chrome says ("Comments", "Baca juga") cut the page before that; by-lines and notes trim the core after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.reading import affiliations, bylines, dates, lexicon, lines, people, references, title
from articles.reading.lines import Line
from articles.reading.references import Found
from articles.reading.types import Block

# Values of lines, in words of prose; set by hand on twenty op-ed pages, with a wide margin either way.
PROSE_CAP = 60.0  # a paragraph's most: one long privacy notice must not outweigh an article
LIST_VALUE = 24.0  # a long line without a sentence's end
SHORT, CHROME, DATE = -8.0, -15.0, -15.0
HEADING, BULLETED = -4.0, -2.0
CARD = 0.3  # what prose below a date or a name counts, away from the top: a teaser's snippet
UNTRUSTED = 0.6  # what prose counts that an independent extraction left out

ENOUGH = 80  # words of sentences above a "Comments" that make it the end of an article, not a link to it
ENOUGH_SHARE = 0.3  # or this share of all sentences, in a short text
HEADER_LINES = 10  # lines of the core among which a by-line can still follow
HEADER_WORDS = 60  # words of a standfirst that may stand above a by-line
TAIL_SHARE = 0.6  # part of the body after which a note about the author may cut it
HEADING_WORDS, HEADING_LENGTH, QUESTION_WORDS = 16, 110, 9
KICKER = 2  # lines above a title that may be by-line or date; names further up are a menu's
NOTE_WORDS = 60  # words of a note about the author that only a star marks
TORN_WORDS = 6  # words from which a line without a sentence's end may go on on the next page
PULLED = (6, 45)  # words of a paragraph that may be a pull quote
MOST_PULLED = 60  # such paragraphs; in a text of more nothing is looked for
QUOTES = " \"'“”„‘’«»‹›.…*_"
BOX = 8  # lines that a box of teasers inside an article may have


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's lines, sorted. `paragraphs` pairs a text with whether it is a heading."""

    title: str | None
    above: tuple[Line, ...]  # before the title
    header: tuple[Line, ...]  # between title and body
    paragraphs: tuple[tuple[str, bool], ...]
    tail: tuple[Line, ...]  # notes, signatures and credits after the body
    foot: tuple[Line, ...]  # what follows the end: comments, teasers, the page's foot
    found: Found | None
    truncated: bool
    blocks: tuple[Block, ...]
    masthead: str | None = None  # the publication's name, where it stands above the title


def arrange(rows: Sequence[Line], *, titles: Sequence[str] = ()) -> Layout:
    """Sort the lines of a document; `titles` are what a page's metadata calls it, best first.

    1. the end; 2. references; 3. the core; 4. the header; 5. the title; 6. the tail; 7. paragraphs and headings.
    """
    rows = list(rows)
    # 1. Where chrome says that the article is over.
    enough = min(ENOUGH, ENOUGH_SHARE * sum(row.words for row in rows if row.sentence))
    end = _end(rows, enough, titles)
    # 2. References, which are prose to any count of words.
    found = references.find(rows[:end], _passed(rows, enough))
    stop = found.start if found else end
    # 3. The run of lines with the most prose.
    start, core_end = _core(rows[:stop])
    core_end += core_end < stop and _breaks_off(rows, core_end)
    # 4. By-line, date and credits at its head.
    start = _below_header(rows, start, core_end)
    # 5. The title, above it or its first line.
    at = title.choose(rows, start, titles)
    if at == start and at is not None:
        start = _below_header(rows, start + 1, core_end)
    start = _below_epigraph(rows, start, core_end, at)
    start += start + 2 < core_end and at != start and lines.deck(rows[start])
    start -= start > 0 and at != start - 1 and lines.salutation(rows[start - 1].text)
    # 6. Notes and signatures at its end.
    core_end = _above_tail(rows, start, core_end)
    # 7. What is left is the article.
    head = rows[at] if at is not None else None
    mast = title.masthead(rows, at + 1 if at is not None else start)
    kept = _once(_kept(rows[start:core_end], head))
    paragraphs = _paragraphs(kept)
    tail_rows = rows[core_end:stop] + (rows[found.end : end] if found else [])
    foot = rows[end:]
    after = tail_rows[:3] or foot[:1]
    return Layout(
        title=head.text if head else None,
        above=tuple(rows[: at if at is not None else start]),
        header=tuple(rows[(at if at is not None else -1) + 1 : start]),
        paragraphs=paragraphs,
        tail=tuple(tail_rows),
        foot=tuple(foot),
        found=found,
        masthead=title.publication(rows[mast].text) if mast is not None else None,
        truncated=_truncated(paragraphs, after, rows[core_end + 1 : core_end + 2]),
        blocks=_blocks(before=rows[:start], at=at, paragraphs=paragraphs, tail=tail_rows, found=found, foot=foot),
    )


def _passed(rows: Sequence[Line], enough: float) -> int:
    """Return the index of the first line above which there is enough prose for an article."""
    words = 0.0
    for index, row in enumerate(rows):
        if words >= enough and words > 0:
            return index
        if row.sentence and not lines.chrome(row):
            words += row.words
    return len(rows)


def _end(rows: Sequence[Line], enough: float, titles: Sequence[str]) -> int:
    """Return the index of the line that ends the article: a chrome word, or its title printed again."""
    known = {lexicon.fold(one) for one in titles}
    seen: dict[str, int] = {}
    for index in range(_passed(rows, enough)):
        seen.setdefault(rows[index].folded, index)
    for index in range(_passed(rows, enough), len(rows)):
        row = rows[index]
        if lines.ending(row) and not _box(rows, index):
            return index
        again = row.folded in known or (
            seen.get(row.folded) is not None and title.candidate(row) and row.words >= 4 and not row.sentence
        )
        if again and not row.prose and len(row.folded) > 15:
            return index
    return len(rows)


def _box(rows: Sequence[Line], index: int) -> bool:
    """Whether a "Related" opens a box inside the article: prose goes on soon after, paragraph after paragraph."""
    if not lines.teaser(rows[index]) and "relat" not in rows[index].folded and "terkait" not in rows[index].folded:
        return False
    window = rows[index + 1 : index + 1 + BOX]
    return any(
        one.prose and two.prose and three.prose and not _card(rows, index + 1 + place)
        for place, (one, two, three) in enumerate(
            zip(window, window[1:], rows[index + 3 : index + 3 + BOX], strict=False)
        )
    )


def _value(rows: Sequence[Line], index: int, votes: bool) -> float:
    row = rows[index]
    if row.tag == "aside":
        return CHROME
    if row.heads:
        return HEADING
    if lines.chrome(row) or lines.teaser(row) or lines.credit(row):
        return CHROME
    if dates.is_dateline(row.text):
        return DATE
    if row.sentence or row.prose:
        value = min(float(row.words), PROSE_CAP) if row.sentence else LIST_VALUE
        if votes and not row.trusted:
            value *= UNTRUSTED
        return value * CARD if _card(rows, index) else value
    return BULLETED if lines.BULLET.match(row.text) else SHORT


def _card(rows: Sequence[Line], index: int) -> bool:
    """Whether a line is a teaser's snippet: headline, then name or date, then this, then another such card."""
    if index < 2 or index + 1 >= len(rows) or rows[index + 1].prose or not _label(rows[index - 1]):
        return False
    return any(_label(row) for row in rows[index + 1 : index + 4])


def _label(row: Line) -> bool:
    return dates.is_dateline(row.text) or bool(bylines.read(row.text))


def _core(rows: Sequence[Line]) -> tuple[int, int]:
    """Return the run of lines [start, end) with the highest sum of values; (0, 0) if no line is prose."""
    votes = any(row.trusted for row in rows)
    best, best_run, total, start = 0.0, (0, 0), 0.0, 0
    for index in range(len(rows)):
        if total <= 0:
            total, start = 0.0, index
        total += _value(rows, index, votes)
        if total > best:
            best, best_run = total, (start, index + 1)
    return best_run


def _breaks_off(rows: Sequence[Line], index: int) -> bool:
    """Whether a line without a sentence's end is the article's last: an offer to read the rest follows."""
    row, after = rows[index], rows[index + 1 : index + 2]
    if not after or after[0].folded not in lexicon.words("chrome", "truncation") or row.words < 3 or row.tag:
        return False
    return not (lines.chrome(row) or lines.credit(row) or dates.is_dateline(row.text) or bylines.read(row.text))


def _below_header(rows: Sequence[Line], start: int, end: int) -> int:
    """Return the index of the body's first line: below the last by-line, date or series note near the top."""
    words, cut, seen = 0, start, False
    left = sum(row.words for row in rows[start:end] if row.sentence)  # a note at the end is no header of what it ends
    for index in range(start, min(end, start + HEADER_LINES)):
        row = rows[index]
        item = dates.is_dateline(row.text) or _header_byline(row) or bylines.is_posted(row.text) or lines.series(row)
        above = rows[max(start - 3, 0) : index]
        item = item or (
            lines.credit(row) and (seen or any(dates.is_dateline(one.text) or bylines.read(one.text) for one in above))
        )
        if item and words <= HEADER_WORDS and left > words:
            cut, seen = index + 1, True
        elif not item:
            words += row.words
            left -= row.words if row.sentence else 0
    while cut < end - 1 and not _begins(rows[cut]):
        cut += 1
    return cut


def _header_byline(row: Line) -> bool:
    return bool(bylines.read(row.text)) and not row.prose


def _begins(row: Line) -> bool:
    """Whether a line can be an article's first."""
    if row.tag == "aside" or lines.chrome(row) or lines.credit(row) or lines.teaser(row):
        return False
    if lines.salutation(row.text):
        return True
    return row.sentence or row.prose


def _below_epigraph(rows: Sequence[Line], start: int, end: int, at: int | None) -> int:
    """Skip a motto and its source: a long line without a full stop, then a short one, then prose."""
    if at is None or start + 2 >= end:
        return start
    motto, source, after = rows[start : start + 3]
    quoted = motto.text[:1] in "\"“«„'‘" and motto.text.rstrip(".")[-1:] in "\"”»“'’"
    short = not source.sentence and source.words <= HEADING_WORDS and not source.heads
    if short and after.prose and (not motto.sentence or (quoted and source.text[:1] in "-–—~(")):
        return start + 2
    return start


def _above_tail(rows: Sequence[Line], start: int, end: int) -> int:
    """Return the body's end: above notes about the author, signatures, disclaimers, calls for letters."""
    while end > start + 1 and (
        _tail_item(rows[end - 1]) or _signature(rows, end - 1) or _starred(rows, start, end - 1)
    ):
        end -= 1
    total = sum(row.words for row in rows[start:end])
    words = 0
    for index in range(start, end):
        if words >= TAIL_SHARE * total and (
            _surely_tail(rows[index])
            or lines.closing(rows[index])
            or (people.is_name(rows[index].text) and _signature(rows, index + 1))
        ):
            rest = sum(row.words for row in rows[index + 1 : end])
            if rest <= (1 - TAIL_SHARE) * total:
                return index
        words += rows[index].words
    return end


def _starred(rows: Sequence[Line], start: int, index: int) -> bool:
    """Whether a line is the note that a star opens, in a text whose other lines open with none."""
    row = rows[index]
    return (
        row.text[:1] in "*†‡"
        and row.words <= NOTE_WORDS
        and not any(one.text[:1] in "*†‡" for one in rows[start:index])
    )


def _tail_item(row: Line) -> bool:
    if (
        lines.chrome(row)
        or lines.credit(row)
        or lines.disclaimer(row)
        or lines.series(row)
        or bylines.is_posted(row.text)
        or lines.original(row)
        or lines.closing(row)
        or lines.ending(row)
        or lines.signatories(row)
    ):
        return True
    if bylines.bio(row.text) is not None or bylines.about(row.text) or dates.is_dateline(row.text):
        return True
    return row.tag == "aside" or lines.call(row) or (not row.prose and bool(bylines.read(row.text)))


def _surely_tail(row: Line) -> bool:
    """Whether a line inside the core is a note, not prose about somebody."""
    starred = row.text[:1] in "*†‡_" and bylines.bio(row.text) is not None
    return starred or bylines.about(row.text) or lines.disclaimer(row) or bool(lines.signatories(row))


def _signature(rows: Sequence[Line], index: int) -> bool:
    """Whether a line is the affiliation below a name that signs the article."""
    if index <= 0 or index >= len(rows) or rows[index].words > 60:
        return False
    return (
        people.is_name(rows[index - 1].text)
        and affiliations.is_affiliation(rows[index].text)
        and not rows[index - 1].sentence
    )


def _kept(core: Sequence[Line], head: Line | None) -> list[Line]:
    """Return the lines of the core that are the article's own."""
    labelled = any(lines.teaser(row) and ":" in row.text for row in core)
    out: list[Line] = []
    boxed = False
    for index, row in enumerate(core):
        if lines.ending(row) and _box(core, index):
            boxed = True
            continue
        if boxed and not row.prose:
            continue
        boxed = False
        if row.tag == "aside" or (head is not None and row.folded == head.folded):
            continue
        if lines.teaser(row) or lines.credit(row) or dates.is_dateline(row.text) or lines.disclaimer(row):
            boxed = lines.teaser(row) and ":" not in row.text  # the label's teaser stands on the next line
            continue
        if lines.chrome(row) and not row.heads:
            continue
        if labelled and not row.sentence and _named_teaser(row):
            continue
        out.append(row)
    return out


def _once(kept: list[Line]) -> list[Line]:
    """Leave out pull quotes: short paragraphs that repeat words of another one."""
    short = [row for row in kept[:-1] if PULLED[0] <= row.words <= PULLED[1] and not row.heads]
    if not short or len(short) > MOST_PULLED:
        return kept
    text = "\n".join(row.text for row in kept).casefold()
    pulled = {id(row) for row in short if text.count(row.text.strip(QUOTES).casefold()) > 1}
    return [row for row in kept if id(row) not in pulled] if len(pulled) < len(short) else kept


def _named_teaser(row: Line) -> bool:
    """Whether a line is "Author Name: Another title"; asked only of pages that print labelled teasers too."""
    name, colon, rest = row.text.partition(": ")
    return bool(colon and rest) and people.is_name(name) and row.words <= 25


def _paragraphs(kept: Sequence[Line]) -> tuple[tuple[str, bool], ...]:
    """Return paragraphs and headings, a paragraph that a page break tore joined again."""
    marked = any(row.heads for row in kept)
    out: list[tuple[str, bool]] = []
    torn = False
    for index, row in enumerate(kept):
        text = lines.without_inline(row.text)
        text = lines.without_dateline(text) if index == 0 else text
        if not text:
            continue
        heading = row.heads if marked else _heading(row, kept[index + 1] if index + 1 < len(kept) else None)
        if torn and out and text[:1].islower() and not lines.BULLET.match(text):
            out[-1] = (f"{out[-1][0]} {text}", False)
        else:
            out.append((text, heading))
        torn = row.words >= TORN_WORDS and not row.sentence and not row.text.endswith((";", ",")) and row.tag == ""
    return tuple(out)


def _heading(row: Line, after: Line | None) -> bool:
    if after is None or not after.prose or row.prose or len(row.text) > HEADING_LENGTH:
        return False
    if (
        len(row.text.split()) > HEADING_WORDS
        or row.text[:1].islower()
        or row.text[-1:] in ",;:"
        or lines.BULLET.match(row.text)
    ):
        return False
    if row.text.endswith("?"):
        return len(row.text.split()) <= QUESTION_WORDS
    return not row.ends


def _truncated(paragraphs: Sequence[tuple[str, bool]], after: Sequence[Line], beyond: Sequence[Line]) -> bool:
    """Whether the text breaks off: dots at its very end, or an offer to read the rest."""
    if not paragraphs:
        return False
    last = paragraphs[-1][0].rstrip(' "”’»)]')
    if last.endswith(("…", "...", "[…", "[...")):
        return True
    first = after[0] if after else None
    if first is None or first.folded not in lexicon.words("chrome", "truncation"):
        return False
    return (
        not beyond
        or lines.chrome(beyond[0])
        or lines.ending(beyond[0])
        or not last.endswith((".", "!", "?", "。", "।"))
    )


def _blocks(
    *,
    before: Sequence[Line],
    at: int | None,
    paragraphs: Sequence[tuple[str, bool]],
    tail: Sequence[Line],
    found: Found | None,
    foot: Sequence[Line],
) -> tuple[Block, ...]:
    """Return the document as blocks in its order, each with its role."""
    first = at if at is not None else 0
    out = [Block("chrome" if index < first - KICKER else _role(row), row.text) for index, row in enumerate(before)]
    if at is not None:
        out[at] = Block("title", before[at].text)
    out += [Block("heading" if heading else "paragraph", text) for text, heading in paragraphs]
    out += [Block(_role(row, after=True), row.text) for row in tail]
    out += [Block("reference", entry.text) for entry in (found.references if found else ())]
    return (*out, *(Block("chrome", row.text) for row in foot))


def _role(row: Line, *, after: bool = False) -> str:
    if dates.is_dateline(row.text):
        return "dateline"
    if bylines.bio(row.text) is not None or (after and bylines.about(row.text)):
        return "bio"
    if bylines.read(row.text) or bylines.is_posted(row.text):
        return "byline"
    return "note" if lines.disclaimer(row) or lines.series(row) or lines.credit(row) else "chrome"
