"""A Reading as one flat dict: what `import_articles --dry-run --format=jsonl` prints, a line each document."""

from collections.abc import Iterable
from typing import Any

from articles.reading import actors
from articles.reading.types import Mention, Reading, Span

AUTHOR = "author"  # the claimant of what the text attributes to nobody else
KEYS = (
    "document",
    "title",
    "authors",
    "source",
    "via",
    "published",
    "published_not_before",
    "language",
    "body",
    "truncated",
    "references",
    "actors",
    "claims",
    "recommendations",
    "error",
)


def as_record(reading: Reading, *, document: str, names: actors.Names) -> dict[str, Any]:
    """Return a Reading with all KEYS, ready for JSON; actors by their preferred names, offsets into `body`."""
    body = reading.body
    return {
        "document": document,
        "title": reading.title,
        "authors": [{"name": one.name, "affiliation": one.affiliation} for one in reading.authors],
        "source": reading.source,
        "via": reading.via,
        "published": reading.published.iso() if reading.published else None,
        "published_not_before": reading.published_not_before.isoformat() if reading.published_not_before else None,
        "language": reading.language,
        "body": body,
        "truncated": reading.truncated,
        "references": [{"label": one.label, "text": one.text, "url": one.url} for one in reading.references],
        "actors": _actors(reading, names),
        "claims": [
            {
                "quote": body[one.start : one.end],
                "start": one.start,
                "end": one.end,
                "kind": one.kind.value,
                "claimant": _name(one.claimant, names) or one.claimant_text or AUTHOR,
                "rule": one.rule,
                "confidence": one.confidence,
            }
            for one in reading.claims
        ],
        "recommendations": [
            {
                "quote": body[one.start : one.end],
                "start": one.start,
                "end": one.end,
                "addressees": [_name(key, names) or key for key in one.addressees] or _printed(one.addressee_text),
                "action": one.action,
                "targets": [_name(key, names) or key for key in one.targets],
                "modality": one.modality.value,
                "negated": one.negated,
                "instrument": one.instrument.value if one.instrument else None,
                "rule": one.rule,
                "confidence": one.confidence,
            }
            for one in reading.recommendations
        ],
        "error": None,
    }


def failed(document: str, error: str | Exception) -> dict[str, Any]:
    """Return the record of a document that could not be read: all KEYS null but its name and the error."""
    return dict.fromkeys(KEYS) | {"document": document, "error": str(error)}


def _actors(reading: Reading, names: actors.Names) -> list[dict[str, Any]]:
    """Group mentions by actor, and candidates with theirs, in the order of first mention.

    People and organisations are named as the document names them in full; `key` says who it is in the authority file,
    null for a candidate.
    """
    grouped: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        grouped.setdefault(mention.actor, []).append(mention)
    out = []
    for key, found in grouped.items():
        places = _places(found, reading.body)
        name = names.printed(key, [one["text"] for one in places], reading.language)
        kind = names.entry(key).kind.value
        out.append({"name": name, "kind": kind, "key": key, "candidate": False, "mentions": places})
    out += [
        {
            "name": one.name,
            "kind": one.kind.value,
            "key": None,
            "candidate": True,
            "mentions": _places(one.mentions, reading.body),
        }
        for one in reading.candidates
    ]
    return sorted(out, key=lambda one: one["mentions"][0]["start"])


def _places(found: Iterable[Mention | Span], body: str) -> list[dict[str, Any]]:
    return [{"start": one.start, "end": one.end, "text": body[one.start : one.end]} for one in found]


def _name(key: str | None, names: actors.Names) -> str | None:
    return names.entry(key).name if key else None


def _printed(text: str) -> list[str]:
    return [text] if text else []
