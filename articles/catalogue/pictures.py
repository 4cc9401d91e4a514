"""What pictures show: how often who tells whom, and who takes which stance, in bounded time.

Of more statements than are counted the newest are looked at, as facets do; each answer says how many, 0: all.
"""

from collections import Counter
from typing import Any

from django.db import OperationalError, connections, transaction
from django.db.models import Count as CountRows
from django.db.models import Q
from django.db.models.functions import TruncMonth, TruncYear

from articles.catalogue import limits
from articles.catalogue.planning import as_sql, plan, planning, require_given_up
from articles.catalogue.statements import count_statements
from articles.filters import ClaimFilter, RecommendationFilter, StatementFilter
from articles.models import Byline, Coding
from articles.models.card import UNDATED
from articles.vocabulary import Dimension

PERIODS_PATIENCE = 800  # milliseconds
Speaker = tuple[Dimension, int]  # an actor or an author

WHO_TELLS_WHOM = """
    WITH h(id, article_id, recommender_id, said) AS MATERIALIZED ({hits})
    SELECT w.country, l.actor_id, count(*) FROM h
    LEFT JOIN LATERAL (
        SELECT CASE WHEN a.kind = 'country' THEN a.id ELSE a.country_id END AS country
        FROM articles_actor a WHERE a.id = h.recommender_id
        UNION
        SELECT b.country_id FROM articles_byline b
        WHERE h.recommender_id IS NULL AND h.said = '' AND b.article_id = h.article_id AND b.country_id IS NOT NULL
    ) w ON true
    JOIN articles_policyrecommendation_addressees l ON l.policyrecommendation_id = h.id
    GROUP BY 1, 2
"""


def periods(question: StatementFilter, *, months: bool) -> dict[str, int] | None:
    """Return how many statements each year has, or month, as "2024" or "2024-07"; None where it takes too long."""
    rows = question.qs.filter(dated__gt=UNDATED).order_by()
    trunc, pattern = (TruncMonth, "%Y-%m") if months else (TruncYear, "%Y")
    try:
        with transaction.atomic(using=rows.db), planning(rows.db):
            plan(rows.db, {"statement_timeout": str(PERIODS_PATIENCE)})
            counted = rows.annotate(period=trunc("dated")).values_list("period").annotate(n=CountRows("pk"))
            return {f"{period:{pattern}}": n for period, n in sorted(counted)}
    except OperationalError as error:
        require_given_up(error)
        return None


def who_tells_whom(question: RecommendationFilter) -> tuple[Counter[tuple[int | None, int]], int]:
    """Return how often each country tells each addressee to act; None for a country that is not known."""
    rows, looked_at = _looked_at(question)
    columns = rows.values_list("pk", "article_id", "recommender_id", "recommender_text")
    hits, given = as_sql(columns, "0::bigint", "0::bigint", "0::bigint", "''")
    with connections[rows.db].cursor() as cursor:
        cursor.execute(WHO_TELLS_WHOM.format(hits=hits), given)
        return Counter({(country, addressee): n for country, addressee, n in cursor.fetchall()}), looked_at


def stances(claims: ClaimFilter, told: RecommendationFilter) -> Counter[tuple[Speaker, int, str]]:
    """Return how often each speaker takes each stance on each topic, in what answers either question."""
    rows = Coding.objects.filter(Q(claim__in=claims.qs.order_by()) | Q(recommendation__in=told.qs.order_by()))
    found: Counter[tuple[Speaker, int, str]] = Counter()
    read = list(rows.order_by("-pk").values_list(
        "topic", "stance", "claim__claimant", "claim__claimant_text", "claim__article",
        "recommendation__recommender", "recommendation__recommender_text", "recommendation__article",
    )[: limits.COUNTED])  # fmt: skip
    speaking = [(topic, stance, a or b, c or d or "", e or f) for topic, stance, a, c, e, b, d, f in read]
    authors = _authors(article for _, _, actor, text, article in speaking if not actor and not text)
    for topic, stance, actor, text, article in speaking:
        for speaker in _speakers(actor, text, authors.get(article, [])):
            found[speaker, topic, stance] += 1
    return found


def calls(question: RecommendationFilter) -> tuple[Counter[tuple[Speaker, int]], int]:
    """Return how often each speaker tells each addressee to act."""
    rows, looked_at = _looked_at(question)
    read = list(rows.values_list("recommender", "recommender_text", "article", "addressees"))
    authors = _authors(article for actor, text, article, _ in read if not actor and not text)
    found: Counter[tuple[Speaker, int]] = Counter()
    for actor, text, article, addressee in read:
        for speaker in _speakers(actor, text, authors.get(article, [])):
            if addressee:
                found[speaker, addressee] += 1
    return found, looked_at


def _looked_at(question: StatementFilter) -> tuple[Any, int]:
    """Return the statements that a picture is made of, and how many they are where there are more."""
    total = count_statements(question)
    rows = question.qs.newest_first() if total.many else question.qs.order_by()
    return rows[: limits.SAMPLED if total.many else limits.COUNTED], limits.SAMPLED if total.many else 0


def _authors(articles: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for article, author in Byline.objects.filter(article__in=set(articles)).values_list("article", "author"):
        found.setdefault(article, []).append(author)
    return found


def _speakers(actor: int | None, text: str, authors: list[int]) -> list[Speaker]:
    """Return who speaks: the actor named, else the authors, where the text names nobody else."""
    if actor:
        return [(Dimension.ACTOR, actor)]
    return [] if text else [(Dimension.AUTHOR, author) for author in authors]
