"""Rows as records that leave: flat, with stable addresses, dates with their precision, and where a quote stands."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from articles.models import Article, Claim, PolicyRecommendation
from articles.pages.rows import ArticleRow, StatementRow, article_rows, claim_rows, recommendation_rows

PIECE = 500  # rows that are held at a time
ARTICLE = ("published", "published_precision", "published_not_before", "language", "source", "authors")
STATEMENT = ("address", "quote", "start", "end", "anchor", "reviewed", "voice")
OF_ARTICLE = ("article", "article_title", *ARTICLE)
COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("address", "title", *ARTICLE, "taken_from", "original", "relation", "reviewed", "recommendations",
                 "claims"),
    "claims": (*STATEMENT, "kind", "claimant", "about", *OF_ARTICLE),
    "recommendations": (*STATEMENT, "addressees", "addressee_as_printed", "action", "modality", "negated",
                        "instrument", "targets", "conditions", "recommender", *OF_ARTICLE),
}  # fmt: skip


def records(room: str, ids: list[int], site: str) -> Iterator[dict[str, Any]]:
    """Yield the records of rows in the order of `ids`, holding `PIECE` of them; addresses begin with `site`."""
    of = {"articles": _articles, "claims": _claims, "recommendations": _recommendations}[room]
    for at in range(0, len(ids), PIECE):
        yield from of(ids[at : at + PIECE], site)


def _articles(ids: list[int], site: str) -> Iterator[dict[str, Any]]:
    read = {pk: (url, at) for pk, url, at in _values(Article, ids, "url", "reviewed_at")}
    for row in article_rows(ids):
        url, reviewed_at = read.get(row.pk, ("", None))
        yield {
            "address": site + row.address,
            "title": row.title,
            **_dated(row),
            "taken_from": row.via.name if row.via else "",
            "original": url,
            "relation": row.relation,
            "reviewed": reviewed_at is not None,
            "recommendations": row.asked,
            "claims": row.claimed,
        }


def _claims(ids: list[int], site: str) -> Iterator[dict[str, Any]]:
    verdicts = dict(_values(Claim, ids, "verdict"))
    about: dict[int, list[str]] = {}
    linked = Claim.actors.through.objects.filter(claim__in=ids).order_by("actor__sort_key", "actor_id")
    for pk, name in linked.values_list("claim_id", "actor__name"):
        about.setdefault(pk, []).append(name)
    for row in claim_rows(ids):
        yield {
            **_statement(row, site, verdicts.get(row.pk, "")),
            "kind": row.nature,
            "claimant": row.speaker.name if row.speaker else "",
            "about": about.get(row.pk, []),
            **_of_article(row, site),
        }


def _recommendations(ids: list[int], site: str) -> Iterator[dict[str, Any]]:
    verdicts = dict(_values(PolicyRecommendation, ids, "verdict"))
    for row in recommendation_rows(ids):
        yield {
            **_statement(row, site, verdicts.get(row.pk, "")),
            "addressees": [actor.name for actor in row.addressees],
            "addressee_as_printed": row.addressee_text,
            "action": row.action,
            "modality": row.nature.removesuffix(" not"),
            "negated": row.negated,
            "instrument": row.instrument,
            "targets": [actor.name for actor in row.targets],
            "conditions": list(row.terms),
            "recommender": row.speaker.name if row.speaker else "",
            **_of_article(row, site),
        }


def _values(model: Any, ids: list[int], *names: str) -> Any:
    return model.objects.filter(pk__in=ids).order_by().values_list("pk", *names)


def _statement(row: StatementRow, site: str, verdict: str) -> dict[str, Any]:
    return {
        "address": site + reverse(row.short_name, args=[row.pk]),
        "quote": row.exact,
        "start": row.start,
        "end": row.end,
        "anchor": verdict,
        "reviewed": not row.is_suggestion,
        "voice": row.voice,
    }


def _of_article(row: StatementRow, site: str) -> dict[str, Any]:
    article = row.article
    assert article is not None  # noqa: S101 - rows of lists come with theirs
    return {"article": site + article.address, "article_title": article.title, **_dated(article)}


def _dated(row: ArticleRow) -> dict[str, Any]:
    """Return when an article appeared, as far as it is known, where, in which language and by whom."""
    return {
        "published": row.published and row.published.isoformat(),
        "published_precision": row.published_precision,
        "published_not_before": row.published_not_before and row.published_not_before.isoformat(),
        "language": row.language,
        "source": row.source.name if row.source else "",
        "authors": [name for name, _ in row.bylines],
    }
