"""Name the publication, and the aggregator that an article was taken from."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from articles.reading import bylines, dates, lexicon, lines, people, title
from articles.reading.layout import Layout
from articles.reading.lines import Line

MEDIA = 5  # words of a publication's name between bars
FIRST = 4  # lines above the title, and below the end, that may name the first publication
TAILING = re.compile(r"\s+(?:on|am|vom|le|du|el|del|em|de|do|no|op|van|di|pada|tanggal|edisi)\s*$", re.IGNORECASE)
DESK = re.compile(
    r"^(?:tim redaksi|redaksi|redaktion|redactie|redacción|redação|rédaction)\s(?=[A-Z])([^|:,\d]{3,50})$", re.I
)
NAME = 60  # characters of a publication's name
COPYRIGHT = re.compile(r"^\W{0,3}(?:copyright\s*)?(?:©|ⓒ|\(c\)|copyright)\s*(?:copyright\s*)?(?:by\s+)?", re.IGNORECASE)
PARTS = re.compile(r"\||\s[·•]\s")
RIGHTS = re.compile(
    r"[.,|·–—-]?\s*(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
    r"|todos os direitos reservados|tutti i diritti riservati|hak cipta).*$",
    re.IGNORECASE,
)
OWNER_END = re.compile(r"\s+[|–—-]\s+|(?<=\w\w)(?<!\bCo)\.\s|(?<=\.[A-Z])\.\s(?=[A-Z])")
LEGAL = re.compile(r"\b(?:ag|gmbh|kg|ltd|inc|llc|plc|b\.?v|n\.?v|s\.?a|s/a|ltda|tbk|bhd)\.?$", re.IGNORECASE)
POWERED = re.compile(
    r"(?:proudly |mit stolz |fièrement |con orgullo |orgulhosamente )?(?:powered by|präsentiert von|propulsé par"
    r"|funciona (?:gracias a|con)|mantido com|desenvolvido (?:em|por)|ondersteund door|didukung oleh|diberdayakan oleh"
    r"|creado con|betrieben (?:von|mit))\s",
    re.IGNORECASE,
)
YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d|\d\d))?[.,]?")


def name(layout: Layout, *, site: str | None = None, titles: Sequence[str] = ()) -> tuple[str | None, str | None]:
    """Return (source, via) as printed; `titles` are what the page's metadata calls it; None for what is not said.

    1. a line that names where the article appeared first; 2. a label or a dateline that names the source; 3. the
    site's own metadata; 4. a copyright line below the article; 5. the masthead above it; 6. the title's suffix; 7. the
    site speaking of itself. Where a site speaks of itself and the copyright is another's, the site is an aggregator;
    so is a masthead over somebody else's article.
    """
    around = [*layout.above, *layout.header, *layout.tail, *layout.foot]
    original = _original([*layout.above[-FIRST:], *layout.header, *layout.tail, *layout.foot[:FIRST]])
    told = original or _labelled([*layout.header, *layout.tail])
    self_named = _self_named(around)
    suffixes = [title.suffix(one, layout.title) for one in [*([layout.title] if layout.title else []), *titles]]
    suffix = next((one for one in suffixes if one), None)
    mast = layout.masthead
    copyright_ = _copyright([*layout.tail, *layout.foot], [one for one in (suffix, mast) if one], around)
    source = next((one for one in (told, site, copyright_, mast, suffix) if one and not aggregator(one)), None)
    source = source or _powered([*layout.tail, *layout.foot])
    via = next((one for one in (site, self_named, copyright_, suffix) if one and aggregator(one)), None)
    if via is None and self_named and source and not _same(self_named, source):
        via = self_named if not site else None
    carrier = site or mast
    if original and via is None and carrier and not _same(carrier, original):
        via = carrier
    return source or (self_named if self_named and not aggregator(self_named) else None), via


def aggregator(text: str) -> bool:
    """Whether a publication's trade is other people's articles."""
    return lexicon.fold(text) in lexicon.words("metadata", "aggregators")


def _same(one: str, other: str) -> bool:
    first, second = people.key(one), people.key(other)
    return first in second or second in first


def _original(rows: Iterable[Line]) -> str | None:
    """Return the publication that a line names as the article's first: "Zuerst erschienen am 3. Mai 2022 in: X"."""
    before = lexicon.alternatives(lexicon.entries("metadata", "original_in"))
    for row in rows:
        if not lines.original(row):
            continue
        said = lexicon.finder("metadata", "original").search(row.text)
        rest = row.text[said.end() :] if said else ""
        for one in reversed(dates.find(rest)):
            rest = rest[: one.start] + "\n" + rest[one.end :]
        # A common noun may stand between: "no jornal Folha do Porto".
        place = rf"(?:^|(?<=\s))(?:{before})(?!\w)\s*:?\s*(?:[a-zà-ÿ]{{3,12}}\s){{0,2}}"
        for match in re.finditer(rf"{place}[\"“«„‘']?(?=[^\W\d_a-z])([^\n]+)", rest):
            if found := _trimmed(TAILING.sub("", match[1])):
                return found
        bare = re.match(r"\s*:?\s*[\"“«„‘']?([^\W\d_a-z][^\n]+)", rest)
        if bare and (found := _trimmed(bare[1])):
            return found
    return None


