"""Recognise authors: by-lines, signatures, notes about the author.

A personal name has no closed list. What tells it is shape (capitalised words, initials, particles), what it does not
hold (words of sections and institutions) and where it stands; the callers know where.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from articles.reading import dates, lexicon
from articles.reading.types import Byline

NAME_TOKENS = 7  # "Julio César Nava de la Riva" has six
NAME_LENGTH = 60  # characters
BIO_LENGTH = 1500  # characters of a note about an author
AUTHORS = 12  # more names than these on a line are a list of something else

INITIAL = re.compile(r"^[A-Z]\.?(?:[A-Z]\.){0,3}$|^(?:[A-Z]\.-?){1,4}$")
TOKEN = re.compile(r"^[^\W\d_][^\W\d_'’ʼ`.\-‐·]*(?:['’ʼ`.\-‐·][^\W\d_]+)*\.?$")
AND = re.compile(r"\s*(?:,\s*(?:and|dan|und|et|y|e)\s+|\s+(?:and|dan|und|et|y|&|with|bersama)\s+|\s*[,;&/]\s*|、|\s+و\s*)\s*")
BAR = re.compile(r"\s*[|•·]\s*|\s+[–—]\s+|\s{3,}")
MARKS = " \t*†‡_~#-–—•|:.,;“”\"()[]"
SCRIPT_NAME = re.compile(r"^[\u0600-\u06ff\u0980-\u09ff\u0900-\u097f\s.]{5,40}$")  # scripts without capitals
EAST = re.compile(r"^[\u3400-\u9fff\uac00-\ud7af·\s]{2,10}$")
ROLE_TAIL = re.compile(r"\s*\(([^()]{2,120})\)\s*$")


def key(name: str) -> str:
    """Return a name as one compares it: no case, accents, hyphens, spaces."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in bare if char.isalnum())


def is_name(text: str) -> bool:
    """Whether a text has the shape of one personal name."""
    text = untitled(text)
    if not text or len(text) > NAME_LENGTH or any(char.isdigit() for char in text):
        return False
    if SCRIPT_NAME.match(text):
        return 2 <= len(text.split()) <= 5
    tokens = text.split()
    if not 2 <= len(tokens) <= NAME_TOKENS:
        return False
    low = [token.casefold().strip(".") for token in tokens]
    if any(word in lexicon.words("metadata", "not_names") for word in low) or text.casefold() in lexicon.words("metadata", "places"):
        return False
    return all(map(_token, tokens)) and _capital(tokens[0]) and _capital(tokens[-1]) and any(len(token.strip(".")) > 1 for token in tokens)


def _token(token: str) -> bool:
    if INITIAL.match(token) or token.casefold() in lexicon.words("metadata", "particles"):
        return True
    return TOKEN.match(token) is not None and (_capital(token) or token.casefold().startswith(("al-", "d'", "d’", "el-")))


def _capital(token: str) -> bool:
    return token[:1].isupper() or (token[:1].isalpha() and not token[:1].islower())


def untitled(text: str) -> str:
    """Return a name without titles, degrees and marks around it; capitals become a name's usual case."""
    text = text.strip(MARKS if not INITIAL.match(text[-2:]) else MARKS.replace(".", ""))
    if "," in text:  # degrees: "Siti Aminah, S.H., M.H."
        head, *tail = (part.strip() for part in text.split(","))
        if tail and all(part.casefold().strip(".") in lexicon.words("metadata", "titles") for part in tail):
            text = head
    tokens = text.split()
    while len(tokens) > 1 and tokens[0].casefold().strip(".,") in lexicon.words("metadata", "titles") and not _is_initial(tokens[0]):
        tokens.pop(0)
    while len(tokens) > 2 and tokens[-1].casefold().strip(".,") in lexicon.words("metadata", "titles") and len(tokens[-1].strip(".")) > 1:
        tokens.pop()
    text = " ".join(tokens)
    return _recased(text) if text.isupper() and len(text) > 4 else text


def _is_initial(token: str) -> bool:
    return len(token.strip(".")) == 1 and token.endswith(".")


def _recased(text: str) -> str:
    """Return a name printed in capitals in its usual case: particles small, letters after hyphen and apostrophe large."""
    out = []
    for position, token in enumerate(text.split()):
        if INITIAL.match(token):
            out.append(token)
        elif position and token.casefold() in lexicon.words("metadata", "particles"):
            out.append(token.casefold())
        else:
            out.append(re.sub(r"[^\W\d_]+", lambda match: match[0][:1] + match[0][1:].lower(), token))
    return " ".join(out)


