"""An import killed at any moment leaves nothing half done, and the next one does what was missing."""

import random
import signal
import time

import pytest

from tests.clusters import cluster, run, start

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
def data():
    with cluster() as folder:
        for command in (["migrate", "-v0"], ["load_actors"]):
            code, _, err = run(*command, DIGEST_DATA=folder)
            assert code == 0, err
        yield folder


def test_killed_again_and_again_it_ends_as_if_it_had_run_once(data, archive):
    kills = 0
    for wait in (0.9, 1.3, 1.6, 1.9):
        process = start("import_articles", str(archive), DIGEST_DATA=data)
        time.sleep(wait)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
    assert kills >= 2
    assert run("shell", "-v0", "-c", CHECK, DIGEST_DATA=data)[0] == 0
    code, _, err = run("import_articles", str(archive), DIGEST_DATA=data)
    assert code == 0, err
    code, dump, err = run("shell", "-v0", "-c", CHECK, DIGEST_DATA=data)
    assert code == 0, err
    assert dump.split()[0] == str(DOCUMENTS)
