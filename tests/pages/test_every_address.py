"""Every public address: what works, what is not there, what is not published, what makes no sense."""

from urllib.parse import quote

import pytest

from articles.models import Article, Claim, PolicyRecommendation
from tests.factories import make_actor, make_article, make_author, make_claim, make_recommendation, make_source
from tests.test_permission_matrix import PUBLIC, concrete, make_world

pytestmark = pytest.mark.django_db
NAMED = [address for address in PUBLIC if "<" in address]
HIDDEN = "A secret plan nobody may read yet"
SENSELESS = {
    "a day": "since=yesterday&until=2024-13-45",
    "nobody": "actor=nobody&source=nowhere&author=none&topic=nothing&addressee=x&claimant=x",
    "no value": "kind=x&modality=x&instrument=x&stance=x&review=x&undated=x&sort=x&language=x",
    "no page": "page=-1&after=x&before=2024-01-01.99999999999999999999&facets=x&said=",
    "a long word": "q=" + "w" * 3000,
    "signs": "q=" + quote("\"' OR -- ; & | ! :* <-> ((("),
    "bytes": "q=%ff%fe&actor=%00",
    "often": "&".join(["actor=a"] * 300),
}


@pytest.mark.parametrize("address", PUBLIC)
def test_it_works(client, address):
    page = client.get(concrete(address, make_world()))
    assert page.status_code == (302 if address in {"search/", "compare/"} else 200)


@pytest.mark.parametrize("address", NAMED)
def test_what_is_not_there_is_not_found(client, address):
    stand_ins = {
        "<int:pk>": "999999", "<str:slug>": "nobody", "<str:other>": "nobody", "<str:kind>": "nothing",
        "<str:kind>.<str:end>": "nothing.svg", "sitemap-<int:number>.xml": "sitemap-999999.xml",
    }  # fmt: skip
    make_world()
    path = "/" + "/".join(stand_ins.get(part, part) for part in address.split("/"))
    assert client.get(path).status_code == 404


@pytest.fixture
def hidden():
    """One op-ed in the inbox that alone knows of an author, a source and an actor."""
    article = make_article(
        title=HIDDEN, status="inbox", body=f"{HIDDEN}.\n\nJapan should sign it.", source=make_source("The Vault"),
        authors=[make_author("Hidden Writer")], actors=[make_actor("Concealia")],
    )  # fmt: skip
    make_claim(article, HIDDEN), make_recommendation(article, "Japan should sign it.")
    return article


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_not_published_is_nowhere(client, address, hidden):
    path = "/" + "/".join(
        {
            "<str:slug>": {"authors": "hidden-writer", "sources": "the-vault", "actors": "concealia"}.get(
                address.partition("/")[0], hidden.slug
            ),
            "<int:pk>": str((Claim if "claims" in address else PolicyRecommendation).objects.get().pk),
            "<str:other>": hidden.slug, "<str:kind>": "matrix", "<str:kind>.<str:end>": "timeline.csv",
            "sitemap-<int:number>.xml": "sitemap-0.xml",
        }.get(part, part)
        for part in address.split("/")
    )  # fmt: skip
    page = client.get(path)
    told = b"".join(page) if page.streaming else page.content
    if address in NAMED and address.split("/")[0] in {"articles", "claims", "recommendations", "authors", "sources"}:
        assert page.status_code == 404
    for word in (HIDDEN, "Hidden Writer", "The Vault", *([] if hidden.slug in path else [hidden.slug])):
        assert word.encode() not in told
    assert Article.objects.get().status == "inbox"


@pytest.mark.parametrize("address", PUBLIC)
def test_what_makes_no_sense_is_said_and_breaks_nothing(client, address):
    path = concrete(address, make_world())
    answers = {about: client.get(f"{path}?{asked}") for about, asked in SENSELESS.items()}
    assert {about: page.status_code for about, page in answers.items() if page.status_code not in {200, 302, 400}} == {}
    for page in answers.values():
        told = b"".join(page) if page.streaming else page.content
        assert told or page.status_code == 302 or address.endswith(".jsonl")  # no row, no line
