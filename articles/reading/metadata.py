"""Gather what a document says of itself: authors and the day of publication, with the values that lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from articles.reading import affiliations, bylines, dates, lexicon, lines, people, title
from articles.reading.html import Page, guesses
from articles.reading.layout import Layout
from articles.reading.lines import Line
from articles.reading.types import Byline, Evidence, PrintedDate
from articles.vocabulary import Precision

KICKER = 2  # lines above the title that may still hold a by-line
AFFILIATION = 20  # words of a line that is nothing but an affiliation
SIGNATURE = 12  # lines below the body that may hold signatures and notes
WEST, EAST = -12, 14  # hours between UTC and the ends of the earth
DAY = timedelta(days=1)
NAMES = "; "  # between the names of several authors in evidence
INVERTED = re.compile(r"^([^\W\d_][^,;]{1,40}),\s*([^\W\d_][^,;]{0,40})$")  # "Roe, Jane", as libraries write
SINGLE = re.compile(r"^[^\W\d_]{4,30}$")

# Points of dates, in steps of what was seen to beat what on twenty op-ed pages.
HEADER_POINTS = 4.0  # a date between title and body; 3 more with a label, 1 more with a by-line
DECLARED_POINTS = 10.0  # a page's "published" in JSON-LD or meta
DECLARED = (  # and weaker places, by the end of the rule's name
    ("time.datetime", 3.5),
    ("json_ld.dateCreated", 3.0),
    *((f"meta.{name}", 6.5) for name in lexicon.load("html")["meta"]["weak_date"]),
)
ORIGINAL_POINTS = 12.0  # a line that names the original publication: the posting date of a reprint is none
UPDATE_POINTS = 0.5  # the day of an update, believed where no other is printed
OTHER_ORDER = -1.0  # the other reading of 03/04/2024: kept, never believed


def authors(layout: Layout, page: Page) -> tuple[tuple[Byline, ...], tuple[Evidence, ...]]:
    """Return the authors as printed, each with affiliation and rank where a line or a note says so; and the evidence.

    1. by-lines between title and body; 2. by-lines just above the title; 3. the page's own word, or a name behind the
    title; 4. signatures and notes below the body; 5. trafilatura's guess, if it is printed. The page's own word beats
    a name that merely looks like a by-line, but neither "By ..." nor a name that a note repeats: who typed a guest's
    article in is often its author to the site.
    """
    witnesses: list[tuple[list[Byline], Evidence]] = []
    # 1. and 2. By-lines.
    printed, rows = [one for one in _header(layout.header) if not _subject(one[0], layout.title)], "text.byline"
    printed = [one for one in printed if not _is_site(one[0].name, page)]
    mast = people.key(layout.masthead) if layout.masthead else None
    if not printed:
        above = layout.above[-KICKER:]
        printed = _header([row for row in above if bylines.after_by(row.text) or _sure(layout, row)])
        printed = [one for one in printed if people.key(one[0].name) != mast]
        rows = "text.above"
    sure = any(bylines.after_by(row.text) is not None for _, row in printed)
    found = [one for one, _ in printed]
    if printed:
        witnesses.append((found, _evidence(found, f"{rows}.by" if sure else f"{rows}.name", printed[0][1])))
    # 3. The page's own word.
    told = _declared(layout, page)
    witnesses += told
    behind = title.author(layout.title) if layout.title else None
    if behind:
        witnesses.append(([Byline(behind)], Evidence(behind, "text.title.name", layout.title or "")))
    # 4. Notes and signatures.
    signed = _notes(layout)
    notes = [one for one, _ in signed]
    if notes:
        witnesses.append((notes, _evidence(notes, "text.note", signed[0][1])))
    explicit = [one for one, row in printed if bylines.after_by(row.text) is not None]
    own = next((names for names, _ in told if _agree(names, [*found, *notes])), told[0][0] if told else [])
    if _agree(own, found):  # a name that only looks like a by-line needs no belief where others are confirmed
        found = [one for one in found if one in explicit or _agree([one], own) or _agree([one], notes)]
    desk = [row for row in [*layout.above, *layout.header, *layout.tail, *layout.foot] if bylines.is_posted(row.text)]
    edited = bool(own) and all(_is_printed(one.name, desk) for one in own)
    believed = _believed(found, own, notes, sure=sure, edited=edited)
    if not believed and behind:
        believed = [Byline(behind)]
    if not believed:
        believed = notes
    # 5. A guess.
    if not believed and (guess := _declared(layout, page, guessed=True)):
        witnesses += guess
        believed = guess[0][0]
    believed += [note for note in notes if any(people.same_person(note.name, one.name) for one in believed)]
    merged = bylines.merge(believed)
    if len(merged) == 1 and merged[0].affiliation is None:
        merged = (_with_about(merged[0], layout.tail),)
    return merged, _ranked(merged, witnesses)


def _believed(
    found: list[Byline], own: list[Byline], notes: list[Byline], *, sure: bool, edited: bool = False
) -> list[Byline]:
    """Return the authors of the by-line or of the page's own word, which confirm each other where they can.

    `edited`: the page prints that whom its own word names did post or edit the article.
    """
    if not own or not found:
        return list(found or own)
    if not _agree(own, found):
        return list(found) if (sure or edited or _agree(found, notes)) and not _agree(own, notes) else list(own)
    out = []
    for each in found:
        same = next((one.name for one in own if people.key(one.name) == people.key(each.name)), each.name)
        out.append(replace(each, name=max(each.name, same, key=_capitals)))
    return out + [one for one in own if not any(people.same_person(one.name, other.name) for other in out)]


def _capitals(name: str) -> int:
    """Return how many capitals a name has: "McRoe" has lost one where it was printed in capitals and recased."""
    return sum(map(str.isupper, name))


def _subject(one: Byline, name: str | None) -> bool:
    """Whether a title speaks about somebody: the name stands in its midst, not as a column's label at either end."""
    if name is None:
        return False
    before, found, after = people.key(name).partition(people.key(one.name))
    return bool(found) and bool(before) and bool(after)


