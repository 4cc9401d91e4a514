"""Which processes are our server, by the kernel's word.

Every process of PostgreSQL works in its data folder, whatever the folder is called by now, and a zombie works nowhere.
Where there is no /proc (macOS), `postmaster.pid` is asked, and believed only if `ps` shows our server under that id.
"""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def server_processes(data: Path) -> dict[int, bool]:
    """Return the living processes of the cluster in this folder, and of each whether it is the postmaster."""
    try:
        ours = data.stat()
    except FileNotFoundError:
        return {}
    if not (PROC / "self").exists():
        return _by_ps(data)
    found = {}
    for entry in PROC.glob("[0-9]*"):
        # Processes end while we look, and those of others don't show their folder.
        with suppress(OSError):
            if os.path.samestat((entry / "cwd").stat(), ours) and (entry / "comm").read_text() == "postgres\n":
                # The postmaster keeps its command line; its children write "postgres: what they do" over it.
                command = (entry / "cmdline").read_bytes().split(b"\0")[0]
                found[int(entry.name)] = os.path.basename(command) == b"postgres"  # noqa: PTH119 -- bytes
    return found


def postmaster(data: Path) -> int | None:
    """Return the process id of the living postmaster of this folder."""
    return next((pid for pid, is_postmaster in server_processes(data).items() if is_postmaster), None)


def send(pid: int, what: signal.Signals, data: Path) -> None:
    """Signal a process of the cluster in this folder; do nothing if by now the id is another's."""
    if not hasattr(os, "pidfd_open"):
        if pid in server_processes(data):
            os.kill(pid, what)
        return
    with suppress(ProcessLookupError):
        # A descriptor means the same process for ever; so look after opening it.
        handle = os.pidfd_open(pid)
        try:
            if pid in server_processes(data):
                signal.pidfd_send_signal(handle, what)
        finally:
            os.close(handle)


def is_taken(pid: int) -> bool:
    """Tell whether the id is in use, be it by a zombie or by a stranger."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _by_ps(data: Path) -> dict[int, bool]:
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return {}
    shown = subprocess.run(  # noqa: S603
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return {pid: True} if "postgres" in shown and str(data) in shown else {}
