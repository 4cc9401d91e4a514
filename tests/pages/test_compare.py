"""Two actors, authors or periods beside each other, and an author's positions over time."""

from datetime import date

import pytest
from lxml import html

from articles.pages.comparison.sides import Senseless, days, worded
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_coding,
    make_recommendation,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db
SHOULD = "Indonesia should open its ports to relief ships."


@pytest.fixture
def archive():
    """Two countries told to act and spoken of in two years by two authors, one of whom changes sides."""
    indonesia, japan, topic = make_actor("Indonesia"), make_actor("Japan"), make_topic("Open ports")
    ayu, budi, herald = make_author("Ayu"), make_author("Budi"), make_source("Harbour Herald")
    rows = [
        (ayu, date(2023, 5, 1), indonesia, "supports"),
        (ayu, date(2024, 6, 1), indonesia, "opposes"),
        (ayu, date(2024, 7, 1), japan, "opposes"),
        (budi, date(2024, 8, 1), japan, "supports"),
        (budi, None, indonesia, "supports"),
    ]
    for n, (author, on, told, stance) in enumerate(rows):
        article = make_article(
            title=f"Op-ed {n}", published=on, published_precision="day" if on else "", authors=[author],
            actors=[indonesia, japan], source=herald,
        )  # fmt: skip
        made = make_recommendation(article, addressees=[told], instrument="legal" if n % 2 else "economic")
        make_claim(article, actors=[told])
        make_coding(made, topic, stance)
    return {"topic": topic, "ayu": ayu, "budi": budi}


def cells(page):
    """Return the figures of the table with the addresses of the lists that they count."""
    tree = html.fromstring(page.content)
    return [
        (
            row.xpath("string(th)"),
            [(cell.xpath("string()").strip(), cell.xpath(".//@href")) for cell in row.xpath("td")],
        )
        for row in tree.xpath("//table[@class='compared']/tbody/tr[td]")
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/compare/actors/?a=indonesia&b=japan",
        "/compare/authors/?a=ayu&b=budi",
        "/compare/periods/?a=2023&b=2024",
        "/compare/periods/?a=2023&b=2024&actor=japan",
    ],
)
def test_each_figure_is_what_its_list_holds(client, archive, address):
    page = client.get(address)
    assert page.status_code == 200
    counted = [(n, where[0]) for _, both in cells(page) for n, where in both if where]
    assert len(counted) >= 6
    for n, where in counted:
        (held,) = html.fromstring(client.get(where).content).xpath("//div[@class='tools']/span/text()")[:1]
        assert held.split()[0] == n, where
    for label, both in cells(page):
        assert any(n != "0" for n, _ in both), label


def test_who_is_opposed_is_shown_with_both_their_words(client, archive):
    page = client.get("/compare/authors/?a=ayu&b=budi").content.decode()
    assert "opposed" in page and page.count(SHOULD) == 2
    assert "supports 1, opposes 2" in page and "supports 2" in page
    same = client.get("/compare/periods/?a=2024-06&b=2024-07").content.decode()
    assert '<span class="verdict agree">agree</span>' in same


def test_names_lead_to_the_one_address(client, archive):
    answer = client.get("/compare/actors/", {"a": "Indonesia", "b": " JAPAN "})
    assert (answer.status_code, answer["Location"]) == (302, "/compare/actors/?a=indonesia&b=japan")
    assert client.get("/compare/")["Location"] == "/compare/actors/"


def test_who_is_not_there_and_what_makes_no_sense_is_said(client, archive):
    make_article(status="inbox", authors=[make_author("Hidden Writer")])
    page = client.get("/compare/authors/?a=ayu&b=hidden-writer")
    assert page.status_code == 404 and "No author is known as “hidden-writer”." in page.content.decode()
    page = client.get("/compare/periods/?a=2024-13&b=soon")
    assert page.status_code == 400 and page.content.decode().count("is no period") == 2
    assert "These are the same" in client.get("/compare/actors/?a=japan&b=japan").content.decode()
    assert client.get("/compare/planets/").status_code == 404
    assert 'list="offered"' in client.get("/compare/actors/?a=japan").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2024", "2024"), ("2024-07", "July 2024"), ("2022..2023", "2022 – 2023"), ("2024-02-29", "29 February 2024"),
        ("2024-05..2024-06", "May 2024 – June 2024"), ("2024-05-02..2024-06-03", "2 May 2024 – 3 June 2024"),
    ],
)  # fmt: skip
def test_periods_are_read_and_said(typed, said):
    assert worded(*days(typed)) == said


@pytest.mark.parametrize("typed", ["", "24", "2024-00", "2024..2023", "0000", "2024-02-30", "..", "2023..x"])
def test_what_is_no_period_is_refused(typed):
    with pytest.raises(Senseless):
        days(typed)


def test_years_are_drawn_on_one_scale(client, archive):
    tree = html.fromstring(client.get("/compare/authors/?a=ayu&b=budi").content)
    charts = tree.xpath("//ul[@class='years']")
    heights = [[int(bar) for bar in chart.xpath(".//rect/@height")] for chart in charts]
    assert heights == [[50, 100], [0, 50]]


def test_comparing_asks_so_many_questions(client, archive, django_assert_max_num_queries):
    for address in ("/compare/actors/?a=indonesia&b=japan", "/compare/authors/?a=ayu&b=budi"):
        with django_assert_max_num_queries(40):
            client.get(address)


def test_an_author_who_changed_sides_is_shown_with_both_words_and_dates(client, archive):
    tree = html.fromstring(client.get("/authors/ayu/").content)
    (course,) = tree.xpath("//div[@class='course']")
    said = " ".join(course.text_content().split())
    assert "changed sides" in said and "after having held the opposite" in said
    steps = [" ".join(step.xpath("string(p[1])").split()) for step in course.xpath(".//div")]
    assert steps == ["1 May 2023 · supports", "1 June 2024 · opposes · after having held the opposite"]
    other = client.get("/authors/budi/").content.decode()
    assert "changed sides" not in other and "Open ports" in other


def test_affiliations_stand_with_their_time(client):
    author = make_author("Ayu")
    for affiliation, year in (("Harbour Institute", 2020), ("Harbour Institute", 2022), ("Ministry of Ports", 2024)):
        article = make_article(authors=[author], published=date(year, 3, 1), published_precision="day")
        article.bylines.update(affiliation=affiliation)
    page = " ".join(html.fromstring(client.get("/authors/ayu/").content).text_content().split())
    assert "Harbour Institute2020 – 2022, 2 op-eds" in page and "Ministry of Ports2024, 1 op-ed" in page


def test_the_first_page_names_the_most_addressed_of_the_latest_year(client, archive):
    tree = html.fromstring(client.get("/").content)
    (part,) = tree.xpath("//section[h2[.='Most told to act in 2024']]")
    told = [
        (line.xpath("string(a[1])"), line.xpath("string(a[2])"), line.xpath("a[2]/@href")[0])
        for line in part.xpath("ul/li")
    ]
    assert [(name, n) for name, n, _ in told] == [("Japan", "2"), ("Indonesia", "1")]
    for _, n, where in told:
        (held,) = html.fromstring(client.get(where).content).xpath("//div[@class='tools']/span[1]/text()")
        assert held.split()[0] == n
