"""The codebook: a tree of topics, and what claims and recommendations say to them."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.urls import reverse

from articles.models.history import tracked
from articles.models.search import CONFIGURATION
from articles.models.slug import Slugged, SluggedQuerySet
from articles.models.sorting import sort_key
from articles.vocabulary import Stance

# A topic and whatever stands under it, however deep.
WITHIN = """
    WITH RECURSIVE below AS (
        SELECT id FROM articles_topic WHERE id = %s
        UNION SELECT t.id FROM articles_topic t JOIN below ON t.parent_id = below.id
    ) SELECT id FROM below
"""

REFUSE_CIRCLES = """
    IF EXISTS (
        WITH RECURSIVE above AS (
            SELECT id, parent_id FROM articles_topic WHERE id = NEW.parent_id
            UNION SELECT t.id, t.parent_id FROM articles_topic t JOIN above ON t.id = above.parent_id
        ) SELECT FROM above WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'topic % would stand under itself', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


# The words of a coded passage, in the text search configuration of its article's language.
KEEP_WORDS = f"""
    SELECT to_tsvector({CONFIGURATION.format(row="a")}, s.exact) INTO NEW.search FROM articles_article a JOIN (
        SELECT article_id, exact FROM articles_claim WHERE id = NEW.claim_id
        UNION ALL SELECT article_id, exact FROM articles_policyrecommendation WHERE id = NEW.recommendation_id
    ) s ON a.id = s.article_id;
    RETURN NEW;
"""


class TopicQuerySet(SluggedQuerySet["Topic"]):
    def within(self, topic: "Topic") -> Self:
        """A topic and whatever stands under it."""
        return self.filter(pk__in=RawSQL(WITHIN, [topic.pk]))  # noqa: S611 - a constant of ours


@tracked()
class Topic(Slugged):
    name = models.CharField(max_length=200)
    aliases = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="Other names, in lower case"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    description = models.TextField(
        blank=True, help_text="When a statement belongs here, and when it does not. Markdown"
    )
    sort_key = sort_key("name")

    objects = TopicQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        ordering = ["sort_key", "pk"]
        permissions = [("merge_topic", "Can merge topics")]
        indexes = [models.Index(fields=["sort_key"], name="topic_sort_key")]
        triggers = [
            *Slugged.Meta.triggers,
            pgtrigger.Trigger(
                name="refuse_circles",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
                condition=pgtrigger.Q(new__parent__isnull=False),
                func=REFUSE_CIRCLES,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class CodingQuerySet(models.QuerySet["Coding"]):
    def of(self, statement: Any) -> Self:
        """The codings of a claim or a recommendation."""
        return self.filter(**{statement.short_name: statement.pk})

    def within(self, topic: Topic) -> Self:
        """Codings under a topic, or under one that stands below it."""
        return self.filter(topic__in=Topic.objects.within(topic).values("pk"))

    def with_statements(self) -> Self:
        """Take the statements and what is shown of their articles along."""
        rows = self.select_related("claim__article", "recommendation__article", "coded_by")
        long = ("body", "sketch", "as_read", "evidence")
        return rows.defer(*(f"{kind}__article__{name}" for kind in ("claim", "recommendation") for name in long))


@tracked(exclude=("search",))
class Coding(models.Model):
    """What one claim or recommendation says to one topic."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="codings")
    claim = models.ForeignKey("Claim", models.CASCADE, null=True, blank=True, related_name="codings")
    recommendation = models.ForeignKey(
        "PolicyRecommendation", models.CASCADE, null=True, blank=True, related_name="codings"
    )
    stance = models.CharField(max_length=8, choices=Stance.choices)
    is_example = models.BooleanField("example", default=False, help_text="Shows in the codebook what the topic means")
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    coded_at = models.DateTimeField(auto_now_add=True)
    search = SearchVectorField(editable=False, null=True, help_text="The words of the passage as it was when coded")

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, recommendation=None) | Q(claim=None, recommendation__isnull=False),
                name="coding_is_of_one_statement",
            ),
            models.UniqueConstraint(fields=["claim", "topic"], name="coding_of_claim_unique"),
            models.UniqueConstraint(fields=["recommendation", "topic"], name="coding_of_recommendation_unique"),
        ]
        indexes = [GinIndex(fields=["search"], name="coding_search")]
        triggers = [
            pgtrigger.Trigger(
                name="keep_words",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("claim_id", "recommendation_id", "stance"),
                func=KEEP_WORDS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.stance}"

    @property
    def statement(self) -> Any:
        """The claim or recommendation that is coded."""
        return self.claim or self.recommendation
