"""Making a cluster, whole or not at all: initdb works in `<data>.init`; finished work is renamed to `<data>`."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from . import account as accounts
from . import programs
from .account import Account
from .errors import ClusterError

OWNER = "digest"

# The same on every machine, whatever its locales: built-in Unicode rules, so that upper('éß') is 'ÉSS'.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST")


def existing_account(data: Path) -> Account | None:
    """Return the owner of the cluster in this folder, None where there is none; ClusterError where we can't use it."""
    try:
        owner = data.stat().st_uid
    except FileNotFoundError:
        return None
    if os.geteuid() not in {0, owner}:
        accounts.account_of(data)  # raises; what lies in there we can't see
    if not any(data.iterdir()):
        return None
    try:
        version = (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise ClusterError(
            f"{data} holds files but no PostgreSQL database: set DIGEST_DATA to another folder."
        ) from None
    if version != str(programs.MAJOR):
        raise ClusterError(
            f"The database in {data} was made by PostgreSQL {version}, ours is {programs.MAJOR}: "
            "dump it with the version of Digest that made it, then restore it into a new folder."
        )
    return accounts.account_of(data)


def make(data: Path, *, fsync: bool = True) -> Account:
    """Make a cluster in a folder that is missing or empty, and return its account. Call it under the cluster's lock."""
    account = accounts.account_for(data)
    borrowed = accounts.borrowed_name(account)
    for each in (account, borrowed):
        accounts.require_passage(each, data)
        accounts.require_passage(each, programs.program("postgres"))
    init = data.with_name(f"{data.name}.init")
    shutil.rmtree(init, ignore_errors=True)  # what a killed initdb left
    with suppress(FileExistsError):
        init.mkdir(mode=0o700)
    # From here on by the opened folder: no one who may write beside it can put another in its place.
    handle = os.open(init, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        # A new name each time: an initdb whose caller was killed may still be at work under the old one.
        made = _initdb(init, handle, secrets.token_hex(4), borrowed=borrowed, account=account, fsync=fsync)
        os.rename(made, data, src_dir_fd=handle)
    finally:
        os.close(handle)
    _sync(data.parent)
    shutil.rmtree(init, ignore_errors=True)
    return account


def make_parents(data: Path) -> None:
    """Make the missing parents of the data folder: root's so that others can pass. Existing ones stay as they are."""
    for parent in reversed(data.parents):
        with suppress(FileExistsError):
            parent.mkdir()
            if not os.geteuid():
                parent.chmod(0o755)  # whatever the umask says


def _initdb(init: Path, handle: int, name: str, *, borrowed: Account, account: Account, fsync: bool) -> str:
    as_root = not os.geteuid()
    if os.fstat(handle).st_uid != os.geteuid():
        raise ClusterError(f"{init} belongs to another user: remove it.")
    os.mkdir(name, mode=0o700, dir_fd=handle)
    if as_root:
        os.fchown(handle, 0, account.gid)
        os.fchmod(handle, 0o710)
        os.chown(name, borrowed.uid, account.gid, dir_fd=handle, follow_symlinks=False)
    programs.run(
        [
            *(programs.program("initdb"), "--pgdata", init / name, "--username", OWNER, *LOCALE),
            *("--auth-local=peer", "--auth-host=reject", "--no-instructions"),
            *(() if fsync else ("--no-sync",)),
        ],
        account=borrowed,
    )
    if as_root:
        for _, folders, files, folder in os.fwalk(name, dir_fd=handle, follow_symlinks=False):
            for entry in (*folders, *files):
                os.chown(entry, account.uid, account.gid, dir_fd=folder, follow_symlinks=False)
        os.chown(name, account.uid, account.gid, dir_fd=handle, follow_symlinks=False)
    return name


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
