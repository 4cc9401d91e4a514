"""A decision on many suggestions at once, kept so that it can be taken back whole."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from articles.vocabulary import Review


class BulkDecision(models.Model):
    """Which suggestions somebody accepted or rejected at one time, and what was asked for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(help_text="The moment that stands with each of the statements, too")
    status = models.CharField(max_length=10, choices=Review.choices)
    asked = models.CharField(max_length=1000, blank=True, help_text="The question in the queue's address")
    claims = ArrayField(models.BigIntegerField(), default=list)
    recommendations = ArrayField(models.BigIntegerField(), default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["user", "-at"], name="bulk_decision_latest")]

    def __str__(self) -> str:
        return f"{self.n} {self.get_status_display()}"

    @property
    def n(self) -> int:
        """How many suggestions it decided on."""
        return len(self.claims) + len(self.recommendations)
