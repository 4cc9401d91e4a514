"""Recognise authors where they are named: by-lines, signatures, notes about the author."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from articles.reading import affiliations, dates, lexicon, lines, people
from articles.reading.types import Byline

PUBLICATION = 6  # words of a publication's name
BIO_SUBJECT = 160  # characters within which a note says whom it is about
BIO_LENGTH = 1500  # characters of a note about an author
SIGNED = re.compile(r"^\W{0,3}([^,;(–—]{4,60})([,;(–—]?)(.*)$")
SIGNERS = 12  # people who sign an appeal and count as its authors; more are a petition
SIGNED_WORDS = 14  # words of a signer's trade and place
BAR = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+|\s{3,}")
MARKS = ' \t*†‡_~#-–—•|:.,;“”"()[]'
MEDIA_END = re.compile(
    r"\w{3}(?:zeitung|blatt|bote|anzeiger|rundschau|kurier|presse|nachrichten|blad|bode|courant|krant|tribune|post)\b",
    re.IGNORECASE,
)
THE = re.compile(r"^(?:the|de|het|der|die|das|le|la|les|el|los|las|o|a|os|as)\s", re.IGNORECASE)
DECK_END = re.compile(r"(?<=[.!?])\s+")
DECK_LENGTH = 800  # characters of a standfirst
EAST = re.compile(r"^[\u3400-\u9fff\uac00-\ud7af·\s]{2,10}$")
ROLE_TAIL = re.compile(r"\s*\(([^()]{2,120})\)\s*$")


@cache
def _by() -> re.Pattern[str]:
    by = lexicon.alternatives(lexicon.entries("metadata", "by"))
    return re.compile(rf"^\W{{0,5}}(?P<by>{by})(?:\s*[::：]\s*|\s+|(?<=[\u4e00-\u9fff]))(?=\S)", re.IGNORECASE)


@cache
def _posted() -> re.Pattern[str]:
    return re.compile(rf"^\W{{0,5}}(?:{lexicon.alternatives(lexicon.entries('metadata', 'posted'))})\b", re.IGNORECASE)


def is_posted(text: str) -> bool:
    """Whether a line says who put the text up, edited or translated it."""
    return _posted().match(text) is not None


def after_by(text: str) -> str | None:
    """Return what follows "By", in any language; None where a line does not begin so."""
    match = _by().match(text)
    return text[match.end() :] if match and not is_posted(text) else None


@lru_cache(maxsize=dates.REMEMBERED)
def read(text: str) -> tuple[Byline, ...]:
    """Return the authors whom a line names, with affiliations that stand on it; none if it is no by-line.

    1. "By ..."; 2. parts between bars: "Name, Place | Opinion (The Daily) | date"; 3. names; 4. "Name, affiliation",
    "Name (affiliation)".
    """
    if len(text) > dates.LINE or is_posted(text) or lines.salutation(text):
        return ()
    # 1. and 2. The part that holds the names.
    rest = after_by(text)
    for barred in BAR.split(rest if rest is not None else text):
        part = without_date(after_by(barred) or barred)
        # 3. Nothing but names, or names first.
        found = people.names(part)
        if found and rest is None and (not _only_names(part, found) or not any(map(str.isupper, part))):
            found = ()
        if not found and rest is not None and EAST.match(part.strip()):
            found = (part.strip(),)
        if not found:
            found = people.names(ROLE_TAIL.sub("", part)) if ROLE_TAIL.search(part) else ()
        if found and rest is None and (MEDIA_END.search(part) or (THE.match(part) and is_media(part))):
            found = ()
        if found:
            # 4. What follows the names.
            return tuple(Byline(name, *_tail_affiliation(part, found)) for name in found)
    return ()


def behind_deck(text: str) -> str | None:
    """Return the by-line at a standfirst's end: "Delay costs more than dikes. By Jane Roe"; None if there is none."""
    *before, last = DECK_END.split(text) if len(text) <= DECK_LENGTH else [text]
    return last if before and after_by(last) is not None and read(last) else None


def without_date(text: str) -> str:
    """Return a line without the dates on it."""
    for one in reversed(dates.find(text)):
        text = text[: one.start].rstrip(" ,-–—|") + " " + text[one.end :]
    return (
        lexicon.finder("metadata", "weekdays")
        .sub(" ", text)
        .strip(MARKS.replace(".", "").replace(")", "").replace("(", ""))
    )


def is_media(text: str) -> bool:
    """Whether a name holds a word of publications' names, or ends on one as German and Dutch compounds do."""
    return lexicon.finder("metadata", "media").search(text) is not None or MEDIA_END.search(text) is not None


def publication(text: str) -> str | None:
    """Return the publication that a line below a by-line names with a date: "The Harbour Post, 14 March 2025".

    None for other lines. The same line above all by-lines may be somebody called Post: ask only below one.
    """
    rest = without_date(text).strip(" ,.|–—-")
    named = (
        len(text) <= dates.LINE and not any(map(str.isdigit, rest)) and dates.is_dateline(text.replace(rest, ""))
        if rest
        else False
    )
    media = lexicon.finder("metadata", "media").search(rest)
    return (
        rest.strip(" ·•") if named and media and len(rest.split()) <= PUBLICATION and after_by(text) is None else None
    )


