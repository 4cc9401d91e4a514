"""Who follows what by mail.

These rows are nobody's but the reader's: they are deleted when the reader leaves, and so no history is kept of them.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from articles.vocabulary import Every

EDITIONS = "editions"  # followed as a list is, but told when one is published


class AlertQuerySet(models.QuerySet["Alert"]):
    def confirmed(self) -> Self:
        """Alerts that the owner of the address asked for; nobody else is mailed."""
        return self.filter(confirmed_at__isnull=False)

    def due_at(self, moment: datetime) -> Self:
        """Alerts whose moment has come."""
        return self.confirmed().filter(due_at__lte=moment)


class Alert(models.Model):
    """A question that somebody follows by mail. What was shown to readers up to `told_until` has been told."""

    email = models.EmailField()
    room = models.CharField("list", max_length=20, help_text="What is asked: the list's name in its address")
    question = models.TextField(blank=True, help_text="As in the list's address; empty: everything")
    every = models.CharField(max_length=6, choices=Every.choices)
    language = models.CharField(max_length=8, default="en", help_text="In which they read Digest, ISO 639-1")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="When it is looked next whether there is news")
    failures = models.PositiveSmallIntegerField(default=0, help_text="How often the last mail was refused")

    objects = AlertQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("email"), "room", "question", name="alert_once")]
        indexes = [models.Index(fields=["due_at"], name="alert_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.every} {self.room}?{self.question}"


class Mailing(models.Model):
    """One mail of an alert, on record before it goes out and after; what was cut off between is not sent again."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="mailings")
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alert", "due_at"], name="mailing_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} at {self.due_at}"


class SignUp(models.Model):
    """That somebody asked for mail to an address, kept for a day: so many are allowed, see `articles.following`."""

    email = models.EmailField()
    address = models.CharField(max_length=64, help_text="The network address it was asked from")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(Lower("email"), "at", name="sign_up_email"),
            models.Index(fields=["address", "at"], name="sign_up_address"),
            models.Index(fields=["at"], name="sign_up_at"),
        ]

    def __str__(self) -> str:
        return f"{self.address} at {self.at}"
