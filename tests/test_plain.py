"""Typed words understood as a question."""

import pytest

from articles.filters import understood
from articles.models import ActorName
from tests.factories import make_actor, make_article, make_author, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    indonesia, korea = make_actor("Indonesia"), make_actor("North Korea")
    make_actor("Korea")
    who = make_actor("World Health Organization", kind="organisation")
    ActorName.objects.create(actor=who, text="WHO", kind="abbreviation")
    ActorName.objects.create(actor=make_actor("Perdana Menteri"), text="Premier", witness=["Jakarta"])
    make_article(authors=[make_author("Élie Nuñez")], source=make_source("The Jakarta Post"), actors=[indonesia, korea])


@pytest.mark.parametrize(("typed", "asked"), [
    ("Indonesia north korea 2024", "actor=indonesia&actor=north-korea&since=2024-01-01&until=2024-12-31"),
    ("Indonesia July 2024", "actor=indonesia&since=2024-07-01&until=2024-07-31"),
    ("juli 2024", "since=2024-07-01&until=2024-07-31"),
    ("2024-02", "since=2024-02-01&until=2024-02-29"),
    ("2019-2021 rice", "since=2019-01-01&until=2021-12-31&q=rice"),
    ("2021-2019", "q=2021-2019"),
    ("in 1984 and 2024", "since=1984-01-01&until=1984-12-31&q=in+and+2024"),  # one period
    ("elie nunez the jakarta post", "author=%C3%A9lie-nu%C3%B1ez&source=the-jakarta-post"),
    ("WHO vaccines", "actor=world-health-organization&q=vaccines"),
    ("who vaccines", "q=who+vaccines"),
    ("Premier", "q=Premier"),  # an ambiguous form
    ('"north korea" grain', "q=%22north+korea%22+grain"),
    ("-indonesia grain", "q=-indonesia+grain"),
    ("indonesia OR malaysia", "q=indonesia+OR+malaysia"),
    ("korea", "actor=korea"),
    ("  ", ""),
    ("'; DROP TABLE", "q=%27%3B+DROP+TABLE"),
    ("ships " * 300, "q=" + "+".join(["ships"] * 40)),
])  # fmt: skip
def test_what_is_typed_is_understood(names, typed, asked):
    assert understood(typed).urlencode() == asked


def test_of_several_of_one_name_the_most_mentioned_counts():
    make_actor("Georgia")
    country = make_actor("Georgia", kind="country")
    make_article(actors=[country])
    assert understood("georgia")["actor"] == country.slug


def test_a_draft_names_nobody(names):
    make_article(status="inbox", authors=[make_author("Dina Draft")])
    assert understood("Dina Draft").urlencode() == "q=Dina+Draft"


def test_the_search_box_leads_to_the_question(names, client):
    answer = client.get("/search/", {"q": "indonesia grain"})
    assert answer.status_code == 302 and answer["Location"] == "/articles/?actor=indonesia&q=grain&said=indonesia+grain"
    assert "Look for these words" in client.get(answer["Location"]).content.decode()
    assert client.get("/search/", {"q": "grain"})["Location"] == "/articles/?q=grain"
    assert client.get("/search/")["Location"] == "/articles/"
