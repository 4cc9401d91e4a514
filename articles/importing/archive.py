"""A made archive of any size, to measure on: the same numbers make the same rows, on any machine.

Texts are sentences of the seeds and of made-up words in three languages, with the frequencies of real words (Zipf);
dates span ten years, actors are as unequal as real ones. Everything goes in by COPY, a batch of articles a transaction,
so that a broken run goes on where it broke off; then cards, tallies and indexes are made from the rows.
"""

import itertools
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from multiprocessing import get_context
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models, transaction

from articles.importing import tallies
from articles.models import (
    Actor,
    Addressee,
    Article,
    ArticleActor,
    Author,
    Byline,
    Card,
    Claim,
    ClaimActor,
    Mention,
    PolicyRecommendation,
    Source,
    Tally,
)
from articles.models.card import COLUMNS, UNDATED, VALUES

Answer = TypeVar("Answer")

SOURCES, AUTHORS, ACTORS = 2_000, 100_000, 5_000
BATCH = 10_000  # articles of one transaction
LANGUAGES = {"en": 0.60, "id": 0.25, "fr": 0.15}
WORDS = 50_000  # made-up ones of each language
POOL = 60_000  # sentences of each language
SENTENCES, SENTENCE = 13, (8, 22)  # a body of 1.5 kB; words
FIRST_DAY, DAYS = date(2015, 1, 1), 3_652
UNDATED_SHARE, SEEDED = 0.05, 0.04  # articles without a date; sentences from the seeds
MENTIONED, CLAIMED, TOLD = 6, 3, 3  # actors and claims of an article; recommendations of two
SYLLABLES = {
    "en": "ten ing ver com lan dor mer sta pol tri con gra fen wel rod",
    "id": "ka sa ber me tan nya ling pu ra gun di lam sek wo teng",
    "fr": "eau ille ment ré tion che lou par vi gé dou rai san teur bo",
}
KINDS, MODALITIES = ("factual", "causal", "predictive", "evaluative"), ("must", "should", "could")
INSTRUMENTS = ("diplomatic", "economic", "legal", "informational", "")
PAIR = ("zenith", "nadir")  # two common words that never meet: the one in articles of even, the other of odd sources
NOW = "2026-01-01 00:00:00+00"
MAKING = "texts made up"


@dataclass(frozen=True, slots=True)
class Made:
    """What making the archive did, in seconds by step; the first, of making texts up, is none of loading them."""

    articles: int
    steps: dict[str, float]

    @property
    def rate(self) -> float:
        """Articles loaded a second, searchable and counted."""
        return self.articles / (sum(self.steps.values()) - self.steps[MAKING] or 1)


@cache
def vocabulary(language: str) -> tuple[str, ...]:
    """Return the made-up words of a language, the most frequent first."""
    rng, syllables = random.Random(f"words {language}"), SYLLABLES[language].split()  # noqa: S311 - no secret
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(rng.choices(syllables, k=rng.choice((2, 3, 3, 4))))] = None
    return tuple(words)


@cache
def sentences(language: str) -> tuple[str, ...]:
    """Return the pool of sentences of a language, some of them the seeds'."""
    rng, words = random.Random(f"sentences {language}"), vocabulary(language)  # noqa: S311
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
    seeds = [
        " ".join(line.split())
        for file in sorted((settings.BASE_DIR / "seeds").glob("*.txt"))
        for line in file.read_text(errors="replace").splitlines()
        if 60 <= len(line) <= 240 and "\\" not in line
    ]
    out = []
    for _ in range(POOL):
        if language != "fr" and rng.random() < SEEDED:
            out.append(rng.choice(seeds))
        else:
            told = rng.choices(words, cum_weights=weights, k=rng.randint(*SENTENCE))
            out.append(f"{told[0].capitalize()} {' '.join(told[1:])}.")
    return tuple(out)


def rows(first: int, last: int) -> Iterator[tuple[type[models.Model], str]]:
    """Yield (model, a line of COPY's text format) for the articles with the ids from `first` to `last`."""
    spread = list(itertools.accumulate(1 / (rank + 1) for rank in range(ACTORS)))
    actors = range(1, ACTORS + 1)
    for key in range(first, last + 1):
        rng = random.Random(key)  # noqa: S311
        language = rng.choices([*LANGUAGES], weights=[*LANGUAGES.values()])[0]
        source = int(SOURCES * rng.random() ** 2) + 1
        told = rng.choices(sentences(language), k=SENTENCES)
        told[rng.randrange(1, SENTENCES)] += f" {PAIR[source % 2].capitalize()} {rng.choice(vocabulary(language))}."
        paragraphs = [" ".join(told[at : at + 4]) for at in range(0, SENTENCES, 4)]
        body = "\n\n".join(paragraphs)
        title = " ".join(rng.choices(vocabulary(language)[:5_000], k=6)).capitalize()
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS)) if rng.random() >= UNDATED_SHARE else None
        dated = (day or UNDATED).isoformat()
        status = "published" if rng.random() < 0.95 else "inbox"
        named = list(dict.fromkeys(rng.choices(actors, cum_weights=spread, k=MENTIONED + 2)))[:MENTIONED]
        yield Article, _line(
            key, f"made-{key}", title, language, source, source % 40 + 1 if key % 9 == 0 else None, "", day,
            "day" if day else "", "printed" if day else "", None, status, False, body, "{}", 230, "{}", None, "", "{}",
            "{}", "made", NOW, NOW,
        )  # fmt: skip
        yield Byline, _line(key, key, rng.randrange(AUTHORS) + 1, 1, f"Author {key}", "", "", None)
        for place, actor in enumerate(named):
            yield Mention, _line(key * 10 + place, key, actor, place * 20, place * 20 + 8)
            yield ArticleActor, _line(key * 10 + place, key, actor, 1, dated, status)
        yield from _statements(key, rng, told, body, (dated, status, named))


