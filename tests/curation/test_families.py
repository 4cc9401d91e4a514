"""Families at the desk: links with their evidence, both texts, and a word that is remembered."""

import pytest
from django.urls import reverse

from articles.importing import families
from articles.models import Kinship
from articles.vocabulary import Review
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db
LIST = reverse("admin:families")
WORDS = "The river has risen for nine days and the towns along its lower course have begun to empty"
QUERIES = 6


def pair(number=0, **values):
    body = " ".join(f"{word}{number}" for word in WORDS.split()) + "."
    one = make_article(body=body, words=19, title="Open the ports", source=make_source())
    other = make_article(body=f"{body} Nobody waits.", words=21, title="Opinion | A headline", **values)
    families.link(other)
    return one, other, Kinship.objects.get(article=other)


def page(link):
    return reverse("admin:family", args=[link.pk])


def decide(desk, link, do, following=""):
    return desk.post(reverse("admin:family_decide", args=[link.pk]), {"do": do, "next": following})


def test_the_list_shows_both_and_why(desk):
    one, other, _ = pair()
    html = desk.get(LIST).content.decode()
    assert str(one) in html and str(other) in html and "Reprint" in html
    assert "100 % of the shorter text" in html and 'data-key="a"' in html
    assert "link between versions" in desk.get(reverse("admin:index")).content.decode()


def test_one_language_is_compared_word_by_word_and_two_side_by_side(desk):
    one, _, link = pair()
    assert "<ins> Nobody waits.</ins>" in desk.get(page(link)).content.decode()
    translated = make_article(language="id", body="Kapal.\n\nPelabuhan.")
    link = Kinship.objects.create(article=translated, other=one, relation="translation", evidence={"numbers": 1.0})
    html = desk.get(page(link)).content.decode()
    assert '<td lang="id" dir="ltr">Pelabuhan.</td>' in html and "100 % of the numbers" in html


def test_a_word_is_remembered_and_taken_back(desk, editor):
    one, other, link = pair()
    decide(desk, link, "reject")
    link.refresh_from_db()
    one.refresh_from_db()
    assert (link.status, link.decided_by, one.work) == (Review.REJECTED, editor, None)
    assert families.link(other) is None
    assert Kinship.objects.get().status == Review.REJECTED
    assert str(one) in desk.get(LIST, {"status": "rejected"}).content.decode()
    decide(desk, link, "reopen")
    decide(desk, link, "accept")
    link.refresh_from_db()
    one.refresh_from_db()
    assert (link.status, one.work_id is None) == (Review.ACCEPTED, False)
    assert link.events.filter(pgh_context__metadata__user=editor.pk).count() == 3


def test_deciding_goes_on_to_the_next(desk):
    first, second = pair(1)[2], pair(2)[2]
    assert decide(desk, second, "accept", "link").url == page(first)
    assert decide(desk, first, "accept", "link").url == LIST
    assert decide(desk, first, "reopen", "https://elsewhere.example/").url == LIST


def test_an_annotator_sees_but_does_not_decide(client, cast):
    link = pair()[2]
    client.force_login(cast["annotator"])
    assert 'value="accept"' not in client.get(page(link)).content.decode()
    assert decide(client, link, "reject").status_code == 403


def test_the_list_asks_as_often_for_ten_as_for_one(desk, django_assert_num_queries):
    pair()
    with django_assert_num_queries(QUERIES):
        desk.get(LIST)
    for number in range(1, 10):
        pair(number)
    with django_assert_num_queries(QUERIES):
        desk.get(LIST)
