"""Measure how long a new article takes to find its family among as many as the made archive has.

    .venv/bin/python -m tests.benchmarks.families       over the archive that `make bench` made (DIGEST_DATA=var/bench)

The archive's sketches are empty; here each article is given one as its length would have it, of which a tenth are
phrases that others use too, the commonest in a quarter of all, and traces, half of them as common. All of it stands in
a temporary table in the place of the articles' own, gone with the transaction: the archive is not changed.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")

import django

django.setup()

import random
import time
from collections.abc import Callable
from statistics import median, quantiles

from django.db import connection, transaction

from articles.importing import families
from articles.models import Article

GOAL = 50.0  # milliseconds, at the 95th percentile
ASKED = 200
HASHES, PHRASES, TRACES, COMMON = 60, 6, 24, 12  # of an article of 230 words
POOL = 200_000  # phrases that are used again

rng = random.Random(20)

SHADOW = f"""
    SET LOCAL temp_buffers = '1GB';
    CREATE TEMP TABLE articles_article (LIKE public.articles_article INCLUDING DEFAULTS) ON COMMIT DROP;
    ALTER TABLE pg_temp.articles_article ADD COLUMN IF NOT EXISTS traces bigint[];
    INSERT INTO pg_temp.articles_article ({{columns}}, sketch, traces)
    SELECT {{columns}},
        ARRAY(SELECT hashint8extended(CASE WHEN k <= {PHRASES} THEN -1 - floor({POOL} * random() ^ 4)::bigint
            ELSE a.id * 1000 + k END, 0) FROM generate_series(1, {HASHES} + a.id - a.id) k ORDER BY 1),
        ARRAY(SELECT hashint8extended(CASE WHEN k <= {COMMON} THEN -1 - floor({POOL} * random() ^ 4)::bigint
            ELSE a.id * 1000 + 500 + k END, 1) FROM generate_series(1, {TRACES} + a.id - a.id) k ORDER BY 1)
    FROM public.articles_article a;
    CREATE UNIQUE INDEX ON pg_temp.articles_article (id);
    CREATE INDEX ON pg_temp.articles_article USING gin (sketch);
    CREATE INDEX ON pg_temp.articles_article USING gin (traces);
    ANALYZE pg_temp.articles_article;
"""  # noqa: S608 - constants of ours


def newcomer(kept: float, *, translated: bool = False) -> tuple[Article, int]:
    """Return an article that is not stored, with this share of a stored one's hashes, and the key of that one."""
    held = Article.objects.get(pk=rng.randint(1, last))
    language = "en" if held.language != "en" else "id"
    new = Article(pk=0, language=language if translated else held.language, body=held.body, words=held.words)
    own = [rng.getrandbits(63) for _ in range(HASHES)]
    if translated:
        new.traces = sorted({*rng.sample(held.traces, int(len(held.traces) * kept)), *own[:6]})
        new.sketch = sorted(own)
    else:
        new.sketch = sorted({*rng.sample(held.sketch, int(len(held.sketch) * kept)), *own[: int(HASHES * (1 - kept))]})
        new.traces = sorted({*held.traces[:COMMON]})
    return new, held.pk


def unrelated() -> tuple[Article, int]:
    """Return an article that shares with others what is common, and no family."""
    held, other = (Article.objects.get(pk=rng.randint(1, last)) for _ in range(2))
    own = [rng.getrandbits(63) for _ in range(HASHES)]
    sketch = sorted({*rng.sample(held.sketch, 3), *rng.sample(other.sketch, 3), *own})
    return Article(pk=0, language="en", body="x", sketch=sketch, traces=sorted(held.traces[:6] + other.traces[:6])), 0


def ask(make: Callable[[], tuple[Article, int]], hit: Callable[[Article, int], bool]) -> tuple[list[float], int]:
    """Return how many milliseconds each newcomer took, and how many found what they should."""
    took, right = [], 0
    for _ in range(ASKED):
        new, key = make()
        began = time.perf_counter()
        families.find(new)
        took.append((time.perf_counter() - began) * 1000)
        right += hit(new, key)
    return took, right


def in_words(new: Article, key: int) -> bool:
    return any(found.other.pk == key for found in families.find(new))


def in_traces(new: Article, key: int) -> bool:
    """Whether the original is among the candidates: the made bodies hold no numbers and names to compare."""
    return key in families.sharing("traces", new.traces, families.RARE_TRACES)


def none(new: Article, key: int) -> bool:
    return not families.find(new)


def main() -> None:
    """Fill the temporary table, ask, and print a line for each kind of newcomer."""
    global last
    with transaction.atomic(), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " WHERE attrelid = 'public.articles_article'::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attname NOT IN ('sketch', 'traces')"
        )
        cursor.execute(SHADOW.format(columns=cursor.fetchone()[0]))
        cursor.execute("SELECT count(*), max(id) FROM articles_article")
        n, last = cursor.fetchone()
        print(f"{n:,} articles with sketches of {HASHES} and traces of {TRACES}; made in", end=" ")
        print(f"{time.perf_counter() - began:.0f} s; {ASKED} newcomers a row, milliseconds: median, 95th percentile")
        rows: dict[str, tuple[Callable[[], tuple[Article, int]], Callable[[Article, int], bool]]] = {
            "a reprint": (lambda: newcomer(1.0), in_words),
            "a rewording that keeps half": (lambda: newcomer(0.5), in_words),
            "an excerpt, a fifth": (lambda: newcomer(0.2), in_words),
            "a translation that keeps four fifths": (lambda: newcomer(0.8, translated=True), in_traces),
            "a text of no family": (unrelated, none),
        }
        ask(unrelated, none)  # the cache is cold
        for name, (make, hit) in rows.items():
            took, right = ask(make, hit)
            slow = quantiles(took, n=20)[-1]
            told = "" if slow <= GOAL else "  missed"
            print(f"{name:40} {median(took):8.2f} {slow:8.2f}   {right} of {ASKED} right{told}", flush=True)
        transaction.set_rollback(True)


last = 0

if __name__ == "__main__":
    main()
