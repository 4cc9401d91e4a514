"""How far rules are believed: their records, kept as editors decide; the interval; the confidence that is shown."""

import pytest
from django.urls import reverse

from articles.curation import decisions
from articles.curation.rules import Record, Records, wilson
from articles.importing import tallies
from articles.models import Claim, RuleRecord
from articles.vocabulary import Origin, Review
from tests.factories import make_article, make_claim, make_recommendation


# Newcombe (1998), Statistics in Medicine 17: 857-872, table I, method 3.
@pytest.mark.parametrize(
    ("accepted", "decided", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(accepted, decided, low, high):
    assert wilson(accepted, decided) == pytest.approx((low, high), abs=0.00006)


def test_nothing_decided_says_nothing():
    assert wilson(0, 0) == (0, 1) and Record().precision is None


def test_belief_begins_with_the_readers_and_ends_with_the_editors():
    def believed(accepted, rejected, language="en"):
        return Records([("claim", "r", "en", accepted, rejected)]).believed("claim", "r", language, 0.9)

    assert Records([]).believed("claim", "r", "en", 0.9) == pytest.approx(0.9)
    assert believed(0, 1) < 0.9 < believed(5, 0)
    assert believed(0, 1000) < 0.02 and believed(1000, 0) > 0.99
    # What another language says counts, but less: (0 + 10 * 0.9) / 20 = 0.45 of all, then (0 + 10 * 0.45) / 20.
    assert believed(0, 10, language="id") == pytest.approx(0.45) and believed(0, 10) == pytest.approx(0.225)


@pytest.mark.django_db
def test_records_follow_decisions_whatever_way_they_come(editor):
    article, other = make_article(language="en"), make_article(language="id")
    claims = [make_claim(article, rule="en.claim") for _ in range(3)] + [make_claim(other, rule="en.claim")]
    make_claim(article, rule="", origin=Origin.PERSON, status=Review.ACCEPTED)  # a person's is no rule's

    def held():
        return {(row.kind, row.rule, row.language): (row.accepted, row.rejected) for row in RuleRecord.objects.all()}

    assert held() == {}
    decisions.accept(Claim.objects.filter(pk__in=[claims[0].pk, claims[3].pk]), editor)
    decisions.reject(claims[1], editor)
    assert held() == {("claim", "en.claim", "en"): (1, 1), ("claim", "en.claim", "id"): (1, 0)}
    decisions.reject(claims[0], editor)
    decisions.reopen(claims[3], editor)
    assert held() == {("claim", "en.claim", "en"): (0, 2), ("claim", "en.claim", "id"): (0, 0)}
    claims[1].delete()
    decisions.accept(make_recommendation(article, rule="en.should"), editor)
    kept = {("claim", "en.claim", "en"): (0, 1), ("recommendation", "en.should", "en"): (1, 0)}
    assert {key: n for key, n in held().items() if any(n)} == kept
    tallies.recount_rules()
    assert held() == kept


@pytest.mark.django_db
def test_the_page_of_rules_says_how_each_does(desk, editor, django_assert_num_queries):
    article = make_article(language="en")
    for n in range(8):
        decide = decisions.accept if n % 4 else decisions.reject
        decide(make_claim(article, rule=f"en.claim.{n % 2}"), editor)
    desk.get(reverse("admin:rules"))
    with django_assert_num_queries(5):
        answer = desk.get(reverse("admin:rules"), {"order": "precision"})
    told = [(one["row"].rule, one["record"].accepted, one["record"].decided) for one in answer.context["shown"]]
    assert told == [("en.claim.1", 4, 4), ("en.claim.0", 2, 4)]
    assert "0.51 to 1.00" in answer.content.decode()
