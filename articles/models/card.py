"""An article's card in the catalogue: what lists, searches and facets ask.

A card repeats of its article what questions ask for and nothing that is long: a million of them are scanned in the time
that a thousand bodies take. Triggers keep cards as their articles, by-lines and actors are.
"""

import re
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import F, Q, Value

from articles.models.search import VECTOR, text_search_config
from articles.models.tally import EVERYTHING, counting
from articles.vocabulary import Dimension, Publication

TERM = re.compile(r'-?"[^"]*"?|[^\s"]+')  # of a question in words: a word or a quoted phrase, with its minus
UNDATED = date.min  # stands for no date, behind all others, so that one comparison of rows finds the next page

# What a card says, by the article's row `a`.
COLUMNS = "article_id, status, dated, source_id, via_id, language, actor_ids, author_ids, search"
VALUES = f"""
    a.id, a.status, coalesce(a.dated, '{UNDATED.isoformat()}'), a.source_id, a.via_id, a.language,
    ARRAY(SELECT l.actor_id FROM articles_articleactor l WHERE l.article_id = a.id ORDER BY l.actor_id),
    ARRAY(SELECT DISTINCT b.author_id FROM articles_byline b WHERE b.article_id = a.id ORDER BY b.author_id),
    {VECTOR.format(row="a")}
"""

# What a published card `c` is counted under, by dimension: the values it holds.
_DATED = f"c.dated > '{UNDATED.isoformat()}'"
HELD = {
    Dimension.ALL: "SELECT ''",
    Dimension.LANGUAGE: "SELECT c.language WHERE c.language <> ''",
    Dimension.SOURCE: "SELECT c.source_id::text WHERE c.source_id IS NOT NULL",
    Dimension.VIA: "SELECT c.via_id::text WHERE c.via_id IS NOT NULL",
    Dimension.YEAR: f"SELECT extract(year FROM c.dated)::int::text WHERE {_DATED}",
    Dimension.ACTOR: "SELECT unnest(c.actor_ids)::text",
    Dimension.AUTHOR: "SELECT unnest(c.author_ids)::text",
}


def counted(*dimensions: Dimension) -> str:
    """Return the SQL of what the cards `{rows}` are counted under: each value, for everything and for each actor."""
    values = " UNION ALL ".join(
        f"SELECT '{one}' AS dimension, v.value FROM ({HELD[one]}) v(value)" for one in dimensions
    )
    return f"""
        SELECT k.actor, d.dimension, d.value, {{sign}} AS n
        FROM {{rows}} c
        CROSS JOIN LATERAL (SELECT {EVERYTHING}::bigint AS actor UNION ALL SELECT unnest(c.actor_ids)) k
        CROSS JOIN LATERAL ({values}) d
        WHERE c.status = '{Publication.PUBLISHED}'
    """


