"""Answer a question from the cards within bounded time: a page of articles, how many, and what they are about.

A question is a queryset of published cards (see `articles.filters`). Whatever it asks, and however much is held:

1. Pages are reached by the last row of the one before, never by counting rows; any depth costs the same.
2. Counts that the database keeps are exact; others are counted as far as `COUNTED`, then it is "more than".
3. Words pass a gate, for the planner knows how often frequent words occur and nothing of rare ones or of two together:
   their hits are gathered by the index of words, as far as `COUNTED`. If these are all, they are sorted by date; if
   there are more, the newest are found on the way back through the dates, and given up for the first plan where that
   takes longer than `PATIENCE`. What takes too long even so is looked for in the newest `LATEST` articles.
4. Relevance ranks the newest `RANKED` hits; facets of more than `COUNTED` count a sample of `SAMPLED`. Both say so.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache as kept
from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, OperationalError, connections, router, transaction
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Sum
from django.db.models.expressions import RawSQL
from psycopg.errors import QueryCanceled

from articles.filters import ArticleFilter, StatementFilter
from articles.models import ArticleActor, Card, Tally
from articles.models.card import UNDATED
from articles.models.search import CONFIGURATION
from articles.models.tally import EVERYTHING
from articles.vocabulary import Dimension, Publication, Review

Answer = TypeVar("Answer")
Row = tuple[int, date]  # an article and its day

COUNTED = 10_000  # hits; beyond it a count is "more than"
SAMPLED = 3_000  # of more than COUNTED, that facets look at: each costs its card, or its links
OFTEN = 2_000  # articles that two actors share, from which on walking the one's finds a page soon
RANKED = 200  # hits that relevance looks at: ranking every hit of a common word takes a second
LATEST = 10_000  # articles in which is looked for what the gate gives up
GATE_PATIENCE = 200  # milliseconds; what takes longer takes seconds
PHRASE_PATIENCE = 70  # milliseconds; each hit of a phrase must be read, one of common words would take two seconds
PATIENCE = 250  # milliseconds; two common words that seldom meet would take six seconds by date
PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})((?:\.\d{1,18}){1,2})", re.ASCII)

# How the gate's two plans are asked for. PostgreSQL knows no hints; these hold for one transaction.
BY_WORDS = {"enable_seqscan": "off", "enable_indexscan": "off", "enable_bitmapscan": "on"}
BY_DATE = {
    "enable_seqscan": "off", "enable_indexscan": "on", "enable_bitmapscan": "off", "enable_sort": "off",
    "statement_timeout": str(PATIENCE),
}  # fmt: skip
AS_WAS = {
    "enable_seqscan": "on",
    "enable_indexscan": "on",
    "enable_bitmapscan": "on",
    "enable_sort": "on",
    "statement_timeout": "0",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The row at which a page ends or begins: its date, and what tells it from others of that date."""

    dated: date
    rest: tuple[int, ...]

    def __str__(self) -> str:
        return ".".join([self.dated.isoformat(), *map(str, self.rest)])


def place(text: str | None, length: int = 1) -> Place | None:
    """Return the place that an address names by date and `length` numbers; None for what names none."""
    if not (match := PLACE.fullmatch(text or "")):
        return None
    try:
        found = Place(date.fromisoformat(match[1]), tuple(int(part) for part in match[2].split(".")[1:]))
    except ValueError:
        return None
    return found if len(found.rest) == length else None


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page is wanted: the one behind `after`, or ahead of `before`, else the first.

    By relevance there are no places: pages there have a `number`, from 1.
    """

    after: Place | None = None
    before: Place | None = None
    number: int = 1
    size: int = 25

    @property
    def at(self) -> Place | None:
        """The place it is turned at."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows answer a question; `more`: than this."""

    n: int
    more: bool = False

    def __str__(self) -> str:
        return f"more than {self.n:,}" if self.more else f"{self.n:,}"

    def __bool__(self) -> bool:
        return self.n > 0

    @property
    def many(self) -> bool:
        """Whether there are more than are looked at one by one."""
        return self.more or self.n > COUNTED


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a question's answer: rows by id in their order, and the places from which to go on and back."""

    ids: list[int]
    count: Count
    next: Place | None = None
    previous: Place | None = None
    ranked: int = 0  # rows that relevance looked at, where there are more; 0: all
    within: int = 0  # the newest articles that were looked at, where all would take too long; 0: all
    numbers: tuple[int, int] = (0, 0)  # of the pages before and behind, by relevance; 0: none


