"""Claims and policy recommendations: statements anchored to their passage and reviewed by people."""

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from articles.models.anchor import Anchored
from articles.models.card import UNDATED
from articles.models.history import tracked
from articles.models.once import counted_once
from articles.models.review import Reviewed, ReviewedQuerySet
from articles.models.rule_record import judged
from articles.models.tally import EVERYTHING, counting
from articles.vocabulary import ClaimKind, Dimension, Instrument, Modality, Origin, Publication, Review, Voice

if TYPE_CHECKING:
    from articles.models.article import Article


# A statement repeats its article's date, and its own status where it counts, for the lists of all statements.
FOLLOW_ARTICLE = f"""
    SELECT coalesce(a.dated, '{UNDATED.isoformat()}'), CASE
        WHEN a.status = '{Publication.PUBLISHED}' AND NEW.status <> '{Review.REJECTED}'
            AND NOT (NEW.status = '{Review.SUGGESTED}' AND NEW.voice = '{Voice.REBUTTED}') AND NOT NEW.repeated
        THEN NEW.status ELSE '' END
    INTO NEW.dated, NEW.standing FROM articles_article a WHERE a.id = NEW.article_id;
    RETURN NEW;
"""


# What a public statement is counted under: how it was reviewed.
STANDING = f"""
    SELECT {EVERYTHING} AS actor, '{{dimension}}' AS dimension, standing AS value, {{{{sign}}}} AS n
    FROM {{{{rows}}}} WHERE standing <> ''
"""


# The orders of what waits for review that indexes hold.
WAITING = {
    "wait": (F("confidence").desc(), F("id").desc()),
    "wait_date": (F("dated").desc(), F("id").desc()),
    "wait_rule": (F("rule"), F("confidence").desc(), F("id").desc()),
}


def said_by(field: str, model: str) -> models.Index:
    """Return the index of public statements by the actor who makes them, the newest article first."""
    order = (F("dated").desc(), F("article").desc(), F("start"))
    made = ~Q(standing="") & Q(**{f"{field}__isnull": False})
    return models.Index(F(field), *order, name=f"{model}_said_by", condition=made)


class Link(models.Model):
    """A row of a statement's many-to-many field: the covering index behind every question about what an actor is told.

    What it repeats of the statement follows it by trigger.
    """

    actor = models.ForeignKey("articles.Actor", models.DO_NOTHING, related_name="+")
    standing = models.CharField(max_length=10, blank=True, editable=False)
    dated = models.DateField(default=UNDATED, editable=False)
    article_id = models.BigIntegerField(default=0, editable=False)
    start = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        managed = False  # the tables are those of the many-to-many fields; a migration adds columns, indexes, triggers
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.actor_id} at {self.article_id}:{self.start}"

    @staticmethod
    def passed_on(column: str, *tables: str) -> list[pgtrigger.Trigger]:
        """Return the trigger that passes a statement's changes on to its links in `tables`."""
        updates = "".join(
            f"UPDATE {table} SET standing = NEW.standing, dated = NEW.dated, article_id = NEW.article_id,"
            f" start = NEW.start WHERE {column} = NEW.id;"
            for table in tables
        )
        fields = ("standing", "dated", "article_id", "start")
        return [
            pgtrigger.Trigger(
                name="pass_on",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*fields),
                func=f"{updates} RETURN NULL;",
            )
        ]


def public_sql(row: str) -> str:
    """Return the SQL of what `public()` keeps, for the table named `row`."""
    return f"{row}.standing <> ''" if settings.SHOW_SUGGESTIONS else f"{row}.standing = '{Review.ACCEPTED}'"


def printed_sql(row: str) -> str:
    """Return the SQL of what `printed()` keeps, for the table named `row`."""
    accepted = "" if settings.SHOW_SUGGESTIONS else f" AND {row}.status = '{Review.ACCEPTED}'"
    return f"({row}.standing <> '' OR {row}.repeated){accepted}"


class StatementQuerySet(ReviewedQuerySet):
    def shown(self) -> Self:
        """What readers see; what an article tells in order to contradict it only once an editor has accepted it."""
        return super().shown().exclude(status=Review.SUGGESTED, voice=Voice.REBUTTED)

    def untouched(self) -> Self:
        """Suggestions of the reader that nobody has decided on, or said to which topic they belong."""
        return self.suggested().filter(origin=Origin.READER, codings=None)

    def doubtful(self) -> Self:
        """Statements whose place a new text made doubtful, until somebody says where they stand."""
        return self.kept().exclude(doubted="")

    def public(self) -> Self:
        """What readers see across published articles, once a work."""
        return self.exclude(standing="") if settings.SHOW_SUGGESTIONS else self.filter(standing=Review.ACCEPTED)

    def printed(self) -> Self:
        """What readers see in published articles, in every version of a work."""
        rows = self.filter(~Q(standing="") | Q(repeated=True))
        return rows if settings.SHOW_SUGGESTIONS else rows.filter(status=Review.ACCEPTED)

    def newest_first(self) -> Self:
        """Order by the article's date, undated last, then by place in the text."""
        return self.order_by("-dated", "-article_id", "start")


