"""Add op-eds by hand: see what an import would make of them before it does.

The bytes are kept first, as every import does, and their records wait for a word. What is shown of a document is what
storing it brought about, looked at and undone: the outcome, the values, the statements and the family are those that
storing it then has.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.importing import enqueued
from articles.importing.run import Options, fetched
from articles.importing.sources import web
from articles.importing.sources.files import Incoming, printable
from articles.models import ImportItem, ImportRun
from articles.vocabulary import Outcome

MOST = 100  # documents of a file that are looked at one by one
NAMED = 60  # characters by which a pasted text is called


def pasted(text: str, address: str = "") -> Incoming:
    """Return a text or the source of a page that somebody pasted; `address`: where it stands, if that is known."""
    raw = text.encode("utf-8", "replace")
    if address:
        return web.page(address, web.Fetched(address, raw))
    opening = " ".join(text.split())[:NAMED]
    return Incoming("", printable(f"pasted: {opening}"), "", held=raw, numbered=True)


def take_in(documents: Iterable[Incoming], options: Options, user: User, asked: str) -> ImportRun:
    """Keep the bytes of up to `MOST` documents and put them on record, waiting for a word; return their run.

    Where there are more, it counts as interrupted.
    """
    run = ImportRun.objects.create(paths=printable(asked), user=user, options=asdict(options))
    source = iter(documents)
    for batch in fetched(islice(source, MOST), run):
        enqueued.put_on_record(batch)
    run.finished_at, run.interrupted = timezone.now(), next(source, None) is not None
    run.save(update_fields=["finished_at", "interrupted"])
    return run


def waiting(run: ImportRun) -> ImportItem | None:
    """Return the first document of a run that waits for a word."""
    return run.items.filter(outcome=Outcome.WAITING).order_by("pk").first()


@contextmanager
def rehearsed(item: ImportItem) -> Iterator[ImportItem]:
    """Store a waiting document for the time of the block: what came of it is there to be looked at, then undone."""
    with transaction.atomic():
        yield store(item)
        transaction.set_rollback(True)


def store(item: ImportItem) -> ImportItem:
    """Store a document if it still waits; return its record as it is then."""
    enqueued.work_off(item.run_id, item.pk, item.pk)
    return ImportItem.objects.select_related("article", "run").get(pk=item.pk)


def refuse(item: ImportItem, user: User) -> bool:
    """Say that a waiting document is not to be stored; its bytes stay. Return whether it waited."""
    told = {"outcome": Outcome.REFUSED, "reason": f"looked at and not stored by {user}", "at": timezone.now()}
    return bool(ImportItem.objects.filter(pk=item.pk, outcome=Outcome.WAITING).update(**told))
