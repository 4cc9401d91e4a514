"""What the tests do to a server; every process they kill is first shown to be that cluster's."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from digest.postgres import processes
from digest.postgres.cluster import Cluster

ROOM = Path(__file__).resolve().parents[2]


def run_python(script: str, *arguments: str, **options: object) -> "subprocess.Popen[str]":
    """Start another Python, which can import the project, on a script and its arguments; its output is piped."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOM), *filter(None, sys.path)])}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


def line_of(running: "subprocess.Popen[str]") -> str:
    """Return the next line that it prints."""
    assert running.stdout
    return running.stdout.readline()


def kill_server(cluster: Cluster) -> None:
    """Kill the postmaster as a power cut would, and return when the kernel has done so."""
    pid = processes.postmaster(cluster.data)
    assert pid
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: processes.postmaster(cluster.data) is None)


def wait_until(happened: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
