"""How many published articles and public statements there are of each kind, kept by triggers as rows come and go.

Counting a million rows takes a third of a second, reading a count a tenth of a millisecond. Each table that is counted
says in SQL what one of its rows adds; a trigger per statement adds up what came and takes off what went.
`manage.py verify_counters` recounts and compares.
"""

import pgtrigger
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce

from articles.vocabulary import Dimension

EVERYTHING = 0  # the actor of counts that are not of one actor's articles

# The rows of one statement arrive together; they are added in one order, so that two writers wait and never block.
ADD_UP = """
    INSERT INTO articles_tally AS held (actor, dimension, value, n)
    SELECT actor, dimension, value, sum(n) FROM ({changes}) AS changed
    GROUP BY 1, 2, 3 HAVING sum(n) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (actor, dimension, value) DO UPDATE SET n = held.n + EXCLUDED.n;
"""


def counting(counted: str, *, into: str = ADD_UP, name: str = "count") -> list[pgtrigger.Trigger]:
    """Return the triggers that count a table's rows.

    `counted` is SQL that selects from the rows `{rows}` what `into` adds up, each taken `{sign}` times: for tallies
    actor, dimension, value and n.
    """
    new, old = counted.format(rows="new_rows", sign=1), counted.format(rows="old_rows", sign=-1)

    def trigger(when: str, operation: pgtrigger.Operation, changes: str, **seen: str) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"{name}_{when}", level=pgtrigger.Statement, when=pgtrigger.After, operation=operation,
            referencing=pgtrigger.Referencing(**seen), func=f"{into.format(changes=changes)} RETURN NULL;",
        )  # fmt: skip

    return [
        trigger("new", pgtrigger.Insert, new, new="new_rows"),
        trigger("changed", pgtrigger.Update, f"{new} UNION ALL {old}", new="new_rows", old="old_rows"),
        trigger("gone", pgtrigger.Delete, old, old="old_rows"),
    ]


class TallyQuerySet(models.QuerySet["Tally"]):
    def n(self, actor: int, dimension: Dimension, value: str) -> int:
        """How many rows hold a value, of an actor's or of all."""
        held = self.filter(actor=actor, dimension=dimension, value=value).order_by()
        return held.values_list("n", flat=True).first() or 0

    def count_of(self, dimension: Dimension) -> Coalesce:
        """The expression that gives a row its count among all; 0 where there is none."""
        mine = self.filter(actor=EVERYTHING, dimension=dimension, value=Cast(OuterRef("pk"), models.CharField()))
        return Coalesce(Subquery(mine.values("n")), 0)

    def held(self, dimension: Dimension) -> int:
        """How many values of a dimension any row holds."""
        return self.filter(actor=EVERYTHING, dimension=dimension, n__gt=0).count()

    def top(self, dimension: Dimension, most: int) -> dict[int, int]:
        """The ids with the highest counts of all, the highest first, each with its count."""
        rows = self.filter(actor=EVERYTHING, dimension=dimension, n__gt=0).order_by("-n", "value")
        return {int(value): n for value, n in rows.values_list("value", "n")[:most]}

    def of(self, dimension: Dimension, ids: list[int]) -> dict[int, int]:
        """The counts of these ids among all; those of none are left out."""
        rows = self.filter(actor=EVERYTHING, dimension=dimension, value__in=[str(key) for key in ids], n__gt=0)
        return {int(value): n for value, n in rows.values_list("value", "n")}


class Tally(models.Model):
    """How many rows hold a value: of all (actor 0), or of those that mention an actor."""

    pk = models.CompositePrimaryKey("actor", "dimension", "value")
    actor = models.BigIntegerField()
    dimension = models.CharField(max_length=16, choices=Dimension.choices)
    value = models.CharField(max_length=20)
    n = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tallies"
        indexes = [models.Index(F("actor"), F("dimension"), F("n").desc(), name="tally_top")]

    def __str__(self) -> str:
        return f"{self.actor} {self.dimension} {self.value}: {self.n}"
