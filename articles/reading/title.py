"""Choose the title among the lines above the body, and print it without its site's suffix."""

import re
from collections.abc import Sequence
from functools import cache

from articles.reading import affiliations, bylines, dates, lexicon, lines, people
from articles.reading.lines import Line

WORDS = 30  # more make a paragraph
LENGTH = 220  # characters
FIRST_LINE_WORDS = 18  # words up to which a first line with a full stop may be a title
LOOK_BACK = 25  # lines above the body
BELOW = 5  # lines below a title among which a by-line or a date confirms it
REPEATED = 15  # characters from which being printed twice says something
NEEDED = 5.0  # points; a section's name two lines above the body has about 2
SUFFIX = re.compile(r"\s+(?P<sign>[|–—•·»-]|::)\s+(?P<site>[^|–—•·»]{2,60})$")
SUFFIX_WORDS = 6
COLUMN = re.compile(r"^(?:\S{2,20}\s){0,3}?(?:by|von|par|por|de|oleh|door|di)\s(.{4,60})$", re.IGNORECASE)
FAR = 400  # lines above the body among which a title is looked for at all
KICKER_WORDS = 5
DECK_WORDS, LEAST_TITLE = 10, 3  # words of a standfirst without a full stop; of the title above it
DECK = 16  # words from which a line is rather a standfirst than a title
MAST_WORDS, FRAMED_WORDS = 6, 4  # words of a publication's name; of one that only its frame tells
MOTTO = re.compile(r"\s+[–—|·•]\s+|\s-\s|:\s")
ARTICLE = re.compile(r"^(?:the|de|het|der|die|das|le|la|les|el|los|o|a)\s", re.IGNORECASE)
REST_WORDS = 2  # words that must remain of a title


def candidate(row: Line) -> bool:
    """Whether a line could be a title by what it says."""
    if lines.salutation(row.text) or lines.closing(row) or row.folded in lexicon.words("metadata", "sections"):
        return False
    if row.tag == "aside" or row.words > WORDS or len(row.text) > LENGTH or not any(map(str.isalpha, row.text)):
        return False
    if lines.original(row) and row.ends:
        return False
    if lines.chrome(row) or lines.credit(row) or lines.ending(row) or lines.teaser(row) or lines.series(row):
        return False
    if (
        "://" in row.text
        or "www." in row.text
        or row.text.count("»") > 1
        or row.text.endswith((":", ",", ";"))
        or row.text.count("|") > 1
    ):
        return False
    by = bylines.after_by(row.text)
    return not (
        bylines.behind_deck(row.text)
        or dates.is_dateline(row.text)
        or bylines.is_posted(row.text)
        or (by is not None and bylines.read(row.text))
    )


def choose(rows: Sequence[Line], start: int, hints: Sequence[str]) -> int | None:
    """Return the index of the title among `rows`, the body beginning at `start`; None if none is printed.

    The body's own first line is a candidate too. Points for: agreeing with the page's own word, a heading's tag, being
    printed twice (a breadcrumb or a teaser repeats it), standing first, or above a by-line or a date; against: a full
    stop, distance from the body, fewer than three words, the shape of a name. Where nothing has points enough, a
    document's first line is its title.
    """
    best, points = None, NEEDED
    from_top = min(start + 1, len(rows))
    real = [index for index in range(max(from_top - FAR, 0), from_top) if not lines.chrome(rows[index])]
    mast = masthead(rows, start)
    below = mast + 1 if mast is not None else 0
    motto = _motto(rows, mast, start)
    first = next((index for index in real if index >= below and index != motto and candidate(rows[index])), 0)
    folded = [row.folded for row in rows]
    for distance, index in enumerate(reversed(real[-LOOK_BACK:])):
        row = rows[index]
        if index == mast or not candidate(row) or (index == start and not _stands_alone(rows, index)):
            continue
        score = min(row.words, 10) - 0.8 * distance
        score += 12 if any(_agrees(row.folded, lexicon.fold(hint)) for hint in hints) else 0
        score += 5 if row.tag == "h" else 0
        score += 8 if len(row.folded) >= REPEATED and (_repeated(folded, index) or _glued(row, rows[:start])) else 0
        score += 6 if index == first else 0
        score += _above_byline(rows, index, start)
        score -= 6 if row.text.endswith((".", "。", "।")) and index != first else 0
        score -= 4 if row.words < 3 and mast is None else 0
        score -= 0.5 * max(row.words - DECK, 0)
        score -= 8 if _kicker(row) else 0
        score -= 6 if index == motto else 0
        score -= _below_byline(rows, index, start)
        score -= 7 if bylines.read(row.text) else 0
        score -= 15 if score > points and _site_name(rows, index) else 0
        score -= 12 if score > points and _introduced(rows, index, start) else 0
        if score > points or (score == points and best is None):
            best, points = index, score
    if best is None and first < start and candidate(rows[first]):
        return first
    return _above_deck(rows, best, real, {mast, motto}, hints) if best is not None else None


