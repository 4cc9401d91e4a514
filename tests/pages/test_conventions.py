"""What machines read: robots, sitemaps, the description of the search, JSON-LD, one address for each question."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from articles.pages import conventions
from articles.pages.linked_data import text_fragment
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_recommendation,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(answer):
    return [found.text for found in ElementTree.fromstring(answer.content).iter(f"{SITEMAP}loc")]  # noqa: S314 - ours


def linked_data(answer):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode())[1])


def test_robots_are_kept_from_the_desk_and_led_to_the_sitemap(client):
    told = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in told and "Sitemap: http://testserver/sitemap.xml" in told


def test_sitemaps_list_what_is_published_in_parts(client, monkeypatch):
    monkeypatch.setattr(conventions, "A_SITEMAP", 2)
    shown = [make_article(actors=[make_actor()]) for _ in range(3)]
    hidden = make_article(status="inbox")
    make_topic("Trade & tariffs")
    parts = locations(client.get("/sitemap.xml"))
    listed = [where for part in parts[1:] for where in locations(client.get(part))]
    assert listed == [f"http://testserver{article.get_absolute_url()}" for article in shown]
    assert hidden.get_absolute_url() not in str(listed)
    assert "http://testserver/topics/trade-tariffs/" in locations(client.get(parts[0]))
    assert client.get("/sitemap-99999.xml").status_code == 404


def test_the_search_is_described(client):
    page = client.get("/opensearch.xml")
    assert page["Content-Type"].startswith("application/opensearchdescription+xml")
    assert "http://testserver/search/?q={searchTerms}" in page.content.decode()
    assert 'href="/opensearch.xml"' in client.get("/").content.decode()


def test_an_article_says_what_it_is_and_nothing_that_is_not_known(client):
    article = make_article(
        title='Ships </script> & "harbours"', authors=[make_author("Ayu")], source=make_source("Post"),
        published=date(2024, 7, 1), published_precision="month", url="https://post.example/a",
    )  # fmt: skip
    told = linked_data(client.get(article.get_absolute_url()))
    assert told["@type"] == "OpinionNewsArticle" and told["headline"] == 'Ships </script> & "harbours"'
    assert (told["datePublished"], told["author"][0]["name"], told["publisher"]["name"]) == ("2024-07", "Ayu", "Post")
    bare = linked_data(client.get(make_article(published=None).get_absolute_url()))
    assert {"datePublished", "author", "publisher", "isBasedOn"}.isdisjoint(bare)


def test_a_statement_has_a_page_of_its_own(client):
    article = make_article(url="https://post.example/a#top")
    claim, told = make_claim(article), make_recommendation(article)
    page = client.get(f"/claims/{claim.pk}/")
    assert linked_data(page)["@type"] == "Claim"
    assert linked_data(page)["appearance"]["url"] == f"http://testserver{article.get_absolute_url()}"
    text = page.content.decode()
    assert '<mark class="claim">North Korea has asked for grain.</mark>' in text
    assert "https://post.example/a#:~:text=North%20Korea%20has%20asked%20for%20grain." in text
    assert client.get(f"/recommendations/{told.pk}/").status_code == 200
    for address in (f"/claims/{claim.pk + 99}/", f"/claims/{make_claim(make_article(), status='rejected').pk}/",
                    f"/claims/{make_claim(make_article(status='inbox')).pk}/", "/claims/x/"):  # fmt: skip
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(("exact", "fragment"), [
    ("one-two, three & four", "one%2Dtwo%2C%20three%20%26%20four"),
    ("a  b\nc", "a%20b%20c"),
    (" ".join(f"word{n}" for n in range(60)),
     "word0%20word1%20word2%20word3%20word4%20word5,word54%20word55%20word56%20word57%20word58%20word59"),
])  # fmt: skip
def test_a_passage_of_the_original_is_named_by_its_words(exact, fragment):
    assert text_fragment("https://post.example/", exact) == f"https://post.example/#:~:text={fragment}"
    assert text_fragment("", exact) == ""


def test_one_question_has_one_address(client):
    page = client.get("/articles/?source=post&actor=b&actor=a&said=b+a&q=").content.decode()
    assert '<link rel="canonical" href="http://testserver/articles/?actor=a&amp;actor=b&amp;source=post">' in page
    assert '<meta property="og:url" content="http://testserver/articles/?actor=a' in page
