"""What workers do in the background: how far a search of the archive is, and why jobs failed."""

from typing import Self

from django.conf import settings
from django.db import models


class RetaggingQuerySet(models.QuerySet["Retagging"]):
    def going_on(self) -> Self:
        return self.filter(ended_at=None)


class Retagging(models.Model):
    """A search of the archive for the names of one actor; it goes through the articles by their number."""

    actor = models.ForeignKey("Actor", models.CASCADE, related_name="retaggings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    to_read = models.PositiveBigIntegerField("articles to read", null=True, help_text="Empty: not counted yet")
    read = models.PositiveBigIntegerField("articles read", default=0)
    added = models.PositiveBigIntegerField("mentions added", default=0)
    place = models.BigIntegerField(default=0, help_text="The last article that was read")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RetaggingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"The archive searched for {self.actor}"


class JobFailure(models.Model):
    """Why a job failed, each time that it was tried."""

    job = models.BigIntegerField(db_index=True, help_text="Its number in the queue")
    task = models.CharField(max_length=128)
    given = models.JSONField(default=dict)
    tried = models.PositiveSmallIntegerField(help_text="How often, this time included")
    because = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.task} {self.job}: {self.because}"