def _agree(some: Sequence[Byline], others: Sequence[Byline]) -> bool:
    return any(people.same_person(one.name, other.name) for one in some for other in others)


def _evidence(found: Sequence[Byline], rule: str, row: Line) -> Evidence:
    return Evidence(NAMES.join(one.name for one in found), rule, row.text, row.number)


def _ranked(merged: Sequence[Byline], witnesses: list[tuple[list[Byline], Evidence]]) -> tuple[Evidence, ...]:
    """Return the evidence with what agrees with the authors believed in front, in their very words."""
    if not merged:
        return tuple(one for _, one in witnesses)
    value = NAMES.join(one.name for one in merged)
    agreeing = [replace(one, value=value) for names, one in witnesses if _agree(names, merged)]
    return (*agreeing, *(one for names, one in witnesses if not _agree(names, merged)))


def _declared(layout: Layout, page: Page, *, guessed: bool = False) -> list[tuple[list[Byline], Evidence]]:
    """Return the page's own word on its authors, the names in it, without its site, its editors and organisations.

    Names of one word, and guesses, count where the page prints them too.
    """
    rows = [*layout.above, *layout.header, *layout.tail]
    out = []
    for one in (guesses(page) if guessed else page.told).authors:
        if one.rule.endswith(".organization"):
            continue
        pieces = (piece.strip() for part in one.value.split(";") for piece in bylines.BAR.split(part))
        parts = (bylines.after_by(piece) or piece for piece in pieces)
        names = [name for part in parts for name in _names(part, rows) if not _is_site(name, page)]
        names = [name for name in names if not people.nobody(name) and (not guessed or _is_printed(name, rows))]
        if names:
            found = [Byline(name) for name in dict.fromkeys(names)]
            out.append((found, replace(one, value=NAMES.join(each.name for each in found))))
    return out


def _names(text: str, rows: Sequence[Line]) -> tuple[str, ...]:
    """Return the names in a page's own word: "Jane Roe, John Doe", "Roe, Jane", or one word that is printed."""
    if found := people.names(text):
        return found
    if (match := INVERTED.match(text)) and people.is_name(f"{match[2]} {match[1]}"):
        return (f"{match[2]} {match[1]}",)
    bare = people.untitled(text)
    single = SINGLE.match(bare) is not None and not lexicon.words("metadata", "not_names") & {bare.casefold()}
    return (bare,) if single and _is_printed(bare, rows, alone=True) else ()


def _is_printed(name: str, rows: Sequence[Line], *, alone: bool = False) -> bool:
    key = people.key(name)
    if alone:
        return any(people.key(bylines.after_by(row.text) or "") == key for row in rows if row.short)
    return any(key in people.key(row.text) for row in rows if row.short)


def _is_site(name: str, page: Page) -> bool:
    """Whether a name is the site's own, or its desk's: "Harbour Online" at The Harbour Post."""
    words = set(lexicon.fold(name).split())
    desk = lexicon.words("metadata", "desks")
    return any(
        people.key(name) == people.key(one.value) or (bool(words & site) and words <= site | desk)
        for one in page.told.sites
        if (site := set(lexicon.fold(one.value).split()))
    )


