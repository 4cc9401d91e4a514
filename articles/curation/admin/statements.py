"""Claims and recommendations: the review list, decisions a row and in bulk, and the form of one statement."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles import catalogue
from articles.curation import codebook, decisions, roles, wording
from articles.curation.admin.filters import ConfidenceFilter, RuleFilter, StatementLanguageFilter, autocomplete
from articles.curation.admin.frame import FewLinks
from articles.curation.admin.history import HistoryMixin
from articles.curation.forms import QuoteForm
from articles.curation.rules import Records
from articles.models import Claim, PolicyRecommendation
from articles.passages import paragraph_of
from articles.vocabulary import Review, direction

DECISIONS = {"_accept": decisions.accept, "_reject": decisions.reject, "_reopen": decisions.reopen}
DONE = {"_accept": "accepted", "_reject": "rejected", "_reopen": "open again"}


def card(statement: Any) -> Any:
    """Give a statement the names of the addresses that its card leads to."""
    name = f"admin:articles_{statement._meta.model_name}"
    statement.decide_url, statement.change_url = f"{name}_decide", f"{name}_change"
    return statement


class NewStatements(BaseInlineFormSet):
    """New statements only: those that are there stand as cards beside the text, however many they are."""

    def get_queryset(self) -> QuerySet:
        return self.queryset.none()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "article": self.instance}


class NewStatementInline(FewLinks, admin.StackedInline):
    form = QuoteForm
    formset = NewStatements
    extra = 0
    can_delete = False
    beside_text = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)


class NewClaimInline(NewStatementInline):
    model = Claim
    fields = [("exact", "occurrence"), ("kind", "claimant"), "actors"]
    autocomplete_fields = ["claimant", "actors"]
    verbose_name_plural = "more claims"


class NewRecommendationInline(NewStatementInline):
    model = PolicyRecommendation
    fields = [
        ("exact", "occurrence"),
        ("addressees", "targets"),
        "action",
        ("modality", "negated", "instrument"),
        "recommender",
    ]
    autocomplete_fields = ["addressees", "targets", "recommender"]
    verbose_name = "recommendation"
    verbose_name_plural = "more recommendations"


class JudgedList(ChangeList):
    """A list whose rows say how likely each is accepted."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        records = Records.held()
        self.result_list = [records.judge(statement) for statement in self.result_list]


