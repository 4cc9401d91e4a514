"""Held data go along when drafts become what is in the inbox, and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.models import ArticleActor, Card
from tests.factories import make_actor, make_article

BEFORE, AFTER = ("articles", "0017_coders_for_groups"), ("articles", "0018_flow")


def statuses():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.status, c.status, l.status FROM articles_article a JOIN articles_card c ON c.article_id = a.id "
            "JOIN articles_articleactor l ON l.article_id = a.id ORDER BY a.id"
        )
        return [set(row) for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_there_and_back():
    actor = make_actor()
    for status in ("inbox", "in_review", "ready", "published", "withdrawn"):
        make_article(status=status, actors=[actor])
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("articles")
    try:
        MigrationExecutor(connection).migrate([BEFORE])
        assert statuses() == [{"draft"}, {"draft"}, {"draft"}, {"published"}, {"withdrawn"}]
        MigrationExecutor(connection).migrate([AFTER])
        assert statuses() == [{"inbox"}, {"inbox"}, {"inbox"}, {"published"}, {"withdrawn"}]
    finally:
        MigrationExecutor(connection).migrate(newest)
    assert Card.objects.published().count() == ArticleActor.objects.filter(status="published").count() == 1
