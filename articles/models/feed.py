"""Feeds that are asked again and again for what is new."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.history import tracked
from articles.vocabulary import Polled

# What polls write, a hundred times a day: no person's change, and none that a history keeps.
TOLD = (
    "etag", "last_modified", "last_polled", "last_result", "last_error", "failures", "next_poll", "entries",
)  # fmt: skip

# What one address told is of no use to another, and what an editor changes is tried at once.
ASK_ANEW = "NEW.etag = ''; NEW.last_modified = ''; NEW.failures = 0; NEW.next_poll = NOW(); RETURN NEW;"


class FeedQuerySet(models.QuerySet["Feed"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def due(self, now: datetime) -> Self:
        """Feeds whose turn has come, who waits longest first."""
        return self.active().filter(next_poll__lte=now).order_by("next_poll", "pk")


@tracked(exclude=TOLD)
class Feed(models.Model):
    address = models.CharField(max_length=500, unique=True, help_text="Of an RSS, Atom or JSON feed")
    source = models.ForeignKey(
        "Source", models.SET_NULL, null=True, blank=True, related_name="feeds",
        help_text="Where its op-eds appeared, for those that do not say so",
    )  # fmt: skip
    interval = models.PositiveIntegerField(
        default=60, validators=[MinValueValidator(1)], help_text="Minutes from one poll to the next"
    )
    active = models.BooleanField(default=True, help_text="Workers poll it")
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    last_polled = models.DateTimeField(null=True, blank=True, editable=False)
    last_result = models.CharField(max_length=10, choices=Polled.choices, default=Polled.NEVER, editable=False)
    last_error = models.CharField(max_length=500, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField("failures in a row", default=0, editable=False)
    next_poll = models.DateTimeField(default=timezone.now, editable=False)
    entries = models.JSONField(
        default=dict, editable=False, help_text="How often each entry that it has could not be had, by digest; 0: taken"
    )

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(condition=Q(interval__gt=0), name="feed_interval_positive"),
            models.CheckConstraint(
                condition=Q(address__regex="^https?://"), name="feed_address_of_the_web",
                violation_error_message="Only http and https are fetched.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["next_poll"], name="feed_due", condition=Q(active=True))]
        triggers = [
            pgtrigger.Trigger(
                name="ask_anew",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("address", "interval", "active"),
                condition=pgtrigger.AnyChange("address", "interval", "active"),
                func=ASK_ANEW,
            )
        ]

    def __str__(self) -> str:
        return self.address