def _only_names(part: str, found: Sequence[str]) -> bool:
    """Whether little but names stands on a line that no "By" opens; a place, a degree or an institution may follow."""
    rest = people.key(part)
    for name in found:
        rest = rest.replace(people.key(name), "", 1)
    tail = part.partition(",")[2]
    return len(rest) <= 5 or (
        len(rest) <= 60
        and (
            affiliations.is_affiliation(tail) or (bool(tail) and len(tail.split()) <= 5 and tail.strip()[:1].isupper())
        )
    )


def _tail_affiliation(part: str, found: Sequence[str]) -> tuple[str | None, str | None]:
    if len(found) != 1:
        return None, None
    bracket = ROLE_TAIL.search(part)
    tail = bracket[1] if bracket else part.partition(",")[2]
    return affiliations.affiliation(tail) if affiliations.is_affiliation(tail) else (None, None)


@cache
def _is() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:\([^()]{{2,60}}\)\s*)?,?\s(?:{lexicon.alternatives(lexicon.entries('metadata', 'is'))})(?!\w)\s*",
        re.IGNORECASE,
    )


@lru_cache(maxsize=dates.REMEMBERED)
def bio(text: str) -> Byline | None:
    """Return the author whom a note is about: "*Jane Roe is a lecturer in Y, University Z." None if it is no such note.

    The note must open with a name, go on as a definition ("is a", ", a", or a rank at once) and hold a rank or an
    institution.
    """
    if len(text) > BIO_LENGTH:
        return None
    text = text.strip(' \t*_†‡•–—-“"(')
    head = text[:BIO_SUBJECT]
    for match in (_is().search(head), lexicon.finder("metadata", "ranks").search(head)):
        if match is None:
            continue
        before = text[: match.start()].strip(" ,:")
        subject = people.names(before)
        rest = text[match.end() :] if match[0][:1].isspace() or match[0][:1] in ",(" else text[match.start() :]
        told = affiliations.is_affiliation(rest[:300]) or lexicon.finder("metadata", "columns").search(rest[:120])
        if len(subject) == 1 and told and _only_names(before, subject):
            apposition = before.partition(",")[2]  # "Jane Roe, a professor at Y, is the author of Z"
            return Byline(
                subject[0], *affiliations.described(apposition if affiliations.is_affiliation(apposition) else rest)
            )
    return None


def bios(text: str) -> tuple[Byline, ...]:
    """Return the authors whom a note is about, a sentence each: "Jane Roe is ... John Doe is ..."."""
    if len(text) > BIO_LENGTH or bio(text) is None:
        return ()
    sentences = re.split(r"(?<=[\w)]{2}[.!])\s+(?=[^\W\d_a-z])", text)
    found = (bio(sentence) or _another(sentence) for sentence in sentences)
    return merge(one for one in found if one is not None) or tuple(one for one in [bio(text)] if one)


def _another(sentence: str) -> Byline | None:
    """Return whom a sentence after a note's first is about, whatever it says that they are: "John Doe is a farmer"."""
    match = _is().search(sentence[:BIO_SUBJECT])
    name = sentence[: match.start()].strip(" ,:") if match else ""
    return Byline(people.untitled(name)) if match and people.names(name) == (name,) else None


def signed(text: str) -> Byline | None:
    """Return who signs a letter on a line of its own: "Swantje Meyer, Lehrerin, Emden"; None for other lines."""
    match = SIGNED.match(text)
    if match is None:
        return None
    head, sign, rest = (part.strip() for part in match.groups())
    if not people.is_name(head) or len(rest.split()) > SIGNED_WORDS or (sign and not rest):
        return None
    name = people.untitled(head)
    if lexicon.finder("metadata", "institutions").search(rest):
        return Byline(name, *affiliations.affiliation(rest))
    return Byline(name, None, rest.split(",")[0].strip() if affiliations.is_affiliation(rest) else None)


def signatories(text: str) -> tuple[Byline, ...]:
    """Return the people in a list of those who sign an appeal, each with office and institution; at most `SIGNERS`."""
    parts = text.split(";") if ";" in text else re.split(r",\s(?=[^\W\d_a-z])", text)
    found = [signed(re.sub(r"^(?:et|and|und|y|e|en|dan)\s", "", part.strip())) for part in parts[: SIGNERS + 1]]
    known = tuple(one for one in found if one is not None)
    return known if len(known) <= SIGNERS else ()


def about(text: str) -> bool:
    """Whether a note is about the author without the name: "The writer is a lecturer at ..."."""
    return len(text) <= BIO_LENGTH and lexicon.starter("metadata", "about").match(lexicon.fold(text[:100])) is not None


def about_affiliation(text: str) -> tuple[str | None, str | None]:
    """Return (affiliation, rank) of a note about the author that does not repeat the name."""
    match = _is().search(text[:160])
    return affiliations.described(text[match.end() :] if match else text)


def merge(found: Iterable[Byline]) -> tuple[Byline, ...]:
    """Return each author once, in the order of first mention, with the first affiliation and rank that is known."""
    out: dict[str, Byline] = {}
    for one in found:
        if people.nobody(one.name):
            continue
        same = next((other for other in out if people.same_person(out[other].name, one.name)), None)
        if same is None:
            out[people.key(one.name)] = one
        else:
            have = out[same]
            out[same] = Byline(have.name, have.affiliation or one.affiliation, have.rank or one.rank)
    return tuple(out.values())
