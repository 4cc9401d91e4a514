"""The review trait: what a rule or a person put forward, and what people decided."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.vocabulary import Origin, Review


class ReviewedQuerySet(models.QuerySet):
    def suggested(self) -> Self:
        """Suggestions that wait for a decision."""
        return self.filter(status=Review.SUGGESTED)

    def decided(self) -> Self:
        """Statements that a person accepted or rejected."""
        return self.exclude(status=Review.SUGGESTED)

    def kept(self) -> Self:
        """Statements that no editor rejected."""
        return self.exclude(status=Review.REJECTED)

    def shown(self) -> Self:
        """What readers see of an article's statements: accepted ones and, unless a setting hides them, suggestions."""
        return self.kept() if settings.SHOW_SUGGESTIONS else self.filter(status=Review.ACCEPTED)


class Reviewed(models.Model):
    status = models.CharField(max_length=10, choices=Review.choices, default=Review.SUGGESTED)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.READER, editable=False)
    rule = models.CharField(max_length=100, blank=True, editable=False)
    confidence = models.FloatField(default=1.0, editable=False, help_text="0 to 1")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="%(class)s_confidence_0_to_1"),
            models.CheckConstraint(
                condition=Q(status=Review.SUGGESTED, decided_at=None)
                | (~Q(status=Review.SUGGESTED) & Q(decided_at__isnull=False)),
                name="%(class)s_decision_is_dated",
            ),
        ]

    @property
    def is_suggestion(self) -> bool:
        return self.status == Review.SUGGESTED
