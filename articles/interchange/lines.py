"""Tables as lines of text: CSV (RFC 4180) and JSON Lines."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet takes a text for a formula (OWASP, CSV injection)
BETWEEN = "; "  # values of one cell


def as_csv(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line of names and one of values for each record, ended by CR LF; lists stand in one cell."""
    writer = csv.writer(_Line())
    yield writer.writerow(columns)
    for record in records:
        yield writer.writerow([cell(record[name]) for name in columns])


def as_json_lines(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield an object for each record, each on a line of its own."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, default=str) + "\n"


def cell(value: Any) -> str:
    """Return a value as a cell holds it; a text that a spreadsheet would reckon has an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = BETWEEN.join(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


class _Line:
    """What a writer writes to, so that it hands back the line."""

    def write(self, text: str) -> str:
        return text
