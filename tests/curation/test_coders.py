"""Second coders: kept apart until both are done, compared, decided, and measured."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.curation import agreement, coders, texts
from articles.models import Claim, CodedPassage, Coder, Coding, PolicyRecommendation
from articles.vocabulary import Kind, Review, Verdict
from tests.factories import (
    BODY,
    make_actor,
    make_article,
    make_coded,
    make_editor,
    make_recommendation,
    make_topic,
)

pytestmark = pytest.mark.django_db
PORTS, GRAIN = "Indonesia should open its ports to relief ships.", "North Korea has asked for grain."
RELIEF = "open its ports to relief ships"
CLAIM = {"kind": Kind.CLAIM, "claim_kind": "factual"}
REPORT = reverse("admin:agreement")


@pytest.fixture
def ayu(db):
    return make_editor("annotator", name="ayu")


@pytest.fixture
def budi(db):
    return make_editor("annotator", name="budi")


def code_page(article):
    return reverse("admin:code", args=[article.pk])


def comparison(article):
    return reverse("admin:agreement_of", args=[article.pk])


# Kept apart


def test_nobody_sees_a_coders_work_before_both_are_done(ayu, budi, editor):
    article = make_article()
    make_coded(article, ayu, PORTS)
    second = make_coded(article, budi, GRAIN, done=False)

    def seen(user):
        return set(CodedPassage.objects.visible_to(user).values_list("exact", flat=True))

    assert (seen(ayu), seen(budi), seen(editor)) == ({PORTS}, {GRAIN}, set())
    assert seen(make_editor("annotator")) == set()
    coders.finish(second, budi)
    assert (seen(ayu), seen(budi), seen(editor)) == ({PORTS}, {GRAIN}, {PORTS, GRAIN})


def test_an_article_has_two_coders_who_differ(ayu, budi, editor):
    article = make_article()
    for users in ([ayu], [ayu, ayu], [ayu, budi, editor]):
        with pytest.raises(ValidationError, match="two different"):
            coders.assign(article, users, editor)
    coders.assign(article, [ayu, budi], editor)
    coders.assign(article, [ayu, editor], editor)
    assert {coder.user for coder in article.coders.all()} == {ayu, editor}
    other = make_article()
    make_coded(other, ayu, PORTS, done=False)
    with pytest.raises(ValidationError, match="begun"):
        coders.assign(other, [budi, editor], editor)


def test_who_is_done_marks_no_more(ayu):
    coder = make_coded(make_article(), ayu, PORTS)
    passage = coder.passages.get()
    for act in (coders.keep, coders.remove):
        with pytest.raises(ValidationError, match="you are done"):
            act(passage, ayu)


def test_the_database_refuses_what_a_kind_does_not_say(ayu):
    article = make_article()
    for values in ({"kind": Kind.CLAIM}, {"stance": "supports"}, {**CLAIM, "action": "open"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_coded(article, ayu, PORTS, **values)


def test_coded_passages_follow_a_corrected_text(ayu):
    article = make_article()
    passage = make_coded(article, ayu, GRAIN).passages.get()
    article.body = "A new opening line.\n\n" + BODY
    texts.follow(article, BODY)
    passage.refresh_from_db()
    assert (article.body[passage.start : passage.end], passage.verdict) == (GRAIN, Verdict.MOVED)


# Compared and decided


def two(article, first, second):
    return coders.compared([first, second], CodedPassage.objects.filter(article=article).order_by("start", "end", "pk"))


def test_passages_of_one_kind_that_overlap_are_one_place(ayu, budi):
    article = make_article()
    first, second = make_coded(article, ayu, PORTS, GRAIN), make_coded(article, budi, RELIEF, "harvest failed")
    found = [(str(one.first or ""), str(one.second or "")) for one in two(article, first, second)]
    assert found == [(PORTS, RELIEF), (GRAIN, ""), ("", "harvest failed")]
    other = make_article()
    first, second = make_coded(other, ayu, GRAIN, **CLAIM), make_coded(other, budi, GRAIN)
    assert len(two(other, first, second)) == 2


def test_each_difference_is_decided_for_one_both_or_neither(ayu, budi, editor):
    article = make_article()
    first = make_coded(article, ayu, PORTS, GRAIN, "The harbour stood empty for years.", "hunger is spreading")
    second = make_coded(article, budi, RELIEF, "asked for grain", "harbour stood empty", "spreading in the north")
    found = two(article, first, second)
    coders.adjudicate(found[0], [found[0].second], editor)
    coders.adjudicate(found[1], [], editor)
    coders.adjudicate(found[2], found[2].passages, editor)
    coders.adjudicate(found[3], [found[3].first], editor)
    made = PolicyRecommendation.objects.all()
    kept = {RELIEF, GRAIN, "asked for grain", "hunger is spreading"}
    assert {told.exact for told in made} == kept
    assert {(told.status, told.decided_by) for told in made} == {(Review.ACCEPTED, editor)}
    assert not CodedPassage.objects.undecided().exists()
    assert coders.adjudicate(two(article, first, second)[0], found[0].passages, editor) == []


def test_what_is_accepted_keeps_what_the_coder_said(ayu, budi, editor):
    article, actor, topic = make_article(), make_actor(), make_topic("Ports")
    values = {"action": "open up", "addressee": actor, "topic": topic, "stance": "supports"}
    first, second = make_coded(article, ayu, PORTS, **values), make_coded(article, budi, PORTS, **values)
    make_coded(article, editor, done=False).delete()
    suggestion = make_recommendation(article)
    (place,) = two(article, first, second)
    assert place.is_agreed
    assert coders.accept_agreed([place], editor) == 1
    told = PolicyRecommendation.objects.get()
    assert (told, told.status, told.action) == (suggestion, Review.ACCEPTED, "open up")
    assert list(told.addressees.all()) == [actor]
    assert Coding.objects.get().topic == topic
    assert coders.accept_agreed(two(article, first, second), editor) == 0


def test_a_claim_becomes_a_claim(ayu, budi, editor):
    article = make_article()
    first, second = make_coded(article, ayu, GRAIN, **CLAIM), make_coded(article, budi)
    (place,) = two(article, first, second)
    coders.adjudicate(place, place.passages, editor)
    claim = Claim.objects.get()
    assert (claim.exact, claim.kind, claim.status) == (GRAIN, "factual", Review.ACCEPTED)


# Measured


def test_agreement_by_article_pair_and_topic(ayu, budi, django_assert_num_queries):
    ports, food = make_topic("Ports"), make_topic("Food")
    for _ in range(3):
        article = make_article()
        make_coded(article, budi, PORTS, topic=ports, stance="supports")
        make_coded(article, ayu, PORTS, topic=ports, stance="opposes")
    article = make_article()
    make_coded(article, ayu, GRAIN, topic=food, stance="neutral", modality="must")
    make_coded(article, budi, GRAIN, topic=food, stance="neutral")
    make_coded(make_article(), ayu, GRAIN, done=False)
    with django_assert_num_queries(4):
        found = agreement.coded()
    (pair,) = agreement.by_pair(found)
    assert (pair.of, pair.articles, pair.places, pair.both, pair.alpha, pair.open) == ((ayu, budi), 4, 4, 4, 1, 4)
    assert pair.kappas["topic"] == 1
    assert pair.kappas["stance"] == pytest.approx(0.2)  # observed 1/4, by chance 1/16
    assert pair.kappas["kind or modality"] == 0
    assert pair.kappas["addressee"] is None
    assert agreement.by_article(found)[0].of.article == article
    topics = {one.of.name: one for one in agreement.by_topic(found)}
    assert (topics["Ports"].articles, topics["Ports"].both, topics["Ports"].alpha) == (3, 3, 1)
    assert topics["Ports"].kappas["stance"] == 0
    assert topics["Food"].kappas["stance"] is None


# Pages


@pytest.mark.parametrize("number", [1, 8])
def test_pages_ask_the_same_number_of_questions(number, desk, editor, django_assert_num_queries):
    two = make_editor("annotator"), make_editor("annotator")
    for _ in range(number):
        article = make_article()
        for user in two:
            make_coded(article, user, *[PORTS, GRAIN][: 1 + (number > 1)], topic=make_topic(), stance="neutral")
    with django_assert_num_queries(10):
        assert len(desk.get(REPORT).context["articles"]) == number
    with django_assert_num_queries(12):
        assert desk.get(comparison(article)).status_code == 200
    mine = make_article()
    make_coded(mine, editor, *[PORTS, GRAIN][: 1 + (number > 1)], done=False)
    with django_assert_num_queries(6):
        assert desk.get(code_page(mine)).status_code == 200


def test_an_article_goes_from_two_desks_to_one(client, ayu, budi, editor):
    article = make_article()
    client.force_login(editor)
    assert "different" in str(
        client.post(comparison(article), {"do": "assign", "first": ayu.pk, "second": ayu.pk}).content
    )
    client.post(comparison(article), {"do": "assign", "first": ayu.pk, "second": budi.pk})
    for user, quote in ((ayu, PORTS), (budi, RELIEF)):
        client.force_login(user)
        waiting = [one["what"] for one in client.get(reverse("admin:index")).context["panel"]["waiting"]]
        assert "op-ed to code" in waiting
        assert article.title in client.get(REPORT).content.decode()
        answer = client.post(code_page(article), {"do": "keep", "exact": quote, "kind": "recommendation"})
        assert "modality" in answer.context["form"].errors
        client.post(code_page(article), {"do": "keep", "exact": quote, "kind": "recommendation", "modality": "should"})
        assert PORTS not in str(client.get(comparison(article)).content)
        assert len(client.get(code_page(article)).context["marked"]) == 1
        client.post(code_page(article), {"do": "finish"})
    client.force_login(editor)
    page = client.get(comparison(article))
    assert [one.is_decided for _, one in page.context["found"]] == [False]
    assert client.post(comparison(article), {"do": "second", "place": "0"})["Location"] == comparison(article)
    assert PolicyRecommendation.objects.get().exact == RELIEF


def test_what_is_selected_stands_where_it_was_selected(client, ayu):
    article = make_article(body="Ships wait. 👩‍🚀 Ships wait.\n\nShips wait.")
    make_coded(article, ayu, done=False)
    client.force_login(ayu)
    said = {"do": "keep", "kind": "claim", "claim_kind": "factual"}
    client.post(code_page(article), {**said, "exact": "Ships wait.", "start": "16", "end": "27"})
    client.post(code_page(article), {**said, "exact": "Ships wait.Ships wait.", "start": "16", "end": "40"})
    marked = CodedPassage.objects.values_list("start", "end", "exact")
    assert list(marked) == [(16, 27, "Ships wait."), (16, 40, "Ships wait.\n\nShips wait.")]
    answer = client.post(code_page(article), {**said, "exact": "Ships wait.", "start": "0", "end": "3"})
    assert "exact" in answer.context["form"].errors


def test_a_coder_changes_and_takes_back(client, ayu):
    article = make_article()
    coder = make_coded(article, ayu, PORTS, done=False)
    passage = coder.passages.get()
    client.force_login(ayu)
    said = {"passage": passage.pk, "do": "keep", "kind": "claim", "claim_kind": "causal", "action": "x"}
    client.post(code_page(article), said)
    passage.refresh_from_db()
    assert (passage.kind, passage.claim_kind, passage.modality, passage.action) == ("claim", "causal", "", "")
    answer = client.post(code_page(article), {**said, "topic": make_topic().pk})
    assert "stance" in answer.context["form"].errors
    client.post(code_page(article), {"do": "remove", "passage": passage.pk})
    assert not coder.passages.exists()


def test_who_may_do_what(client, cast, ayu, budi):
    article = make_article()
    make_coded(article, ayu, PORTS), make_coded(article, budi, RELIEF)
    assign = {"do": "assign", "first": ayu.pk, "second": budi.pk}

    def tried(role):
        client.force_login(cast[role])
        fresh = make_article()
        return [
            client.get(REPORT).status_code, client.get(comparison(article)).status_code,
            client.post(comparison(fresh), assign).status_code, client.get(code_page(article)).status_code,
            client.post(comparison(article), {"do": "agreed"}).status_code,
            client.post(comparison(article), {"do": "first", "place": "7"}).status_code,
            PORTS in client.get(comparison(article)).content.decode(),
        ]  # fmt: skip

    assert tried("editor") == tried("administrator") == [200, 200, 302, 404, 302, 403, True]
    assert tried("annotator") == [200, 200, 403, 404, 403, 403, False]
    assert tried("") == [403, 403, 403, 403, 403, 403, False]
    client.logout()
    assert all("login" in client.get(page)["Location"] for page in (REPORT, comparison(article), code_page(article)))


def test_a_coder_who_is_an_editor_decides_on_nothing_before_the_other_is_done(client, editor, ayu):
    article = make_article()
    make_coded(article, editor, PORTS)
    make_coded(article, ayu, RELIEF, done=False)
    client.force_login(editor)
    assert RELIEF not in client.get(comparison(article)).content.decode()
    client.post(comparison(article), {"do": "first", "place": "0"})
    assert not PolicyRecommendation.objects.exists()
    assert Coder.objects.unfinished().count() == 1
