"""Where articles appeared."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from articles.models.history import tracked
from articles.models.slug import Slugged, SluggedQuerySet
from articles.models.sorting import sort_key
from articles.models.tally import Tally
from articles.vocabulary import Dimension, SourceKind


class SourceQuerySet(SluggedQuerySet["Source"]):
    def public(self) -> Self:
        """Sources of published articles, with how many appeared in each, `n`, and were taken from it, `taken`."""
        return self.annotate(
            n=Tally.objects.count_of(Dimension.SOURCE), taken=Tally.objects.count_of(Dimension.VIA)
        ).filter(models.Q(n__gt=0) | models.Q(taken__gt=0))

    def named(self, name: str) -> "Source | None":
        """Return the source of this name, or that had it before a merge; case does not matter."""
        lowered = name.casefold()
        return self.filter(models.Q(name__iexact=name) | models.Q(aliases__contains=[lowered])).order_by("pk").first()


@tracked()
class Source(Slugged):
    name = models.CharField(max_length=200, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="Other names, in lower case"
    )
    kind = models.CharField(max_length=20, choices=SourceKind.choices, default=SourceKind.OTHER)
    country = models.ForeignKey("Actor", models.SET_NULL, null=True, blank=True, related_name="+")
    homepage = models.URLField(blank=True)
    excerpt_only = models.BooleanField(
        default=False, help_text="Readers see statements and the beginning, with a link: the full text may not be shown"
    )
    sort_key = sort_key("name")

    objects = SourceQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        ordering = ["sort_key", "pk"]
        permissions = [("merge_source", "Can merge sources")]
        indexes = [models.Index(fields=["sort_key"], name="source_sort_key")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])
