"""What an import did, in words and figures for the terminal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.table import Column, Table
from rich.text import Text

from articles.models import Article, ImportItem
from articles.models.flow import blocks
from articles.reading.types import Reading
from articles.vocabulary import Block, Outcome

LISTED = 200  # failures that are printed with their reasons; all are on record


@dataclass
class Report:
    """Outcomes counted, and the reasons of the first failures."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    failures: list[tuple[str, str]] = field(default_factory=list)

    overridden: Counter[Block] = field(default_factory=Counter)  # what spoke against articles published nonetheless

    def add(self, item: ImportItem) -> None:
        self.counts[Outcome(item.outcome)] += 1
        if item.outcome == Outcome.FAILED and len(self.failures) < LISTED:
            self.failures.append((item.location, item.reason))
        if item.outcome == Outcome.CREATED and item.article and item.article.nonetheless:
            self.overridden.update(blocks(Article.objects.with_blocks().only("pk").get(pk=item.article.pk)))

    @property
    def failed(self) -> bool:
        return bool(self.failures)

    def tables(self) -> list[Table]:
        """Return the counts as a table and, where there are failures, a second one with their reasons."""
        counted = Table("outcome", Column("documents", justify="right"))
        for outcome in (one for one in Outcome if one not in {Outcome.WAITING, Outcome.REFUSED}):
            counted.add_row(outcome.label, str(self.counts[outcome]))
        against = Table("published nonetheless", Column("documents", justify="right"))
        for block in Block:
            if self.overridden[block]:
                against.add_row(block.label, str(self.overridden[block]))
        reasons = _reasons(self.failures)
        if (left := self.counts[Outcome.FAILED] - len(self.failures)) > 0:
            reasons.add_row(f"{left:,} more", "on record: Imports in the admin")
        return [counted, *([against] if self.overridden else []), *([reasons] if self.failures else [])]


def _reasons(failures: Iterable[tuple[str, str]]) -> Table:
    table = Table("failed", "why", show_lines=False)
    for location, reason in failures:
        table.add_row(Text(location, overflow="fold"), Text(reason, overflow="fold"))
    return table


def read_table(rows: Iterable[tuple[str, Reading | str]]) -> Table:
    """Return what a dry run read as a table: a row a document, with what was wrong where it failed."""
    table = Table("document", "title", "published", "language", "actors", "claims", "recommendations")
    for name, reading in rows:
        if isinstance(reading, str):
            table.add_row(Text(name, overflow="fold"), Text(f"failed: {reading}", style="red"))
            continue
        published = reading.published.iso() if reading.published else "not known"
        actors = {mention.actor for mention in reading.mentions}
        table.add_row(
            Text(name, overflow="fold"), Text(reading.title or "not known"), published, reading.language or "not known",
            str(len(actors)), str(len(reading.claims)), str(len(reading.recommendations)),
        )  # fmt: skip
    return table