def _statements(
    key: int, rng: random.Random, told: Sequence[str], body: str, article: tuple[str, str, Sequence[int]]
) -> Iterator[tuple[type[models.Model], str]]:
    dated, status, named = article
    at, spans = 0, []
    for sentence in told:
        at = body.index(sentence, at)
        spans.append((at, at + len(sentence)))
        at += len(sentence)
    chosen = rng.sample(range(SENTENCES), CLAIMED + 2)
    for place, number in enumerate(chosen[: CLAIMED + 1 + key % 2]):
        start, end = spans[number]
        review = rng.choices(("suggested", "accepted", "rejected"), weights=(6, 3, 1))[0]
        standing = review if status == "published" and review != "rejected" else ""
        one = key * 5 + place
        common = (
            one, review, "reader", "made", 0.7, None, None if review == "suggested" else NOW, body[start:end],
            body[max(0, start - 20) : start], body[end : end + 20], start, end, "exact", "own", "", dated, standing,
            key,
        )  # fmt: skip
        actor = rng.choice(named)
        link = (actor, standing, dated, key, start)
        if place < CLAIMED:
            yield Claim, _line(*common, rng.choice(KINDS), actor if rng.random() < 0.2 else None, "")
            yield ClaimActor, _line(one, one, *link)
        else:
            yield PolicyRecommendation, _line(
                *common, "", body[start : min(end, start + 80)], rng.choice(MODALITIES), rng.random() < 0.1,
                rng.choice(INSTRUMENTS), "", "", actor if rng.random() < 0.1 else None, "",
            )  # fmt: skip
            yield Addressee, _line(one, one, *link)


def _line(*values: object) -> str:
    """Return values as a line of COPY's text format."""
    return "\t".join(map(_cell, values)) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return r"\N"
    if value is True or value is False:
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", " ")


# The columns of each table in the order of the lines above; generated ones are left out.
LINK = ("actor_id", "standing", "dated", "article_id", "start")
ORDER: dict[type[models.Model], tuple[str, ...]] = {
    Article: (
        "id", "slug", "title", "language", "source_id", "via_id", "url", "published", "published_precision",
        "published_provenance", "published_not_before", "status", "truncated", "body", "headings", "words", "sketch",
        "work_id", "relation", "as_read", "evidence", "reader_version", "created_at", "updated_at",
    ),
    Byline: ("id", "article_id", "author_id", "position", "name", "rank", "affiliation", "country_id"),
    Mention: ("id", "article_id", "actor_id", "start", "end"),
    ArticleActor: ("id", "article_id", "actor_id", "n", "dated", "status"),
    Claim: (
        "id", "status", "origin", "rule", "confidence", "decided_by_id", "decided_at", "exact", "prefix", "suffix",
        "start", "end", "verdict", "voice", "doubted", "dated", "standing", "article_id", "kind", "claimant_id",
        "claimant_text",
    ),
    ClaimActor: ("id", "claim_id", *LINK),
    PolicyRecommendation: (
        "id", "status", "origin", "rule", "confidence", "decided_by_id", "decided_at", "exact", "prefix", "suffix",
        "start", "end", "verdict", "voice", "doubted", "dated", "standing", "article_id", "addressee_text", "action",
        "modality",
        "negated", "instrument", "condition", "deadline", "recommender_id", "recommender_text",
    ),
    Addressee: ("id", "policyrecommendation_id", *LINK),
}  # fmt: skip

NUMBERED: tuple[type[models.Model], ...] = (*ORDER, Source, Author, Actor)
TABLES = [*(model._meta.db_table for model in NUMBERED), Card._meta.db_table, Tally._meta.db_table]
TALLY_KEY = "articles_tally_pkey"


