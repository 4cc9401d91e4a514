"""What each import did: a row a run, a row a document."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.vocabulary import Outcome


class ImportRunQuerySet(models.QuerySet):
    def counted(self) -> "ImportRunQuerySet":
        """Add a count of documents per outcome: `created`, `updated`, `unchanged`, `duplicate`, `failed`."""
        return self.annotate(
            **{outcome.value: models.Count("items", filter=models.Q(items__outcome=outcome)) for outcome in Outcome}
        )


class ImportRun(models.Model):
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    interrupted = models.BooleanField(default=False, help_text="It ended before its documents did")
    paths = models.TextField(help_text="What it was asked to read, a line each")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    enqueued = models.BooleanField(default=False, help_text="Workers read what it took in")
    options = models.JSONField(default=dict, blank=True, help_text="What workers are to do with its documents")
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text="Since when workers leave it alone")
    feed = models.ForeignKey("Feed", models.SET_NULL, null=True, blank=True, related_name="runs")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Import {self.pk}, {self.started_at:%d %B %Y %H:%M}"


class ImportItem(models.Model):
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="items")
    location = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    document = models.ForeignKey("Document", models.SET_NULL, null=True, blank=True, related_name="items")
    article = models.ForeignKey("Article", models.SET_NULL, null=True, blank=True, related_name="import_items")
    at = models.DateTimeField(default=timezone.now)
    is_a_place = models.BooleanField(
        default=True, help_text="Whether a later document from there is a new text of the same thing"
    )
    tried = models.PositiveSmallIntegerField(default=0, help_text="How often a worker took it in hand")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run", "id"], name="import_item_waiting", condition=models.Q(outcome="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.location}: {self.outcome}"
