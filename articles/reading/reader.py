"""Read one document: bytes in, a Reading out."""

import re
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from articles.reading import (
    actors,
    bylines,
    candidates,
    dates,
    decode,
    horizon,
    html,
    language,
    layout,
    lexicon,
    lines,
    markup,
    metadata,
    people,
    source,
    speaker,
    stated,
    statements,
    title,
)
from articles.reading.declared import Declared
from articles.reading.references import marked
from articles.reading.types import Evidence, Hints, Mention, Reading, Span, UnreadableDocument
from articles.vocabulary import ActorKind

VERSION = "3"  # goes up when a document would be read otherwise than before
PARAGRAPHS = "\n\n"
LONGEST = 600_000  # characters of text that are read: a long book has as many; an op-ed has some thousand
ROWS = 5_000  # lines that are read, blank ones counted; what follows is left out and the reading says "truncated"
SENTENCES = 2000  # sentences in which statements are looked for; an op-ed has fifty, a long essay five hundred
UNSURE = {"html.title", "pdf.title", "docx.title"}  # titles that may be a site's, a template's or a file's name
SAME_TITLE = 0.5  # share of words by which two titles are one; social headlines reword the printed one
Placed = TypeVar("Placed", Mention, Span)
SENTENCE = re.compile(r"[.!?\n]\s")


def read(raw: bytes, *, names: actors.Names, hints: Hints = Hints()) -> Reading:  # noqa: B008 - frozen
    """Return all that can be read out of a document.

    `names` is the compiled authority file. Offsets in the Reading count characters of its body. Raises
    UnreadableDocument for what is no text, or holds no article.

    A megabyte is read within a second, whatever it holds: of long texts the first LONGEST characters and ROWS lines
    are read, `truncated` set and said in the evidence; statements come from the first SENTENCES sentences.

    1. text; 2. page; 3. language; 4. actors; 5. statements.
    """
    reading, told = page(raw, hints=hints)
    body, code, headings = reading.body, reading.language, reading.headings
    # 4. Actors, the country that the author speaks from, and who is no actor yet.
    scan = names.scan(body, code)
    mentions = scan.mentions()
    country = speaker.country_of(
        names, byline_text=told, source=reading.source, body=body, mentions=mentions, language=code
    )
    writers = tuple(one.name for one in reading.authors)
    proposed, mentions = candidates.propose(
        body, code, names=names, mentions=scan.mentions(country), authors=writers, headings=headings
    )
    ours = country is not None and country == speaker.home_of(
        names, byline_text=told, source=reading.source, language=code
    )
    # 5. Statements.
    found = mentions
    named = [span for one in proposed for span in one.mentions if one.kind != ActorKind.REGION]
    end = next((match.end() for match in islice(SENTENCE.finditer(body), SENTENCES, None)), len(body))
    if end < len(body):
        body = body[:end]
        mentions, headings, named = _before(mentions, end), _before(headings, end), list(_before(tuple(named), end))
    recommendations, claims = statements.read(
        body, code, names=names, mentions=mentions, country=country, headings=headings, ours=ours, proposed=named
    )
    return replace(
        reading,
        mentions=found,
        candidates=proposed,
        country=country,
        recommendations=recommendations,
        claims=claims,
    )


def _before(found: tuple[Placed, ...], end: int) -> tuple[Placed, ...]:
    return tuple(one for one in found if one.end <= end)


def page(raw: bytes, *, hints: Hints = Hints()) -> tuple[Reading, str]:  # noqa: B008 - frozen
    """Return what a document says of itself, without actors and statements, and the text of its by-lines and notes.

    Raises UnreadableDocument.
    """
    # 1. Text.
    decoded = decode.decode(raw, media_type=hints.media_type)
    # 2. Page.
    told = html.read(decoded.text) if decoded.media_type == "text/html" else _plain(decoded.text)
    if hints.stated:
        told = replace(told, told=stated.heard(hints.stated, told.told))
    titles = tuple(title.clean(one.value, told.told.site) for one in told.told.titles)
    found = layout.arrange(told.lines, titles=titles)
    if not found.paragraphs and decoded.media_type == "text/html":  # a text that calls itself a page
        told = replace(_plain(decoded.text), told=told.told)
        found = layout.arrange(told.lines, titles=titles)
    if not found.paragraphs:
        raise UnreadableDocument("no article text found")
    references = found.found.references if found.found else ()
    labels = {one.label for one in references}
    found = replace(found, paragraphs=tuple((marked(text, labels), heading) for text, heading in found.paragraphs))
    body = PARAGRAPHS.join(text for text, _ in found.paragraphs)
    name, via = source.name(found, site=told.told.site, titles=[one.value for one in told.told.titles])
    printed, titled = _title(found, told, name)
    if titled and titled[-1].text == found.title != titled[0].text:  # nor is what stands below it a header
        header = (row for row in found.header if bylines.after_by(row.text) or dates.is_dateline(row.text))
        found = replace(found, above=(), header=tuple(header))
    # 3. Language.
    spoken = hints.language or language.detect(body, told=next((one.value for one in told.told.languages), None))
    authors, signed = metadata.authors(found, told)
    published, dated = metadata.published(found, told, language=spoken, address=hints.name)
    address = told.told.url or (hints.name if hints.name.startswith(("http://", "https://")) else None)
    evidence = {
        "title": titled,
        "authors": signed,
        "source": _named(name or hints.source, told, "source"),
        "via": _named(via, told, "via"),
        "published": dated,
        "url": told.told.urls or ((Evidence(address, "hint.name"),) if address else ()),
        "language": _spoken(spoken, told, hints),
        "truncated": (Evidence("true", "reader.cut", f"read to line {told.lines[-1].number}"),) if told.cut else (),
    }
    reading = Reading(
        title=printed,
        authors=authors,
        source=name or hints.source,
        via=via,
        url=address,
        published=published,
        published_not_before=None if published else horizon.not_before(body, references, spoken),
        language=spoken,
        body=body,
        headings=_headings(found),
        truncated=found.truncated or told.cut,
        references=references,
        media_type=decoded.media_type,
        encoding=decoded.encoding,
        evidence={field: witnesses for field, witnesses in evidence.items() if witnesses},
    )
    if hints.stated:
        reading = stated.believed(hints.stated, reading)
    return reading, _byline_text(reading, found)


