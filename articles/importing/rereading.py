"""Read again what is held: documents with the present reader, each article in one transaction, what changed on record.

What people said stays: `store` keeps their values and re-anchors their statements. An article in which nothing would
change is left as it is, but for the reader's version. How far a re-reading is stands in the same transaction as the
article, so one that was killed goes on where it was.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from articles.enqueueing import enqueue
from articles.importing.authority import actor_ids, names_for_reading
from articles.importing.batch import STORING
from articles.importing.opening import hints_of, open_document, read_document
from articles.importing.store import store
from articles.models import KINDS, Article, Claim, Document, Rereading, RereadItem
from articles.reading import reader
from articles.reading.actors import Names
from articles.reading.types import UnreadableDocument
from articles.vocabulary import Outcome, Scope

log = logging.getLogger(__name__)

AHEAD = 500  # numbers of articles that are looked up at once
SILENT = {"reader_version", "updated_at", "as_read", "opening"}  # what follows from others, or is no reading
BROKEN = (UnreadableDocument, ValueError, ArithmeticError, LookupError, TypeError, DataError, IntegrityError)


class NoDocumentError(LookupError):
    """An article of which no document is held."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading an article again changed: how people's statements were found, and what else is otherwise."""

    found: dict[str, int]
    changes: dict[str, Any]


def ask(scope: Scope, user: User | None = None, chosen: Iterable[int] = ()) -> Rereading:
    """Have a worker read articles again; where the same waits to be begun, that is enough."""
    keys = sorted(chosen)
    with transaction.atomic():
        waits = Rereading.objects.going_on().filter(scope=scope, chosen=keys, read=0, to_read=None)
        asked = waits.first() or Rereading.objects.create(scope=scope, chosen=keys, asked_by=user)
        enqueue("reread", once=f"reread {asked.pk}", rereading_id=asked.pk)
    return asked


def cancel(asked: Rereading) -> bool:
    """End a re-reading before its end; what was read stays read. Return whether it was going on."""
    return bool(Rereading.objects.going_on().filter(pk=asked.pk).update(cancelled=True, ended_at=timezone.now()))


def unended(scope: Scope, chosen: Iterable[int] = ()) -> Rereading:
    """Return the re-reading that was begun like this and did not come to its end, or a new one."""
    asked = {"scope": scope, "chosen": sorted(chosen)}
    return Rereading.objects.going_on().filter(**asked).first() or Rereading.objects.create(**asked)


def to_read(scope: str, chosen: Iterable[int] = ()) -> QuerySet[Article]:
    """Return the articles of a scope of which a document is held."""
    rows = Article.objects.filter(Exists(Document.objects.filter(article=OuterRef("pk")))).order_by("pk")
    if scope == Scope.OUTDATED:
        return rows.exclude(reader_version=reader.VERSION)
    return rows.filter(pk__in=list(chosen)) if scope == Scope.CHOSEN else rows


def go_on(asked: Rereading) -> Iterator[RereadItem | None]:
    """Go on with a re-reading to its end; yield for each article its record, None where nothing changed.

    It stops where it was cancelled, or where another process goes on with it.
    """
    names, ids = names_for_reading(), actor_ids()
    rows = to_read(asked.scope, asked.chosen)
    if asked.to_read is None:
        asked.to_read = rows.count()
        asked.save(update_fields=["to_read"])
    while keys := list(rows.filter(pk__gt=asked.place).values_list("pk", flat=True)[:AHEAD]):
        for key in keys:
            item = RereadItem(rereading=asked, article_id=key)
            try:
                with transaction.atomic():
                    _fill(item, reread(key, names=names, ids=ids))
                    here = _step(asked, key)
            except BROKEN as error:
                if not isinstance(error, UnreadableDocument | NoDocumentError):
                    log.info("Reading article %s again failed", key, exc_info=True)
                item.pk, item.outcome, item.reason = None, Outcome.FAILED, _reason(error)
                with transaction.atomic():
                    item.save()
                    here = _step(asked, key)
            if not here:
                return
            yield item if item.pk else None
    asked.ended_at = timezone.now()
    Rereading.objects.going_on().filter(pk=asked.pk).update(ended_at=asked.ended_at)


def _fill(item: RereadItem, done: Reread) -> None:
    if done.changes:
        item.outcome, item.found, item.changes = Outcome.UPDATED, done.found, done.changes
        item.save()


def _step(asked: Rereading, key: int) -> bool:
    """Say that an article was read; return whether it was this process's turn, else nothing of it is kept."""
    rows = Rereading.objects.going_on().filter(pk=asked.pk, place=asked.place)
    if not rows.update(place=key, read=F("read") + 1):
        transaction.set_rollback(True)
        return False
    asked.place, asked.read = key, asked.read + 1
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, UnreadableDocument | NoDocumentError):
        return str(error.args[0])
    return f"the reader broke on it: {type(error).__name__}: {error}".replace("\x00", "\\x00")


