"""Ask feeds for what is new."""

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.curation import wording
from articles.importing.polling import Poll, poll
from articles.models import Feed
from articles.vocabulary import Outcome, Polled


class Command(BaseCommand):
    help = (
        "Poll the feeds whose turn has come, which workers do every minute; or those named, or all that are active. "
        "Exit status: 0 all well, 1 a feed or an entry failed, 2 bad usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help="a feed that is held, whenever its turn is")
        parser.add_argument("--all", action="store_true", help="all active feeds, whenever their turn is")

    def handle(self, *args: Any, **options: Any) -> None:
        failed, results = False, Counter[Polled]()
        for feed in chosen(options["addresses"], every=options["all"]):
            came = poll(feed)
            self.stdout.write(line(feed, came))
            failed |= came.failed
            results[came.result] += 1
        counted = ", ".join(f"{results[result]} {result.label}" for result in Polled if result != Polled.NEVER)
        n = results.total()
        self.stdout.write(f"{n} feed{'' if n == 1 else 's'} polled: {counted}.")
        if failed:
            sys.exit(1)


def chosen(addresses: list[str], *, every: bool) -> list[Feed]:
    """Return the feeds that are asked for, the due ones without a word. Raises CommandError for bad usage."""
    if addresses and every:
        raise CommandError("Either addresses or --all.", returncode=2)
    if every:
        return list(Feed.objects.active().select_related("source"))
    if not addresses:
        return list(Feed.objects.due(timezone.now()).select_related("source"))
    held = {feed.address: feed for feed in Feed.objects.filter(address__in=addresses).select_related("source")}
    if strange := [address for address in addresses if address not in held]:
        raise CommandError(f"No feed is held at {strange[0]}.", returncode=2)
    return list(held.values())


def line(feed: Feed, came: Poll) -> str:
    """Return what came of a poll in one line."""
    if came.result == Polled.FAILED:
        return f"{feed}: failed: {came.error}; asked again {wording.moment(feed.next_poll)}"
    counted = ", ".join(f"{came.outcomes[outcome]} {outcome.label}" for outcome in Outcome if came.outcomes[outcome])
    return f"{feed}: {counted} (import {came.run.pk})" if came.run else f"{feed}: unchanged"
