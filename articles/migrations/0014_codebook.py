import articles.models.sorting
import articles.vocabulary
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0013_what_people_add'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(choices=articles.vocabulary.Stance.choices, max_length=8)),
                ('is_example', models.BooleanField(default=False, help_text='Shows in the codebook what the topic means', verbose_name='example')),
                ('coded_at', models.DateTimeField(auto_now_add=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, help_text='The words of the passage as it was when coded', null=True)),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='articles.claim')),
                ('coded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='articles.policyrecommendation')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='Other names, in lower case', size=None)),
                ('description', models.TextField(blank=True, help_text='When a statement belongs here, and when it does not. Markdown')),
                ('sort_key', models.GeneratedField(db_persist=True, expression=articles.models.sorting.SortKey(django.db.models.functions.text.Lower('name')), output_field=models.TextField())),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='articles.topic')),
            ],
            options={
                'ordering': ['sort_key', 'pk'],
                'permissions': [('merge_topic', 'Can merge topics')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CodingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('stance', models.CharField(choices=articles.vocabulary.Stance.choices, max_length=8)),
                ('is_example', models.BooleanField(default=False, help_text='Shows in the codebook what the topic means', verbose_name='example')),
                ('coded_at', models.DateTimeField(auto_now_add=True)),
                ('claim', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.claim')),
                ('coded_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.coding')),
                ('recommendation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.policyrecommendation')),
                ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='coding',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codings', to='articles.topic'),
        ),
        migrations.CreateModel(
            name='TopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(allow_unicode=True, db_index=False, max_length=100)),
                ('name', models.CharField(max_length=200)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='Other names, in lower case', size=None)),
                ('description', models.TextField(blank=True, help_text='When a statement belongs here, and when it does not. Markdown')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='articles.topic')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='articles.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(fields=['sort_key'], name='topic_sort_key'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='remember_slug', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='\n    DELETE FROM articles_formerslug WHERE model = TG_TABLE_NAME AND slug = NEW.slug;\n    INSERT INTO articles_formerslug (model, slug, target) VALUES (TG_TABLE_NAME, OLD.slug, NEW.id)\n    ON CONFLICT (model, slug) DO UPDATE SET target = EXCLUDED.target;\n    RETURN NULL;\n', hash='ea1ae7d0d09103156c6d55eadef19f5fe9b49baf', operation='UPDATE OF "slug"', pgid='pgtrigger_remember_slug_cf2e2', table='articles_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='refuse_circles', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."parent_id" IS NOT NULL)', func="\n    IF EXISTS (\n        WITH RECURSIVE above AS (\n            SELECT id, parent_id FROM articles_topic WHERE id = NEW.parent_id\n            UNION SELECT t.id, t.parent_id FROM articles_topic t JOIN above ON t.id = above.parent_id\n        ) SELECT FROM above WHERE id = NEW.id\n    ) THEN\n        RAISE EXCEPTION 'topic % would stand under itself', NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='9c2c0082b939042b99a7b0ad72e01f942f2d4cd8', operation='INSERT OR UPDATE OF "parent_id"', pgid='pgtrigger_refuse_circles_0288b', table='articles_topic', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."aliases" IS DISTINCT FROM (NEW."aliases") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug"))', func='INSERT INTO "articles_topicevent" ("aliases", "description", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."aliases", OLD."description", OLD."id", OLD."name", OLD."parent_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."slug"); RETURN NULL;', hash='d6678ae4cfedcdc5afde716cc79688be762f9420', operation='UPDATE', pgid='pgtrigger_changed_update_a7aaf', table='articles_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_topicevent" ("aliases", "description", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."aliases", OLD."description", OLD."id", OLD."name", OLD."parent_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug"); RETURN NULL;', hash='2630d4ba288ecf2183438a51147b598555710650', operation='DELETE', pgid='pgtrigger_deleted_delete_5241b', table='articles_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (COALESCE(current_setting('pghistory.context_id', true), '') <> '')", func='INSERT INTO "articles_topicevent" ("aliases", "description", "id", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."aliases", NEW."description", NEW."id", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."slug"); RETURN NULL;', hash='c9830cb911f00f05501148b90c7139efa24e2827', operation='INSERT', pgid='pgtrigger_added_insert_cc7b4', table='articles_topic', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='coding',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='coding_search'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('recommendation', None)), models.Q(('claim', None), ('recommendation__isnull', False)), _connector='OR'), name='coding_is_of_one_statement'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.UniqueConstraint(fields=('claim', 'topic'), name='coding_of_claim_unique'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.UniqueConstraint(fields=('recommendation', 'topic'), name='coding_of_recommendation_unique'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coding',
            trigger=pgtrigger.compiler.Trigger(name='keep_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    SELECT to_tsvector((CASE a.language WHEN 'ar' THEN 'arabic' WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian' WHEN 'nl' THEN 'dutch' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish' ELSE 'simple' END)::regconfig, s.exact) INTO NEW.search FROM articles_article a JOIN (\n        SELECT article_id, exact FROM articles_claim WHERE id = NEW.claim_id\n        UNION ALL SELECT article_id, exact FROM articles_policyrecommendation WHERE id = NEW.recommendation_id\n    ) s ON a.id = s.article_id;\n    RETURN NEW;\n", hash='d08e95efa9b07853d6007be870eb4dffcf6a6091', operation='INSERT OR UPDATE OF "claim_id", "recommendation_id", "stance"', pgid='pgtrigger_keep_words_2b999', table='articles_coding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coding',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."coded_at" IS DISTINCT FROM (NEW."coded_at") OR OLD."coded_by_id" IS DISTINCT FROM (NEW."coded_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_example" IS DISTINCT FROM (NEW."is_example") OR OLD."recommendation_id" IS DISTINCT FROM (NEW."recommendation_id") OR OLD."stance" IS DISTINCT FROM (NEW."stance") OR OLD."topic_id" IS DISTINCT FROM (NEW."topic_id"))', func='INSERT INTO "articles_codingevent" ("claim_id", "coded_at", "coded_by_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "stance", "topic_id") VALUES (OLD."claim_id", OLD."coded_at", OLD."coded_by_id", OLD."id", OLD."is_example", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."recommendation_id", OLD."stance", OLD."topic_id"); RETURN NULL;', hash='173530b8099b84aa943da7b7fe30923d2911f2e4', operation='UPDATE', pgid='pgtrigger_changed_update_54ff2', table='articles_coding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coding',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_codingevent" ("claim_id", "coded_at", "coded_by_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "stance", "topic_id") VALUES (OLD."claim_id", OLD."coded_at", OLD."coded_by_id", OLD."id", OLD."is_example", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."recommendation_id", OLD."stance", OLD."topic_id"); RETURN NULL;', hash='9aa02f6fac7917f40ffa1c305be8154901cafd16', operation='DELETE', pgid='pgtrigger_deleted_delete_1431c', table='articles_coding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coding',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (COALESCE(current_setting('pghistory.context_id', true), '') <> '')", func='INSERT INTO "articles_codingevent" ("claim_id", "coded_at", "coded_by_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "stance", "topic_id") VALUES (NEW."claim_id", NEW."coded_at", NEW."coded_by_id", NEW."id", NEW."is_example", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."recommendation_id", NEW."stance", NEW."topic_id"); RETURN NULL;', hash='2141d7f88ffae00a7e4571e916e4d1e601269596', operation='INSERT', pgid='pgtrigger_added_insert_bbd31', table='articles_coding', when='AFTER')),
        ),
    ]
