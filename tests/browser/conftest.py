"""The real server and a real browser: Chromium as the system has it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.conf import settings

from tests.clusters import cluster, run, start
from tests.mailboxes import Mailbox, open_mailbox

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


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A running server: its address, and the account that it made and printed."""

    url: str
    editor: str
    password: str
    mailbox: Mailbox | None = None


@dataclass(frozen=True, kw_only=True)
class Furnished(Digest):
    """A running server with something on every page: `pages` are addresses, `hard` names those hard to set."""

    pages: list[str]
    hard: dict[str, str]


@pytest.fixture(scope="session")
def digest():
    """Digest as a newcomer has it after the README's first command: the five documents, published."""
    with cluster() as data, open_mailbox() as mailbox:
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}", "DIGEST_EMAIL_FROM": "Digest <digest@example.org>"}
        with serving(data, **mail) as (url, said):
            account = re.search(r"Editor account: (\S+), password: (\S+)", said)
            yield Digest(url=url, editor=account[1], password=account[2], mailbox=mailbox)


@pytest.fixture(scope="session")
def furnished():
    """Digest after a hard year, and where its pages are: see `tests.browser.furnished`."""
    with cluster() as data:
        code, _, said = run("migrate", DIGEST_DATA=data)
        assert code == 0, said
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.furnished"],
            env={**os.environ, "DIGEST_DATA": data, "DJANGO_SETTINGS_MODULE": "digest.settings"},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        with serving(data) as (url, _):
            yield Furnished(url=url, editor="wilhelmina", password="a long password", **json.loads(made.stdout))


@contextmanager
def serving(data, **environment):
    """Serve what a cluster's folder holds; yield the address and what the server said at first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    site = f"http://127.0.0.1:{port}"
    process = start("serve", "--port", port, DIGEST_DATA=data, DIGEST_SITE=site, **environment)
    said = ""
    while "Digest is at" not in said:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        said += line
    wait_for(f"{site}/healthz")
    yield site, said
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
