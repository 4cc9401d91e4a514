"""Editions: what an editor chose to tell of some days, as a page, on paper and by mail."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from articles.models.history import tracked
from articles.models.slug import Slugged, SluggedQuerySet


class EditionQuerySet(SluggedQuerySet["Edition"]):
    def published(self) -> Self:
        """Editions that readers see, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")


@tracked()
class Edition(Slugged):
    """A digest of some days: a title, a lead, and recommendations chosen from what was shown to readers in them."""

    title = models.CharField(max_length=200)
    lead = models.TextField(blank=True, help_text="What the days were about. Markdown")
    since = models.DateField("from", help_text="The first of the days whose op-eds it is chosen from")
    until = models.DateField("to")
    recommendations: models.ManyToManyField = models.ManyToManyField(
        "PolicyRecommendation", through="Choice", related_name="editions"
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When it was given to the mail")

    objects = EditionQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        ordering = ["-until", "-pk"]
        permissions = [("publish_edition", "Can publish editions")]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="edition_in_time_order")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class Choice(models.Model):
    """A recommendation in an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="choices")
    recommendation = models.ForeignKey("PolicyRecommendation", models.CASCADE, related_name="choices")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "recommendation"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.recommendation_id} in {self.edition_id}"
