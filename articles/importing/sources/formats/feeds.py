"""Feed files: RSS, Atom and JSON Feed. Each entry is kept as a JSON Feed of one item.

JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from articles.importing.sources import records
from articles.importing.sources.incoming import LARGEST, Incoming
from articles.importing.sources.kinds import AT, Held, Kind, peek
from articles.reading.types import Hints, UnreadableDocument

VERSION = "https://jsonfeed.org/version/"
MEDIA_TYPE = "application/feed+json"
SUMMARY = 1500  # characters up to which a feed's only text of an entry is taken for its beginning
ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,300}\?>\s*|<!--.{0,1000}?-->\s*|<!DOCTYPE[^>]{0,300}>\s*){0,5}"
    rb"<(?:rss|(?:\w+:)?feed|(?:\w+:)?RDF)[\s>]",
    re.DOTALL,
)


def of_any_form(held: Held) -> Iterator[Incoming]:
    """Yield the entries of a feed, whatever its address is called. Raises UnreadableDocument for what is none."""
    if not peek(held.file).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from entries(held)
        return
    told = records.parsed(held.whole(LARGEST))
    if not is_json_feed(told):
        raise UnreadableDocument("no feed: JSON, but no JSON Feed")
    yield from items(held, told)


def is_json_feed(told: Any) -> bool:
    """Whether a JSON file holds a feed."""
    return isinstance(told, dict) and str(told.get("version", "")).startswith(VERSION)


def entries(held: Held) -> Iterator[Incoming]:
    """Yield the entries of an RSS or Atom feed. Raises UnreadableDocument for what is none."""
    # From a stream: a text might name an address, bytes a file, and feedparser would open either.
    told = feedparser.parse(io.BytesIO(held.whole(LARGEST)))
    if not told.get("version"):  # of nothing at all, feedparser says not even that
        raise UnreadableDocument(f"no feed: {told.get('bozo_exception') or 'neither RSS nor Atom'}")
    feed = {"version": f"{VERSION}1.1", "title": told.feed.get("title", ""), "language": told.feed.get("language", "")}
    yield from items(held, {**feed, "items": [_item(one) for one in told.entries]})
    if told.bozo and isinstance(told.bozo_exception, Exception) and not told.entries:
        raise UnreadableDocument(str(told.bozo_exception)) from told.bozo_exception


def _item(one: Any) -> dict[str, Any]:
    """Return an entry as an item of a JSON Feed."""
    content = one.get("content") or []
    full = next((part.value for part in content if part.get("value")), "")
    names = [author.get("name") for author in one.get("authors") or [] if author.get("name")]
    cut = not full and len(one.get("summary") or "") < SUMMARY
    item = {
        "id": one.get("id"),
        "url": one.get("link"),
        "title": one.get("title"),
        "content_html": full or one.get("summary"),
        "summary": one.get("summary") if full else None,
        "date_published": one.get("published"),  # the day of a change is none of publication
        "authors": [{"name": name} for name in names],
        "language": next((part.get("language") for part in content if part.get("language")), None),
        # All by which one can tell that the page behind an entry changed; feedparser's own `get` falls back on others.
        "date_modified": dict.get(one, "updated") if cut else None,
        "_cut": cut,
    }
    return {key: value for key, value in item.items() if value}


def items(held: Held, feed: dict[str, Any]) -> Iterator[Incoming]:
    """Yield the items of a JSON feed, each as a feed of its own."""
    shared = {key: feed[key] for key in ("version", "title", "language", "authors") if feed.get(key)}
    for number, item in enumerate(feed.get("items") or [], start=1):
        if not isinstance(item, dict):
            yield held.failed("no item of a feed", at=f"{AT}{number}")
            continue
        key = str(item.get("id") or item.get("url") or "")
        yield held.record(records.dumped({**shared, "items": [item]}), MEDIA_TYPE, number=number, unit="", key=key)


def linked(entry: Incoming) -> str:
    """Return the address of the page that an entry tells the beginning of; empty for one with its text, or no page."""
    try:
        (item,) = records.parsed(entry.fetch())["items"]
    except (OSError, UnreadableDocument):  # says why when it is imported
        return ""
    link = item.get("url") or item.get("external_url")
    whole = (item.get("content_html") or item.get("content_text")) and not item.get("_cut")
    return link.strip() if isinstance(link, str) and not whole else ""


def opened(raw: bytes, hints: Hints) -> tuple[bytes, Hints]:
    """Return a feed's only item as the reader takes it."""
    feed = records.parsed(raw)
    held = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(held, list) or len(held) != 1 or not isinstance(held[0], dict):
        raise UnreadableDocument("no feed of one item")
    item = held[0]
    found = {
        "title": item.get("title"),
        "authors": item.get("authors") or item.get("author") or feed.get("authors"),
        "published": item.get("date_published"),
        "url": item.get("url") or item.get("external_url"),
        "source": feed.get("title"),
        "language": item.get("language") or feed.get("language"),
        "html": item.get("content_html"),
        "text": item.get("content_text"),
        "abstract": item.get("summary"),
        "truncated": item.get("_cut"),
    }
    return records.opened(found, hints, rule="feed")


KIND = Kind(
    "feed", (".rss", ".atom", ".rdf", ".xml"), MEDIA_TYPE, lambda head: ROOT.match(head) is not None, entries, opened,
    order=40,
)  # fmt: skip
