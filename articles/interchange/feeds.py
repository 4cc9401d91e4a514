"""Feeds: Atom 1.0 (RFC 4287) and JSON Feed 1.1."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.feedgenerator import Atom1Feed

VERSION = "https://jsonfeed.org/version/1.1"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML 1.0 can't hold


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told of one row: `key` is its name for ever, `text` plain."""

    key: str
    title: str
    address: str
    text: str
    published: datetime
    updated: datetime
    authors: Sequence[str] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A question's newest rows: `page` shows the same to people, `here` is its own address."""

    title: str
    page: str
    here: str
    entries: Sequence[Entry]


def as_atom(feed: Feed) -> str:
    """Return a feed as Atom."""
    out = Atom1Feed(feed.title, feed.page, "", feed_url=feed.here, feed_guid=feed.page)
    for entry in feed.entries:
        out.add_item(
            _printable(entry.title), entry.address, _printable(entry.text), unique_id=entry.key,
            author_name=_printable(", ".join(entry.authors)) or None, pubdate=entry.published,
            updateddate=entry.updated,
        )  # fmt: skip
    return out.writeString("utf-8")


def as_json_feed(feed: Feed) -> str:
    """Return a feed as JSON Feed."""
    items = [
        {
            "id": entry.key,
            "url": entry.address,
            "title": entry.title,
            "content_text": entry.text,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            **({"authors": [{"name": name} for name in entry.authors]} if entry.authors else {}),
            **({"language": entry.language} if entry.language else {}),
        }
        for entry in feed.entries
    ]
    head = {"version": VERSION, "title": feed.title, "home_page_url": feed.page, "feed_url": feed.here}
    return json.dumps({**head, "items": items}, ensure_ascii=False)


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)
