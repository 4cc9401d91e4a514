"""What a page says of itself: JSON-LD, meta elements, microdata, hCard, `<time>` and links.

Nothing is decided here. Every value comes as Evidence that names the place it stood in; within a field the best place
comes first. Which object of several describes the article is asked of its address and its headline, for sites list
their related articles in the same script.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from articles.reading import dates, lexicon, people
from articles.reading.types import Evidence

OBJECTS = 2000  # JSON-LD objects looked at
MARKED = 400  # elements with microdata, hCard or `<time>` looked at
VALUE = 500  # characters of a value; longer ones are no titles and no names
BODY = 500  # characters from which an articleBody is more than a summary
TRUNCATED = ("...", "…")

KNOWN: dict[str, Any] = lexicon.load("html")
ARTICLES: tuple[str, ...] = tuple(KNOWN["json_ld"]["articles"])
OTHERS = frozenset(KNOWN["json_ld"]["others"])
SPACES = re.compile(r"\s+")
FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
FEED_TITLE = re.compile(r"(.{2,60}?)\s(?:-|–|»|«|&raquo;)\s(?:atom|rss|feed|flux|fil|canal|umpan)\W*$", re.IGNORECASE)
CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?$")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?$")
TRAILING_COMMA = re.compile(r",\s{0,200}([}\]])")
FRAME = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$|;\s*$")
FIELD = re.compile(r'"(headline|datePublished|articleBody)"\s{0,9}:\s{0,9}"((?:[^"\\]|\\.){1,5000})"')
MARKS = etree.XPath(
    "/html/body//*[@itemprop or @rel='author' or (@property and not(self::meta)) or self::time"
    " or @class='fn' or @class='url fn n' or @class='published' or @class='p-author']"
)


@dataclass(frozen=True, slots=True)
class Declared:
    """Evidence by field, the best first; `body` is the article's text where the page carries it as data."""

    titles: tuple[Evidence, ...] = ()
    authors: tuple[Evidence, ...] = ()
    sites: tuple[Evidence, ...] = ()
    dates: tuple[Evidence, ...] = ()  # `text` is what dates.from_iso reads again
    urls: tuple[Evidence, ...] = ()
    languages: tuple[Evidence, ...] = ()
    body: str = ""

    @property
    def site(self) -> str | None:
        return self.sites[0].value if self.sites else None

    @property
    def url(self) -> str | None:
        return self.urls[0].value if self.urls else None


def read(tree: Any, *, marked: bool = True) -> Declared:
    """Return what a parsed page says of itself. Raises nothing: what is broken says less.

    `marked`: whether to look through all of its elements too, not its head alone.

    1. JSON-LD; 2. meta elements; 3. marked elements; 4. the page's title, language and links.
    """
    objects = list(islice(_objects(tree), OBJECTS))
    meta = _meta(tree)
    urls = tuple(_urls(tree, meta))
    elements = list(islice(_marked(tree), MARKED)) if marked else []
    headings = [_tidy(element.text_content()) for element in islice(tree.iter("title", "h1"), 3)]
    known = [*_metas(meta, "title"), *headings]
    articles = _articles(objects, {_page(one.value) for one in urls}, {lexicon.fold(one) for one in known})
    sites = tuple(_unique([*_sites(articles, objects, meta), *_feeds(tree)]))
    return Declared(
        titles=tuple(_unique(_titles(tree, articles, meta, elements, sites))),
        authors=tuple(_unique(_authors(articles, objects, meta, elements))),
        sites=sites,
        dates=tuple(_unique(_dates(articles, meta, elements))),
        urls=urls or tuple(_article_urls(articles)),
        languages=tuple(_unique(_languages(tree, articles, meta))),
        body=next((one["articleBody"] for one in articles if len(str(one.get("articleBody") or "")) >= BODY), "")
        if articles and isinstance(articles[0].get("articleBody", ""), str)
        else "",
    )


