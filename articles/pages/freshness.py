"""Answer again what was answered before, as long as nothing was written since.

What a page shows depends on its address and on the data. PostgreSQL says which data a question would see: the snapshot,
the numbers of the transactions that are finished. While it stays the same, so does every page; no row needs to be
marked as changed, and no write can be forgotten. Asked once in `REMEMBERED` seconds, it makes a page of a page.

A standby's snapshot does not list what is still running, so one that began before others and is finished after them
changes nothing in it; there the place in the log up to which it has replayed tells. The two are never alike, and two
standbys at one place show the same.

Only for people who are not logged in; whoever is sees what they may see. `Cache-Status` (RFC 9211) says what was done.
"""

import hashlib
import time
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as kept
from django.db import connections, router
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from articles.models import Card

REMEMBERED = 1.0  # seconds for which the snapshot is believed to be the latest
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Link")
KEPT = 300  # seconds for which a page is kept
View = Callable[..., HttpResponse]

SEEN = """
    SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text ELSE pg_current_snapshot()::text END
"""

_seen: dict[str, tuple[float, str]] = {}  # by server


def fresh(view: View) -> View:
    """Answer a GET request with "not modified" or the page kept, where the data are still those that it was made of."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        theirs = settings.SESSION_COOKIE_NAME in request.COOKIES
        # within a transaction a page shows what no snapshot knows of yet
        if theirs or request.method not in {"GET", "HEAD"} or connections[router.db_for_read(Card)].in_atomic_block:
            return view(request, *args, **kwargs)
        etag = f'W/"{_digest(_edition(), request.get_host(), request.get_full_path())}"'
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return _tagged(HttpResponseNotModified(), etag, "hit")
        page, done = kept.get(etag), "hit"
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming or response.cookies:
                return response
            page = (response.content, {name: response[name] for name in KEPT_HEADERS if name in response})
            kept.set(etag, page, KEPT)
            done = "fwd=miss; stored"
        return _tagged(HttpResponse(page[0], headers=page[1]), etag, done)

    return answer


def forget() -> None:
    """Believe no snapshot seen before: for tests, where a second is long."""
    _seen.clear()


def _tagged(response: HttpResponse, etag: str, done: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Status"] = f"Digest; {done}"
    response["Cache-Control"] = "no-cache"  # keep it, and ask each time whether it is still fresh
    response["Vary"] = "Cookie"
    return response


def _edition() -> str:
    """Return which data a question asked now would see, at most `REMEMBERED` seconds late."""
    using, now = router.db_for_read(Card), time.monotonic()
    at, seen = _seen.get(using, (0.0, ""))
    if not seen or now - at >= REMEMBERED:
        with connections[using].cursor() as cursor:
            cursor.execute(SEEN)
            seen = cursor.fetchone()[0]
        _seen[using] = (now, seen)
    return seen


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join((_release(), *parts)).encode()).hexdigest()[:32]


@cache
def _release() -> str:
    """Return what tells this program's pages from another release's: its templates and styles, and the settings."""
    folder = Path(__file__).resolve().parent.parent
    state = sorted(
        f"{file}{file.stat().st_mtime_ns}"
        for name in ("filters", "jinja2", "locale", "pages", "static")
        for file in (folder / name).rglob("*.*")
    )
    return hashlib.sha256("".join([*state, str(settings.SHOW_SUGGESTIONS)]).encode()).hexdigest()
