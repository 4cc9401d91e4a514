"""Records: what a row of a table, a line of JSON or an entry of a bibliography states, and the page made of it."""

import html
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from articles.importing.sources.kinds import Columns
from articles.reading import bylines, dates, people
from articles.reading.types import Hints, Stated, UnreadableDocument

FIELDS = ("title", "authors", "published", "url", "html", "text", "abstract", "language", "source", "id")
INVERTED = re.compile(r"^([^,;]{1,60}),\s*([^,;]{1,60})$")  # "Roe, Jane"
PARTED = re.compile(r"\s*;\s*|\s*\|\s*|\s+(?:and|&)\s+", re.IGNORECASE)
MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|blockquote|article|section)\b[^<>]*>", re.IGNORECASE)
STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
SECONDS, THOUSANDTHS = 10**8, 10**11  # what a number must be, at least, to be a moment in that unit after 1970
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?$")
MAPPED = "application/vnd.digest.mapped+json"  # a record with the mapping by which it is read


@cache
def usual() -> dict[str, tuple[str, ...]]:
    """Return what the columns are usually called, by field."""
    told = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
    return {field: tuple(told[field]) for field in FIELDS}


def mapping(path: str) -> Columns:
    """Return the mapping that a JSON or TOML file saves: a column's name, or several, by field.

    Raises ValueError, with a sentence, for what is none; OSError.
    """
    raw = Path(path).read_text(encoding="utf-8")
    told = tomllib.loads(raw) if path.casefold().endswith(".toml") else json.loads(raw)
    if not isinstance(told, dict) or not told:
        raise ValueError("a mapping names, by field, the column it stands in")
    if strange := sorted(set(told) - set(FIELDS)):
        raise ValueError(f"a mapping has no field {strange[0]!r}; there are {', '.join(FIELDS)}")
    found = {field: (names,) if isinstance(names, str) else names for field, names in told.items()}
    for field, names in found.items():
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) and name for name in names):
            raise ValueError(f"{field}: neither a column's name nor a list of names")
    return {field: tuple(names) for field, names in found.items()}


def fields(row: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """Return the values of a record by our field, those that hold something."""
    lowered = {str(key).strip().casefold(): value for key, value in row.items()}
    found = {field: _first(lowered, names) for field, names in {**usual(), **columns}.items()}
    return {field: value for field, value in found.items() if value is not None}


def key_of(row: Mapping[str, Any], columns: Columns) -> str:
    """Return by what a record is known again: its own id, else its address; empty without either."""
    lowered = {str(key).strip().casefold(): value for key, value in row.items()}
    values = (_first(lowered, columns.get(field) or usual()[field]) for field in ("id", "url"))
    return str(next((value for value in values if isinstance(value, str | int)), "")).strip()


def opened(found: Mapping[str, Any], hints: Hints, *, rule: str = "record") -> tuple[bytes, Hints]:
    """Return a record, values by our field, as the reader takes it: a page or text under its title, and what it states.

    Raises UnreadableDocument for one without text.
    """
    title = _line(found.get("title"))
    told = Stated(
        rule=rule,
        title=title,
        authors=tuple(name for name in authors(found.get("authors")) if not people.nobody(name)),
        published=moment(found.get("published")),
        url=url if (url := _line(found.get("url"))).startswith(("http://", "https://")) else "",
        source=_line(_named(found.get("source"))),
        language=language(_line(found.get("language"))),
        truncated=bool(found.get("truncated")),
    )
    page, text = _text(found.get("html")), _text(found.get("text"))
    if not page and MARKUP.search(text):
        page, text = text, ""
    if not page and not text:
        text = _text(found.get("abstract"))
        told = replace(told, truncated=True)
        page, text = (text, "") if MARKUP.search(text) else ("", text)
    if not page and not text:
        where = f", only where one is ({told.url})" if told.url else ""
        raise UnreadableDocument(f"the record holds no text{where}")
    if page:
        return framed(page, title).encode(), replace(hints, media_type="text/html", stated=told)
    return f"{title}\n\n{text}".strip().encode(), replace(hints, media_type="text/plain", stated=told)


def framed(page: str, title: str) -> str:
    """Return a piece of a page within a page of its own, under its title; a whole page as it is."""
    if re.search(r"<(?:html|body)\b", page[:4000], re.IGNORECASE):
        return page
    heading = f"<h1>{html.escape(title)}</h1>" if title else ""
    head = f"<title>{html.escape(title)}</title>" if title else ""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{heading}\n{page}</body></html>'


def authors(value: Any) -> list[str]:
    """Return the names that a record states: a list, names with separators between them, objects with a name."""
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(name for one in value for name in authors(one)))
    if isinstance(value, dict):
        if value.get("family"):
            return [" ".join(str(value[part]) for part in ("given", "family") if value.get(part))]
        return authors(_named(value))
    text = _line(value)
    text = bylines.after_by(text) or text
    if not re.search("[;|]", text) and (found := people.names(text)):
        return list(found)
    return [turned(part) for part in PARTED.split(text) if part.strip()]


