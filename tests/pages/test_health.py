"""What a balancer asks, and ids of requests."""

import json
import logging

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from digest.logs import Json


def test_alive_asks_no_database(client):
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_ready_where_the_database_answers_and_is_migrated(client):
    assert client.get("/readyz").content == b"ok"
    newest = MigrationRecorder.Migration.objects.filter(app="articles").latest("id")
    newest.delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503 and f"articles.{newest.name}" in answer.content.decode()


def test_not_ready_where_it_does_not(client, monkeypatch):
    def refuse(*args):
        raise OperationalError("no")

    monkeypatch.setattr("articles.pages.health.MigrationExecutor", refuse)
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize(
    ("given", "kept"), [("balancer-17.a", True), ("", False), ("two words", False), ("x" * 65, False)]
)
def test_each_request_has_an_id(client, given, kept):
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) is kept and len(answer["X-Request-ID"]) >= 13


def test_a_line_of_json_says_what_was_logged():
    record = logging.makeLogRecord({"msg": "read %s", "args": ("ä",), "levelname": "INFO", "name": "digest"})
    told = json.loads(Json().format(record))
    assert (told["message"], told["level"], told["request"]) == ("read ä", "INFO", "-")
