"""Every public page: works, empty, wrong address, hidden rows, pinned queries."""

import gzip
import html
import re
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.utils.html import strip_tags

from articles.catalogue import limits
from articles.models import Article
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_editor,
    make_mention,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


def archive(number):
    """Make `number` articles that share an author, a source and two actors."""
    indonesia, korea = make_actor("Indonesia"), make_actor("North Korea")
    author, source = make_author("Ayu Wulandari"), make_source("Harbour Post")
    for _ in range(number):
        article = make_article(authors=[author], source=source, actors=[indonesia, korea])
        make_recommendation(article, addressees=[indonesia], targets=[korea])
        make_claim(article, actors=[korea])
    return indonesia, author, source


LISTS = {
    "/": 11,
    "/articles/": 5,
    "/articles/?q=ports&actor=indonesia&source=harbour-post&since=2024-01-01": 12,
    "/articles/?q=ports&actor=indonesia&facets=beside": 17,
    "/claims/": 5,
    "/recommendations/": 5,
    "/actors/": 2,
    "/authors/": 2,
    "/sources/": 2,
    "/actors/indonesia/": 12,
    "/authors/ayu-wulandari/": 15,
    "/sources/harbour-post/": 9,
}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("rows", [1, 12])
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(address, rows, client, django_assert_num_queries):
    archive(rows)
    client.get("/articles/")  # languages are remembered
    with django_assert_num_queries(LISTS[address]):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [address for address in LISTS if address.count("/") < 3 and "?" not in address])
def test_every_list_is_composed_when_there_is_nothing(address, client):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/articles/nowhere/", "/actors/nowhere/", "/authors/nowhere/", "/sources/nowhere/", "/nowhere/", "/articles/a/b/"],
)
def test_an_address_that_is_not_there_is_a_page_of_our_own(address, client):
    response = client.get(address)
    assert response.status_code == 404
    assert "Nothing stands at this address" in response.content.decode()


def test_filters_by_actor_and_date(client):
    indonesia, *_ = archive(2)
    other = make_article(published=date(2019, 1, 1), title="Years before")
    make_mention(other, indonesia)
    make_article(title="About nobody")
    page = client.get("/articles/?actor=indonesia&since=2024-01-01").content.decode()
    assert "2 op-eds" in page
    assert "Years before" not in page
    assert "About nobody" not in page
    assert 'aria-label="Remove the filter actor: Indonesia"' in page
    assert "1 op-ed<" in client.get("/articles/?actor=indonesia&until=2020-01-01").content.decode()


def test_several_actors_must_all_be_there(client):
    archive(1)
    make_actor("France")
    assert "1 op-ed<" in client.get("/articles/?actor=indonesia&actor=north-korea").content.decode()
    assert "No op-ed answers" in client.get("/articles/?actor=indonesia&actor=france").content.decode()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("since=yesterday", "from: Enter a valid date."),
        ("actor=atlantis", "No actor is known as “atlantis”."),
        ("language=xx", "Select a valid choice"),
        ("sort=sideways", "Select a valid choice"),
    ],
)
def test_a_value_that_makes_no_sense_is_said_and_the_rest_holds(question, said, client):
    archive(1)
    response = client.get(f"/articles/?{question}")
    assert response.status_code == 200
    assert said in response.content.decode()


def test_an_actor_that_nobody_knows_has_no_articles(client):
    archive(1)
    assert "No op-ed answers this question" in client.get("/articles/?actor=atlantis").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999999"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(page, client):
    archive(1)
    assert "Open the ports" in client.get("/articles/", {"page": page}).content.decode()


def test_a_nul_character_is_a_bad_request(client):
    assert client.get("/articles/?q=%00").status_code == 400


def test_drafts_and_withdrawn_articles_are_the_editors_alone(client):
    author = make_author("Ghost Writer")
    draft = make_article(status="inbox", title="Not yet", authors=[author])
    claim = make_claim(draft)
    for address in (draft.get_absolute_url(), author.get_absolute_url()):
        assert client.get(address).status_code == 404
    for address in ("/", "/articles/", "/claims/", "/authors/"):
        page = client.get(address).content.decode()
        assert "Not yet<" not in page
        assert claim.exact not in page
        assert "Ghost Writer" not in page
    client.force_login(make_editor("editor"))
    assert "only editors see this page" in client.get(draft.get_absolute_url()).content.decode()


