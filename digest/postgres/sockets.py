"""Where the server listens: in the data folder, or where that can't be, in a private folder of the temporary one."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from .account import Account, name_of
from .errors import ClusterError

PORT = 5432
# A socket's address holds 108 bytes, the last of them a zero; macOS has 104.
LONGEST = 103 - len(f"/.s.PGSQL.{PORT}")


def socket_directory(data: Path) -> Path:
    """Return where the server of this cluster listens, by its own note if it left one, else where it would."""
    try:
        noted = (data / "postmaster.pid").read_text(errors="surrogateescape").split("\n")[4]
    except (OSError, IndexError):
        noted = ""
    return Path(noted) if noted.startswith("/") else chosen_directory(data)


def chosen_directory(data: Path) -> Path:
    """Return the data folder, or the private one if its path is too long or holds a comma (libpq's hosts)."""
    if len(os.fsencode(data)) <= LONGEST and "," not in str(data):
        return data
    name = f"digest-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"
    parent = tempfile.gettempdir()
    if len(os.fsencode(parent)) + 1 + len(name) > LONGEST or "," in parent:
        parent = "/tmp"  # noqa: S108 -- the folder in it is private, and checked
    return Path(parent, name)


def prepare(directory: Path, account: Account) -> None:
    """Make the private folder, mode 0700, for the account alone; ClusterError where it is a link or another's."""
    try:
        directory.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if not os.geteuid():
            os.chown(directory, account.uid, account.gid, follow_symlinks=False)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise ClusterError(
            f"{directory}, where PostgreSQL's socket would lie, is not a private folder of {name_of(account.uid)}: "
            "remove it, or set DIGEST_DATA to a shorter path."
        )


def quoted(directory: Path) -> str:
    """Return the folder as one entry of PostgreSQL's list of socket folders."""
    return '"' + str(directory).replace('"', '""') + '"'


def socket_file(directory: Path) -> Path:
    """Return the path of the socket itself."""
    return directory / f".s.PGSQL.{PORT}"
