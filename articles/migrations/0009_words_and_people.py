"""Ask equal queries of several languages once, and find words and people together in one index."""

import django.contrib.postgres.indexes
from django.db import migrations

ANY_TSQUERY = """
    CREATE FUNCTION any_tsquery(configs text[], wanted text, unwanted text[]) RETURNS tsquery
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH asked AS (
        SELECT string_agg(DISTINCT '(' || query::text || ')', ' | ')::tsquery AS query
        FROM unnest(configs) config, websearch_to_tsquery(config::regconfig, wanted) query WHERE numnode(query) > 0
    ), refused AS (
        SELECT string_agg(DISTINCT '!(' || query::text || ')', ' & ')::tsquery AS query
        FROM unnest(configs) config, unnest(unwanted) term, websearch_to_tsquery(config::regconfig, term) query
        WHERE numnode(query) > 0
    )
    SELECT coalesce(asked.query && refused.query, asked.query, refused.query, ''::tsquery) FROM asked, refused
    $$
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_fill_cards")]

    operations = [
        migrations.RunSQL(ANY_TSQUERY, "DROP FUNCTION any_tsquery"),
        migrations.AddIndex(
            "card",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search", "actor_ids", "author_ids"], name="card_words_and_people"
            ),
        ),
        migrations.RemoveIndex("card", "card_actors"),
        migrations.RemoveIndex("card", "card_authors"),
        migrations.RemoveIndex("card", "card_search"),
    ]
