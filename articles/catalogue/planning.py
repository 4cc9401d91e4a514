"""How the planner is told which way to go, and when to give up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, OperationalError, connections, transaction
from psycopg.errors import QueryCanceled

from articles.catalogue import limits

Answer = TypeVar("Answer")

# How a plan is asked for: PostgreSQL knows no hints. Each of these holds for the rest of the transaction.
BY_WORDS = {"enable_seqscan": "off", "enable_indexscan": "off", "enable_bitmapscan": "on"}
BY_DATE = {
    "enable_seqscan": "off", "enable_indexscan": "on", "enable_bitmapscan": "off", "enable_sort": "off",
    "statement_timeout": str(limits.PATIENCE),
}  # fmt: skip
AS_WAS = {
    "enable_seqscan": "on",
    "enable_indexscan": "on",
    "enable_bitmapscan": "on",
    "enable_sort": "on",
    "statement_timeout": "0",
}


@contextmanager
def planning(using: str) -> Iterator[None]:
    """Leave the planner as it was, also within somebody else's transaction."""
    try:
        yield
    finally:
        with suppress(DatabaseError):  # where the transaction is lost, what was set in it is too
            plan(using, AS_WAS)


def plan(using: str, settings: dict[str, str]) -> None:
    """Say how the rest of the transaction is to be planned."""
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])


def patiently(using: str, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` finds on the way through the dates; where that takes too long, by the index of words."""
    try:
        with transaction.atomic(using=using):
            plan(using, BY_DATE)
            return ask()
    except OperationalError as error:  # the statement was given up
        require_given_up(error)
        plan(using, BY_WORDS | {"enable_sort": "on", "statement_timeout": str(limits.GATE_PATIENCE)})
        return ask()
    finally:
        with suppress(DatabaseError):
            plan(using, {"statement_timeout": "0"})


def require_given_up(error: OperationalError) -> None:
    """Raise an error again that is not of a statement given up: a server that died answers no other question either."""
    if not isinstance(error.__cause__, QueryCanceled):
        raise error


def as_sql(rows: Any, *types: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of some rows and its parameters; `types`: a value for each column, for rows that can't exist."""
    try:
        sql, given = rows.query.sql_with_params()
    except EmptyResultSet:
        return f"SELECT {', '.join(types)} WHERE false", ()
    return sql, tuple(given)
