"""Keep the queue of what waits for review: its orders, what was decided at once, and the record of each rule."""

import articles.vocabulary
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# What editors had decided before their decisions were counted.
FILL = """
    INSERT INTO articles_rulerecord (kind, rule, language, accepted, rejected)
    SELECT '{kind}', s.rule, a.language, count(*) FILTER (WHERE s.status = 'accepted'),
        count(*) FILTER (WHERE s.status = 'rejected')
    FROM {table} s JOIN articles_article a ON a.id = s.article_id
    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested' GROUP BY 2, 3;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0018_flow'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(help_text='The moment that stands with each of the statements, too')),
                ('status', models.CharField(choices=articles.vocabulary.Review.choices, max_length=10)),
                ('asked', models.CharField(blank=True, help_text="The question in the queue's address", max_length=1000)),
                ('claims', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('recommendations', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RuleRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='claim or recommendation', max_length=14)),
                ('rule', models.CharField(max_length=100)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('accepted', models.IntegerField(default=0)),
                ('rejected', models.IntegerField(default=0)),
            ],
            options={
                'default_permissions': ('view',),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='deleted_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='added_insert',
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_to_review',
        ),
        migrations.RemoveIndex(
            model_name='policyrecommendation',
            name='policyrecommendation_to_review',
        ),
        migrations.AddField(
            model_name='article',
            name='reviewed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When an editor had read it', null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='reviewed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When an editor had read it', null=True),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.OrderBy(models.F('confidence'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', articles.vocabulary.Review['SUGGESTED'])), name='claim_wait'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.OrderBy(models.F('dated'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', articles.vocabulary.Review['SUGGESTED'])), name='claim_wait_date'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.F('rule'), models.OrderBy(models.F('confidence'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', articles.vocabulary.Review['SUGGESTED'])), name='claim_wait_rule'),
        ),
        migrations.AddIndex(
            model_name='policyrecommendation',
            index=models.Index(models.OrderBy(models.F('confidence'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', articles.vocabulary.Review['SUGGESTED'])), name='policyrecommendation_wait'),
        ),
        migrations.AddIndex(
            model_name='policyrecommendation',
            index=models.Index(models.OrderBy(models.F('dated'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', articles.vocabulary.Review['SUGGESTED'])), name='policyrecommendation_wait_date'),
        ),
        migrations.AddIndex(
            model_name='policyrecommendation',
            index=models.Index(models.F('rule'), models.OrderBy(models.F('confidence'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', articles.vocabulary.Review['SUGGESTED'])), name='policyrecommendation_wait_rule'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due" IS DISTINCT FROM (NEW."due") OR OLD."headings" IS DISTINCT FROM (NEW."headings") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."nonetheless" IS DISTINCT FROM (NEW."nonetheless") OR OLD."publish_at" IS DISTINCT FROM (NEW."publish_at") OR OLD."published" IS DISTINCT FROM (NEW."published") OR OLD."published_not_before" IS DISTINCT FROM (NEW."published_not_before") OR OLD."published_precision" IS DISTINCT FROM (NEW."published_precision") OR OLD."published_provenance" IS DISTINCT FROM (NEW."published_provenance") OR OLD."reader_version" IS DISTINCT FROM (NEW."reader_version") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."truncated" IS DISTINCT FROM (NEW."truncated") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."via_id" IS DISTINCT FROM (NEW."via_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_because" IS DISTINCT FROM (NEW."withdrawn_because") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."work_id" IS DISTINCT FROM (NEW."work_id"))', func='INSERT INTO "articles_articleevent" ("assignee_id", "body", "created_at", "due", "headings", "id", "language", "nonetheless", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published", "published_not_before", "published_precision", "published_provenance", "reader_version", "relation", "reviewed_at", "reviewed_by_id", "slug", "source_id", "status", "title", "truncated", "updated_at", "url", "via_id", "withdrawn_at", "withdrawn_because", "words", "work_id") VALUES (OLD."assignee_id", OLD."body", OLD."created_at", OLD."due", OLD."headings", OLD."id", OLD."language", OLD."nonetheless", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."publish_at", OLD."published", OLD."published_not_before", OLD."published_precision", OLD."published_provenance", OLD."reader_version", OLD."relation", OLD."reviewed_at", OLD."reviewed_by_id", OLD."slug", OLD."source_id", OLD."status", OLD."title", OLD."truncated", OLD."updated_at", OLD."url", OLD."via_id", OLD."withdrawn_at", OLD."withdrawn_because", OLD."words", OLD."work_id"); RETURN NULL;', hash='360aef2a6b0c21daf26c9b32c4ce8a25178aa5bc', operation='UPDATE', pgid='pgtrigger_changed_update_cf3db', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_articleevent" ("assignee_id", "body", "created_at", "due", "headings", "id", "language", "nonetheless", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published", "published_not_before", "published_precision", "published_provenance", "reader_version", "relation", "reviewed_at", "reviewed_by_id", "slug", "source_id", "status", "title", "truncated", "updated_at", "url", "via_id", "withdrawn_at", "withdrawn_because", "words", "work_id") VALUES (OLD."assignee_id", OLD."body", OLD."created_at", OLD."due", OLD."headings", OLD."id", OLD."language", OLD."nonetheless", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."publish_at", OLD."published", OLD."published_not_before", OLD."published_precision", OLD."published_provenance", OLD."reader_version", OLD."relation", OLD."reviewed_at", OLD."reviewed_by_id", OLD."slug", OLD."source_id", OLD."status", OLD."title", OLD."truncated", OLD."updated_at", OLD."url", OLD."via_id", OLD."withdrawn_at", OLD."withdrawn_because", OLD."words", OLD."work_id"); RETURN NULL;', hash='e647a4a16597746c605db170f634f431a1d5b0ef', operation='DELETE', pgid='pgtrigger_deleted_delete_dd976', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (COALESCE(current_setting('pghistory.context_id', true), '') <> '')", func='INSERT INTO "articles_articleevent" ("assignee_id", "body", "created_at", "due", "headings", "id", "language", "nonetheless", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published", "published_not_before", "published_precision", "published_provenance", "reader_version", "relation", "reviewed_at", "reviewed_by_id", "slug", "source_id", "status", "title", "truncated", "updated_at", "url", "via_id", "withdrawn_at", "withdrawn_because", "words", "work_id") VALUES (NEW."assignee_id", NEW."body", NEW."created_at", NEW."due", NEW."headings", NEW."id", NEW."language", NEW."nonetheless", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."publish_at", NEW."published", NEW."published_not_before", NEW."published_precision", NEW."published_provenance", NEW."reader_version", NEW."relation", NEW."reviewed_at", NEW."reviewed_by_id", NEW."slug", NEW."source_id", NEW."status", NEW."title", NEW."truncated", NEW."updated_at", NEW."url", NEW."via_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."words", NEW."work_id"); RETURN NULL;', hash='bf986a929eeb6f71b44e1a80efbe53ed154f1671', operation='INSERT', pgid='pgtrigger_added_insert_2eb99', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='judge_new', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO articles_rulerecord AS held (kind, rule, language, accepted, rejected)\n    SELECT kind, rule, language, sum(accepted), sum(rejected) FROM (\n    SELECT 'claim' AS kind, s.rule, a.language, 1 * (s.status = 'accepted')::int AS accepted,\n        1 * (s.status = 'rejected')::int AS rejected\n    FROM new_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n) AS changed\n    GROUP BY 1, 2, 3 HAVING sum(accepted) <> 0 OR sum(rejected) <> 0 ORDER BY 1, 2, 3\n    ON CONFLICT (kind, rule, language) DO UPDATE\n        SET accepted = held.accepted + EXCLUDED.accepted, rejected = held.rejected + EXCLUDED.rejected;\n RETURN NULL;", hash='4598395e2a11e2c3254248da3e8d6aab5a4e0ddd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_judge_new_659a4', referencing='REFERENCING NEW TABLE AS new_rows ', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='judge_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO articles_rulerecord AS held (kind, rule, language, accepted, rejected)\n    SELECT kind, rule, language, sum(accepted), sum(rejected) FROM (\n    SELECT 'claim' AS kind, s.rule, a.language, 1 * (s.status = 'accepted')::int AS accepted,\n        1 * (s.status = 'rejected')::int AS rejected\n    FROM new_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n UNION ALL \n    SELECT 'claim' AS kind, s.rule, a.language, -1 * (s.status = 'accepted')::int AS accepted,\n        -1 * (s.status = 'rejected')::int AS rejected\n    FROM old_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n) AS changed\n    GROUP BY 1, 2, 3 HAVING sum(accepted) <> 0 OR sum(rejected) <> 0 ORDER BY 1, 2, 3\n    ON CONFLICT (kind, rule, language) DO UPDATE\n        SET accepted = held.accepted + EXCLUDED.accepted, rejected = held.rejected + EXCLUDED.rejected;\n RETURN NULL;", hash='8e9ec63c30a0e124fb0bbdb3a0ba730ffb3711f0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_judge_changed_d27e5', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='judge_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO articles_rulerecord AS held (kind, rule, language, accepted, rejected)\n    SELECT kind, rule, language, sum(accepted), sum(rejected) FROM (\n    SELECT 'claim' AS kind, s.rule, a.language, -1 * (s.status = 'accepted')::int AS accepted,\n        -1 * (s.status = 'rejected')::int AS rejected\n    FROM old_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n) AS changed\n    GROUP BY 1, 2, 3 HAVING sum(accepted) <> 0 OR sum(rejected) <> 0 ORDER BY 1, 2, 3\n    ON CONFLICT (kind, rule, language) DO UPDATE\n        SET accepted = held.accepted + EXCLUDED.accepted, rejected = held.rejected + EXCLUDED.rejected;\n RETURN NULL;", hash='70ba3bf0769117c87cb8b2a20cf3b439abeef718', level='STATEMENT', operation='DELETE', pgid='pgtrigger_judge_gone_51554', referencing='REFERENCING OLD TABLE AS old_rows ', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='judge_new', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO articles_rulerecord AS held (kind, rule, language, accepted, rejected)\n    SELECT kind, rule, language, sum(accepted), sum(rejected) FROM (\n    SELECT 'recommendation' AS kind, s.rule, a.language, 1 * (s.status = 'accepted')::int AS accepted,\n        1 * (s.status = 'rejected')::int AS rejected\n    FROM new_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n) AS changed\n    GROUP BY 1, 2, 3 HAVING sum(accepted) <> 0 OR sum(rejected) <> 0 ORDER BY 1, 2, 3\n    ON CONFLICT (kind, rule, language) DO UPDATE\n        SET accepted = held.accepted + EXCLUDED.accepted, rejected = held.rejected + EXCLUDED.rejected;\n RETURN NULL;", hash='8b67c7b2da877a1255c9da70c197225f16088074', level='STATEMENT', operation='INSERT', pgid='pgtrigger_judge_new_ac3fa', referencing='REFERENCING NEW TABLE AS new_rows ', table='articles_policyrecommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='judge_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO articles_rulerecord AS held (kind, rule, language, accepted, rejected)\n    SELECT kind, rule, language, sum(accepted), sum(rejected) FROM (\n    SELECT 'recommendation' AS kind, s.rule, a.language, 1 * (s.status = 'accepted')::int AS accepted,\n        1 * (s.status = 'rejected')::int AS rejected\n    FROM new_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n UNION ALL \n    SELECT 'recommendation' AS kind, s.rule, a.language, -1 * (s.status = 'accepted')::int AS accepted,\n        -1 * (s.status = 'rejected')::int AS rejected\n    FROM old_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n) AS changed\n    GROUP BY 1, 2, 3 HAVING sum(accepted) <> 0 OR sum(rejected) <> 0 ORDER BY 1, 2, 3\n    ON CONFLICT (kind, rule, language) DO UPDATE\n        SET accepted = held.accepted + EXCLUDED.accepted, rejected = held.rejected + EXCLUDED.rejected;\n RETURN NULL;", hash='7cd688d14e776c44fe44706fc8233bd29ec21834', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_judge_changed_b9be8', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='articles_policyrecommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='judge_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO articles_rulerecord AS held (kind, rule, language, accepted, rejected)\n    SELECT kind, rule, language, sum(accepted), sum(rejected) FROM (\n    SELECT 'recommendation' AS kind, s.rule, a.language, -1 * (s.status = 'accepted')::int AS accepted,\n        -1 * (s.status = 'rejected')::int AS rejected\n    FROM old_rows s JOIN articles_article a ON a.id = s.article_id\n    WHERE s.origin = 'reader' AND s.rule <> '' AND s.status <> 'suggested'\n) AS changed\n    GROUP BY 1, 2, 3 HAVING sum(accepted) <> 0 OR sum(rejected) <> 0 ORDER BY 1, 2, 3\n    ON CONFLICT (kind, rule, language) DO UPDATE\n        SET accepted = held.accepted + EXCLUDED.accepted, rejected = held.rejected + EXCLUDED.rejected;\n RETURN NULL;", hash='05fc2a07e06248d1926bd620abcd9d583c0da23d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_judge_gone_29847', referencing='REFERENCING OLD TABLE AS old_rows ', table='articles_policyrecommendation', when='AFTER')),
        ),
        migrations.AddField(
            model_name='bulkdecision',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='rulerecord',
            constraint=models.UniqueConstraint(models.F('kind'), models.F('rule'), models.F('language'), name='rule_record_unique'),
        ),
        migrations.AddIndex(
            model_name='bulkdecision',
            index=models.Index(fields=['user', '-at'], name='bulk_decision_latest'),
        ),
        migrations.RunSQL(FILL.format(kind="claim", table="articles_claim"), migrations.RunSQL.noop),
        migrations.RunSQL(
            FILL.format(kind="recommendation", table="articles_policyrecommendation"), migrations.RunSQL.noop
        ),
    ]