def names(text: str) -> tuple[str, ...]:
    """Return the personal names that a text consists of, from its start; none if the first part is no name.

    Stops at the first part that is no name: "Jane Roe, Bogor" names one author, "A. Roe, B. Doe and C. Poe" three.
    """
    text = untitled(text.strip(MARKS))
    found: list[str] = []
    for part in AND.split(text)[:AUTHORS]:
        if part and not is_name(part):
            break
        if part:
            found.append(untitled(part))
    return tuple(found)


def nobody(text: str) -> bool:
    """Whether a by-line names no person: "admin", "Unknown"."""
    return lexicon.fold(text) in lexicon.words("metadata", "nobody")


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


def read(text: str) -> tuple[Byline, ...]:
    """Return the authors whom a line names, with affiliations that stand on it; none if it is no by-line.

    1. "By ..."; 2. parts between bars: "Name, Place | Opinion (The Daily) | date"; 3. names; 4. "Name, affiliation",
    "Name (affiliation)".
    """
    if len(text) > dates.LINE or is_posted(text):
        return ()
    # 1. and 2. The part that holds the names.
    rest = after_by(text)
    for part in BAR.split(rest if rest is not None else text):
        part = without_date(after_by(part) or part)
        # 3. Nothing but names, or names first.
        found = names(part)
        if found and rest is None and not _only_names(part, found):
            found = ()
        if not found and rest is not None and EAST.match(part.strip()):
            found = (part.strip(),)
        if not found:
            found = names(ROLE_TAIL.sub("", part)) if ROLE_TAIL.search(part) else ()
        if found:
            # 4. What follows the names.
            return tuple(Byline(name, *_tail_affiliation(part, found)) for name in found)
    return ()


def without_date(text: str) -> str:
    """Return a line without the dates on it."""
    for one in reversed(dates.find(text)):
        text = text[: one.start].rstrip(" ,-–—|") + " " + text[one.end :]
    return lexicon.finder("metadata", "weekdays").sub(" ", text).strip(MARKS.replace(".", "").replace(")", "").replace("(", ""))


def _only_names(part: str, found: Sequence[str]) -> bool:
    """Whether little but names stands on a line that no "By" opens; a place, a degree or an institution may follow."""
    rest = key(part)
    for name in found:
        rest = rest.replace(key(name), "", 1)
    tail = part.partition(",")[2]
    return len(rest) <= 5 or (len(rest) <= 60 and (is_affiliation(tail) or (bool(tail) and len(tail.split()) <= 5 and tail.strip()[:1].isupper())))


def _tail_affiliation(part: str, found: Sequence[str]) -> tuple[str | None, str | None]:
    if len(found) != 1:
        return None, None
    bracket = ROLE_TAIL.search(part)
    tail = bracket[1] if bracket else part.partition(",")[2]
    return affiliation(tail) if is_affiliation(tail) else (None, None)


def is_affiliation(text: str) -> bool:
    """Whether a line names an institution or a rank."""
    if not text or len(text) > dates.LINE:
        return False
    spaced = text.replace("_", " ")
    return any(lexicon.finder("metadata", table).search(spaced) for table in ("institutions", "ranks"))


def affiliation(text: str) -> tuple[str | None, str | None]:
    """Return (affiliation, rank) of a line such as "Professor_Institute of X_Y University" or "Lecturer at Y, Z"."""
    text = text.strip(" \t,;*")
    parts = [part.strip() for part in re.split(r"_+|\s*[|;]\s*", text) if part.strip()]
    if len(parts) == 1 and (match := re.match(r"^([^,]{3,120}?)\s+(?:at|di|pada|an der|à l['’]|en la)\s+(\S.{2,200})$", text)):
        parts = [match[1], match[2]] if _rank(match[1]) else parts
    elif len(parts) == 1:
        parts = [part.strip() for part in text.split(",") if part.strip()]
    rank = parts.pop(0) if len(parts) > 1 and _rank(parts[0]) and not _institution(parts[0]) else None
    if len(parts) == 1 and _rank(parts[0]) and not _institution(parts[0]):
        return None, parts[0]
    return (", ".join(parts) or None), rank


