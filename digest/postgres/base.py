"""Django's PostgreSQL backend, but for where the server is and that it may have to be started first."""

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base as postgresql

from . import backup
from .client import DatabaseClient
from .cluster import Cluster
from .errors import ClusterError


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """A connection to the embedded PostgreSQL. Making one starts nothing; the first query does."""

    display_name = "PostgreSQL (embedded)"
    client_class = DatabaseClient

    @cached_property
    def cluster(self) -> Cluster:
        """The cluster of the settings: `DATA` is its folder; `FSYNC`, True unless given, is False for tests alone."""
        if not (data := self.settings_dict.get("DATA")):
            raise ImproperlyConfigured(
                "The engine digest.postgres needs DATA, the folder of the cluster, in DATABASES."
            )
        return Cluster(data, fsync=self.settings_dict.get("FSYNC", True))

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's parameters, with the place and the owner of our cluster."""
        found = super().get_connection_params()
        return {**found, **self.cluster.parameters(found["dbname"])}

    def get_new_connection(self, conn_params: dict[str, Any]) -> "psycopg.Connection[Any]":
        """Connect to our server, which is started, and given the database, where that is what is missing.

        ClusterError where it can't be started; Django's own errors for all else, such as too many connections.
        """
        found: psycopg.Connection[Any] | None = None
        with suppress(psycopg.OperationalError):
            found = super().get_new_connection(conn_params)
        for may_start in (True, False):
            if found is not None and self.cluster.is_ours(found):
                return found
            if found is not None:
                found.close()
            if may_start:
                self.cluster.start(conn_params["dbname"])
                found = super().get_new_connection(self.get_connection_params())
        raise ClusterError(f"The PostgreSQL that answers is not the one in {self.cluster.data}: try again.")

    def dump(self, file: Path) -> int:
        """Write the database to a file in pg_dump's custom format; return its size in bytes."""
        return backup.dump(self.cluster, self.settings_dict["NAME"], file)

    def restore(self, file: Path) -> None:
        """Replace the database by a dump, all or nothing; every connection to it is ended."""
        self.close()
        backup.restore(self.cluster, self.settings_dict["NAME"], file)

    def reset(self) -> None:
        """Replace the database by an empty one; every connection to it is ended."""
        self.close()
        backup.reset(self.cluster, self.settings_dict["NAME"])