def _sure(layout: Layout, row: Line) -> bool:
    """Whether a name above the title is an author: a note repeats it, or the page begins with it."""
    if not bylines.read(row.text):
        return False
    if any((note := bylines.bio(other.text)) and people.same_person(note.name, row.text) for other in layout.tail):
        return True
    return all(other is row or lines.chrome(other) for other in layout.above)


def _header(rows: Sequence[Line]) -> list[tuple[Byline, Line]]:
    """Return the authors of by-lines and their lines; a name without "By" counts only in the first group of names."""
    out: list[tuple[Byline, Line]] = []
    closed = False
    for index, line in enumerate(rows):
        signed = bylines.behind_deck(line.text)
        row = Line(signed, number=line.number) if signed else line
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
        known = any(people.same_person(one.name, other.name) for one in found for other, _ in out)
        if closed and not known and bylines.after_by(row.text) is None:
            continue
        out += [(_affiliated(one, rows, index), row) for one in found] if not known else []
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


def _notes(layout: Layout) -> list[tuple[Byline, Line]]:
    """Return the authors of notes and signatures below the body, with their lines, as far as the next teasers."""
    rows = list(layout.tail)
    if layout.foot and (
        bylines.about(layout.foot[0].text) or lexicon.starter("metadata", "about").match(layout.foot[0].folded)
    ):
        rows += layout.foot[1:4]
    if layout.foot and lines.closing(layout.foot[0]):
        rows += layout.foot[:SIGNATURE]
    out: list[tuple[Byline, Line]] = []
    letter = any(lines.salutation(text) for text, _ in layout.paragraphs[:2])
    for index, row in enumerate(rows[: SIGNATURE + 3]):
        letter = letter or lines.closing(row)
        if bylines.is_posted(row.text):
            continue
        if letter and not row.prose and (one := bylines.signed(row.text)) and not lines.chrome(row):
            out.append((one, row))
            continue
        if signed := lines.signatories(row):
            out += [(one, row) for one in bylines.signatories(signed)]
        elif notes := bylines.bios(row.text):
            out += [(one, row) for one in notes]
        elif bylines.after_by(row.text) is not None and (found := bylines.read(row.text)):
            out += [(_affiliated(one, rows, index), row) for one in found]
        elif not row.prose and people.is_name(row.text) and not lines.chrome(row) and not lines.credit(row):
            below = rows[index + 1] if index + 1 < len(rows) else None
            if index == 0 or (below is not None and affiliations.is_affiliation(below.text)):
                affiliated = (
                    below is not None and affiliations.is_affiliation(below.text) and bylines.bio(below.text) is None
                )
                tail = affiliations.described(below.text) if affiliated and below is not None else (None, None)
                out.append((Byline(people.untitled(row.text), *tail), row))
        elif not row.prose and not lines.chrome(row) and not lines.credit(row):
            out += [(one, row) for one in bylines.read(row.text) if one.affiliation or one.rank]
    return out


def _with_about(one: Byline, tail: Sequence[Line]) -> Byline:
    for row in tail:
        if bylines.about(row.text):
            affiliation, rank = bylines.about_affiliation(row.text)
            return Byline(one.name, affiliation, one.rank or rank)
    return one


def published(
    layout: Layout, page: Page, *, language: str | None = None, address: str = "", today: date | None = None
) -> tuple[PrintedDate | None, tuple[Evidence, ...]]:
    """Return the day of publication and the evidence, the believed first.

    1. a line that names the original and its date; 2. the page's own metadata, the value that print confirms; the day
    before or after it in print is the same day elsewhere on earth; 3. a date beside a source or an edition; 4. a
    by-line's date; 5. a dateline between title and body; 6. one above the title or below the body; 7. the address.
    Dates of updates, visits and teasers never count, nor a day that has not come anywhere on earth. Where day and month
    could be swapped, the other reading is kept behind the one believed.
    """
    places = list(_printed(layout, language, [one.text for one in page.told.languages]))
    scored: list[tuple[float, int, PrintedDate, Evidence]] = []
    header = {value.value for points, _, value, _, _ in places if points >= HEADER_POINTS}
    for index, one in enumerate(page.told.dates):
        value = dates.from_iso(one.text)
        if value is not None:
            points = next((points for rule, points in DECLARED if one.rule.endswith(rule)), DECLARED_POINTS)
            scored.append((points + (0.5 if value.value in header else 0.0), -index, value, one))
    best = max(scored, key=lambda item: item[:2], default=None)
    for points, distance, value, other, row in places:
        same_day = best is not None and best[0] >= DECLARED_POINTS and value.value in _days_on_earth(best[3].text)
        if points >= HEADER_POINTS and value.precision is Precision.DAY and same_day and best is not None:
            rank = best[0] + 0.1
        else:
            rank = points
        rule = "text.original" if points == ORIGINAL_POINTS else "text.dateline"
        scored.append((rank, -distance, value, Evidence(value.iso(), rule, row.text, row.number)))
        if other is not None:
            scored.append(
                (OTHER_ORDER, -distance, other, Evidence(other.iso(), f"{rule}.swapped", row.text, row.number))
            )
    for known in (address, page.told.url or ""):
        if not scored and (from_address := dates.from_address(known)):
            scored.append((0.0, 0, from_address, Evidence(from_address.iso(), "address", known)))
    latest = (today or datetime.now(UTC).date()) + DAY
    scored.sort(key=lambda item: (item[2].value > latest, -item[0], -item[1]))
    if scored and scored[0][2].value > latest:
        return None, tuple(item[3] for item in scored)
    return (scored[0][2] if scored else None), tuple(item[3] for item in scored)


