"""Count again what triggers keep counted: to compare, and after rows came in with triggers off."""

from django.db import connection, transaction

from articles.models import Addressee, Claim, ClaimActor, PolicyRecommendation
from articles.models.card import COUNTED
from articles.models.statement import STANDING
from articles.models.tally import EVERYTHING
from articles.vocabulary import Dimension, Review

_LINKED = """
    SELECT {everything}::bigint AS actor, '{dimension}' || k.review AS dimension, actor_id::text AS value, 1 AS n
    FROM {table} CROSS JOIN LATERAL (
        SELECT '' AS review UNION ALL SELECT ' reviewed' WHERE standing = '{accepted}'
    ) k WHERE standing <> ''
"""


def _linked(table: str, dimension: Dimension) -> str:
    return _LINKED.format(everything=EVERYTHING, dimension=dimension, table=table, accepted=Review.ACCEPTED)


# What should be counted, part by part: each selects actor, dimension, value and n.
PARTS = (
    COUNTED.format(rows="articles_card", sign=1),
    STANDING.format(dimension=Dimension.CLAIMS).format(rows=Claim._meta.db_table, sign=1),
    STANDING.format(dimension=Dimension.RECOMMENDATIONS).format(rows=PolicyRecommendation._meta.db_table, sign=1),
    _linked(ClaimActor._meta.db_table, Dimension.ABOUT),
    _linked(Addressee._meta.db_table, Dimension.TOLD),
)
TRUE = " UNION ALL ".join(
    f"SELECT actor::bigint, dimension::text, value::text, sum(n) AS n FROM ({part}) p GROUP BY 1, 2, 3"
    for part in PARTS
)


@transaction.atomic
def recount() -> None:
    """Replace all tallies by what the rows say."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE articles_tally IN EXCLUSIVE MODE")
        cursor.execute("DELETE FROM articles_tally")
        cursor.execute(f"INSERT INTO articles_tally (actor, dimension, value, n) {TRUE}")


def differences(most: int = 20) -> list[tuple[int, str, str, int, int]]:
    """Return (actor, dimension, value, kept, true) of tallies that are wrong, `most` at most; empty: all are right."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT coalesce(held.actor, t.actor), coalesce(held.dimension, t.dimension),
                coalesce(held.value, t.value), coalesce(held.n, 0), coalesce(t.n, 0)
            FROM (SELECT * FROM articles_tally WHERE n <> 0) held
            FULL JOIN ({TRUE}) t USING (actor, dimension, value)
            WHERE held.n IS DISTINCT FROM t.n ORDER BY 1, 2, 3 LIMIT %s
            """,
            [most],
        )
        return cursor.fetchall()
