"""Statements counted once a work: whatever changes, what several versions say is counted where it was said first."""

import re
from datetime import date

import pytest
from django.db import connection

from articles.curation import decisions
from articles.importing import tallies
from articles.models import Addressee, Article, Claim, PolicyRecommendation, Tally, Work
from articles.vocabulary import Dimension, Publication, Relation, Review
from tests.factories import make_actor, make_article, make_claim, make_editor, make_recommendation, make_source

pytestmark = pytest.mark.django_db
QUOTE = "Indonesia should send grain."
BODY = f"North Korea has asked for grain. {QUOTE}"
REWORDED = "Pyongyang wants grain. Jakarta ought to ship some cereals."


@pytest.fixture(autouse=True)
def right():
    yield
    assert tallies.differences() == []


@pytest.fixture
def editor():
    return make_editor()


@pytest.fixture
def indonesia():
    return make_actor()


def version(work, relation, day=1, *, body=BODY, quote=QUOTE, actor=None, **values):
    """Make a version of a work with one recommendation; return that."""
    article = make_article(body=body, published=date(2024, 1, day), work=work, relation=relation, **values)
    told = make_recommendation(article, quote)
    if actor:
        told.addressees.add(actor)
    return told


def standing():
    """Which recommendations count, by the day of their article."""
    rows = PolicyRecommendation.objects.public().order_by("dated")
    return [row.dated.day for row in rows]


def test_a_reprint_says_nothing_new(indonesia):
    work = Work.objects.create()
    version(work, Relation.ORIGINAL, 2, actor=indonesia)
    version(work, Relation.REPRINT, 1, actor=indonesia)
    version(work, Relation.EXCERPT, 3, actor=indonesia)
    assert standing() == [2]
    assert Tally.objects.n(0, Dimension.TOLD, str(indonesia.pk)) == 1
    assert Addressee.objects.exclude(standing="").count() == 1
    assert PolicyRecommendation.objects.printed().count() == 3


def test_two_articles_of_no_work_count_both():
    version(None, "", 1), version(None, "", 2)
    assert standing() == [1, 2]


def test_what_only_a_later_version_says_counts(indonesia):
    work = Work.objects.create()
    version(work, Relation.ORIGINAL, 1)
    later = version(work, Relation.REPRINT, 2)
    make_recommendation(later.article, "North Korea has asked for grain.")
    assert standing() == [1, 2]


def test_an_article_joins_a_work_and_leaves_it():
    work = Work.objects.create()
    version(work, Relation.ORIGINAL, 1)
    told = version(None, "", 2)
    assert standing() == [1, 2]
    Article.objects.filter(pk=told.article_id).update(work=work, relation=Relation.REPRINT)
    assert standing() == [1]
    Article.objects.filter(pk=told.article_id).update(work=None, relation="")
    assert standing() == [1, 2]


def test_the_reprint_counts_where_readers_do_not_see_the_original():
    work = Work.objects.create()
    first = version(work, Relation.ORIGINAL, 1)
    version(work, Relation.REPRINT, 2)
    Article.objects.filter(pk=first.article_id).update(status=Publication.WITHDRAWN)
    assert standing() == [2]
    Article.objects.filter(pk=first.article_id).update(status=Publication.PUBLISHED)
    assert standing() == [1]


def test_what_an_editor_decides(editor):
    work = Work.objects.create()
    first, second = version(work, Relation.ORIGINAL, 1), version(work, Relation.REPRINT, 2)
    decisions.accept(second, editor)  # what was accepted counts before what nobody has looked at
    assert standing() == [2]
    decisions.accept(first, editor)
    assert standing() == [1]
    decisions.reject(first, editor)
    assert standing() == [2]
    first.delete()
    assert standing() == [2]


def test_without_suggestions_what_is_accepted_is_seen(editor, settings):
    settings.SHOW_SUGGESTIONS = False
    work = Work.objects.create()
    version(work, Relation.ORIGINAL, 1)
    decisions.accept(version(work, Relation.REPRINT, 2), editor)
    assert standing() == [2] and PolicyRecommendation.objects.printed().count() == 1


