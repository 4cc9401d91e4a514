"""Let editors keep feeds and the desk see them; administrators delete them, as they do sources."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SEE = ("view_feed",)
KEEP = (*SEE, "add_feed", "change_feed")
GROUPS = {"annotator": SEE, "editor": KEEP, "administrator": (*KEEP, "delete_feed")}


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
    dependencies = [("articles", "0034_feeds")]

    operations = [migrations.RunPython(let_in, keep_out)]
