"""Cards and tallies: kept by the database, whatever way a change comes."""

from datetime import date

import pytest

from articles.importing import tallies
from articles.models import Article, ArticleActor, Card, Claim, Tally
from articles.models.card import UNDATED, parted
from articles.models.tally import EVERYTHING
from articles.vocabulary import Dimension, Publication, Review, Voice
from tests.factories import make_actor, make_article, make_author, make_claim, make_recommendation, make_source

pytestmark = pytest.mark.django_db


def n(dimension, value="", actor=EVERYTHING):
    return Tally.objects.n(actor, dimension, str(value))


def test_a_card_says_what_its_article_is():
    korea, author, source = make_actor("North Korea"), make_author("Jane Roe"), make_source("Harbour Post")
    article = make_article(authors=[author], source=source, actors=[korea], published=date(2024, 5, 6), language="en")
    card = article.card
    assert (card.dated, card.source_id, card.language) == (date(2024, 5, 6), source.pk, "en")
    assert (card.actor_ids, card.author_ids) == ([korea.pk], [author.pk])


def test_a_card_follows_its_article_its_bylines_and_its_actors():
    korea, japan = make_actor("North Korea"), make_actor("Japan")
    article = make_article(actors=[korea], body="Ships sail.")
    ArticleActor.objects.filter(article=article).update(actor=japan)
    Article.objects.filter(pk=article.pk).update(published=None, published_precision="", published_provenance="")
    article.bylines.all().delete()
    Article.objects.filter(pk=article.pk).update(body="Harbours close.", language="id")
    card = Card.objects.get(pk=article.pk)
    assert (card.actor_ids, card.author_ids, card.dated, card.language) == ([japan.pk], [], UNDATED, "id")
    assert Card.objects.matching("harbours", ["id"]).exists() and not Card.objects.matching("ships", ["id"]).exists()
    ArticleActor.objects.filter(article=article).delete()
    assert Card.objects.get(pk=article.pk).actor_ids == []
    article.delete()
    assert not Card.objects.exists()


def test_tallies_count_what_readers_may_see():
    korea, source = make_actor("North Korea"), make_source("Harbour Post")
    first, second = (make_article(actors=[korea], source=source, published=date(2024, 5, 6)) for _ in range(2))
    assert (n(Dimension.ALL), n(Dimension.SOURCE, source.pk), n(Dimension.YEAR, 2024)) == (2, 2, 2)
    assert n(Dimension.YEAR, 2024, actor=korea.pk) == n(Dimension.ALL, actor=korea.pk) == 2
    Article.objects.filter(pk=first.pk).update(status=Publication.WITHDRAWN)
    assert (n(Dimension.ALL), n(Dimension.SOURCE, source.pk), n(Dimension.ACTOR, korea.pk)) == (1, 1, 1)
    second.delete()
    assert n(Dimension.ALL) == 0
    assert tallies.differences() == []


def test_statements_are_counted_by_review_and_by_actor():
    korea = make_actor("North Korea")
    article = make_article(actors=[korea])
    claim = make_claim(article, actors=[korea])
    make_recommendation(article, addressees=[korea])
    assert (n(Dimension.CLAIMS, Review.SUGGESTED), n(Dimension.ABOUT, korea.pk), n(Dimension.TOLD, korea.pk)) == (
        1,
        1,
        1,
    )
    assert n(Dimension.ABOUT_REVIEWED, korea.pk) == 0
    Claim.objects.filter(pk=claim.pk).update(status=Review.ACCEPTED, decided_at="2024-05-06T00:00Z")
    assert (n(Dimension.ABOUT, korea.pk), n(Dimension.ABOUT_REVIEWED, korea.pk)) == (1, 1)
    Article.objects.filter(pk=article.pk).update(status=Publication.WITHDRAWN)
    assert (n(Dimension.CLAIMS, Review.ACCEPTED), n(Dimension.ABOUT, korea.pk), n(Dimension.TOLD, korea.pk)) == (
        0,
        0,
        0,
    )
    assert tallies.differences() == []


def test_what_is_rebutted_stands_only_when_accepted():
    claim = make_claim(make_article(), voice=Voice.REBUTTED)
    claim.refresh_from_db()
    assert claim.standing == ""
    Claim.objects.filter(pk=claim.pk).update(status=Review.ACCEPTED, decided_at="2024-05-06T00:00Z")
    claim.refresh_from_db()
    assert claim.standing == Review.ACCEPTED


def test_wrong_tallies_are_found_and_repaired():
    make_article()
    Tally.objects.filter(actor=EVERYTHING, dimension=Dimension.ALL).update(n=7)
    assert tallies.differences() == [(0, "all", "", 7, 1)]
    tallies.recount()
    assert tallies.differences() == []


def test_drafts_have_cards_and_are_not_counted():
    make_article(status=Publication.INBOX)
    assert Card.objects.count() == 1 and not Card.objects.published().exists()
    assert n(Dimension.ALL) == 0


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted"),
    [
        ("ports open", "ports open", []),
        ("ports -open", "ports", ["open"]),
        ('ports -"open now" -closed', "ports", ['"open now"', "closed"]),
        ('"well-known ports" -war', '"well-known ports"', ["war"]),
        ("-", "", []),
        ('-"open', "", ['"open']),
    ],
)
def test_what_a_minus_takes_away_is_told_from_what_is_asked_for(words, wanted, unwanted):
    assert parted(words) == (wanted, unwanted)


def test_a_minus_takes_away_in_every_language():
    english = make_article(language="en", body="The policies of the ports.")
    indonesian = make_article(language="id", body="The ports: kebijakan pelabuhan.")
    both = Card.objects.published()
    assert {card.pk for card in both.matching("ports", ["en", "id"])} == {english.pk, indonesian.pk}
    assert {card.pk for card in both.matching("ports -policy", ["en", "id"])} == {indonesian.pk}
    assert {card.pk for card in both.matching("ports -kebijakan", ["en", "id"])} == {english.pk}
    assert {card.pk for card in both.matching('ports -"policies of the ports"', ["en", "id"])} == {indonesian.pk}
    assert {card.pk for card in both.matching("ports OR pelabuhan -policy", ["en", "id"])} >= {indonesian.pk}
