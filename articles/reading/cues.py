"""The words by which statements are known, compiled from a language's lexicon.

A language that has no `lexicon/LANGUAGE.toml` has no cues: nothing is guessed in it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from articles.reading import lexicon
from articles.vocabulary import ClaimKind, Instrument, Modality

NOTHING = re.compile(r"(?!)")
PART = re.compile(r"\{([a-z_]+)\}")
START = r"(?<!\w)"  # of a whole word
END = r"(?:(?<=['’])|(?!\w))"  # of a whole word; an elided one ("d'", "qu'") ends at its apostrophe


@dataclass(frozen=True, slots=True)
class Cue:
    """What makes a sentence a recommendation."""

    rule: str  # "en.modal.should"
    pattern: re.Pattern[str]
    modality: Modality
    sure: float  # confidence of the bare cue
    addressed: bool = False  # counts only with somebody who is told
    negates: bool = False  # says what not to do
    inverted: bool = False  # the subject may stand behind it
    final: bool = False  # the action may stand before it
    we: bool = False  # tells the first person, though no "we" is printed: "cessons"


@dataclass(frozen=True, slots=True)
class Cues:
    """What reading statements knows of one language."""

    code: str
    modals: tuple[Cue, ...]
    impersonal: tuple[Cue, ...]
    predicates: tuple[Cue, ...]
    words: dict[str, re.Pattern[str]]  # the lists of [context], each as one pattern
    lists: dict[str, tuple[str, ...]]  # the same as written
    reporting: re.Pattern[str]
    authors: re.Pattern[str]
    asides: re.Pattern[str]
    connective: re.Pattern[str]
    claims: tuple[tuple[ClaimKind, re.Pattern[str]], ...]
    instruments: tuple[tuple[Instrument, re.Pattern[str]], ...]


@cache
def of(language: str | None) -> Cues | None:
    """Return the cues of a language, or None where no lexicon holds any. Raises ValueError where a lexicon is wrong."""
    code = lexicon.load("names")["related"].get(language, [language])[0] if language else None
    if code is None or not (lexicon.FOLDER / f"{code}.toml").exists():
        return None
    tables = lexicon.load(code)
    if "modals" not in tables:
        return None
    context, reporting = tables["context"], tables["reporting"]
    plain = {name: value for name, value in context.items() if isinstance(value, list)}
    words = {name: _words(value) for name, value in plain.items()}
    phrases = {name: _printed(value) for name, value in context.items() if isinstance(value, str)}
    words |= {name: re.compile(value, re.IGNORECASE) for name, value in phrases.items()}
    return Cues(
        code=code,
        modals=_cues(tables, "modals", code),
        impersonal=_cues(tables, "impersonal", code),
        predicates=_cues(tables, "predicates", code),
        words=words,
        lists={name: tuple(value) for name, value in plain.items()},
        reporting=_words(reporting["verbs"]),
        authors=_words(reporting["authors"]),
        asides=re.compile(_printed(reporting["asides"]), re.IGNORECASE) if reporting.get("asides") else NOTHING,
        connective=re.compile(rf"(?:(?:{_any(reporting['connectives'])}),?\s+)+", re.IGNORECASE),
        claims=tuple((ClaimKind(kind), _words(value)) for kind, value in tables["claims"].items()),
        instruments=tuple(
            (Instrument(kind), re.compile(rf"(?<!\w)(?:{_any(value)})", re.IGNORECASE))
            for kind, value in tables["instruments"].items()
        ),
    )


def _cues(tables: dict[str, Any], table: str, code: str) -> tuple[Cue, ...]:
    """Return the cues of a table; a pattern may name the language's [parts] in braces: "{infinitive}"."""
    parts = tables.get("parts", {})
    return tuple(
        Cue(
            rule=f"{code}.{row['rule']}",
            pattern=re.compile(rf"{START}(?:{_printed(_whole(row['pattern'], parts))}){END}", re.IGNORECASE),
            modality=Modality(row["modality"]),
            sure=row["sure"],
            addressed=row.get("addressed", False),
            negates=row.get("negates", False),
            inverted=row.get("inverted", False),
            final=row.get("final", False),
            we=row.get("we", False),
        )
        for row in tables.get(table, ())
    )


def _words(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for any of these as whole words."""
    return re.compile(rf"{START}(?:{_any(patterns)}){END}", re.IGNORECASE)


def _any(patterns: Iterable[str]) -> str:
    return "|".join(map(_printed, sorted(patterns, key=lambda pattern: (-len(pattern), pattern)))) or r"(?!)"


def _whole(pattern: str, parts: dict[str, str]) -> str:
    return PART.sub(lambda match: f"(?:{_whole(parts[match[1]], parts)})", pattern)


def _printed(pattern: str) -> str:
    """Return a pattern with the apostrophe that keyboards have and the one that printers set."""
    return pattern.replace("'", "['’]")
