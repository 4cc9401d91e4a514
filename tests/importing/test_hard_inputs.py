"""Files made to break whoever reads them: a clear failure each, within 512 MB, and nothing else lost."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.clusters import cluster, run
from tests.importing import hard, made

MB = 2**20
MEMORY = 512 * MB


# The most that a process held of its own; what getrusage says counts that of the one it was forked from, too.
HELD = """
def held():
    status = open("/proc/self/status").read()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024
"""
COMMAND = f"""
import sys
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")
from django.core.management import execute_from_command_line
{HELD}
try:
    execute_from_command_line(["manage.py", *sys.argv[1:]])
finally:
    print(held(), file=sys.stderr)
"""
STREAM = f"""
import sys
from articles.importing.sources.files import find
{HELD}
print(sum(len(one.fetch()) > 0 for one in find([sys.argv[1]])), held())
"""


def measured(program, *arguments, **environment):
    """Run a program; return its exit status, its output and the last line that it complains with."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False,
        cwd=settings.BASE_DIR, env={**os.environ, **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr.strip().rsplit("\n", 1)[-1]


@pytest.fixture(scope="module")
def data():
    with cluster() as folder:
        for command in (["migrate", "-v0"], ["load_actors"]):
            code, _, err = run(*command, DIGEST_DATA=folder)
            assert code == 0, err
        yield folder


def test_what_is_made_to_break_it_fails_clearly_and_nothing_else(data, tmp_path):
    expected = hard.write(tmp_path)
    code, out, memory = measured(COMMAND, "import_articles", "--format=jsonl", str(tmp_path), DIGEST_DATA=data)
    rows = {row["document"].removeprefix(f"{tmp_path.resolve()}/"): row for row in map(json.loads, out.splitlines())}
    failed = {location: row["reason"] for location, row in rows.items() if row["outcome"] == "failed"}
    for location, words in expected.items():
        assert words in failed.get(location, "not tried"), (location, failed.get(location))
    assert set(failed) == set(expected)
    assert all(failed.values())
    assert len(rows) - len(failed) == hard.GOOD
    assert code == 1
    assert int(memory) < MEMORY


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_million_lines_stream(name, tmp_path):
    path = tmp_path / name
    row = json.dumps({"text": made.TEXT[:60]}).encode() + b"\n"
    pack = made.PACKERS[".gz"] if name.endswith(".gz") else bytes
    with path.open("wb") as file:
        for _ in range(100):
            file.write(pack(row * 10_000))
    _, out, _ = measured(STREAM, str(path))
    count, memory = map(int, out.split())
    assert count == 1_000_000
    assert memory < 80 * MB
