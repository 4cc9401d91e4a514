"""Two people who code one article and don't see each other's work: kept apart from the catalogue until adjudicated."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles.models.anchor import Anchored
from articles.models.history import tracked
from articles.vocabulary import ClaimKind, Kind, Modality, Review, Stance

CODERS = 2  # of an article


class CoderQuerySet(models.QuerySet["Coder"]):
    def unfinished(self) -> Self:
        """Coders who are still at work."""
        return self.filter(finished_at=None)

    def finished(self) -> Self:
        """Coders who are done."""
        return self.exclude(finished_at=None)


@tracked()
class Coder(models.Model):
    """A person who codes an article on their own."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="coders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="coding_of")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CoderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        permissions = [("adjudicate_coder", "Can assign two coders and decide between them")]
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="coder_unique")]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class CodedPassageQuerySet(models.QuerySet["CodedPassage"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A coder's own passages; those of both, once both are done, for who decides between them."""
        own = Q(coder__user=user.pk)
        if not user.has_perm("articles.adjudicate_coder"):  # type: ignore[union-attr]
            return self.filter(own)
        at_work = Coder.objects.unfinished().filter(article=OuterRef("article"))
        return self.filter(own | ~Exists(at_work))

    def undecided(self) -> Self:
        """Passages that nobody has adjudicated."""
        return self.filter(outcome="")


@tracked()
class CodedPassage(Anchored):
    """A passage that one coder marked, and what for."""

    coder = models.ForeignKey(Coder, models.CASCADE, related_name="passages", editable=False)
    article = models.ForeignKey("Article", models.CASCADE, related_name="coded_passages", editable=False)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.RECOMMENDATION)
    claim_kind = models.CharField("kind of claim", max_length=12, choices=ClaimKind.choices, blank=True)
    modality = models.CharField(max_length=6, choices=Modality.choices, blank=True)
    action = models.TextField(blank=True, help_text="What they are told to do; left empty, the quote")
    addressee = models.ForeignKey(
        "Actor", models.PROTECT, null=True, blank=True, related_name="coded_passages", help_text="Who is told to act"
    )
    topic = models.ForeignKey("Topic", models.PROTECT, null=True, blank=True, related_name="coded_passages")
    stance = models.CharField(max_length=8, choices=Stance.choices, blank=True)
    outcome = models.CharField(
        max_length=10, choices=[(o, o.label) for o in (Review.ACCEPTED, Review.REJECTED)], blank=True, editable=False
    )

    objects = CodedPassageQuerySet.as_manager()

    class Meta:
        ordering = ["start", "end", "pk"]
        constraints = [
            *Anchored.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=Kind.CLAIM, claim_kind__gt="", modality="", addressee=None, action="")
                | Q(kind=Kind.RECOMMENDATION, modality__gt="", claim_kind=""),
                name="codedpassage_says_what_its_kind_asks",
            ),
            models.CheckConstraint(
                condition=Q(topic=None, stance="") | Q(topic__isnull=False, stance__gt=""),
                name="codedpassage_takes_a_stance_on_its_topic",
            ),
        ]
        triggers = Anchored.Meta.triggers

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 100 else self.exact[:99].rsplit(" ", 1)[0] + "…"

    @property
    def short_name(self) -> str:
        """What pages call it, and marks it as: the kind of statement that it would become."""
        return self.kind

    @property
    def fragment(self) -> str:
        return f"coded-{self.pk}"

    @property
    def is_suggestion(self) -> bool:
        return not self.outcome

    @property
    def nature(self) -> str:
        """The kind of claim, or the modality of a recommendation."""
        return self.claim_kind or self.modality
