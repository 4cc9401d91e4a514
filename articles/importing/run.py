"""Import documents: a batch at a time, each document on its own, each on record with its outcome."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.importing.authority import actor_ids, entries_held, names_for_reading
from articles.importing.batch import RUN, Taken, accession, keep_batch
from articles.importing.opening import open_document, read_document
from articles.importing.readers import Readers, reading
from articles.importing.sources.files import Incoming, printable
from articles.models import ImportItem, ImportRun
from articles.reading.actors import Names
from articles.reading.types import Hints, Reading, UnreadableDocument
from articles.vocabulary import Outcome

BATCH = 50  # documents of one transaction
HELD = 8 * 2**20  # bytes of documents in hand; what is larger is a batch of its own


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of an import beside its documents. `workers`: processes that read, 0 for this one."""

    publish: bool = False
    source: str | None = None
    language: str | None = None
    workers: int = 0

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
    """Import documents; yield the record of each.

    Whatever is wrong with a document ends that document only. After a kill, the same call does what was missing.
    """
    ids = actor_ids()
    with reading(names_for_reading(), entries_held() if options.workers else (), options.workers) as readers:
        begun: list[tuple[list[Taken], list[object]]] = []
        for batch in fetched(documents, run):
            unread = (one for one in batch if not one[0].item.outcome)
            reads = readers.begin((raw, options.hints(incoming)) for _, incoming, raw in unread)
            begun.append(([one for one, *_ in batch], reads))
            if len(begun) > bool(options.workers):  # other processes read one batch while this one stores another
                yield from _finish(*begun.pop(0), readers, options, ids)
        for each in begun:
            yield from _finish(*each, readers, options, ids)


Batch = list[tuple[Taken, Incoming, bytes]]


def fetched(documents: Iterable[Incoming], run: ImportRun) -> Iterator[Batch]:
    """Yield documents with their bytes, a batch at a time, kept and on their records; what can't be fetched too."""
    source, last = iter(documents), set[int]()  # `last`: of the batch before, which may not be on record yet
    while batch := _fetch(source, run):
        there = [each for each in batch if not each[0].item.outcome]
        rows = accession([(raw, incoming.location, incoming.media_type) for _, incoming, raw in there])
        before = last | set(run.items.filter(document__in=rows).values_list("document", flat=True))
        for (one, _, _), document in zip(there, rows, strict=True):
            one.document = one.item.document = document
            one.again = document.pk in before
            before.add(document.pk)
            if document.article_id:
                one.item.outcome = Outcome.DUPLICATE if one.again else Outcome.UNCHANGED
                one.item.article_id = document.article_id
        last = {document.pk for document in rows}
        yield batch


def _fetch(source: Iterator[Incoming], run: ImportRun) -> Batch:
    batch: Batch = []
    size = 0
    for incoming in islice(source, BATCH):
        item, raw = ImportItem(run=run, location=incoming.location), b""
        try:
            raw = incoming.fetch()
        except OSError as error:
            item.outcome, item.reason = Outcome.FAILED, _reason(error).replace("\x00", "\\x00")
        batch.append((Taken(item, incoming.is_a_place), incoming, raw))
        size += len(raw)
        if size >= HELD:
            break
    return batch


def _finish(
    taken: list[Taken], begun: list[object], readers: Readers, options: Options, ids: dict[str, int]
) -> list[ImportItem]:
    """Wait for what was read of a batch, and store it."""
    for one, read in zip((one for one in taken if not one.item.outcome), readers.end(begun), strict=True):
        one.read = read
    return keep_batch(taken, publish=options.publish, ids=ids)


def _reason(error: Exception) -> str:
    """Return what was wrong in words for people: an OSError without its number and path."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


@contextmanager
def on_record(paths: Iterable[str], **known: Any) -> Iterator[ImportRun]:
    """Put a run on record, finished where its block ends well; mark those whose process is gone as interrupted.

    `known`: what else its row says, as whose it is.

    The run's lock is held by a transaction that does nothing else, on a connection of its own: PgBouncer may give each
    transaction another session, and what a session locks would stay locked when the run is over.
    """
    keeper = connection.copy()
    keeper.settings_dict["OPTIONS"].pop("pool", None)  # a pool of one has no second connection to give
    try:
        with keeper.cursor() as cursor:
            for former in ImportRun.objects.filter(finished_at=None, interrupted=False, enqueued=False):
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [RUN, former.pk])
                if cursor.fetchone()[0]:
                    ImportRun.objects.filter(pk=former.pk).update(interrupted=True)
            run = ImportRun.objects.create(paths="\n".join(map(printable, paths)), **known)
            keeper.set_autocommit(False)
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [RUN, run.pk])
        yield run
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
    finally:
        keeper.close()
