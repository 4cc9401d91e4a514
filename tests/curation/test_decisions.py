"""Decisions: what each sets, what it leaves alone, and who the history says it was."""

import pytest

from articles.curation import decisions
from articles.models import Article, Author, Claim
from articles.vocabulary import Origin, Publication, Review
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_editor,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db


def test_accepting_says_who_and_when(editor):
    claim = make_claim(make_article())
    assert decisions.accept(claim, editor) == 1
    assert (claim.status, claim.decided_by) == (Review.ACCEPTED, editor)
    assert claim.decided_at is not None


def test_rejecting_many_counts_those_that_changed(editor):
    article = make_article()
    make_claim(article)
    make_claim(article, "The harbour stood empty for years.", status=Review.REJECTED)
    assert decisions.reject(Claim.objects.all(), editor) == 1


def test_deciding_again_keeps_who_decided_first(editor):
    first = make_editor()
    claim = make_claim(make_article())
    decisions.accept(claim, first)
    assert decisions.accept(claim, editor) == 0
    claim.refresh_from_db()
    assert claim.decided_by == first


def test_reopening_makes_a_suggestion_of_it_again(editor):
    claim = make_claim(make_article(), status=Review.ACCEPTED)
    decisions.reopen(claim, editor)
    assert (claim.status, claim.decided_by, claim.decided_at) == (Review.SUGGESTED, None, None)


def test_all_suggestions_of_articles_are_decided_and_no_others(editor):
    chosen, other = make_article(), make_article()
    make_claim(chosen), make_recommendation(chosen), make_claim(other)
    assert decisions.accept_suggestions(Article.objects.filter(pk=chosen.pk), editor) == 2
    assert other.claims.suggested().count() == 1
    assert decisions.reject_suggestions(Article.objects.filter(pk=chosen.pk), editor) == 0


def test_history_names_the_user_outside_a_request(editor):
    claim = make_claim(make_article())
    decisions.accept(claim, editor)
    event = Claim.pgh_event_model.objects.get(pgh_obj=claim.pk)
    assert event.pgh_context.metadata["user"] == editor.pk


@pytest.mark.parametrize(("role", "status"), [("editor", Review.ACCEPTED), ("annotator", Review.SUGGESTED)])
def test_what_an_editor_puts_forward_needs_no_review_and_what_an_annotator_does_waits(role, status):
    user, claim = make_editor(role), make_claim(make_article())
    decisions.put_forward(claim, user)
    claim.save()
    assert (claim.origin, claim.status, claim.suggested_by) == (Origin.PERSON, status, user)
    assert claim.decided_by == (user if status == Review.ACCEPTED else None)


def test_publishing_and_withdrawing(editor):
    draft, shown = make_article(status=Publication.INBOX), make_article()
    assert decisions.publish(Article.objects.all(), editor) == 1
    assert decisions.withdraw(Article.objects.filter(pk=shown.pk), editor, because="Wrong") == 1
    draft.refresh_from_db(), shown.refresh_from_db()
    assert (draft.status, shown.status) == (Publication.PUBLISHED, Publication.WITHDRAWN)


def test_a_draft_is_not_withdrawn(editor):
    draft = make_article(status=Publication.INBOX)
    assert decisions.withdraw(Article.objects.all(), editor, because="Wrong") == 0
    draft.refresh_from_db()
    assert draft.status == Publication.INBOX


@pytest.mark.parametrize("make", [make_author, make_source])
def test_a_former_name_still_leads_here(make, editor):
    row = make("The Harbour Post")
    decisions.rename(row, "Harbour Post", editor)
    row.refresh_from_db()
    assert (row.name, row.aliases) == ("Harbour Post", ["the harbour post"])
    assert type(row).objects.named("The Harbour Post") == row


def test_an_actor_keeps_its_former_name_among_its_names(editor):
    actor = make_actor("Burma")
    decisions.rename(actor, "Myanmar", editor)
    assert {name.text for name in actor.names.all()} == {"Burma", "Myanmar"}


def test_renaming_is_one_change_in_the_history(editor):
    author = make_author("A. Author")
    decisions.rename(author, "Ayu Author", editor)
    assert Author.pgh_event_model.objects.filter(pgh_obj=author.pk).count() == 1
