"""Lines of a file that may be longer than memory: read one by one, those too long passed over."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from articles.importing.sources.incoming import LARGEST


def rows(file: BinaryIO, most: int = LARGEST) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, line with its end) of a file; None in place of a line of more than `most` bytes."""
    number = 0
    while line := file.readline(most + 1):
        number += 1
        if len(line) <= most:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(most)
        yield number, None


def grouped(
    file: BinaryIO, begins: Callable[[bytes], object], most: int = LARGEST
) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, bytes) of the entries of a file, each from a line that `begins` it to the next such line.

    What stands before the first is left out; None in place of an entry of more than `most` bytes.
    """
    number, size = 0, 0
    parts: list[bytes] = []

    def entry() -> tuple[int, bytes | None]:
        return number, b"".join(parts) if size <= most else None

    for _, line in rows(file, most):
        if line is not None and begins(line):
            if number:
                yield entry()
            number, size, parts = number + 1, 0, []
        size += len(line) if line is not None else most + 1
        if size <= most and line is not None:
            parts.append(line)
    if number:
        yield entry()
