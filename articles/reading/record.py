"""A Reading as one flat dict: what `import_articles --dry-run --format=jsonl` prints, a line each document."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from articles.reading import actors, addressees, cues, patterns
from articles.reading.types import Mention, Reading, Recommendation, Span
from articles.vocabulary import ActorKind, NameKind

AUTHOR = "author"  # the claimant of what the text attributes to nobody else
BRACKETS = re.compile(r"\s*\([^()]*\)$")
QUOTES = {"en": ("“", "”"), "de": ("„", "“"), "fr": ("«", "»")}  # around words of the text, by language
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
    "evidence",
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
        "references": [
            {
                "label": one.label,
                "text": one.text,
                "url": one.url,
                "repeats": one.repeats + 1 if one.repeats is not None else None,
            }
            for one in reading.references
        ],
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
                "voice": one.voice.value,
            }
            for one in reading.claims
        ],
        "recommendations": [
            {
                "quote": body[one.start : one.end],
                "start": one.start,
                "end": one.end,
                "addressees": _addressees(one, reading, names),
                "action": one.action,
                "targets": [_told(key, reading, names) for key in one.targets],
                "modality": one.modality.value,
                "negated": one.negated,
                "instrument": one.instrument.value if one.instrument else None,
                "rule": one.rule,
                "confidence": one.confidence,
                "voice": one.voice.value,
                "recommender": _name(one.recommender, names) or one.recommender_text or AUTHOR,
                "condition": one.condition or None,
                "deadline": one.deadline or None,
            }
            for one in reading.recommendations
        ],
        "evidence": evidence(reading),
        "error": None,
    }


def evidence(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """Return by field what the witnesses to its value said, as plain values; the first of each field was believed."""
    return {
        field: [{"value": one.value, "rule": one.rule, "text": one.text, "line": one.line} for one in heard]
        for field, heard in reading.evidence.items()
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


def _addressees(one: Recommendation, reading: Reading, names: actors.Names) -> list[str]:
    """Return whom a recommendation tells: actors by name, else the words printed; a "we" that stays open in quotes."""
    if one.addressees:
        return [_told(key, reading, names, printed=one.addressee_text) for key in one.addressees]
    known = cues.of(reading.language)
    if known and known.word("first_person").fullmatch(patterns.lowered(one.addressee_text)):
        opening, closing = QUOTES.get(reading.language or "", QUOTES["en"])
        return [f"{opening}{one.addressee_text.casefold()}{closing}"]
    if known and one.addressee_text:
        return addressees.apart(one.addressee_text, known)
    return [one.addressee_text] if one.addressee_text else []


def _told(key: str, reading: Reading, names: actors.Names, *, printed: str = "") -> str:
    """Return an actor's name without what tells it from namesakes.

    In a text that is not English: 1. a capital that stands for it, as printed; 2. the name that it prints most; 3. of
    "the government", the words printed; 4. the first name in its language.
    """
    entry = names.entry(key)
    name = entry.name
    if reading.language != actors.ENGLISH:
        if any(one.kind == NameKind.CAPITAL and one.text == printed for one in entry.names):
            return printed
        spoken = {"", reading.language, actors.ENGLISH}
        named = [one for one in entry.names if one.kind == NameKind.NAME and one.language in spoken]
        known = [one.text for one in named if one.language == reading.language]
        forms = Counter(reading.body[one.start : one.end] for one in reading.mentions if one.actor == key)
        if entry.kind == ActorKind.ORGANISATION:
            named += [one for one in entry.names if one.kind == NameKind.ABBREVIATION and one.language in spoken]
        said = [form for form, _ in forms.most_common() if form.casefold() in {one.text.casefold() for one in named}]
        government = printed if key.startswith("government-of-") else ""
        name = next(iter([*said, *([government] if government else []), *known]), name)
    return BRACKETS.sub("", name)
