"""Read public pages from streaming replicas; without `DATABASE_REPLICAS` none of this is in the way.

1. The middleware says once for each request which server it reads from: the primary for the admin, for whoever has a
   session, and for whoever writes or just wrote (a cookie tells, for as long as a replica may lag); any replica that is
   in use for all others. Outside of requests, in commands above all, it is the primary.
2. The router sends there what is read of `articles`, and all else to the primary: sessions, accounts, every write.
3. A replica is asked how far it is once in `REMEMBERED` seconds. One that lags more than `DATABASE_REPLICA_LAG` or does
   not answer is left out for `LEFT_OUT` seconds, then asked again by one request while the others go on without it.
4. A request whose replica failed is answered once more, by the primary. Only its view is: nothing was sent yet.

How far behind it is, a replica can't tell alone: one that was cut off, or catches up slowly, has replayed all that it
got. It is compared with what the primary had flushed, now and when it was asked before; while the primary does not
answer, nothing is written, and any replica will do.
"""

import logging
import random
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import Error, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from digest.middleware import Handler

PUBLIC = "articles"  # the app whose rows public pages show
REMEMBERED = 1.0  # seconds for which a replica that is in use is not asked again
LEFT_OUT = 3.0  # seconds for which one that is not is left alone: connecting to it may take as long
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
WROTE = "digest_wrote"  # the cookie of whoever just wrote

logger = logging.getLogger(__name__)
reads_from: ContextVar[str] = ContextVar("reads_from", default=PRIMARY)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a replica is good for until `until`, by the monotonic clock; an empty `fault`: it is in use.

    `lag`: seconds it is behind the primary at most; None where that is not known.
    """

    until: float
    lag: float | None = None
    fault: str = ""


_held: dict[str, Verdict] = {}
_flushed: deque[tuple[float, int]] = deque(maxlen=100)  # see `behind`
_asking = Lock()


class Router:
    """Where rows are read and written; a row's relations are read where it came from."""

    def db_for_read(self, model: type[Model], instance: Model | None = None, **hints: Any) -> str:
        if model._meta.app_label != PUBLIC:
            return PRIMARY
        return (instance is not None and instance._state.db) or reads_from.get()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # they hold the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


class ReadFromReplicas:
    """The middleware: choose for each request, and answer from the primary where the replica chosen failed."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        theirs = settings.SESSION_COOKIE_NAME in request.COOKIES or WROTE in request.COOKIES
        writes = request.method not in SAFE
        public = not (theirs or writes or request.path.startswith(self.desk))
        token = reads_from.set(chosen() if public else PRIMARY)
        try:
            response = self.get_response(request)
        finally:
            reads_from.reset(token)
        if writes:
            # By then each replica that is in use has what was written, and no kept page is older.
            seconds = settings.REPLICA_LAG + 2 * REMEMBERED + 1
            response.set_cookie(WROTE, "1", max_age=int(seconds), secure=settings.HTTPS, httponly=True, samesite="Lax")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        alias = reads_from.get()
        if alias == PRIMARY or not isinstance(exception, Error) or request.resolver_match is None:
            return None
        if not connections[alias].is_usable():
            leave_out(alias, "does not answer")
        logger.warning("%s failed, the primary answers for it: %s", alias, " ".join(str(exception).split()))
        reads_from.set(PRIMARY)
        view, given, named = request.resolver_match
        response: HttpResponse = view(request, *given, **named)
        return response


def chosen() -> str:
    """Return a replica that is in use, any of them; the primary where none is."""
    good = [alias for alias in settings.REPLICAS if not verdict(alias).fault]
    return random.choice(good) if good else PRIMARY  # noqa: S311 - no secret


def verdict(alias: str) -> Verdict:
    """Return what is known of a replica, after asking it where that is too long ago and nobody is asking already."""
    held = _held.get(alias)
    if held is not None and time.monotonic() < held.until:
        return held
    if not _asking.acquire(blocking=held is None):
        return held or Verdict(0.0)
    try:
        if (latest := _held.get(alias)) is not None and time.monotonic() < latest.until:
            return latest
        lag, fault = ask(alias)
        if fault:
            leave_out(alias, fault)
        else:
            if held is not None and held.fault:
                logger.warning("%s is in use again", alias)
            _held[alias] = Verdict(time.monotonic() + REMEMBERED, lag)
        return _held[alias]
    finally:
        _asking.release()


def leave_out(alias: str, fault: str) -> None:
    """Read nothing from a replica for `LEFT_OUT` seconds."""
    if (held := _held.get(alias)) is None or not held.fault:
        logger.warning("%s is left out: it %s", alias, fault)
    _held[alias] = Verdict(time.monotonic() + LEFT_OUT, fault=fault)


def ask(alias: str) -> tuple[float | None, str]:
    """Return how many seconds a replica is behind at most, and why it can't be used; see `judged`."""
    answers = False
    with suppress(Error), connections[PRIMARY].cursor() as cursor:
        at = time.monotonic()  # before: what is flushed meanwhile is newer
        cursor.execute("SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint")
        _flushed.append((at, cursor.fetchone()[0]))
        answers = True
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT pg_is_in_recovery(), (pg_last_wal_replay_lsn() - '0/0')::bigint,"
                " extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float"
            )
            in_recovery, replayed, age = cursor.fetchone()
    except Error:
        return None, "does not answer"
    if not in_recovery:
        return None, "is no replica, it takes writes"
    if not answers or replayed is None:
        return None, ""
    return judged(behind(replayed, list(_flushed), time.monotonic()), age, most=settings.REPLICA_LAG)


def behind(replayed: int, flushed: Sequence[tuple[float, int]], now: float) -> float | None:
    """Return for how many seconds the primary has had at most what was not replayed; None where it always had.

    `flushed`: when the primary was asked, and how many bytes of its log it had, the oldest first.
    """
    if replayed >= flushed[-1][1]:
        return 0.0
    return next((now - at for at, place in reversed(flushed) if place <= replayed), None)


def judged(behind: float | None, age: float | None, *, most: float) -> tuple[float | None, str]:
    """Return how many seconds a replica is behind at most, and why it can't be used; an empty string: it can.

    Both can only be too high: `behind` where the primary was not asked for long, and `age`, the seconds since the last
    transaction replayed was committed, where nothing was written for long. None: not known.
    """
    known = [seconds for seconds in (behind, age) if seconds is not None]
    if not known:
        return None, "has replayed nothing yet"
    lag = max(0.0, min(known))  # clocks may differ
    return (lag, "") if lag <= most else (None, f"lags {lag:.0f} s")


def report() -> Iterator[str]:
    """Yield a line for each replica: how far it is behind, or why it is left out."""
    for alias in settings.REPLICAS:
        found = verdict(alias)
        behind = "lag not known" if found.lag is None else f"{found.lag:.1f} s behind"
        yield f"{alias}: {f'left out, it {found.fault}' if found.fault else behind}"
