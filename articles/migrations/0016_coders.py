import articles.vocabulary
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0015_codebook_for_groups'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodedPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exact', models.TextField(verbose_name='quote')),
                ('prefix', models.TextField(blank=True, help_text='The words before it')),
                ('suffix', models.TextField(blank=True, help_text='The words after it')),
                ('start', models.PositiveIntegerField(help_text='Characters of the body')),
                ('end', models.PositiveIntegerField()),
                ('verdict', models.CharField(choices=articles.vocabulary.Verdict.choices, default=articles.vocabulary.Verdict['EXACT'], help_text='How the passage was found in the present text', max_length=10, verbose_name='anchor')),
                ('kind', models.CharField(choices=articles.vocabulary.Kind.choices, default=articles.vocabulary.Kind['RECOMMENDATION'], max_length=14)),
                ('claim_kind', models.CharField(blank=True, choices=articles.vocabulary.ClaimKind.choices, max_length=12, verbose_name='kind of claim')),
                ('modality', models.CharField(blank=True, choices=articles.vocabulary.Modality.choices, max_length=6)),
                ('action', models.TextField(blank=True, help_text='What they are told to do; left empty, the quote')),
                ('stance', models.CharField(blank=True, choices=articles.vocabulary.Stance.choices, max_length=8)),
                ('outcome', models.CharField(blank=True, choices=[(articles.vocabulary.Review['ACCEPTED'], 'accepted'), (articles.vocabulary.Review['REJECTED'], 'rejected')], editable=False, max_length=10)),
                ('addressee', models.ForeignKey(blank=True, help_text='Who is told to act', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coded_passages', to='articles.actor')),
                ('article', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='coded_passages', to='articles.article')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coded_passages', to='articles.topic')),
            ],
            options={
                'ordering': ['start', 'end', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Coder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coders', to='articles.article')),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coding_of', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'permissions': [('adjudicate_coder', 'Can assign two coders and decide between them')],
            },
        ),
        migrations.CreateModel(
            name='CodedPassageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('exact', models.TextField(verbose_name='quote')),
                ('prefix', models.TextField(blank=True, help_text='The words before it')),
                ('suffix', models.TextField(blank=True, help_text='The words after it')),
                ('start', models.PositiveIntegerField(help_text='Characters of the body')),
                ('end', models.PositiveIntegerField()),
                ('verdict', models.CharField(choices=articles.vocabulary.Verdict.choices, default=articles.vocabulary.Verdict['EXACT'], help_text='How the passage was found in the present text', max_length=10, verbose_name='anchor')),
                ('kind', models.CharField(choices=articles.vocabulary.Kind.choices, default=articles.vocabulary.Kind['RECOMMENDATION'], max_length=14)),
                ('claim_kind', models.CharField(blank=True, choices=articles.vocabulary.ClaimKind.choices, max_length=12, verbose_name='kind of claim')),
                ('modality', models.CharField(blank=True, choices=articles.vocabulary.Modality.choices, max_length=6)),
                ('action', models.TextField(blank=True, help_text='What they are told to do; left empty, the quote')),
                ('stance', models.CharField(blank=True, choices=articles.vocabulary.Stance.choices, max_length=8)),
                ('outcome', models.CharField(blank=True, choices=[(articles.vocabulary.Review['ACCEPTED'], 'accepted'), (articles.vocabulary.Review['REJECTED'], 'rejected')], editable=False, max_length=10)),
                ('addressee', models.ForeignKey(blank=True, db_constraint=False, help_text='Who is told to act', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.actor')),
                ('article', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.article')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.codedpassage')),
                ('topic', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.topic')),
                ('coder', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.coder')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='codedpassage',
            name='coder',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='articles.coder'),
        ),
        migrations.CreateModel(
            name='CoderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('assigned_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.article')),
                ('assigned_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.coder')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='coder',
            constraint=models.UniqueConstraint(fields=('article', 'user'), name='coder_unique'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coder',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_coderevent" ("article_id", "assigned_at", "assigned_by_id", "finished_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."article_id", OLD."assigned_at", OLD."assigned_by_id", OLD."finished_at", OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."user_id"); RETURN NULL;', hash='04c22c14113993bac8db8095190ca72c5d3c6cdd', operation='UPDATE', pgid='pgtrigger_changed_update_b2aa0', table='articles_coder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coder',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_coderevent" ("article_id", "assigned_at", "assigned_by_id", "finished_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."article_id", OLD."assigned_at", OLD."assigned_by_id", OLD."finished_at", OLD."id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."user_id"); RETURN NULL;', hash='78c72e7376c441fa89b170b04d1106889f66da78', operation='DELETE', pgid='pgtrigger_deleted_delete_ca548', table='articles_coder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coder',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (COALESCE(current_setting('pghistory.context_id', true), '') <> '')", func='INSERT INTO "articles_coderevent" ("article_id", "assigned_at", "assigned_by_id", "finished_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."article_id", NEW."assigned_at", NEW."assigned_by_id", NEW."finished_at", NEW."id", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."user_id"); RETURN NULL;', hash='6bf713f4e05c9875c922c4ca6e93b5d6dcaa90df', operation='INSERT', pgid='pgtrigger_added_insert_310d1', table='articles_coder', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='codedpassage',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='codedpassage_end_after_start'),
        ),
        migrations.AddConstraint(
            model_name='codedpassage',
            constraint=models.CheckConstraint(condition=models.Q(('exact', ''), _negated=True), name='codedpassage_quotes_something'),
        ),
        migrations.AddConstraint(
            model_name='codedpassage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', ''), ('addressee', None), ('claim_kind__gt', ''), ('kind', articles.vocabulary.Kind['CLAIM']), ('modality', '')), models.Q(('claim_kind', ''), ('kind', articles.vocabulary.Kind['RECOMMENDATION']), ('modality__gt', '')), _connector='OR'), name='codedpassage_says_what_its_kind_asks'),
        ),
        migrations.AddConstraint(
            model_name='codedpassage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stance', ''), ('topic', None)), models.Q(('stance__gt', ''), ('topic__isnull', False)), _connector='OR'), name='codedpassage_takes_a_stance_on_its_topic'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codedpassage',
            trigger=pgtrigger.compiler.Trigger(name='quote_stands_where_anchored', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF NEW.verdict NOT IN (\'lost\', \'ambiguous\') AND NEW.exact IS DISTINCT FROM (\n        SELECT substr(body, NEW.start + 1, NEW."end" - NEW.start) FROM articles_article WHERE id = NEW.article_id\n    ) THEN\n        RAISE EXCEPTION \'the quote does not stand at characters % to % of article %\',\n            NEW.start, NEW."end", NEW.article_id\n        USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NEW;\n', hash='e8a2365c0ad177b3f143133ecb22551f67763699', operation='INSERT OR UPDATE OF "exact", "start", "end", "verdict", "article_id"', pgid='pgtrigger_quote_stands_where_anchored_e3411', table='articles_codedpassage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codedpassage',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "articles_codedpassageevent" ("action", "addressee_id", "article_id", "claim_kind", "coder_id", "end", "exact", "id", "kind", "modality", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "stance", "start", "suffix", "topic_id", "verdict") VALUES (OLD."action", OLD."addressee_id", OLD."article_id", OLD."claim_kind", OLD."coder_id", OLD."end", OLD."exact", OLD."id", OLD."kind", OLD."modality", OLD."outcome", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."prefix", OLD."stance", OLD."start", OLD."suffix", OLD."topic_id", OLD."verdict"); RETURN NULL;', hash='9da2a5bb0932b066efaef1c0cbf8e80dce0fd282', operation='UPDATE', pgid='pgtrigger_changed_update_6179a', table='articles_codedpassage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codedpassage',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_codedpassageevent" ("action", "addressee_id", "article_id", "claim_kind", "coder_id", "end", "exact", "id", "kind", "modality", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "stance", "start", "suffix", "topic_id", "verdict") VALUES (OLD."action", OLD."addressee_id", OLD."article_id", OLD."claim_kind", OLD."coder_id", OLD."end", OLD."exact", OLD."id", OLD."kind", OLD."modality", OLD."outcome", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."prefix", OLD."stance", OLD."start", OLD."suffix", OLD."topic_id", OLD."verdict"); RETURN NULL;', hash='2eef5c6b8d0a2bde385e5d7cf71275100b5ca598', operation='DELETE', pgid='pgtrigger_deleted_delete_3bd3f', table='articles_codedpassage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codedpassage',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (COALESCE(current_setting('pghistory.context_id', true), '') <> '')", func='INSERT INTO "articles_codedpassageevent" ("action", "addressee_id", "article_id", "claim_kind", "coder_id", "end", "exact", "id", "kind", "modality", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "stance", "start", "suffix", "topic_id", "verdict") VALUES (NEW."action", NEW."addressee_id", NEW."article_id", NEW."claim_kind", NEW."coder_id", NEW."end", NEW."exact", NEW."id", NEW."kind", NEW."modality", NEW."outcome", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."prefix", NEW."stance", NEW."start", NEW."suffix", NEW."topic_id", NEW."verdict"); RETURN NULL;', hash='d68cd243e89bc44c31aa942e9ca07fe80bdd1d9f', operation='INSERT', pgid='pgtrigger_added_insert_5d0bc', table='articles_codedpassage', when='AFTER')),
        ),
    ]
