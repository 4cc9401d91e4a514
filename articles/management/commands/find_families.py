"""Find the families of articles that were stored before translations were looked for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from articles.importing.batch import STORING
from articles.importing.families import link, trace
from articles.models import Article, Kinship


class Command(BaseCommand):
    help = "Look for the families of articles that have not been looked at; with --all of every article."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="those too that have been looked at")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Article.objects.order_by("pk") if options["all"] else Article.objects.filter(traces=[]).order_by("pk")
        before, keys = Kinship.objects.count(), list(rows.values_list("pk", flat=True))
        for key in keys:  # all have their traces before the first is asked for
            trace(Article.objects.get(pk=key))
        for key in keys:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [STORING])
                link(Article.objects.get(pk=key))
        self.stdout.write(f"{len(keys):,} articles looked at, {Kinship.objects.count() - before:,} link(s) found.")
