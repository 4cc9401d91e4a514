"""`manage.py db`, called as Django calls it, on a cluster of its own."""

import stat
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.utils import ConnectionHandler

from digest.postgres.management.commands import db


@pytest.fixture
def run(stopped_cluster, monkeypatch, django_db_blocker):
    """Run `db` with some arguments and return what it printed."""
    data = stopped_cluster.data
    handler = ConnectionHandler(
        {"default": {"ENGINE": "digest.postgres", "NAME": "digest", "DATA": data, "FSYNC": False}}
    )
    monkeypatch.setattr(db, "connections", handler)

    def run_command(*arguments: Any) -> str:
        out = StringIO()
        call_command(db.Command(stdout=out), *map(str, arguments))
        return out.getvalue()

    run_command.cluster = handler["default"].cluster  # type: ignore[attr-defined]
    with django_db_blocker.unblock():
        yield run_command
        handler.close_all()


def words(run) -> list[str]:
    with run.cluster.connect("digest") as connection:
        return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY word")]


@pytest.fixture
def filled(run):
    run("start")
    with run.cluster.connect("digest") as connection:
        connection.execute(
            "CREATE TABLE words (word text UNIQUE, folded text GENERATED ALWAYS AS (lower(word)) STORED)"
        )
        connection.execute("INSERT INTO words SELECT 'Ä' || n FROM generate_series(1, 1000) n")
    return run


def test_start_status_stop(run):
    with pytest.raises(SystemExit) as status:
        run("status")
    assert status.value.code == 3
    told = run("start")
    assert told == run("status")
    assert str(run.cluster.data) in told
    assert "pginstall18/bin" in told
    assert run("stop") == "stopped\n"
    assert run("stop") == "was not running\n"


def test_a_dump_brings_back_what_was_changed_since(filled, folder):
    before = words(filled)
    dumped = folder / "it's a dump.pgdump"
    assert f"dumped digest to {dumped}" in filled("dump", dumped)
    assert stat.S_IMODE(dumped.stat().st_mode) == 0o600
    with filled.cluster.connect("digest") as connection:
        connection.execute("DELETE FROM words WHERE word > 'Ä5'")
        connection.execute("CREATE TABLE later ()")
    assert words(filled) != before
    # Someone is connected, as the site is; they lose their connection, not the restore.
    reader = filled.cluster.connect("digest")
    filled("restore", dumped, "--yes")
    reader.close()
    assert words(filled) == before
    with filled.cluster.connect("digest") as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1").fetchall()
        assert connection.execute("SELECT to_regclass('later')").fetchone() == (None,)
        assert connection.execute("SELECT folded FROM words WHERE word = 'Ä1'").fetchone() == ("ä1",)
    assert names == [("digest",), ("postgres",)]
    assert [path.name for path in folder.iterdir() if "partial" in path.name] == []


def test_a_damaged_dump_changes_nothing(filled, folder):
    dumped = folder / "dump"
    filled("dump", dumped)
    dumped.write_bytes(dumped.read_bytes()[:-2000])
    before = words(filled)
    with pytest.raises(CommandError, match="pg_restore"):
        filled("restore", dumped, "--yes")
    assert words(filled) == before
    with pytest.raises(CommandError, match="no file"):
        filled("restore", folder / "missing", "--yes")


def test_a_dump_that_cannot_be_written_is_told_of(filled, folder):
    with pytest.raises(CommandError, match="pg_dump"):
        filled("dump", folder / "missing" / "dump")


def test_what_destroys_asks_first(filled, folder, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())
    for arguments in (["reset"], ["restore", folder / "dump"]):
        with pytest.raises(CommandError, match="--yes"):
            filled(*arguments)
    assert len(words(filled)) == 1000


def test_reset_empties_the_database(filled):
    filled("reset", "--yes")
    with filled.cluster.connect("digest") as connection:
        assert connection.execute("SELECT to_regclass('words')").fetchone() == (None,)


def test_psql_is_the_one_that_comes_along(run, capfd):
    run("psql", "--", "--no-psqlrc", "--tuples-only", "--no-align", "--command=SELECT current_user, current_database()")
    assert capfd.readouterr().out == "digest|digest\n"
    with pytest.raises(SystemExit) as ended:
        run("psql", "--", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command=SELEC")
    assert ended.value.code == 1