# 1. JSON-LD


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, those within others too, but no comments and no lists of links."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        stack = [_parsed(script.text or "")]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                yield value
                stack.extend(reversed([one for key, one in value.items() if key.lower() not in OTHERS]))
            elif isinstance(value, list):
                stack.extend(reversed(value))


def _parsed(text: str) -> Any:
    """Return what a script holds: its JSON, mended where templates usually break it, or at least the main fields."""
    for attempt in (text, TRAILING_COMMA.sub(r"\1", FRAME.sub("", FRAME.sub("", text)))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    fields = {key: value.replace('\\"', '"').replace("\\/", "/") for key, value in reversed(FIELD.findall(text))}
    return {"@type": "Article", **fields} if fields else None


def _types(item: dict[str, Any]) -> list[str]:
    types = item.get("@type")
    return [str(one).rsplit("/", 1)[-1].lower() for one in (types if isinstance(types, list) else [types])]


def _articles(objects: Iterable[dict[str, Any]], addresses: set[str], titles: set[str]) -> list[dict[str, Any]]:
    """Return the objects that describe the page's article: those that name its address or title first, then by type.

    Where one names it, those that name another are left out.
    """
    ranked = []
    for item in objects:
        rank = min((ARTICLES.index(one) for one in _types(item) if one in ARTICLES), default=None)
        if rank is None:
            continue
        own = {_page(one) for one in _addresses(item)} & addresses
        headline = lexicon.fold(_text(item.get("headline")) or _text(item.get("name")))
        said = bool(headline) and any(headline[:60] in one or one in headline for one in titles if len(one) > 8)
        ranked.append((not (own or said), rank == len(ARTICLES) - 1, item))
    ranked.sort(key=lambda one: one[:2])
    sure = any(not stranger for stranger, _, _ in ranked)
    return [item for stranger, _, item in ranked if not (sure and stranger)]


def _addresses(item: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = item.get(key)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str) and value.startswith("http"):
            yield value


def _page(url: str) -> str:
    """Return an address as one compares it: no scheme, no "www", no query, no mark of a mobile version."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    path = parts.path.rstrip("/")
    return host + path.removesuffix("/amp").removeprefix("/amp")


def _text(value: Any) -> str:
    """Return a JSON-LD value as one line: a string, the first of a list, the name of an object."""
    while isinstance(value, list | dict):
        value = (value[0] if value else None) if isinstance(value, list) else value.get("name") or value.get("@value")
    return _tidy(value) if isinstance(value, str) else ""


def _tidy(text: str) -> str:
    """Return a value as printed: entities that were escaped twice resolved, no tags, single spaces."""
    text = html.unescape(text[: 4 * VALUE]) if "&" in text else text[: 4 * VALUE]
    return SPACES.sub(" ", re.sub(r"<[^<>]{1,300}>", "", text)).strip()[:VALUE]


# 2. and 3. Meta and marked elements


def _meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of meta elements by name, property, itemprop or http-equiv, lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        if content := _tidy(element.get("content") or ""):
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    found.setdefault(name.strip().lower(), []).append(content)
                    break
    return found


def _metas(meta: dict[str, list[str]], field: str) -> Iterator[str]:
    yield from (value for name in KNOWN["meta"][field] for value in meta.get(name, ()))


def _told(meta: dict[str, list[str]], field: str) -> Iterator[Evidence]:
    """Yield the values of a field's meta elements; several of one name are one value, as authors are."""
    for name in KNOWN["meta"][field]:
        if values := list(dict.fromkeys(meta.get(name, ()))):
            rule = f"html.{name.replace(':', '.')}" if name.startswith("og:") else f"html.meta.{name}"
            value = "; ".join(values) if field == "author" else values[0]
            yield Evidence(value, rule, value)


def _marked(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield (what it is, element) of elements that markup gives a meaning, outside comments and teasers."""
    for element in MARKS(tree):
        if element.tag in ("meta", "link") and not element.get("itemprop"):
            continue
        words = {*(element.get("itemprop") or element.get("property") or "").split()}
        classes = (element.get("class") or "").split()
        kind = next((KNOWN["marked"][word] for word in words if word in KNOWN["marked"]), None)
        if kind is None and "author" in (element.get("rel") or "").split():
            kind = "author"
        if kind is None and ("fn" in classes or "p-author" in classes):
            kind = "author"
        if kind is None and (
            element.get("pubdate") is not None or any(one in ("published", "entry-date") for one in classes)
        ):
            kind = "date"
        if kind is None and element.tag == "time":
            kind = "time"
        if kind is not None and not _elsewhere(element):
            yield kind, element


def _elsewhere(element: Any) -> bool:
    """Whether an element belongs to a comment, or to a teaser of another article."""
    for above in islice(element.iterancestors(), 40):
        words = f"{above.get('class') or ''} {above.get('id') or ''} {above.get('itemprop') or ''}".casefold()
        if above.tag in ("body", "html"):
            return False
        if above.tag in ("aside", "footer", "nav") or re.search(r"\bcomments?\b|related|sidebar|widget", words):
            return True
        if "Comment" in (above.get("itemtype") or ""):
            return True
    return False


def _written(element: Any) -> str:
    """Return what a marked element says: the name within it, its content attribute or its words."""
    for inner in element.iter():
        if inner is not element and inner.get("itemprop") == "name":
            return _tidy(inner.get("content") or inner.text_content())
    return _tidy(element.get("content") or element.text_content())


# Fields


def _titles(
    tree: Any,
    articles: list[dict[str, Any]],
    meta: dict[str, list[str]],
    marked: list[tuple[str, Any]],
    sites: tuple[Evidence, ...],
) -> Iterator[Evidence]:
    """Yield titles; a site's name is none, and one that breaks off gives way to the whole."""
    told = [*_told(meta, "title")]
    told += [_as("html.json_ld.headline", value) for one in articles if (value := _text(one.get("headline")))]
    told += [_as("html.microdata.headline", _written(element), element) for kind, element in marked if kind == "title"]
    told += [_as("html.title", _tidy(element.text_content())) for element in islice(tree.iter("title"), 1)]
    names = {people.key(one.value) for one in sites}
    whole = [one for one in told if one.value and people.key(one.value) not in names]
    yield from sorted(whole, key=lambda one: one.value.endswith(TRUNCATED))


def _authors(
    articles: list[dict[str, Any]],
    objects: list[dict[str, Any]],
    meta: dict[str, list[str]],
    marked: list[tuple[str, Any]],
) -> Iterator[Evidence]:
    """Yield authors, "name; name" from each place; an organisation's rule says so."""
    known = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str) and one.get("name")}
    for item in articles:
        value = item.get("author") or item.get("creator")
        people_: list[str] = []
        others: list[str] = []
        for each in value if isinstance(value, list) else [value]:
            one = known.get(each.get("@id"), each) if isinstance(each, dict) and not each.get("name") else each
            organisation = isinstance(one, dict) and any("organization" in kind for kind in _types(one))
            names = one.get("name") if isinstance(one, dict) else one
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str) and _tidy(name):
                    (others if organisation else people_).append(_tidy(name))
        if people_:
            yield _as("html.json_ld.author", "; ".join(dict.fromkeys(people_)))
        if others:
            yield _as("html.json_ld.organization", "; ".join(dict.fromkeys(others)))
    yield from _told(meta, "author")
    for rule in ("microdata", "rel", "hcard"):
        found = [
            (_written(element), element)
            for kind, element in marked
            if kind == "author"
            and rule == ("microdata" if element.get("itemprop") else "rel" if element.get("rel") else "hcard")
        ]
        if names := list(dict.fromkeys(name for name, _ in found if name)):
            yield _as(f"html.{rule}.author", "; ".join(names[:8]), found[0][1])


