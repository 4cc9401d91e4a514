"""Who is named but not in the authority file: proposed to editors, never made an actor by itself."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Lower, Substr

from articles.models.history import tracked
from articles.models.review import Reviewed, ReviewedQuerySet
from articles.vocabulary import ActorKind, Review

AROUND = 90  # characters on either side of a name that a list shows


class CandidateQuerySet(ReviewedQuerySet):
    def named(self, name: str) -> Any:
        """Return the candidate of this name, whatever its case."""
        return self.annotate(lower=Lower("name")).filter(lower=name.lower()).first()

    def with_places(self) -> Self:
        """Add `articles_n` and, of the first mention, `around`, `at`, `long`, the title and id of its article."""
        mentions = CandidateMention.objects.filter(candidate=OuterRef("pk")).order_by()
        counted = mentions.values("candidate").annotate(n=Count("article", distinct=True)).values("n")
        first: Any = (
            CandidateMention.objects.filter(candidate=OuterRef("pk")).with_context().order_by("article_id", "start")
        )
        return self.annotate(
            articles_n=Coalesce(Subquery(counted), 0),
            around=Subquery(first.values("around")[:1]),
            at=Subquery(first.values("at")[:1]),
            long=Subquery(first.values("long")[:1]),
            first_article=Subquery(first.values("article")[:1]),
            first_title=Subquery(first.values("article__title")[:1]),
        )


class CandidateMentionQuerySet(models.QuerySet):
    def with_context(self) -> Self:
        """Add `around`, the text AROUND a mention, and where in it the name stands: `at`, `long`, in characters."""
        begin = Greatest(F("start") - AROUND, 0)
        return self.annotate(
            around=Substr("article__body", begin + 1, F("end") + AROUND - begin),
            at=F("start") - begin,
            long=F("end") - F("start"),
        )


@tracked()
class Candidate(Reviewed):
    """Somebody named whom no actor stands for: a suggestion; accepted once an actor stands for it."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ActorKind.choices)
    note = models.CharField(max_length=300, blank=True, help_text="What the text says of it")
    actor = models.ForeignKey(
        "Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidates",
        help_text="The actor that it is, if the authority file has it under another name",
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        abstract = False
        ordering = ["-pk"]
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(Lower("name"), name="candidate_name_unique"),
            models.CheckConstraint(
                condition=Q(status=Review.ACCEPTED, actor__isnull=False) | (~Q(status=Review.ACCEPTED) & Q(actor=None)),
                name="candidate_accepted_is_an_actor",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CandidateMention(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="candidate_mentions", db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField(help_text="Characters of the body")
    end = models.PositiveIntegerField()

    objects = CandidateMentionQuerySet.as_manager()

    class Meta:
        ordering = ["article_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["article", "start", "end", "candidate"], name="candidate_mention_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="candidate_mention_end_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} at {self.start}"
