"""`manage.py dbshell`: the psql that comes with the server, connected to it."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client as postgresql

from . import programs
from .cluster import Cluster


class DatabaseClient(postgresql.DatabaseClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Return the command line and environment of psql; the server need not run."""
        database = settings_dict["NAME"] or "postgres"
        arguments = [str(programs.program("psql")), *parameters, database]
        return arguments, Cluster(settings_dict["DATA"]).environment(database)

    def runshell(self, parameters: Iterable[str]) -> None:
        """Have the server running, then run psql in the terminal."""
        self.connection.ensure_connection()
        self.connection.close()
        super().runshell(parameters)
