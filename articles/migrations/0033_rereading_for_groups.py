"""Let the desk see what was read again and administrators ask for it; ask about places that are in doubt already."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.models import F

SEE = ("view_rereading",)
GROUPS = {"annotator": SEE, "editor": SEE, "administrator": (*SEE, "add_rereading", "change_rereading")}


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


def ask(apps, schema_editor):
    for model in ("Claim", "PolicyRecommendation"):
        apps.get_model("articles", model).objects.filter(verdict__in=["lost", "ambiguous"]).update(doubted=F("exact"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0032_rereading")]

    operations = [
        migrations.RunPython(let_in, keep_out),
        migrations.RunPython(ask, migrations.RunPython.noop),
    ]
