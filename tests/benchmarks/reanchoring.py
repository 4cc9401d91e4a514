"""How statements are found again after their text was edited: tests/benchmarks/reanchoring.py prints the figures.

    .venv/bin/python -m tests.benchmarks.reanchoring

The texts are what the reader makes of tests/gold and seeds, in nine languages; each sentence of theirs is a statement,
unless the text says nearly the same elsewhere. An edit deals with a whole text: its paragraphs change places, sentences
come in, and of those that were there some are kept, some reworded by up to 15 % of their letters, by letters or by
words, some deleted. Which is drawn by a seed.
"""

import random
import string
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from articles.reading import anchors, authority, reader, sentences
from articles.reading.actors import Names
from articles.reading.types import Hints
from articles.vocabulary import Verdict

ROOT = Path(__file__).parents[2]
MOST = 0.15  # share of a sentence's letters that a rewording changes
LEAST = 25  # characters of a sentence that states something
ADDED = (
    "The editors have looked through this passage again.", "Readers wrote to us about it at length in spring.",
    "Nothing of this was known when the first version appeared.", "A spokesman for the ministry declined to comment.",
)  # fmt: skip
KEPT, REWORDED, DELETED = "kept, but moved", "reworded", "deleted"
WANTED = {KEPT: 1000, REWORDED: 1000, DELETED: 200}


@dataclass(frozen=True)
class Quote:
    """A statement as it was quoted, and where it stands after the edit; `start` is None where it was deleted."""

    fate: str
    exact: str
    prefix: str
    suffix: str
    was: int
    start: int | None
    end: int | None


@cache
def bodies() -> tuple[str, ...]:
    """Return the texts of the gold documents and seeds, as they are read."""
    names = Names(authority.load(ROOT / "seeds" / "actors.toml"))
    paths = [*(ROOT / "tests" / "gold").glob("*/*.txt"), *(ROOT / "tests" / "gold").glob("*/*.html")]
    paths += (ROOT / "seeds").glob("*.txt")
    return tuple(
        reader.read(path.read_bytes(), names=names, hints=Hints(name=path.name)).body for path in sorted(paths)
    )


def said_elsewhere(sentence: str, at: int, body: str) -> bool:
    """Return whether a text says nearly the same as a sentence at another place of it."""
    rest = body[:at] + " " * len(sentence) + body[at + len(sentence) :]
    return fuzz.partial_ratio(sentence.casefold(), rest.casefold()) >= 75


def edited(body: str, chance: random.Random) -> tuple[str, list[Quote]]:
    """Return a text after an edit, and what was quoted of it: sentences that are like no other one of the text."""
    whole = [(body[s.start : s.end], s.start) for s in sentences.split(body, None)]
    fates: list[list[tuple[str, str, str, int]]] = []  # a paragraph each
    for at, (exact, start) in enumerate(whole):
        if not at or "\n" in body[whole[at - 1][1] + len(whole[at - 1][0]) : start]:
            fates.append([])
        fate = chance.choices([KEPT, REWORDED, DELETED], [5, 5, 1])[0]
        new = exact if fate == KEPT else reworded(exact, chance) if fate == REWORDED else ""
        fates[-1].append((fate, new, exact, start))
    chance.shuffle(fates)
    out, quotes = "A note of the editors stands before the text now.", []
    for line in fates:
        out += "\n\n"
        for fate, new, exact, was in line:
            if chance.random() < 0.1:
                out += chance.choice(ADDED) + " "
            there = (len(out), len(out) + len(new)) if new else (None, None)
            out += f"{new} " if new else ""
            if len(exact) >= LEAST and not said_elsewhere(exact, was, body):
                quotes.append(Quote(fate, exact, *anchors.context(body, was, was + len(exact)), was, *there))
        out = out.rstrip()
    return out, quotes


