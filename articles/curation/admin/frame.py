"""What every page of the desk has: a title that names the thing, and no more links beside a field than are needed."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.forms import BaseInlineFormSet, Field, Media
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from articles.curation import lost_updates
from articles.curation.admin.filters import AutocompleteFilter
from articles.curation.merging_forms import MergingForm

LONGEST_TITLE = 160
MOST_LISTED = 10_000  # rows; who looks for more narrows the list


def require(request: HttpRequest, *permissions: str) -> None:
    """Raise PermissionDenied where this user lacks one of the permissions, named without their app: "view_topic"."""
    if not request.user.has_perms([f"articles.{permission}" for permission in permissions]):
        raise PermissionDenied


def desk_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a page of the desk that is no model's own: its template, within the frame of all."""
    form = context.get("form")
    shared = {**admin.site.each_context(request), "media": form.media if form else Media()}
    return TemplateResponse(request, f"articles/admin/{name}.html", {**shared, **context})


class FewLinks:
    """Beside a field that names another row: links to change it and to add one; deleting it is not done from here."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
            if isinstance(field.widget.widget, AutocompleteSelectMultiple):
                field.widget.widget.is_required = True  # no cross to clear all: each has its own, and a list holds rows
        return field


class NamedCells(BaseInlineFormSet):
    """Forms whose fields say their names to those who don't see the head of the column."""

    @cached_property
    def versions(self) -> dict[Any, str]:
        """The versions in which the rows are shown, by key."""
        return lost_updates.versions(self.get_queryset()) if hasattr(self.model, "pgh_event_model") else {}

    def get_queryset(self) -> Any:
        """Return the rows; of a form that was sent, one for each line of it, a new one where it is gone meanwhile."""
        rows = super().get_queryset()
        if not self.is_bound:
            return rows
        if not hasattr(self, "_sent"):
            held = {str(row.pk): row for row in rows}
            keys = [self.data.get(f"{self.add_prefix(n)}-id", "") for n in range(self.initial_form_count())]
            self._sent = [held.get(key) or self.model() for key in keys]  # type: ignore[misc]
        return self._sent

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if isinstance(form, MergingForm) and not form.is_bound:
            form.shown = self.versions.get(form.instance.pk, "")
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label or ""))


class TableInline(FewLinks, admin.TabularInline):
    formset = NamedCells


class CappedPaginator(Paginator):
    """Pages of a list that is counted as far as people turn pages: counting a million rows takes its time."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, `MOST_LISTED` at most."""
        return min(self.object_list.order_by().values("pk")[: MOST_LISTED + 1].count(), MOST_LISTED)


class FramedAdmin(FewLinks, admin.ModelAdmin):
    listed_as = ""  # the title of its list, where it is not the model's own name

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    @property
    def media(self) -> Media:
        """The scripts of autocompletion too, where a list filter needs them."""
        chosen = [f for f in self.list_filter if isinstance(f, type) and issubclass(f, AutocompleteFilter)]
        return super().media + sum((AutocompleteSelect(f.field, self.admin_site).media for f in chosen[:1]), Media())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = self.listed_as or capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if row := kwargs.get("obj"):
            context |= {"title": self.title_of(row), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def title_of(self, row: Any) -> str:
        """Return what the page of a row is headed."""
        title = str(row)
        return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