def _labelled(rows: Iterable[Line]) -> str | None:
    """Return the source that a line names: "Sumber: Koran X, Edisi 1" or "Name | Opinion (X) | date"."""
    labels = lexicon.alternatives(lexicon.entries("metadata", "source"))
    sections = lexicon.alternatives(lexicon.entries("metadata", "sections"))
    below_byline = False
    for row in rows:
        if len(row.text) > dates.LINE:
            continue
        if below_byline and (found := bylines.publication(row.text)):
            return found
        below_byline = below_byline or bool(bylines.read(row.text))
        match = re.match(
            rf"^\W{{0,3}}(?:{labels})\s*(?:[::]|(?<=\s(?:in|by|on|at|di|en|su))\s|(?<=\w)\s(?=[A-Z\"“]))\s*(.+)$",
            row.text,
            re.IGNORECASE,
        )
        if match and (found := _trimmed(match[1])):
            return found
        match = re.search(rf"(?:^|[|•·,]\s*)(?:{sections})\s*\(([^()]{{3,{NAME}}})\)", row.text, re.IGNORECASE)
        if match:
            return match[1].strip()
        if (desk := DESK.match(row.text)) and len(desk[1].split()) <= MEDIA:
            return desk[1].strip()
        parts = [part.strip() for part in PARTS.split(row.text)]
        if len(parts) > 1 and any(dates.is_dateline(part) or people.is_name(part) for part in parts):
            media = (part for part in parts if bylines.is_media(part) and len(part.split()) <= MEDIA)
            if (
                found := next((part for part in media if not dates.is_dateline(part) and not bylines.read(part)), None)
            ) is not None:
                return found
    return None


def _trimmed(text: str) -> str | None:
    """Return a source's name without date, edition, address and closing words."""
    text = re.split(r"https?://|www\.", text, maxsplit=1)[0]
    for one in reversed(dates.find(text)):
        text = text[: one.start]
    stops = lexicon.alternatives(lexicon.entries("metadata", "source_stops"))
    text = re.split(rf"\s*[,;(|]\s*|\.\s|\s+(?:{stops})(?!\w)", text, maxsplit=1, flags=re.IGNORECASE)[0].strip(
        " .,:;\"“”'-–—"
    )
    plausible = (
        2 <= len(text) <= NAME and any(map(str.isalpha, text)) and (text[:1].isupper() or not text[:1].islower())
    )
    return text if plausible and len(text.split()) <= 8 and not _agency(text) else None


def _copyright(rows: Sequence[Line], names: Sequence[str], page: Sequence[Line]) -> str | None:
    """Return the owner in a copyright line that stands alone; the last one is the page's own.

    `names` are what the site may be called: where the owner is one with its publisher's name around it, that one.
    """
    for row in reversed(rows):
        if len(row.text) > 200 or not (
            match := COPYRIGHT.match(row.text) or re.search(r"copyright\s*(?:©|\(c\))\s*", row.text, re.IGNORECASE)
        ):
            continue
        owner = YEARS.sub(" ", RIGHTS.sub("", row.text[match.end() :])).strip(" .,:;|-–—")
        owner = re.sub(r"^(?:by|von|par|por|oleh)\s+", "", owner, flags=re.IGNORECASE)
        owner = _without_menu(OWNER_END.split(owner, maxsplit=1)[0].strip(" .,"))
        owner = next((one for one in names if one and _within(one, owner)), None) or _unincorporated(owner, page)
        if 2 <= len(owner) <= NAME and any(map(str.isalpha, owner)) and not _agency(owner) and not owner[:1].islower():
            return owner
    return None


def _within(name: str, owner: str) -> bool:
    """Whether an owner is called as the site is, and a little more."""
    return f" {lexicon.fold(name)} " in f" {lexicon.fold(owner)} "


def _without_menu(owner: str) -> str:
    """Return an owner without the menu that follows it on the line: "Harbour Post Privacy Cookies"."""
    words = owner.split()
    known = lexicon.words("chrome", "lines")
    for index in range(1, len(words)):
        if lexicon.fold(words[index]) in known:
            return " ".join(words[:index])
    return owner


def _unincorporated(owner: str, page: Sequence[Line]) -> str:
    """Return a publication's name without its publisher's form: "Harbour Post Media Ltd" is the Harbour Post's.

    One word must be left of several; a single one only where the page prints it elsewhere or the form is a company's.
    """
    forms = lexicon.alternatives(lexicon.entries("metadata", "company_forms"))
    heads = lexicon.alternatives(lexicon.entries("metadata", "company_heads"))
    bare = re.sub(rf"(?:[, ]+(?:{forms})\.?)+$", "", owner, flags=re.IGNORECASE)
    headless = re.sub(rf"^(?:{heads})\s+(?=\S{{2,}})", "", bare, flags=re.IGNORECASE)
    if headless != bare and (len(headless.split()) > 1 or title.addressed(headless, page)):
        bare = headless
    legal = LEGAL.search(owner) is not None and lexicon.fold(bare) not in lexicon.words("metadata", "company_forms")
    return bare if len(bare.split()) > 1 or (len(bare) >= 5 and (legal or title.addressed(bare, page))) else owner


def _agency(text: str) -> bool:
    """Whether a name is a picture agency's or says nothing."""
    return (
        lines.credit(Line(text))
        or lexicon.fold(text) in lexicon.words("metadata", "nobody")
        or lexicon.fold(text) in lexicon.words("chrome", "lines")
    )


def _powered(rows: Sequence[Line]) -> str | None:
    """Return the site's name as blogs print it at their foot, above what runs them: "Proudly powered by ..."."""
    for before, row in pairwise(rows):
        if row.short and POWERED.match(row.text) and before.short and not lines.chrome(before) and not before.sentence:
            return before.text.strip(" .")
    return None


def _self_named(rows: Iterable[Line]) -> str | None:
    for row in rows:
        if not row.short:
            continue
        for pattern in lexicon.entries("metadata", "site_self"):
            if match := re.search(pattern, row.text):
                return match["name"].strip(" .")
    return None
