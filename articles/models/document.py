"""The raw bytes as received: kept before anything is tried, never edited."""

import hashlib

from django.db import models


class DocumentQuerySet(models.QuerySet):
    def holding(self, raw: bytes) -> models.QuerySet:
        """Return the document of exactly these bytes, if it is held."""
        return self.filter(sha256=hashlib.sha256(raw).hexdigest())


class Document(models.Model):
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    raw = models.BinaryField(editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="Bytes")
    media_type = models.CharField(max_length=100, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    location = models.TextField(blank=True, help_text="The file or address it came from")
    received_at = models.DateTimeField(auto_now_add=True)
    article = models.ForeignKey("Article", models.SET_NULL, null=True, blank=True, related_name="documents")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=0), name="document_size_not_negative")]
        indexes = [models.Index(fields=["location"], name="document_location")]

    def __str__(self) -> str:
        return self.location or self.sha256[:12]
