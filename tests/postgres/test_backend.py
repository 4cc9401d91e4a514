"""The backend as Django sees it."""

import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler, ProgrammingError

from digest.postgres import launch, processes
from digest.postgres.base import DatabaseWrapper
from digest.postgres.cluster import Cluster
from digest.postgres.errors import ClusterError
from tests.postgres.acts import ROOM, kill_server, run_python, wait_until


def connection_to(cluster: Cluster, name: str = "digest") -> DatabaseWrapper:
    settings = {"ENGINE": "digest.postgres", "NAME": name, "DATA": cluster.data, "FSYNC": False}
    made = ConnectionHandler({"default": settings})["default"]
    assert isinstance(made, DatabaseWrapper)
    return made


@pytest.fixture
def wrapper(stopped_cluster, django_db_blocker):
    """A connection of Django, not yet made, to a server that doesn't run."""
    with django_db_blocker.unblock():
        made = connection_to(stopped_cluster)
        yield made
        made.close()


def value(wrapper, query: str) -> object:
    with wrapper.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_the_first_query_makes_and_starts_all_and_nothing_before_it(make_cluster, django_db_blocker):
    wrapper = connection_to(make_cluster())
    assert wrapper.get_connection_params()["dbname"] == "digest"
    assert not wrapper.cluster.data.exists()
    with django_db_blocker.unblock():
        assert value(wrapper, "SELECT current_database()") == "digest"
        assert value(wrapper, "SHOW fsync") == "off"
        wrapper.close()


def test_a_killed_server_costs_one_failed_query(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (number int)")
        cursor.execute("INSERT INTO kept VALUES (7)")
    kill_server(wrapper.cluster)
    wait_until(lambda: not launch.is_in_use(wrapper.cluster.data))
    with pytest.raises(OperationalError):
        value(wrapper, "SELECT 1")
    wrapper.close_if_unusable_or_obsolete()
    assert value(wrapper, "SELECT number FROM kept") == 7


def test_a_second_database_of_the_cluster_is_made_when_it_is_asked_for(wrapper):
    assert value(wrapper, "SELECT current_database()") == "digest"
    other = connection_to(wrapper.cluster, "an other")
    assert value(other, "SELECT current_database()") == "an other"
    other.close()


def test_a_full_server_says_that_it_is_full(wrapper):
    wrapper.cluster.start("digest")
    held = []
    try:
        with pytest.raises(OperationalError, match="too many clients") as told:
            for _ in range(80):
                held.append(wrapper.cluster.connect("digest"))
                if len(held) == 60:
                    with pytest.raises(ClusterError, match="runs as process"):
                        wrapper.cluster.status()
                    wrapper.ensure_connection()
        assert not isinstance(told.value, ClusterError)
    finally:
        for each in held:
            each.close()


def test_a_server_that_cannot_start_is_one_exception_of_one_sentence(wrapper):
    (wrapper.cluster.data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(ClusterError, match=r"made by PostgreSQL 9\.6") as told:
        wrapper.ensure_connection()
    assert "\n" not in str(told.value)


def test_a_query_that_fails_is_not_mistaken_for_a_server_that_is_down(wrapper):
    with pytest.raises(ProgrammingError):
        value(wrapper, "SELECT * FROM nothing")
    wrapper.rollback()
    assert value(wrapper, "SELECT 1") == 1


def test_a_forked_child_has_its_own_connection_and_leaves_the_server_be(wrapper):
    script = (
        "import os, sys\n"
        "from django.conf import settings\n"
        "database = {'ENGINE': 'digest.postgres', 'NAME': 'digest', 'DATA': sys.argv[1], 'FSYNC': False}\n"
        "settings.configure(DATABASES={'default': database})\n"
        "from django.db import connection\n"
        "def tell():\n"
        "    with connection.cursor() as cursor:\n"
        "        cursor.execute('SELECT pg_backend_pid()')\n"
        "        print(cursor.fetchone()[0], flush=True)\n"
        "connection.cluster.start('digest')\n"
        "for _ in range(2):\n"
        "    if not os.fork():\n"
        "        tell()\n"
        "        sys.exit()\n"
        "tell()\n"
        "for _ in range(2): assert os.wait()[1] == 0\n"
    )
    said, failed = run_python(script, str(wrapper.cluster.data)).communicate(timeout=30)
    assert len(set(said.splitlines())) == 3, failed
    assert processes.postmaster(wrapper.cluster.data)


def manage(data: object, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, str(ROOM / "manage.py"), *arguments],
        env={**kept, "DIGEST_DATA": str(data), "DIGEST_DATABASE_FSYNC": "0", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["check"], ["help"], ["makemigrations", "--help"], ["db", "status"]])
def test_commands_that_ask_nothing_start_nothing(folder, arguments):
    ended = manage(folder / "pg", *arguments)
    assert ended.returncode == (3 if arguments == ["db", "status"] else 0), ended.stderr
    assert list(folder.iterdir()) == []


def test_with_a_server_of_your_own_nothing_of_ours_is_imported():
    script = (
        "import sys, django\ndjango.setup()\n"
        "from django.db import connection\nconnection.vendor\n"
        "from django.core.management import call_command\n"
        "try:\n    call_command('db', 'status')\nexcept Exception as error:\n    print(error)\n"
        "print(sorted(name for name in sys.modules if name.startswith('digest.postgres.')))\n"
    )
    environment = {
        "DATABASE_URL": "postgresql://someone@localhost:1/other",
        "DJANGO_SETTINGS_MODULE": "digest.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOM), *filter(None, sys.path)]),
    }
    said = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    told, imported = said.stdout.splitlines()
    assert "DATABASE_URL names a server of yours" in told
    assert imported == str(
        [f"digest.postgres.{name}" for name in ("apps", "management", "management.commands", "management.commands.db")]
    )


def test_the_project_itself_runs_on_some_postgresql():
    assert connection.vendor == "postgresql"
