"""One version of an op-ed, as published."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Left
from django.urls import reverse

from articles.models import card, once
from articles.models.flow import Flow, FlowQuerySet
from articles.models.history import tracked
from articles.models.reference import web_address
from articles.models.slug import Slugged
from articles.vocabulary import Precision, Provenance, Publication, Relation, Review

# The first time counts, by the clock and not by the transaction's beginning; nobody writes it but this.
REMEMBER_WHEN_SHOWN = f"""
    IF TG_OP = 'UPDATE' THEN NEW.shown_at = OLD.shown_at; ELSE NEW.shown_at = NULL; END IF;
    IF NEW.shown_at IS NULL AND NEW.status = '{Publication.PUBLISHED}' THEN
        IF TG_OP = 'INSERT' OR OLD.status <> NEW.status THEN NEW.shown_at = clock_timestamp(); END IF;
    END IF;
    RETURN NEW;
"""

OPENING = 120  # characters of the body that stand in for a title that is not known
LEAD = 320  # characters of the body that a list shows

# An article's date and status stand in its actors' rows too (see ArticleActor), and follow it there.
FOLLOW_DATE_AND_STATUS = """
    UPDATE articles_claim SET voice = voice WHERE article_id = NEW.id;
    UPDATE articles_policyrecommendation SET voice = voice WHERE article_id = NEW.id;
    UPDATE articles_articleactor SET dated = coalesce(NEW.dated, '0001-01-01'), status = NEW.status
    WHERE article_id = NEW.id;
    RETURN NULL;
"""


def opening_words(opening: str) -> str:
    """Return a body's first characters on one line, cut after a word with "…" where there are more of them."""
    text = " ".join(opening.split())
    return text if len(opening) < OPENING else text.rsplit(" ", 1)[0] + "…"