def rehearse(scope: Scope, chosen: Iterable[int] = ()) -> Iterator[tuple[int, Reread | str]]:
    """Read articles again and keep nothing of it; yield each one's number with what would change, or what is wrong."""
    names, ids = names_for_reading(), actor_ids()
    for key in to_read(scope, chosen).values_list("pk", flat=True).iterator(chunk_size=AHEAD):
        try:
            with transaction.atomic():
                done = reread(key, names=names, ids=ids)
                transaction.set_rollback(True)
            yield key, done
        except BROKEN as error:
            yield key, _reason(error)


def reread(key: int, *, names: Names, ids: dict[str, int]) -> Reread:
    """Read an article's newest document again and store what was read; return what changed.

    Raises UnreadableDocument, and NoDocumentError where there is nothing to read.
    """
    document = Document.objects.filter(article=key).order_by("-received_at", "-pk").first()
    if document is None:
        raise NoDocumentError("no document of it is held")
    said = Article.objects.values_list("evidence", flat=True).get(pk=key)
    opened = open_document(bytes(document.raw), hints_of(document, **_hinted(said)))
    reading = read_document(opened, names=names)
    with transaction.atomic(), pghistory.context(reread=reader.VERSION):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [STORING])
        article = Article.objects.select_for_update(of=("self",)).get(pk=key)
        before, former = _state(key), article.as_read
        with transaction.atomic():
            store(reading, actor_ids=ids, article=article)
            changes = _changes(before, _state(key), former, article.as_read)
            if not changes:
                transaction.set_rollback(True)
        if not changes:
            Article.objects.filter(pk=key).update(reader_version=reader.VERSION)
        kept: list[Any] = [*article.claims.all(), *article.recommendations.all()]
        untouched = {*article.claims.untouched(), *article.recommendations.untouched()}
        return Reread(dict(Counter(one.verdict for one in kept if one not in untouched)), changes)


def _hinted(evidence: dict[str, Any]) -> dict[str, str]:
    """Return what was said of a document when it came in, and stands neither in its bytes nor beside them."""
    hinted = {}
    for field in ("source", "language"):
        first = next(iter(evidence.get(field) or ()), None)
        if first and first["rule"] == f"hint.{field}":
            hinted[field] = first["value"]
    return hinted


def _state(key: int) -> dict[str, Any]:
    """Return all that a reading says of an article, to be compared."""
    article = Article.objects.filter(pk=key)
    (fields,) = article.values()
    state: dict[str, Any] = {"fields": fields}
    row = article.only("pk").get()
    state["bylines"] = list(row.bylines.values_list("position", "author", "name", "rank", "affiliation", "country"))
    state["references"] = list(row.references.order_by("position").values_list("position", "label", "text", "url"))
    state["mentions"] = set(row.mentions.values_list("actor", "start", "end"))
    state["candidates"] = set(row.candidate_mentions.values_list("candidate__name", "start", "end"))
    state["suggestions"], state["statements"] = set(), {}
    for kind, model in KINDS.items():
        links = ("actors",) if model is Claim else ("addressees", "targets")
        content = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]
        untouched = set(model.objects.filter(article=key).untouched().values_list("pk", flat=True))
        for one in model.objects.filter(article=key).prefetch_related(*links):
            if one.pk in untouched:
                linked = (tuple(sorted(actor.pk for actor in getattr(one, link).all())) for link in links)
                state["suggestions"].add((kind, *(getattr(one, name) for name in content), *linked))
            else:
                state["statements"][kind, one.pk] = (one.start, one.end, one.exact, one.verdict, one.doubted)
    return state


def _changes(
    before: dict[str, Any], after: dict[str, Any], former: dict[str, Any], read: dict[str, Any]
) -> dict[str, Any]:
    """Return what differs: `fields` by name, `kept` where an editor's value stood, the rest counted."""
    old, new = before["fields"], after["fields"]
    fields = sorted(name.removesuffix("_id") for name in old if name not in SILENT and old[name] != new[name])
    out: dict[str, Any] = {"fields": fields} if fields else {}
    if kept := sorted(name for name in read if read[name] != former.get(name) and name not in fields):
        out["kept"] = kept
    for name in ("bylines", "references"):
        if before[name] != after[name]:
            out[name] = len(after[name])
    for name in ("mentions", "candidates", "suggestions"):
        if before[name] != after[name]:
            out[name] = [len(after[name] - before[name]), len(before[name] - after[name])]
    if moved := sum(before["statements"].get(key) != value for key, value in after["statements"].items()):
        out["statements"] = moved
    return out
