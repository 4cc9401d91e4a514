"""What is counted for Prometheus, and that nothing is where nobody asks for it."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from prometheus_client import REGISTRY

from articles.management.commands import serve
from articles.pages import freshness
from digest import metrics
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

# Two processes that count together: each prints what it would tell Prometheus.
COUNT = "from digest import metrics; metrics.requests.labels('GET', 'home', 200).inc()"
TELL = """
from django.test import RequestFactory
from digest import metrics
print(metrics.page(RequestFactory().get("/metrics")).content.decode())
"""


@pytest.fixture(autouse=True)
def _anew():
    cache.clear()
    freshness.forget()


@pytest.fixture
def counted(settings):
    """Metrics on; how much a series grew since."""
    settings.METRICS = True
    for metric in (metrics.requests, metrics.seconds, metrics.statements, metrics.pages):
        metric.clear()
    return lambda name, **labels: REGISTRY.get_sample_value(name, labels) or 0


def test_off_there_is_no_such_page_and_nothing_is_counted(client):
    metrics.requests.clear()
    assert client.get("/metrics").status_code == 404
    assert list(metrics.requests.collect()[0].samples) == []


def test_requests_are_counted_by_method_view_and_status(client, counted):
    article = make_article()
    for address in (article.get_absolute_url(), "/articles/nothing/", "/articles/nothing-else/", "/nowhere/at/all"):
        client.get(address)
    client.generic("BREW", "/healthz")
    client.post("/admin/login/", {})
    total = "digest_requests_total"
    assert counted(total, method="GET", view="article", status="200") == 1
    assert counted(total, method="GET", view="article", status="404") == 2
    assert counted(total, method="GET", view="none", status="404") == 1
    assert counted(total, method="other", view="none", status="405") == 1
    assert counted(total, method="POST", view="admin:login", status="200") == 1


def test_no_label_holds_an_address(client, counted):
    for number in range(5):
        client.get(f"/articles/slug-{number}/?q=word-{number}")
        client.get(f"/elsewhere-{number}")
    told = client.get("/metrics").content.decode()
    assert not any(word in told for word in ("slug-", "word-", "elsewhere-"))


def test_seconds_and_statements_by_view(client, counted):
    client.get("/healthz")
    with CaptureQueriesContext(connection) as captured:
        client.get("/authors/")
    assert counted("digest_request_seconds_count", view="alive") == 1
    assert counted("digest_statements_total", view="alive") == 0
    assert counted("digest_statements_total", view="authors") == len(captured) > 1


def test_pages_made_kept_and_not_modified(client, counted):
    make_article()
    first = client.get("/articles/")
    client.get("/articles/")
    client.get("/articles/", headers={"If-None-Match": first["ETag"]})
    answers = {answer: counted("digest_pages_total", answer=answer) for answer in ("made", "kept", "not modified")}
    assert answers == {"made": 1, "kept": 1, "not modified": 1}


def test_the_page_is_plain_and_carries_the_policy(client, counted):
    answer = client.get("/metrics")
    assert answer["Content-Type"].startswith("text/plain")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_serving_starts_from_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    folder = tmp_path / "metrics" / "8000"
    for _ in range(2):
        serve.empty_metrics(folder)
        assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(folder) and list(folder.iterdir()) == []
        (folder / "counter_17.db").touch()


def test_several_processes_add_up(tmp_path):
    environment = {**os.environ, "DIGEST_METRICS": "1", "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for script in (COUNT, COUNT, TELL):
        told = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", script],
            env=environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    assert 'digest_requests_total{method="GET",status="200",view="home"} 2.0' in told
