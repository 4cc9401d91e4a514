"""Make up an archive of any size, to measure on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from articles.importing import archive


class Command(BaseCommand):
    help = "Make up an archive of N articles, to measure on; goes on where it broke off. Not beside real articles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=int, required=True, help="how many")
        parser.add_argument("--workers", type=int, default=2, help="processes; 2 if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["articles"] < 1 or options["workers"] < 1:
            raise CommandError("--articles and --workers must be at least 1.")
        try:
            made = archive.make(options["articles"], workers=options["workers"])
        except (ValueError, Error) as error:
            raise CommandError(str(error)) from error
        for step, seconds in made.steps.items():
            self.stdout.write(f"{seconds:8.1f} s  {step}")
        total = sum(made.steps.values())
        self.stdout.write(f"{total:8.1f} s  {made.articles:,} articles, loaded at {made.rate:,.0f} a second")
