"""Candidates for the authority file: proposed by the reader, made actors only by people."""

import pytest
from django.urls import reverse

from articles.curation import candidates
from articles.models import Actor, Candidate, Mention
from articles.vocabulary import ActorKind, NameKind, Review
from tests.factories import make_actor, make_article, make_candidate, make_claim, make_recommendation

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_candidate_changelist")
BODY = (
    "The Harbour Commission (HC) should open the port, says Mirna Kovalenko.\n\n"
    "Kovalenko knows the port well. Because the HC sleeps, grain is rotting."
)
QUERIES = 8


def proposed(name="Harbour Commission", **values):
    article = make_article(body=BODY)
    return article, make_candidate(article, name, **values)


def form(candidate):
    return reverse("admin:articles_candidate_change", args=[candidate.pk])


def test_nobody_is_an_actor_before_an_editor_says_so(desk):
    article, candidate = proposed()
    page = desk.get(LIST).content.decode()
    assert "Harbour Commission" in page
    assert "<b>Harbour Commission</b> (HC) should open the port" in page
    assert str(article.title) in page
    assert not Actor.objects.filter(name=candidate.name).exists()


def test_adding_makes_an_actor_of_its_mentions(desk):
    article, candidate = proposed()
    told = make_recommendation(
        article, "The Harbour Commission (HC) should open the port", addressee_text="The Harbour Commission (HC)"
    )
    desk.post(LIST, {"_accept": candidate.pk})
    candidate.refresh_from_db()
    assert (candidate.status, candidate.actor.name, candidate.actor.kind) == (
        Review.ACCEPTED, "Harbour Commission", ActorKind.ORGANISATION,
    )  # fmt: skip
    assert article.article_actors.get().actor == candidate.actor
    assert Mention.objects.get().start == BODY.index("Harbour Commission")
    assert told.addressees.get() == candidate.actor
    assert candidate.mentions.count() == 0


def test_short_forms_become_names_of_the_actor(desk, editor):
    article, candidate = proposed("Mirna Kovalenko", kind=ActorKind.PERSON)
    start = BODY.index("Kovalenko knows")
    candidate.mentions.create(article=article, start=start, end=start + len("Kovalenko"))
    actor = candidates.add_as_actor(candidate, editor)
    assert {(n.text, tuple(n.witness)) for n in actor.names.all()} == {
        ("Mirna Kovalenko", ()), ("Kovalenko", ("Mirna Kovalenko",)),
    }  # fmt: skip
    _, commission = proposed()
    start = BODY.index("HC sleeps")
    commission.mentions.create(article=article, start=start, end=start + 2)
    assert candidates.add_as_actor(commission, editor).names.get(text="HC").kind == NameKind.ABBREVIATION


def test_a_candidate_is_an_actor_known_under_another_name(desk):
    article, candidate = proposed()
    known = make_actor("Port Authority", ActorKind.ORGANISATION)
    claim = make_claim(article, "The Harbour Commission (HC) should open the port, says Mirna Kovalenko.")
    posted = {"name": candidate.name, "kind": candidate.kind, "note": "", "known_as": known.pk}
    answer = desk.post(form(candidate), posted)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    candidate.refresh_from_db()
    assert candidate.actor == known
    assert known.names.filter(text="Harbour Commission").exists()
    assert claim.actors.get() == known


def test_a_rejected_candidate_can_be_proposed_again(desk):
    _, candidate = proposed()
    desk.post(LIST, {"_reject": candidate.pk})
    assert Candidate.objects.get().status == Review.REJECTED
    desk.post(LIST, {"_reopen": candidate.pk})
    assert Candidate.objects.get().status == Review.SUGGESTED


def test_deciding_goes_on_to_the_next(desk):
    _, first = proposed()
    _, second = proposed("Mirna Kovalenko", kind=ActorKind.PERSON)
    posted = {"name": second.name, "kind": second.kind, "note": "", "known_as": "", "_accept": "1"}
    assert desk.post(form(second), posted).url == form(first)
    assert Actor.objects.filter(name="Mirna Kovalenko").exists()


def test_an_actor_of_the_same_name_and_kind_is_taken(editor):
    _, candidate = proposed()
    known = make_actor("harbour commission", ActorKind.ORGANISATION)
    assert candidates.add_as_actor(candidate, editor) == known


def test_a_name_is_proposed_once():
    _, candidate = proposed()
    assert Candidate.objects.named("HARBOUR COMMISSION") == candidate


def test_the_list_asks_as_often_for_ten_as_for_one(desk, django_assert_num_queries):
    article = make_article(body=BODY)
    make_candidate(article)
    with django_assert_num_queries(QUERIES):
        desk.get(LIST)
    for name in ("Mirna", "Kovalenko", "port", "grain", "HC"):
        make_candidate(article, name)
    with django_assert_num_queries(QUERIES):
        desk.get(LIST)


def test_an_annotator_sees_but_does_not_decide(client, cast):
    _, candidate = proposed()
    client.force_login(cast["annotator"])
    assert client.get(LIST).status_code == 200
    assert client.post(LIST, {"_accept": candidate.pk}).status_code == 403
    assert not Actor.objects.exists()


def test_the_article_names_whom_nobody_knows(desk):
    article, candidate = proposed()
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert form(candidate) in page


def test_a_decided_candidate_shows_who_it_is(desk, editor):
    _, candidate = proposed()
    actor = candidates.add_as_actor(candidate, editor)
    page = desk.get(form(candidate)).content.decode()
    assert reverse("admin:articles_actor_change", args=[actor.pk]) in page
    assert "_accept" not in page
