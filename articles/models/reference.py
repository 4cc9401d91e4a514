"""Footnotes and bibliography entries."""

from django.db import models


class Reference(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="references")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True, help_text="As the body's markers name it")
    text = models.TextField()
    url = models.TextField("address", blank=True)
    cited = models.ForeignKey("Article", models.SET_NULL, null=True, blank=True, related_name="cited_by")

    class Meta:
        ordering = ["article", "position"]
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="reference_position_unique")]

    def __str__(self) -> str:
        return self.text[:80]
