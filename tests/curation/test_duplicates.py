"""Rows that may be one: who is proposed, who is not, and what is remembered."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from articles.curation import duplicates
from articles.models import ActorName, Distinct, Merge
from tests.factories import make_actor, make_article, make_author, make_editor, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def desk(client):
    client.force_login(make_editor())
    return client


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("John Smith", "J. Smith", True),
    ("John A. Smith", "J. Smith", True),
    ("John Smith", "Jane Smith", False),
    ("J. Smith", "A. Smith", False),
    ("Élie Nuñez", "Elie Nunez", True),
    ("Smith, John", "John Smith", True),
    ("The Jakarta Post", "Jakarta Post", True),
    ("The Jakarta Post", "The Jakarta Globe", False),
    ("WHO", "World Health Organization", True),
    ("who", "World Health Organization", False),
    ("Kyunghyang Shinmun", "Kyunghyang Shinmoon", True),
    ("North Korea", "South Korea", False),
    ("...", "John", False),
])  # fmt: skip
def test_names(one, other, alike):
    for a, b in ((one, other), (other, one)):
        assert (duplicates.alike(a, b).score >= duplicates.ALIKE) is alike


def test_pairs_are_found_by_any_name_and_those_who_sign_together_are_two():
    first, second = make_author("John Smith"), make_author("Jo Schmidt", aliases=["j. smith"])
    make_author("Quite Another")
    together = [make_author("Ana Lima"), make_author("A. Lima")]
    make_article(authors=together), make_article(authors=[second])
    pairs, total = duplicates.likely("author")
    assert [(pair.one, pair.other, pair.articles) for pair in pairs] == [(second, first, (1, 0))] and total == 1


def test_actors_are_found_by_the_names_they_have_in_texts():
    who = make_actor("World Health Organization", kind="organisation")
    other = make_actor("Health Body", kind="organisation")
    ActorName.objects.create(actor=other, text="WHO", kind="abbreviation")
    assert [{pair.one, pair.other} for pair in duplicates.likely("actor")[0]] == [{who, other}]


def test_not_the_same_is_remembered_and_can_be_taken_back(desk):
    post, other = make_source("Jakarta Post"), make_source("The Jakarta Post")
    address, apart = (reverse(f"admin:{name}", args=["source"]) for name in ("duplicates", "duplicates_apart"))
    assert "The Jakarta Post" in desk.get(address).content.decode()
    desk.post(apart, {"row": [other.pk, post.pk]})
    desk.post(apart, {"row": [post.pk, other.pk]})
    assert Distinct.objects.count() == 1
    assert "No two sources look like one." in desk.get(address).content.decode()
    merge = f"{reverse('admin:articles_source_merge')}?row={post.pk}&row={other.pk}"
    assert "are not the same" in desk.get(merge).content.decode()
    desk.post(merge, {"survivor": post.pk})
    assert not Merge.objects.exists()
    desk.post(merge, {"survivor": post.pk, "although": "1"})
    assert Merge.objects.get().name == "Jakarta Post"
    desk.post(apart, {"row": [post.pk, other.pk], "do": "again"})
    assert not Distinct.objects.exists()
    page = desk.post(apart, {"row": [post.pk]}, follow=True).content.decode()
    assert "Two rows are needed." in page


def test_a_preview_says_what_comes_of_a_merge_and_changes_nothing(desk):
    korea, dprk = make_actor("North Korea"), make_actor("DPRK", wikidata="Q423")
    article = make_article(actors=[korea, dprk])
    merge = f"{reverse('admin:articles_actor_merge')}?row={korea.pk}&row={dprk.pk}"
    page = desk.post(merge, {"survivor": korea.pk, "do": "see"}).content.decode()
    assert "it takes over" in page and "<b>Q423</b>" in page and "1 article actors" in page
    assert article.article_actors.count() == 2 and not Merge.objects.exists()


def test_a_merge_is_taken_back_from_its_page(desk):
    korea, dprk = make_actor("North Korea"), make_actor("DPRK")
    merge = f"{reverse('admin:articles_actor_merge')}?row={korea.pk}&row={dprk.pk}"
    listed = desk.post(merge, {"survivor": korea.pk}, follow=True).content.decode()
    assert reverse("admin:merges") in listed
    assert "“DPRK” into “North Korea”" in desk.get(reverse("admin:merges")).content.decode()
    undo = reverse("admin:merge_undo", args=[Merge.objects.get().pk])
    assert "Taken back" in desk.post(undo, follow=True).content.decode()
    assert "taken back before" in desk.post(undo, follow=True).content.decode()
    assert type(dprk).objects.filter(pk=dprk.pk).exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_the_same_number_of_questions_however_long_it_is(rows, desk, django_assert_num_queries):
    for n in range(rows):
        make_source(f"Harbour{n} Herald{n}"), make_source(f"The Harbour{n} Herald{n}")
    address = reverse("admin:duplicates", args=["source"])
    desk.get(address)
    with django_assert_num_queries(8):
        page = desk.get(address).content.decode()
    assert page.count("data-row") == min(rows, 25) and ("?page=2" in page) is (rows > 25)
