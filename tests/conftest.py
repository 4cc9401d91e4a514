"""What all tests share: plain static files, and the setting that lets Playwright and the ORM live together."""

import os

import pytest
from django.core.cache import cache

# Playwright runs its own event loop in the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def empty_cache():
    """Forget what lists and filters remember for a minute: it was of another test's rows."""
    cache.clear()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Serve static files under their own names: the manifest exists only after collectstatic."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
