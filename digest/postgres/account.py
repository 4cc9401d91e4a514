"""As whom the server runs. PostgreSQL refuses root, so root lends it a user id that nobody else has.

No account is made: a number without a name is enough for the server. Only `initdb` insists on a name, so it runs under
the name of `nobody`, but with our unused number as its group, in a folder that only this group may enter: other
processes of `nobody` can neither reach the files nor trace the program. Then the files are handed to the unused number.
"""

import grp
import os
import pwd
import stat
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ClusterError

# Left unused by systemd's table of ids (systemd.io/UIDS-GIDS), and below the 65,536 ids that a container usually has.
UNUSED_IDS = range(60578, 61184)


@dataclass(frozen=True, slots=True)
class Account:
    """A user id and a group id to run a program as."""

    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """Return what subprocess needs to become this account: nothing unless we are root."""
        if os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_of(data: Path) -> Account:
    """Return the account that owns an existing cluster; ClusterError where we may not act for it."""
    status = data.stat()
    if os.geteuid() and status.st_uid != os.geteuid():
        raise ClusterError(
            f"The database in {data} belongs to {name_of(status.st_uid)}: "
            "run as that user, or set DIGEST_DATA to a folder of yours."
        )
    if status.st_uid == 0:
        raise ClusterError(
            f"The database in {data} belongs to root, which PostgreSQL refuses: "
            f"run `chown -R {unused_id(data)} {data}`."
        )
    return Account(status.st_uid, status.st_gid)


def account_for(data: Path) -> Account:
    """Return the account for a cluster yet to be made: ourselves, or for root an id that nobody has."""
    if os.geteuid():
        return Account(os.geteuid(), os.getegid())
    unused = unused_id(data)
    return Account(unused, unused)


def unused_id(data: Path) -> int:
    """Return a number that is no user's, no group's and no running process's; the path says where to begin looking."""
    taken: set[int] = {entry.pw_uid for entry in pwd.getpwall()} | {entry.gr_gid for entry in grp.getgrall()}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            taken.add(process.stat().st_uid)
    first: int = zlib.crc32(os.fsencode(data)) % len(UNUSED_IDS)
    for candidate in (*UNUSED_IDS[first:], *UNUSED_IDS[:first]):
        if candidate not in taken:
            return candidate
    raise ClusterError(
        f"No user id from {UNUSED_IDS[0]} to {UNUSED_IDS[-1]} is free to run PostgreSQL: run as an ordinary user."
    )


def borrowed_name(account: Account) -> Account:
    """Return the account for initdb, which needs a uid that has a name; the group stays ours alone."""
    if os.geteuid():
        return account
    named = [entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid]
    with suppress(KeyError):
        named.insert(0, pwd.getpwnam("nobody").pw_uid)
    if not named:
        raise ClusterError(
            "PostgreSQL's initdb needs a user other than root in /etc/passwd: add one, or set DATABASE_URL."
        )
    return Account(named[0], account.gid)


def callers(account: Account) -> list[str]:
    """Return the names that the server lets in: root, the owner, and whoever starts it."""
    names = []
    for uid in sorted({0, account.uid, os.geteuid()}):
        with suppress(KeyError):
            names.append(pwd.getpwuid(uid).pw_name)
    return names


def name_of(uid: int) -> str:
    """Return a user's name for a message, else the number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user id {uid}"


def require_passage(account: Account, target: Path) -> None:
    """Raise ClusterError, with the remedy, where the account can't pass a parent of the target; change nothing."""
    if os.geteuid():
        return
    for parent in reversed(target.parents):
        try:
            status = parent.stat()
        except FileNotFoundError:
            return
        shift = 6 if status.st_uid == account.uid else 3 if status.st_gid == account.gid else 0
        if not status.st_mode & (stat.S_IXOTH << shift):
            raise ClusterError(
                f"PostgreSQL does not run as root, and the user it runs as can't pass {parent} to reach {target}: "
                f"run `chmod o+x {parent}`, or keep Digest and DIGEST_DATA elsewhere, such as in /srv."
            )
