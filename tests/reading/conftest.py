"""Fixtures of reading: the authority file of the seeds, and their texts."""

from functools import cache
from pathlib import Path

import pytest

from articles.reading import authority
from articles.reading.actors import Names

SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def _names() -> Names:
    return Names(authority.load(SEEDS / "actors.toml"))


@pytest.fixture
def names() -> Names:
    """The authority file of the seeds, compiled once."""
    return _names()


@pytest.fixture
def seed():
    """A function that returns a seed document's text, its lines as paragraphs."""

    def text(number: str) -> str:
        raw = next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")
        return "\n\n".join(line.strip() for line in raw.splitlines() if line.strip())

    return text


@pytest.fixture(scope="session")
def names_once() -> Names:
    """The same, for tests that draw many examples."""
    return _names()
