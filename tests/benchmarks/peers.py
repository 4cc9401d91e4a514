"""Put the made archive's rows into SQLite, DuckDB and tantivy, and ask them what Digest was asked.

    PEER=1 make bench           after tests/benchmarks/archive.py, whose rows of this size stand beside theirs

The published articles are numbered by date, so that a higher number is a newer article; rows are streamed out of
PostgreSQL and never held as a whole. Each of the three is built and asked by a class that answers `find`, `count`,
`facets` and `claims` with the number of rows on the page, or None where it cannot be asked.
"""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")

import django

django.setup()

import duckdb
import tantivy
from django.db import connection, transaction

from tests.benchmarks import report
from tests.benchmarks.asking import QUESTIONS, Asked, asked, parameters, timed

FOLDER = Path(os.environ.get("DIGEST_DATA") or report.ROOT / "var" / "bench").with_name("bench-peers")
BATCH = 5_000
PAGE, MOST = 25, 8  # rows of a page; values of a facet
BUDGET = 6.0  # seconds of a row, twice
HEAP = 256 * 1024 * 1024  # bytes of tantivy's writer
ARTICLES = """
    SELECT row_number() OVER (ORDER BY c.dated, c.article_id), c.article_id, c.dated, c.source_id, c.via_id,
           c.language, extract(year FROM c.dated)::int, c.actor_ids, a.title, a.body
    FROM articles_card c JOIN articles_article a ON a.id = c.article_id
    WHERE c.status = 'published' ORDER BY c.dated, c.article_id
"""
CLAIMS = "SELECT claim_id, actor_id, dated, article_id, start, standing FROM articles_claim_actors WHERE standing <> ''"
DIMENSIONS = ("source", "via", "language", "year")
TABLES = (
    "CREATE TABLE card (number INTEGER PRIMARY KEY, article INT, dated TEXT, source INT, via INT, language TEXT,"
    " year INT)",
    "CREATE TABLE link (actor INT, dated TEXT, number INT)",
    "CREATE TABLE claim (claim INT, actor INT, dated TEXT, article INT, start INT, standing TEXT)",
)