@dataclass(frozen=True, slots=True)
class Facets:
    """By dimension, the most frequent values and how many rows hold each; years all, in time order.

    `sampled`: rows that were looked at, where there are more; 0: all, the figures are exact.
    """

    values: dict[Dimension, list[tuple[str, int]]]
    sampled: int = 0


def find(question: ArticleFilter, turn: Turn) -> Found:
    """Return a page of a question's answer."""
    cards, order = question.qs, question.asked.get("sort") or "newest"
    if question.asked.get("q"):
        return _by_words(question, cards, order, turn)
    total = count(question)
    walked = _narrowed(question, cards, often=total.n >= OFTEN)
    return _page(_step(walked, turn, oldest=order == "oldest"), total, turn)


def capped(rows: QuerySet, most: int | None = None) -> Count:
    """Return how many rows there are, as far as they are counted: up to `most`, COUNTED if not given."""
    most = most or COUNTED
    return _capped(rows.order_by().values("pk")[: most + 1].count(), most)


def count(question: ArticleFilter) -> Count:
    """Return how many articles answer a question without words: from the counts where they say, else by counting."""
    if (kept := _counted(question)) is not None:
        return Count(Tally.objects.n(*kept))
    return capped(_narrowed(question, question.qs))


def holding(words: str, languages: list[str]) -> list[int]:
    """Return the ids of articles of any status that hold words, as many as are counted, in no order."""
    cards = Card.objects.matching(words, languages)
    with transaction.atomic(using=cards.db), _planning(cards.db):
        _plan(cards.db, BY_WORDS)
        return list(cards.order_by().values_list("article_id", flat=True)[:COUNTED])


def facets(question: ArticleFilter, total: Count, *, most: int) -> Facets:
    """Return the `most` frequent values of each dimension among the answers to a question, and all years.

    Of everything and of one actor they are kept, and exact; of other answers all are counted, of too many a sample.
    """
    asked = {name for name, value in question.asked.items() if value and name != "sort"}
    actors = question.asked.get("actor") or []
    if not question.form.errors and asked <= {"actor"} and len(actors) <= 1:
        return Facets(_kept(actors[0].pk if actors else EVERYTHING, most))
    try:
        return Facets(_tally(question, total, most), SAMPLED if total.many else 0)
    except OperationalError as error:  # given up: better none than a page that does not come
        _require_given_up(error)
        return Facets(_by_dimension([]))


def find_statements(question: StatementFilter, turn: Turn) -> Found:
    """Return a page of a question about statements: those of the newest article first, in the order of its text."""
    rows, key = _linked(question)
    at, back = turn.at, turn.before is not None
    if at is not None:
        table = rows.model._meta.db_table
        place = f"({table}.dated, {table}.article_id) {'>=' if back else '<='} (%s, %s)"
        here = f"({table}.dated, {table}.article_id) = (%s, %s) AND {table}.start {'>=' if back else '<='} %s"
        beyond = f"{place} AND NOT ({here})"
        given = [at.dated, at.rest[0], at.dated, at.rest[0], at.rest[1]]
        rows = rows.filter(RawSQL(beyond, given, output_field=BooleanField()))
    order = ("dated", "article_id", "-start") if back else ("-dated", "-article_id", "start")
    found = list(rows.order_by(*order).values_list(key, "dated", "article_id", "start")[: turn.size + 1])
    more = len(found) > turn.size
    found = found[: turn.size][::-1] if back else found[: turn.size]
    places = [Place(dated, rest) for _, dated, *rest in found]
    return Found(
        ids=[row[0] for row in found],
        count=count_statements(question),
        next=places[-1] if places and (more or back) else None,
        previous=places[0] if places and (turn.after or (back and more)) else None,
    )


