"""Personal names by their shape: no list of them can be closed.

What tells a name is shape (capitalised words, initials, particles), what it does not hold (words of sections and
institutions) and where it stands; the callers know where.
"""

import re
import unicodedata

from articles.reading import lexicon

ARTICLES = frozenset({"the", "der", "die", "das", "het", "les", "los", "las", "ein", "eine", "une"})
PREFIXES = frozenset({"le", "la", "el", "o", "os", "as", "un"})  # they open a surname too: "Marie La Rue"
NAME_TOKENS = 7  # "Julio César Nava de la Riva" has six
NAME_LENGTH = 60  # characters
AUTHORS = 12  # more names than these on a line are a list of something else
INITIAL = re.compile(r"^[A-Z]\.?(?:[A-Z]\.){0,3}$|^(?:[A-Z]\.-?){1,4}$")
TOKEN = re.compile(r"^[^\W\d_][^\W\d_'’ʼ`.\-‐·]*(?:['’ʼ`.\-‐·][^\W\d_]+)*\.?$")
AND = re.compile(
    r"\s*(?:,\s*(?:and|dan|und|et|y|e|en)\s+|\s+(?:and|dan|und|et|&|with|bersama)\s+|\s*[,;&/]\s*|、|\s+و\s*)\s*"
)
WITHIN = re.compile(r"\s(?:y|e|i|en)\s")  # "and" between two names, or a particle within one: "Ortega y Gasset"
MARKS = ' \t*†‡_~#-–—•|:.,;“”"()[]'
SHOUTED_AND = re.compile(r"\s(?:AND|DAN|UND|ET|Y|EN)\s")
SCRIPT_NAME = re.compile(r"^[\u0600-\u06ff\u0980-\u09ff\u0900-\u097f\s.]{5,40}$")  # scripts without capitals


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
    if len(set(low)) == 1 or low[0] in ARTICLES or (len(tokens) == 2 and low[0] in PREFIXES):
        return False
    words = [word for word, token in zip(low, tokens, strict=True) if not _is_initial(token)]
    if any(word in lexicon.words("metadata", "not_names") for word in words) or text.casefold() in lexicon.words(
        "metadata", "places"
    ):
        return False
    return (
        all(map(_token, tokens))
        and _capital(tokens[0])
        and _capital(tokens[-1])
        and any(len(token.strip(".")) > 1 for token in tokens)
    )


def _token(token: str) -> bool:
    if INITIAL.match(token) or token.casefold() in lexicon.words("metadata", "particles"):
        return True
    return TOKEN.match(token) is not None and (
        _capital(token) or token.casefold().startswith(("al-", "d'", "d’", "el-"))
    )


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
    while (
        len(tokens) > 1
        and tokens[0].casefold().strip(".,") in lexicon.words("metadata", "titles")
        and not _is_initial(tokens[0])
    ):
        tokens.pop(0)
    while (
        len(tokens) > 2
        and tokens[-1].casefold().strip(".,") in lexicon.words("metadata", "titles")
        and len(tokens[-1].strip(".")) > 1
    ):
        tokens.pop()
    text = " ".join(tokens)
    return _recased(text) if text.isupper() and len(text) > 4 else text


def _is_initial(token: str) -> bool:
    return len(token.strip(".")) == 1 and token.endswith(".")


def _recased(text: str) -> str:
    """Return a name printed in capitals in its usual case: particles small, letters after a hyphen large."""
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
    if text.isupper():
        text = SHOUTED_AND.sub(lambda match: match[0].lower(), text)
    text = text.strip(MARKS)
    text = text if AND.search(text) else untitled(text)
    found: list[str] = []
    for part in AND.split(text)[:AUTHORS]:
        if part and (several := _several(part)):
            found += several
        elif part and not is_name(part):
            break
        elif part:
            found.append(untitled(part))
    return tuple(found)


def _several(part: str) -> list[str]:
    """Return the names that "y", "e", "i" or "en" joins, if all are full names; none for "Ortega y Gasset"."""
    sides = WITHIN.split(part)
    return [untitled(side) for side in sides] if len(sides) > 1 and all(map(is_name, sides)) else []


def nobody(text: str) -> bool:
    """Whether a by-line names no person: "admin", "Unknown"."""
    return lexicon.fold(text) in lexicon.words("metadata", "nobody")


def same_person(one: str, other: str) -> bool:
    """Whether two printed names are one person's: equal but for case, hyphens and accents, or one within the other."""
    first, second = key(one), key(other)
    if first == second:
        return True
    mine, yours = set(_words(one)), set(_words(other))
    return len(mine & yours) >= 2 and (mine <= yours or yours <= mine)


def _words(name: str) -> list[str]:
    return [key(token) for token in name.split() if len(key(token)) > 1]