def reworded(sentence: str, chance: random.Random) -> str:
    """Return a sentence in which up to 15 % of the letters are others, came in or went: by letters or by words."""
    letters = [at for at, c in enumerate(sentence) if c.isalpha()]
    budget = max(1, int(len(letters) * chance.uniform(0.02, MOST)))
    chars = list(sentence)
    if chance.random() < 0.5:  # letters, anywhere
        for at in chance.sample(letters, min(budget, len(letters))):
            other = chance.choice(string.ascii_lowercase)
            chars[at] = chance.choice([other, other + chars[at], ""])
        return "".join(chars)
    words = list(anchors.WORD.finditer(sentence))  # whole words
    chance.shuffle(words)
    for word in words:
        if (size := len(word[0])) <= budget:
            budget -= size
            other = "".join(chance.choices(string.ascii_lowercase, k=size))
            chars[word.start() : word.end()] = [chance.choice([other, other, ""]), *[""] * (size - 1)]
    return "".join(chars)


def quoted(seed: int = 7, wanted: dict[str, int] | None = None) -> Iterator[tuple[str, list[Quote]]]:
    """Yield edited texts with their quotes until there are as many of each fate as wanted, and no more."""
    missing, chance, texts = dict(wanted or WANTED), random.Random(seed), bodies()
    while any(missing.values()):
        for body in texts:
            after, quotes = edited(body, chance)
            kept = []
            for quote in quotes:
                if missing[quote.fate]:
                    missing[quote.fate] -= 1
                    kept.append(quote)
            if kept:
                yield after, kept


def judged(quote: Quote, body: str) -> str:
    """Return what became of a quote: right, wrong, ambiguous or lost; right is where most of it stands."""
    anchor = anchors.find(quote.exact, body, prefix=quote.prefix, suffix=quote.suffix, start=quote.was)
    if anchor.start is None or anchor.end is None:
        return str(anchor.verdict)
    if quote.start is None or quote.end is None:
        return "wrong"
    common = min(anchor.end, quote.end) - max(anchor.start, quote.start)
    return "right" if common >= 0.8 * max(anchor.end - anchor.start, quote.end - quote.start) else "wrong"


def measured(seed: int = 7, wanted: dict[str, int] | None = None) -> dict[str, Counter[str]]:
    """Return by fate how many quotes were found how."""
    out: dict[str, Counter[str]] = {fate: Counter() for fate in WANTED}
    for body, quotes in quoted(seed, wanted):
        for quote in quotes:
            out[quote.fate][judged(quote, body)] += 1
    return out


def repeated(seed: int = 7, n: int = 200) -> Counter[str]:
    """Return how a sentence that stands three times in a text is found: with its context, and without."""
    chance, out = random.Random(seed), Counter[str]()
    for _ in range(n):
        others = chance.sample(ADDED, 3)
        told = "The government should act before the harvest fails."
        body = " ".join(f"{other} {told} Number {at}." for at, other in enumerate(others))
        places = anchors._places(told, body)
        at = places[chance.randrange(3)]
        prefix, suffix = anchors.context(body, at, at + len(told))
        moved = "Something new. " + body
        with_context = anchors.find(told, moved, prefix=prefix, suffix=suffix, start=at)
        out["context decides: " + ("right" if with_context.start == at + 15 else "wrong")] += 1
        out["no context: " + anchors.find(told, moved, start=at).verdict] += 1
    return out


def speed() -> tuple[int, float]:
    """Return the words of a long text, and the seconds in which 300 reworded statements are found in it."""
    chance = random.Random(3)
    parts = [edited(body, chance) for body in bodies()]
    while len(" ".join(after for after, _ in parts).split()) < 10_000:
        parts += [edited(body, chance) for body in bodies()]
    body = " ".join("\n\n".join(after for after, _ in parts).split(" ")[:10_000])
    quotes = [quote for _, quotes in parts for quote in quotes if quote.fate == REWORDED][:300]
    begun = time.perf_counter()
    for quote in quotes:
        anchors.find(quote.exact, body, prefix=quote.prefix, suffix=quote.suffix, start=quote.was)
    return len(body.split()), time.perf_counter() - begun


def main() -> None:
    print("| statements | n | right | wrong | ambiguous | lost |\n|---|---:|---:|---:|---:|---:|")
    for fate, found in measured().items():
        row = [found[name] for name in ("right", "wrong", Verdict.AMBIGUOUS, Verdict.LOST)]
        print(f"| {fate} | {sum(row)} | {' | '.join(map(str, row))} |")
    for name, n in sorted(repeated().items()):
        print(f"standing three times, {name}: {n}")
    words, seconds = speed()
    print(f"300 reworded statements in a text of {words:,} words: {seconds:.2f} s")


if __name__ == "__main__":
    main()
