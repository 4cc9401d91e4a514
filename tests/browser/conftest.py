"""The real server and a real browser: Chromium as the system has it."""

import os
import re
import shutil
import socket
import time
import urllib.request
from dataclasses import dataclass

import pytest

from tests.clusters import cluster, start

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Skip the walks where there is no browser, but never where one is required."""
    for item in (item for item in items if "browser" in item.path.parts):
        if not CHROMIUM and not os.environ.get("DIGEST_REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    assert CHROMIUM, "DIGEST_REQUIRE_BROWSER is set, but Chromium is not installed"
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@dataclass(frozen=True)
class Digest:
    """A running server: its address, and the account that it made and printed."""

    url: str
    editor: str
    password: str


@pytest.fixture(scope="session")
def digest():
    """Digest as a newcomer has it after the README's first command: the five documents, published."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with cluster() as data:
        process = start("serve", "--port", port, DIGEST_DATA=data)
        said = ""
        while "Digest is at" not in said:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            said += line
        wait_for(f"http://127.0.0.1:{port}/healthz")
        account = re.search(r"Editor account: (\S+), password: (\S+)", said)
        yield Digest(f"http://127.0.0.1:{port}", account[1], account[2])
        process.terminate()
        process.communicate(timeout=20)


def wait_for(address):
    """Wait until a server answers, ten seconds at most."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture
def page(page):
    """A page that fails its test for any script error or breach of the content security policy."""
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    page.set_default_timeout(15_000)
    yield page
    assert not broken