def _days_on_earth(moment: str) -> set[date]:
    """Return what other days it is somewhere at a moment; a declared day without a time may be a day off."""
    try:
        at = datetime.fromisoformat(moment.strip())
    except ValueError:
        found = dates.from_iso(moment)
        return {found.value - DAY, found.value + DAY} if found else set()
    if ":" not in moment:
        return {at.date() - DAY, at.date() + DAY}
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return {(at + timedelta(hours=hours)).date() for hours in (WEST, EAST)}


def _printed(
    layout: Layout, language: str | None, regions: Sequence[str]
) -> Iterator[tuple[float, int, PrintedDate, PrintedDate | None, Line]]:
    """Yield (points, distance from the title, date, its other reading, line) of the dates printed around it."""
    around = [*layout.above[-6:], *layout.header, *layout.tail]
    month_first = dates.month_first([row.text for row in around], language, regions)
    title_at = len(layout.above)
    rows = [*layout.above, *layout.header]
    near = range(max(title_at - 4, 0), len(rows))
    places = [(rows[index], HEADER_POINTS if index >= title_at else 2.0, abs(index - title_at)) for index in near]
    places += [(row, 1.5, index) for index, row in enumerate(layout.tail[:SIGNATURE])]
    for row, points, distance in places:
        if len(row.text) > dates.LINE or (row.prose and not _label(row)) or (row.tag == "aside" and points < 4):
            continue
        for found in dates.find(row.text, day_first=not month_first):
            value = dates.printed(found, row.text)
            if value is None:
                continue
            if _decoy(row, found):  # all that some pages print is when they were updated
                if points >= HEADER_POINTS and _updated(row, found):
                    yield UPDATE_POINTS, distance, value, None, row
                continue
            bonus = 3.0 if _label(row) else 1.0 if bylines.read(row.text) else 0.0
            if not bonus and not dates.is_dateline(row.text) and found.precision != "day":
                continue
            if not bonus and not dates.is_dateline(row.text) and len(row.text) > 120:
                continue
            other = dates.printed(dates.swapped(found), row.text) if found.ambiguous else None
            yield (ORIGINAL_POINTS if _original(row) else points + bonus), distance, value, other, row


def _original(row: Line) -> bool:
    """Whether a line says where and when the article appeared first: more than "Source" says."""
    starts = [one for one in lexicon.words("metadata", "source") if " " in one]
    return row.folded.startswith(tuple(starts)) or lines.original(row)


def _label(row: Line) -> bool:
    """Whether a line says that its date is an edition's or a source's."""
    sections = lexicon.finder("metadata", "sections").search(row.text) is not None and "|" in row.text
    return (
        sections
        or lines.original(row)
        or any(lexicon.fold(row.text).startswith(word) for word in lexicon.words("metadata", "source"))
        or row.folded.startswith(("published", "publi", "diterbitkan", "terbit", "veröffentlicht", "опубликовано"))
    )


def _updated(row: Line, found: dates.Found) -> bool:
    """Whether a date is an update's: it alone stands on its line, and nothing on the line is younger."""
    before = row.text[max(found.start - 40, 0) : found.start].casefold()
    return any(word in before for word in lexicon.words("metadata", "updates"))


def _decoy(row: Line, found: dates.Found) -> bool:
    before = row.text[max(found.start - 40, 0) : found.start].casefold()
    return any(word in before for word in lexicon.words("metadata", "date_decoys"))
