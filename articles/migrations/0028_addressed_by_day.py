"""Let the first page add up who was told to act in a year from an index alone."""

from django.db import migrations

MAKE = """
    CREATE INDEX addressee_by_day ON articles_policyrecommendation_addressees (dated) INCLUDE (actor_id, standing)
    WHERE standing <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0027_editions_for_groups")]

    operations = [migrations.RunSQL(MAKE, "DROP INDEX addressee_by_day")]