class ArticleQuerySet(FlowQuerySet["Article"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Articles that this user may see: editors see those on the desk and withdrawn ones too."""
        may = user.has_perm("articles.view_article")  # type: ignore[union-attr]
        return self if may else self.published()

    def lean(self) -> Self:
        """Leave the long columns where they are."""
        return self.defer("body", "sketch", "traces", "as_read", "evidence")

    def with_claim_count(self) -> Self:
        """Add `claim_count`: claims that no editor rejected."""
        return self.annotate(claim_count=self._counted("claims", Review.SUGGESTED, Review.ACCEPTED))

    def with_statement_counts(self) -> Self:
        """Add `open_suggestions`, `claim_count` and `recommendation_count` (rejected ones left out)."""
        open_claims, open_told = (self._counted(name, Review.SUGGESTED) for name in ("claims", "recommendations"))
        return self.with_claim_count().annotate(
            recommendation_count=self._counted("recommendations", Review.SUGGESTED, Review.ACCEPTED),
            open_suggestions=open_claims + open_told,
        )

    def _counted(self, relation: str, *status: Review) -> Coalesce:
        model = self.model._meta.get_field(relation).related_model
        rows = model.objects.filter(article=models.OuterRef("pk"), status__in=status).order_by()  # type: ignore[union-attr]
        counted = rows.values("article").annotate(n=models.Count("pk")).values("n")
        return Coalesce(models.Subquery(counted), 0)

    def newest_first(self) -> Self:
        """Order by date, undated articles last; ties by order of accession."""
        return self.order_by(F("dated").desc(nulls_last=True), "-pk")


@tracked(exclude=("sketch", "traces", "dated", "opening", "as_read", "evidence", "shown_at", "reader_version"))
class Article(Flow, Slugged):
    title = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True, help_text="ISO 639-1")
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="articles")
    via = models.ForeignKey(
        "Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aggregated",
        help_text="The aggregator it was taken from",
    )
    url = models.TextField("address", blank=True)
    authors: models.ManyToManyField = models.ManyToManyField("Author", through="Byline", related_name="articles")

    published = models.DateField(
        null=True, blank=True, help_text="The first day of the month or year where no more is known"
    )
    published_precision = models.CharField("precision", max_length=5, choices=Precision.choices, blank=True)
    published_provenance = models.CharField("provenance", max_length=10, choices=Provenance.choices, blank=True)
    published_not_before = models.DateField(
        "not before", null=True, blank=True, help_text="The latest past event that the text dates"
    )
    dated = models.GeneratedField(
        expression=Coalesce("published", "published_not_before"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    truncated = models.BooleanField(default=False, help_text="The text breaks off")
    body = models.TextField()
    headings = ArrayField(
        models.PositiveIntegerField(),
        default=list,
        blank=True,
        editable=False,
        help_text="Where section headings start",
    )
    words = models.PositiveIntegerField(default=0, editable=False)
    opening = models.GeneratedField(expression=Left("body", OPENING), output_field=models.TextField(), db_persist=True)
    sketch = ArrayField(
        models.BigIntegerField(), default=list, editable=False, help_text="Sampled hashes of its three-word shingles"
    )
    traces = ArrayField(
        models.BigIntegerField(),
        default=list,
        db_default=models.Value([], output_field=ArrayField(models.BigIntegerField())),
        editable=False,
        help_text="Hashes of what a translation keeps: numbers, names, addresses",
    )

    work = models.ForeignKey("Work", models.PROTECT, null=True, blank=True, related_name="articles")
    relation = models.CharField(
        max_length=12, choices=Relation.choices, blank=True, help_text="What this version is to the work"
    )

    as_read = models.JSONField(
        default=dict, editable=False, help_text="The values as last read, to tell editors' changes"
    )
    evidence = models.JSONField(
        default=dict, editable=False, help_text="By field, what the witnesses to its value said; the first was believed"
    )
    reader_version = models.CharField(max_length=20, blank=True, editable=False)
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When an editor had read it")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, db_index=False,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    shown_at = models.DateTimeField(
        null=True, editable=False, help_text="When first shown to readers; empty where that was before this was kept"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        ordering = ["-pk"]
        permissions = [("publish_article", "Can publish and withdraw articles")]
        constraints = [
            *Flow.Meta.constraints,
            models.CheckConstraint(condition=~Q(body=""), name="article_has_a_body"),
            models.CheckConstraint(
                condition=Q(published=None, published_precision="", published_provenance="")
                | Q(published__isnull=False, published_precision__gt="", published_provenance__gt=""),
                name="article_date_says_precision_and_provenance",
                violation_error_message="A date needs its precision and provenance; without a date both stay empty.",
            ),
            models.CheckConstraint(
                condition=Q(work=None, relation="") | Q(work__isnull=False, relation__gt=""),
                name="article_version_says_its_relation",
                violation_error_message="A version of a work needs its relation to it.",
            ),
        ]
        indexes = [
            *Flow.Meta.indexes,
            # looked into after each addition: what is not yet in its place would be read from end to end
            GinIndex(fields=["sketch"], name="article_sketch", fastupdate=False),
            GinIndex(fields=["traces"], name="article_traces", fastupdate=False),
            models.Index(KT("as_read__body"), name="article_text_as_read"),  # what was read before, to the letter
            models.Index(fields=["shown_at"], name="article_shown_at", condition=Q(shown_at__isnull=False)),
            # what is asked for and rare: the undated, and what an editor has read
            models.Index(fields=["id"], name="article_undated", condition=models.Q(published=None)),
            models.Index(fields=["id"], name="article_reviewed", condition=models.Q(reviewed_at__isnull=False)),
        ]
        triggers = [
            *Slugged.Meta.triggers,
            *card.ARTICLE_TRIGGERS,
            once.OF_ARTICLE,
            pgtrigger.Trigger(
                name="pass_on_date_and_status",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("published", "published_not_before", "status"),
                condition=pgtrigger.AnyChange("published", "published_not_before", "status"),
                func=FOLLOW_DATE_AND_STATUS,
            ),
            pgtrigger.Trigger(
                name="remember_when_shown",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "shown_at"),
                func=REMEMBER_WHEN_SHOWN,
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"“{self.opening_words}”"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def opening_words(self) -> str:
        """The body's first words, for an article whose title is not known: at most `OPENING` characters and "…"."""
        return opening_words(self.opening)

    @property
    def link(self) -> str:
        """The address it was published at, if it is one that may be followed from a page."""
        return web_address(self.url)

    def publish(self, nonetheless: str = "") -> None:
        """Show a new article to readers, whatever speaks against it: `nonetheless` says why."""
        self.status, self.nonetheless = Publication.PUBLISHED, nonetheless
        self.save(update_fields=["status", "nonetheless", "updated_at"])


@tracked()
class Byline(models.Model):
    """An author's place on an article, as printed."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    author = models.ForeignKey("Author", models.PROTECT, related_name="bylines")
    position = models.PositiveIntegerField(default=1)
    name = models.CharField("name as printed", max_length=200)
    rank = models.CharField(max_length=200, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    country = models.ForeignKey(
        "Actor",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "country"},
        help_text="Of the affiliation, at the time of writing",
    )

    class Meta:
        ordering = ["article", "position"]
        triggers = card.BYLINE_TRIGGERS
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"], name="byline_position_unique", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return self.name
