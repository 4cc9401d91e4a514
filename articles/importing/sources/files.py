"""Documents from files, folders and standard input."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

READABLE = {".txt", ".text", ".html", ".htm", ".xhtml"}  # what a folder is searched for; a file named outright is tried
LARGEST = 10 * 2**20  # bytes; the longest op-ed page seen with all its scripts has a thirtieth of it
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document not yet fetched: its path, and how people write where it is and what it is called."""

    path: str
    location: str
    name: str

    @property
    def is_a_place(self) -> bool:
        """Whether a later document from the same location is a new text of the same thing."""
        return self.location != STANDARD_INPUT

    def fetch(self) -> bytes:
        """Return its bytes.

        Raises OSError where it can't be read, and where it holds more than `LARGEST` bytes.
        """
        if self.location == STANDARD_INPUT:
            if sys.stdin is None:
                raise OSError("standard input is closed")
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(self.path).open("rb") as file:
                raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise OSError(f"holds more than {LARGEST // 2**20} MB, the most that is read of one document")
        return raw


def find(paths: Iterable[str]) -> list[Incoming]:
    """Return the documents at `paths`, in the order given; folders are searched through, by name.

    Raises FileNotFoundError for a path that is neither file nor folder.
    """
    return [document for path in paths for document in _at(path)]


def _at(path: str) -> Iterator[Incoming]:
    if not path:
        raise FileNotFoundError("an empty path: no such file or folder")
    if path == STANDARD_INPUT:
        yield Incoming(STANDARD_INPUT, STANDARD_INPUT, STANDARD_INPUT)
    elif Path(path).is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                found = Path(folder, name)
                if found.suffix.lower() in READABLE and not name.startswith(".") and found.is_file():
                    yield _incoming(found)
    elif Path(path).is_file():
        yield _incoming(Path(path))
    else:
        wrong = "neither a file nor a folder" if Path(path).exists() else "no such file or folder"
        raise FileNotFoundError(f"{printable(path)}: {wrong}")


def _incoming(path: Path) -> Incoming:
    return Incoming(str(path), printable(str(path.resolve())), printable(path.name))


def printable(path: str) -> str:
    """Return a path as it can be written down: bytes of its name that are no UTF-8 as \\xff."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
