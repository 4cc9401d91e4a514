"""A corrected text: statements, mentions and headings follow it."""

import pytest

from articles.curation import texts
from articles.models import Article, ArticleActor
from articles.vocabulary import Verdict
from tests.factories import BODY, make_actor, make_article, make_claim, make_mention

BEFORE = "Rice is dear. Ports are shut. Ships wait."


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, [(0, 4), (14, 19), (30, 35)]),
        ("White rice is dear. Ports are shut. Ships wait.", [(-1, -1), (20, 25), (36, 41)]),
        ("Rice is dear. The ports and Ports are shut. Ships wait.", [(0, 4), (28, 33), (44, 49)]),
        ("Rice is dear. Ships wait.", [(0, 4), (-1, -1), (14, 19)]),
        ("", [(-1, -1)] * 3),
    ],
)
def test_spans_follow_their_words(after, expected):
    assert texts.moved(BEFORE, after, [(0, 4), (14, 19), (30, 35)]) == expected


@pytest.mark.parametrize(("one", "other", "n"), [("", "", 0), ("abc", "abd", 2), ("abc", "abc", 3), ("x", "y", 0)])
def test_common_start(one, other, n):
    assert texts.common_start(one, other) == n


@pytest.mark.django_db
def test_statements_and_mentions_follow():
    actor = make_actor("North Korea")
    article = make_article()
    claim = make_claim(article)
    make_mention(article, actor)
    article.body = "A new opening line.\n\n" + BODY
    found = texts.follow(article, BODY)
    claim.refresh_from_db()
    mention = article.mentions.get()
    assert found == {Verdict.MOVED: 1}
    assert article.body[claim.start : claim.end] == claim.exact
    assert article.body[mention.start : mention.end] == "North Korea"


@pytest.mark.django_db
def test_what_is_gone_is_kept_and_marked():
    article = make_article(actors=[make_actor("North Korea")])
    claim = make_claim(article)
    article.body = "Nothing of it is left."
    texts.follow(article, BODY)
    claim.refresh_from_db()
    assert (claim.verdict, claim.exact) == (Verdict.LOST, "North Korea has asked for grain.")
    assert not ArticleActor.objects.filter(article=article).exists()
    assert Article.objects.get().words == 5