def test_a_renamed_article_redirects_for_good(client):
    article = make_article(slug="old-name")
    Article.objects.filter(pk=article.pk).update(slug="new-name")
    response = client.get("/articles/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/articles/new-name/")


def test_a_former_address_of_a_draft_says_nothing(client):
    article = make_article(slug="old-name", status="inbox")
    Article.objects.filter(pk=article.pk).update(slug="new-name")
    assert client.get("/articles/old-name/").status_code == 404


def test_an_article_shows_its_statements_in_place_and_says_what_is_not_known(client):
    article = make_article(title="", published=None, source=None)
    asked = make_recommendation(article, addressees=[make_actor()])
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'<span id="recommendation-{asked.pk}"></span><span class="passage recommendation open begins">' in page
    assert "Author not known" in page
    assert "not yet reviewed" in page
    assert page.count("<dd>not known</dd>") == 2  # date and source


@pytest.mark.parametrize("zone", ["UTC", "Asia/Jakarta"])
def test_an_article_says_whether_an_editor_has_read_it(zone, client, settings):
    settings.TIME_ZONE = zone  # where the evening of the 22nd is the morning of the 23rd

    def said(article, at=None):
        Article.objects.filter(pk=article.pk).update(reviewed_at=at)
        page = client.get(article.get_absolute_url()).content.decode()
        told = re.search("<dt>Reviewed</dt><dd>(.*?)</dd>", page)[1]
        return strip_tags(told.replace("<span", " <span"))

    evening, empty, full = datetime(2024, 7, 22, 23, tzinfo=UTC), make_article(), make_article()
    make_claim(full), make_recommendation(full, status="accepted")
    on = "read by an editor on 22 July 2024" if zone == "UTC" else "read by an editor on 23 July 2024"
    assert said(empty) == "not yet"
    assert said(empty, evening) == f"nothing found in it {on}"
    assert said(full) == "1 of 2 statements"
    assert said(full, evening) == f"1 of 2 statements {on}"


def test_suggestions_can_be_hidden(client, settings):
    settings.SHOW_SUGGESTIONS = False
    article = make_article()
    make_recommendation(article, addressees=[make_actor()])
    accepted = make_claim(article, status="accepted")
    page = client.get(article.get_absolute_url()).content.decode()
    assert "No recommendation found" in page
    assert accepted.exact in page
    assert "0 recommendations" in client.get("/").content.decode()


def test_text_from_the_web_is_escaped(client):
    hostile = "<script>alert(1)</script>"
    actor = make_actor(f"{hostile} land")
    article = make_article(title=hostile, body=f"{hostile} said so. {hostile} land should go home.")
    make_recommendation(article, f"{hostile} land should go home.", addressees=[actor], action=hostile)
    article.references.create(position=1, text=hostile, url="javascript:alert(1)")
    pages = ("/", "/articles/?q=home", "/recommendations/", "/actors/")
    for address in (*pages, article.get_absolute_url(), actor.get_absolute_url()):
        page = client.get(address).content.decode()
        assert hostile not in page
        assert 'href="javascript' not in page


