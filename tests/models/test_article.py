"""Articles: visibility, dates, words."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from articles.models import Article, ArticleActor, Card
from articles.vocabulary import Publication
from tests.factories import make_actor, make_article, make_editor

pytestmark = pytest.mark.django_db


def test_readers_see_published_articles_and_editors_all():
    for status in Publication:
        make_article(status=status)
    assert [a.status for a in Article.objects.visible_to(AnonymousUser())] == ["published"]
    assert Article.objects.visible_to(make_editor("editor")).count() == len(Publication)
    assert Article.objects.visible_to(make_editor("")).count() == 1


def test_a_date_must_say_how_much_of_it_is_known_and_whence():
    with pytest.raises(IntegrityError, match="article_date_says_precision_and_provenance"):
        make_article(published_precision="")


def test_an_undated_article_stands_at_the_date_before_which_it_was_not_written():
    newer = make_article(published=None, published_not_before=date(2025, 10, 1))
    older, undated = make_article(), make_article(published=None)
    assert list(Article.objects.newest_first()) == [newer, older, undated]


def test_an_actors_rows_follow_the_articles_date_and_status():
    article = make_article(actors=[make_actor()])
    Article.objects.filter(pk=article.pk).update(published=date(2020, 2, 2))
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(status=Publication.WITHDRAWN)
    row = ArticleActor.objects.get(article=article)
    assert (row.dated, row.status) == (date(2020, 2, 2), "withdrawn")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("port", True),
        ('"relief ships"', True),
        ('"ships relief"', False),
        ("grain -harbour", False),
        ("oil OR grain", True),
    ],
)
def test_words_are_searched_in_the_articles_language(words, found):
    make_article()
    assert Card.objects.matching(words, ["en"]).exists() is found


def test_a_minus_word_excludes_whatever_other_languages_are_held():
    make_article()
    make_article(language="id", body="Pelabuhan kosong.")
    assert not Card.objects.matching("grain -harbours", ["en", "id", "xx"]).exists()


def test_an_article_without_a_title_is_named_by_its_opening():
    article = make_article(title="", body="word " * 60)
    assert str(article).endswith("word…”")
    assert len(article.opening_words) <= 121
