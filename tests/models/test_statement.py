"""Statements stand where their anchor says."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from articles.models import Claim, PolicyRecommendation
from articles.vocabulary import Review, Voice
from tests.factories import make_article, make_claim, make_recommendation

pytestmark = pytest.mark.django_db


def test_a_quote_that_does_not_stand_there_is_refused():
    claim = make_claim(make_article())
    for change in ({"exact": "something else"}, {"start": claim.start + 1}, {"end": claim.end - 1}):
        with pytest.raises(IntegrityError, match="does not stand at characters"), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**change)


def test_a_lost_passage_keeps_its_quote():
    claim = make_claim(make_article())
    Claim.objects.filter(pk=claim.pk).update(verdict="lost", exact="what is no longer there")
    claim.refresh_from_db()
    assert not claim.is_placed


def test_offsets_count_characters_not_bytes():
    body = "🌾 हिन्दी और é. Grain is scarce."
    assert make_claim(make_article(body=body), "Grain is scarce.").start == body.index("Grain")


def test_a_decision_is_dated():
    claim = make_claim(make_article())
    with pytest.raises(IntegrityError, match="claim_decision_is_dated"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(status="accepted")
    Claim.objects.filter(pk=claim.pk).update(status="accepted", decided_at=datetime.now(UTC))


def test_readers_see_suggestions_only_where_the_setting_shows_them(settings):
    article, draft = make_article(), make_article(status="inbox")
    accepted = make_claim(article, "The harbour stood empty for years.", status="accepted")
    suggested = make_claim(article)
    make_claim(article, "Because the harvest failed, hunger is spreading in the north.", status="rejected")
    make_claim(draft)
    assert set(Claim.objects.public()) == {accepted, suggested}
    settings.SHOW_SUGGESTIONS = False
    assert set(Claim.objects.public()) == {accepted}


def test_what_is_told_to_be_contradicted_is_shown_only_once_accepted(db):
    article = make_article()
    told = make_recommendation(article, voice=Voice.REBUTTED)
    claim = make_claim(article, voice=Voice.REBUTTED, status=Review.ACCEPTED)
    reported = make_claim(article, "hunger is spreading", voice=Voice.REPORTED)
    assert told not in PolicyRecommendation.objects.shown()
    assert {claim, reported} == set(Claim.objects.shown())