def _above_deck(
    rows: Sequence[Line], best: int, real: Sequence[int], no_titles: set[int | None], hints: Sequence[str]
) -> int:
    """Return the line above a standfirst that looked like the title: shorter than it, and title-like itself."""
    row = rows[best]
    above = max((index for index in real if index < best), default=None)
    if above is None or above in no_titles or row.tag == "h" or row.words < DECK_WORDS or best - above > 1:
        return best
    shorter = LEAST_TITLE <= rows[above].words < row.words and candidate(rows[above]) and not _kicker(rows[above])
    told = any(_agrees(row.folded, lexicon.fold(hint)) for hint in hints)
    return above if shorter and not told and not bylines.read(rows[above].text) else best


def masthead(rows: Sequence[Line], start: int) -> int | None:  # noqa: PLR0911 - a cascade
    """Return the index of the line above the title that names the publication; None if there is none.

    It is the first line that is no chrome, short, and has another candidate below; and 1. a copyright line, a credit
    or an address repeats its name, or 2. it holds a word of publications' names and is written as a name, or 3. a menu,
    a section or a date stands between it and the title.
    """
    first = next((index for index in range(min(start, LOOK_BACK)) if candidate(rows[index])), None)
    if first is None or rows[first].tag == "h" or rows[first].sentence:
        return None
    name = publication(rows[first].text)
    words = name.split()
    if not 1 <= len(words) <= MAST_WORDS or name[-1:] in "?!" or any(map(str.isdigit, name)):
        return None
    media = any(bylines.is_media(row.text) for row in rows[first : first + 1 + (not rows[first + 1].gap)])
    rivals = [
        index for index in range(first + 1, start) if candidate(rows[index]) and not bylines.read(rows[index].text)
    ]
    if not rivals and not (start > first + 1 and start < len(rows) and _stands_alone(rows, start)):
        return None
    # 1. Repeated.
    if _site_name(rows, first) or addressed(name, rows):
        return first
    # 2. A publication's word.
    named = all(word[:1].isupper() or word.casefold() in lexicon.words("metadata", "particles") for word in words)
    frame = next((index for index in range(first + 1, min(first + BELOW, start)) if _frames(rows[index])), None)
    rivals = [index for index in rivals if frame is None or index > frame] or rivals
    between = rows[first + 1 : rivals[0] if rivals else start]
    unsigned = not any(bylines.after_by(row.text) is not None and bylines.read(row.text) for row in between)
    framed = any(map(_frames, between))
    if media and unsigned and (name.isupper() or named or framed or rows[first].text != name):
        return first
    # 3. Framed.
    again = bool(rivals) and _above_byline(rows, rivals[0], start) >= 6 and rows[rivals[0]].words <= DECK
    if not (framed and unsigned and len(words) <= FRAMED_WORDS):
        return None
    if bylines.read(name) and not _signed(rows, rivals, start):
        return None  # an author above the title
    return first if name.isupper() or (named and again) else None


def _frames(row: Line) -> bool:
    rubric = row.folded in lexicon.words("metadata", "sections")
    return rubric or lines.chrome(row) or dates.is_dateline(row.text) or bylines.is_posted(row.text)


