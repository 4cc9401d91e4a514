"""Who wrote."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse

from articles.models.history import tracked
from articles.models.slug import Slugged, SluggedQuerySet
from articles.models.sorting import sort_key
from articles.models.tally import Tally
from articles.vocabulary import Dimension


class AuthorQuerySet(SluggedQuerySet["Author"]):
    def public(self) -> Self:
        """Authors of published articles, each with how many: `n`."""
        return self.annotate(n=Tally.objects.count_of(Dimension.AUTHOR)).filter(n__gt=0)

    def named(self, name: str) -> "Author | None":
        """Return the author of this name, or that had it before a merge; case does not matter."""
        lowered = name.casefold()
        return self.filter(models.Q(name__iexact=name) | models.Q(aliases__contains=[lowered])).order_by("pk").first()


@tracked()
class Author(Slugged):
    name = models.CharField(max_length=200)
    aliases = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="Other names, in lower case"
    )
    orcid = models.CharField("ORCID", max_length=19, blank=True)
    wikidata = models.CharField(max_length=20, blank=True)
    sort_key = sort_key("name")

    objects = AuthorQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        ordering = ["sort_key", "pk"]
        permissions = [("merge_author", "Can merge authors")]
        indexes = [
            models.Index(fields=["sort_key"], name="author_sort_key"),
            # under which name or former name an import knows them
            models.Index(Upper("name"), name="author_upper_name"),
            GinIndex(fields=["aliases"], name="author_aliases"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])
