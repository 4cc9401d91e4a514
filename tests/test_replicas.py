"""Reading from replicas: where a request reads, how far behind a replica is, and a real one that is killed."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured

from articles.models import Article, Source
from digest import replicas, settings
from digest.replicas import Router, behind, judged, reads_from

URL = "postgresql://digest@db.example.org/digest"


@pytest.fixture
def from_replica():
    token = reads_from.set("replica1")
    yield
    reads_from.reset(token)


def test_public_rows_are_read_where_the_request_reads(from_replica):
    assert Router().db_for_read(Article) == "replica1"
    assert Router().db_for_read(User) == "default"
    assert Router().db_for_write(Article) == "default"


def test_commands_read_from_the_primary():
    assert Router().db_for_read(Article) == "default"


def test_relations_are_read_where_their_row_came_from(from_replica):
    source = Source()
    assert Router().db_for_read(Article, instance=source) == "replica1"
    source._state.db = "default"
    assert Router().db_for_read(Article, instance=source) == "default"


def test_only_the_primary_is_migrated():
    assert [Router().allow_migrate(alias, "articles") for alias in ("default", "replica1")] == [True, False]


def test_replicas_are_named_in_order_and_not_waited_for(monkeypatch):
    monkeypatch.setenv("DATABASE_REPLICAS", f"{URL}?sslmode=require, {URL}?connect_timeout=9")
    first, second = settings.replicas().items()
    assert (first[0], second[0]) == ("replica1", "replica2")
    assert first[1]["OPTIONS"] == {"sslmode": "require", **settings.IMPATIENT}
    assert second[1]["OPTIONS"]["connect_timeout"] == 9
    assert first[1]["TEST"] == {"MIRROR": "default"}


def test_a_replica_s_pool_looks_at_what_it_hands_out(monkeypatch):
    monkeypatch.setenv("DATABASE_REPLICAS", URL)
    monkeypatch.setenv("DATABASE_POOL", "4")
    (told,) = settings.replicas().values()
    assert told["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 4, "timeout": 3}
    assert told["CONN_HEALTH_CHECKS"] and told["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    "value", ["mysql://db.example.org/digest", "db2", f"{URL},nonsense://", "postgresql://a:b:c/d"]
)
def test_addresses_that_are_none_are_refused(monkeypatch, value):
    monkeypatch.setenv("DATABASE_REPLICAS", value)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_REPLICAS"):
        settings.replicas()


@pytest.mark.parametrize("value", ["soon", "-1", "1.5"])
def test_a_lag_of_nonsense_is_refused(monkeypatch, value):
    monkeypatch.setenv("DATABASE_REPLICA_LAG", value)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_REPLICA_LAG"):
        settings.replica_lag()


@pytest.mark.parametrize(
    ("replayed", "seconds"),
    [
        pytest.param(400, 0.0, id="more than the primary had when it was asked"),
        pytest.param(300, 0.0, id="all that it had"),
        pytest.param(299, 2.0, id="what it had at 8"),
        pytest.param(150, 5.0, id="what it had at 5"),
        pytest.param(99, None, id="less than ever known"),
    ],
)
def test_how_long_the_primary_has_had_what_a_replica_lacks(replayed, seconds):
    assert behind(replayed, [(5.0, 100), (8.0, 200), (9.0, 300)], now=10.0) == seconds


@pytest.mark.parametrize(
    ("behind", "age", "verdict"),
    [
        pytest.param(0.0, 3600.0, (0.0, ""), id="nothing was written for an hour"),
        pytest.param(0.0, None, (0.0, ""), id="nothing since it started"),
        pytest.param(900.0, 2.0, (2.0, ""), id="the primary was not asked for long"),
        pytest.param(None, -0.1, (0.0, ""), id="clocks differ"),
        pytest.param(10.0, 10.0, (10.0, ""), id="just not too far"),
        pytest.param(11.0, 60.0, (None, "lags 11 s"), id="too far"),
        pytest.param(None, None, (None, "has replayed nothing yet"), id="not known"),
    ],
)
def test_the_verdict(behind, age, verdict):
    assert judged(behind, age, most=10) == verdict


def test_without_replicas_there_is_no_middleware(client):
    assert not replicas.settings.REPLICAS and "digest_wrote" not in client.post("/healthz").cookies
