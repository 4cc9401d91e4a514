"""Read an HTML page: its visible lines, and what the page says of itself (JSON-LD, OpenGraph, meta).

trafilatura gives a second opinion on which paragraphs are the article's: its lines come marked as trusted. They are
not taken as they are, for it sometimes loses the first paragraph and keeps teasers.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import lxml.html
import trafilatura
from lxml import etree

from articles.reading import dates, lexicon
from articles.reading.lines import Line
from articles.reading.types import PrintedDate

PAGE = 4_000_000  # characters of a page that are read; op-ed pages are 40 to 400 KB
DEPTH = 400  # elements within elements; deeper ones are dropped
ELEMENTS = 200_000
OBJECTS = 2000  # JSON-LD objects looked at
ASIDE_SHARE = 0.3  # of the page's text: a box whose class says "related" but holds more is the article's own container

TAGS = {name: frozenset(tags) for name, tags in lexicon.load("html")["tags"].items()}
ASIDE_WORDS = frozenset(lexicon.load("html")["classes"]["aside"])
ARTICLES: tuple[str, ...] = tuple(lexicon.load("html")["json_ld"]["articles"])
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines and its own word on title, authors, site, date and address."""

    lines: list[Line]
    titles: tuple[str, ...] = ()  # best first
    authors: tuple[str, ...] = ()
    site: str | None = None
    published: PrintedDate | None = None
    url: str | None = None


def read(text: str) -> Page:
    """Return what an HTML page shows and says of itself. Raises nothing: a broken page has few lines."""
    text = re.sub(r"^\s*<\?xml[^>]{0,300}>", "", text[:PAGE])  # lxml refuses text that declares an encoding
    try:
        tree = lxml.html.document_fromstring(
            text, parser=lxml.html.HTMLParser(huge_tree=False, remove_comments=True, recover=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Page([])
    meta = _meta(tree)
    objects = list(islice(_objects(tree), OBJECTS))
    trusted = _trusted(text)
    rows = list(_rows(tree))
    for row in rows:
        row.trusted = row.text in trusted
    return Page(
        rows,
        titles=_titles(tree, meta, objects),
        authors=_authors(meta, objects),
        site=_site(meta, objects),
        published=_published(meta, objects),
        url=_url(tree, meta),
    )


def _trusted(text: str) -> set[str]:
    try:
        body = trafilatura.extract(text, include_comments=False, include_tables=False, output_format="txt")
    except (RecursionError, ValueError, etree.LxmlError):
        return set()
    return {SPACES.sub(" ", row).strip() for row in (body or "").split("\n")} - {""}


def _rows(tree: Any) -> Iterator[Line]:
    """Yield the visible lines of a page in document order, without recursion."""
    total = max(len(tree.text_content()), 1)
    parts: list[str] = []
    tags: list[str] = []

    def flush() -> Iterator[Line]:
        text = SPACES.sub(" ", "".join(parts)).strip()
        parts.clear()
        if text:
            tag = "aside" if "aside" in tags else next((tag for tag in reversed(tags) if tag), "")
            yield Line(text, gap=True, tag=tag)

    skip: Any = None
    count = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            count += 1
            if skip is None and (
                name in TAGS["skipped"] or not name or count > ELEMENTS or len(tags) > DEPTH or _hidden(element)
            ):
                skip = element
            if skip is not None:
                continue
            if name in TAGS["blocks"] or name == "br":
                yield from flush()
            tags.append(_tag(element, name, total))
            parts.append(element.text or "")
        else:
            if skip is None:
                if name in TAGS["blocks"]:
                    yield from flush()
                tags.pop()
            elif skip is element:
                skip = None
            if skip is None:
                parts.append(element.tail or "")
    yield from flush()


def _hidden(element: Any) -> bool:
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")


def _tag(element: Any, name: str, total: int) -> str:
    if name in TAGS["headings"]:
        return "h"
    if name == "li":
        return "li"
    words = set(re.split(r"[\s_-]+", f"{element.get('class') or ''} {element.get('id') or ''}".casefold()))
    if (name in TAGS["aside"] or words & ASIDE_WORDS) and name not in ("body", "html", "article", "main"):
        return "aside" if len(element.text_content()) < ASIDE_SHARE * total else ""
    return ""


def _meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of meta elements by name, property or itemprop, lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := SPACES.sub(" ", element.get("content") or "").strip():
            found.setdefault(name.lower(), []).append(content)
    return found


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, those within others too."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            stack = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                yield value
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(reversed(value))


def _articles(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the JSON-LD objects that are articles, those of the closest type first."""

    def rank(item: dict[str, Any]) -> int:
        types = item.get("@type")
        names = [str(one).lower() for one in (types if isinstance(types, list) else [types])]
        return min((ARTICLES.index(name) for name in names if name in ARTICLES), default=len(ARTICLES))

    return sorted(
        (item for item in objects if rank(item) < len(ARTICLES)), key=lambda item: rank(item) == len(ARTICLES) - 1
    )


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if meta.get(name)), None)


def _titles(tree: Any, meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> tuple[str, ...]:
    told = [_first(meta, "og:title"), _first(meta, "twitter:title"), _first(meta, "citation_title", "dc.title")]
    told += [item["headline"] for item in _articles(objects) if isinstance(item.get("headline"), str)]
    told += [SPACES.sub(" ", element.text_content()).strip() for element in islice(tree.iter("title"), 1)]
    return tuple(dict.fromkeys(SPACES.sub(" ", one).strip() for one in told if one and one.strip()))


def _authors(meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> tuple[str, ...]:
    people = {
        item["@id"]: item.get("name") for item in objects if isinstance(item.get("@id"), str) and item.get("name")
    }
    found: list[str] = []
    for item in _articles(objects):
        author = item.get("author")
        for one in author if isinstance(author, list) else [author]:
            name = (one.get("name") or people.get(one.get("@id"))) if isinstance(one, dict) else one
            found += [name] if isinstance(name, str) else [str(each) for each in name] if isinstance(name, list) else []
    for name in (
        "citation_author",
        "author",
        "article:author_name",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "byl",
    ):
        found += meta.get(name, [])
    return tuple(dict.fromkeys(SPACES.sub(" ", name).strip() for name in found if name.strip()))


def _site(meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> str | None:
    publishers = [item.get("publisher") for item in _articles(objects)]
    names = [one.get("name") for one in publishers if isinstance(one, dict)]
    sites = [item.get("name") for item in objects if item.get("@type") == "WebSite"]
    told = [
        _first(meta, "og:site_name", "citation_journal_title"),
        *names,
        *sites,
        _first(meta, "application-name", "dc.publisher"),
    ]
    return next((SPACES.sub(" ", name).strip() for name in told if isinstance(name, str) and name.strip()), None)


def _published(meta: dict[str, list[str]], objects: list[dict[str, Any]]) -> PrintedDate | None:
    told: list[Any] = [
        _first(
            meta,
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "citation_publication_date",
            "citation_date",
        )
    ]
    told += [item.get("datePublished") for item in _articles(objects)]
    told += [
        _first(
            meta, "date", "pubdate", "dc.date", "dc.date.issued", "parsely-pub-date", "publish-date", "sailthru.date"
        )
    ]
    return next((found for one in told if isinstance(one, str) and (found := dates.from_iso(one))), None)


def _url(tree: Any, meta: dict[str, list[str]]) -> str | None:
    links = [element.get("href") for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    return next(
        (url for url in [*links, _first(meta, "og:url")] if url and url.startswith(("http://", "https://"))), None
    )
