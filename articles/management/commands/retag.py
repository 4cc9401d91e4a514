"""Find actors in the texts that are held."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.curation.retagging import retag
from articles.importing.authority import compiled_names
from articles.models import Actor


class Command(BaseCommand):
    help = "Add the mentions of actors to articles that were read before their names were known. Again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("actors", nargs="+", metavar="ACTOR", help="the last part of an actor's address")

    def handle(self, *args: Any, **options: Any) -> None:
        held = {actor.slug: actor for actor in Actor.objects.in_use().filter(slug__in=options["actors"])}
        if unknown := [slug for slug in options["actors"] if slug not in held]:
            raise CommandError(f"No actor in use has this address: {', '.join(unknown)}", returncode=2)
        names = compiled_names()
        for slug, actor in held.items():
            self.stdout.write(f"{slug}: {retag(actor, names)} mentions added")
