"""Read one document: bytes in, a Reading out."""

import re
from dataclasses import replace

from articles.reading import (
    actors,
    bylines,
    dates,
    decode,
    horizon,
    html,
    language,
    layout,
    lines,
    markup,
    metadata,
    source,
    speaker,
    statements,
    title,
)
from articles.reading.types import Hints, Reading, Span, UnreadableDocument

VERSION = "1"  # goes up when a document would be read otherwise than before
PARAGRAPHS = "\n\n"
LONGEST = 5_000_000  # characters of text that are read; a book has a million


def read(raw: bytes, *, names: actors.Names, hints: Hints = Hints()) -> Reading:  # noqa: B008 - frozen
    """Return all that can be read out of a document.

    `names` is the compiled authority file. Offsets in the Reading count characters of its body. Raises
    UnreadableDocument for what is no text, or holds no article.

    1. text; 2. page; 3. language; 4. actors; 5. statements.
    """
    reading, told = page(raw, hints=hints)
    body, code, headings = reading.body, reading.language, reading.headings
    # 4. Actors, and the country that the author speaks from.
    mentions = names.find(body, code)
    country = speaker.country_of(
        names, byline_text=told, source=reading.source, body=body, mentions=mentions, language=code
    )
    if country is not None:
        mentions = names.find(body, code, country=country)
    # 5. Statements.
    recommendations = statements.recommendations(
        body, code, names=names, mentions=mentions, country=country, headings=headings
    )
    claims = statements.claims(
        body,
        code,
        names=names,
        mentions=mentions,
        country=country,
        headings=headings,
        recommendations=recommendations,
    )
    return replace(reading, mentions=mentions, country=country, recommendations=recommendations, claims=claims)


def page(raw: bytes, *, hints: Hints = Hints()) -> tuple[Reading, str]:  # noqa: B008 - frozen
    """Return what a document says of itself, without actors and statements, and the text of its by-lines and notes.

    Raises UnreadableDocument.
    """
    # 1. Text.
    decoded = decode.decode(raw, media_type=hints.media_type)
    # 2. Page.
    told = html.read(decoded.text) if decoded.media_type == "text/html" else _plain(decoded.text[:LONGEST])
    titles = tuple(title.clean(one, told.site) for one in told.titles)
    found = layout.arrange(told.lines, titles=titles)
    if not found.paragraphs:
        raise UnreadableDocument("no article text found")
    body = PARAGRAPHS.join(text for text, _ in found.paragraphs)
    printed = found.title or (titles[0] if titles else None)
    name, via = source.name(found, site=told.site, titles=told.titles)
    references = found.found.references if found.found else ()
    published, others = metadata.published(found, told, address=hints.name)
    reading = Reading(
        title=title.clean(printed, told.site or name) if printed else None,
        authors=metadata.authors(found, told),
        source=name or hints.source,
        via=via,
        url=told.url or (hints.name if hints.name.startswith(("http://", "https://")) else None),
        published=published,
        published_not_before=None if published else horizon.not_before(body, references),
        # 3. Language.
        language=hints.language or language.detect(body),
        body=body,
        headings=_headings(found),
        truncated=found.truncated,
        references=references,
        media_type=decoded.media_type,
        encoding=decoded.encoding,
        alternatives={"published": others} if others else {},
    )
    return reading, _byline_text(reading, found)


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
    """Return a plain text as a page: its lines, and what front matter says of it."""
    told = markup.front_matter(text)
    authors = told.get("author") or told.get("authors") or ""
    return html.Page(
        lines.split(markup.plain(text)),
        titles=(told["title"],) if "title" in told else (),
        authors=tuple(part.strip(" \"'") for part in authors.strip("[]").split(",") if part.strip()),
        published=dates.from_iso(told["date"]) if "date" in told else None,
    )


def _headings(found: layout.Layout) -> tuple[Span, ...]:
    """Return where the section headings stand in the body."""
    out, at = [], 0
    for text, heading in found.paragraphs:
        if heading:
            out.append(Span(at, at + len(text)))
        at += len(text) + len(PARAGRAPHS)
    return tuple(out)
