"""Count statements once a work; which of them repeat others, a function says (see `models.once`)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Of one table of statements; {kind} is what beside actors makes two alike.
SAID_BEFORE = """
    WITH seen AS MATERIALIZED (
        SELECT s.id, a.work_id AS work, a.id AS article, s.start,
            a.relation IN ('rewording', 'translation') AS otherwise,
            ROW(s.status <> 'accepted', a.relation <> 'original',
                coalesce(a.dated, 'infinity'), a.id) AS place,
            lower(regexp_replace(s.exact, '[^[:alnum:]]+', ' ', 'g')) AS words,
            s.{kind}::text || ARRAY(
                SELECT l.actor_id FROM {links} l WHERE l.{column} = s.id ORDER BY 1
            )::text AS said
        FROM {table} s JOIN articles_article a ON a.id = s.article_id
        WHERE a.work_id = ANY (works) AND a.status = 'published' AND s.status <> 'rejected'
            AND NOT (s.status = 'suggested' AND s.voice = 'rebutted')
    ), in_words AS MATERIALIZED (
        SELECT s.id FROM seen s WHERE EXISTS (
            SELECT 1 FROM seen t
            WHERE t.work = s.work AND t.words = s.words AND t.article <> s.article AND t.place < s.place
        )
    ), left_over AS MATERIALIZED (
        SELECT s.*, row_number() OVER (PARTITION BY s.article, s.said ORDER BY s.place, s.start, s.id) AS nth
        FROM seen s WHERE NOT EXISTS (SELECT 1 FROM in_words i WHERE i.id = s.id)
    ), repeated AS (
        SELECT id FROM in_words UNION ALL
        SELECT s.id FROM left_over s WHERE EXISTS (
            SELECT 1 FROM left_over t
            WHERE t.work = s.work AND t.said = s.said AND t.nth = s.nth AND t.article <> s.article
                AND (t.otherwise OR s.otherwise) AND t.place < s.place
        )
    )
    UPDATE {table} s SET repeated = NOT s.repeated
    FROM articles_article a
    WHERE a.id = s.article_id AND a.work_id = ANY (works)
        AND s.repeated <> EXISTS (SELECT 1 FROM repeated r WHERE r.id = s.id);