def streamed(sql: str) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a query in batches, through a cursor that the server keeps."""
    with transaction.atomic(), connection.cursor(), connection.connection.cursor(name="peers") as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(BATCH):
            yield rows


class Sqlite:
    """SQLite with FTS5, in a file; the text is indexed, not kept."""

    name, version = "SQLite FTS5", sqlite3.sqlite_version

    def __init__(self) -> None:
        self.link = sqlite3.connect(FOLDER / "sqlite.db", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "mmap_size=8000000000"):
            self.link.execute(f"PRAGMA {pragma}")
        for table in TABLES:
            self.link.execute(table)
        self.link.execute("CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='porter unicode61')")
        self.link.execute("CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY)")
        self.link.execute("BEGIN")

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.link.executemany("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", ((r[0], *r[8:]) for r in rows))
        self.link.executemany(
            "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?)", ((*r[:2], r[2].isoformat(), *r[3:7]) for r in rows)
        )
        self.link.executemany(
            "INSERT INTO link VALUES (?, ?, ?)", ((actor, r[2].isoformat(), r[0]) for r in rows for actor in r[7])
        )

    def add_claims(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.link.executemany(
            "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?)", ((*r[:2], r[2].isoformat(), *r[3:]) for r in rows)
        )

    def settle(self) -> None:
        self.link.execute("CREATE INDEX card_dated ON card (dated, article)")
        for name in DIMENSIONS:
            self.link.execute(f"CREATE INDEX card_{name} ON card ({name})")
        self.link.execute("CREATE UNIQUE INDEX link_actor ON link (actor, dated, number)")
        self.link.execute("CREATE INDEX link_number ON link (number, actor)")
        self.link.execute("CREATE INDEX claim_actor ON claim (actor, dated, article, start)")
        self.link.execute("CREATE INDEX claim_dated ON claim (dated, article, start)")
        self.link.execute("COMMIT")
        self.link.execute("ANALYZE")

    def size(self) -> int:
        return (FOLDER / "sqlite.db").stat().st_size

    def _all(self, sql: str, given: Sequence[Any] = ()) -> list[Any]:
        return self.link.execute(sql, given).fetchall()

    def find(self, question: Asked) -> int | None:
        """Ask for a page; of words with their count."""
        if match := _fts5(question):
            if question.actors:
                return None
            order = "rank" if question.relevance else "rowid DESC"
            self._all("SELECT count(*) FROM words WHERE words MATCH ?", [match])
            return len(self._all(f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY {order} LIMIT {PAGE}", [match]))
        sql, given = _hits(question)
        return len(self._all(f"{sql} ORDER BY 1 DESC LIMIT {PAGE}", given))

    def count(self, question: Asked) -> int:
        sql, given = _hits(question)
        return int(self._all(f"SELECT count(*) FROM ({sql})", given)[0][0])

    def facets(self, question: Asked) -> int:
        """Count each dimension of the hits, which are put aside once."""
        if not (match := _fts5(question)) and question == Asked():
            of, cards = "link", "card"
        else:
            sql, given = ("SELECT rowid FROM words WHERE words MATCH ?", [match]) if match else _hits(question)
            self.link.execute("DELETE FROM hit")
            self.link.execute(f"INSERT INTO hit {sql}", given)
            of, cards = "hit CROSS JOIN link USING (number)", "hit CROSS JOIN card USING (number)"
        tables = {"actor": of, **dict.fromkeys(DIMENSIONS, cards)}
        return sum(
            len(self._all(f"SELECT {one}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC LIMIT {MOST}"))
            for one, table in tables.items()
        )

    def claims(self, question: Asked) -> int:
        about = "WHERE actor = ?" if question.actors else ""
        return len(
            self._all(
                f"SELECT claim FROM claim {about} ORDER BY dated DESC, article DESC LIMIT {PAGE}", question.actors
            )
        )


class Duck:
    """DuckDB, in a file: the rows without the text."""

    name, version = "DuckDB", duckdb.__version__

    def __init__(self) -> None:
        self.link = duckdb.connect(str(FOLDER / "duck.db"))
        self.link.execute("SET threads = 2; SET memory_limit = '2GB'")
        for table in TABLES:
            self.link.execute(table.replace("dated TEXT", "dated DATE").replace("INTEGER PRIMARY KEY", "INT"))

    def _insert(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        path = FOLDER / "batch.jsonl"
        path.write_text("\n".join(json.dumps(row, default=str) for row in rows))
        names = [one[0] for one in self.link.execute(f"DESCRIBE {table}").fetchall()]
        cells = ", ".join(f"json->>{place} AS {name}" for place, name in enumerate(names))
        self.link.execute(f"INSERT INTO {table} SELECT {cells} FROM read_ndjson_objects('{path}')")

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._insert("card", [row[:7] for row in rows])
        self._insert("link", [(actor, row[2], row[0]) for row in rows for actor in row[7]])

    def add_claims(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._insert("claim", list(rows))

    def settle(self) -> None:
        self.link.execute("CHECKPOINT")

    def size(self) -> int:
        return (FOLDER / "duck.db").stat().st_size

    def facets(self, question: Asked) -> int | None:
        if question.words:
            return None
        sql, given = _hits(question)
        self.link.execute(f"CREATE OR REPLACE TEMP TABLE hit AS {sql}", given)
        tables = {"actor": "link", **dict.fromkeys(DIMENSIONS, "card")}
        hit = "" if question == Asked() else "JOIN hit USING (number)"
        rows = 0
        for one, table in tables.items():
            sql = f"SELECT {one}, count(*) FROM {table} {hit} GROUP BY 1 ORDER BY 2 DESC LIMIT {MOST}"
            rows += len(self.link.execute(sql).fetchall())
        return rows


class Tantivy:
    """tantivy: an index of words, with actors and what facets count as columns; the text is not kept."""

    name, version = "tantivy", metadata.version("tantivy")

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="en_stem", index_option="position")
        for name in ("number", "actor", "dated", "source", "via", "year"):
            builder.add_unsigned_field(name, indexed=True, fast=True)
        builder.add_text_field("language", fast=True, tokenizer_name="raw")
        self.schema = builder.build()
        (FOLDER / "tantivy").mkdir()
        self.index = tantivy.Index(self.schema, path=str(FOLDER / "tantivy"))
        self.writer = self.index.writer(HEAP, 2)

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        for number, _, dated, source, via, language, year, actors, title, body in rows:
            told = {"number": number, "dated": dated.toordinal(), "source": source, "year": max(year, 0)}
            given = {**told, **({"via": via} if via else {}), "language": language, "actor": actors}
            given["text"] = f"{title}\n{body}"
            self.writer.add_document(tantivy.Document.from_dict(given, self.schema))

    def add_claims(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Leave claims out: they are no documents."""

    def settle(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def size(self) -> int:
        return sum(path.stat().st_size for path in (FOLDER / "tantivy").rglob("*") if path.is_file())

    def _query(self, question: Asked) -> Any:
        told = [f"+{word}" for word in question.words] + [f"-{word}" for word in question.without]
        if question.phrase:
            told = [f'"{question.phrase}"']
        parts = [self.index.parse_query(" ".join(told), ["text"])] if told else []
        parts += [tantivy.Query.term_query(self.schema, "actor", one) for one in question.actors]
        if question.since and question.until:
            span = (question.since.toordinal(), question.until.toordinal())
            parts.append(tantivy.Query.range_query(self.schema, "dated", tantivy.FieldType.Unsigned, *span))
        if not parts:
            return tantivy.Query.all_query()
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])

    def find(self, question: Asked) -> int | None:
        if not (question.words or question.phrase):
            return None
        order = None if question.relevance else "number"
        return len(self.searcher.search(self._query(question), PAGE, count=True, order_by_field=order).hits)

    def count(self, question: Asked) -> int:
        return int(self.searcher.search(self._query(question), 1, count=True).count or 0)

    def facets(self, question: Asked) -> int:
        wanted = {one: {"terms": {"field": one, "size": MOST}} for one in ("actor", *DIMENSIONS)}
        found = self.searcher.aggregate(self._query(question), wanted)
        return sum(len(one["buckets"]) for one in found.values())


