"""Downloads and feeds: the very question of the address, row for row."""

import csv
import io
import json
from datetime import date

import pytest
from lxml import etree

from articles.interchange.feeds import Entry, Feed, as_atom
from articles.interchange.lines import as_csv, as_json_lines
from articles.pages import downloads, records
from tests.factories import make_actor, make_article, make_author, make_claim, make_recommendation, make_source

ATOM = "{http://www.w3.org/2005/Atom}"


def text(response):
    return b"".join(response).decode()


def test_lines():
    rows = [{"a": "x, “y”", "b": ["one", "two"], "c": True}, {"a": '=1+"1"', "b": [], "c": None}]
    assert "".join(as_csv(["a", "b", "c"], rows)) == 'a,b,c\r\n"x, “y”",one; two,yes\r\n"\'=1+""1""",,\r\n'
    assert "".join(as_json_lines(rows)).splitlines()[1] == '{"a": "=1+\\"1\\"", "b": [], "c": null}'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text):
    assert list(as_csv(["a"], [{"a": text}]))[1].strip('"').startswith("'")


@pytest.mark.django_db
class TestDownloads:
    @pytest.fixture(autouse=True)
    def archive(self):
        self.indonesia = make_actor()
        source, author = make_source("Harbour Post"), make_author("Ayu Author")
        self.article = make_article(
            title="=Open the ports",
            actors=[self.indonesia],
            authors=[author],
            source=source,
            url="https://example.org/1",
        )
        self.told = make_recommendation(self.article, addressees=[self.indonesia], status="accepted")
        self.claim = make_claim(self.article, actors=[make_actor("North Korea")])
        make_claim(make_article(published=date(2020, 1, 1), title="Elsewhere"))

    def test_articles(self, client):
        answer = client.get("/articles.csv?actor=indonesia")
        assert answer["Content-Type"] == "text/csv; charset=utf-8" and answer.streaming
        assert answer["Content-Disposition"] == 'attachment; filename="digest-articles.csv"' and "Link" not in answer
        (row,) = csv.DictReader(io.StringIO(text(answer), newline=""))
        assert row == {
            "address": f"http://testserver{self.article.get_absolute_url()}", "title": "'=Open the ports",
            "published": "2024-07-22", "published_precision": "day", "published_not_before": "", "language": "en",
            "source": "Harbour Post", "authors": "Ayu Author", "taken_from": "", "original": "https://example.org/1",
            "relation": "", "reviewed": "no", "recommendations": "1", "claims": "1",
        }  # fmt: skip

    def test_recommendations(self, client):
        (row,) = map(json.loads, text(client.get("/recommendations.jsonl?addressee=indonesia")).splitlines())
        assert row["address"] == f"http://testserver/recommendations/{self.told.pk}/"
        assert self.article.body[row["start"] : row["end"]] == row["quote"] and row["anchor"] == "exact"
        assert row["reviewed"] is True and row["addressees"] == ["Indonesia"] and row["modality"] == "should"
        assert list(row) == list(records.COLUMNS["recommendations"])

    def test_claims(self, client):
        (row,) = csv.DictReader(io.StringIO(text(client.get("/claims.csv?actor=north-korea")), newline=""))
        assert row["about"] == "North Korea" and row["reviewed"] == "no" and row["article_title"] == "'=Open the ports"

    @pytest.mark.parametrize("name", ["articles", "claims", "recommendations"])
    @pytest.mark.parametrize("form", ["csv", "jsonl"])
    def test_what_is_not_published_is_not_handed_out(self, client, name, form):
        make_claim(draft := make_article(status="inbox", title="A draft"))
        make_recommendation(draft)
        assert "A draft" not in text(client.get(f"/{name}.{form}"))

    @pytest.mark.parametrize(
        "address",
        ["/articles.csv", "/claims.jsonl", "/recommendations.csv", "/articles/feed.atom", "/claims/feed.json"],
    )
    def test_a_question_that_makes_no_sense_is_refused(self, client, address):
        answer = client.get(f"{address}?since=yesterday")
        assert answer.status_code == 400 and b"from" in answer.content
        assert client.get(f"{address}?actor=nobody").status_code == 400

    @pytest.mark.parametrize("name", ["articles", "claims", "recommendations"])
    def test_what_is_too_long_goes_on_where_the_header_says(self, client, monkeypatch, name):
        monkeypatch.setattr(downloads, "MOST", 2)
        monkeypatch.setattr(downloads, "STEP", 1)
        for _ in range(3):
            make_claim(other := make_article())
            make_recommendation(other)
        found, address = [], f"/{name}.jsonl"
        for _ in range(10):
            answer = client.get(address)
            found += [json.loads(line)["address"] for line in text(answer).splitlines()]
            if "Link" not in answer:
                break
            address = answer["Link"].partition(">")[0].removeprefix("<http://testserver")
        assert len(found) == len(set(found)) == (4 if name == "recommendations" else 5)

    def test_a_piece_costs_two_statements(self, client, django_assert_num_queries):
        answer = client.get("/articles.csv")
        with django_assert_num_queries(2):
            assert len(text(answer).splitlines()) == 3
        answer = client.get("/claims.csv")
        with django_assert_num_queries(3):
            text(answer)

    def test_lists_lead_to_them(self, client):
        page = client.get("/articles/?actor=indonesia&page=2").content.decode()
        assert (
            '<link rel="alternate" type="application/atom+xml" title="Atom" href="/articles/feed.atom?actor=indonesia">'
            in page
        )
        assert 'href="/articles.csv?actor=indonesia"' in page

    def test_atom(self, client):
        answer = client.get("/recommendations/feed.atom?addressee=indonesia")
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = etree.fromstring(answer.content)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {
            "self": "http://testserver/recommendations/feed.atom?addressee=indonesia",
            "alternate": "http://testserver/recommendations/?addressee=indonesia",
        }
        assert feed.findtext(f"{ATOM}title") == "Digest – Recommendations: addressee Indonesia"
        (entry,) = feed.findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}id") == f"tag:testserver,2026:recommendation:{self.told.pk}"
        assert entry.findtext(f"{ATOM}title") == "Indonesia: should open its ports to relief ships"
        assert entry.findtext(f"{ATOM}updated")[:4] == str(self.article.updated_at.year)

    def test_json_feed(self, client):
        answer = client.get("/articles/feed.json?actor=indonesia&sort=oldest")
        feed = json.loads(answer.content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["home_page_url"] == "http://testserver/articles/?actor=indonesia"
        (item,) = feed["items"]
        assert item["id"] == f"tag:testserver,2026:article:{self.article.pk}"
        assert item["authors"] == [{"name": "Ayu Author"}] and item["language"] == "en"

    @pytest.mark.parametrize("name", ["articles", "claims", "recommendations"])
    def test_a_feed_costs_few_statements(self, client, name, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            assert client.get(f"/{name}/feed.atom").status_code == 200


def test_a_feed_of_what_xml_cannot_hold(settings):
    from datetime import UTC, datetime

    moment = datetime(2024, 7, 22, tzinfo=UTC)
    feed = Feed(
        "T", "http://x/", "http://x/f", [Entry("tag:x,2026:article:1", "a\x0bb", "http://x/1", "c\x00", moment, moment)]
    )
    assert etree.fromstring(as_atom(feed).encode()).findtext(f"{ATOM}entry/{ATOM}title") == "ab"
