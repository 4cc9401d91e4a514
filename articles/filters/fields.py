"""The filters that questions are made of."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.cache import cache
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.models import Article, Tally
from articles.models.card import UNDATED
from articles.models.tally import EVERYTHING
from articles.vocabulary import Dimension, language_name

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
        held = [row for row in value or [] if isinstance(row, self.model)]  # asked by a page that has read it
        slugs = [slug for slug in value or [] if slug and slug not in held][:MOST_CHOSEN]
        rows = list(held)
        for slug in dict.fromkeys(slugs):
            try:
                rows.append(self.model._default_manager.at(slug))  # type: ignore[attr-defined]
            except self.model.DoesNotExist as error:  # type: ignore[attr-defined]
                raise forms.ValidationError(
                    _("No %(kind)s is known as “%(slug)s”.")
                    % {"kind": _(str(self.model._meta.verbose_name)), "slug": slug}
                ) from error
        return rows


class SlugsFilter(filters.Filter):
    """Rows linked to the rows named, by a relation or an `array`: to any, each (`every`) or none (`exclude`)."""

    field_class = SlugsField

    def __init__(self, *args: Any, every: bool = False, array: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every, self.array = every, array

    def filter(self, qs: QuerySet, value: list[Any]) -> QuerySet:
        if not value:
            return qs
        keys = [row.pk for row in value]
        if self.every and not self.array:
            for key in keys:
                qs = qs.filter(**{self.field_name: key})
            return qs
        lookup = ("contains" if self.every else "overlap") if self.array else "in"
        holds = Q(**{f"{self.field_name}__{lookup}": keys})
        return qs.filter(~holds if self.exclude else holds)


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


class Undated(filters.ChoiceFilter):
    """Rows whose article says no date, asked by the field that holds its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="undated", choices=[("only", "only undated")], empty_label="any", **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        undated = Article.objects.filter(published=None).order_by().values("pk")
        return qs.filter(**{f"{self.field_name}__in": undated}) if value else qs
