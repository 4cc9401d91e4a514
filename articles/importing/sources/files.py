"""Documents from files, folders, standard input and addresses."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles.importing.sources import web
from articles.importing.sources.incoming import LARGEST, STANDARD_INPUT, Incoming, printable
from articles.importing.sources.kinds import Columns, Held, buffered, documents, readable

__all__ = ["LARGEST", "Incoming", "find", "printable"]


def find(paths: Iterable[str], *, columns: Columns | None = None) -> Iterator[Incoming]:
    """Yield the documents at `paths`, in the order given, one by one; folders are searched through, by name.

    `columns` names the columns of tables and the keys of records; what it leaves out is called as usual. Raises
    FileNotFoundError at once for a path that is neither file nor folder nor an address of the web that may be asked.
    """
    paths = list(paths)
    for path in paths:
        _check(path)
    return (document for path in paths for document in _at(path, columns or {}))


def _check(path: str) -> None:
    if not path:
        raise FileNotFoundError("an empty path: no such file or folder")
    if web.is_address(path):
        try:
            web.checked(path)
        except web.NotFetched as error:
            raise FileNotFoundError(str(error)) from error
        return
    if path != STANDARD_INPUT and not Path(path).is_dir() and not Path(path).is_file():
        wrong = "neither a file nor a folder" if Path(path).exists() else "no such file or folder"
        raise FileNotFoundError(f"{printable(path)}: {wrong}")


def _at(path: str, columns: Columns) -> Iterator[Incoming]:
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            yield Incoming(STANDARD_INPUT, STANDARD_INPUT, STANDARD_INPUT)
        else:
            yield from documents(Held(buffered(sys.stdin.buffer), STANDARD_INPUT, STANDARD_INPUT, columns=columns))
    elif web.is_address(path):
        yield from web.at(path, columns)
    elif Path(path).is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                found = Path(folder, name)
                if readable(name) and found.is_file():
                    yield from _in_file(found, columns)
    else:
        yield from _in_file(Path(path), columns)


def _in_file(path: Path, columns: Columns) -> Iterator[Incoming]:
    name, location = printable(path.name), printable(str(path.resolve()))
    try:
        with path.open("rb") as file:
            yield from documents(Held(file, location, name, str(path), columns))
    except OSError:  # says why when it is fetched
        yield Incoming(str(path), location, name)