"""
CLAIMS = SAID_BEFORE.format(kind="kind", table="articles_claim", links="articles_claim_actors", column="claim_id")
RECOMMENDATIONS = SAID_BEFORE.format(
    kind="negated",
    table="articles_policyrecommendation",
    links="articles_policyrecommendation_addressees",
    column="policyrecommendation_id",
)
FUNCTION = f"""
CREATE FUNCTION articles_count_once(works bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF works IS NULL OR works = '{{}}' THEN RETURN; END IF;
    {CLAIMS}
    {RECOMMENDATIONS}
END $$
"""

LINKED = """
    CREATE TRIGGER count_once_new AFTER INSERT ON {table} REFERENCING NEW TABLE AS rows
        FOR EACH STATEMENT EXECUTE FUNCTION articles_count_once_linked();
    CREATE TRIGGER count_once_gone AFTER DELETE ON {table} REFERENCING OLD TABLE AS rows
        FOR EACH STATEMENT EXECUTE FUNCTION articles_count_once_linked();
    CREATE TRIGGER count_once_moved AFTER UPDATE ON {table} REFERENCING NEW TABLE AS rows OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION articles_count_once_moved();
"""
OF_LINKS = """
    CREATE FUNCTION articles_count_once_linked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM articles_count_once((
            SELECT array_agg(DISTINCT a.work_id) FROM articles_article a
            WHERE a.work_id IS NOT NULL AND a.id IN (SELECT article_id FROM rows)
        ));
        RETURN NULL;
    END $$;
    CREATE FUNCTION articles_count_once_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM articles_count_once((
            SELECT array_agg(DISTINCT a.work_id) FROM articles_article a WHERE a.work_id IS NOT NULL AND a.id IN (
                SELECT r.article_id FROM rows r JOIN old_rows o USING (id) WHERE r.actor_id <> o.actor_id
            )
        ));
        RETURN NULL;
    END $$;
"""
TABLES = ("articles_claim_actors", "articles_policyrecommendation_addressees")
LINK = OF_LINKS + "".join(LINKED.format(table=table) for table in TABLES)
GONE = "".join(f"DROP TRIGGER count_once_{name} ON {{table}};" for name in ("new", "gone", "moved"))
UNLINK = "".join(GONE.format(table=table) for table in TABLES) + "".join(
    f"DROP FUNCTION articles_count_once_{name}();" for name in ("linked", "moved")
)
HELD = "SELECT articles_count_once(array_agg(id)) FROM articles_work"


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0035_feeds_for_groups'),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION articles_count_once"),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='follow_article',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='policyrecommendation',
            name='follow_article',
        ),
        migrations.AddField(
            model_name='claim',
            name='repeated',
            field=models.BooleanField(db_default=False, default=False, editable=False, help_text='An earlier version of its work says it, too'),
        ),
        migrations.AddField(
            model_name='policyrecommendation',
            name='repeated',
            field=models.BooleanField(db_default=False, default=False, editable=False, help_text='An earlier version of its work says it, too'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='standing',
            field=models.CharField(blank=True, editable=False, help_text='Its status where it is listed and counted; else empty', max_length=10),
        ),
        migrations.AlterField(
            model_name='policyrecommendation',
            name='standing',
            field=models.CharField(blank=True, editable=False, help_text='Its status where it is listed and counted; else empty', max_length=10),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='once_in_a_work', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published" IS DISTINCT FROM (NEW."published") OR OLD."published_not_before" IS DISTINCT FROM (NEW."published_not_before") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."work_id" IS DISTINCT FROM (NEW."work_id"))', func='\n        PERFORM articles_count_once(array_remove(ARRAY[OLD.work_id, NEW.work_id], NULL));\n        IF OLD.work_id IS NOT NULL AND NEW.work_id IS NULL THEN\n            UPDATE articles_claim SET repeated = false WHERE article_id = NEW.id AND repeated;\n            UPDATE articles_policyrecommendation SET repeated = false WHERE article_id = NEW.id AND repeated;\n        END IF;\n        RETURN NULL;\n    ', hash='d06cab69ccccc60636e53b9121b5068dd99dc51f', operation='UPDATE OF "work_id", "relation", "status", "published", "published_not_before"', pgid='pgtrigger_once_in_a_work_8236e', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='follow_article', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    SELECT coalesce(a.dated, '0001-01-01'), CASE\n        WHEN a.status = 'published' AND NEW.status <> 'rejected'\n            AND NOT (NEW.status = 'suggested' AND NEW.voice = 'rebutted') AND NOT NEW.repeated\n        THEN NEW.status ELSE '' END\n    INTO NEW.dated, NEW.standing FROM articles_article a WHERE a.id = NEW.article_id;\n    RETURN NEW;\n", hash='a4691badc49f50ade79f9143049e06e5f083ffd6', operation='INSERT OR UPDATE OF "article_id", "status", "voice", "repeated"', pgid='pgtrigger_follow_article_f7d3a', table='articles_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='once_new', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM articles_count_once((\n        SELECT array_agg(DISTINCT a.work_id) FROM articles_article a\n        WHERE a.work_id IS NOT NULL AND a.id IN (SELECT article_id FROM new_rows)\n    ));\n    RETURN NULL;\n', hash='ae958866e07463160f7348117e8e875dbae033e7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_once_new_5d8b4', referencing='REFERENCING NEW TABLE AS new_rows ', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='once_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM articles_count_once((\n        SELECT array_agg(DISTINCT a.work_id) FROM articles_article a\n        WHERE a.work_id IS NOT NULL AND a.id IN (SELECT article_id FROM old_rows)\n    ));\n    RETURN NULL;\n', hash='171157ef02be7fb3bc2b6e7b5d71b4611407bcc1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_once_gone_6a1cc', referencing='REFERENCING OLD TABLE AS old_rows ', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='once_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM articles_count_once((\n        SELECT array_agg(DISTINCT a.work_id) FROM articles_article a\n        WHERE a.work_id IS NOT NULL AND a.id IN (\n        SELECT unnest(ARRAY[o.article_id, n.article_id]) FROM old_rows o JOIN new_rows n USING (id)\n        WHERE (o.status, o.voice, o.article_id, o.exact, o.kind) IS DISTINCT FROM (n.status, n.voice, n.article_id, n.exact, n.kind)\n    )\n    ));\n    RETURN NULL;\n', hash='0f1906659450c4e4212382e6439377f3854c9984', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_once_changed_a2bb9', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='follow_article', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    SELECT coalesce(a.dated, '0001-01-01'), CASE\n        WHEN a.status = 'published' AND NEW.status <> 'rejected'\n            AND NOT (NEW.status = 'suggested' AND NEW.voice = 'rebutted') AND NOT NEW.repeated\n        THEN NEW.status ELSE '' END\n    INTO NEW.dated, NEW.standing FROM articles_article a WHERE a.id = NEW.article_id;\n    RETURN NEW;\n", hash='807e07c37714f60a096cc9a347340d8ebbd070f3', operation='INSERT OR UPDATE OF "article_id", "status", "voice", "repeated"', pgid='pgtrigger_follow_article_b874a', table='articles_policyrecommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='once_new', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM articles_count_once((\n        SELECT array_agg(DISTINCT a.work_id) FROM articles_article a\n        WHERE a.work_id IS NOT NULL AND a.id IN (SELECT article_id FROM new_rows)\n    ));\n    RETURN NULL;\n', hash='ad4d9f452290bafcf570b734d9cfed18f9074689', level='STATEMENT', operation='INSERT', pgid='pgtrigger_once_new_0ff28', referencing='REFERENCING NEW TABLE AS new_rows ', table='articles_policyrecommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='once_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM articles_count_once((\n        SELECT array_agg(DISTINCT a.work_id) FROM articles_article a\n        WHERE a.work_id IS NOT NULL AND a.id IN (SELECT article_id FROM old_rows)\n    ));\n    RETURN NULL;\n', hash='de993ff6fe32937e6e1ecc614a5e5a3370f0e83a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_once_gone_64eaf', referencing='REFERENCING OLD TABLE AS old_rows ', table='articles_policyrecommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='once_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM articles_count_once((\n        SELECT array_agg(DISTINCT a.work_id) FROM articles_article a\n        WHERE a.work_id IS NOT NULL AND a.id IN (\n        SELECT unnest(ARRAY[o.article_id, n.article_id]) FROM old_rows o JOIN new_rows n USING (id)\n        WHERE (o.status, o.voice, o.article_id, o.exact, o.negated) IS DISTINCT FROM (n.status, n.voice, n.article_id, n.exact, n.negated)\n    )\n    ));\n    RETURN NULL;\n', hash='cedcf3b2df0287844d0b0c2cad46f52e1e9a8f63', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_once_changed_550f3', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='articles_policyrecommendation', when='AFTER')),
        ),
        migrations.RunSQL(LINK, UNLINK),
        migrations.RunSQL(HELD, migrations.RunSQL.noop),
    ]
