"""Feeds: which are asked, how often, and how each does."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import capfirst

from articles.curation import wording
from articles.curation.admin.filters import autocomplete
from articles.curation.admin.history import HistoryMixin
from articles.curation.admin.imports import count_outcomes
from articles.curation.merging_forms import MergingForm
from articles.importing import polling
from articles.importing.sources import web
from articles.importing.sources.network import NotFetched
from articles.models import Feed
from articles.vocabulary import Outcome, Polled

IMPORTS = 10  # that the page of a feed shows


class FeedForm(MergingForm):
    address = forms.CharField(
        max_length=500, help_text="Of an RSS, Atom or JSON feed", widget=admin.widgets.AdminTextInputWidget(
            attrs={"inputmode": "url"}
        ),
    )  # fmt: skip

    def clean_address(self) -> str:
        """Return the address as it is asked, without its fragment."""
        try:
            return str(web.checked(self.cleaned_data["address"]))
        except NotFetched as error:
            raise ValidationError(f"{capfirst(str(error))}.") from error


@admin.register(Feed)
class FeedAdmin(HistoryMixin):
    form = FeedForm
    change_form_template = "articles/admin/feed_form.html"
    list_display = ["address", "of_source", "health", "polled", "next", "every"]
    list_filter = ["active", "last_result", autocomplete("source", "source", Feed._meta.get_field("source"), "source")]
    list_select_related = ["source"]
    list_per_page = 50
    search_fields = ["address", "source__name"]
    autocomplete_fields = ["source"]
    actions = ["poll_now"]
    fields = ["address", "source", "interval", "active", "health", "polled", "next", "imports"]
    readonly_fields = ["health", "polled", "next", "imports"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("entries")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.fields if obj else [name for name in self.fields if name not in self.readonly_fields]

    @admin.display(description="source", ordering="source")
    def of_source(self, feed: Feed) -> str:
        return str(feed.source) if feed.source else ""

    @admin.display(description="health", ordering="last_result")
    def health(self, feed: Feed) -> str:
        """Return what came of the last poll, and how many failed in a row."""
        if feed.last_result != Polled.FAILED:
            told = "not asked yet" if feed.last_result == Polled.NEVER else feed.get_last_result_display()
            return (
                format_html('{}<br><span class="problem">{}</span>', told, feed.last_error) if feed.last_error else told
            )
        times = f", {feed.failures} times in a row" if feed.failures > 1 else ""
        return format_html('<b class="problem">failed{}</b><br><span class="quiet">{}</span>', times, feed.last_error)

    @admin.display(description="last asked", ordering="last_polled")
    def polled(self, feed: Feed) -> str:
        return wording.moment(feed.last_polled) if feed.last_polled else "never"

    @admin.display(description="next", ordering="next_poll")
    def next(self, feed: Feed) -> str:
        return wording.moment(feed.next_poll) if feed.active else format_html('<span class="quiet">{}</span>', "paused")

    @admin.display(description="every", ordering="interval")
    def every(self, feed: Feed) -> str:
        return wording.minutes(feed.interval)

    @admin.display(description="what it brought")
    def imports(self, feed: Feed) -> str:
        runs = list(feed.runs.order_by("-pk")[:IMPORTS])
        count_outcomes(runs)
        rows = [(run, [(n, outcome.label) for outcome in Outcome if (n := run.outcomes.get(outcome))]) for run in runs]
        return render_to_string("articles/admin/_feed_imports.html", {"rows": rows})

    @admin.action(description="Ask them now", permissions=["change"])
    def poll_now(self, request: HttpRequest, queryset: QuerySet) -> None:
        n = polling.ask(queryset)
        self.message_user(request, f"{n} feed{'' if n == 1 else 's'} will be asked by a worker.", messages.SUCCESS)

    def response_change(self, request: HttpRequest, obj: Feed) -> HttpResponse:
        """Have a feed polled too, where that button was pressed."""
        if "_poll" not in request.POST:
            return super().response_change(request, obj)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        self.poll_now(request, Feed.objects.filter(pk=obj.pk))
        return HttpResponseRedirect(request.path)
