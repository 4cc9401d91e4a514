"""Import by workers: take the bytes in now, have them read and stored by whoever works, on any machine.

1. `take_in` keeps the bytes of each document and puts it on record as waiting; a job is put off for each batch.
2. `work_off` reads and stores a batch, as an import in one process does. What a worker was at when it was killed is
   taken in hand again, then document by document: the one whose reading ends a worker is set aside after `TRIES`.
3. A run that was cancelled is left alone; resumed, what still waits is put off anew. Both end in the same rows.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.enqueueing import enqueue
from articles.importing.authority import actor_ids, compiled_names
from articles.importing.batch import Taken, keep_batch
from articles.importing.opening import hints_of
from articles.importing.readers import TRIES, Read, read_one
from articles.importing.run import Batch, Options, fetched
from articles.importing.sources.files import Incoming, printable
from articles.models import Document, ImportItem, ImportRun
from articles.reading.actors import Names
from articles.vocabulary import Outcome

BATCH = 50  # documents of a job that goes on
LATELY = timedelta(minutes=2)  # for which a rate is told


def begin(paths: Iterable[str], options: Options) -> ImportRun:
    """Put a run for workers on record."""
    return ImportRun.objects.create(paths="\n".join(map(printable, paths)), enqueued=True, options=asdict(options))


def take_in(documents: Iterable[Incoming], run: ImportRun) -> int:
    """Keep the bytes of documents, and put off their reading; return how many wait.

    A batch is kept, on record and put off in one transaction: a kill loses none, and the same call begins anew.
    """
    waiting = 0
    for batch in fetched(documents, run):
        with transaction.atomic():
            if waits := [item.pk for item in put_on_record(batch) if item.outcome == Outcome.WAITING]:
                enqueue("read_documents", run_id=run.pk, first=waits[0], last=waits[-1])
        waiting += len(waits)
    _end(run)
    return waiting


def put_on_record(batch: Batch) -> list[ImportItem]:
    """Return the records of documents whose bytes are kept: waiting, but for those of which there is more to say."""
    items = [one.item for one, *_ in batch]
    for one, *_ in batch:
        one.item.is_a_place = one.is_a_place
        one.item.outcome = one.item.outcome or Outcome.WAITING
    return ImportItem.objects.bulk_create(items)


def work_off(run_id: int, first: int, last: int) -> int:
    """Read and store what still waits among these records of a run; return how many were done."""
    run = ImportRun.objects.filter(pk=run_id, cancelled_at=None).first()
    if run is None:
        return 0
    items = list(run.items.filter(outcome=Outcome.WAITING, pk__range=(first, last)).order_by("pk"))
    options, names, ids = Options(**run.options), compiled_names(), actor_ids()
    fresh = [item for item in items if not item.tried]
    _try(fresh)
    _keep(fresh, options, names, ids)
    for item in items:
        if item in fresh:
            continue
        if item.tried >= TRIES:
            item.outcome, item.reason = Outcome.FAILED, f"set aside: {TRIES} workers that read it ended"
            item.save(update_fields=["outcome", "reason"])
            continue
        _try([item])
        _keep([item], options, names, ids)
    _end(run)
    return len(items)


def _try(items: list[ImportItem]) -> None:
    """Put on record that these are taken in hand, before they are."""
    ImportItem.objects.filter(pk__in=[item.pk for item in items]).update(tried=F("tried") + 1)


def _keep(items: list[ImportItem], options: Options, names: Names, ids: dict[str, int]) -> None:
    if not items:
        return
    documents = Document.objects.in_bulk([item.document_id for item in items if item.document_id])
    taken = [_taken(item, documents[item.document_id or 0], options, names) for item in items]
    keep_batch(taken, publish=options.publish, ids=ids)


def _taken(item: ImportItem, document: Document, options: Options, names: Names) -> Taken:
    if document.article_id:
        item.outcome, item.article_id = Outcome.UNCHANGED, document.article_id
        return Taken(item, item.is_a_place, document)
    hints = hints_of(document, source=options.source, language=options.language)
    read: Read = read_one(bytes(document.raw), hints, names)
    return Taken(item, item.is_a_place, document, read)


def _end(run: ImportRun) -> None:
    """Say that a run is finished, once nothing of it waits."""
    unfinished = ImportRun.objects.filter(pk=run.pk, finished_at=None)
    if not run.items.filter(outcome=Outcome.WAITING).exists():
        unfinished.update(finished_at=timezone.now())


def cancel(run: ImportRun, user: AbstractBaseUser | AnonymousUser) -> None:
    """Have workers leave a run alone, from the next batch on."""
    ImportRun.objects.filter(pk=run.pk, finished_at=None, cancelled_at=None).update(cancelled_at=timezone.now())


def resume(run: ImportRun, user: AbstractBaseUser | AnonymousUser) -> int:
    """Have workers go on with a run that was cancelled, or whose jobs were lost; return how many documents wait."""
    with transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(cancelled_at=None)
        waits = list(run.items.filter(outcome=Outcome.WAITING).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(waits), BATCH):
            part = waits[start : start + BATCH]
            enqueue("read_documents", run_id=run.pk, first=part[0], last=part[-1])
    return len(waits)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents done and waiting, documents a minute of late, and when it will be done, if known."""

    done: int
    waiting: int
    rate: float
    left: timedelta | None

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return round(100 * self.done / max(self.done + self.waiting, 1))

    @property
    def in_words(self) -> str:
        """The time left: "3 minutes", "2 hours"."""
        minutes = (self.left or timedelta()) / timedelta(minutes=1)
        n, unit = (round(minutes / 60), "hour") if minutes >= 90 else (max(round(minutes), 1), "minute")
        return f"{n} {unit}{'s' if n != 1 else ''}"


def progress(run: ImportRun, now: datetime) -> Progress:
    """Return how far a run for workers is."""
    waiting = run.items.filter(outcome=Outcome.WAITING).count()
    done = run.items.exclude(outcome=Outcome.WAITING)
    span = min(LATELY, max(now - run.started_at, timedelta(seconds=1)))
    lately = done.filter(at__gt=now - span).count()
    rate = lately / (span / timedelta(minutes=1))
    left: Any = timedelta(minutes=waiting / rate) if rate and waiting and not run.cancelled_at else None
    return Progress(done.count(), waiting, rate, left)
