"""Articles: the list an editor scans, and the form that sets the text beside its statements."""

from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import catalogue
from articles.curation import decisions, roles, texts, wording
from articles.curation.admin import annotations
from articles.curation.admin.filters import (
    AssigneeFilter,
    DueFilter,
    LanguageFilter,
    OpenSuggestionsFilter,
    YearFilter,
    autocomplete,
)
from articles.curation.admin.flow import FlowMixin
from articles.curation.admin.frame import FramedAdmin, TableInline
from articles.curation.admin.history import HistoryMixin
from articles.curation.admin.statements import NewClaimInline, NewRecommendationInline, card
from articles.curation.forms import ArticleForm
from articles.curation.merging_forms import MergingForm
from articles.curation.rules import Records
from articles.importing import rereading
from articles.models import Article, ArticleActor, Byline, Candidate, Claim, PolicyRecommendation, Work
from articles.models.search import CONFIGURATIONS
from articles.passages import paragraphs
from articles.vocabulary import Scope, Verdict, direction

# A search asks each language's own text search configuration, and the plain one for whatever others may be held.
OTHERS = ["", "ja", "ko", "zh", "vi", "th", "fa", "he", "ur", "uk", "pl", "cs", "bn", "ms", "tl", "sw"]
MOST_ACTORS = 20  # that a form names beside its text


class BylineInline(TableInline):
    model = Byline
    form = MergingForm
    extra = 0
    fields = ["position", "author", "name", "rank", "affiliation", "country"]
    autocomplete_fields = ["author", "country"]
    verbose_name_plural = "authors, as printed"


