"""Candidates for the authority file: who is named in texts and no actor yet, a decision a row."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from articles import catalogue
from articles.curation import candidates
from articles.curation.admin.history import HistoryMixin
from articles.curation.merging_forms import MergingForm
from articles.models import Actor, Candidate

PASSAGES = 5  # that the form of a candidate shows
DECISIONS = {"_accept": candidates.add_all, "_reject": candidates.reject, "_reopen": candidates.reopen}
DONE = {"_accept": "added to the actors", "_reject": "rejected: not proposed again", "_reopen": "proposed again"}


def in_context(mention: Any) -> dict[str, str]:
    """Return the text before a mention, the name as printed, and the text behind it."""
    text, start, end = mention.around, mention.at, mention.at + mention.long
    return {"before": text[:start], "printed": text[start:end], "behind": text[end:]}


class CandidateForm(MergingForm):
    known_as = forms.ModelChoiceField(
        Actor.objects,
        required=False,
        label="known as",
        widget=AutocompleteSelect(Candidate._meta.get_field("actor"), admin.site),
        help_text="An actor that is there under another name: saved, the candidate's names become its own",
    )


@admin.register(Candidate)
class CandidateAdmin(HistoryMixin):
    listed_as = "Candidates for actors"
    change_list_template = "articles/admin/review_list.html"
    change_form_template = "articles/admin/candidate_form.html"
    list_display = ["named", "passage", "articles", "rule", "decision"]
    list_filter = ["status", "kind", "rule"]
    search_fields = ["name"]
    list_per_page = 50
    ordering = ["-pk"]
    actions = ["add_to_actors", "reject"]
    form = CandidateForm
    fields = ["name", "kind", "note", "passages", "known_as", "standing"]
    readonly_fields = ["passages", "standing"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # an actor is added among the actors

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [name for name in self.fields if name != "known_as" or not obj or obj.is_suggestion]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A decided candidate is not edited: an accepted one is an actor, edited there."""
        return self.get_fields(request, obj) if obj and not obj.is_suggestion else self.readonly_fields

    # List

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_places().select_related("actor", "decided_by")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, or decide on the one row whose button was pressed and show the same list again."""
        for button in DECISIONS:
            key = request.POST.get(button, "")
            if request.method == "POST" and key.isdecimal() and len(key) < 19:
                if not self.has_change_permission(request):
                    raise PermissionDenied
                self._decide(request, button, Candidate.objects.filter(pk=key))
                return HttpResponseRedirect(request.get_full_path())
        left = catalogue.capped(Candidate.objects.suggested())
        return super().changelist_view(request, {"left_to_review": left, **(extra_context or {})})

    def _decide(self, request: HttpRequest, button: str, chosen: QuerySet) -> None:
        names = ", ".join(chosen.values_list("name", flat=True)[:3])
        n = DECISIONS[button](chosen, request.user)
        told = format_html("{}: {}", names, DONE[button]) if n == 1 else f"{n} candidates {DONE[button]}."
        if n and button == "_accept":
            searched = '{} The archive is <a href="{}">being searched</a>.'
            told = format_html(searched, told, reverse("admin:jobs"))
        self.message_user(request, told, messages.SUCCESS if n else messages.INFO)

    @admin.display(description="named", ordering="name")
    def named(self, candidate: Candidate) -> str:
        note = format_html('<br><span class="quiet">{}</span>', candidate.note) if candidate.note else ""
        return format_html('{}<br><span class="quiet">{}</span>{}', candidate.name, candidate.get_kind_display(), note)

    @admin.display(description="where")
    def passage(self, candidate: Any) -> str:
        if not candidate.first_article:
            return format_html('<span class="quiet">{}</span>', "in no text now")
        address = reverse("admin:articles_article_change", args=[candidate.first_article])
        title = candidate.first_title or "untitled"
        return format_html(
            '{}<a href="{}" class="quiet">{}</a>',
            render_to_string("articles/admin/_named_in.html", in_context(candidate)),
            address,
            title,
        )

    @admin.display(description="articles", ordering="articles_n")
    def articles(self, candidate: Any) -> int:
        return int(candidate.articles_n)

    @admin.display(description="review", ordering="status")
    def decision(self, candidate: Candidate) -> str:
        return render_to_string("articles/admin/_candidate_decision.html", {"candidate": candidate})

    # Actions

    @admin.action(description="Add to the actors", permissions=["change"])
    def add_to_actors(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, "_accept", queryset)

    @admin.action(description="Reject: no actors", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, "_reject", queryset)

    # Form

    @admin.display(description="passages")
    def passages(self, candidate: Candidate) -> str:
        found = candidate.mentions.with_context().select_related("article")
        lean = found.only("article__title", "article__slug", "article__opening", "start")[:PASSAGES]
        passages = [{"article": mention.article, **in_context(mention)} for mention in lean]
        return render_to_string("articles/admin/_candidate_passages.html", {"passages": passages})

    @admin.display(description="review")
    def standing(self, candidate: Candidate) -> str:
        return render_to_string("articles/admin/_candidate_standing.html", {"candidate": candidate})

    def save_model(self, request: HttpRequest, obj: Candidate, form: Any, change: bool) -> None:
        """Save what was corrected; an actor that was chosen is who the candidate is."""
        super().save_model(request, obj, form, change)
        if actor := form.cleaned_data.get("known_as"):
            candidates.recognise(obj, actor, request.user)
            obj.refresh_from_db()

    def response_change(self, request: HttpRequest, obj: Candidate) -> HttpResponse:
        """After a decision go on to the next candidate; after the last one, back to the list."""
        for button in DECISIONS:
            if button in request.POST and self.has_change_permission(request, obj):
                self._decide(request, button, Candidate.objects.filter(pk=obj.pk))
                following = Candidate.objects.suggested().filter(pk__lt=obj.pk).first()
                following = following or Candidate.objects.suggested().exclude(pk=obj.pk).first()
                if following is None or button == "_reopen":
                    return self.response_post_save_change(request, obj)
                return HttpResponseRedirect(reverse("admin:articles_candidate_change", args=[following.pk]))
        return super().response_change(request, obj)
