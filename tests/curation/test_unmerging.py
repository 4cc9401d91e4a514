"""Taking merges back: every table is as it was before, or nothing is done and it is said why."""

import pytest
from django.apps import apps
from pghistory.models import Context, Event

from articles.curation import codebook, merging, unmerging
from articles.models import (
    Actor,
    ActorName,
    Article,
    Author,
    Byline,
    FormerSlug,
    Merge,
    Retagging,
    Source,
    Tally,
    Topic,
)
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_coding,
    make_editor,
    make_mention,
    make_recommendation,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_editor()


def tables():
    """Return every row of every table of ours, by model; history, the log and what a merge leaves itself apart."""
    held = {}
    for model in apps.get_app_config("articles").get_models(include_auto_created=True):
        if issubclass(model, Event | Context) or model in {Merge, Retagging, FormerSlug} or not model._meta.managed:
            continue
        names = [field.attname for field in model._meta.concrete_fields if field.name not in {"updated_at"}]
        if model._meta.label == "articles.ArticleActor":
            names.remove("id")  # counted anew
        rows = model._base_manager.exclude(n=0) if model is Tally else model._base_manager
        held[model._meta.label] = sorted(map(str, rows.values_list(*names)))
    held["slugs"] = sorted(map(str, FormerSlug.objects.values_list("model", "slug", "target")))
    return held


def undo_last(editor):
    unmerging.undo(Merge.objects.standing().first(), editor)


def actors():
    korea = make_actor("North Korea", key="north-korea")
    dprk = make_actor("DPRK", key="dprk", iso="KP", former_keys=["nk"], wikidata="Q423")
    pyongyang = make_actor("Pyongyang", country=dprk)
    make_actor("Kim", kind="person", country=dprk)
    korea.country = dprk
    korea.save()
    body = "North Korea waits. DPRK waits. Pyongyang waits. North Korea has asked for grain."
    both, theirs, ours = (make_article(body=body) for _ in range(3))
    for actor, articles in ((korea, (both, ours)), (dprk, (both, theirs)), (pyongyang, (both, theirs))):
        for article in articles:
            make_mention(article, actor)
    make_claim(both, actors=[korea, dprk], claimant=dprk)
    make_claim(theirs, actors=[pyongyang, dprk])
    make_recommendation(theirs, "North Korea waits.", addressees=[dprk, pyongyang], targets=[korea], recommender=dprk)
    ActorName.objects.create(actor=dprk, text="North Korea")
    pyongyang.slug = "p-yang"
    pyongyang.save()
    return Actor, korea, [dprk, pyongyang]


def authors():
    kim, lee, park = make_author("Kim Lee"), make_author("K. Lee", orcid="0000"), make_author("Kim L.", aliases=["kl"])
    article = make_article(authors=[kim, lee, park])
    Byline.objects.filter(author=lee).update(affiliation="Harbour Institute", rank="Dr")
    Byline.objects.filter(author=park).update(affiliation="Elsewhere", position=0)
    make_article(authors=[lee]), make_article(authors=[park])
    assert article.bylines.count() == 3
    return Author, kim, [lee, park]


def sources():
    post, the_post = make_source("Post"), make_source("The Post", homepage="https://post.example")
    make_article(source=the_post), make_article(source=post, via=the_post)
    return Source, post, [the_post]


def topics():
    trade = make_topic("Trade")
    tariffs = make_topic("Tariffs", parent=trade)
    duties = make_topic("Duties", parent=tariffs, description="When it is paid at the border")
    make_coding(make_claim(make_article()), tariffs)
    statement = make_claim(make_article())
    make_coding(statement, trade, "opposes"), make_coding(statement, duties)
    return Topic, duties, [trade, tariffs]


@pytest.mark.parametrize("make", [actors, authors, sources, topics])
def test_every_table_is_as_it_was(make, editor):
    model, survivor, losers = make()
    before = tables()
    (codebook if model is Topic else merging).merge(survivor, losers, editor)
    assert tables() != before and not model.objects.filter(pk__in=[row.pk for row in losers]).exists()
    undo_last(editor)
    after = tables()
    for name, rows in before.items():
        assert after[name] == rows, name
    assert Merge.objects.get().undone_by == editor


@pytest.mark.parametrize("make", [actors, authors])
def test_merges_are_taken_back_the_last_one_first(make, editor):
    _, survivor, (one, other) = make()
    states = [tables()]
    merging.merge(one, [other], editor)
    states.append(tables())
    merging.merge(survivor, [one], editor)
    with pytest.raises(unmerging.ChangedSinceError, match="merged or deleted since"):
        unmerging.undo(Merge.objects.last(), editor)
    for state in reversed(states):
        undo_last(editor)
        assert tables() == state


def test_what_was_changed_since_is_said_and_nothing_is_done(editor):
    _, korea, losers = actors()
    merging.merge(korea, losers, editor)
    Actor.objects.filter(pk=korea.pk).update(wikidata="Q1")
    state = tables()
    with pytest.raises(unmerging.ChangedSinceError, match="“North Korea” was changed since: wikidata"):
        undo_last(editor)
    assert tables() == state


def test_what_was_deleted_since_is_said_and_nothing_is_done(editor):
    _, post, losers = sources()
    merging.merge(post, losers, editor)
    Article.objects.filter(via=post).delete()
    state = tables()
    with pytest.raises(unmerging.ChangedSinceError, match="Of the articles that went to “Post”, 1 were moved or del"):
        undo_last(editor)
    assert tables() == state


def test_a_merge_is_taken_back_once(editor):
    _, post, losers = sources()
    merging.merge(post, losers, editor)
    merge = Merge.objects.get()
    unmerging.undo(merge, editor)
    with pytest.raises(unmerging.ChangedSinceError, match="before"):
        unmerging.undo(merge, editor)
