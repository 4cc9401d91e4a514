"""What lists show of articles and statements: each a row of plain values, a page of them in one statement.

Model objects and their prefetched relations took three times as long as the database: a page's rows come here as one
answer, links and by-lines gathered beside them by the database itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.db import connections, router
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from articles.filters import with_headline
from articles.models import Article, Claim, PolicyRecommendation
from articles.models.article import LEAD, opening_words
from articles.models.statement import printed_sql
from articles.vocabulary import VERBATIM, Dimension, Publication, Review

ASKS = 3  # recommendations that a row shows
STAND_IN = "*"  # for a slug, in an address made once


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that has a page; an empty address where it has none."""

    name: str
    address: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Who is told to do what, in short."""

    addressees: list[Named]
    addressee_text: str
    action: str
    negated: bool
    is_suggestion: bool


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list. `bylines`: (name, affiliation) as printed; `asked`, `claimed`: how many it has to show."""

    pk: int
    address: str
    title: str
    opening_words: str
    language: str
    published: date | None
    published_precision: str
    published_not_before: date | None
    relation: str
    source: Named | None
    via: Named | None
    bylines: list[tuple[str, str]]
    reach: int = 0  # other places that print the same words
    lead: str = ""
    asks: Sequence[Ask] = ()
    asked: int = 0
    claimed: int = 0
    headline: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A claim or a recommendation, as a list or the margin of its article shows it."""

    pk: int
    short_name: str
    start: int
    end: int
    exact: str
    status: str
    voice: str
    nature: str  # a claim's kind, how strongly a recommendation obliges
    speaker: Named | None  # who says so, where it is not the author
    article: ArticleRow | None
    addressees: Sequence[Named] = ()
    addressee_text: str = ""
    action: str = ""
    negated: bool = False
    targets: Sequence[Named] = ()
    instrument: str = ""
    terms: Sequence[str] = ()  # its condition and its deadline, as printed

    @property
    def fragment(self) -> str:
        """The name of its passage in the article's page."""
        return f"{self.short_name}-{self.pk}"

    @property
    def is_suggestion(self) -> bool:
        return self.status == Review.SUGGESTED


def named(kind: str, name: str | None, slug: str | None) -> Named | None:
    """Return what has the page `kind` of this slug; None where there is neither name nor slug."""
    if slug is None:
        return Named(name) if name else None
    return Named(name or slug, address(kind, slug), slug)


def address(kind: str, slug: str) -> str:
    """Return the address of the page `kind` of a slug."""
    return _pattern(kind, get_script_prefix(), get_language()).replace(STAND_IN, quote(slug), 1)


@lru_cache
def _pattern(kind: str, prefix: str, language: str | None) -> str:
    """Return the address of the page of any slug; reversing one anew takes longer than showing its row."""
    return reverse(kind, args=[STAND_IN])


# The rows

_ARTICLE = """
    a.id, a.slug, a.title, a.opening, a.language, a.published, a.published_precision, a.published_not_before,
    a.relation, s.slug, s.name, v.slug, v.name,
    (SELECT json_agg(json_build_array(b.name, b.affiliation) ORDER BY b.position)
     FROM articles_byline b WHERE b.article_id = a.id),
    (SELECT count(DISTINCT coalesce(o.source_id, -o.id)) FROM articles_article o
     WHERE o.work_id = a.work_id AND o.id <> a.id AND o.status = '{published}'
     AND a.relation IN ({verbatim}) AND o.relation IN ({verbatim})
     AND (o.source_id IS NULL OR o.source_id IS DISTINCT FROM a.source_id))
""".format(published=Publication.PUBLISHED, verbatim=", ".join(f"'{relation}'" for relation in VERBATIM))
_FROM = "LEFT JOIN articles_source s ON s.id = a.source_id LEFT JOIN articles_source v ON v.id = a.via_id"
_ACTORS = """
    (SELECT json_agg(json_build_array(x.name, x.slug) ORDER BY x.sort_key, x.id)
     FROM {table} l JOIN articles_actor x ON x.id = l.actor_id WHERE l.{key} = {row}.id)
"""
_ADDRESSEES = _ACTORS.format(table="articles_policyrecommendation_addressees", key="policyrecommendation_id", row="r")
_TARGETS = _ACTORS.format(table="articles_policyrecommendation_targets", key="policyrecommendation_id", row="r")
_CLAIM = "r.kind, r.claimant_text, x.slug, x.name"
_RECOMMENDATION = f"""
    r.modality, r.recommender_text, x.slug, x.name, {_ADDRESSEES}, r.addressee_text, r.action, r.negated, {_TARGETS},
    r.instrument, r.condition, r.deadline
"""


