"""Workers on two machines that meet in one database: network namespaces with PostgreSQL in a third."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from digest.postgres.account import Account
from digest.postgres.programs import program
from tests.clusters import open_folder, run
from tests.importing.test_workers import documents, lose_none

IP = shutil.which("ip", path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"]))
# None of these addresses is one of this machine's: they are those of the namespaces alone.
SERVER, MACHINE = "10.83.{}.1", "10.83.{}.2"
LET_IN = "host all all 10.83.0.0/16 trust\n"


def ip(*arguments: str) -> None:
    subprocess.run([IP, *arguments], check=True, capture_output=True, text=True)


def may_part() -> bool:
    """Say whether this user may make network namespaces here."""
    if IP is None or os.geteuid() != 0:
        return False
    name = f"digest-{os.getpid()}-try"
    made = subprocess.run([IP, "netns", "add", name], check=False, capture_output=True).returncode == 0
    return made and subprocess.run([IP, "netns", "delete", name], check=False, capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(not may_part(), reason="network namespaces can't be made here")


@pytest.fixture
def machines() -> Iterator[list[dict[str, Any]]]:
    """Two machines, each joined by a cable of its own to a third that serves an empty database."""
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid).popen_arguments()
    mine = f"digest-{os.getpid()}"
    with open_folder() as folder, ExitStack() as made:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        for name in ("db", "0", "1"):
            ip("netns", "add", f"{mine}-{name}")
            made.callback(ip, "netns", "delete", f"{mine}-{name}")
        for number in (0, 1):
            ends = [("db", SERVER, f"d{number}"), (str(number), MACHINE, "cable")]
            ip("-n", f"{mine}-db", "link", "add", f"d{number}", "type", "veth",
               "peer", "name", "cable", "netns", f"{mine}-{number}")  # fmt: skip
            for place, address, link in ends:
                ip("-n", f"{mine}-{place}", "address", "add", f"{address.format(number)}/24", "dev", link)
                ip("-n", f"{mine}-{place}", "link", "set", link, "up")

        data, quiet = folder / "pg", {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        subprocess.run(
            [program("initdb"), "-D", data, "-U", "digest", "-A", "trust", "-E", "UTF8", "-N"],
            check=True, env=environment, cwd=folder, **quiet, **account,
        )  # fmt: skip
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write(LET_IN)
        as_nobody = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        server = subprocess.Popen(
            [IP, "netns", "exec", f"{mine}-db", *as_nobody, program("postgres"), "-D", data, "-F",
             "-c", "listen_addresses=*", "-c", "unix_socket_directories="],
            env=environment, cwd=folder, **quiet,
        )  # fmt: skip
        made.callback(server.wait, 30)
        made.callback(server.terminate)
        both = [
            {
                "within": [IP, "netns", "exec", f"{mine}-{number}"],
                "DATABASE_URL": f"postgresql://digest@{SERVER.format(number)}:5432/postgres",
                "DIGEST_DATA": str(folder / f"machine-{number}"),
            }
            for number in (0, 1)
        ]
        until = time.monotonic() + 30
        while run("migrate", "-v0", **both[0])[0] != 0:
            assert time.monotonic() < until
        assert run("load_actors", **both[1])[0] == 0
        yield both


def test_workers_on_two_machines_share_a_queue_and_one_killed_loses_nothing(machines, tmp_path):
    lose_none(documents(tmp_path / "a.jsonl", 240), 240, machines)
