"""Imports by workers and by several processes: the same rows as by one, whoever is killed when."""

import json
import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.importing import enqueued, readers
from articles.importing import run as run_module
from articles.importing.run import Options, import_documents, on_record
from articles.importing.sources.files import find
from articles.models import Article, Document, ImportItem, ImportRun
from articles.vocabulary import Outcome
from tests.clusters import cluster, run, start
from tests.factories import make_editor
from tests.importing import made

# All that an import leaves, but for numbers and moments. Prints one line.
DUMP = """
import hashlib, json
from articles.models import *
rows = sorted(
    [a.slug, a.title, a.body, a.language, str(a.published), a.source.name if a.source else "", a.status, a.as_read,
     a.evidence, sorted(d.sha256 for d in a.documents.all()), [[b.name, b.author.name] for b in a.bylines.all()],
     [[m.actor.name, m.start] for m in a.mentions.order_by("start")],
     [[x.actor.name, x.n] for x in a.article_actors.order_by("actor")],
     sorted([c.exact, c.rule, sorted(map(str, c.actors.all()))] for c in a.claims.all()),
     sorted([r.exact, r.rule, r.action, sorted(map(str, r.addressees.all()))] for r in a.recommendations.all()),
     a.card.actor_ids is not None]
    for a in Article.objects.all()
)
print(len(rows), hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest())
"""
WORDS = ["river", "harbour", "treaty", "grain", "council", "winter", "border", "railway", "minister", "harvest"]


def documents(path, n, seed=7):
    """Write a file of `n` op-eds, none like another, and one that can't be read."""
    dice = random.Random(seed)  # noqa: S311 - texts, not secrets
    with path.open("w") as file:
        for number in range(n):
            story = ["The " + " ".join(dice.choices(WORDS, k=14)) + "." for _ in range(30)]
            text = f"{' '.join(story)}\n\nVietnam should answer letter {number} before spring.\n"
            named = {"id": number, "title": f"Letter {number}", "author": f"Author {number % 7}", "source": "The Post"}
            file.write(json.dumps({**named, "date": f"2024-03-{number % 28 + 1:02}", "text": text}) + "\n")
        file.write('{"title": "Nothing in it", "text": ""}\n')
    return path


@pytest.fixture
def taken(db, tmp_path, monkeypatch):
    """A run of seven documents that wait for workers, three in a job."""
    monkeypatch.setattr(run_module, "BATCH", 3)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(made.numbered(n)) for n in range(7)))
    asked = enqueued.begin([str(path)], Options(publish=True))
    assert enqueued.take_in(find([str(path)]), asked) == 7
    return asked


def jobs():
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="read_documents").order_by("id")]


def work():
    return [enqueued.work_off(**args) for args in jobs()]


def test_bytes_are_kept_at_once_and_read_by_workers(taken):
    assert (Document.objects.count(), Article.objects.count()) == (7, 0)
    assert [args["run_id"] for args in jobs()] == [taken.pk] * 3
    assert work() == [3, 3, 1]
    assert work() == [0, 0, 0]  # a job done again does nothing
    assert Article.objects.published().count() == 7
    taken.refresh_from_db()
    assert taken.finished_at and set(taken.items.values_list("outcome", "tried")) == {("created", 1)}


def test_what_ends_its_worker_three_times_is_set_aside_and_the_others_are_not(taken, monkeypatch):
    read, ended = enqueued.read_one, []

    def deadly(raw, hints, names):
        if b"Harbour 4 " in raw:
            ended.append(1)
            raise SystemExit
        return read(raw, hints, names)

    monkeypatch.setattr(enqueued, "read_one", deadly)
    for _ in range(5):
        for args in jobs():
            try:
                enqueued.work_off(**args)
            except SystemExit:
                continue
    assert len(ended) == readers.TRIES
    assert Article.objects.count() == 6
    (item,) = taken.items.filter(outcome=Outcome.FAILED)
    assert item.reason == "set aside: 3 workers that read it ended"


def test_a_run_is_cancelled_and_resumed(taken):
    enqueued.work_off(**jobs()[0])
    editor = make_editor()
    enqueued.cancel(taken, editor)
    assert enqueued.work_off(**jobs()[1]) == 0
    told = enqueued.progress(ImportRun.objects.get(pk=taken.pk), timezone.now())
    assert (told.done, told.waiting, told.left) == (3, 4, None)
    assert enqueued.resume(taken, editor) == 4
    told = enqueued.progress(ImportRun.objects.get(pk=taken.pk), timezone.now())
    assert told.rate > 0 and told.left is not None
    work()
    assert Article.objects.count() == 7


def test_an_import_that_begins_leaves_one_of_workers_alone(taken, tmp_path):
    with on_record(["x"]):
        pass
    taken.refresh_from_db()
    assert not taken.interrupted


