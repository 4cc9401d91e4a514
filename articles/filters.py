"""A question becomes a queryset: whatever lists, counts or exports asks through these filters.

A question is a query string: `?q=words&actor=indonesia&actor=asean&since=2024-01-01`. Filters know no view. A value
that makes no sense is an error of its field; the others still hold. An undated article stands at the date before which
it can't have been written.
"""

from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.core.cache import cache
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Left

from articles.models import (
    Actor,
    Addressee,
    Author,
    Card,
    Claim,
    ClaimActor,
    Coding,
    PolicyRecommendation,
    Source,
    Tally,
    Topic,
)
from articles.models.card import UNDATED, CardQuerySet
from articles.models.search import CONFIGURATIONS
from articles.models.tally import EVERYTHING
from articles.vocabulary import ClaimKind, Dimension, Instrument, Modality, Review, Stance, language_name

MARK_START, MARK_STOP = "\ue000", "\ue001"  # private characters around a matching word: no text holds them
LANGUAGES_KEPT = 60  # seconds for which the list of languages held is remembered
EXCERPTED = 4_000  # characters: marking words costs by the length of the text, and lists show the first that match
DAY = forms.DateInput(attrs={"type": "date"})
MOST_CHOSEN = 10  # values of one filter; more are no question but an attack


class SlugsField(forms.Field):
    """One or more rows by their slugs, former slugs included; cleans to a list of rows."""

    widget = forms.SelectMultiple

    def __init__(self, *, model: type[models.Model], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model = model

    def clean(self, value: Any) -> list[Any]:
        slugs = [slug for slug in value or [] if slug][:MOST_CHOSEN]
        rows = []
        for slug in dict.fromkeys(slugs):
            try:
                rows.append(self.model._default_manager.at(slug))  # type: ignore[attr-defined]
            except self.model.DoesNotExist as error:  # type: ignore[attr-defined]
                raise forms.ValidationError(f"No {self.model._meta.verbose_name} is known as “{slug}”.") from error
        return rows


class SlugsFilter(filters.Filter):
    """Rows linked to the rows named: to each of them (`every`, or an `array` of ids), or to any."""

    field_class = SlugsField

    def __init__(self, *args: Any, every: bool = False, array: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every, self.array = every, array

    def filter(self, qs: QuerySet, value: list[Any]) -> QuerySet:
        if not value:
            return qs
        if self.array:
            return qs.filter(**{f"{self.field_name}__contains": [row.pk for row in value]})
        if not self.every:
            return qs.filter(**{f"{self.field_name}__in": [row.pk for row in value]})
        for row in value:
            qs = qs.filter(**{self.field_name: row})
        return qs


class ChoiceFilter(filters.ChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_label="any", **kwargs)


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of published articles, remembered for `LANGUAGES_KEPT` seconds."""
    return [(code, language_name(code)) for code in languages_held() if code]


def languages_held() -> list[str]:
    """Return the ISO 639-1 codes of published articles' languages, remembered for `LANGUAGES_KEPT` seconds."""
    held = Tally.objects.filter(actor=EVERYTHING, dimension=Dimension.LANGUAGE, n__gt=0).order_by("value")
    return cache.get_or_set("languages-held", lambda: [*held.values_list("value", flat=True), ""], LANGUAGES_KEPT) or []


class Question(filters.FilterSet):
    """A set of filters that says what it was asked."""

    @property
    def asked(self) -> dict[str, Any]:
        """Return the values given that make sense, by filter."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return nothing where an unknown row was asked for; any other value that makes no sense is left out."""
        if any(isinstance(self.filters[name], SlugsFilter) for name in self.form.errors):
            return queryset.none()
        return super().filter_queryset(queryset)


class Since(filters.DateFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="from", field_name="dated", lookup_expr="gte", widget=DAY, **kwargs)


class Until(filters.DateFilter):
    """Rows up to a day; what has no date is not among them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="to", field_name="dated", lookup_expr="lte", widget=DAY, **kwargs)

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return super().filter(qs, value).filter(dated__gt=UNDATED) if value else qs


class ArticleFilter(Question):
    """A question about articles, asked of their cards."""

    since = Since()
    until = Until()
    q = filters.CharFilter(label="words", method="holding", max_length=400)
    actor = SlugsFilter(label="actor", model=Actor, field_name="actor_ids", array=True)
    source = SlugsFilter(label="source", model=Source, field_name="source_id")
    via = SlugsFilter(label="taken from", model=Source, field_name="via_id")
    author = SlugsFilter(label="author", model=Author, field_name="author_ids", array=True)
    language = ChoiceFilter(label="language", choices=language_choices)
    sort = ChoiceFilter(
        label="sort", method="unsorted",
        choices=[("newest", "Newest first"), ("oldest", "Oldest first"), ("relevance", "Relevance")],
    )  # fmt: skip

    class Meta:
        model = Card
        fields: list[str] = []

    def holding(self, qs: CardQuerySet, name: str, value: str) -> QuerySet:
        return qs.matching(value, languages_held())

    def unsorted(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs  # counts and facets need no order; the catalogue gives it


def with_headline(articles: QuerySet, words: str) -> QuerySet:
    """Add `headline` to articles: what stands around `words` in the first `EXCERPTED` characters, with marks."""
    config = Case(*(When(language=code, then=Value(c)) for code, c in CONFIGURATIONS.items()), default=Value("simple"))
    query = SearchQuery(words, config=config, search_type="websearch")
    headline = SearchHeadline(
        Left("body", EXCERPTED), query, config=config, start_sel=MARK_START, stop_sel=MARK_STOP,
        max_fragments=2, min_words=12, max_words=28, fragment_delimiter=" … ",
    )  # fmt: skip
    return articles.annotate(headline=headline)


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
    review = ChoiceFilter(
        label="review", method="by_review", choices=[("reviewed", "reviewed"), ("open", "not yet reviewed")]
    )
    language = ChoiceFilter(label="language", field_name="article__card__language", choices=language_choices)
    topic = SlugsFilter(label="topic", model=Topic, method="on")
    stance = ChoiceFilter(label="stance", choices=Stance.choices, method="saying")
    source = SlugsFilter(label="source", model=Source, field_name="article__card__source_id")
    author = SlugsFilter(label="author", model=Author, field_name="article__card__author_ids", array=True)

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
    claimant = SlugsFilter(label="claimant", model=Actor)
    kind = ChoiceFilter(label="kind", choices=ClaimKind.choices)

    link, link_key, link_name = ClaimActor, "claim", "actor"
    columns = ("kind",)
    kept_all, kept, kept_reviewed = Dimension.CLAIMS, Dimension.ABOUT, Dimension.ABOUT_REVIEWED

    class Meta:
        model = Claim
        fields: list[str] = []


class RecommendationFilter(StatementFilter):
    addressee = SlugsFilter(label="addressee", model=Actor, field_name="addressees", every=True)
    actor = SlugsFilter(label="actor", model=Actor, method="naming")
    recommender = SlugsFilter(label="recommender", model=Actor)
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
            told = PolicyRecommendation.addressees.through.objects.filter(actor=actor).values("policyrecommendation")
            aimed = PolicyRecommendation.targets.through.objects.filter(actor=actor).values("policyrecommendation")
            qs = qs.filter(Q(pk__in=told) | Q(pk__in=aimed))
        return qs


class NameFilter(Question):
    """People, sources and actors by part of their name, accents and case aside."""

    q = filters.CharFilter(label="name", method="named", max_length=100)

    def named(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(Q(sort_key__contains=value.casefold()) | Q(name__icontains=value))
