"""What machines are told of a page: schema.org as JSON-LD, and the passage of the original that a quote stands in.

A claim is a `Claim`, never a `ClaimReview`: Digest rates none.
"""

import json
from typing import Any
from urllib.parse import quote

from django.utils.html import _json_script_escapes  # type: ignore[attr-defined]
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article

LONGEST = 180  # characters of a quote that is looked for as a whole; of a longer one its beginning and its end
EDGE = 6  # words


def json_ld(data: dict[str, Any]) -> SafeString:
    """Return data as the content of a script element that holds JSON-LD."""
    told = json.dumps({"@context": "https://schema.org", **_without_nothing(data)}, ensure_ascii=False)
    return mark_safe(told.translate(_json_script_escapes))  # noqa: S308 - <, > and & are escaped


def of_article(article: Article, address: str, bylines: Any) -> dict[str, Any]:
    """Return an op-ed as an OpinionNewsArticle; what is not known is left out."""
    return {
        "@type": "OpinionNewsArticle",
        "@id": address,
        "url": address,
        "headline": article.title[:110],
        "inLanguage": article.language,
        "datePublished": _date(article),
        "wordCount": article.words,
        "author": [
            {"@type": "Person", "name": line.name, "affiliation": _named("Organization", line.affiliation)}
            for line in bylines
        ],
        "publisher": _named("Organization", article.source.name if article.source else ""),
        "isBasedOn": article.link,
    }


def of_statement(row: Any, address: str, article: str) -> dict[str, Any]:
    """Return a claim as a Claim, a recommendation as a Quotation, each with the op-ed it stands in."""
    is_claim = row.short_name == "claim"
    return {
        "@type": "Claim" if is_claim else "Quotation",
        "@id": address,
        "url": address,
        "text": row.exact,
        "appearance" if is_claim else "isPartOf": {"@type": "OpinionNewsArticle", "@id": article, "url": article},
        "author" if is_claim else "spokenByCharacter": _named("Person", row.speaker.name if row.speaker else ""),
    }


def text_fragment(link: str, exact: str) -> str:
    """Return the address of a passage of a page: a link with a text fragment (WICG); empty where there is no link."""
    if not link:
        return ""
    words = exact.split()
    whole = " ".join(words)
    if len(whole) <= LONGEST or len(words) < 2 * EDGE:
        wanted = _encoded(whole)
    else:
        wanted = f"{_encoded(' '.join(words[:EDGE]))},{_encoded(' '.join(words[-EDGE:]))}"
    return f"{link.partition('#')[0]}#:~:text={wanted}"


def _encoded(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def _date(article: Article) -> str:
    """Return a date in ISO 8601 as far as it is known: 2024-07-22, 2024-07 or 2024."""
    if not article.published:
        return ""
    length = {"year": 4, "month": 7}.get(article.published_precision, 10)
    return article.published.isoformat()[:length]


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _without_nothing(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _without_nothing(value) for name, value in data.items() if value not in ("", None, [], {})}
    return [_without_nothing(one) for one in data] if isinstance(data, list) else data
