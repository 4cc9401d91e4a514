"""What an article asserts."""

from itertools import pairwise

import pytest

from articles.reading import sentences, statements
from articles.vocabulary import ClaimKind


def read(names, body, language="en"):
    mentions = names.find(body, language)
    recommendations, claims = statements.read(body, language, names=names, mentions=mentions, country=None, headings=())
    return claims, recommendations


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("The alliance is driven by fear and leads to a new arms race in Asia.", ClaimKind.CAUSAL),
        ("The deal will probably change how China and Japan trade in the future.", ClaimKind.PREDICTIVE),
        ("In 1994 the United States and North Korea signed an agreement in Geneva.", ClaimKind.FACTUAL),
        ("This uniquely important and remarkable plan is a dangerous mistake.", ClaimKind.EVALUATIVE),
    ],
)
def test_kinds(names, body, kind):
    claims, _ = read(names, body)
    assert [claim.kind for claim in claims] == [kind]


def test_what_an_actor_says_is_the_actors(names):
    claims, _ = read(names, "The United States has warned that the talks between Russia and China could fail.")
    assert claims[0].claimant == "united-states"
    assert claims[0].claimant_text == "United States"


def test_the_authors_claims_have_no_claimant(names):
    claims, _ = read(names, "Russia and China have signed a treaty on trade and on defence in 2020.")
    assert claims[0].claimant is None


def test_connectives_are_no_part_of_a_claim(names):
    body = "However, Russia and China have signed a treaty on trade in 2020."
    claims, _ = read(names, body)
    assert body[claims[0].start : claims[0].end].startswith("Russia and China")


@pytest.mark.parametrize(
    "body", ["", "Why did Russia sign the treaty with China in 1950?", "Not so.", "Indonesia must act."]
)
def test_what_asserts_nothing(names, body):
    assert read(names, body)[0] == ()


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_less_than_half_of_a_seed_is_marked(names, seed, number):
    body, language = seed(number), "id" if number == "004" else "en"
    claims, recommendations = read(names, body, language)
    assert 10 <= len(claims) <= 0.45 * len(sentences.split(body, language))
    assert all(a.end <= b.start for a, b in pairwise(claims))
    assert not any(c.start < r.end and r.start < c.end for c in claims for r in recommendations)


def test_a_language_without_a_lexicon_has_no_claims(names):
    assert read(names, "সরকার ১৯৭১ সালে স্বাধীনতা ঘোষণা করেছে।", "bn")[0] == ()
