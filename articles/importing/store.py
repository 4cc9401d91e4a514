"""Store readings: what turns what was read into rows, new ones together, or one again.

What an editor changed is never overwritten: an article remembers its values as last read, and a value is only replaced
where it still is what the reader had given. Statements that people decided on are re-anchored in the new text;
suggestions nobody decided on make room for the new reading's.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from articles.importing import rows
from articles.importing.reanchor import reanchor
from articles.importing.rows import Held, Statements
from articles.models import Article, ArticleActor, Byline, Candidate, Claim, Mention, PolicyRecommendation, Reference
from articles.reading import fingerprint, reader, record, traces
from articles.reading.types import Reading
from articles.vocabulary import Publication

AS_IMPORTED = "Published as it was imported."  # the reason why an article is shown against which something speaks
SLUG_WORDS = 8  # of the opening, for an article whose title is not known


@transaction.atomic
def store_new(readings: Sequence[Reading], *, actor_ids: dict[str, int], publish: bool = False) -> list[Article]:
    """Store readings as new articles, all together, shown to readers with `publish`; return them in the same order.

    `actor_ids` maps the reader's actor keys to rows; a key that is not there is left out.
    """
    if not readings:
        return []
    held, cited = Held.of(readings), rows.cited_by(readings)
    articles = [_filled(Article(), reading, held, actor_ids) for reading in readings]
    for article, reading in zip(articles, readings, strict=True) if publish else ():
        article.status = Publication.PUBLISHED
        against = article.published is None or article.source is None or reading.claims or reading.recommendations
        article.nonetheless = AS_IMPORTED if against else ""
    for article, slug in zip(articles, Article.free_slugs([_named(reading) for reading in readings]), strict=True):
        article.slug = slug
    Article.objects.bulk_create(articles)
    pairs = list(zip(articles, readings, strict=True))
    Byline.objects.bulk_create(line for pair in pairs for line in rows.bylines(*pair, actor_ids, held))
    Reference.objects.bulk_create(one for pair in pairs for one in rows.references(*pair, cited))
    mentioned = [rows.mentions(*pair, actor_ids) for pair in pairs]
    Mention.objects.bulk_create(one for each in mentioned for one in each)
    counted = (rows.counted(article, each) for article, each in zip(articles, mentioned, strict=True))
    ArticleActor.objects.bulk_create(row for each in counted for row in each)
    rows.keep_candidates(pairs)
    statements = Statements()
    for pair in pairs:
        statements.add(*pair, actor_ids)
    statements.write()
    return articles


@transaction.atomic
def store(reading: Reading, *, actor_ids: dict[str, int], article: Article) -> Article:
    """Store a reading as the new text of an article that is held; return it."""
    before, held = article.as_read, Held.of([reading])
    editors_text = bool(before) and _digest(article.body) != before.get("body")
    _filled(article, reading, held, actor_ids, before, editors_text=editors_text)
    article.save()
    if not before or [byline.name for byline in article.bylines.all()] == [name for name, *_ in before["authors"]]:
        article.bylines.all().delete()
        Byline.objects.bulk_create(rows.bylines(article, reading, actor_ids, held))
    article.references.all().delete()
    cited = {url: key for url, key in rows.cited_by([reading]).items() if key != article.pk}
    Reference.objects.bulk_create(rows.references(article, reading, cited))
    if not editors_text:
        article.mentions.all().delete()
        Mention.objects.bulk_create(rows.mentions(article, reading, actor_ids))
        article.refresh_from_db(fields=["dated"])  # the database generates it
        ArticleActor.objects.recount(article)
        article.candidate_mentions.all().delete()
        rows.keep_candidates([(article, reading)])
        Candidate.objects.suggested().filter(mentions=None).delete()
        article.claims.untouched().delete()
        article.recommendations.untouched().delete()
        reanchor(article)
        _restate(article, reading, actor_ids)
    return article


def _restate(article: Article, reading: Reading, actor_ids: dict[str, int]) -> None:
    """Put the reading's suggestions in the place of those that nobody has touched."""
    decided, told = Claim.objects.filter(article=article), PolicyRecommendation.objects.filter(article=article)
    statements = Statements()
    statements.add(article, reading, actor_ids, list(decided), list(told))
    statements.write()


def _filled(
    article: Article,
    reading: Reading,
    held: Held,
    actor_ids: dict[str, int],
    before: dict[str, Any] | None = None,
    *,
    editors_text: bool = False,
) -> Article:
    """Give an article what was read, but for what an editor changed since it was last `before`."""
    values = values_of(reading)
    _fill(article, values, before or {}, held)
    if not editors_text:
        article.body, article.headings = reading.body, [span.start for span in reading.headings]
        article.words = len(fingerprint.words(reading.body))
        article.sketch = list(fingerprint.sketch(reading.body))
        article.traces = list(traces.features(_traces(reading, actor_ids)))
    article.as_read, article.reader_version = values, reader.VERSION
    article.evidence = record.evidence(reading)
    return article


def _named(reading: Reading) -> str:
    """Return what an article's address is made of: its title, or how its text opens."""
    return reading.title or " ".join(reading.body.split()[:SLUG_WORDS])


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


def _fill(article: Article, values: dict[str, Any], before: dict[str, Any], held_names: Held) -> None:
    """Set each value that is new or still is as it was last read."""
    for field in ("title", "language", "url", "truncated"):
        if not before or getattr(article, field) == before[field]:
            setattr(article, field, values[field])
    for field in ("source", "via"):
        held = getattr(article, field)
        if not before or (held.name if held else "").casefold() == before[field].casefold():
            setattr(article, field, held_names.source(values[field], aggregator=field == "via"))
    dates = ("published", "published_precision", "published_provenance", "published_not_before")
    if not before or all(str(getattr(article, f) or "") == str(before[f] or "") for f in dates):
        for field in dates:
            value = values[field]
            is_date = field in {"published", "published_not_before"} and value
            setattr(article, field, date.fromisoformat(value) if is_date else value)
