"""Compare the tallies with what the rows say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing import tallies


class Command(BaseCommand):
    help = "Count articles and statements again and compare with the tallies kept; with --repair, put them right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="replace wrong tallies by the true ones")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = tallies.differences()
        for actor, dimension, value, kept, true in wrong:
            self.stdout.write(f"actor {actor}, {dimension} “{value}”: kept {kept}, true {true}")
        if not wrong:
            self.stdout.write("All tallies are right.")
        elif options["repair"]:
            tallies.recount()
            self.stdout.write("Repaired.")
        else:
            raise CommandError("Tallies are wrong; run with --repair.")
