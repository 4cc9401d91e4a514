"""Let articles go from inbox to review to ready to readers; drafts are what is in the inbox."""

import articles.vocabulary
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Done while the triggers of the history are away: a word is another word, nobody changed an article.
FORWARDS = [
    "UPDATE articles_articleevent SET status = 'inbox' WHERE status = 'draft'",
    "UPDATE articles_article SET status = 'inbox' WHERE status = 'draft'",
    "UPDATE articles_article SET withdrawn_because = 'No reason was given.' WHERE status = 'withdrawn'",
]
BACKWARDS = [
    f"UPDATE {table} SET status = 'draft' WHERE status IN ('inbox', 'in_review', 'ready')"
    for table in ("articles_articleevent", "articles_article")
]


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0017_coders_for_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddField(
            model_name='article',
            name='assignee',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Who sees to it', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assigned_articles', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='article',
            name='due',
            field=models.DateField(blank=True, help_text='When it should be done', null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='nonetheless',
            field=models.TextField(blank=True, db_default='', editable=False, help_text='Why, where something spoke against it', verbose_name='published nonetheless'),
        ),
        migrations.AddField(
            model_name='article',
            name='publish_at',
            field=models.DateTimeField(blank=True, help_text='Shown to readers from then on; until then it is ready and waits', null=True, verbose_name='publish at'),
        ),
        migrations.AddField(
            model_name='article',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='withdrawn_because',
            field=models.TextField(blank=True, db_default='', editable=False, help_text='Readers are told at its address', verbose_name='withdrawn because'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='assignee',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Who sees to it', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='due',
            field=models.DateField(blank=True, help_text='When it should be done', null=True),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='nonetheless',
            field=models.TextField(blank=True, db_default='', editable=False, help_text='Why, where something spoke against it', verbose_name='published nonetheless'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='publish_at',
            field=models.DateTimeField(blank=True, help_text='Shown to readers from then on; until then it is ready and waits', null=True, verbose_name='publish at'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='withdrawn_because',
            field=models.TextField(blank=True, db_default='', editable=False, help_text='Readers are told at its address', verbose_name='withdrawn because'),
        ),
        migrations.AlterField(
            model_name='article',
            name='status',
            field=models.CharField(choices=articles.vocabulary.Publication.choices, default=articles.vocabulary.Publication['INBOX'], max_length=10),
        ),
        migrations.AlterField(
            model_name='articleevent',
            name='status',
            field=models.CharField(choices=articles.vocabulary.Publication.choices, default=articles.vocabulary.Publication['INBOX'], max_length=10),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.F('status'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status__in', [articles.vocabulary.Publication['INBOX'], articles.vocabulary.Publication['IN_REVIEW'], articles.vocabulary.Publication['READY']])), name='article_desk'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('assignee__isnull', False)), fields=['assignee', 'due'], name='article_assigned'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('due__isnull', False)), fields=['due'], name='article_due'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='article_publish_at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due" IS DISTINCT FROM (NEW."due") OR OLD."headings" IS DISTINCT FROM (NEW."headings") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."nonetheless" IS DISTINCT FROM (NEW."nonetheless") OR OLD."publish_at" IS DISTINCT FROM (NEW."publish_at") OR OLD."published" IS DISTINCT FROM (NEW."published") OR OLD."published_not_before" IS DISTINCT FROM (NEW."published_not_before") OR OLD."published_precision" IS DISTINCT FROM (NEW."published_precision") OR OLD."published_provenance" IS DISTINCT FROM (NEW."published_provenance") OR OLD."reader_version" IS DISTINCT FROM (NEW."reader_version") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."truncated" IS DISTINCT FROM (NEW."truncated") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."via_id" IS DISTINCT FROM (NEW."via_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_because" IS DISTINCT FROM (NEW."withdrawn_because") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."work_id" IS DISTINCT FROM (NEW."work_id"))', func='INSERT INTO "articles_articleevent" ("assignee_id", "body", "created_at", "due", "headings", "id", "language", "nonetheless", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published", "published_not_before", "published_precision", "published_provenance", "reader_version", "relation", "slug", "source_id", "status", "title", "truncated", "updated_at", "url", "via_id", "withdrawn_at", "withdrawn_because", "words", "work_id") VALUES (OLD."assignee_id", OLD."body", OLD."created_at", OLD."due", OLD."headings", OLD."id", OLD."language", OLD."nonetheless", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."publish_at", OLD."published", OLD."published_not_before", OLD."published_precision", OLD."published_provenance", OLD."reader_version", OLD."relation", OLD."slug", OLD."source_id", OLD."status", OLD."title", OLD."truncated", OLD."updated_at", OLD."url", OLD."via_id", OLD."withdrawn_at", OLD."withdrawn_because", OLD."words", OLD."work_id"); RETURN NULL;', hash='a61581a9a352012692fdd4d921846560dbd22e41', operation='UPDATE', pgid='pgtrigger_changed_update_cf3db', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_articleevent" ("assignee_id", "body", "created_at", "due", "headings", "id", "language", "nonetheless", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published", "published_not_before", "published_precision", "published_provenance", "reader_version", "relation", "slug", "source_id", "status", "title", "truncated", "updated_at", "url", "via_id", "withdrawn_at", "withdrawn_because", "words", "work_id") VALUES (OLD."assignee_id", OLD."body", OLD."created_at", OLD."due", OLD."headings", OLD."id", OLD."language", OLD."nonetheless", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."publish_at", OLD."published", OLD."published_not_before", OLD."published_precision", OLD."published_provenance", OLD."reader_version", OLD."relation", OLD."slug", OLD."source_id", OLD."status", OLD."title", OLD."truncated", OLD."updated_at", OLD."url", OLD."via_id", OLD."withdrawn_at", OLD."withdrawn_because", OLD."words", OLD."work_id"); RETURN NULL;', hash='dffb6c8aac1dd895f1c6a028115a5de47e66945b', operation='DELETE', pgid='pgtrigger_deleted_delete_dd976', table='articles_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (COALESCE(current_setting('pghistory.context_id', true), '') <> '')", func='INSERT INTO "articles_articleevent" ("assignee_id", "body", "created_at", "due", "headings", "id", "language", "nonetheless", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published", "published_not_before", "published_precision", "published_provenance", "reader_version", "relation", "slug", "source_id", "status", "title", "truncated", "updated_at", "url", "via_id", "withdrawn_at", "withdrawn_because", "words", "work_id") VALUES (NEW."assignee_id", NEW."body", NEW."created_at", NEW."due", NEW."headings", NEW."id", NEW."language", NEW."nonetheless", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."publish_at", NEW."published", NEW."published_not_before", NEW."published_precision", NEW."published_provenance", NEW."reader_version", NEW."relation", NEW."slug", NEW."source_id", NEW."status", NEW."title", NEW."truncated", NEW."updated_at", NEW."url", NEW."via_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."words", NEW."work_id"); RETURN NULL;', hash='c6cbea8e6740ea3e5e8af2683c0cc4a7aea50d11', operation='INSERT', pgid='pgtrigger_added_insert_2eb99', table='articles_article', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('publish_at', None), ('status', articles.vocabulary.Publication['READY']), _connector='OR'), name='article_scheduled_is_ready'),
        ),
    ]
