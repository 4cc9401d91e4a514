"""The desk's pages of editions: their list, and the form on which one is composed."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.curation import editions
from articles.models import Edition, PolicyRecommendation

QUOTED = 200  # characters of an action that a choice shows


def day(value: date) -> str:
    return date_format(value, "j F Y")


class Chosen(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> SafeString:
        told = ", ".join(str(actor) for actor in obj.addressees.all()) or obj.addressee_text or "addressee not known"
        return format_html(
            '<span><b class="to">→ {}</b> {}{}<br><span class="quiet">{}</span></span>',
            told, "not to " if obj.negated else "", obj.action[:QUOTED], obj.article,
        )  # fmt: skip


class EditionForm(forms.ModelForm):
    """An edition, and beside its text what there is to choose from in its days."""

    recommendations = Chosen(PolicyRecommendation.objects.none(), required=False)

    class Meta:
        model = Edition
        fields = ["title", "lead", "since", "until", "recommendations"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance
        since, until = (kept.since, kept.until) if kept.pk else editions.week_until(timezone.localdate())
        self.initial.setdefault("since", since)
        self.initial.setdefault("until", until)
        if self.is_bound and not (since := self._day("since", since)) <= (until := self._day("until", until)):
            since, until = until, since
        rows = editions.offered(since, until)
        # what was chosen of other days stays in sight
        held = set(kept.choices.values_list("recommendation", flat=True)) if kept.pk else set()
        keys = dict.fromkeys([*held, *rows.values_list("pk", flat=True)[: editions.OFFERED]])
        found = PolicyRecommendation.objects.filter(pk__in=keys).order_by("-article__shown_at", "article_id", "start")
        chosen = self.fields["recommendations"]
        chosen.queryset = found.select_related("article").prefetch_related("addressees")
        chosen.initial = held
        chosen.help_text = f"Of the op-eds shown to readers from {day(since)} to {day(until)}. " + (
            "Other days, saved, offer others." if keys else "There are none: choose other days and save."
        )

    def _day(self, name: str, otherwise: Any) -> Any:
        try:
            return self.fields[name].clean(self.data.get(self.add_prefix(name)))
        except forms.ValidationError:
            return otherwise

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", "The last day lies before the first.")
        return told


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    form = EditionForm
    list_display = ("title", "days", "chosen", "state")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(chosen_n=Count("choices"))

    @admin.display(description="days", ordering="until")
    def days(self, row: Edition) -> str:
        return f"{day(row.since)} to {day(row.until)}"

    @admin.display(description="recommendations", ordering="chosen_n")
    def chosen(self, row: Any) -> int:
        return row.chosen_n

    @admin.display(description="state", ordering="published_at")
    def state(self, row: Edition) -> str:
        return f"published {day(timezone.localtime(row.published_at).date())}" if row.published_at else "draft"

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_edition")

    def save_model(self, request: HttpRequest, obj: Edition, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.slug = Edition.free_slug(obj.title)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        editions.choose(form.instance, form.cleaned_data["recommendations"])

    def response_change(self, request: HttpRequest, obj: Edition) -> HttpResponse:
        """Publish or withdraw, where one of these buttons was pressed."""
        if not {"_publish", "_withdraw"} & set(request.POST):
            return super().response_change(request, obj)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        if "_publish" in request.POST:
            editions.publish(obj, request.user)
            messages.success(request, f"“{obj}” is published, and mailed to who follows.")
            return HttpResponseRedirect(obj.get_absolute_url())
        editions.withdraw(obj, request.user)
        messages.success(request, f"“{obj}” is no longer shown.")
        return HttpResponseRedirect(request.path)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["may_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)
