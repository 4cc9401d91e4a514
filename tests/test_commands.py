"""Commands as people meet them: one clear line where something is wrong."""

import socket
import stat

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError
from django.core.management.utils import get_random_secret_key

from articles.management.commands import serve
from tests.clusters import run


def test_a_database_out_of_reach_is_one_line():
    status, _, err = run("migrate", DATABASE_URL="postgresql://digest@127.0.0.1:1/digest")
    assert status == 1
    assert len(err.strip().splitlines()) == 1
    assert "127.0.0.1" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("DATABASE_URL", "mysql://x/y", "must name a PostgreSQL database"), ("DIGEST_HTTPS", "perhaps", "must be 1 or 0")],
)
def test_a_setting_that_makes_no_sense_is_one_line(name, value, said):
    status, _, err = run("check", **{name: value})
    assert status == 1
    assert said in err
    assert "Traceback" not in err


def test_with_a_database_of_your_own_nothing_embedded_is_loaded():
    loaded = "import sys; print([m for m in sys.modules if m.startswith(('digest.postgres.', 'pixeltable'))])"
    _, out, err = run("shell", "-v0", "-c", loaded, DATABASE_URL="postgresql://digest@127.0.0.1:1/digest")
    assert out.strip() == "['digest.postgres.apps']", err


def test_the_documented_production_environment_passes_the_deployment_check():
    status, _, err = run(
        "check", "--deploy", "--fail-level", "WARNING",
        DATABASE_URL="postgresql://digest@127.0.0.1:1/digest", DIGEST_SECRET_KEY=get_random_secret_key(),
        DIGEST_ALLOWED_HOSTS="digest.example.org", DIGEST_HTTPS="1", DIGEST_BEHIND_PROXY="1",
    )  # fmt: skip
    assert status == 0, err


def test_migrations_are_complete():
    assert run("makemigrations", "--check", "--dry-run")[0] == 0


def test_a_taken_port_is_one_clear_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="choose another: make run PORT="):
            serve.refuse_taken_port(taken.getsockname()[1])


def test_the_secret_key_is_kept_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("DIGEST_SECRET_KEY", raising=False)
    path = tmp_path / "deep" / "secret_key"
    serve.keep_secret_key(path)
    assert path.read_text() == settings.SECRET_KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    serve.keep_secret_key(path)


@pytest.mark.django_db
def test_the_first_editor_is_made_once():
    name, password = serve.make_editor()
    user = User.objects.get(username=name)
    assert user.check_password(password)
    assert user.has_perms(["articles.publish_article", "articles.merge_actor", "auth.add_user"])
    assert serve.make_editor() is None