def _fts5(question: Asked) -> str:
    """Return a question's words as FTS5 reads them, "" for none."""
    if question.phrase:
        return f'"{question.phrase}"'
    without = "".join(f' NOT "{word}"' for word in question.without)
    return " AND ".join(f'"{word}"' for word in question.words) + without


def _hits(question: Asked) -> tuple[str, list[Any]]:
    """Return the SQL, and its parameters, of the numbers that answer a question without words."""
    table, where, given = "card c", [], []
    if question.actors:
        first, *rest = question.actors
        table, where, given = "link c", ["c.actor = ?"], [first]
        where += ["EXISTS (SELECT 1 FROM link o WHERE o.number = c.number AND o.actor = ?)"] * len(rest)
        given += rest
    if question.since and question.until:
        where.append("c.dated BETWEEN ? AND ?")
        given += [question.since.isoformat(), question.until.isoformat()]
    if question.after:
        # The number of a place is that of its date and key, which the index of both finds.
        place = "SELECT number FROM card WHERE (dated, article) < (?, ?) ORDER BY dated DESC, article DESC LIMIT 1"
        where.append(f"c.number <= ({place})")
        given += [question.after[0].isoformat(), question.after[1]]
    return f"SELECT c.number FROM {table}" + (f" WHERE {' AND '.join(where)}" if where else ""), given


Peer = Sqlite | Duck | Tantivy


def build() -> list[tuple[Peer, float]]:
    """Build each peer of the rows as they come; return them with the seconds that each spent on its own."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    peers: list[Peer] = [Sqlite(), Duck(), Tantivy()]
    spent = dict.fromkeys(range(len(peers)), 0.0)

    def each(do: Callable[[Peer], None]) -> None:
        for place, peer in enumerate(peers):
            began = time.perf_counter()
            do(peer)
            spent[place] += time.perf_counter() - began

    for rows in streamed(ARTICLES):
        each(lambda peer, rows=rows: peer.add(rows))
    for rows in streamed(CLAIMS):
        each(lambda peer, rows=rows: peer.add_claims(rows))
    each(lambda peer: peer.settle())
    return [(peer, spent[place]) for place, peer in enumerate(peers)]


def answered(peer: Peer, total: int) -> dict[str, tuple[float, float]]:
    """Ask a peer what it can be asked; return median and 95th percentile by row."""
    rows = {}
    for name, question in QUESTIONS.items():
        given = parameters(name, total)
        ask = getattr(peer, question.kind, None)
        if ask is None or any(word in given[0] for word in ("source=", "author=", "review=")):
            continue
        if ask(asked(given[0])) is None:
            continue
        median, slow, found = timed(lambda one, ask=ask: ask(asked(one)), given, BUDGET)
        print(f"{peer.name:12} {name:60} {median:9.2f} {slow:9.2f} {found:8}", flush=True)
        rows[name] = (median, slow)
    return rows


def main() -> None:
    """Build, ask, and write the report with the rows that Digest was measured at."""
    total = int(os.environ.get("BENCH_ARTICLES", "1000000"))
    own = {row[0]: row[1:3] for row in report.read().get(total, {}).get("rows", [])}
    if not own:
        raise SystemExit(f"Digest was not measured at {total:,} articles: tests.benchmarks.archive comes first.")
    others = []
    for peer, seconds in build():
        megabytes = peer.size() / 1024 / 1024
        print(f"{peer.name}: built in {seconds:.1f} s, {megabytes:,.0f} MB", flush=True)
        rows = answered(peer, total)
        others.append({"name": peer.name, "version": peer.version, "seconds": seconds, "size": megabytes, "rows": rows})
    report.keep(total, peers={"digest": own, "others": others})


if __name__ == "__main__":
    main()
