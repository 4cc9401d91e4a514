"""Pictures: each equals its table and its CSV, whatever is asked; and what can't be drawn says so."""

import csv
import io
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from articles.models import Byline
from articles.pages.charts.network import network
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_coding,
    make_recommendation,
    make_topic,
)

pytestmark = pytest.mark.django_db
KINDS = ["timeline", "matrix", "network"]


@pytest.fixture
def archive():
    """Make three years of op-eds: 2 from Indonesia, 2 from Japan by a minister, one from nowhere known."""
    indonesia, japan = make_actor("Indonesia"), make_actor("Japan")
    minister = make_actor("Minister", kind="person", country=japan)
    ayu, topic = make_author("=Ayu"), make_topic("Ports")
    for year in (2021, 2021):
        article = make_article(authors=[ayu], published=date(year, 3, 1), actors=[japan])
        Byline.objects.filter(article=article).update(country=indonesia)
        make_recommendation(article, addressees=[japan])
    for month in (1, 7):
        article = make_article(published=date(2023, month, 1))
        told = make_recommendation(article, addressees=[indonesia, japan], recommender=minister)
    make_recommendation(make_article(published=date(2023, 12, 31)), addressees=[indonesia], recommender_text="he")
    make_article(published=None)
    return {"told": told, "topic": topic, "ayu": ayu}


def table(page):
    rows = re.findall(r"<tr>(.*?)</tr>", page[page.index('class="numbers"') :], re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def read(client, kind, question=""):
    """Return the rows of the table and of the CSV, and the numbers of the SVG in its order."""
    page = client.get(f"/charts/{kind}/{question}").content.decode()
    sheet = client.get(f"/charts/{kind}.csv{question}").content.decode()
    svg = ElementTree.fromstring(client.get(f"/charts/{kind}.svg{question}").content)  # noqa: S314 - ours
    drawn = [int(mark.get("data-n")) for mark in svg.iter() if mark.get("data-n") is not None]
    inline = [int(n) for n in re.findall(r'data-n="(\d+)"', page)]
    assert drawn == inline
    return table(page), list(csv.reader(io.StringIO(sheet))), drawn


def test_the_timeline_equals_its_table_and_its_csv(archive, client):
    rows, sheet, drawn = read(client, "timeline")
    assert rows == sheet == [
        ["year", "op-eds", "recommendations"], ["2021", "2", "2"], ["2022", "0", "0"], ["2023", "3", "3"],
    ]  # fmt: skip
    assert drawn == [int(n) for row in rows[1:] for n in row[1:]]


def test_within_a_year_the_timeline_shows_months(archive, client):
    rows, sheet, drawn = read(client, "timeline", "?since=2023-01-01&until=2023-12-31")
    assert rows == sheet and len(rows) == 13
    assert [row for row in rows[1:] if row[1] != "0"] == [["2023-01", "1", "1"], ["2023-07", "1", "1"],
                                                          ["2023-12", "1", "1"]]  # fmt: skip
    assert drawn == [int(n) for row in rows[1:] for n in row[1:]]


def test_the_matrix_equals_its_table_and_its_csv_and_its_cells_lead_to_what_they_count(archive, client):
    rows, sheet, drawn = read(client, "matrix")
    assert rows == sheet == [
        ["from", "Japan", "Indonesia", "together"],
        ["Japan", "2", "2", "4"], ["Indonesia", "2", "0", "2"], ["not known", "0", "1", "1"],
    ]  # fmt: skip
    assert drawn == [int(n) for row in rows[1:] for n in row[1:-1]]
    page = client.get("/charts/matrix/").content.decode()
    (address,) = re.findall(r'<a href="([^"]+)" aria-label="Indonesia → Japan: 2"', page)
    listed = client.get(address.replace("&amp;", "&")).content.decode()
    assert "2 recommendations" in listed


def test_beyond_the_most_frequent_the_matrix_sums_up(archive, client, monkeypatch):
    monkeypatch.setattr("articles.pages.charts.matrix.MOST", 1)
    rows, sheet, drawn = read(client, "matrix")
    assert rows == sheet == [["from", "Japan", "others", "together"], ["Japan", "2", "2", "4"],
                             ["others", "2", "1", "3"]]  # fmt: skip
    assert drawn == [2, 2, 2, 1]


def test_the_network_is_of_stances_where_there_are_any(archive, client):
    rows, sheet, drawn = read(client, "network")
    assert rows[0] == ["who", "what", "addressee", "times"] and ["'=Ayu", "calls on", "Japan", "2"] in sheet
    assert ["=Ayu", "calls on", "Japan", "2"] in rows
    make_coding(archive["told"], archive["topic"], "opposes")
    claim = make_claim(make_article(authors=[archive["ayu"]]))
    make_coding(claim, archive["topic"])
    rows, sheet, drawn = read(client, "network")
    assert rows == [["who", "what", "topic", "times"], ["Minister", "opposes", "Ports", "1"],
                    ["=Ayu", "supports", "Ports", "1"]]  # fmt: skip
    assert drawn == [1, 1]


def test_two_hundred_nodes_are_drawn_alike_each_time_and_labels_never_meet():
    article = make_article()
    addressees = [make_actor(f"Actor with the number {n}") for n in range(210)]
    for n in range(0, 210, 3):
        make_recommendation(article, addressees=addressees[n : n + 3], recommender=addressees[(n * 7) % 210])
    drawings = [network(QueryDict()).drawing for _ in range(2)]
    assert drawings[0] == drawings[1] and len(drawings[0]["nodes"]) == 200
    boxes = [(n["x"] + n["size"], n["y"], len(n["label"]) * 7.2) for n in drawings[0]["nodes"] if n["label"]]
    for i, (x, y, wide) in enumerate(boxes):
        assert all(abs(y - v) >= 16 or x + wide + 4 <= u or u + w + 4 <= x for u, v, w in boxes[:i])
    assert len(boxes) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_png_is_a_picture(kind, archive, client):
    answer = client.get(f"/charts/{kind}.png")
    assert (
        answer["Content-Type"] == "image/png"
        and answer.content[:8] == b"\x89PNG\r\n\x1a\n"
        and len(answer.content) > 2000
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("question", ["", "?actor=nobody", "?since=yesterday", "?q=whales", "?topic=ports"])
def test_a_picture_of_nothing_says_so(kind, question, client):
    make_topic("Ports")
    page = client.get(f"/charts/{kind}/{question}")
    assert page.status_code == 200 and "Nothing answers this question." in page.content.decode()
    for end in ("svg", "csv", "png"):
        assert client.get(f"/charts/{kind}.{end}{question}").status_code == 200
    if "yesterday" in question or ("nobody" in question and kind != "network"):
        assert 'role="alert"' in page.content.decode()


def test_what_is_no_picture_is_not_found(client):
    for address in ("/charts/pie/", "/charts/pie.svg", "/charts/timeline.exe"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(("kind", "queries"), [("timeline", 12), ("matrix", 6), ("network", 6)])
@pytest.mark.parametrize("rows", [1, 8])
def test_pictures_ask_the_same_number_of_questions_however_much_there_is(
    kind, queries, rows, client, django_assert_max_num_queries
):
    for _ in range(rows):
        make_recommendation(make_article(authors=[make_author()]), addressees=[make_actor()])
    client.get(f"/charts/{kind}/")
    with django_assert_max_num_queries(queries):
        client.get(f"/charts/{kind}/?")
