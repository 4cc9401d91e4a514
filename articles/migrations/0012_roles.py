"""Let annotators suggest and editors decide; what a person suggests says whose it is."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

KINDS = ("claim", "policyrecommendation")
AUTHORITIES = ("author", "source", "actor", "work")


def named(action, models_):
    return [f"{action}_{model}" for model in models_]


# What each group gains and loses.
CHANGES = {
    "annotator": ([], named("change", KINDS)),
    "editor": (named("decide", KINDS), named("delete", AUTHORITIES)),
    "administrator": (named("decide", KINDS), []),
}


def change_groups(apps, schema_editor, back=False):
    # Permissions are written after all migrations have run; groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    permissions = Permission.objects.filter(content_type__app_label="articles")
    for group in Group.objects.filter(name__in=CHANGES):
        gained, lost = reversed(CHANGES[group.name]) if back else CHANGES[group.name]
        group.permissions.add(*permissions.filter(codename__in=gained))
        group.permissions.remove(*permissions.filter(codename__in=lost))


def change_back(apps, schema_editor):
    change_groups(apps, schema_editor, back=True)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_annotations_for_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='claim',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'decide'), 'ordering': ['article', 'start']},
        ),
        migrations.AlterModelOptions(
            name='policyrecommendation',
            options={'default_permissions': ('add', 'change', 'delete', 'view', 'decide'), 'ordering': ['article', 'start']},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='deleted_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='policyrecommendation',
            name='deleted_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='policyrecommendation',
            name='changed_update',
        ),
        migrations.AddField(
            model_name='claim',
            name='suggested_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, help_text='The person who put it forward; empty where a rule did', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claimevent',
            name='suggested_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The person who put it forward; empty where a rule did', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='policyrecommendation',
            name='suggested_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, help_text='The person who put it forward; empty where a rule did', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='policyrecommendationevent',
            name='suggested_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The person who put it forward; empty where a rule did', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."claimant_id" IS DISTINCT FROM (NEW."claimant_id") OR OLD."claimant_text" IS DISTINCT FROM (NEW."claimant_text") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."end" IS DISTINCT FROM (NEW."end") OR OLD."exact" IS DISTINCT FROM (NEW."exact") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."prefix" IS DISTINCT FROM (NEW."prefix") OR OLD."rule" IS DISTINCT FROM (NEW."rule") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."suffix" IS DISTINCT FROM (NEW."suffix") OR OLD."suggested_by_id" IS DISTINCT FROM (NEW."suggested_by_id") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."voice" IS DISTINCT FROM (NEW."voice"))', func='INSERT INTO "articles_claimevent" ("article_id", "claimant_id", "claimant_text", "confidence", "decided_at", "decided_by_id", "end", "exact", "id", "kind", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "rule", "start", "status", "suffix", "suggested_by_id", "verdict", "voice") VALUES (OLD."article_id", OLD."claimant_id", OLD."claimant_text", OLD."confidence", OLD."decided_at", OLD."decided_by_id", OLD."end", OLD."exact", OLD."id", OLD."kind", OLD."origin", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."prefix", OLD."rule", OLD."start", OLD."status", OLD."suffix", OLD."suggested_by_id", OLD."verdict", OLD."voice"); RETURN NULL;', hash='4b50190b2c33f3bb503ef1c8530181f46d9ab8a9', operation='UPDATE', pgid='pgtrigger_changed_update_7270b', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_claimevent" ("article_id", "claimant_id", "claimant_text", "confidence", "decided_at", "decided_by_id", "end", "exact", "id", "kind", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "rule", "start", "status", "suffix", "suggested_by_id", "verdict", "voice") VALUES (OLD."article_id", OLD."claimant_id", OLD."claimant_text", OLD."confidence", OLD."decided_at", OLD."decided_by_id", OLD."end", OLD."exact", OLD."id", OLD."kind", OLD."origin", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."prefix", OLD."rule", OLD."start", OLD."status", OLD."suffix", OLD."suggested_by_id", OLD."verdict", OLD."voice"); RETURN NULL;', hash='5114f1cc00398626b52c5a29ec69d7d11223b502', operation='DELETE', pgid='pgtrigger_deleted_delete_d2f40', table='articles_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."action" IS DISTINCT FROM (NEW."action") OR OLD."addressee_text" IS DISTINCT FROM (NEW."addressee_text") OR OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."condition" IS DISTINCT FROM (NEW."condition") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."deadline" IS DISTINCT FROM (NEW."deadline") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."end" IS DISTINCT FROM (NEW."end") OR OLD."exact" IS DISTINCT FROM (NEW."exact") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."instrument" IS DISTINCT FROM (NEW."instrument") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."negated" IS DISTINCT FROM (NEW."negated") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."prefix" IS DISTINCT FROM (NEW."prefix") OR OLD."recommender_id" IS DISTINCT FROM (NEW."recommender_id") OR OLD."recommender_text" IS DISTINCT FROM (NEW."recommender_text") OR OLD."rule" IS DISTINCT FROM (NEW."rule") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."suffix" IS DISTINCT FROM (NEW."suffix") OR OLD."suggested_by_id" IS DISTINCT FROM (NEW."suggested_by_id") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."voice" IS DISTINCT FROM (NEW."voice"))', func='INSERT INTO "articles_policyrecommendationevent" ("action", "addressee_text", "article_id", "condition", "confidence", "deadline", "decided_at", "decided_by_id", "end", "exact", "id", "instrument", "modality", "negated", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "recommender_id", "recommender_text", "rule", "start", "status", "suffix", "suggested_by_id", "verdict", "voice") VALUES (OLD."action", OLD."addressee_text", OLD."article_id", OLD."condition", OLD."confidence", OLD."deadline", OLD."decided_at", OLD."decided_by_id", OLD."end", OLD."exact", OLD."id", OLD."instrument", OLD."modality", OLD."negated", OLD."origin", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."prefix", OLD."recommender_id", OLD."recommender_text", OLD."rule", OLD."start", OLD."status", OLD."suffix", OLD."suggested_by_id", OLD."verdict", OLD."voice"); RETURN NULL;', hash='1ce6c3b2fb45874696573395c48b2a45b4d28421', operation='UPDATE', pgid='pgtrigger_changed_update_01bec', table='articles_policyrecommendation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyrecommendation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "articles_policyrecommendationevent" ("action", "addressee_text", "article_id", "condition", "confidence", "deadline", "decided_at", "decided_by_id", "end", "exact", "id", "instrument", "modality", "negated", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "recommender_id", "recommender_text", "rule", "start", "status", "suffix", "suggested_by_id", "verdict", "voice") VALUES (OLD."action", OLD."addressee_text", OLD."article_id", OLD."condition", OLD."confidence", OLD."deadline", OLD."decided_at", OLD."decided_by_id", OLD."end", OLD."exact", OLD."id", OLD."instrument", OLD."modality", OLD."negated", OLD."origin", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."prefix", OLD."recommender_id", OLD."recommender_text", OLD."rule", OLD."start", OLD."status", OLD."suffix", OLD."suggested_by_id", OLD."verdict", OLD."voice"); RETURN NULL;', hash='648d012eded959afbc5655de0ef0b10f6028eea4', operation='DELETE', pgid='pgtrigger_deleted_delete_0ea3d', table='articles_policyrecommendation', when='AFTER')),
        ),
        migrations.RunPython(change_groups, change_back),
    ]
