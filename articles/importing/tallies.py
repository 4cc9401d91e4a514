"""Count again what triggers keep counted: to compare, and after rows came in with triggers off."""

from django.db import connection, transaction

from articles.models import Addressee, Claim, ClaimActor, PolicyRecommendation
from articles.models.card import HELD, counted
from articles.models.rule_record import ADD_UP as RULES
from articles.models.rule_record import DECIDED
from articles.models.statement import STANDING
from articles.models.tally import EVERYTHING
from articles.vocabulary import Dimension, Review

REST = tuple(one for one in HELD if one not in {Dimension.AUTHOR, Dimension.ACTOR})

_LINKED = """
    SELECT {everything}::bigint AS actor, '{dimension}' || k.review AS dimension, actor_id::text AS value, 1 AS n
    FROM {table} CROSS JOIN LATERAL (
        SELECT '' AS review UNION ALL SELECT ' reviewed' WHERE standing = '{accepted}'
    ) k WHERE standing <> ''
"""


def _linked(table: str, dimension: Dimension) -> str:
    return _LINKED.format(everything=EVERYTHING, dimension=dimension, table=table, accepted=Review.ACCEPTED)


# What should be counted, part by part: each selects actor, dimension, value and n of dimensions of its own.
PARTS: dict[tuple[Dimension, ...], str] = {
    (Dimension.AUTHOR,): counted(Dimension.AUTHOR).format(rows="articles_card", sign=1),
    (Dimension.ACTOR,): counted(Dimension.ACTOR).format(rows="articles_card", sign=1),
    REST: counted(*REST).format(rows="articles_card", sign=1),
    (Dimension.CLAIMS,): STANDING.format(dimension=Dimension.CLAIMS).format(rows=Claim._meta.db_table, sign=1),
    (Dimension.RECOMMENDATIONS,): STANDING.format(dimension=Dimension.RECOMMENDATIONS).format(
        rows=PolicyRecommendation._meta.db_table, sign=1
    ),
    (Dimension.ABOUT, Dimension.ABOUT_REVIEWED): _linked(ClaimActor._meta.db_table, Dimension.ABOUT),
    (Dimension.TOLD, Dimension.TOLD_REVIEWED): _linked(Addressee._meta.db_table, Dimension.TOLD),
}
_SUMMED = "SELECT actor::bigint, dimension::text, value::text, sum(n) AS n FROM ({part}) p GROUP BY 1, 2, 3"
TRUE = " UNION ALL ".join(_SUMMED.format(part=part) for part in PARTS.values())


@transaction.atomic
def recount() -> None:
    """Replace all tallies by what the rows say."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE articles_tally IN EXCLUSIVE MODE")
        for number in range(len(PARTS)):
            recount_part(number)
        recount_rules()


def recount_part(number: int) -> None:
    """Replace the tallies of one of the PARTS, while nothing else is written."""
    dimensions, part = list(PARTS.items())[number]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_tally WHERE dimension = ANY(%s)", [[*dimensions]])
        cursor.execute(f"INSERT INTO articles_tally (actor, dimension, value, n) {_SUMMED.format(part=part)}")


@transaction.atomic
def recount_rules() -> None:
    """Replace the records of all rules by what the statements say."""
    every = " UNION ALL ".join(
        DECIDED.format(kind=model.short_name).format(rows=model._meta.db_table, sign=1)
        for model in (Claim, PolicyRecommendation)
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_rulerecord")
        cursor.execute(RULES.format(changes=every))


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