def _rank(text: str) -> bool:
    return lexicon.finder("metadata", "ranks").search(text) is not None


def _institution(text: str) -> bool:
    return lexicon.finder("metadata", "institutions").search(text) is not None


@cache
def _is() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:\([^()]{{2,60}}\)\s*)?,?\s(?:{lexicon.alternatives(lexicon.entries('metadata', 'is'))})(?!\w)\s*", re.IGNORECASE)


def bio(text: str) -> Byline | None:
    """Return the author whom a note is about: "*Jane Roe is a lecturer in Y, University Z." None if it is no such note.

    The note must open with a name, go on as a definition and hold a rank or an institution.
    """
    if len(text) > BIO_LENGTH:
        return None
    text = text.strip(" \t*_†‡•–—-“\"(")
    match = _is().search(text[:160])
    if match is None:
        return None
    subject = names(text[: match.start()])
    if len(subject) != 1 or not _only_names(text[: match.start()], subject):
        return None
    rest = text[match.end() :]
    if not is_affiliation(rest[:300]):
        return None
    return Byline(subject[0], *_bio_affiliation(rest))


def about(text: str) -> bool:
    """Whether a note is about the author without the name: "The writer is a lecturer at ..."."""
    return len(text) <= BIO_LENGTH and lexicon.starter("metadata", "about").match(lexicon.fold(text[:100])) is not None


def about_affiliation(text: str) -> tuple[str | None, str | None]:
    """Return (affiliation, rank) of a note about the author that does not repeat the name."""
    match = _is().search(text[:160])
    return _bio_affiliation(text[match.end() :] if match else text)


def _bio_affiliation(rest: str) -> tuple[str | None, str | None]:
    """Split the first sentence of a note at its commas and prepositions: first the rank, then from the institution on."""
    sentence = re.split(r"(?<=[\w)]{2})[.!?](?=\s|$)|;|\s\(@|\bwhere\b|\bwho\b", rest, maxsplit=1)[0].strip(" .")
    sentence = re.sub(r"^(?:an?|the|ein|eine|une?|una?)\s+", "", sentence, flags=re.IGNORECASE)
    at = lexicon.alternatives(["at", "with", "of", "for", "in", "di", "pada", "dari", "an der", "am", "bei", "à", "de la", "del", "de", "na", "presso"])
    pieces = re.split(rf"(\s*,\s*(?:and\s+)?|\s+(?:{at})\s+(?:the\s+)?(?=[A-ZÀ-ÞА-Я]))", sentence)
    for place in range(2, len(pieces), 2):
        piece = pieces[place]
        if piece[:1].isupper() and _institution(" ".join(pieces[place:][:3])) and _institution(piece):
            where = "".join(pieces[place:])
            where = re.split(r"\s+(?:and|dan|und|et|y)\s+(?:an?\s|the\s|author|member|former|also|[a-z]+\s+(?:at|of|di))", where, maxsplit=1)[0]
            return where.strip(" ,") or None, "".join(pieces[:place]).strip(" ,") or None
    capital = next((place for place in range(2, len(pieces), 2) if pieces[place - 1].strip().startswith(("at", "di ", "with", "bei")) and pieces[place][:1].isupper()), None)
    if capital is not None:
        return "".join(pieces[capital:]).strip(" ,"), "".join(pieces[: capital - 1]).strip(" ,") or None
    if _institution(sentence):
        return affiliation(sentence)
    return None, sentence[:120] or None


def merge(found: Iterable[Byline]) -> tuple[Byline, ...]:
    """Return each author once, in the order of first mention, with the first affiliation and rank that is known."""
    out: dict[str, Byline] = {}
    for one in found:
        if nobody(one.name):
            continue
        same = next((other for other in out if same_person(out[other].name, one.name)), None)
        if same is None:
            out[key(one.name)] = one
        else:
            have = out[same]
            out[same] = Byline(have.name, have.affiliation or one.affiliation, have.rank or one.rank)
    return tuple(out.values())


def same_person(one: str, other: str) -> bool:
    """Whether two printed names are one person's: equal but for case, hyphens and accents, or one within the other."""
    first, second = key(one), key(other)
    if first == second:
        return True
    mine, yours = set(_words(one)), set(_words(other))
    return len(mine & yours) >= 2 and (mine <= yours or yours <= mine)


def _words(name: str) -> list[str]:
    return [key(token) for token in name.split() if len(key(token)) > 1]