def _sites(
    articles: list[dict[str, Any]], objects: list[dict[str, Any]], meta: dict[str, list[str]]
) -> Iterator[Evidence]:
    """Yield names of the publication; a bare host name comes last."""
    known = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str) and one.get("name")}
    told = [*_told(meta, "site")]
    for item in articles:
        publisher = item.get("publisher")
        publisher = known.get(publisher.get("@id"), publisher) if isinstance(publisher, dict) else publisher
        if name := _text(publisher):
            told.append(_as("html.json_ld.publisher", name))
    told += [_as("html.json_ld.website", _text(one)) for one in objects if "website" in _types(one) and _text(one)]
    told += [*_told(meta, "application")]
    yield from sorted(told, key=lambda one: " " not in one.value and "." in one.value.strip("."))


def _feeds(tree: Any) -> Iterator[Evidence]:
    """Yield the site's name as its feed has it, the weakest witness: "Harbour Post » Feed", "Harbour Post - Atom"."""
    for link in tree.getroottree().iter("link"):
        kind = (link.get("type") or "").strip().casefold()
        if kind in FEEDS and (match := FEED_TITLE.match((link.get("title") or "").strip())):
            yield _as("html.feed", match[1], link)


def _dates(
    articles: list[dict[str, Any]], meta: dict[str, list[str]], marked: list[tuple[str, Any]]
) -> Iterator[Evidence]:
    """Yield days of publication, never of a change."""
    found = [("html.json_ld.datePublished", _text(one.get("datePublished")), None) for one in articles]
    found += [(one.rule, one.text, None) for one in _told(meta, "date")]
    for kind, element in marked:
        value = element.get("content") or element.get("datetime") or element.get("title") or element.text_content()
        if kind == "date":
            found.append(("html.microdata.datePublished", _tidy(value), element))
    found += [(one.rule, one.text, None) for one in _told(meta, "weak_date")]
    for kind, element in marked:
        if kind == "time" and element.get("datetime") and "updated" not in (element.get("class") or ""):
            found.append(("html.time.datetime", _tidy(element.get("datetime")), element))
    found += [("html.json_ld.dateCreated", _text(one.get("dateCreated")), None) for one in articles]
    for rule, raw, element in found:
        text = COMPACT.sub(r"\1-\2-\3", raw)
        value = dates.from_iso(text) if text else None
        if value is not None and value.iso() != "1970-01-01":
            yield Evidence(value.iso(), rule, text, getattr(element, "sourceline", None))


