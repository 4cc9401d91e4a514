"""The history page: who changed what, and from what to what."""

import pytest
from django.urls import reverse

from articles.curation import decisions
from articles.curation.admin.history import LONG, entries, excerpts
from articles.models import Article, Byline, Claim
from articles.vocabulary import Publication
from tests.factories import make_article, make_author, make_claim, make_source

pytestmark = pytest.mark.django_db


def told(row, belonging=()):
    return [(c.name, c.before, c.after) for entry in entries(row, belonging) for c in entry.changes]


def test_values_before_and_after_each_change(editor):
    article = make_article(title="First", status=Publication.DRAFT)
    for title in ("Second", "Third"):
        article.title = title
        article.save()
    decisions.publish(Article.objects.all(), editor)
    assert told(article) == [
        ("status", "draft", "published"),
        ("title", "Second", "Third"),
        ("title", "First", "Second"),
    ]
    assert [entry.who for entry in entries(article)] == [editor.username, "the system", "the system"]


def test_keys_are_named_also_of_rows_that_are_gone(editor):
    survivor, loser = make_source("The Jakarta Post"), make_source("Jakarta Post")
    article = make_article(source=loser)
    decisions.merge_sources(survivor, [loser], editor)
    assert told(article) == [("source", "Jakarta Post", "The Jakarta Post")]


def test_statements_and_bylines_of_an_article_too(editor):
    article = make_article(authors=[make_author("Ayu")])
    claim = make_claim(article)
    decisions.accept(claim, editor)
    article.bylines.get().delete()
    claim.delete()
    found = entries(article, [(Byline, "article"), (Claim, "article")])
    assert {text for entry in found for text in entry.deleted} == {"byline “Ayu”", f"claim “{claim.exact}”"}


def test_what_follows_from_other_changes_is_not_told():
    article = make_article()
    Article.objects.get(pk=article.pk).save()  # only its time of change
    assert entries(article) == []


def test_long_texts_are_cut_to_where_they_differ():
    before = "a" * LONG + " one " + "b" * LONG
    first, second = excerpts(before, before.replace("one", "two"))
    assert len(first) < LONG
    assert ("one" in first, "two" in second) == (True, True)


def test_the_page_of_an_article_that_changed_in_the_admin(desk, editor, django_assert_max_num_queries):
    author = make_author("Ayu Author")
    values = {"name": "Ayu A. Author", "aliases": "", "slug": author.slug, "orcid": "", "wikidata": ""}
    desk.post(reverse("admin:articles_author_change", args=[author.pk]), values)
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("admin:articles_author_history", args=[author.pk])).content.decode()
    assert f'<span class="who">{editor.username}</span>' in page
    assert "<del>Ayu Author</del>" in page
    assert "<ins>Ayu A. Author</ins>" in page
    assert page.count('class="entry"') == 1  # the admin's note stands beside the change


def test_a_history_of_nothing_and_of_no_row(desk):
    author = make_author()
    assert b"Nothing has changed" in desk.get(reverse("admin:articles_author_history", args=[author.pk])).content
    assert desk.get(reverse("admin:articles_author_history", args=[0])).status_code == 302


def test_many_changes_ask_no_more_questions(desk, django_assert_num_queries):
    article = make_article(authors=[make_author()])
    address = reverse("admin:articles_article_history", args=[article.pk])
    for n in (2, 20):
        for number in range(n):
            article.title = f"{n} {number}"
            article.source = make_source()
            article.save()
        desk.get(address)  # what is asked once in a process is asked here
        with django_assert_num_queries(12):
            desk.get(address)
