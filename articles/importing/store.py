"""Store a Reading: the one function that turns what was read into rows, new or again.

What an editor changed is never overwritten: an article remembers its values as last read, and a value is only replaced
where it still is what the reader had given. Statements that people decided on are re-anchored in the new text;
suggestions nobody decided on make room for the new reading's.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import CharField, Model

from articles.importing.reanchor import reanchor
from articles.models import (
    Article,
    ArticleActor,
    Author,
    Byline,
    Candidate,
    CandidateMention,
    Claim,
    Mention,
    PolicyRecommendation,
    Reference,
    Source,
)
from articles.reading import anchors, fingerprint, reader, record, traces
from articles.reading.types import Claim as ReadClaim
from articles.reading.types import Reading, Recommendation
from articles.vocabulary import Origin, Review, SourceKind

SLUG_WORDS = 8  # of the opening, for an article whose title is not known
SAME_PASSAGE = 0.5  # a new suggestion that shares this much of its span with a decided statement is the same one


@transaction.atomic
def store(reading: Reading, *, actor_ids: dict[str, int], article: Article | None = None) -> Article:
    """Store a reading as a new article, or as the new text of `article`; return it.

    `actor_ids` maps the reader's actor keys to rows; a key that is not there is left out.
    """
    values, before = values_of(reading), article.as_read if article else {}
    if article is None:
        article = Article()
    editors_text = bool(before) and _digest(article.body) != before.get("body")
    _fill(article, values, before)
    if not editors_text:
        article.body, article.headings = reading.body, [span.start for span in reading.headings]
        article.words = len(fingerprint.words(reading.body))
        article.sketch = list(fingerprint.sketch(reading.body))
        article.traces = list(traces.features(_traces(reading, actor_ids)))
    article.as_read, article.reader_version = values, reader.VERSION
    article.evidence = record.evidence(reading)
    if not article.slug:
        article.slug = Article.free_slug(reading.title or " ".join(reading.body.split()[:SLUG_WORDS]))
    article.save()
    if not before or [byline.name for byline in article.bylines.all()] == [name for name, *_ in before["authors"]]:
        _store_bylines(article, reading, actor_ids)
    _store_references(article, reading)
    if not editors_text:
        _store_mentions(article, reading, actor_ids)
        _store_candidates(article, reading)
        reanchor(article)
        _store_statements(article, reading, actor_ids)
    return article


def values_of(reading: Reading) -> dict[str, Any]:
    """Return what was read, as plain values: by these a later reading and an editor's change are told apart."""
    published = reading.published
    return {
        "title": reading.title or "",
        "language": reading.language or "",
        "source": reading.source or "",
        "via": reading.via or "",
        "url": reading.url or "",
        "published": published.value.isoformat() if published else None,
        "published_precision": str(published.precision) if published else "",
        "published_provenance": str(published.provenance) if published else "",
        "published_not_before": reading.published_not_before.isoformat() if reading.published_not_before else None,
        "truncated": reading.truncated,
        "authors": [[author.name, author.rank or "", author.affiliation or ""] for author in reading.authors],
        "body": _digest(reading.body),
    }


def _traces(reading: Reading, actor_ids: dict[str, int]) -> traces.Traces:
    named = [(actor_ids[one.actor], one.start, one.end) for one in reading.mentions if one.actor in actor_ids]
    return traces.traces(reading.body, mentions=named, addresses=[one.url or "" for one in reading.references])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _fill(article: Article, values: dict[str, Any], before: dict[str, Any]) -> None:
    """Set each value that is new or still is as it was last read."""
    for field in ("title", "language", "url", "truncated"):
        if not before or getattr(article, field) == before[field]:
            setattr(article, field, values[field])
    for field in ("source", "via"):
        held = getattr(article, field)
        if not before or (held.name if held else "").casefold() == before[field].casefold():
            setattr(article, field, source_named(values[field], aggregator=field == "via"))
    dates = ("published", "published_precision", "published_provenance", "published_not_before")
    if not before or all(str(getattr(article, f) or "") == str(before[f] or "") for f in dates):
        for field in dates:
            value = values[field]
            is_date = field in {"published", "published_not_before"} and value
            setattr(article, field, date.fromisoformat(value) if is_date else value)


def source_named(name: str, *, aggregator: bool = False) -> Source | None:
    """Return the source of this name, made now if there is none; None for no name."""
    if not name:
        return None
    name = fitting(Source, "name", name)
    kind = SourceKind.AGGREGATOR if aggregator else SourceKind.OTHER
    return Source.objects.named(name) or Source.objects.create(name=name, slug=Source.free_slug(name), kind=kind)


def author_named(name: str) -> Author:
    """Return the author of this name, made now if there is none."""
    name = fitting(Author, "name", name)
    return Author.objects.named(name) or Author.objects.create(name=name, slug=Author.free_slug(name))


def fitting(model: type[Model], field: str, text: str | None) -> str:
    """Return text cut to what a field of `model` holds: a page run together may print an affiliation of any length."""
    return (text or "")[: cast("CharField", model._meta.get_field(field)).max_length]


