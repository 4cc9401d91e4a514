"""Articles by their sources' names, within each the newest first: of more than are counted, the latest."""

from dataclasses import replace
from typing import Any

from django.db import connections

from articles.catalogue import limits
from articles.catalogue.answers import Found, Turn

SORTED = """
    SELECT c.article_id FROM articles_card c LEFT JOIN articles_source s ON s.id = c.source_id
    WHERE c.article_id = ANY(%s) ORDER BY s.sort_key NULLS LAST, s.id, c.dated DESC, c.article_id DESC
    LIMIT %s OFFSET %s
"""


def by_source(newest: Found, cards: Any, turn: Turn) -> Found:
    """Return a page, by its number, of what was found newest first; the next page is there if this one is full."""
    start = (turn.number - 1) * turn.size
    with connections[cards.db].cursor() as cursor:
        cursor.execute(SORTED, [newest.ids, turn.size, start])
        ids = [row[0] for row in cursor]
    more = start + turn.size < len(newest.ids)
    return replace(
        newest, ids=ids, next=None, previous=None, ranked=limits.COUNTED if newest.next else 0,
        numbers=(turn.number - 1, turn.number + 1 if more else 0),
    )  # fmt: skip
