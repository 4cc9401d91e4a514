"""Gather what a document says of itself: authors and the day of publication, with the values that lost."""

from collections.abc import Sequence

from articles.reading import affiliations, bylines, dates, lexicon, lines, people, title
from articles.reading.html import Page
from articles.reading.layout import Layout
from articles.reading.lines import Line
from articles.reading.types import Byline, PrintedDate

KICKER = 2  # lines above the title that may still hold a by-line
AFFILIATION = 20  # words of a line that is nothing but an affiliation
SIGNATURE = 12  # lines below the body that may hold signatures and notes


def authors(layout: Layout, page: Page) -> tuple[Byline, ...]:
    """Return the authors as printed, each with affiliation and rank where a line or a note says so.

    1. by-lines between title and body; 2. by-lines just above the title; 3. the page's own metadata, or a
    name behind the title; 4. signatures and notes below the body.
    """
    told = [people.untitled(one) for one in page.authors if people.is_name(one) and not _is_site(one, page)]
    # 1. and 2. By-lines.
    found = _header(layout.header) or _header(
        [row for row in layout.above[-KICKER:] if bylines.after_by(row.text) or _sure(layout, row)]
    )
    # 3. The page's own word: as good as print, and it confirms print.
    if told and not any(people.same_person(one.name, name) for one in found for name in told):
        found = [Byline(name) for name in told]
    if not found and layout.title and (name := title.author(layout.title)):
        found = [Byline(name)]
    # 4. Notes and signatures.
    notes = _notes(layout)
    if not found:
        found = notes
    else:
        found += [note for note in notes if any(people.same_person(note.name, one.name) for one in found)]
    merged = bylines.merge(found)
    if len(merged) == 1 and merged[0].affiliation is None:
        merged = (_with_about(merged[0], layout.tail),)
    return merged


def _is_site(name: str, page: Page) -> bool:
    return page.site is not None and people.key(name) == people.key(page.site)


def _sure(layout: Layout, row: Line) -> bool:
    """Whether a name above the title is an author: a note repeats it, or the page begins with it."""
    if not bylines.read(row.text):
        return False
    if any((note := bylines.bio(other.text)) and people.same_person(note.name, row.text) for other in layout.tail):
        return True
    return all(other is row or lines.chrome(other) for other in layout.above)


def _header(rows: Sequence[Line]) -> list[Byline]:
    """Return the authors of by-lines; a name without "By" counts only in the first group of names."""
    out: list[Byline] = []
    closed = False
    for index, row in enumerate(rows):
        if row.tag == "aside" and bylines.after_by(row.text) is None:
            continue
        if (
            lines.credit(row)
            or (lines.chrome(row) and bylines.after_by(row.text) is None)
            or (row.prose and bylines.after_by(row.text) is None)
        ):
            continue
        found = () if out and bylines.publication(row.text) else bylines.read(row.text)
        if not found:
            if row.folded in lexicon.words("metadata", "by") and index + 1 < len(rows):
                continue
            closed = closed or (
                bool(out) and not affiliations.is_affiliation(row.text) and not dates.is_dateline(row.text)
            )
            continue
        known = any(people.same_person(one.name, other.name) for one in found for other in out)
        if closed and not known and bylines.after_by(row.text) is None:
            continue
        out += [_affiliated(one, rows, index) for one in found] if not known else []
    return out


def _affiliated(one: Byline, rows: Sequence[Line], index: int) -> Byline:
    """Return an author with the affiliation that the next line prints."""
    after = rows[index + 1] if index + 1 < len(rows) else None
    if (
        one.affiliation
        or one.rank
        or after is None
        or lines.credit(after)
        or lines.chrome(after)
        or dates.is_dateline(after.text)
    ):
        return one
    loose = after.prose or after.sentence or after.text[:1].islower() or after.words > AFFILIATION
    if loose or bylines.read(after.text) or not affiliations.is_affiliation(after.text):
        return one
    return Byline(one.name, *affiliations.affiliation(after.text))


