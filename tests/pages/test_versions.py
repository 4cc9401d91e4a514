"""Versions of one work beside each other, topics, and texts that may not be shown in full."""

import pytest
from django.utils import timezone

from articles.models import Kinship, Work
from articles.pages.articles import EXCERPT
from tests.factories import make_article, make_claim, make_coding, make_recommendation, make_source, make_topic

pytestmark = pytest.mark.django_db


def versions(work, **values):
    return make_article(work=work, relation="reprint", **values)


def compared(client, one, other):
    return client.get(f"{one.get_absolute_url()}versions/{other.slug}/")


def test_a_rewording_is_marked_word_by_word(client):
    work = Work.objects.create()
    one = make_article(work=work, relation="original", body="Ships sail north.\n\nNobody waits.")
    other = make_article(work=work, relation="rewording", body="Ships sail south.\n\nNobody waits.")
    page = compared(client, one, other).content.decode()
    assert "Ships sail <del>north</del><ins>south</ins>." in page and "Nobody waits." in page
    assert f"{one.get_absolute_url()}versions/{other.slug}/" in client.get(one.get_absolute_url()).content.decode()


def test_a_translation_stands_beside_its_original(client):
    work = Work.objects.create()
    one = make_article(work=work, relation="original", body="Ships sail.\n\nNobody waits.")
    other = make_article(work=work, relation="translation", language="id", body="Kapal berlayar.")
    page = compared(client, one, other).content.decode()
    assert '<td lang="en" dir="ltr">Ships sail.</td><td lang="id" dir="ltr">Kapal berlayar.</td>' in page
    assert '<td lang="en" dir="ltr">Nobody waits.</td><td lang="id" dir="ltr"></td>' in page


def test_what_are_no_versions_of_one_work_is_not_found(client):
    work = Work.objects.create()
    one, draft, alone = versions(work), versions(work, status="inbox"), make_article()
    for other in (draft, alone, one):
        assert compared(client, one, other).status_code == 404
    assert compared(client, alone, alone).status_code == 404


def test_of_a_text_that_may_not_be_shown_readers_see_the_beginning_and_all_statements(client):
    source = make_source("Post", excerpt_only=True)
    body = "Ships sail. " * 100 + "\n\nIndonesia should open its ports to relief ships."
    article = make_article(source=source, body=body, url="https://post.example/a")
    make_recommendation(article)
    page = client.get(article.get_absolute_url()).content.decode()
    shown = page[page.index('<div class="text"') :]
    assert shown.count("Ships sail.") == EXCERPT // 12
    assert "Read it where it appeared" in page and "Indonesia should open its ports" in page
    work = Work.objects.create()
    other = versions(work, body="Ships sail.")
    type(article).objects.filter(pk=article.pk).update(work=work, relation="reprint")
    assert "may not be shown" in compared(client, other, article).content.decode()
    short = make_article(source=source, body="Ships sail.")
    assert "may not be shown" not in client.get(short.get_absolute_url()).content.decode()


def test_a_topic_shows_who_supports_and_who_opposes_it(client):
    trade = make_topic("Trade", description="What **crosses** the border")
    tariffs = make_topic("Tariffs", parent=trade)
    claim, told = make_claim(make_article()), make_recommendation(make_article())
    make_coding(claim, tariffs, "opposes"), make_coding(told, trade)
    make_coding(make_claim(make_article(status="inbox")), trade)
    page = client.get("/topics/trade/").content.decode()
    assert "<strong>crosses</strong>" in page and "/topics/tariffs/" in page
    assert "<b>1</b> supports" in page and "<b>1</b> opposes" in page
    assert claim.exact in page and "/claims/?topic=trade&amp;stance=opposes" not in page  # all of them are shown
    listed = client.get("/topics/").content.decode()
    assert listed.index("/topics/trade/") < listed.index("/topics/tariffs/")
    assert client.get("/topics/nothing/").status_code == 404
    assert "Nothing public is coded" in client.get(make_topic("Empty").get_absolute_url()).content.decode()


def test_reach_counts_places_that_print_the_same_words(client):
    work = Work.objects.create()
    one = make_article(work=work, relation="original", source=make_source())
    make_recommendation(one)
    post = make_source("The Island Post")
    for relation, source, status in [
        ("reprint", post, "published"), ("reprint", post, "published"), ("excerpt", None, "published"),
        ("reprint", make_source(), "inbox"), ("translation", make_source(), "published"),
    ]:  # fmt: skip
        make_article(work=work, relation=relation, source=source, status=status)
    alone = make_article(source=make_source())
    assert "also printed in 2 other places" in client.get(one.get_absolute_url()).content.decode()
    assert "also printed" not in client.get(alone.get_absolute_url()).content.decode()
    assert "also printed in 2 other places" in client.get("/recommendations/").content.decode()
    assert client.get("/articles/").content.decode().count("also printed in 2 other places") == 4


def test_a_family_that_no_editor_has_seen_says_so(client):
    unseen = 'original <span class="todo">not yet reviewed</span>'
    work = Work.objects.create()
    one, other = make_article(work=work, relation="original"), make_article(work=work, relation="reprint")
    assert unseen not in client.get(one.get_absolute_url()).content.decode()
    Kinship.objects.create(article=other, other=one, relation="reprint")
    assert unseen in client.get(one.get_absolute_url()).content.decode()
    Kinship.objects.update(status="accepted", decided_at=timezone.now())
    assert unseen not in client.get(one.get_absolute_url()).content.decode()
