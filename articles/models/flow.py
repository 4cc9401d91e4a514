"""The flow trait: where an article stands between desk and reader, whose it is, and what speaks against showing it.

Inbox, in review, ready, published, withdrawn: `STEPS` says which of them follows which. The functions of
`articles.curation.decisions` take the steps; nothing else writes a status but an import, for what is new.
"""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from articles.models.slug import Row, SluggedQuerySet
from articles.vocabulary import Block, Publication, Review

OPEN = [Publication.INBOX, Publication.IN_REVIEW, Publication.READY]  # what the desk has before it

# From where an article may go where.
STEPS: dict[Publication, list[Publication]] = {
    Publication.INBOX: [Publication.IN_REVIEW, Publication.READY, Publication.PUBLISHED],
    Publication.IN_REVIEW: [Publication.INBOX, Publication.READY, Publication.PUBLISHED],
    Publication.READY: [Publication.IN_REVIEW, Publication.PUBLISHED],
    Publication.PUBLISHED: [Publication.WITHDRAWN],
    Publication.WITHDRAWN: [Publication.IN_REVIEW, Publication.PUBLISHED],
}


class FlowQuerySet(SluggedQuerySet[Row]):
    def published(self) -> Self:
        """Articles that readers may see."""
        return self.filter(status=Publication.PUBLISHED)

    def withdrawn(self) -> Self:
        """Articles that readers saw once: their addresses say so."""
        return self.filter(status=Publication.WITHDRAWN)

    def on_desk(self) -> Self:
        """Articles that wait for somebody: neither published nor withdrawn."""
        return self.filter(status__in=OPEN)

    def may_become(self, status: Publication) -> Self:
        """Articles from where a step leads to `status`."""
        return self.filter(status__in=[here for here, onward in STEPS.items() if status in onward])

    def overdue(self, today: date) -> Self:
        """Articles of the desk that should have been done before `today`."""
        return self.on_desk().filter(due__lt=today)

    def scheduled(self) -> Self:
        """Articles that are to be shown at a moment of their own."""
        return self.filter(status=Publication.READY, publish_at__isnull=False)

    def due_at(self, moment: datetime) -> Self:
        """Scheduled articles whose moment has come."""
        return self.scheduled().filter(publish_at__lte=moment)

    def with_blocks(self) -> Self:
        """Add what speaks against showing them: `no_date`, `no_source`, `open_suggestions_left`; see `blocks`."""
        return self.annotate(
            no_date=Q(published=None), no_source=Q(source=None),
            open_suggestions_left=self._suggested("claims") | self._suggested("recommendations"),
        )  # fmt: skip

    def _suggested(self, relation: str) -> Exists:
        of: Any = self.model._meta.get_field(relation).related_model
        return Exists(of.objects.filter(article=OuterRef("pk"), status=Review.SUGGESTED))


class Flow(models.Model):
    """Where an article stands, and what the desk has said about that."""

    status = models.CharField(max_length=10, choices=Publication.choices, default=Publication.INBOX)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assigned_articles",
        db_index=False, help_text="Who sees to it",
    )  # fmt: skip
    due = models.DateField(null=True, blank=True, help_text="When it should be done")
    publish_at = models.DateTimeField(
        "publish at", null=True, blank=True, help_text="Shown to readers from then on; until then it is ready and waits"
    )
    nonetheless = models.TextField(
        "published nonetheless",
        blank=True,
        db_default="",
        editable=False,
        help_text="Why, where something spoke against it",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_because = models.TextField(
        "withdrawn because", blank=True, db_default="", editable=False, help_text="Readers are told at its address"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(status=Publication.READY), name="article_scheduled_is_ready"
            ),
        ]
        indexes = [
            # What the desk asks of what is before it: a small part of an archive.
            models.Index(F("status"), F("id").desc(), name="article_desk", condition=Q(status__in=OPEN)),
            models.Index(fields=["assignee", "due"], name="article_assigned", condition=Q(assignee__isnull=False)),
            models.Index(fields=["due"], name="article_due", condition=Q(due__isnull=False)),
            models.Index(fields=["publish_at"], name="article_publish_at", condition=Q(publish_at__isnull=False)),
        ]

    @property
    def is_public(self) -> bool:
        return self.status == Publication.PUBLISHED

    @property
    def onward(self) -> list[Publication]:
        """Where a step may lead from here."""
        return STEPS[Publication(self.status)]


def blocks(article: Any) -> list[Block]:
    """Return what speaks against showing an article that was asked for `with_blocks`."""
    held = [(Block.NO_DATE, article.no_date), (Block.NO_SOURCE, article.no_source)]
    return [block for block, here in [*held, (Block.OPEN_SUGGESTIONS, article.open_suggestions_left)] if here]
