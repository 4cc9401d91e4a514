"""Two articles that may be versions of one work: the evidence for it, and what an editor said."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from articles.models.history import tracked
from articles.models.review import Reviewed, ReviewedQuerySet
from articles.vocabulary import Relation


class KinshipQuerySet(ReviewedQuerySet):
    def of(self, article: int) -> Self:
        """Links of an article, from whichever side they were found."""
        return self.filter(Q(article=article) | Q(other=article))

    def between(self, articles: list[int]) -> Self:
        """Links of which both articles are among these."""
        return self.filter(article__in=articles, other__in=articles)


@tracked()
class Kinship(Reviewed):
    """A link between two articles, found once whichever came first; `confidence` is its score.

    A rejected one stays, so that it is not proposed again.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="kinships", help_text="Which came later")
    other = models.ForeignKey("Article", models.CASCADE, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation.choices, help_text="What the first is to the other")
    evidence = models.JSONField(default=dict, help_text="By kind of evidence, the share that both texts have")

    objects = KinshipQuerySet.as_manager()

    class Meta:
        abstract = False
        ordering = ["-pk"]
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(Least("article", "other"), Greatest("article", "other"), name="kinship_once"),
            models.CheckConstraint(condition=~Q(article=F("other")), name="kinship_of_two"),
        ]
        indexes = [models.Index(fields=["status", "-id"], name="kinship_by_status")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.get_relation_display()} {self.other_id}"