def _urls(tree: Any, meta: dict[str, list[str]]) -> list[Evidence]:
    """Return the page's own addresses; one without a path, a mistake of templates, comes last."""
    told = [
        _as("html.link.canonical", (element.get("href") or "").strip(), element)
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    told += [*_told(meta, "url")]
    kept = [one for one in told if one.value.startswith(("http://", "https://"))]
    return sorted(_unique(kept), key=lambda one: "/" not in _page(one.value))


def _article_urls(articles: list[dict[str, Any]]) -> Iterator[Evidence]:
    yield from (_as("html.json_ld.url", address) for one in articles[:1] for address in _addresses(one))


def _languages(tree: Any, articles: list[dict[str, Any]], meta: dict[str, list[str]]) -> Iterator[Evidence]:
    root = tree.getroottree().getroot()
    told = [_as("html.json_ld.inLanguage", _text(one.get("inLanguage"))) for one in articles]
    told += [_as("html.lang", root.get("lang") or root.get("xml:lang") or "")]
    told += [*_told(meta, "language")]
    for one in told:
        if match := CODE.match(one.value):
            code = match[1].lower()
            yield Evidence(KNOWN["codes"].get(code, code), one.rule, one.value)


def _as(rule: str, value: str, element: Any = None) -> Evidence:
    return Evidence(value, rule, value, getattr(element, "sourceline", None))


def _unique(found: Iterable[Evidence]) -> list[Evidence]:
    """Return evidence without what the same rule says twice, or with nothing to say."""
    kept: dict[tuple[str, str], Evidence] = {}
    for one in found:
        if one.value:
            kept.setdefault((one.value, one.rule), one)
    return list(kept.values())
