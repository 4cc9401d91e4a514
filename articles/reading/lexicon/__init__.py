"""What reading knows of languages and of page chrome, as TOML that an editor can read and extend.

A file holds tables; a table holds lists by language ("en", "id", ...; "any" for what no language owns). Code asks for
all languages of a table at once, because a page mixes them: an English site frames an Indonesian article.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SPACE = re.compile(r"\s{2,}|[^\S ]")  # a single space is left alone
EDGES = " \t-–—*•·»›>|:.!…_#()[]"  # what frames a chrome line without changing what it says


@cache
def load(name: str) -> dict[str, Any]:
    """Return the tables of `lexicon/NAME.toml`; read once a process. Raises FileNotFoundError."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words(name: str, table: str) -> frozenset[str]:
    """Return all entries of a table, of every language, casefolded."""
    return frozenset(fold(entry) for entry in entries(name, table))


@cache
def entries(name: str, table: str) -> tuple[str, ...]:
    """Return all entries of a table as written, language after language."""
    value = load(name)[table]
    lists = value.values() if isinstance(value, dict) else [value]
    return tuple(str(entry) for one in lists for entry in one)


@cache
def matcher(name: str, table: str) -> re.Pattern[str]:
    """Return one pattern that matches any regular expression of a table, ignoring case."""
    return re.compile("|".join(f"(?:{entry})" for entry in entries(name, table)), re.IGNORECASE)


@cache
def starter(name: str, table: str) -> re.Pattern[str]:
    """Return one pattern that matches any phrase of a table at the start of a folded line, ending at a word's end."""
    return re.compile(rf"(?:{alternatives(words(name, table))})(?!\w)")


@cache
def finder(name: str, table: str) -> re.Pattern[str]:
    """Return one pattern that finds any phrase of a table anywhere, as whole words, ignoring case."""
    return re.compile(rf"(?<!\w)(?:{alternatives(entries(name, table))})(?!\w)", re.IGNORECASE)


def alternatives(phrases: Iterable[str]) -> str:
    """Return a regular expression for any of the phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def fold(text: str) -> str:
    """Return a line as lexicons know it: casefolded, straight apostrophes, single spaces, no framing signs."""
    return SPACE.sub(" ", text.replace("’", "'").replace("‘", "'")).strip(EDGES).casefold()
