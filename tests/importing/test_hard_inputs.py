"""Files made to break whoever reads them: a clear failure each, within 512 MB, and nothing else lost."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.clusters import cluster, run
from tests.importing import hard, made

MEMORY = 512 * 2**20  # bytes


def measured(*command, data):
    """Run a command of manage.py; return its exit status, its output and the most memory that it held, in bytes."""
    program = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, env={**os.environ, "DIGEST_DATA": str(data)})
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, out, used.ru_maxrss * 1024


@pytest.fixture(scope="module")
def data():
    with cluster() as folder:
        for command in (["migrate", "-v0"], ["load_actors"]):
            code, _, err = run(*command, DIGEST_DATA=folder)
            assert code == 0, err
        yield folder


def test_what_is_made_to_break_it_fails_clearly_and_nothing_else(data, tmp_path):
    expected = hard.write(tmp_path)
    code, out, memory = measured("import_articles", "--format=jsonl", str(tmp_path), data=data)
    rows = {row["document"].removeprefix(f"{tmp_path.resolve()}/"): row for row in map(json.loads, out.splitlines())}
    failed = {location: row["reason"] for location, row in rows.items() if row["outcome"] == "failed"}
    for location, words in expected.items():
        assert words in failed.get(location, "not tried"), (location, failed.get(location))
    assert set(failed) == set(expected)
    assert all(failed.values())
    assert len(rows) - len(failed) == hard.GOOD
    assert code == 1
    assert memory < MEMORY


STREAM = """
import resource, sys
from articles.importing.sources.files import find
count = sum(len(one.fetch()) > 0 for one in find([sys.argv[1]]))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_million_lines_stream(name, tmp_path):
    path = tmp_path / name
    row = json.dumps({"text": made.TEXT[:60]}).encode() + b"\n"
    pack = made.PACKERS[".gz"] if name.endswith(".gz") else bytes
    with path.open("wb") as file:
        for _ in range(100):
            file.write(pack(row * 10_000))
    done = subprocess.run(
        [sys.executable, "-c", STREAM, str(path)], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR,
    )  # fmt: skip
    count, memory = map(int, done.stdout.split())
    assert count == 1_000_000
    assert memory < 160 * 2**20
