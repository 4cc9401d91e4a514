"""What answers are about: the most frequent values of each dimension, kept, counted or of a sample."""

from contextlib import ExitStack, suppress
from typing import Any

from django.db import OperationalError, connections, router, transaction
from django.db.models import Count as CountRows
from django.db.models.functions import TruncMonth

from articles.catalogue import limits
from articles.catalogue.answers import Count, Facets
from articles.catalogue.gate import patience_for
from articles.catalogue.lists import narrowed
from articles.catalogue.planning import BY_DATE, BY_WORDS, as_sql, plan, planning, require_given_up
from articles.catalogue.statements import linked
from articles.filters import ArticleFilter, StatementFilter
from articles.models import Tally
from articles.models.card import UNDATED
from articles.models.tally import EVERYTHING
from articles.vocabulary import Dimension

MONTHS_PATIENCE = 200  # milliseconds; what takes longer shows no months
FACETS = (Dimension.YEAR, Dimension.ACTOR, Dimension.SOURCE, Dimension.AUTHOR, Dimension.LANGUAGE)


def facets(question: ArticleFilter, total: Count, *, most: int) -> Facets:
    """Return the `most` frequent values of each dimension among the answers to a question, and all years.

    Of everything and of one actor they are kept, and exact; of other answers all are counted, of too many a sample.
    """
    asked = {name for name, value in question.asked.items() if value and name != "sort"}
    actors = question.asked.get("actor") or []
    if not question.form.errors and asked <= {"actor"} and len(actors) <= 1:
        return Facets(_kept(actors[0].pk if actors else EVERYTHING, most))
    try:
        values = _tally(question, total, most)
        return Facets(values, limits.SAMPLED if total.many else 0, _months(question))
    except OperationalError as error:  # given up: better none than a page that does not come
        require_given_up(error)
        return Facets(_by_dimension([]))


def _months(question: ArticleFilter) -> list[tuple[str, int]]:
    """Return how many answers each month has, in time order, where they lie within one year."""
    since, until = question.asked.get("since"), question.asked.get("until")
    if not (since and until and since.year == until.year):
        return []
    cards = question.qs
    with suppress(OperationalError), planning(cards.db), transaction.atomic(using=cards.db):
        plan(cards.db, {"statement_timeout": str(MONTHS_PATIENCE)} | (BY_WORDS if question.gathered else {}))
        months = narrowed(question, cards).order_by().annotate(month=TruncMonth("dated")).values_list("month")
        return [(f"{month:%Y-%m}", n) for month, n in sorted(months.annotate(n=CountRows("*")))]
    return []


def statement_facets(
    question: StatementFilter, total: Count, *, most: int
) -> tuple[dict[str, list[tuple[str, int]]], int]:
    """Return the `most` frequent values of a question's facets among all answers, or of too many the newest.

    By name: the linked actor's ids, and each of the model's columns that the question names. The second value is how
    many were looked at, where there are more; 0: all.
    """
    rows, held_as = linked(question)
    rows = rows.order_by("-dated", "-article_id", "start") if total.many else rows.order_by()
    size = limits.SAMPLED if total.many else limits.COUNTED
    hits, given = as_sql(rows.values_list(held_as)[:size], "0::bigint")
    link, table = question.link._meta, question.qs.model._meta.db_table
    key = f"{question.link_key}_id"
    parts = [
        f"(SELECT '{question.link_name}', l.actor_id::text, count(*) AS n FROM h"
        f" JOIN {link.db_table} l ON l.{key} = h.id GROUP BY 2 ORDER BY n DESC, 2 LIMIT {int(most)})"
    ]
    parts += [
        f"""(SELECT '{name}', s."{name}", count(*) AS n FROM h JOIN {table} s ON s.id = h.id
        WHERE s."{name}" <> '' GROUP BY 2 ORDER BY n DESC, 2)"""
        for name in question.columns
    ]
    sql = f"WITH h(id) AS MATERIALIZED ({hits}) {' UNION ALL '.join(parts)}"
    found: dict[str, list[tuple[str, int]]] = {}
    looked_at = limits.SAMPLED if total.many else 0
    try:
        with ExitStack() as within:
            if question.gathered:
                within.enter_context(transaction.atomic(using=rows.db))
                within.enter_context(planning(rows.db))
                ways = BY_DATE if total.many else BY_WORDS
                plan(rows.db, ways | {"statement_timeout": str(limits.GATE_PATIENCE)})
            cursor = within.enter_context(connections[rows.db].cursor())
            cursor.execute(sql, given)
            for name, value, n in cursor.fetchall():
                found.setdefault(name, []).append((value, n))
    except OperationalError as error:  # given up: better none than a page that does not come
        require_given_up(error)
    return found, looked_at


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


def _tally(question: ArticleFilter, total: Count, most: int) -> dict[Dimension, list[tuple[str, int]]]:
    """Count the values of the answers; of too many, of the newest, or of the first that the index of words gives."""
    cards, size = question.qs, limits.SAMPLED if total.many else limits.COUNTED
    if not question.gathered and len(question.asked.get("actor") or []) < 2:
        rows = narrowed(question, cards)
        return _add_up(rows.order_by("-dated", "-article_id") if total.many else rows.order_by(), size, most)
    with transaction.atomic(using=cards.db), planning(cards.db):
        plan(cards.db, BY_WORDS | {"statement_timeout": str(patience_for(question))})
        return _add_up(cards.order_by(), size, most)


def _add_up(rows: Any, size: int, most: int) -> dict[Dimension, list[tuple[str, int]]]:
    """Count the values of the cards of the first rows."""
    hits, given = as_sql(rows.values_list("article_id")[:size], "0::bigint")
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
