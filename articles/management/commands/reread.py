"""Read again what is held, with the present reader."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, TypeVar, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table
from rich.text import Text

from articles.importing import rereading
from articles.importing.rereading import Reread
from articles.models import Article
from articles.vocabulary import Outcome, Scope, Verdict

One = TypeVar("One")
LISTED = 200  # failures that are printed; all are on record


class Command(BaseCommand):
    help = (
        "Read documents that are held again with the present reader. What editors said stays; statements are found "
        "again in the new text, and the queue shows those whose place is doubtful. What was cut off goes on where it "
        "was when the same is asked again. Exit status: 0 all well, 1 some failed, 2 bad usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="these articles, by number")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--outdated", action="store_true", help="what an older reader read (the default)")
        which.add_argument("--all", action="store_true", help="every article of which a document is held")
        parser.add_argument("--dry-run", action="store_true", help="say what would change; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = sorted(set(options["ids"]))
        if chosen and (options["all"] or options["outdated"]):
            raise CommandError("Either numbers, or --all, or --outdated.", returncode=2)
        scope = Scope.CHOSEN if chosen else Scope.ALL if options["all"] else Scope.OUTDATED
        held = set(Article.objects.filter(pk__in=chosen).values_list("pk", flat=True))
        if unknown := [str(key) for key in chosen if key not in held]:
            raise CommandError(f"No article has this number: {', '.join(unknown)}", returncode=2)
        report = Report()
        if options["dry_run"]:
            for key, done in progress(rereading.rehearse(scope, chosen)):
                report.add(key, done)
        else:
            asked = rereading.unended(scope, chosen)
            if asked.read:
                self.stdout.write(f"Going on after {asked.read:,} of {asked.to_read:,} articles.")
            for item in progress(rereading.go_on(asked), (asked.to_read or 0) - asked.read or None):
                failed = item is not None and item.outcome == Outcome.FAILED
                done = item.reason if item and failed else Reread(item.found, item.changes) if item else Reread({}, {})
                report.add(item.article_id if item else 0, done)
        Console(file=cast("IO[str]", self.stdout)).print(*report.tables(), sep="\n")
        if report.counts["failed"]:
            sys.exit(1)


class Report:
    """What re-reading did, or would do: articles by outcome, statements by verdict, changes by what changed."""

    def __init__(self) -> None:
        self.counts, self.found, self.changed = Counter[str](), Counter[str](), Counter[str]()
        self.failures: list[tuple[int, str]] = []

    def add(self, key: int, done: Reread | str) -> None:
        if isinstance(done, str):
            self.counts["failed"] += 1
            if len(self.failures) < LISTED:
                self.failures.append((key, done))
            return
        self.counts["changed" if done.changes else "unchanged"] += 1
        self.found.update(done.found if done.changes else {})
        self.changed.update([*done.changes.get("fields", []), *(name for name in done.changes if name != "fields")])

    def tables(self) -> list[Table]:
        articles = Table("articles", Column("", justify="right"))
        for name in ("changed", "unchanged", "failed"):
            articles.add_row(name, f"{self.counts[name]:,}")
        found = Table("statements of people in changed articles", Column("", justify="right"))
        for verdict in Verdict:
            found.add_row(verdict.label, f"{self.found[verdict]:,}")
        changed = Table("what changed", Column("articles", justify="right"))
        for name, n in self.changed.most_common():
            changed.add_row(name, f"{n:,}")
        failed = Table("article", "why it failed")
        for key, why in self.failures:
            failed.add_row(str(key), Text(why, overflow="fold"))
        return [articles, found, *([changed] if self.changed else []), *([failed] if self.failures else [])]


def progress(rows: Iterable[One], total: int | None = None) -> Iterator[One]:
    """Show how many were read on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    yield from track(rows, "Reading again", total, console=console, transient=True, disable=not console.is_terminal)
