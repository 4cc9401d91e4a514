"""Import documents: each on its own, each in one transaction, each on record with its outcome."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from articles.importing.accession import accession
from articles.importing.authority import actor_ids, names_for_reading
from articles.importing.coded import keep
from articles.importing.families import candidates, link
from articles.importing.opening import open_document, read_document
from articles.importing.sources.files import Incoming, printable
from articles.importing.store import store, values_of
from articles.models import Article, Document, ImportItem, ImportRun
from articles.models.flow import blocks
from articles.reading import fingerprint
from articles.reading.actors import Names
from articles.reading.types import Hints, Reading, UnreadableDocument
from articles.vocabulary import Outcome

log = logging.getLogger(__name__)

# Advisory locks of PostgreSQL, by a number of our own and one of the thing locked. A run holds its own for as long as
# its process lives, so that a run that was killed is known from one that works; storing is done by one process at a
# time, so that two versions of a work that arrive together find each other.
RUN, STORING = 0x0D16, 0x0D17

AS_IMPORTED = "Published as it was imported."  # the reason why an article is shown against which something speaks


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of an import beside its documents."""

    publish: bool = False
    source: str | None = None
    language: str | None = None

    def hints(self, incoming: Incoming) -> Hints:
        media_type = incoming.media_type or None
        return Hints(name=incoming.name, media_type=media_type, source=self.source, language=self.language)


def read_only(documents: Iterable[Incoming], options: Options) -> Iterator[tuple[Incoming, Reading | str, Names]]:
    """Read documents and store nothing: yield each with its Reading, or with what was wrong with it."""
    names = names_for_reading()
    for incoming in documents:
        try:
            opened = open_document(incoming.fetch(), options.hints(incoming))
            yield incoming, read_document(opened, names=names), names
        except (UnreadableDocument, OSError) as error:
            yield incoming, _reason(error), names


def import_documents(documents: Iterable[Incoming], options: Options, *, run: ImportRun) -> Iterator[ImportItem]:
    """Import documents one by one; yield the record of each.

    Whatever is wrong with a document ends that document only. After a kill, the same call does what was missing.
    """
    names, ids, seen = names_for_reading(), actor_ids(), set[int]()
    for incoming in documents:
        item = ImportItem(run=run, location=incoming.location)
        try:
            _import_one(item, incoming, options, names=names, ids=ids, seen=seen)
        except (UnreadableDocument, OSError) as error:
            _fail(item, _reason(error))
        except (ValueError, ArithmeticError, LookupError, TypeError, DataError, IntegrityError) as error:
            log.info("Reading %s failed", incoming.location, exc_info=True)
            _fail(item, f"the reader broke on it: {type(error).__name__}: {error}")
        yield item


def _import_one(
    item: ImportItem, incoming: Incoming, options: Options, *, names: Names, ids: dict[str, int], seen: set[int]
) -> None:
    """Import one document into `item`: accession, reading, storing."""
    raw = incoming.fetch()
    document = item.document = accession(raw, location=incoming.location, media_type=incoming.media_type)
    again = document.pk in seen
    seen.add(document.pk)
    if document.article_id:
        _record(item, Outcome.DUPLICATE if again else Outcome.UNCHANGED, document.article)
        return
    opened = open_document(raw, options.hints(incoming))
    reading = read_document(opened, names=names)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [STORING])
        document = item.document = Document.objects.select_for_update().defer("raw").get(pk=document.pk)
        if document.article_id:  # another process was quicker
            _record(item, Outcome.UNCHANGED, document.article)
            return
        outcome, article = _place(reading, incoming, options, ids)
        if opened.coded:
            keep(article, opened.coded)
        _record(item, outcome, article)
        document.article, document.media_type, document.encoding = item.article, reading.media_type, reading.encoding
        document.save(update_fields=["article", "media_type", "encoding"])


def _place(reading: Reading, incoming: Incoming, options: Options, ids: dict[str, int]) -> tuple[Outcome, Article]:
    """Return what a reading is to what we hold, after storing it as that.

    1. All its values, text included, are those of an article we hold: a duplicate.
    2. Another document came from the same place before: the article's new text.
    3. Otherwise a new article, and perhaps a version of a work.
    """
    alike = candidates(fingerprint.sketch(reading.body))
    # 1. a duplicate
    values = values_of(reading)
    if twin := next((article for article in alike if article.as_read == values), None):
        return Outcome.DUPLICATE, twin
    # 2. a new text of an article
    former = Article.objects.filter(documents__location=incoming.location).order_by("-documents__pk").first()
    if former and incoming.is_a_place:
        article = store(reading, actor_ids=ids, article=former)
        link(article)
        return Outcome.UPDATED, article
    # 3. a new article
    article = store(reading, actor_ids=ids)
    if options.publish:
        against = blocks(Article.objects.with_blocks().only("pk").get(pk=article.pk))
        article.publish(AS_IMPORTED if against else "")
    link(article, alike)
    return Outcome.CREATED, article


def _record(item: ImportItem, outcome: Outcome, article: Article | None) -> None:
    item.outcome, item.article = outcome, article
    item.save()


def _fail(item: ImportItem, reason: str) -> None:
    # What the failed transaction had given the record is gone with it.
    item.pk, item.article, item.outcome, item.reason = None, None, Outcome.FAILED, reason.replace("\x00", "\\x00")
    item.save()


def _reason(error: Exception) -> str:
    """Return what was wrong in words for people: an OSError without its number and path."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


@contextmanager
def on_record(paths: Iterable[str], *, user: User | None = None) -> Iterator[ImportRun]:
    """Put a run on record, finished where its block ends well; mark those whose process is gone as interrupted.

    The run's lock is held by a transaction that does nothing else, on a connection of its own: PgBouncer may give each
    transaction another session, and what a session locks would stay locked when the run is over.
    """
    keeper = connection.copy()
    keeper.settings_dict["OPTIONS"].pop("pool", None)  # a pool of one has no second connection to give
    try:
        with keeper.cursor() as cursor:
            for former in ImportRun.objects.filter(finished_at=None, interrupted=False):
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [RUN, former.pk])
                if cursor.fetchone()[0]:
                    ImportRun.objects.filter(pk=former.pk).update(interrupted=True)
            run = ImportRun.objects.create(paths="\n".join(map(printable, paths)), user=user)
            keeper.set_autocommit(False)
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [RUN, run.pk])
        yield run
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
    finally:
        keeper.close()