def count_statements(question: StatementFilter) -> Count:
    """Return how many statements answer a question: from the tallies of all and of one actor, else by counting."""
    asked = {name for name, value in question.asked.items() if value}
    if not question.form.errors and not asked:
        held = Tally.objects.filter(actor=EVERYTHING, dimension=question.kept_all)
        shown = held if settings.SHOW_SUGGESTIONS else held.filter(value=Review.ACCEPTED)
        return Count(shown.aggregate(n=Sum("n"))["n"] or 0)
    actors, review = question.asked.get(question.link_name) or [], question.asked.get("review")
    if not question.form.errors and asked <= {question.link_name, "review"} and len(actors) == 1 and review != "open":
        every = settings.SHOW_SUGGESTIONS and not review
        kept = question.kept if every else question.kept_reviewed
        return Count(Tally.objects.n(EVERYTHING, kept, str(actors[0].pk)))
    return capped(_linked(question)[0])


def statement_facets(
    question: StatementFilter, total: Count, *, most: int
) -> tuple[dict[str, list[tuple[str, int]]], int]:
    """Return the `most` frequent values of a question's facets among all answers, or of too many the newest.

    By name: the linked actor's ids, and each of the model's columns that the question names. The second value is how
    many were looked at, where there are more; 0: all.
    """
    columns = ", ".join(f'"{name}"' for name in question.columns)
    rows = question.qs.newest_first() if total.many else question.qs.order_by()
    size = SAMPLED if total.many else COUNTED
    hits, given = _sql(rows.values_list("pk", *question.columns)[:size], "0", *("''" for _ in question.columns))
    link = question.link._meta
    key = f"{question.link_key}_id"
    parts = [
        f"(SELECT '{question.link_name}', l.actor_id::text, count(*) AS n FROM h"
        f" JOIN {link.db_table} l ON l.{key} = h.id GROUP BY 2 ORDER BY n DESC, 2 LIMIT {int(most)})"
    ]
    parts += [
        f"""(SELECT '{name}', "{name}", count(*) AS n FROM h WHERE "{name}" <> '' GROUP BY 2 ORDER BY n DESC, 2)"""
        for name in question.columns
    ]
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"WITH h(id, {columns}) AS MATERIALIZED ({hits}) {' UNION ALL '.join(parts)}", given)
        found: dict[str, list[tuple[str, int]]] = {}
        for name, value, n in cursor.fetchall():
            found.setdefault(name, []).append((value, n))
    return found, SAMPLED if total.many else 0


def _linked(question: StatementFilter) -> tuple[Any, str]:
    """Return the rows to walk, and what their statement's id is called: an actor's own where it alone is asked."""
    asked = {name for name, value in question.asked.items() if value}
    actors = question.asked.get(question.link_name) or []
    if question.form.errors or len(actors) != 1 or not asked <= {question.link_name, "since", "until", "review"}:
        return question.qs, "pk"
    rows = question.link._default_manager.filter(actor=actors[0])
    review = question.asked.get("review")
    if review or not settings.SHOW_SUGGESTIONS:
        shown = Review.SUGGESTED if review == "open" else Review.ACCEPTED
        rows = rows.filter(standing=shown if settings.SHOW_SUGGESTIONS or shown == Review.ACCEPTED else "none")
    return _between(rows.exclude(standing=""), question), question.link_key + "_id"


# Pages


def _page(rows: list[Row], total: Count, turn: Turn) -> Found:
    """Return a page of rows of which one more than its size was asked for."""
    more = len(rows) > turn.size
    rows = rows[-turn.size :] if turn.before else rows[: turn.size]
    places = [Place(dated, (key,)) for key, dated in rows]
    return Found(
        ids=[key for key, _ in rows],
        count=total,
        next=places[-1] if places and (more or turn.before) else None,
        previous=places[0] if places and (turn.after or (turn.before and more)) else None,
    )


def _step(rows: Any, turn: Turn, *, oldest: bool) -> list[Row]:
    """Return a page of rows and one more, in order; undated ones come last."""
    size, at, back = turn.size + 1, turn.at, turn.before is not None
    if not oldest:
        found = _run(rows, at, down=not back, size=size)
        return found[::-1] if back else found
    parts = [rows.filter(dated__gt=UNDATED), rows.filter(dated=UNDATED)]
    if back:
        parts.reverse()
    if at is not None and (at.dated == UNDATED) != back:
        del parts[0]
    out: list[Row] = []
    for index, part in enumerate(parts):
        found = _run(part, at if index == 0 else None, down=back, size=size - len(out))
        out = found[::-1] + out if back else out + found
    return out


