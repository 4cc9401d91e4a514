"""Digest behind a real PgBouncer that pools transactions, each of which meets another session of the server."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from digest.postgres.account import Account
from digest.postgres.programs import program
from tests.clusters import open_folder, run, start

# Debian keeps it where only root's path leads.
PLACES = [os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"]
PGBOUNCER = shutil.which("pgbouncer", path=os.pathsep.join(PLACES))
pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed")

SESSIONS = 4
SETTINGS = """
[databases]
* = host={folder} port=5432
[pgbouncer]
unix_socket_dir = {folder}
listen_port = 6432
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {sessions}
min_pool_size = {sessions}
server_round_robin = 1
"""

# What readers and editors ask, three times over, so that each question meets more than one session.
PAGES = """
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from articles.models import Article, Source
settings.ALLOWED_HOSTS.append("testserver")
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
reader, editor = Client(), Client()
questions = ["", "?q=trade", "?q=%22climate+change%22", "?q=the+policy&sort=relevance", "?q=policy&since=2020-01-01"]
articles = [article.get_absolute_url() for article in Article.objects.published()]
assert articles
addresses = ["/", "/actors/", "/authors/", "/sources/", "/claims/", "/recommendations/", "/readyz", *articles]
for address in [*addresses, *(f"/articles/{question}" for question in questions)] * 3:
    answer = reader.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
user = User.objects.create_superuser("chief", password="a long password")
answer = editor.post("/admin/login/?next=/admin/", {"username": "chief", "password": "a long password"})
assert answer.status_code == 302, answer.content
for name in ("article", "claim", "actor", "importrun"):
    assert editor.get(f"/admin/articles/{name}/").status_code == 200, name
values = {"name": "The Harbour", "kind": "newspaper", "aliases": "[]", "homepage": ""}
answer = editor.post("/admin/articles/source/add/", values)
assert answer.status_code == 302, answer.content.decode()
harbour = Source.objects.get(name="The Harbour")
values = {"name": "The Harbour Post", "slug": harbour.slug, "kind": "newspaper", "aliases": "[]", "homepage": ""}
answer = editor.post(f"/admin/articles/source/{harbour.pk}/change/", values)
assert answer.status_code == 302, answer.content.decode()
change = Source.pgh_event_model.objects.get(name="The Harbour", pgh_label="changed")
assert change.pgh_context.metadata["user"] == user.pk
print("all well")
"""

# A run that goes on until it is killed, and how many runs the next one takes for interrupted.
RUN = """
import time
from articles.importing.run import on_record
with on_record(["x"]):
    print("begun", flush=True)
    time.sleep(120)
"""
NEXT = """
from articles.importing.run import on_record
from articles.models import ImportRun
with on_record(["y"]):
    print(ImportRun.objects.filter(interrupted=True).count())
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of an empty database behind PgBouncer; where root runs the tests, both servers run as nobody."""
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid).popen_arguments()
    with open_folder() as folder, ExitStack() as running:
        if account:
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)

        def begin(*command: str | Path) -> subprocess.Popen[bytes]:
            environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = subprocess.Popen([*command], cwd=folder, env=environment, **quiet, **account)
            running.callback(process.wait, 30)
            running.callback(process.terminate)
            return process

        place, data = f"host={folder} user=digest", folder / "pg"
        assert begin(program("initdb"), "-D", data, "-U", "digest", "-A", "trust", "-E", "UTF8", "-N").wait(60) == 0
        begin(program("postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", "-F")
        with _answering(f"{place} dbname=postgres") as direct:
            direct.execute("CREATE DATABASE digest")
        (folder / "users").write_text('"digest" ""\n')
        (folder / "pgbouncer.ini").write_text(SETTINGS.format(folder=folder, sessions=SESSIONS))
        begin(PGBOUNCER, folder / "pgbouncer.ini")
        _answering(f"{place} dbname=digest port=6432").close()
        yield f"postgresql://digest@{quote(str(folder), safe='')}:6432/digest"


def _answering(place: str) -> psycopg.Connection:
    until = time.monotonic() + 30
    while True:
        try:
            return psycopg.connect(place, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="module")
def behind(url: str) -> dict[str, str]:
    """What the environment of a Digest says that is migrated and holds seeds/."""
    told = {"DATABASE_URL": url, "DIGEST_PGBOUNCER": "1"}
    for command in (["migrate", "-v0"], ["load_actors"], ["import_articles", "--publish", "seeds"]):
        code, _, err = run(*command, **told)
        assert code == 0, err
    return told


def test_pages_and_the_desk(behind):
    code, out, err = run("shell", "-v0", "-c", PAGES, **behind)
    assert code == 0 and out.strip() == "all well", err


def test_a_run_that_works_is_told_from_one_that_was_killed(behind):
    working = start("shell", "-v0", "-c", RUN, **behind)
    assert working.stdout.readline() == "begun\n"
    for _ in range(SESSIONS):
        assert run("shell", "-v0", "-c", NEXT, **behind)[1] == "0\n"
    working.kill()
    working.communicate()
    assert run("shell", "-v0", "-c", NEXT, **behind)[1] == "1\n"


def test_imports_leave_no_lock_in_a_session(behind, url):
    with psycopg.connect(url.replace(":6432", ":5432")) as direct:
        assert direct.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() == (0,)


def test_making_an_archive_leaves_triggers_on_in_each_session(url):
    with psycopg.connect(url.replace(":6432", ":5432"), autocommit=True) as direct:
        direct.execute("CREATE DATABASE archive")
    told = {"DATABASE_URL": url.removesuffix("digest") + "archive", "DIGEST_PGBOUNCER": "1"}
    for command in (["migrate", "-v0"], ["make_archive", "--articles", "100"]):
        code, _, err = run(*command, **told)
        assert code == 0, err
    with psycopg.connect(told["DATABASE_URL"], autocommit=True, prepare_threshold=None) as pooled:
        for _ in range(2 * SESSIONS):
            assert pooled.execute("SHOW session_replication_role").fetchone() == ("origin",)
