"""Read documents in this process or in several beside it; whatever a document does, the others are read."""

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from articles.reading import authority
from articles.reading.actors import Names
from articles.reading.types import AuthorityEntry, Hints, Reading, UnreadableDocument

TRIES = 3  # of a document whose reading ends its process

_names: Names | None = None  # of a reading process


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a document: a Reading and what people had coded in it, or what is `wrong`."""

    reading: Reading | None = None
    coded: tuple[Any, ...] = ()
    wrong: str = ""


def read_one(raw: bytes, hints: Hints, names: Names) -> Read:
    """Read one document; whatever is wrong with it is said, in a sentence."""
    from articles.importing.opening import open_document, read_document  # noqa: PLC0415 - after Django's set-up

    try:
        opened = open_document(raw, hints)
        return Read(read_document(opened, names=names), opened.coded)
    except UnreadableDocument as error:
        return Read(wrong=str(error))
    except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError) as error:
        return Read(wrong=f"the reader broke on it: {type(error).__name__}: {error}")


class Readers:
    """Where documents are read: here, or by `workers` processes, ahead of who takes the readings."""

    def __init__(self, names: Names, entries: Sequence[AuthorityEntry], workers: int) -> None:
        self.names, self.entries, self.workers = names, entries, workers
        self.pool = self._pool() if workers else None

    def _pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a copy of this process would share its connections
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin, initargs=(self.entries,))

    def begin(self, documents: Iterable[tuple[bytes, Hints]]) -> list[Any]:
        """Begin to read documents; `end` returns what was read of them."""
        if self.pool is None:
            return list(documents)
        return [(raw, hints, self._submitted(raw, hints)) for raw, hints in documents]

    def end(self, begun: list[Any]) -> Iterator[Read]:
        """Yield what was read of the documents begun, in their order."""
        for one in begun:
            if self.pool is None:
                raw, hints = one
                yield read_one(raw, hints, self.names)
                continue
            raw, hints, future = one
            try:
                yield future.result()
            except BrokenProcessPool:
                yield self._alone(raw, hints)

    def _submitted(self, raw: bytes, hints: Hints) -> Future[Read]:
        try:
            return self.pool.submit(_read, raw, hints)  # type: ignore[union-attr]
        except BrokenProcessPool:
            self._anew()
            return self.pool.submit(_read, raw, hints)  # type: ignore[union-attr]

    def _alone(self, raw: bytes, hints: Hints) -> Read:
        """Read a document that was in hand when a process ended: alone, so that it ends no other's."""
        for _ in range(TRIES):
            self._anew()
            try:
                return self.pool.submit(_read, raw, hints).result()  # type: ignore[union-attr]
            except BrokenProcessPool:
                continue
        self._anew()
        return Read(wrong=f"set aside: {TRIES} processes that read it ended")

    def _anew(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)  # type: ignore[union-attr]
        self.pool = self._pool()

    def close(self) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)


@contextmanager
def reading(names: Names, entries: Sequence[AuthorityEntry], workers: int) -> Iterator[Readers]:
    """Read by `workers` processes beside this one, ended with the block; 0: in this process."""
    readers = Readers(names, entries, workers)
    try:
        yield readers
    finally:
        readers.close()


def _begin(entries: Sequence[AuthorityEntry]) -> None:
    """Set a reading process up: it asks the database for nothing."""
    global _names  # noqa: PLW0603 - each process has one
    import django  # noqa: PLC0415 - in this process alone

    django.setup()
    _names = Names(entries or authority.load(authority_file()))


def authority_file() -> Any:
    from articles.importing.authority import FILE  # noqa: PLC0415 - after Django's set-up

    return FILE


def _read(raw: bytes, hints: Hints) -> Read:
    assert _names is not None  # noqa: S101 - `_begin` ran before
    return read_one(raw, hints, _names)
