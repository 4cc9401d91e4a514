"""Merging: two rows that are one thing become one, and nothing that hung on the other is lost."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import FieldDoesNotExist

from articles.curation import decisions, merging
from articles.models import Actor, ActorName, Article, ArticleActor, Author, Byline, Mention, Source
from articles.vocabulary import ActorKind
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_mention,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def koreas():
    return make_actor("North Korea", key="north-korea"), make_actor("DPRK", key="dprk", iso="KP", former_keys=["nk"])


def test_every_relation_but_history_is_found():
    found = {(field.model.__name__, field.name) for field in merging.relations(Actor)}
    assert found == {
        ("Actor", "country"), ("ActorName", "actor"), ("ArticleActor", "actor"), ("Byline", "country"),
        ("Candidate", "actor"), ("CodedPassage", "addressee"),
        ("Claim", "claimant"), ("Claim_actors", "actor"), ("Mention", "actor"), ("PolicyRecommendation", "recommender"),
        ("Retagging", "actor"),
        ("PolicyRecommendation_addressees", "actor"), ("PolicyRecommendation_targets", "actor"), ("Source", "country"),
    }  # fmt: skip


def test_nothing_points_at_the_loser_and_nothing_is_gone(koreas, editor):
    survivor, loser = koreas
    article = make_article()
    claim = make_claim(article, claimant=loser, actors=[loser])
    told = make_recommendation(article, recommender=loser, addressees=[loser], targets=[survivor, loser])
    source, official = make_source(country=loser), make_actor("Kim", kind=ActorKind.PERSON, country=loser)
    byline = Byline.objects.create(article=article, author=make_author(), name="A", country=loser)
    decisions.merge_actors(survivor, [loser], editor)
    for row in (claim, told, source, official, byline):
        row.refresh_from_db()
    assert [*claim.actors.all(), claim.claimant] == [survivor, survivor]
    assert [*told.addressees.all(), *told.targets.all(), told.recommender] == [survivor] * 3
    assert {source.country, official.country, byline.country} == {survivor}
    assert not Actor.objects.filter(pk=loser.pk).exists()


def test_an_actor_keeps_all_names_and_keys(koreas, editor):
    survivor, loser = koreas
    ActorName.objects.create(actor=loser, text="North Korea")
    ActorName.objects.create(actor=loser, text="Pyongyang", kind="capital")
    decisions.merge_actors(survivor, [loser], editor)
    survivor.refresh_from_db()
    assert sorted(name.text for name in survivor.names.all()) == ["DPRK", "North Korea", "Pyongyang"]
    assert survivor.former_keys == ["dprk", "nk"]
    assert survivor.iso == "KP"


def test_mentions_are_moved_once_and_counted_again(koreas, editor):
    survivor, loser = koreas
    both, one = make_article(), make_article()
    make_mention(both, survivor, 0), make_mention(both, loser, 40), make_mention(one, loser, 3)
    Mention.objects.create(article=both, actor=loser, start=0, end=len(survivor.name))
    decisions.merge_actors(survivor, [loser], editor)
    counted = dict(ArticleActor.objects.filter(actor=survivor).values_list("article", "n"))
    assert counted == {both.pk: 2, one.pk: 1}
    assert Mention.objects.filter(actor=survivor).count() == 3


def test_an_actor_does_not_become_its_own_country(editor):
    country = make_actor("Korea")
    city = make_actor("Seoul", kind=ActorKind.ORGANISATION, country=country)
    decisions.merge_actors(city, [country], editor)
    city.refresh_from_db()
    assert city.country is None


def test_addresses_lead_on_also_those_of_a_merge_before(editor):
    first, second, third = make_author("First"), make_author("Second"), make_author("Third")
    former = first.slug
    decisions.merge_authors(second, [first], editor)
    decisions.merge_authors(third, [second], editor)
    assert Author.objects.at(former) == third
    assert Author.objects.at(second.slug) == third


def test_an_author_is_found_by_every_former_name(editor):
    survivor, loser = (
        make_author("Il Young Jeong"),
        make_author("Il-Young Jeong", aliases=["jeong il young"], orcid="0"),
    )
    decisions.merge_authors(survivor, [loser], editor)
    survivor.refresh_from_db()
    assert set(survivor.aliases) == {"il-young jeong", "jeong il young"}
    assert survivor.orcid == "0"
    assert Author.objects.named("JEONG IL YOUNG") == survivor


def test_an_article_that_named_both_names_the_author_once(editor):
    survivor, loser = make_author("Il Young Jeong"), make_author("Il-Young Jeong")
    article = make_article(authors=[loser, survivor])
    article.bylines.filter(author=loser).update(affiliation="Sogang University")
    decisions.merge_authors(survivor, [loser], editor)
    byline = article.bylines.get()
    assert (byline.author, byline.position, byline.affiliation) == (survivor, 1, "Sogang University")


def test_sources_are_merged_as_source_and_as_aggregator(editor):
    survivor, loser = make_source("The Jakarta Post"), make_source("Jakarta Post", homepage="https://example.org")
    article = make_article(source=loser, via=loser)
    moved = decisions.merge_sources(survivor, [loser], editor)
    article.refresh_from_db(), survivor.refresh_from_db()
    assert (article.source, article.via) == (survivor, survivor)
    assert survivor.homepage == "https://example.org"
    assert moved == {"articles": 1, "articles: via": 1}
    assert Source.objects.named("jakarta post") == survivor


def test_several_are_merged_at_once(editor):
    survivor, *losers = (make_author(f"Writer {n}") for n in range(4))
    article = make_article(authors=losers)
    decisions.merge_authors(survivor, losers, editor)
    assert article.bylines.get().author == survivor
    assert Author.objects.get() == survivor


def test_the_history_of_what_went_is_kept_and_noted(editor):
    survivor, loser = make_author("Survivor"), make_author("Loser")
    key = loser.pk
    decisions.merge_authors(survivor, [loser], editor)
    last = Author.pgh_event_model.objects.get(pgh_obj=key, pgh_label="deleted")
    assert (last.name, last.pgh_context.metadata["user"]) == ("Loser", editor.pk)
    assert "“Loser”" in LogEntry.objects.get(object_id=str(survivor.pk)).change_message


def test_a_row_is_not_merged_into_itself(editor):
    author = make_author()
    with pytest.raises(ValueError, match="survivor"):
        decisions.merge_authors(author, [author], editor)
    assert Author.objects.filter(pk=author.pk).exists()


def test_a_failure_undoes_all_of_it(editor, monkeypatch):
    survivor, loser = make_author("Survivor"), make_author("Loser")
    make_article(authors=[loser])
    monkeypatch.setattr(Author, "delete", lambda self: (_ for _ in ()).throw(FieldDoesNotExist))
    with pytest.raises(FieldDoesNotExist):
        decisions.merge_authors(survivor, [loser], editor)
    assert Byline.objects.get().author == loser
    assert Author.objects.at(loser.slug) == loser


def test_counts_by_relation():
    author, other = make_author(), make_author()
    make_article(authors=[author, other]), make_article(authors=[author])
    assert merging.holdings([author, other]) == {"bylines": {author.pk: 2, other.pk: 1}}
    assert Article.objects.count() == 2
