"""Fetch what an address leads to: politely, within limits, and from the public internet alone.

1. Only http and https, without a password in the address. 2. robots.txt is honoured (RFC 9309), and a host is asked
once a second. 3. Connections are checked (see `network`), those after a redirect too. 4. A body is unpacked piece by
piece, up to a size; all has to be there within a time. Whatever is refused or fails says so in a sentence.
"""

import http
import io
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import httpcore
import httpx
from django.conf import settings
from django.core.cache import cache
from protego import Protego

from articles.importing.sources.incoming import LARGEST, Incoming, printable, too_large
from articles.importing.sources.kinds import HEAD, Columns, Held, buffered, documents, kind_of
from articles.importing.sources.network import NotFetched, Transport

AGENT = "Digest"  # by which robots.txt may name us
SCHEMES = ("http://", "https://")
TEXTS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")  # a server's word counts for these alone
ROBOTS = 500 * 2**10  # bytes of robots.txt that are read, as RFC 9309 asks at least
DAY, SOON = 24 * 3600, 600  # seconds for which robots.txt is remembered, and that it could not be had
SLOWEST = 10.0  # seconds between requests that a robots.txt may ask for
ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """What fetching one address may take, in seconds and bytes."""

    connect: float = 5.0
    read: float = 10.0  # without a byte
    total: float = 30.0
    size: int = LARGEST  # unpacked
    redirects: int = 5
    pause: float = 1.0  # between two requests to a host


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address led to. `unchanged`: it is what it was at the time of `etag` or `last_modified`."""

    address: str  # where it was in the end
    raw: bytes = b""
    media_type: str = ""  # of the server, with its charset, where its word counts; else ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


def is_address(path: str) -> bool:
    """Whether a path is an address of the web."""
    return path.lower().startswith(SCHEMES)


def at(address: str, columns: Columns) -> Iterator[Incoming]:
    """Yield the documents at an address: a page, or what a file of several holds."""
    try:
        fetched = fetch(address)
    except NotFetched as error:
        yield Incoming("", printable(address), printable(address), wrong=str(error))
        return
    found = page(address, fetched)
    if found.media_type:
        yield found
    else:
        yield from documents(Held(buffered(io.BytesIO(fetched.raw)), found.location, found.name, columns=columns))


def page(address: str, fetched: Fetched) -> Incoming:
    """Return what was fetched as a document, located and known again by the address that was asked for."""
    name = printable(address.partition("#")[0])
    return Incoming("", name, name, held=fetched.raw, media_type=fetched.media_type)


def checked(address: str) -> httpx.URL:
    """Return an address that may be asked. Raises NotFetched where it is none."""
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise NotFetched(f"no address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise NotFetched(f"only http and https are fetched, not {url.scheme or 'an address without either'}")
    if not url.host:
        raise NotFetched("an address without a host")
    if url.port is not None and not 0 < url.port < 2**16:
        raise NotFetched(f"no address: there is no port {url.port}")
    if url.userinfo:
        raise NotFetched("an address with a password in it is not fetched")
    return url.copy_with(fragment=None)


def fetch(address: str, *, etag: str = "", last_modified: str = "", limits: Limits | None = None) -> Fetched:
    """Return what an address leads to; with `etag` or `last_modified` perhaps only that it is unchanged.

    Raises NotFetched.
    """
    limits = limits or LIMITS
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in known.items() if value}
    deadline = time.monotonic() + limits.total
    url = checked(address)
    for _ in range(limits.redirects + 1):
        _ask_leave(url, limits, deadline)
        answer = _get(url, headers, limits, deadline)
        if answer.redirect is None:
            return _fetched(url, answer)
        url = checked(answer.redirect)
    raise NotFetched(f"led on to another address more than {limits.redirects} times")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered one request."""

    status: int
    headers: httpx.Headers
    raw: bytes = b""
    redirect: str | None = None


def _fetched(url: httpx.URL, answer: Answer) -> Fetched:
    told = answer.headers
    stamps = {"etag": told.get("etag", "")[:500], "last_modified": told.get("last-modified", "")[:100]}
    if answer.status == http.HTTPStatus.NOT_MODIFIED:
        return Fetched(str(url), unchanged=True, **stamps)
    if answer.status != http.HTTPStatus.OK:
        raise NotFetched(f"the server answered {said(answer.status)}", answer.status)
    return Fetched(str(url), answer.raw, _media_type(told.get("content-type", ""), answer.raw, url.path), **stamps)


def said(status: int) -> str:
    """Return a status as people read it: "404 (Not Found)"."""
    try:
        return f"{status} ({http.HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _media_type(told: str, raw: bytes, name: str) -> str:
    """Return a server's media type with its charset, where it is a text's and the bytes are no file of another kind."""
    bare = told.partition(";")[0].strip().lower()
    kind = kind_of(raw[:HEAD], name if bare == "text/plain" else "")
    if bare not in TEXTS or (kind and (kind.opened or kind.documents)):
        return ""
    return " ".join(told.split())[:100]


