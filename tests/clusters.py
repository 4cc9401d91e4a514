"""Digest run as people run it: commands in processes of their own, on a database cluster of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# What the shell of whoever runs the tests may set, and a command under test must not see.
FOREIGN = {"DATABASE_URL", "DATABASE_REPLICAS", "DJANGO_ALLOW_ASYNC_UNSAFE", "DIGEST_DEBUG", "DIGEST_DATA"}


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that any user may pass, in memory where there is room; root's server can't pass pytest's own."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the folder
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 1024**3
    made = Path(tempfile.mkdtemp(prefix="digest-test-", dir=memory if roomy else None))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def start(*arguments: str, within: Sequence[str] = (), **environment: str) -> subprocess.Popen[str]:
    """Start `manage.py` with these arguments and, beside the present environment, these variables.

    `within`: a command that runs the rest of its line elsewhere.
    """
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return subprocess.Popen(
        [*within, sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "DIGEST_DATABASE_FSYNC": "0", **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(*arguments: str, within: Sequence[str] = (), **environment: str) -> tuple[int, str, str]:
    """Run `manage.py` to its end; return its exit status, standard output and standard error."""
    process = start(*arguments, within=within, **environment)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@contextmanager
def cluster() -> Iterator[str]:
    """The folder of a database cluster that is stopped at the end."""
    with open_folder() as folder:
        data = str(folder / "pg")
        yield data
        run("db", "stop", DIGEST_DATA=data)
