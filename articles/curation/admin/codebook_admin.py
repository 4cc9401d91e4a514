"""A topic's own form, its history and the page on which topics are merged; the tree has its pages in `codebook`."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles.curation import codebook
from articles.curation.admin.people import NamedAdmin
from articles.curation.forms import TopicForm
from articles.models import Topic


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    form = TopicForm
    fields = ["name", "parent", "description", "aliases", "slug"]
    autocomplete_fields = ["parent"]
    list_display = ["name", "parent", "statements"]
    list_select_related = ["parent"]
    compared = ["parent", "description", "aliases", "slug"]
    merge = staticmethod(codebook.merge)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # the bar on top leads to the tree

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(codings_n=Count("codings"))

    @admin.display(description="statements", ordering="codings_n")
    def statements(self, topic: Any) -> int:
        return topic.codings_n
