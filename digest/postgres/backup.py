"""Dump, restore and reset of one database of the cluster. Each replaces the old only by a finished new."""

import os
import secrets
from pathlib import Path

import psycopg
from psycopg import sql

from . import programs
from .cluster import Cluster
from .errors import ClusterError

SWAPS = 10  # a client may connect between the moment all are told to leave and the moment the door is shut


def dump(cluster: Cluster, database: str, file: Path) -> int:
    """Write the database to a file, in pg_dump's compressed custom format, and return its size in bytes.

    The file is readable by us alone, and appears under its name when it is complete.
    """
    cluster.start(database)
    partial = file.with_name(f"{file.name}.{secrets.token_hex(4)}.partial")
    try:
        _run(cluster, database, "pg_dump", "--format=custom", "--no-owner", f"--file={partial}")
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return file.stat().st_size


def restore(cluster: Cluster, database: str, file: Path) -> None:
    """Replace the database by a dump; until that is read to its end the old one stays. ClusterError where it fails."""
    if not file.is_file():
        raise ClusterError(f"There is no file {file} to restore from.")
    cluster.start(database)
    new = f"{database[:40]}_new_{secrets.token_hex(4)}"
    with cluster.connect("postgres") as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(new)))
        try:
            _run(
                *(cluster, new, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"),
                *(f"--dbname={new}", str(file.absolute())),
            )
            _run(cluster, new, "vacuumdb", "--analyze-only", "--quiet", new)  # a dump may hold no statistics
            _replace(connection, database, new)
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(new)))


def reset(cluster: Cluster, database: str) -> None:
    """Replace the database by an empty one; the others of the cluster stay."""
    cluster.start(database)
    with cluster.connect("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _replace(connection: "psycopg.Connection[tuple[object, ...]]", database: str, new: str) -> None:
    old = f"{database[:40]}_old_{secrets.token_hex(4)}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    for tries_left in reversed(range(SWAPS)):
        # Not waited for here: RENAME holds off newcomers, and gives those told to leave five seconds to do so.
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])
        try:
            with connection.transaction():
                connection.execute(rename.format(sql.Identifier(database), sql.Identifier(old)))
                connection.execute(rename.format(sql.Identifier(new), sql.Identifier(database)))
            break
        except psycopg.errors.ObjectInUse:
            if not tries_left:
                raise ClusterError(
                    f"The database {database} is too busy to be replaced: stop Digest, then try again."
                ) from None
    connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))


def _run(cluster: Cluster, database: str, name: str, *arguments: str) -> None:
    environment = programs.clean_environment() | cluster.environment(database)
    programs.run([programs.program(name), *arguments], environment=environment)
