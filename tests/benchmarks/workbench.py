"""The workbench on a long article: first paint, and from a key press to the next marked suggestion, in Chromium.

python -m tests.benchmarks.workbench: makes an article of 10,000 words with 300 statements, on a database of its own
that is removed at the end, and prints medians and 95th percentiles in milliseconds.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

WORDS, STATEMENTS, PAINTS, PRESSES, PORT = 10_000, 300, 7, 200, 8493
PASSWORD = "a long password"
VOCABULARY = ["harbour", "ships", "grain", "ministers", "council", "winter", "reform", "border", "schools", "water"]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

# From the key's event to the frame in which the next passage is marked.
PRESS = """() => new Promise((done) => {
  const was = document.querySelector(".card.current")?.id, start = performance.now();
  document.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => {
    const now = document.querySelector(".card.current");
    done(now.id !== was && document.querySelector(".mark.current") ? performance.now() - start : -1);
  }));
})"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def make() -> int:
    """Make the article and its reader; return the article's number."""
    from tests.factories import make_actor, make_article, make_claim, make_editor, make_recommendation

    chance = random.Random(5)
    make_editor("administrator", "bench")
    actors = [make_actor(f"Country {chr(65 + n)}land") for n in range(12)]
    sentences = []
    for n in range(WORDS // 20):
        words = [chance.choice(VOCABULARY) for _ in range(15)]
        sentences.append(f"{chance.choice(actors).name} should open number {n} {' '.join(words)}.")
    text = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    article = make_article(title="A long article", body=text, actors=actors)
    for n, sentence in enumerate(sentences[:STATEMENTS]):
        if n % 2:
            make_claim(article, sentence, actors=actors[:2])
        else:
            make_recommendation(article, sentence, addressees=actors[:1])
    return article.pk


def measure(number: int) -> None:
    """Open the bench and press j; print what it took."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        page.goto(f"http://127.0.0.1:{PORT}/admin/login/")
        page.fill("[name=username]", "bench")
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        paints, presses = [], []
        for _ in range(PAINTS):
            page.goto(f"http://127.0.0.1:{PORT}/admin/articles/article/{number}/workbench/")
            page.wait_for_selector(".card.current")
            paints.append(page.evaluate(PAINT))
        presses = [page.evaluate(PRESS) for _ in range(PRESSES)]
        browser.close()
    assert min(presses) >= 0, "a key press marked nothing"
    for what, taken in (("first paint", paints), ("key press to next suggestion", presses)):
        worst = statistics.quantiles(taken, n=20)[-1]
        print(
            f"{what:<30} median {statistics.median(taken):>7.1f} ms   95th percentile {worst:>7.1f} ms   n={len(taken)}"
        )


def main() -> None:
    """Make, serve, measure, and remove."""
    folder = Path(tempfile.mkdtemp(prefix="digest-bench-"))
    folder.chmod(0o755)
    environment = {"DIGEST_DATA": str(folder / "pg"), "DJANGO_SETTINGS_MODULE": "digest.settings"}
    os.environ.update(environment, DJANGO_ALLOW_ASYNC_UNSAFE="true")
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], check=True)
    subprocess.run([*manage, "collectstatic", "--no-input", "-v0"], check=True)
    import django

    django.setup()
    number = make()
    server = subprocess.Popen(
        [*manage, "runserver", "--noreload", f"127.0.0.1:{PORT}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5)
                break
            except OSError:
                time.sleep(0.2)
        print(f"{WORDS} words, {STATEMENTS} statements")
        measure(number)
    finally:
        server.terminate()
        server.wait(10)
        subprocess.run([*manage, "db", "stop"], check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
