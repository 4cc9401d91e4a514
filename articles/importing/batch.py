"""Keep a batch of documents: their bytes first, then what was read of them, each on record with its outcome."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models.fields.json import KT
from django.utils import timezone

from articles.importing.coded import keep
from articles.importing.families import by_index, link
from articles.importing.readers import Read
from articles.importing.store import store, store_new, values_of
from articles.models import Article, Document, ImportItem
from articles.reading.types import Reading
from articles.vocabulary import Outcome

log = logging.getLogger(__name__)

# Advisory locks of PostgreSQL, by a number of our own and one of the thing locked. A run holds its own for as long as
# its process lives, so that a run that was killed is known from one that works; storing is done by one process at a
# time, so that two versions of a work that arrive together find each other.
RUN, STORING = 0x0D16, 0x0D17

BROKEN = (ValueError, ArithmeticError, LookupError, TypeError, DataError, IntegrityError)


@dataclass(slots=True)
class Taken:
    """A document in hand: its record, its row once it is kept, what was read. `is_a_place`: see `Incoming`."""

    item: ImportItem
    is_a_place: bool
    document: Document | None = None
    read: Read | None = None
    again: bool = False  # its bytes came before in this run


def accession(raws: Sequence[tuple[bytes, str, str]]) -> list[Document]:
    """Return the documents that hold these bytes, kept now where they were not held before: (bytes, location, type).

    Bytes are named by their SHA-256 and kept before anything is tried.
    """
    keys = [hashlib.sha256(raw).hexdigest() for raw, *_ in raws]
    rows = {
        key: Document(sha256=key, raw=raw, size=len(raw), location=location, media_type=media_type)
        for key, (raw, location, media_type) in reversed(list(zip(keys, raws, strict=True)))
    }
    known = _documents(keys)
    if new := [row for key, row in rows.items() if key not in known]:
        Document.objects.bulk_create(new[::-1], ignore_conflicts=True)
        known = _documents(keys)
    return [known[key] for key in keys]


def _documents(keys: Sequence[str]) -> dict[str, Document]:
    return {row.sha256: row for row in Document.objects.filter(sha256__in=keys).defer("raw")}


def keep_batch(taken: Sequence[Taken], *, publish: bool, ids: dict[str, int]) -> list[ImportItem]:
    """Store what was read of a batch, and its records, in one transaction; return the records in their order.

    What can't be stored beside others is stored alone, and what can't be stored at all is put on record.
    """
    new = [one.item for one in taken if one.item._state.adding]
    try:
        return _kept(taken, publish=publish, ids=ids)
    except BROKEN as error:
        for item in new:  # what the failed transaction had given the records is gone with it
            item.pk, item._state.adding = None, True
        if len(taken) > 1:
            return [item for one in taken for item in keep_batch([one], publish=publish, ids=ids)]
        item = taken[0].item
        log.info("Storing %s failed", item.location, exc_info=True)
        item.outcome, item.article = Outcome.FAILED, None
        item.reason = f"the reader broke on it: {type(error).__name__}: {error}".replace("\x00", "\\x00")
        item.save()
        return [item]


@transaction.atomic
def _kept(taken: Sequence[Taken], *, publish: bool, ids: dict[str, int]) -> list[ImportItem]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [STORING])
    keys = [one.document.pk for one in taken if one.document]
    held = {row.pk: row for row in Document.objects.select_for_update().defer("raw").filter(pk__in=keys).order_by("pk")}
    for part in _apart(taken):
        _store(part, held, publish=publish, ids=ids)
    items = [one.item for one in taken]
    now = timezone.now()
    for item in items:
        item.at = now
    ImportItem.objects.bulk_create(item for item in items if item.pk is None)
    ImportItem.objects.bulk_update(
        (item for item in items if not item._state.adding), ["outcome", "reason", "article", "at"]
    )
    return items


def _apart(taken: Sequence[Taken]) -> Iterator[list[Taken]]:
    """Yield runs of documents that can be stored together: no two of one place, of one text, of the same bytes."""
    run: list[Taken] = []
    seen: set[object] = set()
    for one in taken:
        marks: set[object] = {one.item.location} if one.is_a_place else set()
        marks |= {one.document.pk} if one.document else set()
        marks |= {("text", _text(one.read.reading))} if one.read and one.read.reading else set()
        if marks & seen:
            yield run
            run, seen = [], set()
        run.append(one)
        seen |= marks
    if run:
        yield run


def _text(reading: Reading) -> str:
    return str(values_of(reading)["body"])


def _store(taken: Sequence[Taken], held: dict[int, Document], *, publish: bool, ids: dict[str, int]) -> None:
    """Say what each reading is to what we hold, after storing it as that.

    1. Its bytes were stored meanwhile, by another process.
    2. All its values, text included, are those of an article we hold: a duplicate.
    3. Another document came from the same place before: the article's new text.
    4. Otherwise a new article, and perhaps a version of a work.
    """
    twins, places = _twins(taken), _places(taken)
    new: list[tuple[Taken, Reading]] = []
    for one in taken:
        document = held.get(one.document.pk) if one.document else None
        if one.read is None or one.read.wrong or document is None or one.read.reading is None:
            if one.read is not None and one.read.wrong:
                one.item.outcome, one.item.reason = Outcome.FAILED, one.read.wrong.replace("\x00", "\\x00")
            continue
        one.document, reading = document, one.read.reading
        if document.article_id:
            one.item.outcome = Outcome.DUPLICATE if one.again else Outcome.UNCHANGED
            one.item.article_id = document.article_id
        elif twin := next((row for row in twins.get(_text(reading), ()) if row.as_read == values_of(reading)), None):
            _keep(one, Outcome.DUPLICATE, twin)
        elif one.is_a_place and (former := places.get(one.item.location)):
            _keep(one, Outcome.UPDATED, store(reading, actor_ids=ids, article=former))
            link(former)
        else:
            new.append((one, reading))
    for (one, _), article in zip(
        new, store_new([each for _, each in new], actor_ids=ids, publish=publish), strict=True
    ):
        _keep(one, Outcome.CREATED, article)
    with by_index():
        for one, _ in new:
            if one.item.article:
                link(one.item.article, new=True)
    Document.objects.bulk_update(
        (one.document for one in taken if one.document and one.document.article_id),
        ["article", "media_type", "encoding"],
    )


def _keep(one: Taken, outcome: Outcome, article: Article) -> None:
    """Say what became of a document that is an article's."""
    assert one.read and one.read.reading and one.document  # noqa: S101 - it was read
    if one.read.coded:
        keep(article, one.read.coded)
    one.item.outcome, one.item.article = outcome, article
    one.document.article = article
    one.document.media_type, one.document.encoding = one.read.reading.media_type, one.read.reading.encoding


def _twins(taken: Sequence[Taken]) -> dict[str, list[Article]]:
    """Return the articles that were read with the same text, by its digest."""
    digests = {_text(one.read.reading) for one in taken if one.read and one.read.reading}
    found: dict[str, list[Article]] = {}
    rows = Article.objects.annotate(text=KT("as_read__body")).filter(text__in=digests) if digests else ()
    for row in rows:
        found.setdefault(row.as_read["body"], []).append(row)
    return found


def _places(taken: Sequence[Taken]) -> dict[str, Article]:
    """Return the articles whose latest document came from the places of these, by place."""
    places = {one.item.location for one in taken if one.is_a_place}
    rows = Document.objects.filter(location__in=places, article__isnull=False).defer("raw").order_by("pk")
    return {row.location: row.article for row in rows.select_related("article") if row.article}
