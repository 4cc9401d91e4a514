"""Questions about claims and recommendations."""

from typing import Any, ClassVar

import django_filters as filters
from django.db import models
from django.db.models import Q, QuerySet

from articles.filters.fields import (
    ChoiceFilter,
    Question,
    Since,
    SlugsFilter,
    Undated,
    Until,
    language_choices,
    languages_held,
)
from articles.models import (
    Actor,
    Addressee,
    Author,
    Byline,
    Card,
    Claim,
    ClaimActor,
    Coding,
    PolicyRecommendation,
    Source,
    Topic,
)
from articles.vocabulary import ClaimKind, Dimension, Instrument, Modality, Review, Stance

PRINTED = {"source", "via", "language"}  # what one version of a work may have and another not


class StatementFilter(Question):
    """A question about statements; each kind says by which table it is linked to actors, and what is counted of it."""

    link: ClassVar[type[models.Model]]
    link_key: ClassVar[str]  # the link's way back
    link_name: ClassVar[str]  # the filter that asks it
    columns: ClassVar[tuple[str, ...]]  # facets beside it
    kept_all: ClassVar[Dimension]
    kept: ClassVar[Dimension]  # of one actor
    kept_reviewed: ClassVar[Dimension]

    since = Since()
    until = Until()
    undated = Undated(field_name="article_id")
    q = filters.CharFilter(label="words", method="holding", max_length=400)
    review = ChoiceFilter(
        label="review", method="by_review", choices=[("reviewed", "reviewed"), ("open", "not yet reviewed")]
    )
    language = ChoiceFilter(label="language", field_name="article__card__language", choices=language_choices)
    topic = SlugsFilter(label="topic", model=Topic, method="on")
    stance = ChoiceFilter(label="stance", choices=Stance.choices, method="saying")
    source = SlugsFilter(label="source", model=Source, field_name="article__card__source_id")
    via = SlugsFilter(label="taken from", model=Source, field_name="article__card__via_id")
    author = SlugsFilter(label="author", model=Author, field_name="article__card__author_ids", array=True, every=True)

    def __init__(self, data: Any, *args: Any, every_version: bool = False, **kwargs: Any) -> None:
        super().__init__(data if data is not None else {}, *args, **kwargs)  # with None it would filter nothing
        self.every_version = every_version

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Keep what readers see: once a work, unless where it was printed is asked for."""
        printed = self.every_version or self.asked.keys() & PRINTED
        return super().filter_queryset(queryset.printed() if printed else queryset.public())  # type: ignore[attr-defined]

    @property
    def gathered(self) -> bool:
        """Whether its answers can't be walked by date alone: they are gathered first, as far as they are counted."""
        return bool(self.asked.keys() & {"q", "country", "topic", "stance", "undated", "actor_any", "actor_not"})

    def holding(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what stands in articles that hold these words."""
        return qs.filter(article_id__in=Card.objects.published().matching(value, languages_held()).values("article_id"))

    def by_review(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(status=Review.ACCEPTED if value == "reviewed" else Review.SUGGESTED)

    def on(self, qs: QuerySet, name: str, value: list[Topic]) -> QuerySet:
        """Keep what is coded under each of these topics, or below it, with the stance asked for."""
        for topic in value:
            qs = qs.filter(pk__in=self._coded(Coding.objects.within(topic)))
        return qs

    def saying(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what takes a stance; beside topics, theirs is asked with them."""
        return qs if self.asked.get("topic") else qs.filter(pk__in=self._coded(Coding.objects.all()))

    def _coded(self, codings: QuerySet) -> QuerySet:
        stance, kind = self.asked.get("stance"), self._meta.model.short_name
        rows = codings.filter(stance=stance) if stance else codings
        return rows.filter(**{f"{kind}__isnull": False}).values(kind)


class ClaimFilter(StatementFilter):
    actor = SlugsFilter(label="about", model=Actor, field_name="actors", every=True)
    actor_any = SlugsFilter(label="any of", model=Actor, method="linked_to_any")
    actor_not = SlugsFilter(label="not", model=Actor, method="linked_to_none")
    claimant = SlugsFilter(label="claimant", model=Actor)
    kind = ChoiceFilter(label="kind", choices=ClaimKind.choices)

    link, link_key, link_name = ClaimActor, "claim", "actor"
    columns = ("kind",)
    kept_all, kept, kept_reviewed = Dimension.CLAIMS, Dimension.ABOUT, Dimension.ABOUT_REVIEWED

    class Meta:
        model = Claim
        fields: list[str] = []

    def linked_to_any(self, qs: QuerySet, name: str, value: list[Actor]) -> QuerySet:
        return qs.filter(pk__in=ClaimActor.objects.filter(actor__in=value).values("claim")) if value else qs

    def linked_to_none(self, qs: QuerySet, name: str, value: list[Actor]) -> QuerySet:
        return qs.exclude(pk__in=ClaimActor.objects.filter(actor__in=value).values("claim")) if value else qs


class RecommendationFilter(StatementFilter):
    addressee = SlugsFilter(label="addressee", model=Actor, field_name="addressees", every=True)
    actor = SlugsFilter(label="actor", model=Actor, method="naming")
    actor_any = SlugsFilter(label="any of", model=Actor, method="naming_any")
    actor_not = SlugsFilter(label="not", model=Actor, method="naming_none")
    recommender = SlugsFilter(label="recommender", model=Actor)
    country = SlugsFilter(label="recommended from", model=Actor, method="recommended_from")
    modality = ChoiceFilter(label="modality", choices=Modality.choices)
    instrument = ChoiceFilter(label="instrument", choices=Instrument.choices)

    link, link_key, link_name = Addressee, "policyrecommendation", "addressee"
    columns = ("modality", "instrument")
    kept_all, kept, kept_reviewed = Dimension.RECOMMENDATIONS, Dimension.TOLD, Dimension.TOLD_REVIEWED

    class Meta:
        model = PolicyRecommendation
        fields: list[str] = []

    def naming(self, qs: QuerySet, name: str, value: list[Actor]) -> QuerySet:
        """Keep what is addressed to or aimed at each of these actors."""
        for actor in value:
            qs = qs.filter(_naming([actor]))
        return qs

    def naming_any(self, qs: QuerySet, name: str, value: list[Actor]) -> QuerySet:
        return qs.filter(_naming(value)) if value else qs

    def naming_none(self, qs: QuerySet, name: str, value: list[Actor]) -> QuerySet:
        return qs.exclude(_naming(value)) if value else qs

    def recommended_from(self, qs: QuerySet, name: str, value: list[Actor]) -> QuerySet:
        """Keep what these countries, somebody of theirs, or an author who writes from there recommends."""
        if not value:
            return qs
        rows, keys = PolicyRecommendation.objects.order_by(), [row.pk for row in value]
        from_there = Byline.objects.filter(country__in=keys).values("article")
        by_author = rows.filter(recommender=None, recommender_text="", article__in=from_there)
        theirs = Actor.objects.filter(country__in=keys).order_by().values("pk")
        # a union of what indexes find; the planner reads every row for an OR of them
        named = rows.filter(recommender__in=theirs).union(rows.filter(recommender__in=keys), by_author, all=True)
        return qs.filter(pk__in=named.values("pk"))


def _naming(actors: list[Actor]) -> Q:
    """Whether a recommendation is addressed to or aimed at any of these actors."""
    told = PolicyRecommendation.addressees.through.objects.filter(actor__in=actors).values("policyrecommendation")
    aimed = PolicyRecommendation.targets.through.objects.filter(actor__in=actors).values("policyrecommendation")
    return Q(pk__in=told) | Q(pk__in=aimed)