def _notes(layout: Layout) -> list[Byline]:
    """Return the authors of notes and signatures below the body, as far as the next teasers."""
    rows = list(layout.tail)
    if layout.foot and (
        bylines.about(layout.foot[0].text) or lexicon.starter("metadata", "about").match(layout.foot[0].folded)
    ):
        rows += layout.foot[1:4]
    out: list[Byline] = []
    for index, row in enumerate(rows[: SIGNATURE + 3]):
        if bylines.is_posted(row.text):
            continue
        if notes := bylines.bios(row.text):
            out += notes
        elif bylines.after_by(row.text) is not None and (found := bylines.read(row.text)):
            out += [_affiliated(one, rows, index) for one in found]
        elif not row.prose and people.is_name(row.text) and not lines.chrome(row) and not lines.credit(row):
            below = rows[index + 1] if index + 1 < len(rows) else None
            if index == 0 or (below is not None and affiliations.is_affiliation(below.text)):
                affiliated = (
                    below is not None and affiliations.is_affiliation(below.text) and bylines.bio(below.text) is None
                )
                tail = affiliations.described(below.text) if affiliated and below is not None else (None, None)
                out.append(Byline(people.untitled(row.text), *tail))
        elif not row.prose and not lines.chrome(row) and not lines.credit(row):
            out += [one for one in bylines.read(row.text) if one.affiliation or one.rank]
    return out


def _with_about(one: Byline, tail: Sequence[Line]) -> Byline:
    for row in tail:
        if bylines.about(row.text):
            affiliation, rank = bylines.about_affiliation(row.text)
            return Byline(one.name, affiliation, one.rank or rank)
    return one


def published(layout: Layout, page: Page, *, address: str = "") -> tuple[PrintedDate | None, tuple[str, ...]]:
    """Return the day of publication and the dates that lost, as ISO dates.

    1. the page's own metadata; 2. a date beside a source or an edition; 3. a by-line's date; 4. a dateline between
    title and body; 5. one above the title or below the body; 6. the address. Dates of updates, visits and teasers
    never count.
    """
    around = [*layout.above[-6:], *layout.header, *layout.tail]
    month_first = dates.month_first([row.text for row in around], None)
    scored: list[tuple[float, int, PrintedDate]] = []
    if page.published is not None:
        scored.append((10.0, 0, page.published))
    title_at = len(layout.above)
    rows = [*layout.above, *layout.header]
    near = range(max(title_at - 4, 0), len(rows))
    places = [(rows[index], 4.0 if index >= title_at else 2.0, abs(index - title_at)) for index in near]
    places += [(row, 1.5, index) for index, row in enumerate(layout.tail[:SIGNATURE])]
    for row, points, distance in places:
        if len(row.text) > dates.LINE or (row.prose and not _label(row)) or (row.tag == "aside" and points < 4):
            continue
        for found in dates.find(row.text, day_first=not month_first):
            value = dates.printed(found, row.text)
            if value is None or _decoy(row, found):
                continue
            bonus = 3.0 if _label(row) else 1.0 if bylines.read(row.text) else 0.0
            if not bonus and not dates.is_dateline(row.text) and found.precision != "day":
                continue
            if not bonus and not dates.is_dateline(row.text) and len(row.text) > 120:
                continue
            scored.append((points + bonus, -distance, value))
    if not scored and (from_address := dates.from_address(address)):
        scored.append((0.0, 0, from_address))
    scored.sort(key=lambda item: (-item[0], -item[1]))
    if not scored:
        return None, ()
    best = scored[0][2]
    others = dict.fromkeys(value.iso() for _, _, value in scored if value.iso() != best.iso())
    return best, tuple(others)


def _label(row: Line) -> bool:
    """Whether a line says that its date is an edition's or a source's."""
    sections = lexicon.finder("metadata", "sections").search(row.text) is not None and "|" in row.text
    return (
        sections
        or any(lexicon.fold(row.text).startswith(word) for word in lexicon.words("metadata", "source"))
        or row.folded.startswith(("published", "publi", "diterbitkan", "terbit", "veröffentlicht", "опубликовано"))
    )


def _decoy(row: Line, found: dates.Found) -> bool:
    before = row.text[max(found.start - 40, 0) : found.start].casefold()
    return any(word in before for word in lexicon.words("metadata", "date_decoys"))
