
import articles.vocabulary
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_words_and_people'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Annotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.TextField(blank=True, help_text='The words before it')),
                ('suffix', models.TextField(blank=True, help_text='The words after it')),
                ('verdict', models.CharField(choices=articles.vocabulary.Verdict.choices, default=articles.vocabulary.Verdict['EXACT'], help_text='How the passage was found in the present text', max_length=10, verbose_name='anchor')),
                ('text', models.TextField(help_text="Markdown; @name calls an editor's attention to it", max_length=10000, verbose_name='note')),
                ('visibility', models.CharField(choices=articles.vocabulary.Visibility.choices, default=articles.vocabulary.Visibility['TEAM'], max_length=7)),
                ('resolved_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('exact', models.TextField(blank=True, verbose_name='quote')),
                ('start', models.PositiveIntegerField(blank=True, help_text='Characters of the body', null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('text', 'exact', config='simple'), '||', django.contrib.postgres.search.SearchVector('text', 'exact', config='english'), django.contrib.postgres.search.SearchConfig('simple')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='annotations', to='articles.article')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annotations', to=settings.AUTH_USER_MODEL)),
                ('mentioned', models.ManyToManyField(blank=True, editable=False, related_name='annotations_awaiting', to=settings.AUTH_USER_MODEL)),
                ('reply_to', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='articles.annotation')),
                ('resolved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AnnotationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('prefix', models.TextField(blank=True, help_text='The words before it')),
                ('suffix', models.TextField(blank=True, help_text='The words after it')),
                ('verdict', models.CharField(choices=articles.vocabulary.Verdict.choices, default=articles.vocabulary.Verdict['EXACT'], help_text='How the passage was found in the present text', max_length=10, verbose_name='anchor')),
                ('text', models.TextField(help_text="Markdown; @name calls an editor's attention to it", max_length=10000, verbose_name='note')),
                ('visibility', models.CharField(choices=articles.vocabulary.Visibility.choices, default=articles.vocabulary.Visibility['TEAM'], max_length=7)),
                ('resolved_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('exact', models.TextField(blank=True, verbose_name='quote')),
                ('start', models.PositiveIntegerField(blank=True, help_text='Characters of the body', null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('article', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.article')),
                ('author', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.annotation')),
                ('reply_to', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.annotation')),
                ('resolved_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='annotation',
            index=models.Index(fields=['article', 'start'], name='annotation_in_order'),
        ),
        migrations.AddIndex(
            model_name='annotation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='annotation_search'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='annotation_says_something'),
        ),
        migrations.AddConstraint(
            model_name='annotation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('exact', ''), ('start', None)), models.Q(('end__gt', models.F('start')), ('start__isnull', False), models.Q(('exact', ''), _negated=True)), _connector='OR'), name='annotation_has_a_whole_anchor_or_none'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annotation',
            trigger=pgtrigger.compiler.Trigger(name='quote_stands_where_anchored', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."start" IS NOT NULL)', func='\n    IF NEW.verdict NOT IN (\'lost\', \'ambiguous\') AND NEW.exact IS DISTINCT FROM (\n        SELECT substr(body, NEW.start + 1, NEW."end" - NEW.start) FROM articles_article WHERE id = NEW.article_id\n    ) THEN\n        RAISE EXCEPTION \'the quote does not stand at characters % to % of article %\',\n            NEW.start, NEW."end", NEW.article_id\n        USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NEW;\n', hash='9cd15577e933159b49641c725870ead10215ab6d', operation='INSERT OR UPDATE OF "exact", "start", "end", "verdict", "article_id"', pgid='pgtrigger_quote_stands_where_anchored_1a8d1', table='articles_annotation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annotation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."edited_at" IS DISTINCT FROM (NEW."edited_at") OR OLD."end" IS DISTINCT FROM (NEW."end") OR OLD."exact" IS DISTINCT FROM (NEW."exact") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."prefix" IS DISTINCT FROM (NEW."prefix") OR OLD."reply_to_id" IS DISTINCT FROM (NEW."reply_to_id") OR OLD."resolved_at" IS DISTINCT FROM (NEW."resolved_at") OR OLD."resolved_by_id" IS DISTINCT FROM (NEW."resolved_by_id") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."suffix" IS DISTINCT FROM (NEW."suffix") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "articles_annotationevent" ("article_id", "author_id", "created_at", "edited_at", "end", "exact", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "reply_to_id", "resolved_at", "resolved_by_id", "start", "suffix", "text", "verdict", "visibility") VALUES (OLD."article_id", OLD."author_id", OLD."created_at", OLD."edited_at", OLD."end", OLD."exact", OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."prefix", OLD."reply_to_id", OLD."resolved_at", OLD."resolved_by_id", OLD."start", OLD."suffix", OLD."text", OLD."verdict", OLD."visibility"); RETURN NULL;', hash='e634fa551ad9c541388a3e47e04b98d04868bd22', operation='UPDATE', pgid='pgtrigger_changed_update_c7d3f', table='articles_annotation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annotation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_annotationevent" ("article_id", "author_id", "created_at", "edited_at", "end", "exact", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "reply_to_id", "resolved_at", "resolved_by_id", "start", "suffix", "text", "verdict", "visibility") VALUES (OLD."article_id", OLD."author_id", OLD."created_at", OLD."edited_at", OLD."end", OLD."exact", OLD."id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."prefix", OLD."reply_to_id", OLD."resolved_at", OLD."resolved_by_id", OLD."start", OLD."suffix", OLD."text", OLD."verdict", OLD."visibility"); RETURN NULL;', hash='7e3949de47e7ff419270231824f7d934efe42d96', operation='DELETE', pgid='pgtrigger_deleted_delete_63e6a', table='articles_annotation', when='AFTER')),
        ),
    ]