def _run(rows: Any, at: Place | None, *, down: bool, size: int) -> list[Row]:
    """Return (article, date) of the rows on one side of a place, the nearest first."""
    if size <= 0:
        return []
    table = rows.model._meta.db_table
    if at is not None:
        sign = "<" if down else ">"
        beyond = f"({table}.dated, {table}.article_id) {sign} (%s, %s)"
        rows = rows.filter(RawSQL(beyond, [at.dated, *at.rest], output_field=BooleanField()))
    ordered = rows.order_by("-dated", "-article_id") if down else rows.order_by("dated", "article_id")
    return list(ordered.values_list("article_id", "dated")[:size])


def _narrowed(question: ArticleFilter, cards: Any, *, often: bool = False) -> Any:
    """Return the rows to walk: an actor's own, where dates alone are asked beside it, for they lie in order.

    Of two actors that are `often` together the rarer one's are walked and the other is looked for in each.
    """
    asked = {name for name, value in question.asked.items() if value and name != "sort"}
    actors = question.asked.get("actor") or []
    if question.form.errors or len(actors) not in {1, 1 + often} or not asked <= {"actor", "since", "until"}:
        return cards
    if len(actors) > 1:
        held = Tally.objects.of(Dimension.ACTOR, [actor.pk for actor in actors])
        actors = sorted(actors, key=lambda actor: held.get(actor.pk, 0))
    rows = ArticleActor.objects.filter(actor=actors[0], status=Publication.PUBLISHED)
    for other in actors[1:]:
        rows = rows.filter(Exists(ArticleActor.objects.filter(article=OuterRef("article"), actor=other)))
    return _between(rows, question)


def _between(rows: Any, question: ArticleFilter | StatementFilter) -> Any:
    if since := question.asked.get("since"):
        rows = rows.filter(dated__gte=since)
    if until := question.asked.get("until"):
        rows = rows.filter(dated__lte=until, dated__gt=UNDATED)
    return rows


# Counts


def _capped(n: int, most: int) -> Count:
    return Count(min(n, most), n > most)


def _counted(question: ArticleFilter) -> tuple[int, Dimension, str] | None:
    """Return the kept count that answers a question: of all, of one value, of an actor and one value beside it."""
    if question.form.errors:
        return None
    given: list[tuple[Dimension, str]] = []
    for name, value in question.asked.items():
        if name in {"actor", "source", "via", "author"}:
            if name in {"source", "via"} and len(value) > 1:
                return None
            given += [(Dimension(name), str(row.pk)) for row in value]
        elif name == "language":
            given.append((Dimension.LANGUAGE, value))
        elif name != "sort":
            return None
    actor = next((one for one in given if one[0] == Dimension.ACTOR), None)
    if actor is None:
        return (EVERYTHING, *(given[0] if given else (Dimension.ALL, ""))) if len(given) <= 1 else None
    given.remove(actor)
    return (int(actor[1]), *(given[0] if given else (Dimension.ALL, ""))) if len(given) <= 1 else None


# Words


def _by_words(question: ArticleFilter, cards: Any, order: str, turn: Turn) -> Found:
    with transaction.atomic(using=cards.db), _planning(cards.db):
        try:
            with transaction.atomic(using=cards.db):
                return _gated(question, cards, order, turn, patience=_patience(question))
        except OperationalError as error:  # given up: a phrase of common words, each hit of which must be read
            _require_given_up(error)
            latest = _gated(question, cards.filter(dated__gte=_since_latest(cards.db)), order, turn, patience=0)
            return replace(latest, count=Count(latest.count.n, more=True), within=LATEST)


def _gated(question: ArticleFilter, cards: Any, order: str, turn: Turn, *, patience: int) -> Found:
    if order == "relevance":
        newest = Turn(size=RANKED)
        total, rows = _gate(cards, newest, oldest=False, patience=patience)
        if total.more:
            rows = _walk(cards, newest, oldest=False)
        ranked = _rank([key for key, _ in rows[:RANKED]], question.asked["q"], cards.db, turn)
        last = turn.number * turn.size >= len(rows[:RANKED])
        return Found(
            ranked,
            total,
            ranked=RANKED if total.more or total.n > RANKED else 0,
            numbers=(turn.number - 1, 0 if last else turn.number + 1),
        )
    oldest = order == "oldest"
    total, rows = _gate(cards, turn, oldest=oldest, patience=patience)
    if total.more:
        rows = _walk(cards, turn, oldest=oldest)
    return _page(rows, total, turn)


