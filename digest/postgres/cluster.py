"""One cluster: a data folder and the server over it, which is started when it is needed and answers to us alone.

`start` is one loop under the cluster's lock. It asks the socket, then the kernel, and does the next thing:

1. the socket answers, and its data folder is ours: done;
2. it answers for another folder: a folder moved or copied while it ran; end our own old server, forget a copied note;
3. it answers "not yet" (starting, recovering, stopping): wait;
4. nothing answers and no process of ours lives: clear what the dead left, launch;
5. nothing answers though a process lives: a postmaster that is coming up is waited for; one whose socket was swept away
   is ended; backends that outlived their postmaster are ended, for only they keep a new one from starting.
"""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq, sql

from . import initialise, launch, processes, sockets
from .errors import ClusterError
from .initialise import OWNER

PATIENCE = 120.0  # seconds; a crash recovery after a bulk load may take most of it
ORPHANS_LEAVE_BY_THEMSELVES = 0.3  # seconds, when idle; a busy one never looks up
ORPHANS_ARE_KILLED = 5.0


@dataclass(frozen=True, slots=True)
class Status:
    """What a running server says of itself."""

    pid: int
    version: str
    data: Path
    socket: Path


class Cluster:
    """The embedded PostgreSQL in one folder. Holds no connection and no process, so it may be copied and forked."""

    def __init__(self, data: str | Path, *, fsync: bool = True) -> None:
        self.data = Path(os.path.realpath(Path(data).expanduser()))
        self.fsync = fsync
        if "\n" in str(self.data):
            raise ClusterError(
                "DIGEST_DATA holds a line break, which PostgreSQL's own files can't: choose another folder."
            )

    def parameters(self, database: str) -> dict[str, Any]:
        """Return what psycopg needs to connect; the server need not run."""
        return {
            "host": str(sockets.socket_directory(self.data)),
            "port": sockets.PORT,
            "user": OWNER,
            "dbname": database,
        }

    def environment(self, database: str) -> dict[str, str]:
        """Return the same for PostgreSQL's own programs, as environment variables."""
        found = self.parameters(database)
        return {"PGHOST": found["host"], "PGPORT": str(found["port"]), "PGUSER": OWNER, "PGDATABASE": database}

    def is_ours(self, connection: "psycopg.Connection[Any]") -> bool:
        """Tell whether the server at the other end works in our folder. Opens no transaction."""
        answer = connection.pgconn.exec_(b"SHOW data_directory")
        value = answer.get_value(0, 0) if answer.status == pq.ExecStatus.TUPLES_OK else None
        return value == os.fsencode(self.data)

    def start(self, database: str | None = None) -> None:
        """Have the server running and, if named, the database existing; ClusterError where that can't be.

        Safe to call from any number of processes and threads at once; a running server is left as it is.
        """
        try:
            initialise.existing_account(self.data)  # says whose it is, before the lock says only that it can't be had
            with self._lock():
                self._come_up()
                if database is not None:
                    self._create(database)
        except OSError as error:
            raise ClusterError(f"PostgreSQL in {self.data} can't be started: {error}.") from error

    def stop(self) -> bool:
        """End the server and all connections to it; return False where it didn't run. ClusterError after 120 s."""
        try:
            if initialise.existing_account(self.data) is None:
                return False
            with self._lock():
                return self._go_down()
        except OSError as error:
            raise ClusterError(f"PostgreSQL in {self.data} can't be stopped: {error}.") from error

    def status(self) -> Status | None:
        """Return what the running server says of itself, None where it doesn't run; ClusterError where it won't say."""
        pid = processes.postmaster(self.data)
        try:
            with self.connect("postgres") as connection:
                if not self.is_ours(connection):
                    return None
                version = connection.info.parameter_status("server_version") or ""
        except psycopg.OperationalError as error:
            if pid is None:
                return None
            told = " ".join(str(error).split())
            raise ClusterError(f"PostgreSQL in {self.data} runs as process {pid}, but: {told}") from error
        return Status(pid or 0, version, self.data, sockets.socket_directory(self.data))

    def connect(self, database: str) -> "psycopg.Connection[Any]":
        """Return a plain connection to the running server, in autocommit; psycopg.OperationalError where it is not."""
        return psycopg.connect(**self.parameters(database), autocommit=True)

    def _come_up(self) -> None:
        begun = time.monotonic()
        launched = False
        orphaned_at: float | None = None
        pause = 0.005
        while time.monotonic() - begun < PATIENCE:
            answer = self._ping()
            if answer == pq.Ping.OK:
                if self._answers_for_us():
                    return
                self._end_misplaced()
            elif answer != pq.Ping.REJECT:
                if not self.data.exists() or not launch.is_in_use(self.data):
                    if launched:
                        raise self._failure("did not start")
                    self._launch()
                    launched = True
                elif pid := processes.postmaster(self.data):
                    if launch.has_come_up(self.data) and not sockets.socket_file(self._directory()).exists():
                        processes.send(pid, signal.SIGINT, self.data)
                else:
                    orphaned_at = orphaned_at or time.monotonic()
                    self._hurry_orphans(time.monotonic() - orphaned_at)
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        raise self._failure(f"did not answer within {PATIENCE:.0f} seconds")

    def _launch(self) -> None:
        account = initialise.existing_account(self.data) or initialise.make(self.data, fsync=self.fsync)
        launch.clear_remains(self.data)
        launch.launch(self.data, account, fsync=self.fsync)

    def _go_down(self) -> bool:
        begun = time.monotonic()
        was_running = False
        asked: int | None = None
        while launch.is_in_use(self.data):
            was_running = True
            pid = processes.postmaster(self.data)
            if pid and pid != asked:
                processes.send(pid, signal.SIGINT, self.data)  # "fast": ends the connections, then writes everything
                asked = pid
            elif not pid and not asked:
                self._hurry_orphans(time.monotonic() - begun)
            if time.monotonic() - begun > PATIENCE:
                raise self._failure(f"did not stop within {PATIENCE:.0f} seconds")
            time.sleep(0.02)
        return was_running

    def _hurry_orphans(self, seconds: float) -> None:
        if seconds > ORPHANS_ARE_KILLED:
            launch.end_orphans(self.data, signal.SIGKILL)
        elif seconds > ORPHANS_LEAVE_BY_THEMSELVES:
            launch.end_orphans(self.data, signal.SIGQUIT)

    def _end_misplaced(self) -> None:
        if pid := processes.postmaster(self.data):
            processes.send(pid, signal.SIGINT, self.data)
        elif self._directory() != sockets.chosen_directory(self.data):
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        else:
            raise ClusterError(
                f"Another PostgreSQL answers at {self._directory()}: stop it, or set DIGEST_DATA elsewhere."
            )

    def _ping(self) -> pq.Ping:
        found = psycopg.conninfo.make_conninfo(**self.parameters("postgres"))
        return pq.Ping(pq.PGconn.ping(found.encode()))

    def _answers_for_us(self) -> bool:
        try:
            with self.connect("postgres") as connection:
                return self.is_ours(connection)
        except psycopg.OperationalError:
            # It lives and refuses, for it is full: the caller's own connection shall tell.
            return launch.is_in_use(self.data)

    def _create(self, database: str) -> None:
        try:
            connection = self.connect("postgres")
        except psycopg.OperationalError:
            return  # it is full; the caller's own connection shall tell
        try:
            with connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
                if not known:
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            pass  # someone else was faster, with a connection of their own
        except psycopg.Error as error:
            told = " ".join(str(error).split())
            raise ClusterError(f"The database {database} can't be made in {self.data}: {told}") from error

    def _directory(self) -> Path:
        return sockets.socket_directory(self.data)

    def _failure(self, what: str) -> ClusterError:
        told = launch.log_tail(self.data)
        return ClusterError(
            f"PostgreSQL in {self.data} {what}{f' ({told})' if told else ''}; its log is {launch.log_file(self.data)}."
        )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold `<data>.lock`. The kernel frees it when we die; it is one per opening, so it holds off threads too."""
        initialise.make_parents(self.data)
        file = self.data.with_name(f"{self.data.name}.lock")
        flags = os.O_RDWR | os.O_NOFOLLOW
        try:
            handle = os.open(file, flags)
        except FileNotFoundError:
            handle = os.open(file, flags | os.O_CREAT, 0o600)
            if not os.geteuid() and self.data.exists():
                # Root was here first; the owner of the cluster shall lock it too.
                os.fchown(handle, self.data.stat().st_uid, -1)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            # Not left to close(): a child that another thread forks meanwhile holds a copy.
            fcntl.flock(handle, fcntl.LOCK_UN)
            os.close(handle)
