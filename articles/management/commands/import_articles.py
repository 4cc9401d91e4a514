"""Import op-eds from files, folders, addresses and standard input."""

import json
import re
import sys
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from articles.importing import enqueued
from articles.importing.report import Report, read_table
from articles.importing.run import Options, import_documents, on_record, read_only
from articles.importing.sources import records
from articles.importing.sources.files import Incoming, find
from articles.reading import record
from articles.reading.actors import Names
from articles.reading.types import Reading
from articles.vocabulary import Outcome, language_name


class Command(BaseCommand):
    help = (
        "Import op-eds: text, HTML, PDF, Word, e-mail, tables, feeds, bibliographies and archives of them "
        "(docs/formats.md), folders, addresses of the web, or - for standard input. "
        "The same file again changes nothing. Exit status: 0 all well, 1 some documents failed, 2 bad usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a file, a folder (searched through), an address, or -"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and print; write nothing")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="how to print")
        parser.add_argument("--source", help="where they appeared, for documents that do not say so")
        parser.add_argument("--language", type=language_code, help="ISO 639-1 code of their language, for all of them")
        parser.add_argument("--publish", action="store_true", help="show new articles to readers at once")
        parser.add_argument(
            "--mapping", metavar="FILE", help="JSON or TOML: which column or key holds title, text, ..."
        )
        parser.add_argument(
            "--workers", type=positive, default=0, metavar="N", help="read in N processes beside this one"
        )
        parser.add_argument(
            "--enqueue", action="store_true", help="keep the bytes and leave the reading to workers (manage.py worker)"
        )
        parser.add_argument("--limit", type=positive, help="read at most this many documents")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            columns = records.mapping(options["mapping"]) if options["mapping"] else None
            documents = islice(find(options["paths"], columns=columns), options["limit"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error
        chosen = Options(
            publish=options["publish"], source=options["source"], language=options["language"],
            workers=options["workers"],
        )  # fmt: skip
        work = self.dry_run if options["dry_run"] else self.enqueue if options["enqueue"] else self.store
        if work(documents, chosen, options):
            sys.exit(1)

    def dry_run(self, documents: Iterator[Incoming], chosen: Options, options: dict[str, Any]) -> bool:
        failed = False

        def rows() -> Iterator[tuple[str, Reading | str]]:
            nonlocal failed
            for incoming, reading, names in read_only(progress(documents), chosen):
                failed |= isinstance(reading, str)
                if options["format"] == "jsonl":
                    self.stdout.write(json.dumps(as_row(incoming.name, reading, names), ensure_ascii=False))
                else:
                    yield incoming.name, reading

        table = read_table(rows())
        if table.row_count:
            Console(file=cast("IO[str]", self.stdout)).print(table)
        return failed

    def enqueue(self, documents: Iterator[Incoming], chosen: Options, options: dict[str, Any]) -> bool:
        run = enqueued.begin(options["paths"], chosen)
        waiting = enqueued.take_in(progress(documents), run)
        report = Report()
        for item in run.items.exclude(outcome=Outcome.WAITING).select_related("article").iterator():
            report.add(item)
        if options["format"] == "table":
            Console(file=cast("IO[str]", self.stdout)).print(*report.tables(), sep="\n")
        self.stdout.write(f"{waiting:,} documents wait for a worker (manage.py worker), import {run.pk}.")
        return report.failed

    def store(self, documents: Iterator[Incoming], chosen: Options, options: dict[str, Any]) -> bool:
        report = Report()
        with on_record(options["paths"]) as run:
            for item in import_documents(progress(documents), chosen, run=run):
                report.add(item)
                if options["format"] == "jsonl":
                    row = {
                        "document": item.location,
                        "outcome": item.outcome,
                        "reason": item.reason,
                        "article": item.article_id,
                    }
                    self.stdout.write(json.dumps(row, ensure_ascii=False))
        if options["format"] == "table":
            Console(file=cast("IO[str]", self.stdout)).print(*report.tables(), sep="\n")
        return report.failed


def as_row(name: str, reading: Reading | str, names: Names) -> dict[str, Any]:
    """Return what was read, or what was wrong, as a JSON object."""
    if isinstance(reading, str):
        return record.failed(name, reading)
    return record.as_record(reading, document=name, names=names)


def progress(documents: Iterator[Incoming]) -> Iterator[Incoming]:
    """Show how many were read and how fast on a terminal, nothing in a pipe; how many there will be, nobody knows."""
    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(), TextColumn("Reading"), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        yield from bar.track(documents)


def language_code(text: str) -> str:
    """Return an ISO 639 code, or refuse what is none as bad usage."""
    if not re.fullmatch("[a-z]{2,3}", text) or language_name(text) == text:
        raise ValueError(text)
    return text


def positive(text: str) -> int:
    """Return a whole number above 0, or refuse it as bad usage."""
    if not text.isdecimal() or not int(text):
        raise ValueError(text)
    return int(text)