def _signed(rows: Sequence[Line], rivals: Sequence[int], start: int) -> bool:
    """Whether a "By ..." stands below the first title-like line."""
    below = rows[rivals[0] + 1 : max(start, rivals[0] + BELOW)] if rivals else []
    return any(bylines.after_by(row.text) is not None and bylines.read(row.text) for row in below)


def publication(text: str) -> str:
    """Return a publication's name without the motto behind a sign: "Polderpraat – weblog", "Harbour Digest: news"."""
    return MOTTO.split(text, maxsplit=1)[0].strip()


def addressed(name: str, rows: Sequence[Line]) -> bool:
    """Whether an address on the page holds the name: "letters@harbourpost.example"."""
    key = people.key(ARTICLE.sub("", name))
    return len(key) >= 6 and any(
        row.short and "." in row.text and ("@" in row.text or "www." in row.text) and key in people.key(row.text)
        for row in rows
    )


def _motto(rows: Sequence[Line], mast: int | None, start: int) -> int | None:
    """Return the index of a line below a masthead that only says what the publication is; another title follows."""
    if mast is None or mast + 1 >= start or not candidate(rows[mast + 1]):
        return None
    parted = (
        lines.chrome(rows[mast + 2]) or dates.is_dateline(rows[mast + 2].text) or bylines.is_posted(rows[mast + 2].text)
    )
    later = any(candidate(rows[index]) and not bylines.read(rows[index].text) for index in range(mast + 3, start))
    return mast + 1 if later and parted and not rows[mast + 1].gap else None


def _kicker(row: Line) -> bool:
    """Whether a line names a column: "COLUNA DO ZECA"."""
    words = row.folded.split()
    return 2 <= len(words) <= KICKER_WORDS and words[0] in lexicon.words("metadata", "sections") and row.text.isupper()


def _introduced(rows: Sequence[Line], index: int, start: int) -> bool:
    """Whether a line heads somebody's words about a text that has its own title and by-line below them."""
    for place in range(index + 1, start - 1):
        if rows[place].sentence and not rows[place].heads:
            return any(
                candidate(rows[later])
                and not rows[later].sentence
                and not bylines.read(rows[later].text)
                and bylines.after_by(rows[later + 1].text) is not None
                and bool(bylines.read(rows[later + 1].text))
                for later in range(place + 1, start - 1)
            )
    return False


def _stands_alone(rows: Sequence[Line], index: int) -> bool:
    """Whether a line that begins the body may be its title: short, and before a much longer one."""
    row, after = rows[index], rows[index + 1 : index + 2]
    return bool(after) and row.words <= FIRST_LINE_WORDS and after[0].words >= 2 * row.words


def _agrees(folded: str, hint: str) -> bool:
    return len(folded) >= 8 and (
        folded == hint or hint.startswith(folded + " ") or (len(folded) > 20 and folded in hint)
    )


def _glued(row: Line, others: Sequence[Line]) -> bool:
    """Whether another line ends with this one, run together with a breadcrumb: "HomeAsiaTitle"."""
    return any(
        other is not row and len(other.folded) > len(row.folded) and other.folded.endswith(row.folded)
        for other in others
    )


def _repeated(folded: list[str], index: int) -> bool:
    """Whether a line is printed again among other neighbours: not a menu that the page prints twice."""
    again = [place for place, text in enumerate(folded) if text == folded[index] and place != index]
    around = folded[max(index - 1, 0) : index] + folded[index + 1 : index + 2]
    return any(
        not set(folded[max(place - 1, 0) : place] + folded[place + 1 : place + 2]) & set(around) for place in again
    )


def _above_byline(rows: Sequence[Line], index: int, start: int) -> float:
    """Return what standing above a by-line or a date is worth; a bare name may be a menu's, so it is worth half."""
    below = [row for row in rows[index + 1 : min(index + 1 + BELOW, max(start, index + 2))] if not lines.credit(row)]
    if any(
        dates.is_dateline(row.text)
        or bylines.is_posted(row.text)
        or (bylines.after_by(row.text) and bylines.read(row.text))
        for row in below
    ):
        return 6.0
    return 3.0 if any(bylines.read(row.text) for row in below) else 0.0


