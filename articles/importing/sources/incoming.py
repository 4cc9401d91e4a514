"""A document on its way in: where it is, what it is called, and its bytes once they are asked for."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

LARGEST = 10 * 2**20  # bytes; the longest op-ed page seen with all its scripts has a thirtieth of it
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document not yet fetched: its path, and how people write where it is and what it is called.

    One that came out of a file of several brings its bytes along, or what is `wrong` with it.
    """

    path: str
    location: str
    name: str
    held: bytes | None = None
    media_type: str = ""  # of its bytes, where the file it came in says so; else it is found out
    wrong: str = ""
    numbered: bool = False  # its location counts lines: another time something else may stand there
    most: int = LARGEST

    @property
    def is_a_place(self) -> bool:
        """Whether a later document from the same location is a new text of the same thing."""
        return not self.numbered and not self.location.startswith(STANDARD_INPUT)

    def fetch(self) -> bytes:
        """Return its bytes.

        Raises OSError where it can't be read, and where it holds more than `most` bytes.
        """
        if self.wrong:
            raise OSError(self.wrong)
        if self.held is not None:
            raw = self.held
        elif self.location == STANDARD_INPUT:
            if sys.stdin is None:
                raise OSError("standard input is closed")
            raw = sys.stdin.buffer.read(self.most + 1)
        else:
            with Path(self.path).open("rb") as file:
                raw = file.read(self.most + 1)
        if len(raw) > self.most:
            raise OSError(too_large(self.most))
        return raw


def too_large(most: int) -> str:
    """Return the sentence for a document of more than `most` bytes."""
    return f"holds more than {most // 2**20} MB, the most that is read of one document"


def printable(path: str) -> str:
    """Return a path or name as it can be written down: bytes that are no UTF-8 as \\xff, NUL as \\x00."""
    try:
        raw = os.fsencode(path)
    except UnicodeEncodeError:  # half a character that a JSON text may hold
        raw = path.encode("utf-8", "backslashreplace")
    return raw.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