def _get(url: httpx.URL, headers: dict[str, str], limits: Limits, deadline: float) -> Answer:
    """Ask for an address once. Raises NotFetched."""
    wait = httpx.Timeout(limits.read, connect=limits.connect)
    agent = f"{AGENT} (+{settings.FETCH_CONTACT})" if settings.FETCH_CONTACT else AGENT
    asked = {"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": "gzip", **headers}
    try:
        with (
            httpx.Client(transport=Transport(deadline), trust_env=False, timeout=wait) as client,
            client.stream("GET", url, headers=asked) as response,
        ):
            if response.has_redirect_location and response.next_request:
                return Answer(response.status_code, response.headers, redirect=str(response.next_request.url))
            if response.status_code != http.HTTPStatus.OK:
                return Answer(response.status_code, response.headers)
            coding = response.headers.get("content-encoding", "").strip().lower()
            raw = _whole(response.iter_raw(), coding, limits.size)
            return Answer(response.status_code, response.headers, raw)
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        over = time.monotonic() >= deadline
        took = f"took more than {limits.total:g} seconds" if over else f"no answer within {limits.read:g} seconds"
        raise NotFetched(took) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, ssl.SSLError) as error:
        raise NotFetched(
            f"the connection failed: {' '.join(str(error).split())[:200] or type(error).__name__}"
        ) from error


def _whole(pieces: Iterable[bytes], coding: str, most: int) -> bytes:
    """Return a body, unpacked as it comes. Raises NotFetched where it has more than `most` bytes."""
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise NotFetched(f"packed as {coding[:40]}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if coding.endswith("gzip") else None
    whole = bytearray()
    for piece in pieces:
        if unpack is None:
            whole += piece
        else:
            try:
                whole += unpack.decompress(piece, most + 1 - len(whole))
            except zlib.error as error:
                raise NotFetched(f"broken gzip: {error}") from error
        if len(whole) > most:
            raise NotFetched(too_large(most))
    if unpack is not None and not unpack.eof:
        raise NotFetched("the connection broke off")
    return bytes(whole)


def _ask_leave(url: httpx.URL, limits: Limits, deadline: float) -> None:
    """Wait until a host may be asked again. Raises NotFetched where its robots.txt asks that it be not."""
    origin = str(url.copy_with(raw_path=b"/"))
    host = url.netloc.decode("ascii")
    rules = cache.get(key := f"robots:{origin}")
    if rules is None:
        rules, kept = _robots(f"{origin}robots.txt", limits, deadline)
        cache.set(key, rules, kept)
    if rules[0]:
        raise NotFetched(rules[0])
    told = Protego.parse(rules[1])
    if not told.can_fetch(str(url), AGENT):
        raise NotFetched(f"the robots.txt of {host} asks that it not be fetched")
    asked = min(told.crawl_delay(AGENT) or 0.0, SLOWEST)
    _wait(host, max(limits.pause, asked) if limits.pause else 0.0, deadline)


def _robots(address: str, limits: Limits, deadline: float) -> tuple[tuple[str, str], int]:
    """Return (why nothing of a host is fetched, its robots.txt) and for how many seconds that holds.

    Where there is none, all is allowed; where it can't be had, nothing (RFC 9309, 2.3.1).
    """
    url = checked(address)
    small = replace(limits, size=ROBOTS)
    try:
        for _ in range(limits.redirects + 1):
            _wait(url.netloc.decode("ascii"), limits.pause, deadline)
            answer = _get(url, {}, small, deadline)
            if answer.redirect is None:
                break
            url = checked(answer.redirect)
    except NotFetched as error:
        return (str(error), ""), SOON
    if answer.status == http.HTTPStatus.OK:
        return ("", answer.raw.decode("utf-8", "replace").removeprefix("\ufeff")), DAY
    if 500 <= answer.status < 600 or answer.status == http.HTTPStatus.TOO_MANY_REQUESTS:
        host = url.netloc.decode("ascii")
        return (f"the robots.txt of {host} can't be had ({said(answer.status)}), so nothing there is fetched", ""), SOON
    return ("", ""), DAY


_turns: dict[str, float] = {}
_turn = threading.Lock()


def _wait(host: str, pause: float, deadline: float) -> None:
    """Wait for one's turn at a host. Raises NotFetched where that would take too long."""
    with _turn:
        now = time.monotonic()
        at = max(now, _turns.get(host, 0.0))
        if at >= deadline:
            raise NotFetched(f"{host} is being asked too often just now")
        for other in [name for name, free in _turns.items() if free < now]:
            del _turns[other]
        _turns[host] = at + pause
    time.sleep(at - now)