def make(articles: int, *, workers: int = 2) -> Made:
    """Make the archive, or what is missing of it; return what it took.

    Raises ValueError where the database holds articles that are not made up, and psycopg.Error where its user may not
    switch triggers off.
    """
    if Article.objects.exclude(slug__startswith="made-").exists():
        raise ValueError("The database holds real articles; a made archive needs one of its own (DIGEST_DATA).")
    steps: dict[str, float] = {MAKING: 0.0}
    with _timed(steps, "indexes off"):
        _drop_indexes()
    with _timed(steps, "sources, authors, actors"):
        _copy_names()
    with _timed(steps, MAKING):
        for language in LANGUAGES:
            sentences(language)  # once, before the processes part
    spans = [(first, min(first + BATCH - 1, articles)) for first in range(1, articles + 1, BATCH)]
    with _timed(steps, "articles, mentions, statements"):
        making = sum(_in_parallel(_load, spans, workers)) / workers
    steps[MAKING] += making
    steps["articles, mentions, statements"] -= making
    with _timed(steps, "cards with their search vectors"):
        _in_parallel(_make_cards, spans, workers)
    with _timed(steps, "tallies"):
        _empty_tallies()
        _in_parallel(tallies.recount_part, range(len(tallies.PARTS)), workers)
        tallies.recount_rules()
    with _timed(steps, "indexes"):
        _in_parallel(_add_index, [None, *range(len(_indexes()))], workers)
    with _timed(steps, "statistics"):
        _count_on()
        _in_parallel(_settle, TABLES, workers)
    return Made(articles, steps)


@contextmanager
def _timed(steps: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    steps[name] = time.perf_counter() - began


def _in_parallel(do: Callable[[Any], Answer], parts: Iterable[Any], workers: int) -> list[Answer]:
    """Do each part in one of `workers` processes, each with a connection of its own; return what they returned."""
    connection.close()  # a process that is forked would share it
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        return list(pool.map(do, parts))


def _without_triggers() -> None:
    """Leave triggers off, and do not wait for the disk, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")


def _copy(model: type[models.Model], columns: Sequence[str], lines: Iterable[str]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
        copy.write("".join(lines))


def _load(span: tuple[int, int]) -> float:
    """Copy a batch of articles with all that belongs to them, unless it is there; return what making it up took."""
    if Article.objects.filter(pk=span[0]).exists():
        return 0.0
    began = time.perf_counter()
    lines: dict[type[models.Model], list[str]] = {model: [] for model in ORDER}
    for model, line in rows(*span):
        lines[model].append(line)
    making = time.perf_counter() - began
    with transaction.atomic():
        _without_triggers()
        for model, columns in ORDER.items():
            _copy(model, columns, lines[model])
    return making


def _copy_names() -> None:
    if Source.objects.exists():
        return
    with transaction.atomic():
        _without_triggers()
        _copy(Source, ("id", "slug", "name", "aliases", "kind", "homepage", "excerpt_only"), (
            _line(n, f"source-{n}", f"Source {n}", "{}", "newspaper", "", "f") for n in range(1, SOURCES + 1)
        ))  # fmt: skip
        _copy(Author, ("id", "slug", "name", "aliases", "orcid", "wikidata"), (
            _line(n, f"author-{n}", f"Author {n}", "{}", "", "") for n in range(1, AUTHORS + 1)
        ))  # fmt: skip
        columns = ("id", "slug", "key", "former_keys", "name", "kind", "iso", "wikidata", "retired", "loaded")
        _copy(Actor, columns, (
            _line(n, f"actor-{n}", f"made-{n}", "{}", f"Actor {n}", "organisation", "", "", False, "{}")
            for n in range(1, ACTORS + 1)
        ))  # fmt: skip


def _make_cards(span: tuple[int, int]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _without_triggers()
        cursor.execute(
            f"INSERT INTO articles_card ({COLUMNS}) SELECT {VALUES} FROM articles_article a"
            " WHERE a.id BETWEEN %s AND %s AND NOT EXISTS (SELECT 1 FROM articles_card c WHERE c.article_id = a.id)",
            span,
        )


def _indexes() -> list[tuple[type[models.Model], models.Index]]:
    """Return the indexes that are built when the rows are in, the slowest first."""
    return [
        (model, index)
        for model in (Card, Tally, Claim, PolicyRecommendation, ArticleActor, Article)
        for index in sorted(model._meta.indexes, key=lambda one: one.name != "card_words_and_people")
    ]


def _held(model: type[models.Model]) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, model._meta.db_table))


def _drop_indexes() -> None:
    with connection.schema_editor() as editor:
        for model, index in _indexes():
            if index.name in _held(model):
                editor.remove_index(model, index)


def _empty_tallies() -> None:
    """Empty the tallies, and take their key from them until they are counted."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_tally")
        cursor.execute(f"ALTER TABLE articles_tally DROP CONSTRAINT IF EXISTS {TALLY_KEY}")


def _add_index(number: int | None) -> None:
    """Build the index of this number; None: the tallies' key."""
    if number is None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER TABLE articles_tally ADD CONSTRAINT {TALLY_KEY} PRIMARY KEY (actor, dimension, value)"
            )
        return
    model, index = _indexes()[number]
    if index.name not in _held(model):
        with connection.schema_editor() as editor:
            editor.add_index(model, index)


def _count_on() -> None:
    """Give the sequences their next values."""
    with connection.cursor() as cursor:
        for model in NUMBERED:
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _settle(table: str) -> None:
    """Give the planner its statistics of a table, and mark what all may see."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}")
