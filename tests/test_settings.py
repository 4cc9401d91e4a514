"""Values from the environment, and nonsense refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from digest import settings


def test_a_pool_only_where_it_is_asked_for(monkeypatch):
    mine = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"sslmode": "require"}, "CONN_MAX_AGE": 60}
    monkeypatch.delenv("DATABASE_POOL", raising=False)
    assert settings.pooled(mine) == mine
    monkeypatch.setenv("DATABASE_POOL", "8")
    told = settings.pooled(mine)
    assert told["OPTIONS"] == {"sslmode": "require", "pool": {"min_size": 1, "max_size": 8}}
    assert told["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize("value", ["many", "-1", "1.5"])
def test_a_pool_of_nonsense_is_refused(monkeypatch, value):
    monkeypatch.setenv("DATABASE_POOL", value)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_POOL"):
        settings.pooled({})


def test_cursors_of_the_server_are_off_behind_pgbouncer(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://digest@db.example.org/digest")
    assert not settings.database()["DISABLE_SERVER_SIDE_CURSORS"]
    monkeypatch.setenv("DIGEST_PGBOUNCER", "1")
    assert settings.database()["DISABLE_SERVER_SIDE_CURSORS"]
