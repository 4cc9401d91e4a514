"""Reading again what is held: a row each time somebody asks for it, a row each article in which something changed."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q

from articles.vocabulary import Outcome, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence


class RereadingQuerySet(models.QuerySet["Rereading"]):
    def going_on(self) -> Self:
        return self.filter(ended_at=None)

    def counted(self) -> Self:
        """Add `changed` and `failed`: how many articles were changed, and how many could not be read."""
        return self.annotate(
            changed=Count("items", filter=Q(items__outcome=Outcome.UPDATED)),
            failed=Count("items", filter=Q(items__outcome=Outcome.FAILED)),
        )


class Rereading(models.Model):
    """Documents read again with the present reader; it goes through their articles by their number."""

    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.OUTDATED)
    chosen: "models.Field[Sequence[int], list[int]]" = ArrayField(models.BigIntegerField(), default=list, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    to_read = models.PositiveBigIntegerField("articles to read", null=True, help_text="Empty: not counted yet")
    read = models.PositiveBigIntegerField("articles read", default=0)
    place = models.BigIntegerField(default=0, help_text="The last article that was read")
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)

    objects = RereadingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Re-reading {self.pk} of {Scope(self.scope).label} articles"


class RereadItem(models.Model):
    """An article that was changed by being read again, with what changed; or one that could not be read, and why."""

    rereading = models.ForeignKey(Rereading, models.CASCADE, related_name="items")
    article = models.ForeignKey("Article", models.CASCADE, related_name="reread_items")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    found = models.JSONField(default=dict, help_text="How many statements of people were found again how")
    changes = models.JSONField(default=dict, help_text="What changed: fields, suggestions added and gone")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["rereading", "article"], name="rereading_item_unique")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.outcome}"