@pytest.mark.parametrize("relation", [Relation.REWORDING, Relation.TRANSLATION])
def test_other_words_for_as_many_things_of_the_same_actors(relation, indonesia):
    work, other = Work.objects.create(), make_actor("North Korea")
    version(work, Relation.ORIGINAL, 1, actor=indonesia)
    again = version(work, relation, 2, body=REWORDED, quote="Jakarta ought to ship some cereals.", actor=indonesia)
    assert standing() == [1]
    second = make_recommendation(again.article, "Pyongyang wants grain.")
    second.addressees.add(indonesia)  # the original tells it one thing only
    assert standing() == [1, 2]
    second.addressees.set([other])
    assert standing() == [1, 2]
    again.addressees.set([other])
    assert len(standing()) == 3


def test_other_words_in_a_reprint_are_other_statements(indonesia):
    work = Work.objects.create()
    version(work, Relation.ORIGINAL, 1, actor=indonesia)
    version(work, Relation.REPRINT, 2, body=REWORDED, quote="Jakarta ought to ship some cereals.", actor=indonesia)
    assert standing() == [1, 2]


def test_claims_too():
    work = Work.objects.create()
    for day, relation in ((1, Relation.ORIGINAL), (2, Relation.REPRINT)):
        make_claim(version(work, relation, day).article, "North Korea has asked for grain.")
    assert [row.dated.day for row in Claim.objects.public()] == [1]


def test_merged_actors(indonesia, editor):
    work, same = Work.objects.create(), make_actor("Republic of Indonesia")
    version(work, Relation.ORIGINAL, 1, actor=indonesia)
    version(work, Relation.REWORDING, 2, body=REWORDED, quote="Jakarta ought to ship some cereals.", actor=same)
    assert standing() == [1, 2]
    decisions.merge_actors(indonesia, [same], editor)
    assert standing() == [1]


def test_merged_works():
    one, two = Work.objects.create(), Work.objects.create()
    version(one, Relation.ORIGINAL, 1)
    moved = version(two, Relation.ORIGINAL, 2)
    Article.objects.filter(pk=moved.article_id).update(work=one, relation=Relation.REPRINT)
    assert standing() == [1]


def test_asked_where_it_was_printed_a_reprint_answers(client, indonesia):
    work = Work.objects.create()
    quay, post = make_source("The Quay"), make_source("The Post")
    version(work, Relation.ORIGINAL, 1, actor=indonesia, source=quay)
    told = version(work, Relation.REPRINT, 2, actor=indonesia, source=post)

    def n(address):
        """How many rows an address leads to: those of its download, which are those of its list."""
        name, _, question = address.partition("?")
        rows = b"".join(client.get(f"/{name}.jsonl?{question}").streaming_content).splitlines()
        page = client.get(f"/{name}/?{question}").content.decode()
        assert re.search(rf">{len(rows)} (op-ed|recommendation)s?<", page)
        return len(rows)

    assert n("recommendations") == n(f"recommendations?addressee={indonesia.slug}") == 1
    assert n(f"recommendations?source={post.slug}") == n(f"recommendations?source={quay.slug}") == 1
    assert n(f"articles?addressee={indonesia.slug}") == 2
    assert QUOTE in client.get(told.article.get_absolute_url()).content.decode()
    assert client.get(f"/recommendations/{told.pk}/").status_code == 200


def test_a_repeated_statement_is_no_change_of_its_own(editor):
    work = Work.objects.create()
    version(work, Relation.ORIGINAL, 1), version(work, Relation.REPRINT, 2)
    assert not PolicyRecommendation.pgh_event_model.objects.exists()


def test_counting_again_changes_nothing(indonesia):
    work = Work.objects.create()
    for day, relation in enumerate(Relation, start=1):
        version(work, relation, day, actor=indonesia)
    rows = PolicyRecommendation.objects.order_by("pk").values_list("repeated", "standing")
    before = list(rows.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT articles_count_once(array_agg(id)) FROM articles_work")
    assert list(rows.all()) == before == [(False, Review.SUGGESTED), *[(True, "")] * (len(Relation) - 1)]
