"""Digest under gunicorn, reading from a real standby: what is seen where, one that lags, and one that is killed."""

import itertools
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from threading import Event
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from digest.postgres import processes
from digest.postgres.account import Account
from digest.postgres.programs import program
from tests.clusters import FOREIGN, open_folder, run

pytestmark = pytest.mark.xdist_group("standby")
PRIMARY, STANDBY = 5432, 5433  # numbers of sockets in one folder
PORTS = {"primary": PRIMARY, "standby": STANDBY}
LAG = 3  # seconds
SEEN_AGAIN = 1.2  # seconds after which no server believes what it saw before
READERS = 6
WORDS = ("the", "of", "policy", "trade", "war", "climate", "china", "economy", "government", "people")
READS = "SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0) FROM pg_stat_user_tables WHERE relname = %s"


@dataclass
class Servers:
    """A primary, its standby, and how to start and kill the latter."""

    folder: Path
    start: Callable[[str], "subprocess.Popen[bytes]"]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def ask(self, port: int, sql: str, *given: object) -> object:
        """Return the first value that a server answers; None where it answers nothing."""
        with _connected(self.folder, port) as connection:
            cursor = connection.execute(sql, given)
            row = cursor.fetchone() if cursor.description else None
            return row and row[0]

    def retitle(self, title: str) -> None:
        """Give the newest article another title."""
        self.ask(
            PRIMARY,
            "UPDATE articles_article SET title = %s WHERE id = (SELECT max(article_id) FROM articles_card)",
            title,
        )

    def kill(self, data: str) -> None:
        """Kill the processes of a server, all at once."""
        for pid in processes.server_processes(self.folder / data):
            processes.send(pid, signal.SIGKILL, self.folder / data)
        self.running.pop(data).wait(30)  # it would not start again while its process id is a zombie's

    def begin(self, data: str) -> None:
        """Start a server."""
        self.running[data] = self.start(data)

    def catch_up(self) -> None:
        """Wait until the standby has all that the primary has."""
        place = self.ask(PRIMARY, "SELECT pg_current_wal_flush_lsn()::text")
        _until(lambda: self.ask(STANDBY, "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", place))

    def url(self, port: int) -> str:
        return f"postgresql://digest@{quote(str(self.folder), safe='')}:{port}/digest"


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """A primary that holds seeds/ and a running standby; where root runs the tests, both run as nobody."""
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid).popen_arguments()
    with open_folder() as folder, ExitStack() as running:
        if account:
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)

        def begin(*command: str | Path) -> subprocess.Popen[bytes]:
            environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            return subprocess.Popen([*command], cwd=folder, env=environment, **quiet, **account)

        def serve(data: str) -> "subprocess.Popen[bytes]":
            port = PORTS[data]
            told = ["-c", f"port={port}", "-c", "listen_addresses=", "-c", "shared_buffers=32MB", "-F"]
            process = begin(program("postgres"), "-D", folder / data, "-k", folder, *told)
            running.callback(process.wait, 30)
            running.callback(process.send_signal, signal.SIGINT)
            _until(lambda: _answers(folder, port))
            return process

        data, copy = folder / "primary", folder / "standby"
        assert begin(program("initdb"), "-D", data, "-U", "digest", "-A", "trust", "-E", "UTF8", "-N").wait(60) == 0
        made = Servers(folder, serve)
        made.begin("primary")
        with _connected(folder, PRIMARY, "postgres") as connection:
            connection.execute("CREATE DATABASE digest")
        for command in (["migrate", "-v0"], ["import_articles", "--publish", "seeds"]):
            code, _, err = run(*command, DATABASE_URL=made.url(PRIMARY))
            assert code == 0, err
        place = f"host={folder} port={PRIMARY} user=digest"
        copying = begin(program("pg_basebackup"), "-D", copy, "-d", place, "-R", "-X", "stream", "-c", "fast")
        assert copying.wait(60) == 0
        made.begin("standby")
        yield made


@pytest.fixture(scope="module")
def site(servers: Servers) -> Iterator["Site"]:
    """The address that one gunicorn process answers at, and its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {
        "DATABASE_URL": servers.url(PRIMARY),
        "DATABASE_REPLICAS": servers.url(STANDBY),
        "DATABASE_REPLICA_LAG": str(LAG),
        "DIGEST_DEBUG": "1",  # static files under their own names
    }
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    with (servers.folder / "gunicorn.log").open("w") as log:
        command = [sys.executable, "-m", "gunicorn", "digest.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env={**kept, **told}, stdout=log, stderr=log)
        try:
            made = Site(port, Path(log.name))
            _until(lambda: made.get("/readyz")[0] == 200)
            yield made
        finally:
            process.terminate()
            process.wait(30)


@dataclass
class Site:
    """Where gunicorn answers."""

    port: int
    log: Path

    def get(self, address: str, cookie: str = "") -> tuple[int, str]:
        """Return the status and the page of an address; 0 and the reason where there was no answer."""
        try:
            answer, page = self.send("GET", address, {"Cookie": cookie} if cookie else {})
        except (OSError, HTTPException) as error:
            return 0, repr(error)
        return answer.status, page

    def send(self, method: str, address: str, headers: dict[str, str] | None = None) -> tuple[HTTPResponse, str]:
        """Return an answer and its text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, address, headers=headers or {})
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()


