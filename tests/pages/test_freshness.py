"""Pages kept and asked for again."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from articles.pages import freshness
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _anew():
    cache.clear()
    freshness.forget()
    yield
    cache.clear()
    freshness.forget()


def test_a_page_is_made_once_until_something_is_written(client, django_assert_num_queries):
    article = make_article(title="Open the ports")
    freshness.forget()
    first = client.get("/articles/")
    assert first["Cache-Control"] == "no-cache" and first["ETag"].startswith('W/"')
    with django_assert_num_queries(0):
        assert client.get("/articles/").content == first.content
        assert client.get("/articles/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    article.title = "Close the ports"
    article.save()
    freshness.forget()  # a second later
    after = client.get("/articles/", headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200 and b"Close the ports" in after.content


def test_another_address_is_another_page(client):
    make_article(title="Open the ports")
    assert b"Open the ports" not in client.get("/articles/?q=grain+-ports").content
    assert b"Open the ports" in client.get("/articles/").content


def test_editors_get_pages_of_their_own(client):
    draft = make_article(status="inbox")
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(User.objects.create_superuser("chief", password="a long password"))
    answer = client.get(draft.get_absolute_url())
    assert answer.status_code == 200 and "ETag" not in answer


def test_what_is_not_found_is_not_kept(client):
    assert client.get("/articles/nothing/").status_code == 404
    assert "ETag" not in client.get("/articles/nothing/")
