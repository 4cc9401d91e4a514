"""Give the many-to-many tables of statements what lists ask of them, and make the cards and tallies of what is held."""

from django.db import migrations

# table, what it links to, its column, the name of its indexes and triggers, what it is counted under
LINKS = (
    ("articles_claim_actors", "articles_claim", "claim_id", "claim_actor", "about"),
    (
        "articles_policyrecommendation_addressees", "articles_policyrecommendation", "policyrecommendation_id",
        "addressee", "told",
    ),
    (
        "articles_policyrecommendation_targets", "articles_policyrecommendation", "policyrecommendation_id",
        "target", "",
    ),
)  # fmt: skip

ADD = """
    ALTER TABLE {table}
        ADD standing varchar(10) NOT NULL DEFAULT '',
        ADD dated date NOT NULL DEFAULT '0001-01-01',
        ADD article_id bigint NOT NULL DEFAULT 0,
        ADD start integer NOT NULL DEFAULT 0;
    CREATE FUNCTION {name}_follows_statement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        SELECT s.standing, s.dated, s.article_id, s.start
        INTO NEW.standing, NEW.dated, NEW.article_id, NEW.start FROM {owner} s WHERE s.id = NEW.{column};
        RETURN NEW;
    END $$;
    CREATE TRIGGER follow_statement BEFORE INSERT OR UPDATE OF {column} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}_follows_statement();
"""
FILL = """
    UPDATE {table} SET {column} = {column};
    CREATE INDEX {name}_dated ON {table} (actor_id, dated DESC, article_id DESC, start) WHERE standing <> '';
    CREATE INDEX {name}_standing ON {table} (actor_id, standing, dated DESC, article_id DESC, start)
        WHERE standing <> '';
"""
UNFILL = "DROP INDEX {name}_dated; DROP INDEX {name}_standing;"
STATEMENTS = """
    UPDATE articles_claim SET voice = voice;
    UPDATE articles_policyrecommendation SET voice = voice;
    SET CONSTRAINTS ALL IMMEDIATE;
"""
REMOVE = """
    DROP TRIGGER follow_statement ON {table};
    DROP FUNCTION {name}_follows_statement();
    ALTER TABLE {table} DROP standing, DROP dated, DROP article_id, DROP start;
"""

# Public rows are counted by actor, those that an editor accepted once more.
COUNT = """
    CREATE FUNCTION {name}_{event}_counted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO articles_tally AS held (actor, dimension, value, n)
        SELECT 0, '{counted}' || k.review, c.actor_id::text, sum(c.n) FROM ({changes}) c
        CROSS JOIN LATERAL (SELECT '' AS review UNION ALL SELECT ' reviewed' WHERE c.standing = 'accepted') k
        WHERE c.standing <> '' GROUP BY 1, 2, 3 HAVING sum(c.n) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (actor, dimension, value) DO UPDATE SET n = held.n + EXCLUDED.n;
        RETURN NULL;
    END $$;
    CREATE TRIGGER count_{event} AFTER {event} ON {table} REFERENCING {seen}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}_{event}_counted();
"""
UNCOUNT = "DROP TRIGGER count_{event} ON {table}; DROP FUNCTION {name}_{event}_counted();"
CAME = "SELECT actor_id, standing, 1 AS n FROM new_rows"
WENT = "SELECT actor_id, standing, -1 AS n FROM old_rows"
EVENTS = (
    ("insert", CAME, "NEW TABLE AS new_rows"),
    ("update", f"{CAME} UNION ALL {WENT}", "NEW TABLE AS new_rows OLD TABLE AS old_rows"),
    ("delete", WENT, "OLD TABLE AS old_rows"),
)


def operations() -> list[migrations.RunSQL]:
    """Return the changes in their order: new columns, counting, statements that fill both, links, indexes."""
    known = [
        {"table": table, "owner": owner, "column": column, "name": name, "counted": counted}
        for table, owner, column, name, counted in LINKS
    ]
    told = [
        {**one, "event": event, "changes": changes, "seen": seen}
        for one in known
        for event, changes, seen in EVENTS
        if one["counted"]
    ]
    return [
        *(migrations.RunSQL(ADD.format(**one), REMOVE.format(**one)) for one in known),
        *(migrations.RunSQL(COUNT.format(**one), UNCOUNT.format(**one)) for one in told),
        migrations.RunSQL(STATEMENTS, migrations.RunSQL.noop),
        *(migrations.RunSQL(FILL.format(**one), UNFILL.format(**one)) for one in known),
    ]


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_cards")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE articles_card SET (toast_tuple_target = 256);
            ALTER TABLE articles_card ALTER actor_ids SET STORAGE MAIN, ALTER author_ids SET STORAGE MAIN,
                ALTER search SET STORAGE EXTERNAL;
            """,
            migrations.RunSQL.noop,
        ),
        *operations(),
        migrations.RunSQL(
            """
            INSERT INTO articles_card (article_id, status, dated, source_id, via_id, language, actor_ids, author_ids, search)
            SELECT a.id, a.status, coalesce(a.dated, '0001-01-01'), a.source_id, a.via_id, a.language,
            ARRAY(SELECT l.actor_id FROM articles_articleactor l WHERE l.article_id = a.id ORDER BY l.actor_id),
            ARRAY(SELECT DISTINCT b.author_id FROM articles_byline b WHERE b.article_id = a.id ORDER BY b.author_id),
            setweight(to_tsvector((CASE a.language WHEN 'ar' THEN 'arabic' WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian' WHEN 'nl' THEN 'dutch' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish' ELSE 'simple' END)::regconfig, a.title), 'A') || setweight(to_tsvector((CASE a.language WHEN 'ar' THEN 'arabic' WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian' WHEN 'nl' THEN 'dutch' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish' ELSE 'simple' END)::regconfig, a.body), 'B')
            FROM articles_article a;
            """,  # noqa: E501
            "DELETE FROM articles_card; DELETE FROM articles_tally;",
        ),
    ]