def test_readers_read_from_the_standby_and_writers_from_the_primary(servers, site):
    _until_used(site)
    servers.catch_up()
    servers.ask(STANDBY, "SELECT pg_wal_replay_pause()")
    began = time.monotonic()
    try:
        site.get("/articles/?q=anything")  # the primary is asked how far it is
        servers.retitle("Close the ports")
        pages = {cookie: site.get("/articles/", cookie)[1] for cookie in ("", "digest_wrote=1", "sessionid=x")}
        took = time.monotonic() - began
        assert took < LAG, "too slow a machine to tell"
        assert [cookie for cookie, page in pages.items() if "Close the ports" in page] == [
            "digest_wrote=1",
            "sessionid=x",
        ]
        # one that lags is left out, and said to be
        _until(lambda: "Close the ports" in site.get("/articles/")[1])
        status, told = site.get("/readyz")
        assert status == 200 and told.startswith("ok\nreplica1: left out, it lags ")
    finally:
        servers.ask(STANDBY, "SELECT pg_wal_replay_resume()")
    _until_used(site)
    assert "Close the ports" in site.get("/articles/")[1]


def test_whoever_writes_is_told_to_read_from_the_primary_for_a_while(site):
    cookie = site.send("POST", "/articles/")[0].headers["Set-Cookie"]
    assert cookie.startswith("digest_wrote=1; ") and f"Max-Age={LAG + 3}" in cookie


def test_a_page_of_the_standby_is_not_kept_past_a_change(servers, site):
    """Of two transactions at once, the one that is finished last changes nothing in a standby's snapshot."""
    _until_used(site)
    with _transaction(servers) as long, _transaction(servers) as short:
        long.execute("SELECT pg_current_xact_id()")
        short.execute(
            "UPDATE articles_article SET title = 'Open them' WHERE id = (SELECT max(article_id) FROM articles_card)"
        )
        servers.ask(PRIMARY, "SELECT pg_current_xact_id()")  # later than both, and finished first
        servers.catch_up()
        time.sleep(SEEN_AGAIN)
        before = servers.ask(STANDBY, "SELECT pg_current_snapshot()::text")
        assert "Open them" not in site.get("/articles/")[1]
        short.commit()
        servers.catch_up()
        time.sleep(SEEN_AGAIN)
        assert servers.ask(STANDBY, "SELECT pg_current_snapshot()::text") == before
        assert "replica1: 0.0 s behind" in site.get("/readyz")[1]
        assert "Open them" in site.get("/articles/")[1]


def test_no_request_fails_when_the_standby_is_killed(servers, site):
    _until_used(site)
    reads = servers.ask(STANDBY, READS, "articles_card")
    ended, numbers = Event(), itertools.count()

    def read() -> list[tuple[str, int, str]]:
        answers = []
        while not ended.is_set():
            n = next(numbers)  # each question is a new one, so that no page is kept
            pages = [f"/articles/?q={WORDS[n % 10]}+-x{n}", f"/claims/?n={n}", f"/actors/?n={n}", f"/?n={n}"]
            answers.append((pages[n % 4], *site.get(pages[n % 4])))
        return answers

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read) for _ in range(READERS)]
        try:
            _until(lambda: servers.ask(STANDBY, READS, "articles_card") > reads + 20)
            servers.kill("standby")
            _until(lambda: "replica1: left out, it does not answer" in site.get("/readyz")[1])
            time.sleep(1)
            servers.begin("standby")
            _until_used(site)
            reads = servers.ask(STANDBY, READS, "articles_card")
            _until(lambda: servers.ask(STANDBY, READS, "articles_card") > reads + 20)
        finally:
            ended.set()
    answers = [answer for reader in readers for answer in reader.result()]
    assert [answer for answer in answers if answer[1] != 200] == []
    assert len(answers) > 100
    assert "the primary answers for it" in site.log.read_text()


def test_readers_still_read_while_the_primary_is_away(servers, site):
    _until_used(site)
    servers.kill("primary")
    try:
        time.sleep(SEEN_AGAIN)
        assert [site.get(page)[0] for page in ("/", "/articles/?q=trade", "/claims/", "/actors/")] == [200] * 4
        assert site.get("/readyz")[0] == 503
    finally:
        servers.begin("primary")
    assert site.get("/readyz")[0] == 200


def _connected(folder: Path, port: int, database: str = "digest") -> "psycopg.Connection":
    return psycopg.connect(f"host={folder} port={port} user=digest dbname={database}", autocommit=True)


@contextmanager
def _transaction(servers: Servers) -> Iterator["psycopg.Connection"]:
    with psycopg.connect(f"host={servers.folder} port={PRIMARY} user=digest dbname=digest") as connection:
        yield connection


def _answers(folder: Path, port: int) -> bool:
    with suppress(psycopg.OperationalError), _connected(folder, port, "postgres"):
        return True
    return False


def _until_used(site: Site) -> None:
    _until(lambda: "replica1: 0.0 s behind" in site.get("/readyz")[1])


def _until(true: Callable[[], object]) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until, "waited for too long"
        time.sleep(0.05)