class StatementAdmin(HistoryMixin):
    form = QuoteForm
    change_list_template = "articles/admin/review_list.html"
    change_form_template = "articles/admin/statement_form.html"
    list_display_links = None
    ordering = ["-article_id", "start"]
    search_fields = ["exact"]
    search_help_text = "Words of the quote"
    list_per_page = 25
    actions = ["accept", "reject", "reopen"]
    readonly_fields = ["passage", "topics", "review"]

    # Permissions

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return roles.may_decide(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_edit(request.user, obj) if obj else super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_edit(request.user, obj) if obj else super().has_delete_permission(request)

    # List

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        long = [f"article__{name}" for name in ("sketch", "as_read", "evidence")]
        if request.resolver_match and request.resolver_match.url_name.endswith("_changelist"):
            long.append("article__body")
        return super().get_queryset(request).select_related("article", "decided_by", "suggested_by").defer(*long)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, or decide on the one row whose button was pressed and show the same list again."""
        for button in DECISIONS:
            key = request.POST.get(button, "")
            if request.method == "POST" and key.isdecimal() and len(key) < 19:
                if not self.has_decide_permission(request):
                    raise PermissionDenied
                if statement := self.model.objects.select_related("decided_by").filter(pk=key).first():
                    self._decide_by_button(request, button, statement)
                return HttpResponseRedirect(request.get_full_path())
        left = catalogue.capped(self.model.objects.suggested())
        return super().changelist_view(request, {"left_to_review": left, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/decide/", decide, name=f"articles_{self.opts.model_name}_decide"), *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide on a statement from its card beside the text; answer with the card, or with the article's page."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_decide_permission(request):
            raise PermissionDenied
        statement = get_object_or_404(self.model.objects, pk=pk)
        if request.POST.get("decision", "") in DECISIONS:
            self._decide_by_button(request, request.POST["decision"], statement)
        if request.headers.get("X-Requested-With") == "fetch":
            return render(
                request, "articles/admin/_card.html", {"s": card(Records.held().judge(statement)), "may_review": True}
            )
        return HttpResponseRedirect(
            f"{reverse('admin:articles_article_change', args=[statement.article_id])}#{statement.fragment}"
        )

    def _decide_by_button(self, request: HttpRequest, button: str, statement: Any) -> None:
        """Accept or reject what was shown as a suggestion, if nobody else decided meanwhile; or open it again."""
        shown = self.model.objects.filter(pk=statement.pk)
        if button != "_reopen":
            shown = shown.filter(models.Q(status=Review.SUGGESTED) | models.Q(decided_by=request.user))
        n = DECISIONS[button](shown, request.user)
        statement.refresh_from_db(fields=["status", "decided_by", "decided_at"])
        if n:
            text = format_html("{}: “{}”", DONE[button].capitalize(), str(statement))
        else:
            who = statement.decided_by or "somebody else"
            text = format_html("Meanwhile {} by {}: “{}”", statement.get_status_display(), who, str(statement))
        if request.headers.get("X-Requested-With") != "fetch":
            self.message_user(request, text, messages.SUCCESS if n else messages.WARNING)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return JudgedList

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """Offer decisions to those who may make them; show others what was decided."""
        last = "decision" if self.has_decide_permission(request) else "status"
        return [*self.list_display, last]

    @admin.display(description="quote", ordering="start")
    def quote(self, statement: Any) -> str:
        return render_to_string("articles/admin/_quote.html", {
            "s": statement,
            "address": reverse(f"admin:articles_{self.opts.model_name}_change", args=[statement.pk]),
            "direction": direction(statement.article.language),
        })  # fmt: skip

    @admin.display(description="article")
    def of_article(self, statement: Any) -> str:
        address = reverse("admin:articles_article_change", args=[statement.article_id])
        return format_html(
            '<a href="{}#{}" class="title">{}</a><br><span class="quiet">{}</span>',
            address, statement.fragment, str(statement.article), wording.dating(statement.article),
        )  # fmt: skip

    @admin.display(description="put forward by", ordering="confidence")
    def spoke(self, statement: Any) -> str:
        """Say which rule spoke, as a link to all that it said, and how sure it is; or that a person did."""
        if not statement.rule:
            return str(statement.suggested_by or statement.get_origin_display())
        # A long name may break after its dots.
        name = format_html_join(SafeString(".<wbr>"), "{}", ([part] for part in statement.rule.split(".")))
        sure = render_to_string("articles/admin/_believed.html", {"s": statement})
        link = urlencode({"rule": statement.rule})
        return format_html('<a href="?{}">{}</a><br><span class="quiet">{}</span>', link, name, sure)

    @admin.display(description="review", ordering="status")
    def decision(self, statement: Any) -> str:
        return render_to_string("articles/admin/_decision.html", {"s": statement})

    # Actions

    @admin.action(description="Accept", permissions=["decide"])
    def accept(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.accept(queryset, request.user), "accepted")

    @admin.action(description="Reject", permissions=["decide"])
    def reject(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.reject(queryset, request.user), "rejected")

    @admin.action(description="Reopen: make suggestions of them again", permissions=["decide"])
    def reopen(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.reopen(queryset, request.user), "open again")

    def _say(self, request: HttpRequest, n: int, done: str) -> None:
        name = self.opts.verbose_name if n == 1 else self.opts.verbose_name_plural
        self.message_user(request, f"{n} {name} {done}.", messages.SUCCESS if n else messages.INFO)

    # Form

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["may_decide"] = self.has_decide_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def title_of(self, row: Any) -> str:
        return row.short_name.capitalize()  # its passage follows

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "action":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is None:
            return ["article", ("exact", "occurrence"), *self.said]
        anew = [] if obj.is_placed else [("exact", "occurrence")]
        return ["passage", *anew, *self.said, "topics", "review"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.readonly_fields if obj else []

    @admin.display(description="passage")
    def passage(self, statement: Any) -> str:
        return render_to_string("articles/admin/_passage.html", {
            "s": statement,
            "runs": paragraph_of(statement, statement.article.body).runs if statement.is_placed else [],
            "direction": direction(statement.article.language),
        })  # fmt: skip

    @admin.display(description="topics")
    def topics(self, statement: Any) -> str:
        return render_to_string("articles/admin/_topics.html", {
            "codings": codebook.coded(statement),
            "address": reverse("admin:coding", args=[statement.short_name, statement.pk]),
        })  # fmt: skip

    @admin.display(description="review")
    def review(self, statement: Any) -> str:
        return render_to_string("articles/admin/_standing.html", {"s": Records.held().judge(statement)})

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if not change:
            decisions.put_forward(obj, request.user)
        request.kept_decision = form.chose("status") not in ("", "yours")  # somebody else decided meanwhile: it stays
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """After a decision go on to the next suggestion of the article; after the last one, back to the list."""
        for button, decide in DECISIONS.items():
            if button in request.POST and self.has_decide_permission(request) and not request.kept_decision:
                decide(obj, request.user)
                self.message_user(
                    request, format_html("{}: “{}”", DONE[button].capitalize(), str(obj)), messages.SUCCESS
                )
                onward = (
                    self.model.objects.suggested().filter(article=obj.article_id).exclude(pk=obj.pk).order_by("start")
                )
                following = onward.filter(start__gte=obj.start).first() or onward.first()
                if following is None:
                    return self.response_post_save_change(request, obj)
                address = reverse(f"admin:articles_{self.opts.model_name}_change", args=[following.pk])
                kept = self.get_preserved_filters(request)
                return HttpResponseRedirect(f"{address}?{kept}" if kept else address)
        return super().response_change(request, obj)


@admin.register(Claim)
class ClaimAdmin(StatementAdmin):
    said = ["kind", ("claimant", "claimant_text"), "voice", "actors"]
    autocomplete_fields = ["article", "claimant", "actors"]
    list_display = ["quote", "claimed", "of_article", "spoke"]
    list_filter = [
        "status", "kind", "voice", ConfidenceFilter, "origin", "verdict", StatementLanguageFilter,
        autocomplete("about", "about", Claim._meta.get_field("actors"), "actors"),
        autocomplete("claimant", "claimant", Claim._meta.get_field("claimant"), "claimant"),
        autocomplete("article", "article", Claim._meta.get_field("article"), "article"),
        RuleFilter,
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("claimant").prefetch_related("actors")

    @admin.display(description="claims", ordering="kind")
    def claimed(self, claim: Claim) -> str:
        return render_to_string("articles/admin/_said.html", {"s": claim})


@admin.register(PolicyRecommendation)
class RecommendationAdmin(StatementAdmin):
    listed_as = "Recommendations"
    said = [
        ("addressees", "addressee_text"), "action", "targets", ("modality", "negated", "instrument"),
        ("condition", "deadline"), ("recommender", "recommender_text"), "voice",
    ]  # fmt: skip
    autocomplete_fields = ["article", "addressees", "targets", "recommender"]
    list_display = ["quote", "asks", "of_article", "spoke"]
    list_filter = [
        "status", "modality", "negated", "instrument", "voice", ConfidenceFilter, "origin", "verdict",
        StatementLanguageFilter,
        autocomplete("addressee", "addressee", PolicyRecommendation._meta.get_field("addressees"), "addressees"),
        autocomplete("towards", "target", PolicyRecommendation._meta.get_field("targets"), "targets"),
        autocomplete("article", "article", PolicyRecommendation._meta.get_field("article"), "article"),
        RuleFilter,
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("recommender").prefetch_related("addressees", "targets")

    @admin.display(description="asks", ordering="modality")
    def asks(self, recommendation: PolicyRecommendation) -> str:
        return render_to_string("articles/admin/_said.html", {"s": recommendation})