class Statement(Anchored, Reviewed):
    """What claims and recommendations share: an article, an anchor, a review."""

    short_name: ClassVar[str]  # what pages and addresses call it
    article: "models.ForeignKey[Article, Article]"  # each kind names its own way back
    voice = models.CharField(
        max_length=8, choices=Voice.choices, default=Voice.OWN, help_text="Whose voice the passage speaks in"
    )

    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="The person who put it forward; empty where a rule did",
    )

    doubted = models.TextField(
        blank=True, editable=False,
        help_text="The quote before a new text made its place doubtful; empty where nobody needs to look",
    )  # fmt: skip

    dated = models.DateField(default=UNDATED, editable=False, help_text="The article's, as on its card")
    standing = models.CharField(
        max_length=10, blank=True, editable=False, help_text="Its status where it is listed and counted; else empty"
    )
    repeated = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="An earlier version of its work says it, too",
    )

    class Meta:
        abstract = True
        ordering = ["article", "start"]
        default_permissions = ("add", "change", "delete", "view", "decide")
        constraints = [*Anchored.Meta.constraints, *Reviewed.Meta.constraints]
        triggers = [
            *Anchored.Meta.triggers,
            pgtrigger.Trigger(
                name="follow_article",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("article_id", "status", "voice", "repeated"),
                func=FOLLOW_ARTICLE,
            ),
        ]
        indexes = [
            models.Index(
                F("dated").desc(), F("article").desc(), F("start"), name="%(class)s_dated", condition=~Q(standing="")
            ),
            models.Index(
                F("standing"),
                F("dated").desc(),
                F("article").desc(),
                F("start"),
                name="%(class)s_standing",
                condition=~Q(standing=""),
            ),
            models.Index(fields=["article", "start"], name="%(class)s_in_order"),
            # What people added to op-eds that were shown before: news, for who follows.
            models.Index(fields=["decided_at"], name="%(class)s_decided", condition=Q(status=Review.ACCEPTED)),
            models.Index(fields=["id"], name="%(class)s_doubted", condition=~Q(doubted="")),
            # The queue: what waits, by confidence, by date and rule by rule.
            *(
                models.Index(*order, name=f"%(class)s_{name}", condition=Q(status=Review.SUGGESTED))
                for name, order in WAITING.items()
            ),
        ]

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 100 else self.exact[:99].rsplit(" ", 1)[0] + "…"

    def get_absolute_url(self) -> str:
        return f"{reverse('article', args=[self.article.slug])}#{self.fragment}"

    @property
    def fragment(self) -> str:
        """The name of its passage in the article's page: "claim-12"."""
        return f"{self.short_name}-{self.pk}"


@tracked(exclude=("dated", "standing", "repeated"))
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
        indexes = [*Statement.Meta.indexes, said_by("claimant", "claim")]
        triggers = [
            *Statement.Meta.triggers,
            *Link.passed_on("claim_id", "articles_claim_actors"),
            *counting(STANDING.format(dimension=Dimension.CLAIMS)),
            *judged("claim"),
            *counted_once("status", "voice", "article_id", "exact", "kind"),
        ]


@tracked(exclude=("dated", "standing", "repeated"))
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
        indexes = [*Statement.Meta.indexes, said_by("recommender", "policyrecommendation")]
        triggers = [
            *Statement.Meta.triggers,
            *Link.passed_on(
                "policyrecommendation_id",
                "articles_policyrecommendation_addressees",
                "articles_policyrecommendation_targets",
            ),
            *counting(STANDING.format(dimension=Dimension.RECOMMENDATIONS)),
            *judged("recommendation"),
            *counted_once("status", "voice", "article_id", "exact", "negated"),
        ]


class ClaimActor(Link):
    """An actor that a claim is about."""

    claim = models.ForeignKey(Claim, models.DO_NOTHING, related_name="+")

    class Meta(Link.Meta):
        abstract = False
        db_table = "articles_claim_actors"


class Addressee(Link):
    """An actor that is told to act."""

    policyrecommendation = models.ForeignKey(PolicyRecommendation, models.DO_NOTHING, related_name="+")

    class Meta(Link.Meta):
        abstract = False
        db_table = "articles_policyrecommendation_addressees"


class Target(Link):
    """An actor towards whom another is told to act."""

    policyrecommendation = models.ForeignKey(PolicyRecommendation, models.DO_NOTHING, related_name="+")

    class Meta(Link.Meta):
        abstract = False
        db_table = "articles_policyrecommendation_targets"


@tracked()
class ClaimActorLink(Claim.actors.through):  # type: ignore[name-defined]
    """The same rows as the many-to-many field makes and takes them: these are on record."""

    class Meta:
        proxy = True
        default_permissions = ()


@tracked()
class AddresseeLink(PolicyRecommendation.addressees.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        default_permissions = ()


@tracked()
class TargetLink(PolicyRecommendation.targets.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        default_permissions = ()


# The kinds of statement by the name that pages and addresses give them; where two are alike, the first comes first.
KINDS: dict[str, type[PolicyRecommendation | Claim]] = {
    model.short_name: model for model in (PolicyRecommendation, Claim)
}
