"""What tests of fetching share: a server on loopback, which may be asked, and short limits."""

import pytest

from articles.importing.sources import web
from tests.importing.websites import website

SHORT = web.Limits(connect=1, read=0.4, total=1.5, size=200_000, redirects=5, pause=0)


@pytest.fixture
def site(settings, monkeypatch):
    settings.FETCH_PRIVATE = True
    monkeypatch.setattr(web, "LIMITS", SHORT)
    with website() as one:
        yield one
