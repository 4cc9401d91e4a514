"""What every picture is: a title, rows of numbers, and marks that are drawn from the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = str | int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its cells, and where its first cell leads."""

    cells: Sequence[Cell]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a question and the table it equals. `drawing`: what its template draws, worked out from `rows`."""

    kind: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    drawing: dict[str, Any] = field(default_factory=dict)
    width: int = 960
    height: int = 400
    sampled: int = 0  # statements that were looked at, where there are more
    note: str = ""
    left_out: int = 0  # rows that the picture does not show and the table does
