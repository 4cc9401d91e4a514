"""Show readers the articles whose moment has come."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.curation import decisions


class Command(BaseCommand):
    help = (
        "Publish the articles that were scheduled for now or earlier; say which are held back, and why. "
        "Run it every minute. Exit status: 0 all well, 1 some are held back."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        shown, held = decisions.publish_due(timezone.now())
        for article in shown:
            self.stdout.write(f"published: {article}")
        for article, blocked in held:
            self.stdout.write(f"held back: {article}: {', '.join(block.label for block in blocked)}")
        if held:
            sys.exit(1)
