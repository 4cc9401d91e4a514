"""Measure when readers see something: first contentful paint of public pages in Chromium, on a server of its own.

    .venv/bin/python -m tests.benchmarks.paint [PAGES]      PAGES: addresses; on the data in DIGEST_DATA

Each page is loaded twelve times with an empty cache, after one that is not counted; milliseconds.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET

PAGES = ["/", "/articles/", "/articles/?q=korea", "/actors/indonesia/", "/charts/timeline/"]
TIMES = 12
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


def main() -> None:
    """Serve, load, and print a line for each page: median and slowest paint, kilobytes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    server = subprocess.Popen([sys.executable, "manage.py", "serve", "--no-worker", "--port", port])
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/healthz")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            for address in sys.argv[1:] or PAGES:
                painted, bytes_sent = [], 0
                for _ in range(TIMES + 1):
                    page = browser.new_context().new_page()
                    sizes: list[int] = []
                    page.on(
                        "response", lambda answer, sizes=sizes: sizes.append(answer.request.sizes()["responseBodySize"])
                    )
                    page.goto(url + address, wait_until="networkidle")
                    painted.append(page.evaluate(PAINT))
                    bytes_sent = sum(sizes)
                    page.context.close()
                told = painted[1:]
                print(
                    f"{address:32} {statistics.median(told):7.0f} {max(told):7.0f} {bytes_sent / 1000:7.1f} kB",
                    flush=True,
                )
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    """Wait until a server answers, a minute at most."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
