"""The gate: what words or statements decide is gathered behind it, by date or by relevance."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.cache import cache as kept
from django.db import OperationalError, connections, transaction

from articles.catalogue import limits
from articles.catalogue.answers import Count, Found, Turn
from articles.catalogue.pages import Row, page, step
from articles.catalogue.planning import BY_DATE, BY_WORDS, as_sql, patiently, plan, planning, require_given_up
from articles.filters import ArticleFilter
from articles.models import Card
from articles.models.card import UNDATED
from articles.models.search import CONFIGURATION


def holding(words: str, languages: list[str]) -> list[int]:
    """Return the ids of articles of any status that hold words, as many as are counted, in no order."""
    cards = Card.objects.matching(words, languages)
    with transaction.atomic(using=cards.db), planning(cards.db):
        plan(cards.db, BY_WORDS)
        return list(cards.order_by().values_list("article_id", flat=True)[: limits.COUNTED])


def gathered(question: ArticleFilter, cards: Any, order: str, turn: Turn) -> Found:
    """Return a page of what words or statements decide: gathered as far as counted, or on the way through dates."""
    with transaction.atomic(using=cards.db), planning(cards.db):
        try:
            with transaction.atomic(using=cards.db):
                return _gated(question, cards, order, turn, patience=patience_for(question))
        except OperationalError as error:  # given up: a phrase of common words, each hit of which must be read
            require_given_up(error)
            if (found := _met_on_the_way(question, cards, order, turn)) is not None:
                return found
            latest = _gated(question, cards.filter(dated__gte=since_latest(cards.db)), order, turn, patience=0)
            return replace(latest, count=Count(latest.count.n, more=True), within=limits.LATEST)


def _met_on_the_way(question: ArticleFilter, cards: Any, order: str, turn: Turn) -> Found | None:
    """Return a page of answers that are too many to be gathered and therefore soon met; None where they are not.

    How many there are is not known then: more than are shown.
    """
    if question.asked.get("q"):
        return None
    try:
        with transaction.atomic(using=cards.db):
            plan(cards.db, BY_DATE)
            rows = step(cards, turn, oldest=order == "oldest")
            return page(rows, Count(min(len(rows), turn.size), len(rows) > turn.size), turn)
    except OperationalError as error:
        require_given_up(error)
        return None


def _gated(question: ArticleFilter, cards: Any, order: str, turn: Turn, *, patience: int) -> Found:
    if order == "relevance":
        newest = Turn(size=limits.RANKED)
        total, rows = _gate(cards, newest, oldest=False, patience=patience)
        if total.more:
            rows = _walk(cards, newest, oldest=False)
        ranked = _rank([key for key, _ in rows[: limits.RANKED]], question.asked["q"], cards.db, turn)
        last = turn.number * turn.size >= len(rows[: limits.RANKED])
        return Found(
            ranked,
            total,
            ranked=limits.RANKED if total.more or total.n > limits.RANKED else 0,
            numbers=(turn.number - 1, 0 if last else turn.number + 1),
        )
    oldest = order == "oldest"
    total, rows = _gate(cards, turn, oldest=oldest, patience=patience)
    if total.more and question.asked.get("undated"):  # they lie together at the end of the dates
        plan(cards.db, BY_WORDS | {"enable_sort": "on", "statement_timeout": str(4 * limits.PATIENCE)})
        rows = step(cards, turn, oldest=oldest)
    elif total.more:
        rows = _walk(cards, turn, oldest=oldest)
    return page(rows, total, turn)


def patience_for(question: ArticleFilter) -> int:
    """Return how many milliseconds the index of words is given to answer a question."""
    words = question.asked.get("q", "")
    if not words:
        return limits.STATEMENTS_PATIENCE
    return limits.PHRASE_PATIENCE if '"' in words else limits.GATE_PATIENCE


def since_latest(using: str) -> date:
    """Return the day from which on the newest `LATEST` articles are, remembered for a minute."""

    def ask() -> date:
        rows = Card.objects.using(using).published().newest_first().values_list("dated", flat=True)
        return rows[limits.LATEST : limits.LATEST + 1].first() or UNDATED

    return kept.get_or_set("since-latest", ask, 60) or UNDATED


def _gate(cards: Any, turn: Turn, *, oldest: bool, patience: int) -> tuple[Count, list[Row]]:
    """Return how many hits there are, as far as they are counted, and a page of them; of too many, no page.

    Given up after `patience` milliseconds; 0: never.
    """
    plan(cards.db, BY_WORDS | {"statement_timeout": str(patience)})
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
        ) page ON n <= {limits.COUNTED}
    """
    with connections[cards.db].cursor() as cursor:
        cursor.execute(sql, given)
        rows = cursor.fetchall()
    plan(cards.db, {"statement_timeout": "0"})
    found = [(key, dated) for _, key, dated in rows if key is not None]
    return Count.up_to(rows[0][0], limits.COUNTED), found[::-1] if turn.before else found


def _hits(cards: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of (article, date) of the answers, in no order, one more than are counted."""
    return as_sql(
        cards.order_by().values_list("article_id", "dated")[: limits.COUNTED + 1], "0::bigint", "current_date"
    )


def _walk(cards: Any, turn: Turn, *, oldest: bool) -> list[Row]:
    """Return rows in the order of dates, found on the way through them; where that takes too long, by sorting hits."""
    return patiently(cards.db, lambda: step(cards, turn, oldest=oldest))


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
