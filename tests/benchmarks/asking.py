"""What a made archive is asked and how long an answer takes: the same parameters for Digest and for those beside it.

A row's parameters come of its name alone, so that whoever asks, in whichever order, asks the same.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs

from articles.importing import archive

VARIED = 30  # parameters of a question
LEAST = 5  # of them that are asked however long it takes

rng = random.Random(20)
WORDS = archive.vocabulary("en")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; times in milliseconds, `goal` for the 95th percentile.

    `within` is the 95th percentile of what was spent within SQL statements; the goal of a question is for that, the
    goal of a whole page for all of it, and then `within` is None.
    """

    name: str
    median: float
    slow: float
    statements: int
    rows: int
    goal: float | None
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a row asks: `kind` is who answers (find, count, facets, claims, told), `make` a parameter of an archive."""

    kind: str
    make: Callable[[int], str]
    goal: float


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a question in parts, for those who do not read addresses; actors as keys."""

    words: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    phrase: str = ""
    actors: list[int] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    after: tuple[date, int] | None = None  # the date and key of the row before
    relevance: bool = False


def asked(question: str) -> Asked:
    """Return the parts of a question as `parameters` writes it."""
    given = parse_qs(question)
    words = given.get("q", [""])[0]
    phrase = words.strip('"') if words.startswith('"') else ""
    told = [] if phrase else words.split()
    day, _, key = given.get("after", [""])[0].partition(".")
    since, until = (given.get(name, [""])[0] for name in ("since", "until"))
    return Asked(
        words=[one for one in told if not one.startswith("-")],
        without=[one[1:] for one in told if one.startswith("-")],
        phrase=phrase,
        actors=[int(slug.removeprefix("actor-")) for slug in given.get("actor", [])],
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
        after=(date.fromisoformat(day), int(key)) if day else None,
        relevance=given.get("sort") == ["relevance"],
    )


def timed(ask: Callable[[str], int], questions: Sequence[str], budget: float = 0) -> tuple[float, float, int]:
    """Ask each question once, warm; return median and 95th percentile in milliseconds and the rows of the last answer.

    Where `budget` seconds are given, no more than LEAST are asked after them.
    """

    def run() -> tuple[list[float], int]:
        times, rows, end = [], 0, time.perf_counter() + budget
        for number, question in enumerate(questions):
            if budget and number >= LEAST and time.perf_counter() > end:
                break
            began = time.perf_counter()
            rows = ask(question)
            times.append((time.perf_counter() - began) * 1000)
        return sorted(times), rows

    run()  # the first time warms what the second is measured on
    times, rows = run()
    return statistics.median(times), times[int(len(times) * 0.95)], rows


def varied(make: Callable[[], str], times: int = VARIED) -> list[str]:
    """Return questions with parameters that differ."""
    return [make() for _ in range(times)]


def parameters(name: str, total: int) -> list[str]:
    """Return what the row `name` of QUESTIONS asks of an archive of `total` articles."""
    rng.seed(name)
    return varied(lambda: QUESTIONS[name].make(total))


def actor(low: int, high: int) -> str:
    return f"actor=actor-{rng.randint(low, high)}"


def word(low: int, high: int) -> str:
    return WORDS[rng.randint(low, high)]


def dates() -> str:
    year = rng.randint(2015, 2021)
    return f"since={year}-02-01&until={year + 3}-06-30"


def _deep(total: int) -> str:
    return f"after={rng.randint(2015, 2024)}-{rng.randint(1, 12):02}-15.{rng.randint(1, total)}"


FREQUENT: dict[str, Callable[[int], str]] = {
    "a rare word": lambda _: f"q={word(20_000, 45_000)}",
    "a word of 1 %": lambda _: f"q={word(1_500, 2_500)}",
    "a word of 10 %": lambda _: f"q={word(90, 160)}",
    "a common word": lambda _: f"q={word(0, 8)}",
    "two common words": lambda _: f"q={word(0, 8)}+{word(9, 18)}",
    "two common words that never meet": lambda _: "q=" + "+".join(archive.PAIR),
    "one word without another": lambda _: f"q={word(0, 8)}+-{word(9, 18)}",
    "a word and an actor": lambda _: f"q={word(0, 100)}&{actor(1, 100)}",
}


def _phrase(_: int) -> str:
    return f'q="{word(0, 8)}+{word(0, 8)}"'


def _by_relevance(make: Callable[[int], str]) -> Callable[[int], str]:
    return lambda total: f"{make(total)}&sort=relevance"


QUESTIONS = {
    "list, newest": Question("find", lambda _: "", 2),
    "list, at any depth": Question("find", _deep, 2),
    "list, one source": Question("find", lambda _: f"source=source-{rng.randint(1, 2000)}", 2),
    "list, one author": Question("find", lambda _: f"author=author-{rng.randint(1, 100_000)}", 2),
    "list, a top actor and dates": Question("find", lambda _: f"{actor(1, 5)}&{dates()}", 2),
    "list, a middling actor and dates": Question("find", lambda _: f"{actor(50, 300)}&{dates()}", 2),
    "list, a rare actor and dates": Question("find", lambda _: f"{actor(3000, 5000)}&{dates()}", 2),
    "list, two top actors": Question("find", lambda _: f"{actor(1, 5)}&{actor(6, 10)}", 2),
    "list, two middling actors": Question("find", lambda _: f"{actor(50, 120)}&{actor(121, 300)}", 2.5),
    "count, everything": Question("count", lambda _: "", 1),
    "count, an actor and dates": Question("count", lambda _: f"{actor(1, 300)}&{dates()}", 1),
    **{f"words by date with count, {name}": Question("find", make, 60) for name, make in FREQUENT.items()},
    **{
        f"words by relevance, {name}": Question("find", _by_relevance(FREQUENT[name]), 60)
        for name in ("a rare word", "a word of 10 %", "a common word")
    },
    "words by relevance, a phrase of common words": Question("find", _by_relevance(_phrase), 200),
    "words by date, a phrase of common words": Question("find", _phrase, 200),
    "facets, everything": Question("facets", lambda _: "", 1),
    "facets, one actor": Question("facets", lambda _: actor(1, 500), 1),
    "facets, two actors": Question("facets", lambda _: f"{actor(1, 5)}&{actor(6, 10)}", 65),
    "facets, dates": Question("facets", lambda _: dates(), 65),
    "facets, a word of 1 %": Question("facets", FREQUENT["a word of 1 %"], 65),
    "facets, a common word": Question("facets", FREQUENT["a common word"], 65),
    "claims, newest": Question("claims", lambda _: "", 2),
    "claims about an actor": Question("claims", lambda _: actor(1, 300), 2),
    "claims about an actor, reviewed": Question("claims", lambda _: f"{actor(1, 300)}&review=reviewed", 2),
    "recommendations to an actor": Question("told", lambda _: actor(1, 300).replace("actor=", "addressee="), 2),
}