class ArticleChangeList(ChangeList):
    """A page of articles without their texts, with what each column needs in one question a relation."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        rows = super().get_queryset(request, exclude_parameters)
        return rows.with_statement_counts().select_related("source", "assignee").prefetch_related("bylines")


@admin.register(Article)
class ArticleAdmin(FlowMixin, HistoryMixin):
    form = ArticleForm
    change_form_template = "articles/admin/article_form.html"
    list_display = ["headline", "byline", "source", "date", "language_name", "status", "hands", "to_review"]
    list_filter = [
        "status", AssigneeFilter, DueFilter, OpenSuggestionsFilter, LanguageFilter,
        autocomplete("source", "source", Article._meta.get_field("source"), "source"),
        autocomplete("author", "author", Byline._meta.get_field("author"), "authors"),
        autocomplete("actor", "actor", ArticleActor._meta.get_field("actor"), "article_actors__actor"),
        YearFilter,
    ]  # fmt: skip
    search_fields = ["title"]
    search_help_text = 'Words of title or text: "a phrase", one OR other, -without'
    ordering = ["-pk"]
    list_per_page = 50
    actions = [*FlowMixin.actions, "accept_suggestions", "reject_suggestions", "read_again"]
    autocomplete_fields = ["source", "via", "work"]
    fieldsets = [
        (None, {"fields": ["title", "language", "truncated"]}),
        ("Desk", {"fields": [("assignee", "due"), "scheduled"]}),
        ("Published", {"fields": [
            "source", "via", "url", "published", ("published_precision", "published_provenance"),
            "published_not_before",
        ]}),
        ("Address and versions", {"fields": ["slug", "work", "relation"], "classes": ["collapse"]}),
        ("Correct the text", {"fields": ["body"], "classes": ["collapse"]}),
    ]  # fmt: skip
    inlines = [BylineInline, NewRecommendationInline, NewClaimInline]

    # Permissions

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return roles.may_decide(request.user)

    def has_reread_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.add_rereading")

    # List

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        address = reverse("admin:add") if self.has_add_permission(request) else ""
        return super().changelist_view(request, {"add_address": address, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in {"articles_article_changelist", "autocomplete"}:
            return rows.lean()
        return rows.defer("sketch", "as_read")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find words in title and text; where no text holds them, part of a title or an address."""
        words = search_term.strip()
        if not words:
            return queryset, False
        if found := catalogue.holding(words, [*CONFIGURATIONS, *OTHERS]):
            held = RawSQL(
                "articles_article.id = ANY(%s)", [found], output_field=BooleanField()
            )  # one array, not 10,000
            return queryset.filter(held), False
        return queryset.filter(Q(title__icontains=words) | Q(slug=words) | Q(url=words)), False

    @admin.display(description="article", ordering="title")
    def headline(self, article: Article) -> str:
        return format_html('<bdi class="{}">{}</bdi>', "title" if article.title else "untitled", str(article))

    @admin.display(description="authors")
    def byline(self, article: Article) -> str:
        return ", ".join(line.name for line in article.bylines.all())

    @admin.display(description="date", ordering="dated")
    def date(self, article: Article) -> str:
        return _known(wording.dating(article), article.published)

    @admin.display(description="language", ordering="language")
    def language_name(self, article: Article) -> str:
        return _known(wording.language(article.language), article.language)

    @admin.display(description="to review")
    def to_review(self, article: Article) -> str:
        any_at_all = article.claim_count + article.recommendation_count
        return format_html(
            '<a href="{}"{}>{}<span class="visually-hidden"> to review at the workbench</span></a>',
            reverse("admin:workbench", args=[article.pk]),
            SafeString("" if article.open_suggestions else ' class="quiet"'),
            article.open_suggestions or ("none" if any_at_all else "–"),
        )

    # Actions

    @admin.action(description="Accept all their suggestions", permissions=["decide"])
    def accept_suggestions(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.accept_suggestions(queryset, request.user), "suggestion", "accepted")

    @admin.action(description="Reject all their suggestions", permissions=["decide"])
    def reject_suggestions(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.reject_suggestions(queryset, request.user), "suggestion", "rejected")

    @admin.action(description="Read them again with the present reader", permissions=["reread"])
    def read_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        rereading.ask(Scope.CHOSEN, request.user, queryset.values_list("pk", flat=True))
        told = 'They are <a href="{}">being read again</a>.'
        self.message_user(request, format_html(told, reverse("admin:jobs")), messages.INFO)

    # Form

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "url":
            kwargs["widget"] = admin.widgets.AdminTextInputWidget(attrs={"inputmode": "url"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj is None:
            return [("Text", {"fields": ["body"]}), self.fieldsets[0], *self.fieldsets[2:-1]]
        if self.has_change_permission(request, obj) and self.has_publish_permission(request):
            return self.fieldsets
        return [
            (name, {**rest, "fields": [f for f in rest["fields"] if f != "scheduled"]}) for name, rest in self.fieldsets
        ]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        return self.inlines if obj else self.inlines[:1]  # a quote needs a text to stand in

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        article = kwargs.get("obj")
        if article is not None:
            context.update(self._desk(request, article))
        return super().render_change_form(request, context, *args, **kwargs)

    def _desk(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """Return what stands beside the form: the set text, the statements and the actors of an article."""
        body = Article.objects.values_list("body", flat=True).get(pk=article.pk)  # as stored: the form may hold another
        claims = article.claims.select_related("claimant", "decided_by", "suggested_by").prefetch_related("actors")
        told = article.recommendations.select_related("recommender", "decided_by", "suggested_by").prefetch_related(
            "addressees", "targets"
        )
        statements = sorted(chain(claims, told), key=lambda statement: (statement.start, statement.pk))
        standing, records = [s for s in statements if s.is_placed], Records.held()
        mentions = list(article.mentions.select_related("actor"))
        return {
            "paragraphs": paragraphs(body, statements=standing, mentions=mentions),
            "direction": direction(article.language),
            "statements": [card(records.judge(statement)) for statement in statements],
            "open_n": sum(statement.is_suggestion for statement in statements),
            "may_review": self.has_decide_permission(request),
            **self.flow_context(request, article),
            "actors": article.article_actors.select_related("actor").order_by("-n", "actor")[:MOST_ACTORS],
            "candidates": _waiting(article),
            "notes": annotations.threads(article, request),
            "may_note": request.user.has_perm("articles.add_annotation"),
            "heard": wording.heard(article.evidence),
            "documents": article.documents.only("pk", "location", "received_at"),
            "dating": wording.dating(article),
        }

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm, change: bool) -> None:
        if not change:
            texts.describe(obj)
            super().save_model(request, obj, form, change)
        elif "body" in form.changed_data:
            found = texts.follow(obj, form.initial["body"])
            if unplaced := found.get(Verdict.LOST, 0) + found.get(Verdict.AMBIGUOUS, 0):
                text = f"{unplaced} of the quotes have no place in the text any more; they are kept and marked."
                self.message_user(request, text, messages.WARNING)
        else:
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        if formset.model in (Claim, PolicyRecommendation):
            for added in formset.save(commit=False):
                decisions.put_forward(added, request.user)
                added.save()
            formset.save_m2m()
        else:
            super().save_formset(request, form, formset, change)


def _waiting(article: Article) -> QuerySet:
    """Return whom an article names and no actor stands for, most named first, with `n` mentions each."""
    named = Candidate.objects.suggested().filter(mentions__article=article)
    return named.annotate(n=models.Count("mentions")).order_by("-n", "name")[:MOST_ACTORS]


def _known(text: str, value: Any) -> str:
    """Return a value's words, set in grey where it is not known."""
    return text if value else format_html('<span class="quiet">{}</span>', text)


class VersionInline(TableInline):
    """The versions of a work; what each is to it can be said here."""

    model = Article
    extra = max_num = 0
    can_delete = False
    fields = ["version", "source", "date", "relation"]
    readonly_fields = ["version", "source", "date"]
    verbose_name_plural = "versions"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).lean().select_related("source").order_by("dated", "pk")

    @admin.display(description="article")
    def version(self, article: Article) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[article.pk]), str(article)
        )

    @admin.display(description="date")
    def date(self, article: Article) -> str:
        return wording.dating(article)


@admin.register(Work)
class WorkAdmin(FramedAdmin):
    list_display = ["work", "versions"]
    search_fields = ["articles__title"]
    ordering = ["-pk"]
    inlines = [VersionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        lean = models.Prefetch("articles", Article.objects.lean().order_by("dated", "pk"))
        return super().get_queryset(request).prefetch_related(lean)

    @admin.display(description="work")
    def work(self, work: Work) -> str:
        return next((str(article) for article in work.articles.all()), str(work))

    @admin.display(description="versions")
    def versions(self, work: Work) -> str:
        return ", ".join(article.get_relation_display() for article in work.articles.all()) or "none"