def _patience(question: ArticleFilter) -> int:
    """Return how many milliseconds the index of words is given to answer a question."""
    return PHRASE_PATIENCE if '"' in question.asked.get("q", "") else GATE_PATIENCE


def _since_latest(using: str) -> date:
    """Return the day from which on the newest `LATEST` articles are, remembered for a minute."""

    def ask() -> date:
        rows = Card.objects.using(using).published().newest_first().values_list("dated", flat=True)
        return rows[LATEST : LATEST + 1].first() or UNDATED

    return kept.get_or_set("since-latest", ask, 60) or UNDATED


def _gate(cards: Any, turn: Turn, *, oldest: bool, patience: int) -> tuple[Count, list[Row]]:
    """Return how many hits there are, as far as they are counted, and a page of them; of too many, no page.

    Given up after `patience` milliseconds; 0: never.
    """
    _plan(cards.db, BY_WORDS | {"statement_timeout": str(patience)})
    hits, given = _hits(cards)
    key = "dated, article_id"
    if oldest:
        key = f"(dated = '{UNDATED.isoformat()}'), {key}"
    down = oldest == (turn.before is not None)
    beyond = ""
    if (at := turn.at) is not None:
        place = [*([at.dated == UNDATED] if oldest else []), at.dated, *at.rest]
        beyond = f"WHERE ({key}) {'<' if down else '>'} ({', '.join(['%s'] * len(place))})"
        given = (*given, *place)
    ordered = ", ".join(f"{part} {'DESC' if down else 'ASC'}" for part in key.split(", "))
    sql = f"""
        WITH hits(article_id, dated) AS MATERIALIZED ({hits}), everything AS (SELECT count(*) AS n FROM hits)
        SELECT n, page.article_id, page.dated FROM everything LEFT JOIN LATERAL (
            SELECT article_id, dated FROM hits {beyond} ORDER BY {ordered} LIMIT {turn.size + 1}
        ) page ON n <= {COUNTED}
    """
    with connections[cards.db].cursor() as cursor:
        cursor.execute(sql, given)
        rows = cursor.fetchall()
    _plan(cards.db, {"statement_timeout": "0"})
    found = [(key, dated) for _, key, dated in rows if key is not None]
    return _capped(rows[0][0], COUNTED), found[::-1] if turn.before else found


