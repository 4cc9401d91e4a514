"""Poll feeds: ask each for what is new, and import it as any document is imported.

1. A feed is asked with what its server told last time, so that the answer may be that nothing changed.
2. Entries are known by their digest: those that were taken are left alone, and their pages are not asked for again.
3. An entry with its text is a document; of one that tells the beginning only, the page that it links to is.
4. What could not be had is tried again at the next polls; a feed that fails is asked ever less often.

A poll is on record as failed before it begins: a feed whose documents end their worker is left alone for a while too.
"""

import hashlib
import io
import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from django.db import transaction
from django.utils import timezone

from articles.enqueueing import enqueue
from articles.importing.run import Options, import_documents, on_record
from articles.importing.sources import web
from articles.importing.sources.formats import feeds
from articles.importing.sources.incoming import Incoming, printable
from articles.importing.sources.kinds import Held, buffered, said
from articles.importing.sources.network import NotFetched
from articles.models import Feed, ImportRun
from articles.reading.types import UnreadableDocument
from articles.vocabulary import Outcome, Polled

log = logging.getLogger(__name__)

TRIES = 3  # polls in which an entry's page is asked for before it is given up
PAGES = 100  # that one poll asks for, a second and more each; the next goes on
SELDOM = timedelta(days=1)  # from a failure to the next poll, at most
DOUBLED = 11  # times; a minute is more than a day then
BEGUN = "the poll began and has not come to its end"


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of a poll: its result, the import if it brought something, how many entries had which outcome."""

    result: Polled
    run: ImportRun | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    error: str = ""

    @property
    def failed(self) -> bool:
        """Whether the feed or any of its entries failed."""
        return self.result == Polled.FAILED or self.outcomes[Outcome.FAILED] > 0


def ask(chosen: Iterable[Feed]) -> int:
    """Have workers poll these feeds now; return how many."""
    rows = list(chosen)
    with transaction.atomic():
        Feed.objects.filter(pk__in=[feed.pk for feed in rows]).update(next_poll=timezone.now())
        return put_off(rows)


def put_off(due: Iterable[Feed]) -> int:
    """Put off a poll of each of these feeds, none of which is polled twice at once; return how many there are."""
    keys = [feed.pk for feed in due]
    for key in keys:
        enqueue("poll_feed", once=f"poll_feed:{key}", feed_id=key)
    return len(keys)


def poll(feed: Feed) -> Poll:
    """Ask a feed for what is new and import it; whatever is wrong with it is on record, not raised."""
    told = {name: getattr(feed, name) for name in ("etag", "last_modified", "entries", "failures")}
    known = told["entries"]
    _remember(feed, Poll(Polled.FAILED, error=BEGUN))
    try:
        fetched = web.fetch(feed.address, etag=told["etag"], last_modified=told["last_modified"])
        if fetched.unchanged:
            return _remember(feed, Poll(Polled.UNCHANGED))
        entries = _entries(feed, fetched)
        chosen = list(_chosen(feed, entries, known))
        came, missed = _import(feed, chosen) if chosen else (Poll(Polled.UNCHANGED), set())
    except Exception as error:  # whatever a library makes of a broken feed, other feeds are polled
        expected = isinstance(error, NotFetched | UnreadableDocument)
        if not expected:
            log.exception("Polling %s broke off", feed)
        feed.failures = told["failures"]
        return _remember(feed, Poll(Polled.FAILED, error=said(error) if expected else f"broke off: {said(error)}"))
    tried = {digest for digest, *_ in chosen}
    now = {
        digest: known.get(digest, 0) + 1 if digest in missed else 0 if digest in tried else known[digest]
        for digest in entries
        if digest in tried or digest in known
    }
    # With entries still to be had, the server is not to answer that nothing changed.
    settled = len(now) == len(entries) and all(tries in (0, TRIES) for tries in now.values())
    stamps = (fetched.etag, fetched.last_modified) if settled else ("", "")
    return _remember(feed, came, entries=now, etag=stamps[0], last_modified=stamps[1])


def _entries(feed: Feed, fetched: web.Fetched) -> dict[str, Incoming]:
    """Return the entries of a feed by digest. Raises UnreadableDocument for what is no feed."""
    name = printable(feed.address.partition("#")[0])
    found = feeds.of_any_form(Held(buffered(io.BytesIO(fetched.raw)), name, name))
    return {hashlib.sha256(one.held or f"{one.location} {one.wrong}".encode()).hexdigest(): one for one in found}


Chosen = tuple[str, Incoming, str]


def _chosen(feed: Feed, entries: Mapping[str, Incoming], known: Mapping[str, int]) -> Iterator[Chosen]:
    """Yield the entries still to be had: digest, entry, and the address of its page where that is the document."""
    pages = 0
    for digest, entry in entries.items():
        if known.get(digest) in (0, TRIES):
            continue
        link = feeds.linked(entry)
        pages += bool(link)
        if not link or pages <= PAGES:
            yield digest, entry, link


def _import(feed: Feed, chosen: Iterable[Chosen]) -> tuple[Poll, set[str]]:
    """Import entries; return what came of it, and the digests of those that could not be had."""
    options = Options(source=feed.source.name if feed.source else None)
    order: deque[str] = deque()  # digests of the documents on their way, which come back in their order
    outcomes: Counter[Outcome] = Counter()
    missed = set()

    def documents() -> Iterator[Incoming]:
        for digest, entry, link in chosen:
            for one in _page(feed, link) if link else [entry]:
                order.append(digest)
                yield one

    with on_record([feed.address], feed=feed) as run:
        for item in import_documents(documents(), options, run=run):
            digest = order.popleft()
            outcomes[Outcome(item.outcome)] += 1
            if item.outcome == Outcome.FAILED and item.document_id is None:
                missed.add(digest)
    brought = outcomes[Outcome.CREATED] + outcomes[Outcome.UPDATED]
    n, of = outcomes[Outcome.FAILED], outcomes.total()
    error = f"{n} of {of} entries failed: import {run.pk} says why" if n else ""
    return Poll(Polled.NEW if brought else Polled.UNCHANGED, run, outcomes, error), missed


def _page(feed: Feed, link: str) -> Iterator[Incoming]:
    """Yield the document behind an entry's link; what is wrong with the link ends that entry only."""
    try:
        yield from web.at(urljoin(feed.address, link), {})
    except Exception as error:  # an address that nobody would think of
        log.info("Fetching %s broke off", link, exc_info=True)
        yield Incoming("", printable(link), printable(link), wrong=said(error))


def _remember(feed: Feed, came: Poll, **told: Any) -> Poll:
    """Put on record what came of a poll, and when the next is due; return it.

    The interval is doubled for each failure in a row, up to a day.
    """
    failures = feed.failures + 1 if came.result == Polled.FAILED else 0
    usual = timedelta(minutes=feed.interval)
    wait = max(usual, min(usual * 2 ** min(failures, DOUBLED), SELDOM))
    now = timezone.now()
    told |= {
        "last_polled": now, "last_result": came.result, "last_error": came.error.replace("\x00", "\\x00")[:500],
        "failures": min(failures, 2**15 - 1), "next_poll": now + wait,
    }  # fmt: skip
    # Of a feed that was given another address meanwhile, nothing of this is true.
    Feed.objects.filter(pk=feed.pk, address=feed.address).update(**told)
    for name, value in told.items():
        setattr(feed, name, value)
    return came
