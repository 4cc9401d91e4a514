"""The cast: an administrator who may do all, an editor, an annotator who suggests, and a stranger with no rights."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from pghistory.models import Context

from articles.curation.history import PARTS
from articles.models import Source
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


minutes = count(1)


def tick():
    """Put an end to an act: all of a test is one transaction, whose acts would else have one moment."""
    recent, moment = timezone.now() - timedelta(hours=1), timezone.now() - timedelta(days=9)
    moment += timedelta(minutes=next(minutes))
    Context.objects.filter(created_at__gt=recent).update(created_at=moment)
    tracked = {*PARTS, Source, *(part for parts in PARTS.values() for part, _ in parts)}
    for model in tracked:
        recorded = model.pgh_event_model.objects.filter(pgh_created_at__gt=recent)
        recorded.update(pgh_created_at=moment)
