"""Claims and policy recommendations: statements anchored to their passage and reviewed by people."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F
from django.urls import reverse

from articles.models.anchor import Anchored
from articles.models.history import tracked
from articles.models.review import Reviewed, ReviewedQuerySet
from articles.vocabulary import ClaimKind, Instrument, Modality, Review, Voice

if TYPE_CHECKING:
    from articles.models.article import Article


class StatementQuerySet(ReviewedQuerySet):
    def shown(self) -> Self:
        """What readers see; what an article tells in order to contradict it only once an editor has accepted it."""
        return super().shown().exclude(status=Review.SUGGESTED, voice=Voice.REBUTTED)

    def newest_first(self) -> Self:
        """Order by the article's date, undated last, then by place in the text."""
        return self.order_by(F("article__dated").desc(nulls_last=True), "-article", "start")


class Statement(Anchored, Reviewed):
    """What claims and recommendations share: an article, an anchor, a review."""

    short_name: ClassVar[str]  # what pages and addresses call it
    article: "models.ForeignKey[Article, Article]"  # each kind names its own way back
    voice = models.CharField(
        max_length=8, choices=Voice.choices, default=Voice.OWN, help_text="Whose voice the passage speaks in"
    )

    class Meta:
        abstract = True
        ordering = ["article", "start"]
        constraints = [*Anchored.Meta.constraints, *Reviewed.Meta.constraints]
        triggers = [*Anchored.Meta.triggers]
        indexes = [
            models.Index(fields=["article", "start"], name="%(class)s_in_order"),
            models.Index(fields=["status", "-confidence"], name="%(class)s_to_review"),
        ]

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 100 else self.exact[:99].rsplit(" ", 1)[0] + "…"

    def get_absolute_url(self) -> str:
        return f"{reverse('article', args=[self.article.slug])}#{self.fragment}"

    @property
    def fragment(self) -> str:
        """The name of its passage in the article's page: "claim-12"."""
        return f"{self.short_name}-{self.pk}"


@tracked()
class Claim(Statement):
    article = models.ForeignKey("Article", models.CASCADE, related_name="claims", db_index=False)
    kind = models.CharField(max_length=12, choices=ClaimKind.choices)
    claimant = models.ForeignKey(
        "Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_made",
        help_text="Empty: the author claims it",
    )
    claimant_text = models.CharField("claimant as printed", max_length=300, blank=True)
    actors: models.ManyToManyField = models.ManyToManyField(
        "Actor", blank=True, related_name="claims", help_text="Whom it is about"
    )

    short_name = "claim"
    objects = StatementQuerySet.as_manager()

    class Meta(Statement.Meta):
        abstract = False


@tracked()
class PolicyRecommendation(Statement):
    article = models.ForeignKey("Article", models.CASCADE, related_name="recommendations", db_index=False)
    addressees: models.ManyToManyField = models.ManyToManyField(
        "Actor", blank=True, related_name="recommendations", help_text="Who is told to act"
    )
    addressee_text = models.CharField("addressee as printed", max_length=300, blank=True)
    action = models.TextField(help_text="What they are told to do")
    targets: models.ManyToManyField = models.ManyToManyField(
        "Actor", blank=True, related_name="targeted_by", help_text="Towards whom"
    )
    modality = models.CharField(max_length=6, choices=Modality.choices)
    negated = models.BooleanField("told not to", default=False)
    instrument = models.CharField(max_length=14, choices=Instrument.choices, blank=True)
    condition = models.CharField(max_length=300, blank=True, help_text="As printed: “if talks resume”")
    deadline = models.CharField(max_length=200, blank=True, help_text="As printed: “before the summit”")
    recommender = models.ForeignKey(
        "Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations_made",
        help_text="Empty: the author recommends it",
    )
    recommender_text = models.CharField("recommender as printed", max_length=300, blank=True)

    short_name = "recommendation"
    objects = StatementQuerySet.as_manager()

    class Meta(Statement.Meta):
        abstract = False
