"""Whatever stands in the address, a page answers: nothing in it breaks the server."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_actor, make_article, make_claim, make_recommendation

pytestmark = pytest.mark.django_db

LISTS = ["/articles/", "/claims/", "/recommendations/", "/actors/", "/authors/", "/sources/",
         "/articles.csv", "/claims.jsonl", "/recommendations/feed.atom", "/articles/feed.json"]  # fmt: skip
NAMES = ["q", "actor", "addressee", "claimant", "recommender", "source", "author", "language", "since", "until", "sort",
         "kind", "modality", "instrument", "review", "page"]  # fmt: skip
TELLING = ["indonesia", "0", "-1", "2024-02-30", "0001-01-01", "9999-12-31", "relevance", "oldest", '"', "' OR 1=1 --",
           "a & b | !c", "<->", ":*", "%", "\\", "٣", "🌾", "9" * 40]  # fmt: skip


@pytest.fixture
def archive():
    article = make_article(actors=[make_actor()])
    make_claim(article)
    make_recommendation(article)


@given(
    address=st.sampled_from(LISTS),
    question=st.dictionaries(
        st.sampled_from(NAMES), st.lists(st.sampled_from(TELLING) | st.text(max_size=30), max_size=3), max_size=5
    ),
)
@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_question_is_answered(client, archive, address, question):
    assert client.get(address, question).status_code in {200, 400}
