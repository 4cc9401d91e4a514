"""Merges on record, each so that it can be taken back; and pairs of which an editor said that they are not the same."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Merge(models.Model):
    """Rows that became one row: who said so, and what has to be done to make them several again."""

    model = models.CharField(max_length=30, help_text="What was merged: actor, author, source, topic")
    survivor = models.BigIntegerField(help_text="The number of the row that stayed")
    name = models.CharField(max_length=200, help_text="Its name then")
    merged = models.JSONField(default=list, help_text="The names of the rows that went")
    trace = models.JSONField(default=dict, help_text="What changed, row by row")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{', '.join(f'“{name}”' for name in self.merged)} into “{self.name}”"


class DistinctQuerySet(models.QuerySet["Distinct"]):
    def pairs(self, model: str) -> set[tuple[int, int]]:
        """Return the pairs of a model that are not the same, the lower number first."""
        return set(self.filter(model=model).values_list("low", "high"))

    def between(self, model: str, keys: Any) -> Self:
        """Keep the pairs of which both rows are among these."""
        return self.filter(model=model, low__in=keys, high__in=keys)


class Distinct(models.Model):
    """Two rows that look like one and are two: they are not proposed as one again."""

    model = models.CharField(max_length=30)
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = DistinctQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "low", "high"], name="distinct_unique"),
            models.CheckConstraint(condition=Q(low__lt=models.F("high")), name="distinct_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.low} is not {self.high}"
