"""The op-ed behind its versions."""

from django.db import models


class Work(models.Model):
    """What several articles are versions of; each article says in `relation` what it is to the work."""

    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Work {self.pk}"