def test_several_processes_leave_the_same_as_one(tmp_path):
    path = documents(tmp_path / "a.jsonl", 12)
    dumps = set()
    for extra in ([], ["--workers", "2"], ["--enqueue"]):
        with cluster() as data:
            for command in (["migrate", "-v0"], ["load_actors"]):
                assert run(*command, DIGEST_DATA=data)[0] == 0
            code, said, err = run("import_articles", str(path), *extra, DIGEST_DATA=data)
            assert code == (0 if "--enqueue" in extra else 1), err + said
            if "--enqueue" in extra:
                assert "13 documents wait for a worker" in said
                assert run("worker", "--once", DIGEST_DATA=data)[0] == 0
            code, dump, err = run("shell", "-v0", "-c", DUMP, DIGEST_DATA=data)
            assert code == 0, err
            dumps.add(dump)
    assert len(dumps) == 1 and dumps.pop().startswith("12 ")


def test_two_workers_share_a_queue_and_one_killed_loses_nothing(tmp_path):
    path = documents(tmp_path / "a.jsonl", 240)
    with cluster() as data:
        for command in (["migrate", "-v0"], ["load_actors"]):
            assert run(*command, DIGEST_DATA=data)[0] == 0
        lose_none(path, 240, [{"DIGEST_DATA": data}] * 2)


def lose_none(path, n, machines):
    """Have a worker on each of two machines read a file's `n` documents, kill the first midway, and find them all.

    A machine is what `start` is given for it: where commands run, and their environment.
    """
    here = machines[1]
    assert run("import_articles", str(path), "--enqueue", **machines[0])[0] == 0
    workers = [start("worker", **machine) for machine in machines]
    waits = "from articles.models import *; print(ImportItem.objects.filter(outcome='waiting').count())"
    try:
        left = n + 1
        while left > n * 5 // 6:
            left = int(run("shell", "-v0", "-c", waits, **here)[1])
        workers[0].send_signal(signal.SIGKILL)
        deadline = time.monotonic() + 180
        while left and time.monotonic() < deadline:
            left = int(run("shell", "-v0", "-c", waits, **here)[1])
        assert left == 0
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.communicate(timeout=60)
    code, dump, err = run("shell", "-v0", "-c", DUMP, **here)
    assert code == 0, err
    assert dump.startswith(f"{n} ")


def test_a_document_that_ends_a_reading_process_ends_no_other(db, tmp_path, monkeypatch):
    """The reading processes are real; one of the documents has them end themselves."""
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(made.numbered(n)) for n in range(4)))
    monkeypatch.setattr(readers, "_read", _deadly)
    with on_record([str(path)]) as asked:
        items = list(import_documents(find([str(path)]), Options(workers=1), run=asked))
    assert [item.outcome for item in items] == ["created", "created", "failed", "created"]
    assert items[2].reason == "set aside: 3 processes that read it ended"
    assert ImportItem.objects.count() == 4


def _deadly(raw, hints):
    if b"Harbour 2 " in raw:
        os._exit(1)
    return readers.read_one(raw, hints, readers._names)


def test_the_desk_sees_how_far_it_is_cancels_and_resumes(taken, client):
    client.force_login(make_editor("administrator"))
    address = f"/admin/articles/importrun/{taken.pk}/"
    assert "no worker is at it" in client.get(f"{address}change/").content.decode()
    enqueued.work_off(**jobs()[0])
    page = client.get(f"{address}change/").content.decode()
    assert "3 done, 4 waiting" in page and "a minute" in page and "Cancel this import" in page
    client.post(f"{address}cancel/")
    page = client.get(f"{address}change/").content.decode()
    assert "cancelled" in page and "Resume this import" in page
    assert "4 documents wait" in client.post(f"{address}resume/", follow=True).content.decode()
    work()
    assert "3 done" not in client.get(f"{address}change/").content.decode()
    assert client.post(f"{address}cancel/").status_code == 404


RESUME = """
from articles.importing import enqueued
from articles.models import ImportRun
for asked in ImportRun.objects.filter(enqueued=True, finished_at=None):
    enqueued.resume(asked, None)
"""


def test_ten_kills_of_importer_worker_and_postgres_leave_the_rows_of_an_undisturbed_run(tmp_path):
    path, dice = documents(tmp_path / "a.jsonl", 60), random.Random(11)  # noqa: S311 - moments, not secrets
    dumps = []
    for disturbed in (False, True):
        with cluster() as data:
            for command in (["migrate", "-v0"], ["load_actors"]):
                assert run(*command, DIGEST_DATA=data)[0] == 0
            for number in range(10 if disturbed else 0):
                victim = ("importer", "worker", "postgres")[number % 3]
                works = (
                    ["worker"] if victim != "importer" and number > 2 else ["import_articles", str(path), "--enqueue"]
                )
                process = start(*works, DIGEST_DATA=data)
                time.sleep(dice.uniform(0.8, 3.0))
                if victim == "postgres":
                    with suppress(ProcessLookupError):  # it was not up again yet
                        os.kill(int((Path(data) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
                process.kill()
                process.communicate()
            assert run("import_articles", str(path), "--enqueue", DIGEST_DATA=data)[0] == 0
            assert run("shell", "-v0", "-c", RESUME, DIGEST_DATA=data)[0] == 0
            assert run("worker", "--once", DIGEST_DATA=data)[0] == 0
            code, dump, err = run("shell", "-v0", "-c", DUMP, DIGEST_DATA=data)
            assert code == 0, err
            dumps.append(dump)
    assert dumps[0] == dumps[1] and dumps[0].startswith("60 ")