def test_every_answer_carries_the_policy(client):
    for address in ("/", "/nowhere/", "/admin/login/"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_an_article_of_many_recommendations_begins_with_the_first(client):
    article = make_article()
    for _ in range(15):
        make_recommendation(article)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "and 3 more, in the text" in page


def test_ibid_leads_to_the_note_it_stands_for(client):
    article = make_article()
    article.references.create(position=1, label="4", text="Roe, Dry Land.")
    article.references.create(position=2, label="5", text="Ibid.", repeats=1)
    page = client.get(article.get_absolute_url()).content.decode()
    assert '<a href="#note-1" class="quiet soft">the same as 4</a>' in page


def test_a_list_says_first_what_editors_have_accepted(client):
    article = make_article()
    for action in ("one", "two", "three"):
        make_recommendation(article, action=f"suggest {action}")
    make_recommendation(article, action="open the ports", status="accepted")
    page = client.get("/articles/").content.decode()
    assert page.index("open the ports</span>") < page.index("suggest one")
    assert "suggest three" not in page
    assert "1 more" in page


def test_an_unreviewed_statement_that_is_hidden_is_not_counted_either(client, settings):
    settings.SHOW_SUGGESTIONS = False
    article = make_article()
    make_recommendation(article)
    make_claim(article)
    page = client.get("/articles/").content.decode()
    assert "No recommendation found" in page
    assert "1 claim" not in page


def test_an_address_that_is_not_ascii_is_quoted(client):
    article = make_article(slug="सेना", title="About the army")
    page = client.get("/articles/").content.decode()
    assert f'href="{article.get_absolute_url()}"' in page
    assert client.get(article.get_absolute_url()).status_code == 200


def test_facets_of_what_is_gathered_come_after_the_page_and_without_scripts_by_a_link(client):
    make_article(source=make_source("Harbour Post"))
    page = client.get("/articles/?q=ports&said=ports").content.decode()
    assert (
        'hx-get="?q=ports&amp;facets=alone"' in page
        and "<noscript><a href=" in page
        and "Harbour Post</span>" not in page
    )
    counted = client.get("/articles/?q=ports&facets=beside").content.decode()
    assert "Harbour Post</span>" in counted and "hx-get" not in counted
    assert "facets=" not in counted.replace("canonical", "")


def test_an_actor_page_groups_what_it_is_told_by_instrument_and_month_and_says_with_whom_and_when_it_is_named(client):
    indonesia, korea = make_actor("Indonesia"), make_actor("North Korea")
    for month, instrument in ((3, "economic"), (3, "legal"), (5, "economic")):
        article = make_article(published=date(2024, month, 1), actors=[indonesia, korea])
        make_recommendation(article, addressees=[indonesia], instrument=instrument)
        make_claim(article, actors=[indonesia], kind="predictive", claimant=indonesia)
    page = client.get("/actors/indonesia/").content.decode()
    assert page.index("<h3>May 2024</h3>") < page.index("<h3>March 2024</h3>") and page.count("<h3>") == 2
    assert 'href="/recommendations/?addressee=indonesia&amp;instrument=economic">economic</a> 2' in page
    assert 'href="/claims/?actor=indonesia&amp;kind=predictive">predictive</a> 3' in page
    assert 'href="/articles/?actor=indonesia&actor=north-korea">North Korea</a> <span class="figure">3</span>' in page
    assert 'aria-label="2024: 3"' in page and "<h2>Says <span" in page
    told = make_recommendation(make_article(), recommender=indonesia)
    assert f"/recommendations/{told.pk}/" in client.get("/actors/indonesia/").content.decode()


def test_of_too_many_statements_an_actors_page_says_that_its_figures_are_of_a_sample(client, monkeypatch):
    actor = make_actor("Indonesia")
    for _ in range(4):
        make_recommendation(make_article(actors=[actor]), addressees=[actor], instrument="legal")
    assert "in a sample" not in client.get(actor.get_absolute_url()).content.decode()
    monkeypatch.setattr(limits, "COUNTED", 3)
    monkeypatch.setattr(limits, "SAMPLED", 2)
    assert "<span>in a sample of 2</span>" in client.get(actor.get_absolute_url()).content.decode()


def test_facets_that_come_later_come_alone_and_pages_come_compressed(client):
    make_article(actors=[make_actor("Indonesia")], body="Ships sail.")
    page = client.get("/articles/?q=ships", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    (later,) = re.findall(r'hx-get="([^"]+)"', gzip.decompress(page.content).decode())
    alone = client.get(f"/articles/{html.unescape(later)}").content.decode()
    assert alone.startswith('<a class="open-sheet"') and "Indonesia" in alone and "Ships sail." not in alone
