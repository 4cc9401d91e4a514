"""Jobs: put off in the same transaction, done by workers, taken up again after a worker was killed."""

import signal
import time

import pytest
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.curation import candidates, retagging
from articles.enqueueing import enqueue
from articles.models import JobFailure, Mention, Retagging
from tests.clusters import cluster, run, start
from tests.factories import make_actor, make_article, make_candidate, make_editor

WAITING = "The Harbour Commission sleeps."


@pytest.fixture
def administrator(client):
    client.force_login(make_editor("administrator"))
    return client


def jobs():
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "status"))


@pytest.mark.django_db
def test_a_job_is_there_when_its_transaction_is():
    class RefusedError(Exception):
        pass

    with pytest.raises(RefusedError), transaction.atomic():
        enqueue("retag", once="one", retagging_id=1)
        raise RefusedError
    assert jobs() == []
    enqueue("retag", once="one", retagging_id=1)
    enqueue("retag", once="one", retagging_id=1)
    enqueue("retag", once="two", retagging_id=2)
    assert jobs() == [("retag", "todo")] * 2


@pytest.mark.django_db
def test_an_accepted_candidate_has_the_archive_searched_once():
    candidate = make_candidate(make_article(body=WAITING), "Harbour Commission")
    candidates.add_as_actor(candidate, make_editor())
    asked = Retagging.objects.get()
    assert (asked.actor.name, asked.ended_at, asked.to_read) == ("Harbour Commission", None, None)
    assert retagging.ask(asked.actor, None) == asked
    assert jobs() == [("retag", "todo")]


@pytest.mark.django_db
def test_a_search_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(retagging, "BATCH", 2)
    monkeypatch.setattr(retagging, "AHEAD", 4)
    commission = make_actor("Harbour Commission", kind="organisation")
    articles = [make_article(body=WAITING) for _ in range(9)]
    asked = retagging.ask(commission, None)
    read = retagging._read
    calls = []

    def cut_off(*args):
        calls.append(args)
        if len(calls) == 3:
            raise ConnectionError("the cable was pulled")
        read(*args)

    monkeypatch.setattr(retagging, "_read", cut_off)
    with pytest.raises(ConnectionError):
        retagging.go_on(asked)
    asked = Retagging.objects.get()
    assert (asked.to_read, asked.read, asked.added, asked.place) == (9, 4, 4, articles[3].pk)
    assert retagging.go_on(asked) == 9
    asked.refresh_from_db()
    assert (asked.read, asked.added) == (9, 9) and asked.ended_at
    assert Mention.objects.filter(actor=commission).count() == 9


@pytest.mark.django_db
def test_the_page_shows_searches_and_to_administrators_what_failed(administrator, client, django_assert_num_queries):
    address = reverse("admin:jobs")
    assert "None yet." in administrator.get(address).content.decode()
    for n in range(30):
        asked = retagging.ask(make_actor(f"Actor {n}"), None)
    Retagging.objects.filter(pk=asked.pk).update(to_read=5400, read=1200)
    failed = ProcrastinateJob.objects.latest("id")
    app.job_manager.connector.execute_query(
        "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %(job_id)s", job_id=failed.pk
    )
    JobFailure.objects.create(job=failed.pk, task="retag", tried=3, because="ValueError: no such <actor>")
    with django_assert_num_queries(9):
        page = administrator.get(address).content.decode()
    assert "1200 of 5400" in page and "ValueError: no such &lt;actor&gt;" in page
    assert page.count("waits for a worker") == 24
    administrator.post(reverse("admin:job_again", args=[failed.pk]))
    assert ProcrastinateJob.objects.get(pk=failed.pk).status == "todo"
    again = administrator.post(reverse("admin:job_again", args=[failed.pk]), follow=True)
    assert "Somebody else has put this job back" in again.content.decode()
    client.force_login(make_editor("annotator"))
    assert "no such" not in client.get(address).content.decode()


SETUP = """
from articles.models import *
from articles.curation import retagging
from articles.enqueueing import enqueue
from articles.reading import fingerprint
actor = Actor.objects.create(name="Harbour Commission", slug="hc", kind="organisation")
body = "The Harbour Commission sleeps. " + "Nobody wakes it. " * 30
Article.objects.bulk_create(Article(title=str(n), slug=str(n), body=body, language="en", words=9) for n in range(600))
retagging.ask(actor, None)
enqueue("retag", retagging_id="psalm")
"""
HOLD = """
import time
from django.db import transaction
from articles.models import *
with transaction.atomic():
    Article.objects.select_for_update().get(slug="250")
    print("held", flush=True)
    time.sleep(120)
"""
STATE = """
from articles.models import *
from procrastinate.contrib.django.models import ProcrastinateJob
r = Retagging.objects.get()
print(r.read, r.added, bool(r.ended_at), Mention.objects.filter(actor__slug="hc").count())
"""


def told(code, data):
    status, out, err = run("shell", "-v0", "-c", code, DIGEST_DATA=data)
    assert status == 0, err
    return out.split()


def test_another_worker_ends_what_a_killed_one_had_begun():
    with cluster() as data:
        assert run("migrate", "-v0", DIGEST_DATA=data)[0] == 0
        told(SETUP, data)
        holder = start("shell", "-v0", "-c", HOLD, DIGEST_DATA=data)
        assert holder.stdout.readline() == "held\n"
        killed = start("worker", DIGEST_DATA=data)
        deadline = time.monotonic() + 60
        while (state := told(STATE, data))[0] != "200":  # the third hundred waits for the article that is held
            assert time.monotonic() < deadline, state
        for process in (killed, holder):
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert told(STATE, data) == ["200", "200", "False", "200"]
        # what a worker sees once the killed one's heartbeat is old
        told("from django.db import connection as c; c.cursor().execute("
             "\"UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'\")", data)  # fmt: skip
        other = start("worker", DIGEST_DATA=data)
        deadline = time.monotonic() + 90
        while told(STATE, data)[2] != "True":
            assert time.monotonic() < deadline, told(STATE, data)
            time.sleep(0.5)
        assert told(STATE, data) == ["600", "600", "True", "600"]
        why = told("from articles.models import *; print(*JobFailure.objects.values_list('tried', flat=True))", data)
        assert "1" in why  # a job that can't be done is tried again, and why is on record
        other.send_signal(signal.SIGTERM)
        out, err = other.communicate(timeout=30)
        assert other.returncode == 0, err
        assert "Working." in out
