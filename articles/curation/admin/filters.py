"""List filters that stay small however many rows there are."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.curation import wording
from articles.curation.queue import BANDS
from articles.models import Article, Claim, PolicyRecommendation
from articles.vocabulary import Review

REMEMBERED = 60  # seconds for which the choices of a filter are kept: finding them reads every row
MOST = 50  # of the desk that a filter names
EARLIEST, LATEST = 1000, 9999  # what a four-digit year can be


class AutocompleteFilter(admin.SimpleListFilter):
    """Choose one row by typing part of its name; nothing is loaded but the row that is chosen.

    `field` is any foreign key, or many-to-many field, to the model that is chosen from.
    """

    template = "articles/admin/autocomplete_filter.html"
    field: Any
    lookup = ""

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type, model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.widget = AutocompleteSelect(
            self.field,
            model_admin.admin_site,
            attrs={"data-allow-clear": "true", "data-placeholder": "any", "aria-label": self.title},
        )
        self.widget.choices = ChosenOnly(self.field.remote_field.model)
        # What the rest of the page is filtered and ordered by goes on with the choice made here.
        self.others = [(k, v) for k, vs in request.GET.lists() for v in vs if k not in {self.parameter_name, "p", "e"}]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        value = self.value() if str(self.value() or "").isdecimal() else None
        yield {
            "widget": self.widget.render(self.parameter_name, value, {"id": f"filter-{self.parameter_name}"}),
            "others": self.others,
            "chosen": value,
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        value = self.value()
        if not value:
            return None
        if not value.isdecimal() or len(value) > 18:  # longer ones are no key that the database can hold
            return queryset.none()
        return self.filtered(queryset, int(value))

    def filtered(self, queryset: QuerySet, pk: int) -> QuerySet:
        return queryset.filter(**{self.lookup: pk})


class ChosenOnly:
    """The choices of an autocomplete widget: it asks for the rows chosen and never for all."""

    empty_values = (None, "")

    def __init__(self, model: Any) -> None:
        self.queryset, self.field = model._default_manager.all(), self

    def label_from_instance(self, row: Any) -> str:
        return str(row)


def autocomplete(title: str, parameter: str, field: Any, lookup: str) -> type[AutocompleteFilter]:
    """Return an autocomplete filter class; `lookup` is how the listed rows lead to the one chosen."""
    values = {"title": title, "parameter_name": parameter, "field": field, "lookup": lookup}
    return type(f"{parameter.title()}Filter", (AutocompleteFilter,), values)


class LanguageFilter(admin.SimpleListFilter):
    title, parameter_name = "language", "language"
    field = "language"

    @staticmethod
    def held() -> list[tuple[str, str]]:
        """The languages of all articles, as the filter offers them."""
        every = Article.objects.order_by("language").values_list("language", flat=True).distinct()
        held = cache.get_or_set("desk-languages", lambda: list(every), REMEMBERED) or []
        return [(code or "none", wording.language(code)) for code in held]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return self.held()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        value = self.value()
        return queryset.filter(**{self.field: "" if value == "none" else value}) if value else None


class StatementLanguageFilter(LanguageFilter):
    field = "article__language"


class YearFilter(admin.SimpleListFilter):
    title, parameter_name = "year", "year"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        every = Article.objects.order_by()
        span = cache.get_or_set(
            "desk-years", lambda: every.aggregate(first=Min("dated"), last=Max("dated")), REMEMBERED
        ) or {"first": None, "last": None}
        years = range(span["last"].year, span["first"].year - 1, -1) if span["first"] else []
        return [*((str(year), str(year)) for year in years), ("none", "not known")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        value = self.value()
        if value == "none":
            return queryset.filter(dated=None)
        if value and value.isdecimal() and EARLIEST <= int(value) <= LATEST:
            return queryset.filter(dated__year=int(value))
        return queryset.none() if value else None


class AssigneeFilter(admin.SimpleListFilter):
    """Whose articles: mine, nobody's, or those of one of the desk."""

    title, parameter_name = "in whose hands", "assignee"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        staff = get_user_model().objects.filter(is_staff=True, is_active=True).exclude(pk=request.user.pk or 0)
        named = staff.order_by("username").values_list("pk", "username")[:MOST]
        key = f"desk-hands-{request.user.pk}"
        held = cache.get_or_set(key, lambda: [(str(pk), name) for pk, name in named], REMEMBERED)
        return [("me", "mine"), ("nobody", "nobody's"), *(held or [])]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        value = self.value()
        if value == "nobody":
            return queryset.filter(assignee=None)
        if value == "me":
            return queryset.filter(assignee=request.user.pk)
        if value and value.isdecimal() and value.isascii() and len(value) < 10:
            return queryset.filter(assignee=int(value))
        return queryset.none() if value else None


class DueFilter(admin.SimpleListFilter):
    """What the desk should have done, or is to do soon."""

    title, parameter_name = "due", "due"
    SOON = timedelta(days=7)

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("over", "overdue"), ("week", "within a week"), ("desk", "whatever is not done"),
            ("scheduled", "to be published by itself"),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        today = timezone.localdate()
        if self.value() == "over":
            return queryset.overdue(today)
        if self.value() == "week":
            return queryset.on_desk().filter(due__gte=today, due__lte=today + self.SOON)
        if self.value() == "desk":
            return queryset.on_desk()
        return queryset.scheduled() if self.value() == "scheduled" else None


class OpenSuggestionsFilter(admin.SimpleListFilter):
    title, parameter_name = "suggestions", "suggestions"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("open", "to review"), ("done", "none open")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() not in {"open", "done"}:
            return None
        models = (Claim, PolicyRecommendation)
        claims, told = (Exists(m.objects.filter(article=OuterRef("pk"), status=Review.SUGGESTED)) for m in models)
        return queryset.filter(claims | told) if self.value() == "open" else queryset.exclude(claims | told)


class ConfidenceFilter(admin.SimpleListFilter):
    title, parameter_name = "confidence", "confidence"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(name, band.label) for name, band in BANDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        band = BANDS.get(self.value() or "")
        return queryset.filter(confidence__gte=band.least, confidence__lt=band.below) if band else None


class RuleFilter(admin.SimpleListFilter):
    """The rule that spoke: chosen by following a rule in the list, so that no list of rules is asked for."""

    title, parameter_name = "rule", "rule"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        rule = request.GET.get("rule", "")
        return [(rule, rule)] if rule else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(rule=self.value()) if self.value() else None
