"""The cast: an administrator who may do all, an editor, an annotator who reviews, and a stranger with no rights."""

import pytest

from tests.factories import make_editor

ROLES = ["administrator", "editor", "annotator", ""]


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
