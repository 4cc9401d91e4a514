"""A question becomes a queryset: whatever lists, counts or exports asks through these filters.

A question is a query string: `?q=words&actor=indonesia&actor=asean&since=2024-01-01`. Filters know no view. A value
that makes no sense is an error of its field; the others still hold. An undated article stands at the date before which
it can't have been written.
"""

from typing import Any

import django_filters as filters
from django import forms
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.core.cache import cache
from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When

from articles.models import Actor, Article, Author, Claim, PolicyRecommendation, Source
from articles.models.article import ArticleQuerySet
from articles.models.search import CONFIGURATIONS
from articles.vocabulary import ClaimKind, Instrument, Modality, Review, language_name

MARK_START, MARK_STOP = "\ue000", "\ue001"  # private characters around a matching word: no text holds them
LANGUAGES_KEPT = 60  # seconds for which the list of languages held is remembered
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
    """Rows linked to the rows named: to each of them (`every`), or to any."""

    field_class = SlugsField

    def __init__(self, *args: Any, every: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every = every

    def filter(self, qs: QuerySet, value: list[Any]) -> QuerySet:
        if not value:
            return qs
        if not self.every:
            return qs.filter(**{f"{self.field_name}__in": value})
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
    held = Article.objects.published().order_by("language").values_list("language", flat=True).distinct()
    return cache.get_or_set("languages-held", lambda: list(held), LANGUAGES_KEPT) or []


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


class ArticleFilter(Question):
    since = filters.DateFilter(label="from", field_name="dated", lookup_expr="gte", widget=DAY)
    until = filters.DateFilter(label="to", field_name="dated", lookup_expr="lte", widget=DAY)
    q = filters.CharFilter(label="words", method="holding", max_length=400)
    actor = SlugsFilter(label="actor", model=Actor, field_name="article_actors__actor", every=True)
    source = SlugsFilter(label="source", model=Source)
    author = SlugsFilter(label="author", model=Author, field_name="bylines__author", every=True)
    language = ChoiceFilter(label="language", choices=language_choices)
    sort = ChoiceFilter(
        label="sort", method="unsorted",
        choices=[("newest", "Newest first"), ("oldest", "Oldest first"), ("relevance", "Relevance")],
    )  # fmt: skip

    class Meta:
        model = Article
        fields: list[str] = []

    def holding(self, qs: ArticleQuerySet, name: str, value: str) -> QuerySet:
        return qs.matching(value, languages_held())

    def unsorted(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs  # counts and facets need no order; `sorted` gives it

    @property
    def sorted(self) -> QuerySet:
        """Return the articles in the order asked for; with words, each with a `headline` that marks them."""
        words, order = self.asked.get("q"), self.asked.get("sort")
        qs = self.qs
        if words:
            config = Case(
                *(When(language=code, then=Value(c)) for code, c in CONFIGURATIONS.items()), default=Value("simple")
            )
            query = SearchQuery(words, config=config, search_type="websearch")
            headline = SearchHeadline(
                "body", query, config=config, start_sel=MARK_START, stop_sel=MARK_STOP,
                max_fragments=2, min_words=12, max_words=28, fragment_delimiter=" … ",
            )  # fmt: skip
            qs = qs.annotate(headline=headline)
            if order == "relevance":
                return qs.annotate(rank=SearchRank("search", query, cover_density=True)).order_by("-rank", "-pk")
        if order == "oldest":
            return qs.order_by(F("dated").asc(nulls_last=True), "pk")
        return qs.newest_first()


class StatementFilter(Question):
    since = filters.DateFilter(label="from", field_name="article__dated", lookup_expr="gte", widget=DAY)
    until = filters.DateFilter(label="to", field_name="article__dated", lookup_expr="lte", widget=DAY)
    review = ChoiceFilter(
        label="review", method="by_review", choices=[("reviewed", "reviewed"), ("open", "not yet reviewed")]
    )
    language = ChoiceFilter(label="language", field_name="article__language", choices=language_choices)
    source = SlugsFilter(label="source", model=Source, field_name="article__source")
    author = SlugsFilter(label="author", model=Author, field_name="article__bylines__author", every=True)

    def by_review(self, qs: QuerySet, name: str, value: str) -> QuerySet:
        return qs.filter(status=Review.ACCEPTED if value == "reviewed" else Review.SUGGESTED)

    @property
    def sorted(self) -> QuerySet:
        """Return the statements, those of the newest article first."""
        return self.qs.newest_first()


class ClaimFilter(StatementFilter):
    actor = SlugsFilter(label="about", model=Actor, field_name="actors", every=True)
    claimant = SlugsFilter(label="claimant", model=Actor)
    kind = ChoiceFilter(label="kind", choices=ClaimKind.choices)

    class Meta:
        model = Claim
        fields: list[str] = []


class RecommendationFilter(StatementFilter):
    addressee = SlugsFilter(label="addressee", model=Actor, field_name="addressees", every=True)
    actor = SlugsFilter(label="actor", model=Actor, method="naming")
    recommender = SlugsFilter(label="recommender", model=Actor)
    modality = ChoiceFilter(label="modality", choices=Modality.choices)
    instrument = ChoiceFilter(label="instrument", choices=Instrument.choices)

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