def _linked(table: str, column: str, ids: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that keep a card's array `ids` as the rows of `table` that name its article are."""

    def trigger(name: str, operation: pgtrigger.Operation, changed: str, **seen: str) -> pgtrigger.Trigger:
        func = f"""
            UPDATE articles_card c SET {ids} = now.ids FROM (
                SELECT of.article_id, ARRAY(
                    SELECT DISTINCT l.{column} FROM {table} l WHERE l.article_id = of.article_id ORDER BY l.{column}
                ) AS ids FROM ({changed}) of
            ) now
            WHERE c.article_id = now.article_id AND c.{ids} <> now.ids;
            RETURN NULL;
        """
        return pgtrigger.Trigger(
            name=f"card_{name}", level=pgtrigger.Statement, when=pgtrigger.After, operation=operation,
            referencing=pgtrigger.Referencing(**seen), func=func,
        )  # fmt: skip

    new, old = "SELECT article_id FROM new_rows", "SELECT article_id FROM old_rows"
    return [
        trigger("insert", pgtrigger.Insert, f"{new} GROUP BY 1", new="new_rows"),
        trigger("update", pgtrigger.Update, f"{new} UNION {old}", new="new_rows", old="old_rows"),
        trigger("delete", pgtrigger.Delete, f"{old} GROUP BY 1", old="old_rows"),
    ]


ACTOR_TRIGGERS = _linked("articles_articleactor", "actor_id", "actor_ids")
BYLINE_TRIGGERS = _linked("articles_byline", "author_id", "author_ids")
ARTICLE_TRIGGERS = [
    pgtrigger.Trigger(
        name="make_card",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=f"""
            INSERT INTO articles_card ({COLUMNS}) SELECT {VALUES} FROM (SELECT NEW.*) a;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="keep_card",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("published", "published_not_before", "status", "source_id", "via_id", "language"),
        condition=pgtrigger.AnyChange("published", "published_not_before", "status", "source", "via", "language"),
        func=f"""
            UPDATE articles_card SET status = NEW.status, dated = coalesce(NEW.dated, '{UNDATED.isoformat()}'),
                source_id = NEW.source_id, via_id = NEW.via_id, language = NEW.language WHERE article_id = NEW.id;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="keep_card_search",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("title", "body", "language"),
        condition=pgtrigger.AnyChange("title", "body", "language"),
        func=f"""
            UPDATE articles_card SET search = {VECTOR.format(row="NEW")} WHERE article_id = NEW.id;
            RETURN NULL;
        """,
    ),
]


def parted(words: str) -> tuple[str, list[str]]:
    """Return the words that are asked for, and the words and quoted phrases that a minus stands before."""
    terms = [match[0] for match in TERM.finditer(words)]
    unwanted = [term[1:] for term in terms if term.startswith("-") and len(term) > 1]
    return " ".join(term for term in terms if not term.startswith("-")), unwanted


class AnyTsquery(SearchQuery):
    """What any of the text search configurations makes of `wanted`, without what any makes of each of `unwanted`.

    A function of the database: equal queries of several configurations are asked once there, for GIN weighs each.
    """

    def __init__(self, configs: list[str], wanted: str, unwanted: list[str]):
        super().__init__(wanted)
        self.function = "any_tsquery"
        texts = ArrayField(models.TextField())
        self.set_source_expressions([Value(configs, texts), Value(wanted), Value(unwanted, texts)])


class CardQuerySet(models.QuerySet["Card"]):
    def published(self) -> Self:
        """Cards of articles that readers may see."""
        return self.filter(status=Publication.PUBLISHED)

    def newest_first(self) -> Self:
        """Order by date, undated ones last; ties by order of accession."""
        return self.order_by("-dated", "-article")

    def matching(self, words: str, languages: list[str]) -> Self:
        """Cards of articles that hold `words`, as websearch_to_tsquery reads them: "quoted phrases", OR, -minus.

        Each language is asked in its own text search configuration; `languages` are those to ask. All are asked as one
        query, for then the index alone answers: what any of them finds, without what any of them takes away. Only
        words with both OR and a minus are asked language by language.
        """
        by_config: dict[str, list[str]] = {}
        for language in languages:
            by_config.setdefault(text_search_config(language), []).append(language)
        if not by_config:
            return self.none()

        wanted, unwanted = parted(words)
        if not unwanted or (wanted and "or" not in wanted.casefold().split()):
            return self.filter(search=AnyTsquery(list(by_config), wanted, unwanted))
        each = (
            Q(language__in=spoken, search=SearchQuery(words, config=config, search_type="websearch"))
            for config, spoken in by_config.items()
        )
        return self.filter(reduce(or_, each))


class Card(models.Model):
    """What questions ask of an article, in the narrowest row; kept by triggers, never written by hand."""

    article = models.OneToOneField("Article", models.CASCADE, primary_key=True, related_name="card")
    status = models.CharField(max_length=10, choices=Publication.choices)
    dated = models.DateField(help_text="The article's; the first of all days where it has none")
    source_id = models.BigIntegerField(null=True)
    via_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=8)
    actor_ids = ArrayField(models.BigIntegerField(), default=list)
    author_ids = ArrayField(models.BigIntegerField(), default=list)
    search = SearchVectorField(null=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("dated").desc(), F("article").desc(), name="card_dated", condition=Q(status=Publication.PUBLISHED)
            ),
            models.Index(
                F("source_id"), F("dated").desc(), F("article").desc(),
                name="card_source", condition=Q(status=Publication.PUBLISHED),
            ),
            models.Index(
                F("via_id"), F("dated").desc(), F("article").desc(),
                name="card_via", condition=Q(status=Publication.PUBLISHED, via_id__isnull=False),
            ),
            models.Index(
                F("language"), F("dated").desc(), F("article").desc(),
                name="card_language", condition=Q(status=Publication.PUBLISHED),
            ),
            # One index: words and actors asked together are found together, and no vector is read to make sure.
            GinIndex(fields=["search", "actor_ids", "author_ids"], name="card_words_and_people"),
        ]  # fmt: skip
        triggers = counting(counted(*HELD))

    def __str__(self) -> str:
        return f"card of {self.article_id}"