def turned(name: str) -> str:
    """Return "Roe, Jane" as "Jane Roe"."""
    match = INVERTED.match(name.strip())
    return f"{match[2]} {match[1]}".strip() if match else name.strip()


def moment(value: Any) -> str:
    """Return when something was, as ISO 8601 as far as it is known; empty where nobody can tell."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, dict):  # CSL
        parts = (value.get("date-parts") or [[]])[0]
        if parts and isinstance(parts, list) and all(str(part).isdecimal() for part in parts):
            return "-".join(f"{int(part):0{4 if at == 0 else 2}d}" for at, part in enumerate(parts[:3]))
        value = value.get("raw") or value.get("literal") or ""
    text = _line(value)
    if text.isdecimal() and len(text) != 8 and int(text) >= SECONDS:
        number = int(text)
        try:
            return datetime.fromtimestamp(number / (1000 if number >= THOUSANDTHS else 1), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return ""
    text = COMPACT.sub(r"\1-\2-\3", text)
    if re.match(r"\d{4}(?:-\d\d){0,2}(?!\d|[-/.]\d)", text):
        return text
    return found.iso() if (found := dates.from_iso(text)) else ""


def language(text: str) -> str:
    """Return the code of a language that is named by its code or in English."""
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_].*)?", text):
        return re.split("[-_]", text)[0].lower()
    return _languages().get(text.casefold(), "")


@cache
def _languages() -> dict[str, str]:
    return {name.casefold(): code for code, name in Locale("en").languages.items() if len(code) == 2}


def _first(row: Mapping[str, Any], names: Iterable[str]) -> Any:
    """Return the first value under one of these names that holds something; None without one."""
    values = (_at(row, name.strip().casefold()) for name in names)
    return next((one for one in values if one not in (None, "", [], {})), None)


def _at(row: Mapping[str, Any], name: str) -> Any:
    """Return what stands in a record under "a", or under "a.b"."""
    if name in row:
        return row[name]
    first, _, rest = name.partition(".")
    inner = row.get(first) if rest else None
    if not isinstance(inner, dict):
        return None
    return _at({str(key).casefold(): value for key, value in inner.items()}, rest)


def _named(value: Any) -> Any:
    """Return the name of an object that has one."""
    return (
        next((value[key] for key in ("name", "title", "value") if value.get(key)), "")
        if isinstance(value, dict)
        else value
    )


def _line(value: Any) -> str:
    return " ".join(_clean(str(value)).split()) if isinstance(value, str | int | float) else ""


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "\n\n".join(one for one in value if one)
    return _clean(value).strip() if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Return a text without control characters and halves of characters, which JSON can write and nobody can store."""
    return STRAY.sub("", text)


def parsed(raw: bytes) -> Any:
    """Return what a JSON text holds. Raises UnreadableDocument, with a sentence, for what is none."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"not valid UTF-8 at byte offset {error.start}") from error
    except RecursionError as error:
        raise UnreadableDocument("JSON nested too deep") from error
    except ValueError as error:
        raise UnreadableDocument(f"not valid JSON: {error}") from error


def decoded(raw: bytes) -> str:
    """Return the text of a table's line or a bibliography's entry: UTF-8, else Windows-1252."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def dumped(row: Any) -> bytes:
    """Return a record as JSON, as it is kept."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")


def kept(row: Mapping[str, Any], columns: Columns, raw: bytes = b"") -> tuple[bytes, str]:
    """Return the bytes under which a record is kept and their media type: with its mapping, if it has one."""
    if columns:
        return dumped({"mapping": {field: list(names) for field, names in columns.items()}, "row": row}), MAPPED
    return raw or dumped(row), "application/json"
