"""Load the authority file of actors."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importing.authority import FILE, load
from articles.reading import authority


class Command(BaseCommand):
    help = "Load the authority file of actors. A second time changes nothing; what editors changed stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=FILE, help="seeds/actors.toml if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = authority.load(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        loaded = load(entries)
        self.stdout.write(f"Actors: {loaded.created} created, {loaded.updated} updated, {loaded.unchanged} unchanged")
