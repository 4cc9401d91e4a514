"""Actors at their places in a body, and counted an article."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q

from articles.models.card import ACTOR_TRIGGERS, UNDATED
from articles.models.history import tracked
from articles.vocabulary import Publication

if TYPE_CHECKING:
    from articles.models.article import Article


class Mention(models.Model):
    article = models.ForeignKey("Article", models.CASCADE, related_name="mentions")
    actor = models.ForeignKey("Actor", models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField(help_text="Characters of the body")
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["article", "start"]
        constraints = [
            models.UniqueConstraint(fields=["article", "start", "end", "actor"], name="mention_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_end_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} at {self.start}"


class ArticleActorQuerySet(models.QuerySet["ArticleActor"]):
    def recount(self, article: "Article") -> None:
        """Count an article's mentions anew, actor by actor; rows whose count stays are left alone."""
        mentions = Mention.objects.filter(article=article).order_by("actor")
        counted = dict(mentions.values_list("actor").annotate(n=Count("pk")))
        held = self.filter(article=article)
        held.exclude(actor__in=counted).delete()
        before = dict(held.values_list("actor", "n"))
        dated = article.dated or UNDATED
        for actor, n in counted.items():
            if actor in before and before[actor] != n:
                held.filter(actor=actor).update(n=n)
        ArticleActor.objects.bulk_create(
            ArticleActor(article=article, actor_id=actor, n=n, dated=dated, status=article.status)
            for actor, n in counted.items()
            if actor not in before
        )


@tracked(exclude=("dated", "status"))
class ArticleActor(models.Model):
    """An actor in an article: the covering index behind every question about an actor.

    `dated` and `status` repeat the article's own and follow it by trigger.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="article_actors", db_index=False)
    actor = models.ForeignKey("Actor", models.PROTECT, related_name="article_actors", db_index=False)
    n = models.PositiveIntegerField("mentions")
    dated = models.DateField(default=UNDATED, help_text="The first of all days where the article has none")
    status = models.CharField(max_length=10, choices=Publication.choices)

    objects = ArticleActorQuerySet.as_manager()

    class Meta:
        triggers = ACTOR_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["article", "actor"], include=["status"], name="article_actor_unique"),
            models.CheckConstraint(condition=Q(n__gt=0), name="article_actor_mentioned"),
        ]
        indexes = [
            models.Index(
                F("actor"),
                F("dated").desc(),
                F("article").desc(),
                name="article_actor_published",
                condition=Q(status=Publication.PUBLISHED),
            ),
            models.Index(fields=["actor"], name="article_actor_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.article_id}: {self.n}"
