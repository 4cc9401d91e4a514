"""Questions: each name means the same of articles, claims and recommendations, and they can be combined."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone

from articles import catalogue
from articles.catalogue import Count, Turn, limits
from articles.filters import ArticleFilter, ClaimFilter, RecommendationFilter
from articles.models import Article, Byline, Card, Claim, PolicyRecommendation
from tests.factories import (
    BODY,
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


@pytest.fixture
def archive():
    """Make three articles: an Indonesian one, a Japanese one, and one without a date that is about neither."""
    indonesia, japan, korea = make_actor("Indonesia"), make_actor("Japan"), make_actor("North Korea")
    minister = make_actor("Minister", kind="person", country=japan)
    harbour, trade = make_topic("Harbour"), make_topic("Trade")
    grain = make_topic("Grain", parent=harbour)
    first = make_article(
        title="first", actors=[indonesia, korea], published=date(2024, 3, 1), authors=[make_author("Ayu")],
        source=make_source("Post"), reviewed_at=timezone.now(),
    )  # fmt: skip
    Byline.objects.filter(article=first).update(country=indonesia)
    told = make_recommendation(first, addressees=[indonesia], modality="must", instrument="economic", status="accepted")
    make_coding(told, grain, "supports")
    second = make_article(
        title="second", actors=[japan, korea], published=date(2024, 5, 20), source=make_source("Times"), language="id",
        body=f"{BODY} Whales sing.",
    )  # fmt: skip
    make_recommendation(second, addressees=[japan], recommender=minister, modality="should", instrument="humanitarian")
    said = make_claim(second, actors=[korea], claimant=minister, kind="predictive")
    make_coding(said, trade, "opposes")
    third = make_article(title="third", actors=[indonesia], published=None)
    make_claim(third, actors=[indonesia], kind="factual")
    return {"first": first, "second": second, "third": third}


@pytest.mark.parametrize(("question", "titles"), [
    ("", "second first third"),
    ("actor=indonesia", "first third"),
    ("actor=indonesia&actor=north-korea", "first"),
    ("actor_any=indonesia&actor_any=japan", "second first third"),
    ("actor_not=north-korea", "third"),
    ("actor=indonesia&actor_not=north-korea", "third"),
    ("addressee=indonesia", "first"),
    ("addressee=japan&modality=must", ""),  # one recommendation answers all that is asked of such
    ("modality=must", "first"),
    ("instrument=humanitarian", "second"),
    ("country=indonesia", "first"),  # its author writes from there
    ("country=japan", "second"),  # who recommends is theirs
    ("recommender=minister", "second"),
    ("claimant=minister", "second"),
    ("kind=factual", "third"),
    ("kind=predictive&modality=should", "second"),
    ("topic=harbour", "first"),  # what stands below it included
    ("topic=trade&stance=supports", ""),
    ("stance=opposes", "second"),
    ("topic=grain&addressee=indonesia", "first"),
    ("review=reviewed", "first"),
    ("review=open", "second third"),
    ("review=reviewed&addressee=japan", ""),
    ("undated=only", "third"),
    ("undated=only&actor=japan", ""),
    ("source=times&language=id", "second"),
    ("q=whales", "second"),
    ("q=whales&addressee=japan&since=2024-05-01", "second"),
    ("q=whales&addressee=indonesia", ""),
    ("q=whales OR relief", "second first third"),
    ("q=relief -whales", "first third"),
    ('q="open its ports"&sort=oldest', "first second third"),
    ("addressee=japan&sort=relevance", "second"),
    ("modality=never", "second first third"),  # no such modality: said, and the rest holds
    ("addressee=atlantis", ""),
])  # fmt: skip
def test_articles(archive, question, titles):
    asked = ArticleFilter(QueryDict(question), Card.objects.published())
    found = catalogue.find(asked, Turn())
    assert " ".join(Article.objects.in_bulk(found.ids)[key].title for key in found.ids) == titles
    assert found.count == Count(len(titles.split()))


@pytest.mark.parametrize(("question", "told", "said"), [
    ("", "second first", "second third"),
    ("q=whales", "second", "second"),
    ("undated=only", "", "third"),
    ("source=post", "first", ""),
    ("author=ayu", "first", ""),
    ("actor=indonesia", "first", "third"),
    ("actor_any=japan&actor_any=indonesia", "second first", "third"),
    ("actor_not=indonesia", "second", "second"),
    ("topic=harbour", "first", ""),
    ("stance=opposes", "", "second"),
    ("country=japan", "second", "second third"),  # nothing that is asked of claims
    ("q=whales&actor_not=japan", "", "second"),
    ("review=reviewed&q=ports", "first", ""),
])  # fmt: skip
def test_statements(archive, question, told, said):
    for kind, rows, titles in (
        (RecommendationFilter, PolicyRecommendation.objects.public(), told),
        (ClaimFilter, Claim.objects.public(), said),
    ):
        found = catalogue.find_statements(kind(QueryDict(question), rows), Turn())
        held = rows.model.objects.select_related("article").in_bulk(found.ids)
        assert " ".join(held[key].article.title for key in found.ids) == titles
        assert found.count == Count(len(titles.split()))


@pytest.mark.parametrize("counted", [2, 1000])
def test_gathered_statements_turn_pages_both_ways_however_many_they_are(monkeypatch, counted):
    monkeypatch.setattr(limits, "COUNTED", counted)
    for day in (1, 2, 3):
        article = make_article(published=date(2024, 1, day), body="One ship. Two ships.")
        make_claim(article, "One ship."), make_claim(article, "Two ships.")

    def page(turn):
        return catalogue.find_statements(ClaimFilter(QueryDict("q=ship"), Claim.objects.public()), turn)

    forwards, turn = [], Turn(size=4)
    while turn is not None:
        found = page(turn)
        forwards += found.ids
        turn = Turn(after=found.next, size=4) if found.next else None
    rows = Claim.objects.order_by("-article__published", "start")
    assert forwards == [row.pk for row in rows]
    assert page(Turn(before=found.previous, size=4)).ids == forwards[:4]
    assert found.count == (Count(2, more=True) if counted == 2 else Count(6))


@pytest.mark.parametrize("question", ["since=2024-01-01&until=2024-12-31", "q=ships&since=2024-01-01&until=2024-12-31",
                                      "actor=indonesia&since=2024-01-01&until=2024-12-31"])  # fmt: skip
def test_within_a_year_months_are_counted(question):
    indonesia = make_actor("Indonesia")
    for published in (date(2024, 3, 1), date(2024, 3, 31), date(2024, 12, 31), date(2023, 12, 31), None):
        make_article(published=published, actors=[indonesia], body="Ships sail.")
    asked = ArticleFilter(QueryDict(question), Card.objects.published())
    found = catalogue.facets(asked, catalogue.find(asked, Turn()).count, most=8)
    assert found.months == [("2024-03", 2), ("2024-12", 1)]
    several = ArticleFilter(QueryDict("since=2023-01-01&until=2024-12-31"), Card.objects.published())
    assert catalogue.facets(several, Count(4), most=8).months == []
