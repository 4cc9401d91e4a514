"""Who is talked about or told: the authority file that editors own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from articles.models.history import tracked
from articles.models.slug import Slugged, SluggedQuerySet
from articles.models.sorting import sort_key
from articles.vocabulary import ActorKind, NameKind


class ActorQuerySet(SluggedQuerySet["Actor"]):
    def in_use(self) -> "ActorQuerySet":
        """Actors that the reader looks for."""
        return self.filter(retired=False)


@tracked(exclude=("loaded",))
class Actor(Slugged):
    key = models.CharField(
        max_length=100,
        blank=True,
        editable=False,
        help_text="Its entry in the authority file it was loaded from",
    )
    former_keys = ArrayField(models.CharField(max_length=100), default=list, blank=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ActorKind.choices)
    iso = models.CharField("ISO code", max_length=2, blank=True, help_text="ISO 3166-1, two letters; countries only")
    wikidata = models.CharField(max_length=20, blank=True)
    country = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", limit_choices_to={"kind": "country"}
    )
    retired = models.BooleanField(default=False, help_text="The reader no longer looks for it")
    loaded = models.JSONField(
        default=dict, editable=False, help_text="The entry as last loaded, to tell editors' changes"
    )
    sort_key = sort_key("name")

    objects = ActorQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        ordering = ["sort_key", "pk"]
        permissions = [("merge_actor", "Can merge actors")]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="actor_key_unique"),
        ]
        indexes = [models.Index(fields=["sort_key"], name="actor_sort_key")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


@tracked()
class ActorName(models.Model):
    """One form under which an actor appears in texts."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=NameKind.choices, default=NameKind.NAME)
    language = models.CharField(max_length=8, blank=True, help_text="ISO 639-1; empty: in every language")
    witness = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        help_text="An ambiguous form counts only in a text that also holds one of these words",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["actor", "text", "kind", "language"], name="actor_name_unique"),
        ]

    def __str__(self) -> str:
        return self.text
