"""The cast: an administrator who may do all, an editor, an annotator who suggests, and a stranger with no rights."""

import pytest

from tests.factories import make_editor

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody's password is at stake, and hashing well is slow
ROLES = ["administrator", "editor", "annotator", ""]


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = QUICK


@pytest.fixture
def cast(db):
    """Each of the cast, by group; "" is in none."""
    return {role: make_editor(role) for role in ROLES}


@pytest.fixture
def editor(db):
    return make_editor("editor")


@pytest.fixture
def desk(client, editor):
    """A client in which the editor is logged in."""
    client.force_login(editor)
    return client
