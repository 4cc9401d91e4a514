"""Make the groups that curate: annotators review statements, editors keep the catalogue, administrators all of it."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

STATEMENTS = ("claim", "policyrecommendation")
CATALOGUE = ("article", "byline", "author", "source", "work", "reference", "actor", "actorname")
RECORDS = ("document", "importrun", "importitem", "mention")
MERGES = ("merge_author", "merge_source", "merge_actor")


def codenames(actions, models):
    return {f"{action}_{model}" for action in actions for model in models}


GROUPS = {
    "annotator": codenames(("view",), CATALOGUE + RECORDS) | codenames(("view", "add", "change"), STATEMENTS),
    "editor": codenames(("view",), RECORDS)
    | codenames(("view", "add", "change", "delete"), STATEMENTS + CATALOGUE)
    | {"publish_article", *MERGES},
    "administrator": None,  # every permission there is
}


def make_groups(apps, schema_editor):
    # Permissions are written after all migrations have run; groups need them now.
    for label in ("articles", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        permissions = Permission.objects.filter(content_type__app_label__in=["articles", "auth"])
        if wanted is not None:
            permissions = permissions.filter(content_type__app_label="articles", codename__in=wanted)
        group.permissions.set(permissions)


def drop_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_storage"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, drop_groups)]
