"""`manage.py db`: the embedded PostgreSQL, from starting it to putting back a backup.

Imports nothing of the server: the cluster is asked of the connection, and another engine has none.
"""

import sys
import time
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

NOT_RUNNING = 3  # the exit status that `systemctl status` and `pg_ctl status` have for it


class Command(BaseCommand):
    help = "Start, stop, inspect, dump and restore the embedded PostgreSQL."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="alias in DATABASES")
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="start|stop|status|psql|dump|restore|reset")
        verbs.add_parser("start", help="start the server, if it doesn't run, and make the database, if there is none")
        verbs.add_parser("stop", help="end all connections and stop the server")
        verbs.add_parser("status", help="tell whether it runs, and where; exit status 3 if not")
        psql = verbs.add_parser("psql", help="open psql; arguments after -- are its own")
        psql.add_argument("arguments", nargs="*")
        dump = verbs.add_parser("dump", help="write the database to a file, in pg_dump's custom format")
        dump.add_argument("file", type=Path)
        restore = verbs.add_parser("restore", help="replace the database by a dump, all or nothing")
        restore.add_argument("file", type=Path)
        reset = verbs.add_parser("reset", help="replace the database by an empty one")
        for verb in (restore, reset):
            verb.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, verb: str, database: str, **options: Any) -> None:
        connection = connections[database]
        if not hasattr(connection, "cluster"):
            raise CommandError(
                "DATABASE_URL names a server of yours; this command is for the embedded PostgreSQL alone."
            )
        try:
            getattr(self, verb)(connection, connection.settings_dict["NAME"], options)
        except OperationalError as error:
            raise CommandError(str(error).strip()) from error

    def start(self, connection: Any, name: str, options: dict[str, Any]) -> None:
        connection.cluster.start(name)
        self.status(connection, name, options)

    def stop(self, connection: Any, name: str, options: dict[str, Any]) -> None:
        self.stdout.write("stopped" if connection.cluster.stop() else "was not running")

    def status(self, connection: Any, name: str, options: dict[str, Any]) -> None:
        found = connection.cluster.status()
        if found is None:
            self.stdout.write(f"not running; data in {connection.cluster.data}")
            sys.exit(NOT_RUNNING)
        psql, place = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
        self.stdout.write(f"running: PostgreSQL {found.version}, process {found.pid}")
        self.stdout.write(f"data     {found.data}\nsocket   {found.socket}\nprograms {Path(psql[0]).parent}")
        self.stdout.write(f"database {name}, user {place['PGUSER']}, port {place['PGPORT']}")

    def psql(self, connection: Any, name: str, options: dict[str, Any]) -> None:
        try:
            connection.client.runshell(options["arguments"])
        except CalledProcessError as error:
            sys.exit(error.returncode)

    def dump(self, connection: Any, name: str, options: dict[str, Any]) -> None:
        begun = time.monotonic()
        size = connection.dump(options["file"])
        self.stdout.write(f"dumped {name} to {options['file']}: {size:,} bytes, {time.monotonic() - begun:.1f} s")

    def restore(self, connection: Any, name: str, options: dict[str, Any]) -> None:
        self.confirm(f"Replace all that is in {name} by {options['file']}?", options)
        begun = time.monotonic()
        connection.restore(options["file"])
        self.stdout.write(f"restored {name} from {options['file']}, {time.monotonic() - begun:.1f} s")

    def reset(self, connection: Any, name: str, options: dict[str, Any]) -> None:
        self.confirm(f"Delete all that is in {name}?", options)
        connection.reset()
        self.stdout.write(f"{name} is empty; run `manage.py migrate`")

    def confirm(self, question: str, options: dict[str, Any]) -> None:
        """Ask, unless told not to; CommandError where the answer is not yes, or there is no one to ask."""
        if options["yes"]:
            return
        if not sys.stdin.isatty():
            raise CommandError(f"{question} Say --yes.")
        if input(f"{question} Type yes: ") != "yes":
            raise CommandError("nothing was changed")
