"""Set up Digest on this machine and serve it."""

import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import ImportRun

HOST = "127.0.0.1"
THREADS, WORKERS = 4, 2
REQUESTS = 5000  # that a worker answers before it is replaced, against slow leaks


class Command(BaseCommand):
    help = "Migrate, load the authority file, import seeds/ on first start, make an editor if there is none, and serve."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-worker", action="store_true", help="workers run elsewhere: manage.py worker")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_taken_port(options["port"])
        keep_secret_key(settings.VAR / "secret_key")
        call_command("migrate", verbosity=0)
        call_command("load_actors", stdout=self.stdout)
        if not ImportRun.objects.exists():
            call_command("import_articles", str(settings.BASE_DIR / "seeds"), publish=True, stdout=self.stdout)
        if account := make_editor():
            name, password = account
            self.stdout.write(f"Editor account: {name}, password: {password} (an administrator; shown this once)")
        collect_static_files(settings.VAR / "static.lock")
        if settings.METRICS:
            empty_metrics(settings.VAR / "metrics" / str(options["port"]))
        address = f"http://{HOST}:{options['port']}/"
        self.stdout.write(f"Digest is at {address} and its admin at /admin/. Ctrl-C stops it; the database goes on.")
        self.stdout.flush()
        if not options["no_worker"]:
            start_worker()
        os.execv(sys.executable, [sys.executable, *gunicorn(options["port"])])  # noqa: S606 - our own interpreter


def start_worker() -> None:
    """Start a worker beside the server, which this process becomes; it ends when the server does."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--beside", str(os.getpid())]
    subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def collect_static_files(lock: Path) -> None:
    """Collect them, one server after another: two that start together would rename each other's files."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        call_command("collectstatic", interactive=False, verbosity=0)


def empty_metrics(folder: Path) -> None:
    """Have gunicorn's processes count together, from nothing, in a folder of theirs."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def gunicorn(port: int) -> list[str]:
    """Return the arguments that serve Digest on this machine."""
    size = [
        "--workers",
        str(WORKERS),
        "--threads",
        str(THREADS),
        "--max-requests",
        str(REQUESTS),
        "--max-requests-jitter",
        "500",
    ]
    return ["-m", "gunicorn", "digest.wsgi", "--bind", f"{HOST}:{port}", "--log-level", "warning", *size]


def refuse_taken_port(port: int) -> None:
    """Raise CommandError, one line, if something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does: a port just left is free
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} is taken or not allowed; choose another: make run PORT=8001") from error


def keep_secret_key(path: Path) -> None:
    """Keep this process's key for the next, readable by its owner alone, unless the environment sets one."""
    if os.environ.get("DIGEST_SECRET_KEY") or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole beside its place, then linked there: of two servers that start together, the first one's key stays.
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(settings.SECRET_KEY)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()


def make_editor() -> tuple[str, str] | None:
    """Make the first account and return its name and password; None if there is a member of the staff already."""
    if User.objects.filter(is_staff=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user("editor", password=password, is_staff=True)
    user.groups.add(Group.objects.get(name="administrator"))
    return user.username, password