def _title(found: layout.Layout, told: html.Page, site: str | None) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the title as printed, else as the page's metadata has it, and the evidence.

    What looks like a title and shares no words with any that the page's metadata tells is none.
    """
    site = told.told.site or site
    others = [replace(one, value=title.clean(one.value, site)) for one in told.told.titles]
    if found.title is None and not others:
        others = [replace(one, value=title.clean(one.value, site)) for one in html.guesses(told).titles]
    if found.title is not None:
        row = next((row for row in told.lines if row.text == found.title), None)
        rule = "text.heading" if row is not None and row.tag == "h" else "text.title"
        number = row.number if row is not None else None
        printed = Evidence(title.clean(found.title, site), rule, found.title, number)
        sure = [one for one in others if one.rule not in UNSURE]
        stranger = bool(sure) and not any(_alike(printed.value, one.value) for one in others)
        stranger = stranger or (bool(others) and site is not None and people.key(printed.value) == people.key(site))
        others.insert(len(others) if stranger else 0, printed)
    return (others[0].value if others else None), tuple(others)


def _alike(one: str, other: str) -> bool:
    """Whether two titles share half of the words of the shorter one; half of the signs, where words are not parted."""
    first, second = (set(lexicon.fold(text).split()) for text in (one, other))
    if min(len(first), len(second)) < 2 or lines.DENSE.search(one):
        first, second = (set(text.casefold()) - {" "} for text in (one, other))
    return len(first & second) >= SAME_TITLE * min(len(first), len(second))


def _named(value: str | None, told: html.Page, field: str) -> tuple[Evidence, ...]:
    """Return the witnesses to a source: the page's own word, the title's end, the line that prints it."""
    sites = [] if field == "via" else [*told.told.sites]
    if value is None:
        return tuple(sites)
    agreeing = [one for one in told.told.sites if one.value == value]
    if not agreeing:
        row = next((row for row in told.lines if value in row.text), None)
        rule = f"text.{field}" if row is not None else f"hint.{field}"
        if row is None and any(value in one.value for one in told.told.titles):
            rule = "html.title.suffix"
        text, number = (row.text, row.number) if row is not None else ("", None)
        agreeing = [Evidence(value, rule, text, number)]
    return (*agreeing, *(one for one in sites if one.value != value))


def _spoken(code: str | None, told: html.Page, hints: Hints) -> tuple[Evidence, ...]:
    """Return the witnesses to the language: the text, the page's own word, who sent it."""
    first = (Evidence(code, "hint.language" if hints.language else "text.language"),) if code else ()
    return (*first, *told.told.languages)


def _byline_text(reading: Reading, found: layout.Layout) -> str:
    """Return what is printed of where the authors stand: affiliations, by-lines, the first sentence of notes.

    Their names are taken out, for a name may hold a country's: "Al'Afghani", "Jordan", "Holland".
    """
    around = [row.text for row in found.header if bylines.read(row.text)]
    around += [
        re.split(r"(?<=\w{3}[.!])\s", row.text)[0]
        for row in found.tail
        if bylines.about(row.text) or bylines.bio(row.text)
    ]
    told = "\n".join([*(one.affiliation for one in reading.authors if one.affiliation), *around])
    for one in reading.authors:
        told = re.sub(re.escape(one.name), " ", told, flags=re.IGNORECASE)
    return told


def _plain(text: str) -> html.Page:
    """Return a plain text as a page: its lines, up to LONGEST and ROWS, and what front matter says of it."""
    rows = text[:LONGEST].split("\n", ROWS)
    cut = len(text) > LONGEST or len(rows) > ROWS
    text = "\n".join(rows[:ROWS])
    told = markup.front_matter(text)
    names = "; ".join(part.strip(" \"'") for part in _listed(told) if part.strip(" \"'"))
    day = dates.from_iso(told["date"]) if "date" in told else None
    front = "text.front_matter"
    return html.Page(
        lines.split(markup.plain(text)),
        Declared(
            titles=(Evidence(told["title"], f"{front}.title", told["title"]),) if "title" in told else (),
            authors=(Evidence(names, f"{front}.author", names),) if names else (),
            dates=(Evidence(day.iso(), f"{front}.date", told["date"]),) if day else (),
            languages=tuple(
                Evidence(told[key][:2].lower(), f"{front}.{key}") for key in ("lang", "language") if key in told
            ),
        ),
        cut=cut,
    )


def _listed(told: dict[str, str]) -> list[str]:
    """Return the authors of front matter, which may stand as a list in brackets."""
    return (told.get("author") or told.get("authors") or "").strip("[]").split(",")


def _headings(found: layout.Layout) -> tuple[Span, ...]:
    """Return where the section headings stand in the body."""
    out, at = [], 0
    for text, heading in found.paragraphs:
        if heading:
            out.append(Span(at, at + len(text)))
        at += len(text) + len(PARAGRAPHS)
    return tuple(out)
