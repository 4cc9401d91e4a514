"""Keep long columns out of the rows that lists scan."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE articles_article SET (toast_tuple_target = 256);
            ALTER TABLE articles_article ALTER title SET STORAGE MAIN, ALTER opening SET STORAGE MAIN,
                ALTER search SET STORAGE EXTERNAL;
            """,
            """
            ALTER TABLE articles_article RESET (toast_tuple_target);
            ALTER TABLE articles_article ALTER title SET STORAGE EXTENDED, ALTER opening SET STORAGE EXTENDED,
                ALTER search SET STORAGE EXTENDED;
            """,
        )
    ]
