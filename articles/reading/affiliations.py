"""Affiliations and ranks: "Professor_Institute of X_Y University", "a lecturer in X, Y University (Z)"."""

import re
from functools import cache

from articles.reading import dates, lexicon

SENTENCE = re.compile(r"(?<=[\w)]{2})[.!?](?=\s|$)|;|\s\(@|\s(?:where|who)\s")
ARTICLE = re.compile(r"^(?:an?|the|ein|eine|une?|una?|als)\s+", re.IGNORECASE)
JOINT = re.compile(
    r"\s+(?:at|of|with|in|for|from|di|pada|dari|an der|am|an|bei|des|der|aan de|aan|van|à|de|de la|du|del|da|na|no)"
    r"(?:\s+(?:the|la|l['’]|der|dem))?$|\s+(?:à |de )?l['’]$",
    re.IGNORECASE,
)
KIND_LAST = ("en", "de", "nl", "tr", "ru")
RANK = 120  # characters of a rank


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
    if len(parts) == 1 and (
        match := re.match(r"^([^,]{3,120}?)\s+(?:(?:at|di|pada|an der|en la)\s+|à l['’])(\S.{2,200})$", text)
    ):
        parts = [match[1], match[2]] if _rank(match[1]) else parts
    elif len(parts) == 1:
        parts = [part.strip() for part in text.split(",") if part.strip()]
    rank = parts.pop(0) if len(parts) > 1 and _rank(parts[0]) and not _institution(parts[0]) else None
    if len(parts) == 1 and _rank(parts[0]) and not _institution(parts[0]):
        return None, parts[0]
    return (", ".join(parts) or None), rank


def described(rest: str) -> tuple[str | None, str | None]:
    """Return (affiliation, rank) of what a note says of its author: "a lecturer in X, University Y (Z), and a ...".

    The affiliation begins with the first capitalised institution, taken to the left as far as its name goes in
    languages that put the kind last ("Sogang University", not "Hubungan Internasional Universitas Airlangga").
    """
    sentence = SENTENCE.split(rest, maxsplit=1)[0].strip(" .,:")
    sentence = ARTICLE.sub("", sentence)
    found = list(_institutions().finditer(sentence))
    match = next((one for one in found if one[0][:1].isupper()), None)
    match = match or next(
        (one for one in found if one[0].casefold() not in _kind_last()), None
    )  # "l’université de Lyon"
    if match is None:
        return _elsewhere(sentence)
    start = match.start()
    start = max(sentence.rfind(sign, 0, start) for sign in " '’") + 1  # "Öko-Institut" begins before the hyphen
    if match[0].casefold() in _kind_last():
        while (
            (before := re.search(r"(?:^|\s)([^\s,;:()]+)\s$", sentence[:start]))
            and before[1][:1].isupper()
            and not _rank(before[1])
        ):
            start = before.start(1)
    where = _further().split(sentence[start:], maxsplit=1)[0].strip(" ,;")
    rank = JOINT.sub("", sentence[:start].strip(" ,;")).strip(" ,;")
    return where or None, rank or None


def _elsewhere(sentence: str) -> tuple[str | None, str | None]:
    """Return (affiliation, rank) where no known kind of institution is named: "analyst at Rystad, Oslo"."""
    match = re.search(r"\s(?:at|di|bei|chez|with)\s+(?:the\s+)?(?=[^\W\d_a-zà-ÿ])", sentence)
    if match is None:
        return None, sentence[:RANK] or None
    where = _further().split(sentence[match.end() :], maxsplit=1)[0].strip(" ,;")
    return where or None, sentence[: match.start()].strip(" ,;") or None


def _rank(text: str) -> bool:
    return lexicon.finder("metadata", "ranks").search(text) is not None


def _institution(text: str) -> bool:
    return lexicon.finder("metadata", "institutions").search(text) is not None


@cache
def _institutions() -> re.Pattern[str]:
    return lexicon.finder("metadata", "institutions")


@cache
def _kind_last() -> frozenset[str]:
    """Return the kinds of institution that end a name, in languages that put them last."""
    return frozenset(
        word.casefold() for code in KIND_LAST for word in lexicon.load("metadata")["institutions"].get(code, [])
    )


@cache
def _further() -> re.Pattern[str]:
    """Return what follows an affiliation in a note: "and a ...", ", author of ...", ", holds ..."."""
    verbs = lexicon.alternatives(lexicon.entries("metadata", "is"))
    verbs += "|" + lexicon.alternatives(verb.capitalize() for verb in lexicon.entries("metadata", "is"))
    return re.compile(
        rf"\s+(?:and|dan|und|et|y|e)\s+(?=(?:an?|the|also|[a-z]+(?:\s[a-z]+)?\s(?:at|of|for|di|de))\s|(?:{verbs})\s|[a-z]+s\s)"
        rf"|,\s*(?:and\s+)?(?=(?:an?|the|with)\s|(?:{verbs})\s|[a-z]{{4,}}\s)",
    )
