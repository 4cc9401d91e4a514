"""Let the desk see which articles may be versions of one work, and editors decide on it."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SEE = ("view_kinship",)
DECIDE = (*SEE, "change_kinship")
GROUPS = {"annotator": SEE, "editor": DECIDE, "administrator": (*DECIDE, "add_kinship", "delete_kinship")}


def permissions(apps, names):
    return apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles", codename__in=names)


def let_in(apps, schema_editor):
    # Permissions are written after all migrations have run; groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions(apps, GROUPS[group.name]))


def keep_out(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*permissions(apps, GROUPS[group.name]))


class Migration(migrations.Migration):
    dependencies = [("articles", "0029_families")]

    operations = [migrations.RunPython(let_in, keep_out)]