def _store_bylines(article: Article, reading: Reading, actor_ids: dict[str, int]) -> None:
    article.bylines.all().delete()
    for position, author in enumerate(reading.authors, start=1):
        Byline.objects.create(
            article=article,
            author=author_named(author.name),
            position=position,
            name=fitting(Byline, "name", author.name),
            rank=fitting(Byline, "rank", author.rank),
            affiliation=fitting(Byline, "affiliation", author.affiliation),
            country_id=actor_ids.get(reading.country or "") if author.affiliation else None,
        )


def _store_references(article: Article, reading: Reading) -> None:
    article.references.all().delete()
    urls = {reference.url for reference in reading.references if reference.url}
    held = dict(Article.objects.filter(url__in=urls).exclude(pk=article.pk).values_list("url", "pk"))
    Reference.objects.bulk_create(
        Reference(
            article=article,
            position=position,
            label=fitting(Reference, "label", reference.label),
            text=reference.text,
            url=reference.url or "",
            repeats=reference.repeats + 1 if reference.repeats is not None else None,
            cited_id=held.get(reference.url or ""),
        )
        for position, reference in enumerate(reading.references, start=1)
    )


def _store_mentions(article: Article, reading: Reading, actor_ids: dict[str, int]) -> None:
    article.mentions.all().delete()
    Mention.objects.bulk_create(
        Mention(article=article, actor_id=actor_ids[mention.actor], start=mention.start, end=mention.end)
        for mention in reading.mentions
        if mention.actor in actor_ids
    )
    article.refresh_from_db(fields=["dated"])  # the database generates it
    ArticleActor.objects.recount(article)


def _store_candidates(article: Article, reading: Reading) -> None:
    """Propose whom the text names and no actor stands for; who was rejected before is not proposed again."""
    article.candidate_mentions.all().delete()
    found: list[CandidateMention] = []
    for one in reading.candidates:
        name = fitting(Candidate, "name", one.name)
        candidate = Candidate.objects.named(name) or Candidate.objects.create(
            name=name,
            kind=one.kind,
            rule=fitting(Candidate, "rule", one.rule),
            note=fitting(Candidate, "note", one.note),
        )
        if candidate.status == Review.SUGGESTED:
            found += [
                CandidateMention(article=article, candidate=candidate, start=span.start, end=span.end)
                for span in one.mentions
            ]
    CandidateMention.objects.bulk_create(found, ignore_conflicts=True)
    Candidate.objects.suggested().filter(mentions=None).delete()


def _store_statements(article: Article, reading: Reading, actor_ids: dict[str, int]) -> None:
    """Put the reading's suggestions in the place of those that nobody has touched."""
    article.claims.untouched().delete()
    article.recommendations.untouched().delete()

    def ids(keys: Iterable[str]) -> list[int]:
        return list(dict.fromkeys(actor_ids[key] for key in keys if key in actor_ids))

    decided: list[Any] = list(article.claims.all())
    for claim in (claim for claim in reading.claims if not _is_among(claim, decided)):
        about = ids(m.actor for m in reading.mentions if claim.start <= m.start and m.end <= claim.end)
        row = Claim.objects.create(
            **_anchored(article, claim),
            kind=claim.kind,
            claimant_id=actor_ids.get(claim.claimant or ""),
            claimant_text=fitting(Claim, "claimant_text", claim.claimant_text),
            voice=claim.voice,
        )
        row.actors.set(about)
    decided = list(article.recommendations.all())
    for told in (told for told in reading.recommendations if not _is_among(told, decided)):
        recommendation = PolicyRecommendation.objects.create(
            **_anchored(article, told),
            addressee_text=fitting(PolicyRecommendation, "addressee_text", told.addressee_text),
            action=told.action,
            modality=told.modality,
            negated=told.negated,
            instrument=told.instrument or "",
            recommender_id=actor_ids.get(told.recommender or ""),
            recommender_text=fitting(PolicyRecommendation, "recommender_text", told.recommender_text),
            voice=told.voice,
            condition=fitting(PolicyRecommendation, "condition", told.condition),
            deadline=fitting(PolicyRecommendation, "deadline", told.deadline),
        )
        recommendation.addressees.set(ids(told.addressees))
        recommendation.targets.set(ids(told.targets))


def _anchored(article: Article, statement: ReadClaim | Recommendation) -> dict[str, Any]:
    """Return the anchor and review fields of a suggestion, after checking that the passage stands there."""
    exact = article.body[statement.start : statement.end]
    if not exact.strip():
        raise ValueError(f"{statement.rule} quotes nothing at characters {statement.start} to {statement.end}")
    prefix, suffix = anchors.context(article.body, statement.start, statement.end)
    return {
        "article": article, "exact": exact, "prefix": prefix, "suffix": suffix, "start": statement.start,
        "end": statement.end, "origin": Origin.READER, "rule": statement.rule, "confidence": statement.confidence,
    }  # fmt: skip


def _is_among(statement: ReadClaim | Recommendation, decided: list[Any]) -> bool:
    """Return whether people have decided on this passage before: what they rejected is not offered again."""

    def shared(other: Any) -> float:
        common = min(statement.end, other.end) - max(statement.start, other.start)
        return common / max(statement.end - statement.start, other.end - other.start)

    return any(shared(other) >= SAME_PASSAGE for other in decided)
