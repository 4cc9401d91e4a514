"""The words by which statements are known, compiled from a language's lexicon.

A language that has no `lexicon/LANGUAGE.toml` has no cues: nothing is guessed in it. What each table means stands at
the top of `lexicon/en.toml`. All patterns but those of PRINTED are for texts in lower case (`patterns.lowered`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from articles.reading import lexicon, patterns
from articles.vocabulary import ClaimKind, Instrument, Modality

NOTHING = re.compile(r"(?!)")
PART = re.compile(r"\{([a-z_]+)\}")
PRINTED = {"subject_behind"}  # of [context], matched in the text as printed: nouns of German are known by their capital


@dataclass(frozen=True, slots=True)
class Cue:
    """What makes a sentence a recommendation."""

    rule: str  # "en.modal.should"
    table: str  # modals, impersonal, predicates
    pattern: re.Pattern[str]
    modality: Modality
    sure: float  # confidence of the bare cue
    addressed: bool = False  # counts only with somebody who is told
    negates: bool = False  # says what not to do
    inverted: bool = False  # the subject may stand behind it
    final: bool = False  # the action may stand before it
    we: bool = False  # tells the first person, though no "we" is printed: "cessons"
    soft: bool = False  # counts only behind a firm recommendation of the same paragraph
    gerund: bool = False  # of a predicate: its subject begins as [context] gerund says: "Investing in schools"


@dataclass(frozen=True, slots=True)
class Cues:
    """What reading statements knows of one language."""

    code: str
    cues: tuple[Cue, ...]
    scanner: patterns.Scanner  # its numbers are places in `cues`
    words: dict[str, re.Pattern[str]]  # the lists of [context], each as one pattern; the same of [reporting]
    lists: dict[str, tuple[str, ...]]  # the same as written
    connective: re.Pattern[str]
    claim_kinds: tuple[ClaimKind, ...]
    claims: patterns.Scanner  # its numbers are places in `claim_kinds`
    reporting: patterns.Scanner
    salutations: frozenset[str]  # words of address before an office: "Sehr geehrte Frau Ministerin"
    head_last: bool  # a noun phrase ends with the word that says what it is, or with what follows a preposition
    instruments: tuple[tuple[Instrument, re.Pattern[str]], ...]

    def word(self, name: str) -> re.Pattern[str]:
        """Return the pattern of a list of [context] or [reporting]; one that matches nothing if there is none."""
        return self.words.get(name, NOTHING)


@cache
def of(language: str | None) -> Cues | None:
    """Return the cues of a language, or None where no lexicon holds any. Raises ValueError where a lexicon is wrong."""
    code = lexicon.load("names")["related"].get(language, [language])[0] if language else None
    if code is None or not (lexicon.FOLDER / f"{code}.toml").exists():
        return None
    tables = lexicon.load(code)
    if "modals" not in tables:
        return None
    cues = tuple(_cues(tables, code))
    texts = tables["context"] | tables["reporting"]
    parts = tables.get("parts", {})
    return Cues(
        code=code,
        cues=cues,
        scanner=patterns.Scanner([_whole(row["pattern"], parts) for row in _rows(tables)]),
        words={name: _pattern(name, value, parts) for name, value in texts.items()},
        lists={name: tuple(value) for name, value in texts.items() if isinstance(value, list)},
        connective=re.compile(rf"(?:{patterns.words(texts['connectives']).pattern},?\s+)+"),
        claim_kinds=tuple(ClaimKind(kind) for kind in tables["claims"]),
        claims=patterns.Scanner([patterns.any_of(value) for value in tables["claims"].values()]),
        reporting=patterns.Scanner([patterns.any_of(texts["verbs"])]),
        salutations=frozenset(texts.get("courtesy", ())),
        head_last=code in lexicon.load("names")["head_last"]["any"],
        instruments=tuple(
            (Instrument(kind), re.compile(rf"(?<!\w)(?:{'|'.join(map(patterns.lowered_pattern, value))})"))
            for kind, value in tables["instruments"].items()
        ),
    )


def _rows(tables: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of all cues; of two that begin at one place the first counts."""
    return [row for table in ("impersonal", "modals", "predicates") for row in tables.get(table, ())]


def _cues(tables: dict[str, Any], code: str) -> list[Cue]:
    """Return the cues of a language; a pattern may name the language's [parts] in braces: "{infinitive}"."""
    parts = tables.get("parts", {})
    return [
        Cue(
            rule=f"{code}.{row['rule']}",
            table=table,
            pattern=re.compile(rf"(?:{patterns.lowered_pattern(_whole(row['pattern'], parts))}){patterns.END}"),
            modality=Modality(row["modality"]),
            sure=row["sure"],
            addressed=row.get("addressed", False),
            negates=row.get("negates", False),
            inverted=row.get("inverted", False),
            final=row.get("final", False),
            we=row.get("we", False),
            soft=row.get("soft", False),
            gerund=row.get("gerund", False),
        )
        for table in ("impersonal", "modals", "predicates")
        for row in tables.get(table, ())
    ]


def _pattern(name: str, value: str | Sequence[str], parts: dict[str, str]) -> re.Pattern[str]:
    if isinstance(value, str):
        whole = _whole(value, parts)
        if name in PRINTED:
            return re.compile(whole, re.IGNORECASE)
        return re.compile(patterns.lowered_pattern(whole)) if whole else NOTHING
    return patterns.words(_whole(one, parts) for one in value)


def _whole(pattern: str, parts: dict[str, str]) -> str:
    return PART.sub(lambda match: f"(?:{_whole(parts[match[1]], parts)})" if match[1] in parts else match[0], pattern)
