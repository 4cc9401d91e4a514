"""Re-tagging: an actor that is new is found in texts that were read before, and nothing that people decided changes."""

import pytest
from django.core.management import CommandError, call_command

from articles.curation.retagging import retag
from articles.models import ActorName, ArticleActor, Claim, Mention
from articles.vocabulary import ActorKind, Review
from tests.factories import make_actor, make_article, make_claim, make_mention

pytestmark = pytest.mark.django_db
BODY = "The Harbour Commission sleeps. Nobody wakes the Harbour Commission. North Korea waits."


@pytest.fixture
def commission():
    return make_actor("Harbour Commission", kind=ActorKind.ORGANISATION)


def test_a_new_actor_is_found_in_texts_that_are_held(commission):
    article, other = make_article(body=BODY), make_article()
    assert retag(commission) == 2
    assert ArticleActor.objects.get(actor=commission).n == 2
    assert {m.article_id for m in Mention.objects.filter(actor=commission)} == {article.pk} != {other.pk}
    assert all(BODY[m.start : m.end] == "Harbour Commission" for m in Mention.objects.filter(actor=commission))
    assert retag(commission) == 0


def test_a_name_that_was_added_is_looked_for(commission):
    make_article(body="The Port Board sleeps.")
    assert retag(commission) == 0
    ActorName.objects.create(actor=commission, text="Port Board")
    assert retag(commission) == 1


def test_what_is_marked_and_decided_stays(commission):
    article, other = make_article(body=BODY), make_actor("The Harbour Commission sleeps", kind=ActorKind.GROUP)
    mention = make_mention(article, other, 0)
    claim = make_claim(article, "North Korea waits.", status=Review.REJECTED)
    assert retag(commission) == 1
    assert Mention.objects.get(pk=mention.pk).actor == other
    assert Claim.objects.get(pk=claim.pk).status == Review.REJECTED


def test_the_command_says_what_it_added(commission, capsys):
    make_article(body=BODY)
    call_command("retag", commission.slug)
    assert capsys.readouterr().out == "harbour-commission: 2 mentions added\n"
    with pytest.raises(CommandError, match="nobody"):
        call_command("retag", "nobody")