def _hits(cards: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of (article, date) of the answers, in no order, one more than are counted."""
    return _sql(cards.order_by().values_list("article_id", "dated")[: COUNTED + 1], "0::bigint", "current_date")


def _sql(rows: Any, *types: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of some rows and its parameters; `types`: a value for each column, for rows that can't exist."""
    try:
        sql, given = rows.query.sql_with_params()
    except EmptyResultSet:
        return f"SELECT {', '.join(types)} WHERE false", ()
    return sql, tuple(given)


def _walk(cards: Any, turn: Turn, *, oldest: bool) -> list[Row]:
    """Return rows in the order of dates, found on the way through them; where that takes too long, by sorting hits."""
    return _patiently(cards.db, lambda: _step(cards, turn, oldest=oldest))


def _patiently(using: str, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` finds on the way through the dates; where that takes too long, by the index of words."""
    try:
        with transaction.atomic(using=using):
            _plan(using, BY_DATE)
            return ask()
    except OperationalError as error:  # the statement was given up
        _require_given_up(error)
        _plan(using, BY_WORDS | {"enable_sort": "on", "statement_timeout": str(GATE_PATIENCE)})
        return ask()
    finally:
        with suppress(DatabaseError):
            _plan(using, {"statement_timeout": "0"})


def _require_given_up(error: OperationalError) -> None:
    """Raise an error again that is not of a statement given up: a server that died answers no other question either."""
    if not isinstance(error.__cause__, QueryCanceled):
        raise error


def _rank(ids: list[int], words: str, using: str, turn: Turn) -> list[int]:
    """Return the ids of a page of those given, the best first, ties the newest first."""
    query = f"websearch_to_tsquery({CONFIGURATION.format(row='c')}, %s)"
    sql = f"""
        SELECT c.article_id FROM articles_card c WHERE c.article_id = ANY(%s)
        ORDER BY ts_rank_cd(c.search, {query}) DESC, c.dated DESC, c.article_id DESC LIMIT %s OFFSET %s
    """
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [ids, words, turn.size, (turn.number - 1) * turn.size])
        return [row[0] for row in cursor]


@contextmanager
def _planning(using: str) -> Iterator[None]:
    """Leave the planner as it was, also within somebody else's transaction."""
    try:
        yield
    finally:
        with suppress(DatabaseError):  # where the transaction is lost, what was set in it is too
            _plan(using, AS_WAS)


def _plan(using: str, settings: dict[str, str]) -> None:
    """Say how the rest of the transaction is to be planned."""
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])


# Facets


def _kept(actor: int, most: int) -> dict[Dimension, list[tuple[str, int]]]:
    """Return the kept counts of an actor's articles, or of all."""
    using = router.db_for_read(Tally)
    top = " UNION ALL ".join(
        f"(SELECT dimension, value, n FROM articles_tally WHERE actor = %s AND dimension = '{one}' AND n > 0"
        f" ORDER BY n DESC LIMIT {'ALL' if one == Dimension.YEAR else most})"
        for one in FACETS
    )
    with connections[using].cursor() as cursor:
        cursor.execute(top, [actor] * len(FACETS))
        return _by_dimension(cursor.fetchall())


FACETS = (Dimension.YEAR, Dimension.ACTOR, Dimension.SOURCE, Dimension.AUTHOR, Dimension.LANGUAGE)


def _tally(question: ArticleFilter, total: Count, most: int) -> dict[Dimension, list[tuple[str, int]]]:
    """Count the values of the answers; of too many, of the newest, or of the first that the index of words gives."""
    cards, size = question.qs, SAMPLED if total.many else COUNTED
    if not question.asked.get("q") and len(question.asked.get("actor") or []) < 2:
        rows = _narrowed(question, cards)
        return _add_up(rows.order_by("-dated", "-article_id") if total.many else rows.order_by(), size, most)
    with transaction.atomic(using=cards.db), _planning(cards.db):
        _plan(cards.db, BY_WORDS | {"statement_timeout": str(_patience(question))})
        return _add_up(cards.order_by(), size, most)


def _add_up(rows: Any, size: int, most: int) -> dict[Dimension, list[tuple[str, int]]]:
    """Count the values of the cards of the first rows."""
    hits, given = _sql(rows.values_list("article_id")[:size], "0::bigint")
    each = {
        Dimension.YEAR: f"SELECT extract(year FROM dated)::int::text FROM h WHERE dated > '{UNDATED.isoformat()}'",
        Dimension.ACTOR: "SELECT unnest(actor_ids)::text FROM h",
        Dimension.SOURCE: "SELECT source_id::text FROM h WHERE source_id IS NOT NULL",
        Dimension.AUTHOR: "SELECT unnest(author_ids)::text FROM h",
        Dimension.LANGUAGE: "SELECT language FROM h WHERE language <> ''",
    }
    counted = " UNION ALL ".join(
        f"(SELECT '{one}', value, count(*) AS n FROM ({values}) t(value) GROUP BY value"
        f" ORDER BY n DESC, value LIMIT {'ALL' if one == Dimension.YEAR else most})"
        for one, values in each.items()
    )
    sql = f"""
        WITH h AS MATERIALIZED (
            SELECT c.dated, c.source_id, c.language, c.actor_ids, c.author_ids
            FROM ({hits}) m(article_id) JOIN articles_card c USING (article_id)
        ) {counted}
    """
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, given)
        return _by_dimension(cursor.fetchall())


def _by_dimension(rows: list[tuple[str, str, int]]) -> dict[Dimension, list[tuple[str, int]]]:
    out: dict[Dimension, list[tuple[str, int]]] = {one: [] for one in FACETS}
    for dimension, value, n in rows:
        out[Dimension(dimension)].append((value, n))
    out[Dimension.YEAR].sort()
    return out