def article_rows(ids: list[int], words: str = "") -> list[ArticleRow]:
    """Return published articles in the order of `ids`; with `words` asked for, each with a headline that marks them."""
    shown = printed_sql("r")
    sql = f"""
        SELECT {_ARTICLE}, left(a.body, {LEAD}),
            (SELECT json_agg(json_build_array(r.addressees, r.addressee_text, r.action, r.negated, r.status))
             FROM (SELECT {_ADDRESSEES} AS addressees, r.addressee_text, r.action, r.negated, r.status
                   FROM articles_policyrecommendation r WHERE r.article_id = a.id AND {shown}
                   ORDER BY r.status, r.start LIMIT {ASKS}) r),
            (SELECT count(*) FROM articles_policyrecommendation r WHERE r.article_id = a.id AND {shown}),
            (SELECT count(*) FROM articles_claim r WHERE r.article_id = a.id AND {shown})
        FROM articles_article a {_FROM} WHERE a.id = ANY(%s)
    """
    marked = headlines(ids, words) if words else {}
    found = {}
    for row in _ask(Article, sql, ids):
        lead, asks, asked, claimed = row[15:]
        found[row[0]] = _article(
            row, lead=lead, asks=[_in_short(ask) for ask in asks or ()], asked=asked, claimed=claimed,
            headline=marked.get(row[0], ""),
        )  # fmt: skip
    return [found[key] for key in ids if key in found]


def headlines(ids: list[int], words: str) -> dict[int, str]:
    """Return what stands around `words` in articles, by id, with marks."""
    return dict(with_headline(Article.objects.filter(pk__in=ids).order_by(), words).values_list("pk", "headline"))


def claim_rows(ids: list[int], *, with_article: bool = True) -> list[StatementRow]:
    """Return claims in the order of `ids`."""
    sql = _statements("articles_claim", "claimant_id", _CLAIM, with_article=with_article)
    found = {row[0]: _claim(row) for row in _ask(Claim, sql, ids)}
    return [found[key] for key in ids if key in found]


def recommendation_rows(ids: list[int], *, with_article: bool = True) -> list[StatementRow]:
    """Return recommendations in the order of `ids`."""
    sql = _statements("articles_policyrecommendation", "recommender_id", _RECOMMENDATION, with_article=with_article)
    found = {row[0]: _recommendation(row) for row in _ask(PolicyRecommendation, sql, ids)}
    return [found[key] for key in ids if key in found]


def names(**ids: Iterable[int]) -> dict[tuple[str, int], Named]:
    """Return the names of actors, authors and sources, by kind and id: `names(actor=[1], source=[2])`."""
    tables = {
        Dimension.ACTOR: "articles_actor",
        Dimension.AUTHOR: "articles_author",
        Dimension.SOURCE: "articles_source",
    }
    wanted = {kind: list(keys) for kind, keys in ids.items() if keys}
    if not wanted:
        return {}
    sql = " UNION ALL ".join(
        f"SELECT '{Dimension(kind)}', id, name, slug FROM {tables[Dimension(kind)]} WHERE id = ANY(%s)"
        for kind in wanted
    )
    return {
        (kind, key): Named(name, address(kind, slug), slug)
        for kind, key, name, slug in _ask(Article, sql, *wanted.values())
    }


def _statements(table: str, speaker: str, columns: str, *, with_article: bool) -> str:
    article = f", {_ARTICLE}" if with_article else ""
    joined = f"JOIN articles_article a ON a.id = r.article_id {_FROM}" if with_article else ""
    return f"""
        SELECT r.id, r.start, r."end", r.exact, r.status, r.voice, {columns}{article}
        FROM {table} r LEFT JOIN articles_actor x ON x.id = r.{speaker} {joined} WHERE r.id = ANY(%s)
    """


def _ask(model: Any, sql: str, *given: list[int]) -> list[tuple[Any, ...]]:
    with connections[router.db_for_read(model)].cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def _article(row: Sequence[Any], **more: Any) -> ArticleRow:
    pk, slug, title, opening, language, published, precision, not_before, relation, *rest = row
    source_slug, source, via_slug, via, bylines, reach = rest[:6]
    return ArticleRow(
        pk=pk,
        address=address("article", slug),
        title=title,
        opening_words=opening_words(opening),
        language=language,
        published=published,
        published_precision=precision,
        published_not_before=not_before,
        relation=relation,
        source=named("source", source, source_slug),
        via=named("source", via, via_slug),
        bylines=bylines or [],
        reach=reach,
        **more,
    )


def _in_short(ask: Sequence[Any]) -> Ask:
    addressees, text, action, negated, status = ask
    return Ask(_actors(addressees), text, action, negated, status == Review.SUGGESTED)


def _actors(pairs: Sequence[tuple[str, str]] | None) -> list[Named]:
    return [Named(name, address("actor", slug), slug) for name, slug in pairs or ()]


def _claim(row: Sequence[Any]) -> StatementRow:
    pk, start, end, exact, status, voice, kind, said, slug, name, *article = row
    return StatementRow(
        pk, "claim", start, end, exact, status, voice, kind, named("actor", name or said, slug),
        _article(article) if article else None,
    )  # fmt: skip


def _recommendation(row: Sequence[Any]) -> StatementRow:
    pk, start, end, exact, status, voice, modality, said, slug, name, *more = row
    addressees, text, action, negated, targets, instrument, condition, deadline, *article = more
    return StatementRow(
        pk, "recommendation", start, end, exact, status, voice, f"{modality} not" if negated else modality,
        named("actor", name or said, slug), _article(article) if article else None,
        addressees=_actors(addressees), addressee_text=text, action=action, negated=negated, targets=_actors(targets),
        instrument=instrument, terms=[term for term in (condition, deadline) if term],
    )  # fmt: skip
