"""The codebook: a tree that stays one, statements coded under it, topics proposed, merged, moved and split."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.curation import codebook
from articles.models import Claim, Coding, Topic
from articles.vocabulary import Review, Stance
from tests.factories import make_article, make_claim, make_coding, make_recommendation, make_topic

pytestmark = pytest.mark.django_db
GRAIN, HARBOUR = "North Korea has asked for grain.", "The harbour stood empty for years."
TREE = reverse("admin:codebook")


def outline():
    return [(node.topic.name, node.depth, node.own, node.below) for node in codebook.tree()]


@pytest.fixture
def trade(db):
    """Trade > Ports > Relief, and Food beside them."""
    trade = make_topic("Trade")
    ports = make_topic("Ports", trade)
    return {"trade": trade, "ports": ports, "relief": make_topic("Relief", ports), "food": make_topic("Food")}


# The tree


def test_the_tree_counts_what_stands_below(trade, django_assert_num_queries):
    article = make_article()
    make_coding(make_claim(article), trade["relief"])
    make_coding(make_recommendation(article), trade["ports"], "opposes")
    with django_assert_num_queries(2):
        assert outline() == [("Food", 0, 0, 0), ("Trade", 0, 0, 2), ("Ports", 1, 1, 2), ("Relief", 2, 1, 1)]


def test_a_topic_never_stands_under_itself(trade, editor):
    with pytest.raises(ValidationError, match="stands under"):
        codebook.move(trade["trade"], trade["relief"], editor)
    for parent in ("trade", "relief"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Topic.objects.filter(pk=trade["trade"].pk).update(parent=trade[parent])


def test_moving_takes_along_what_stands_below(trade, editor):
    codebook.move(trade["ports"], trade["food"], editor)
    assert [line[:2] for line in outline()] == [("Food", 0), ("Ports", 1), ("Relief", 2), ("Trade", 0)]
    codebook.move(trade["ports"], None, editor)
    assert [line[:2] for line in outline()] == [("Food", 0), ("Ports", 0), ("Relief", 1), ("Trade", 0)]


def test_within_is_a_topic_and_all_below(trade):
    assert {topic.name for topic in Topic.objects.within(trade["ports"])} == {"Ports", "Relief"}


def test_a_renamed_topic_is_found_by_its_former_name_and_address(trade, editor):
    codebook.describe(trade["food"], editor, name="Hunger", description="Who goes hungry")
    food = Topic.objects.get(pk=trade["food"].pk)
    assert (food.name, food.aliases, food.description) == ("Hunger", ["food"], "Who goes hungry")
    with pytest.raises(ValidationError, match="needs a name"):
        codebook.describe(food, editor, name=" ", description="")


def test_merging_joins_codings_children_names_and_addresses(trade, editor):
    claim, other = make_claim(make_article()), make_claim(make_article())
    make_coding(claim, trade["food"]), make_coding(claim, trade["ports"], "opposes"), make_coding(other, trade["ports"])
    moved = codebook.merge(trade["food"], [trade["ports"]], editor)
    assert outline() == [("Food", 0, 2, 2), ("Relief", 1, 0, 0), ("Trade", 0, 0, 0)]
    assert dict(Coding.objects.values_list("claim", "stance")) == {claim.pk: "supports", other.pk: "supports"}
    assert moved == {"codings": 1, "topics: parent": 1}
    assert Topic.objects.at("ports") == trade["food"]


def test_merging_a_topic_into_one_that_stands_below_it(trade, editor):
    codebook.merge(trade["relief"], [trade["trade"], trade["ports"]], editor)
    assert [line[:2] for line in outline()] == [("Food", 0), ("Relief", 0)]
    relief = Topic.objects.get(name="Relief")
    assert set(relief.aliases) == {"trade", "ports"}


def test_splitting_moves_what_was_chosen_and_leaves_the_rest(trade, editor):
    article = make_article()
    stays, goes = make_coding(make_claim(article), trade["ports"]), make_coding(make_claim(article), trade["ports"])
    (made,) = codebook.split(trade["ports"], {" Harbours ": [goes.pk]}, editor)
    assert (made.name, made.parent, made.codings.get()) == ("Harbours", trade["trade"], goes)
    assert trade["ports"].codings.get() == stays
    for parts in ({}, {"A": []}, {" ": [stays.pk]}):
        with pytest.raises(ValidationError):
            codebook.split(trade["ports"], parts, editor)
    assert not Topic.objects.filter(name="A").exists()


# Codings


def test_a_statement_says_one_thing_to_a_topic(trade, editor):
    claim = make_claim(make_article())
    codebook.code(claim, trade["food"], Stance.SUPPORTS, editor)
    codebook.code(claim, trade["food"], Stance.OPPOSES, editor)
    coding = Coding.objects.get()
    assert (coding.stance, coding.coded_by, coding.statement) == (Stance.OPPOSES, editor, claim)
    past = Coding.pgh_event_model.objects.get(pgh_label="changed")
    assert (past.stance, past.pgh_context.metadata["user"]) == (Stance.SUPPORTS, editor.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.create(topic=trade["ports"], stance="supports")


def test_reading_again_keeps_a_suggestion_that_somebody_coded(trade, editor):
    coded, plain = make_claim(make_article()), make_claim(make_article(), HARBOUR)
    codebook.code(coded, trade["food"], Stance.NEUTRAL, editor)
    Claim.objects.untouched().delete()
    assert list(Claim.objects.all()) == [coded]
    assert plain not in Claim.objects.all()


def test_topics_are_proposed_by_similar_passages(trade, django_assert_num_queries):
    coded = make_article(body="The harbours of the north stay closed to ships. Rice is dear. Grain ships wait at sea.")
    make_coding(make_claim(coded, "The harbours of the north stay closed to ships."), trade["ports"])
    make_coding(make_claim(coded, "Grain ships wait at sea."), trade["relief"])
    make_coding(make_claim(coded, "Rice is dear."), trade["food"])
    asked = make_claim(make_article(), HARBOUR)
    with django_assert_num_queries(3):
        proposed = codebook.propose(asked)
    assert [(one.topic.name, one.nearest.statement.exact[:12]) for one in proposed] == [("Ports", "The harbours")]
    make_coding(asked, trade["ports"])
    assert codebook.propose(asked) == []


def test_what_is_no_word_proposes_nothing_and_breaks_nothing(trade):
    article = make_article(body=r"It's a \'quoted\' \\ : & | ! <-> (thing). And so it is.")
    make_coding(make_claim(article, r"a \'quoted\' \\ : & | ! <-> (thing)"), trade["food"])
    other = make_article(body=r"It's a \'quoted\' \\ : & | ! <-> (thing). And so it is.")
    assert codebook.propose(make_claim(other, "And so it is.")) == []
    assert [p.topic.name for p in codebook.propose(make_claim(other, r"\'quoted\' \\ :"))] == ["Food"]


# Pages


@pytest.mark.parametrize("number", [1, 12])
def test_pages_ask_the_same_number_of_questions(number, desk, django_assert_num_queries):
    parent = make_topic("Trade")
    for n in range(number):
        article = make_article()
        make_topic(f"Port {n}", parent)
        make_coding(make_claim(article), parent), make_coding(make_recommendation(article), parent)
    with django_assert_num_queries(6):
        assert desk.get(TREE).status_code == 200
    with django_assert_num_queries(9):
        assert len(desk.get(reverse("admin:topic", args=[parent.pk])).context["codings"]) == 2 * number
    with django_assert_num_queries(6):
        assert desk.get(reverse("admin:topic_split", args=[parent.pk])).status_code == 200
    statement = make_claim(make_article(), HARBOUR)
    with django_assert_num_queries(8):
        assert desk.get(reverse("admin:coding", args=["claim", statement.pk])).status_code == 200


def test_a_topic_is_added_moved_and_its_examples_chosen(desk, trade):
    desk.post(TREE, {"name": "Grain", "parent": trade["food"].pk, "description": "*Wheat* and rice"})
    grain = Topic.objects.get(name="Grain")
    address = reverse("admin:topic", args=[grain.pk])
    assert b"<em>Wheat</em>" in desk.get(address).content
    desk.post(address, {"do": "move", "parent": ""})
    coding = make_coding(make_claim(make_article()), grain)
    desk.post(address, {"do": "example", "coding": coding.pk})
    coding.refresh_from_db()
    grain.refresh_from_db()
    assert (grain.parent, coding.is_example) == (None, True)
    assert "stands under" in str(
        desk.post(reverse("admin:topic", args=[trade["trade"].pk]), {"do": "move", "parent": trade["relief"].pk},
                  follow=True).content
    )  # fmt: skip
    desk.post(address, {"do": "uncode", "coding": coding.pk})
    assert not grain.codings.exists()


def test_a_split_is_previewed_before_it_is_done(desk, trade):
    article = make_article()
    goes, stays = make_coding(make_claim(article), trade["ports"]), make_coding(make_claim(article), trade["ports"])
    address = reverse("admin:topic_split", args=[trade["ports"].pk])
    chosen = {f"coding-{goes.pk}": "1", f"coding-{stays.pk}": "0"}
    assert "Give the first" in desk.post(address, {"do": "split", **chosen}).context["problem"]
    assert "at least one" in desk.post(address, {"do": "split", "name-1": "Harbours"}).context["problem"]
    page = desk.post(address, {"do": "preview", "name-1": "Harbours", **chosen})
    assert "1 goes to “Harbours”" in page.content.decode()
    assert not Topic.objects.filter(name="Harbours").exists()
    desk.post(address, {"do": "split", "name-1": "Harbours", **chosen})
    assert Topic.objects.get(name="Harbours").codings.get() == goes


def test_a_statement_is_coded_at_the_desk(desk, editor, trade):
    claim = make_claim(make_article())
    address = reverse("admin:coding", args=["claim", claim.pk])
    desk.post(address, {"topic": trade["food"].pk, "stance": "opposes"})
    coding = Coding.objects.get()
    assert (coding.stance, coding.coded_by) == ("opposes", editor)
    assert desk.post(address, {"topic": "", "stance": "x"}).context["form"].errors
    form = desk.get(reverse("admin:articles_claim_change", args=[claim.pk])).content.decode()
    assert "Food</a>" in form
    desk.post(address, {"uncode": coding.pk})
    assert not Coding.objects.exists()


def test_the_history_of_a_statement_and_of_a_topic_tells_its_codings(desk, editor, trade):
    claim = make_claim(make_article())
    codebook.code(claim, trade["food"], Stance.SUPPORTS, editor)
    codebook.code(claim, trade["food"], Stance.OPPOSES, editor)
    for address in ("claim_history", "topic_history"):
        row = claim if address.startswith("claim") else trade["food"]
        page = desk.get(reverse(f"admin:articles_{address}", args=[row.pk])).content.decode()
        assert "supports" in page
        assert "opposes" in page
        assert editor.username in page


def test_a_form_refuses_a_circle(desk, trade):
    answer = desk.post(
        reverse("admin:articles_topic_change", args=[trade["trade"].pk]),
        {"name": "Trade", "parent": trade["relief"].pk, "description": "", "aliases": "", "slug": "trade"},
    )
    assert "stand under itself" in answer.content.decode()


def test_topics_are_merged_at_the_desk(desk, trade):
    address = f"{reverse('admin:articles_topic_merge')}?row={trade['food'].pk}&row={trade['relief'].pk}"
    desk.post(address, {"survivor": trade["relief"].pk})
    assert [line[:2] for line in outline()] == [("Trade", 0), ("Ports", 1), ("Relief", 2)]


def test_who_may_do_what(client, cast, trade):
    claim = make_claim(make_article(), status=Review.ACCEPTED)
    coding = make_coding(claim, trade["ports"])
    topic = reverse("admin:topic", args=[trade["ports"].pk])
    split, code = (
        reverse("admin:topic_split", args=[trade["ports"].pk]),
        reverse("admin:coding", args=["claim", claim.pk]),
    )

    def tried(role):
        client.force_login(cast[role])
        return {
            "see": [client.get(address).status_code for address in (TREE, topic, code)],
            "code": client.post(code, {"topic": trade["food"].pk, "stance": "neutral"}).status_code,
            "add": client.post(TREE, {"name": f"New {role}"}).status_code,
            "move": client.post(topic, {"do": "move", "parent": trade["trade"].pk}).status_code,
            "example": client.post(topic, {"do": "example", "coding": coding.pk}).status_code,
            "split": client.get(split).status_code,
        }

    editors = {"see": [200] * 3, "code": 302, "add": 302, "move": 302, "example": 302, "split": 200}
    assert tried("editor") == tried("administrator") == editors
    assert tried("annotator") == {"see": [200] * 3, "code": 302, "add": 403, "move": 403, "example": 403, "split": 403}
    assert tried("") == {"see": [403] * 3, "code": 403, "add": 403, "move": 403, "example": 403, "split": 403}
    client.logout()
    assert "login" in client.get(TREE)["Location"]
    assert "login" in client.post(code)["Location"]


def test_addresses_that_lead_nowhere(desk, trade):
    claim = make_claim(make_article())
    assert desk.get(f"{TREE}nonsense/{claim.pk}/").status_code == 404
    assert desk.get(f"{TREE}recommendation/{claim.pk}/").status_code == 404
    assert desk.get(f"{TREE}999999/").status_code == 404
    assert desk.post(reverse("admin:topic", args=[trade["food"].pk]), {"do": "nonsense"}).status_code == 403


# What readers ask


def test_readers_ask_by_topic_and_stance(client, trade):
    article = make_article()
    one, other = make_claim(article), make_claim(article, HARBOUR)
    told = make_recommendation(article)
    make_coding(one, trade["relief"]), make_coding(other, trade["trade"], "opposes"), make_coding(told, trade["ports"])
    make_coding(one, trade["food"], "opposes")

    def found(address):
        page = client.get(address).content.decode()
        return [int(key) for key in re.findall(r'class="quote"[^>]*><a[^>]*#(?:claim|recommendation)-(\d+)"', page)]

    assert sorted(found("/claims/?topic=trade")) == sorted([one.pk, other.pk])
    assert found("/claims/?topic=ports") == [one.pk]
    assert found("/claims/?topic=trade&stance=opposes") == [other.pk]
    assert sorted(found("/claims/?stance=opposes")) == sorted([one.pk, other.pk])
    assert found("/claims/?topic=trade&topic=food") == [one.pk]
    assert found("/recommendations/?topic=trade") == [told.pk]
    assert found("/recommendations/?topic=food") == []
    assert found("/claims/?topic=nowhere") == []