def _below_byline(rows: Sequence[Line], index: int, start: int) -> float:
    """Return what standing below a by-line costs: all for an affiliation, little in a column."""
    above = [
        place
        for place in range(max(index - 2, 0), index)
        if bylines.read(rows[place].text) and not lines.credit(rows[place])
    ]
    if index >= start or not above:
        return 0.0
    rival = any(candidate(row) and not bylines.read(row.text) for row in rows[max(above[0] - BELOW, 0) : above[0]])
    affiliation = affiliations.is_affiliation(rows[index].text) or rows[index].text[:1].islower()
    return 20.0 if affiliation and rival else 2.0


def _site_name(rows: Sequence[Line], index: int) -> bool:
    """Whether a line is the site's name: a copyright line repeats it."""
    name = rows[index].folded
    return any(("©" in row.text or "copyright" in row.folded) and name in row.folded for row in rows if row.short)


def clean(text: str, site: str | None = None) -> str:
    """Return a title without "| Site name".

    A suffix goes if it is the site's name, or stands behind a bar and is short; "– OpEd" stays.
    """
    text = _labels().sub("", re.sub(r"\s+", " ", text).strip())
    text = _without_section(text)
    if labelled := _labelled(text):
        text = labelled[1]
    for _ in range(2):
        match = SUFFIX.search(text)
        if match is None or len(text[: match.start()].split()) < REST_WORDS:
            break
        suffix = match["site"].strip()
        is_site = site is not None and people.key(suffix) in (people.key(site), people.key(site) + "com")
        behind_bar = match["sign"] in "|::" and len(suffix.split()) <= SUFFIX_WORDS
        if not (is_site or behind_bar):
            break
        text = text[: match.start()]
    return text


@cache
def _labels() -> re.Pattern[str]:
    labels = lexicon.alternatives(lexicon.entries("metadata", "title_labels"))
    return re.compile(rf"^(?:{labels})\s?[:：]\s*(?=\S)", re.IGNORECASE)


def _without_section(text: str) -> str:
    """Return a title without its section's name: "Opinion | ...", "Kommentar: ...", "OPINI - ..."."""
    match = _section().match(text)
    rest = text[match.end() :] if match else ""
    return rest if match and len(rest.split()) >= REST_WORDS else text


@cache
def _section() -> re.Pattern[str]:
    labels = lexicon.alternatives(lexicon.entries("metadata", "sections"))
    return re.compile(
        rf"^\W{{0,2}}(?:{labels})(?:\s?[:|/]+\s|\s?[:|]\s?|\s[–—·•-]\s|\.\s(?=[«“\"‘„\']?\s?(?-i:[^\W\d_a-z])))\s*(?=\S)",
        re.IGNORECASE,
    )


def _labelled(text: str) -> tuple[str, str] | None:
    """Return (author, title) of a column's title: "Klartext von Jane Roe: Title"; None for others."""
    label, colon, rest = text.partition(": ")
    match = COLUMN.match(label)
    if not colon or match is None or len(rest.split()) < REST_WORDS or not people.is_name(match[1]):
        return None
    return people.untitled(match[1]), rest.strip()


def suffix(text: str, printed: str | None = None) -> str | None:
    """Return the site's name behind a bar in a title: "Title | Site"; None if there is none.

    Where the title is `printed` without it, any sign parts the two: "Title - Site".
    """
    match = SUFFIX.search(text)
    if match is None or len(text[: match.start()].split()) < REST_WORDS:
        return None
    alone = printed is not None and lexicon.fold(text[: match.start()]) == lexicon.fold(printed)
    if match["sign"] != "|" and not alone:
        return None
    name = match["site"].strip()
    return None if lexicon.fold(name) in lexicon.words("metadata", "sections") or people.is_name(name) else name


def author(text: str) -> str | None:
    """Return the name behind a bar in a title: "Title | Jane Roe"; None if there is none."""
    if labelled := _labelled(text):
        return labelled[0]
    match = SUFFIX.search(text)
    name = match["site"].strip() if match is not None and match["sign"] == "|" else ""
    return people.untitled(name) if people.is_name(name) else None
