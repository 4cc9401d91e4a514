"""An import killed at any moment leaves nothing half done, and the next one does what was missing."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="needs the embedded PostgreSQL")

DOCUMENTS = 24
WORDS = ["river", "harbour", "treaty", "grain", "council", "winter", "border", "railway", "minister", "harvest"]

# What each article must hold, and a dump that does not depend on ids or times. Prints one line.
CHECK = """
import hashlib, json
from articles.models import *
for article in Article.objects.all():
    assert article.documents.exists() and article.import_items.exists(), article.pk
    assert article.article_actors.count() == article.mentions.values("actor").distinct().count() > 0, article.pk
    assert article.recommendations.exists(), article.pk
rows = sorted(
    [a.slug, a.body, [m.start for m in a.mentions.all()], [r.exact for r in a.recommendations.all()]]
    for a in Article.objects.all()
)
print(len(rows), hashlib.sha256(json.dumps(rows).encode()).hexdigest())
"""


def manage(cluster, *arguments):
    environment = {**os.environ, "DIGEST_DATA": str(cluster), "DIGEST_DATABASE_FSYNC": "0"}
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finished(process):
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.fixture
def archive(tmp_path):
    dice = random.Random(7)  # noqa: S311 - texts, not secrets
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(DOCUMENTS):
        story = ["The " + " ".join(dice.choices(WORDS, k=14)) + "." for _ in range(30)]
        text = f"Letter number {number}\n\n{' '.join(story)}\n\nVietnam should answer letter {number} before spring.\n"
        (folder / f"{number:02}.txt").write_text(text)
    return folder


@pytest.fixture
def cluster(tmp_path):
    data = tmp_path / "pg"
    for command in (["migrate", "-v0"], ["load_actors"]):
        code, _, err = finished(manage(data, *command))
        assert code == 0, err
    yield data
    finished(manage(data, "db", "stop"))


def test_killed_again_and_again_it_ends_as_if_it_had_run_once(cluster, archive):
    kills = 0
    for wait in (0.9, 1.3, 1.6, 1.9):
        process = manage(cluster, "import_articles", str(archive))
        time.sleep(wait)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
    assert kills >= 2
    assert finished(manage(cluster, "shell", "-v0", "-c", CHECK))[0] == 0
    code, _, err = finished(manage(cluster, "import_articles", str(archive)))
    assert code == 0, err
    code, dump, err = finished(manage(cluster, "shell", "-v0", "-c", CHECK))
    assert code == 0, err
    assert dump.split()[0] == str(DOCUMENTS)
    runs = "from articles.models import ImportRun; print(ImportRun.objects.filter(interrupted=True).count())"
    assert finished(manage(cluster, "shell", "-v0", "-c", runs))[1].split() == [str(kills)]
