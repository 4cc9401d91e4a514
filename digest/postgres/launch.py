"""Bringing the postmaster to life, and clearing what a dead one left; both under the cluster's lock.

The postmaster inherits a shared flock on its data folder, and so does each of its children. While one of them lives,
anywhere on this kernel and in any container, the folder can't be locked for ourselves: that is how `is_in_use` knows.
"""

import fcntl
import os
import signal
from contextlib import suppress
from pathlib import Path

from . import account as accounts
from . import processes, programs, sockets, tuning
from .account import Account

LOG = "postgres.log"
LARGEST_LOG = 10 * 1024 * 1024

# The account itself writes into its folder, not root for it: a link that it may have put there leads to nothing new.
SCRIPT = f"""
printf %s "$1" > pg_hba.conf && printf %s "$2" > pg_ident.conf || exit 1
shift 2
if [ -f {LOG} ] && [ "$(wc -c < {LOG})" -gt {LARGEST_LOG} ]; then mv -f {LOG} {LOG}.1; fi
"$@" < /dev/null >> {LOG} 2>&1 &
"""


def log_file(data: Path) -> Path:
    """Return where the server of this folder writes its log."""
    return data / LOG


def log_tail(data: Path) -> str:
    """Return the last fatal line of the log, without its time and process id; an empty string where there is none."""
    try:
        with log_file(data).open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 8192))
            lines = log.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    # What it answers those who knock too early, us among them, is no reason.
    lines = [line for line in lines if "the database system is" not in line]
    for line in reversed(lines):
        for mark in ("FATAL:", "PANIC:"):
            if mark in line:
                return line.partition(mark)[2].strip()
    return lines[-1].strip() if lines else ""


def launch(data: Path, account: Account, *, fsync: bool) -> None:
    """Start a postmaster as the account and return at once; whether it comes up is seen by connecting."""
    accounts.require_passage(account, data)
    accounts.require_passage(account, programs.program("postgres"))
    directory = sockets.chosen_directory(data)
    if directory != data:
        sockets.prepare(directory, account)
    settings = tuning.server_settings(memory=tuning.machine_memory(), fsync=fsync) | {
        "listen_addresses": "",
        "port": str(sockets.PORT),
        "unix_socket_directories": sockets.quoted(directory),
        "unix_socket_permissions": "0700",
    }
    command = [str(programs.program("postgres")), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    # Each caller's user id comes from the kernel; only these may be the owner of the database.
    names = "".join(f'digest "{name}" all\n' for name in accounts.callers(account))
    access = "local all all peer map=digest\nlocal replication all peer map=digest\nhost all all all reject\n"
    folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_SH)
        programs.run(
            ["/bin/sh", "-c", SCRIPT, "sh", access, names, *command],
            account=account,
            directory=data,
            inherited=[folder],
        )
    finally:
        os.close(folder)  # not LOCK_UN, which would end the lock of the postmaster too


def is_in_use(data: Path) -> bool:
    """Tell whether any process of this cluster's server is alive, as far as this kernel knows."""
    folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(folder)
    # Network file systems may not hand locks down to children.
    return bool(processes.server_processes(data))


def has_come_up(data: Path) -> bool:
    """Tell whether the postmaster noted that it was ready, whatever became of it."""
    with suppress(OSError, IndexError):
        return (data / "postmaster.pid").read_text(errors="surrogateescape").split("\n")[7].strip() == "ready"
    return False


def clear_remains(data: Path) -> None:
    """Remove the lock files of a dead server where PostgreSQL itself would stumble over them. Not while it is in use.

    It refuses to start over a file that is empty or cut off, or whose process id now belongs to a stranger or a zombie.
    All others are left to it, for they also tell it which shared memory to give back.
    """
    socket = sockets.socket_file(sockets.chosen_directory(data))
    for file in (data / "postmaster.pid", socket.with_name(f"{socket.name}.lock")):
        try:
            first = file.read_text(errors="replace").split("\n", 1)[0]
        except OSError:
            continue
        pid = int(first) if first.isdecimal() else 0
        if pid == 0 or processes.is_taken(pid):
            file.unlink(missing_ok=True)


def end_orphans(data: Path, what: signal.Signals) -> None:
    """Signal the processes of a server whose postmaster is dead; they can only be in the way of its successor."""
    for pid, is_postmaster in processes.server_processes(data).items():
        if not is_postmaster:
            processes.send(pid, what, data)
