"""Authors, sources and actors: who wrote, where, and about whom."""

import unicodedata
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from articles.curation import decisions, retagging
from articles.curation.admin.filters import autocomplete
from articles.curation.admin.frame import TableInline
from articles.curation.admin.history import HistoryMixin
from articles.curation.admin.merge import MergeMixin
from articles.curation.forms import LinesField, NamedForm, SluggedForm
from articles.curation.merging_forms import MergingForm
from articles.models import Actor, ActorName, Author, Source, Tally
from articles.vocabulary import Dimension

MARKS = {"Mn", "Mc"}


def folded(words: str) -> str:
    """Return words as the sort key holds them: lower case, decomposed, without combining marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", words.lower()) if unicodedata.category(c) not in MARKS)


class NamedAdmin(MergeMixin, HistoryMixin):
    """What rows with a name share: found by any of their names, renamed without losing one, merged, with a history."""

    ordering = ["sort_key"]
    search_fields = ["name"]  # Django asks for it before it offers autocompletion; `get_search_results` answers
    search_help_text = "Any of their names; accents and case do not matter"
    list_per_page = 50
    counted: Dimension | None = None  # by what the published articles of a row are counted

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith("_changelist") and self.counted:
            rows = rows.annotate(published_n=Tally.objects.count_of(self.counted))
        return rows

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find rows by any of their names; those whose own name begins like it come first."""
        words = " ".join(search_term.split())
        if not words:
            return queryset, False
        begins = Case(When(sort_key__startswith=folded(words), then=0), default=1, output_field=IntegerField())
        return queryset.filter(self.named(words)).order_by(begins, "sort_key", "pk"), False

    def named(self, words: str) -> Q:
        return Q(sort_key__contains=folded(words)) | Q(name__icontains=words) | Q(aliases__contains=[words.casefold()])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and "name" in form.changed_data:
            decisions.rename(obj, form.cleaned_data["name"], request.user, former=form.initial["name"])
        else:
            super().save_model(request, obj, form, change)

    @admin.display(description="published articles", ordering="published_n")
    def articles_link(self, row: Any) -> str:
        address = reverse("admin:articles_article_changelist")
        return format_html('<a href="{}?{}={}">{}</a>', address, self.opts.model_name, row.pk, row.published_n)


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    form = NamedForm
    fields = ["name", "aliases", "slug", "orcid", "wikidata"]
    list_display = ["name", "other_names", "articles_link", "orcid"]
    compared = ["aliases", "orcid", "wikidata", "slug"]
    merge = staticmethod(decisions.merge_authors)
    counted = Dimension.AUTHOR

    @admin.display(description="other names")
    def other_names(self, author: Author) -> str:
        return ", ".join(author.aliases)


@admin.register(Source)
class SourceAdmin(NamedAdmin):
    form = NamedForm
    fields = ["name", "aliases", "slug", "kind", "country", "homepage", "excerpt_only"]
    autocomplete_fields = ["country"]
    list_display = ["name", "kind", "country", "articles_link"]
    list_filter = ["kind", autocomplete("country", "country", Source._meta.get_field("country"), "country")]
    list_select_related = ["country"]
    compared = ["aliases", "kind", "country", "homepage", "slug"]
    merge = staticmethod(decisions.merge_sources)
    counted = Dimension.SOURCE


class ActorNameForm(MergingForm):
    witness = LinesField(
        required=False, label="only beside", widget=forms.Textarea(attrs={"rows": 1}),
        help_text="A line each: an ambiguous form counts only in a text that also holds one of these words",
    )  # fmt: skip


class ActorNameInline(TableInline):
    model = ActorName
    form = ActorNameForm
    extra = 0
    verbose_name_plural = "names under which it appears in texts"


@admin.register(Actor)
class ActorAdmin(NamedAdmin):
    form = SluggedForm
    fields = ["name", "kind", "country", "iso", "wikidata", "slug", "retired"]
    autocomplete_fields = ["country"]
    inlines = [ActorNameInline]
    list_display = ["name", "kind", "country", "articles_link", "iso", "no_longer_looked_for"]
    list_filter = ["kind", autocomplete("country", "country", Actor._meta.get_field("country"), "country"), "retired"]
    list_select_related = ["country"]
    compared = ["kind", "country", "iso", "wikidata", "key", "slug"]
    merge = staticmethod(decisions.merge_actors)
    counted = Dimension.ACTOR

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the names too; where one is new or changed, have the archive searched."""
        super().save_related(request, form, formsets, change)
        if any(one.new_objects or one.changed_objects for one in formsets if one.model is ActorName):
            retagging.ask(form.instance, request.user)
            told = 'The archive is <a href="{}">being searched</a> for its names.'
            self.message_user(request, format_html(told, reverse("admin:jobs")), messages.INFO)

    @admin.display(description="retired")
    def no_longer_looked_for(self, actor: Actor) -> str:
        return "retired" if actor.retired else ""

    def named(self, words: str) -> Q:
        forms_ = ActorName.objects.filter(text__icontains=words).values("actor")
        return Q(sort_key__contains=folded(words)) | Q(pk__in=forms_)
