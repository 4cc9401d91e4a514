"""The flow at the desk: the steps of an article in list and form, what blocks it, and what waits for whom."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from articles import catalogue
from articles.curation import decisions, roles, wording
from articles.curation.admin.frame import FramedAdmin
from articles.models import Article
from articles.models.flow import OPEN, blocks
from articles.vocabulary import Block, Publication

# Where in the form what blocks publication is mended.
MENDED = {Block.NO_DATE: "id_published", Block.NO_SOURCE: "id_source", Block.OPEN_SUGGESTIONS: "statements"}

# The buttons of the steps within the desk: name, label, what each does, and how that is told.
STEPS = {
    Publication.INBOX: ("_put_back", "Save and put back", decisions.put_back, "put back into the inbox"),
    Publication.IN_REVIEW: ("_take_up", "Save and take up", decisions.take_up, "in review"),
    Publication.READY: ("_ready", "Save, it is ready", decisions.make_ready, "ready"),
}
ROAD = [*OPEN, Publication.PUBLISHED]


class BecauseForm(ActionForm):
    because = forms.CharField(
        required=False, max_length=1000, label="because",
        widget=forms.TextInput(attrs={"placeholder": "reason, for what is withdrawn or published nonetheless"}),
    )  # fmt: skip


class FlowMixin(FramedAdmin):
    """The part of the articles' admin by which they go from inbox to readers."""

    actions = ["take_up", "make_ready", "publish", "withdraw", "give_to_me"]
    action_form = BecauseForm

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return roles.may_publish(request.user)

    # List

    @admin.display(description="in hands of", ordering="assignee__username")
    def hands(self, article: Article) -> str:
        who = article.assignee.get_username() if article.assignee else ""
        if not article.due or article.status not in OPEN:
            return format_html("{}", who)
        late = article.due < timezone.localdate()
        told = format_html('<span class="{}">due {}</span>', "problem" if late else "quiet", wording.day(article.due))
        return format_html("{}<br>{}", who, told) if who else told

    @admin.action(description="Take up for review", permissions=["publish"])
    def take_up(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.take_up(queryset, request.user), "article", "taken up")

    @admin.action(description="Say they are ready", permissions=["publish"])
    def make_ready(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.make_ready(queryset, request.user), "article", "ready")

    @admin.action(description="Give to me", permissions=["publish"])
    def give_to_me(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, decisions.assign(queryset, request.user, request.user), "article", "given to you")

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Publish what is chosen, and say what spoke against it."""
        chosen = Article.objects.filter(pk__in=queryset.order_by().values("pk"))
        against: Counter[Block] = Counter()
        for article in chosen.may_become(Publication.PUBLISHED).with_blocks().only("pk"):
            against.update(blocks(article))
        because = request.POST.get("because", "").strip() or "Published in bulk."
        self._say(request, decisions.publish(queryset, request.user, because=because), "article", "published")
        if against:
            told = ", ".join(f"{n} with {block.label}" for block, n in against.items())
            self.message_user(
                request, f"Published nonetheless: {told}. Kept as the reason: {because}", messages.WARNING
            )

    @admin.action(description="Withdraw", permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        because = request.POST.get("because", "").strip()
        if not because:
            self.message_user(request, "Nothing withdrawn: give the reason, readers are told it.", messages.ERROR)
            return
        self._say(
            request, decisions.withdraw(queryset, request.user, because=because), "article", "withdrawn"
        )  # fmt: skip

    def _say(self, request: HttpRequest, n: int, what: str, done: str) -> None:
        self.message_user(
            request, f"{n} {what}{'' if n == 1 else 's'} {done}.", messages.SUCCESS if n else messages.INFO
        )

    # Form

    def flow_context(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """Return where an article stands, what blocks it and where that is mended, and the steps from here."""
        found = blocks(Article.objects.with_blocks().only("pk").get(pk=article.pk))
        here = Publication(article.status)
        return {
            "may_publish": self.has_publish_permission(request),
            "road": [(one.label, one == here) for one in ROAD],
            "blocked": [(block.label, MENDED[block]) for block in found],
            "steps": [STEPS[one][:2] for one in article.onward if one in STEPS],
            "because": request.POST.get("because", ""),
        }

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and "scheduled" in form.changed_data and self.has_publish_permission(request):
            try:
                at, because = form.cleaned_data["scheduled"], request.POST.get("because", "")
                decisions.schedule(form.instance, at, request.user, because=because)
            except decisions.Blocked as refusal:
                self._refuse(request, refusal, "scheduled")

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        chosen, because = Article.objects.filter(pk=obj.pk), request.POST.get("because", "").strip()
        asked = [
            button for button in ("_publish", "_withdraw", *(s[0] for s in STEPS.values())) if button in request.POST
        ]
        if not asked or not self.has_publish_permission(request):
            return super().response_change(request, obj)
        if asked[0] == "_publish":
            try:
                n = decisions.publish_checked(obj, request.user, because=because)
                self._say(request, n, "article", "published")
            except decisions.Blocked as refusal:
                self._refuse(request, refusal, "published")
        elif asked[0] == "_withdraw" and not because:
            text = "Saved, but not withdrawn: give the reason, readers are told it."
            self.message_user(request, text, messages.ERROR)
        elif asked[0] == "_withdraw":
            self._say(request, decisions.withdraw(chosen, request.user, because=because), "article", "withdrawn")
        else:
            step, told = next(step[2:] for step in STEPS.values() if step[0] == asked[0])
            self._say(request, step(chosen, request.user), "article", told)
        return HttpResponseRedirect(request.get_full_path())

    def _refuse(self, request: HttpRequest, refusal: decisions.Blocked, done: str) -> None:
        against = ", ".join(block.label for block in refusal.blocked)
        text = f"Saved, but not {done}: {against}. Mend that, or say why it is {done} nonetheless."
        self.message_user(request, text, messages.ERROR)


def on_desk(user: Any) -> list[dict[str, Any]]:
    """Return what waits, as counts that lead to their lists: this user's, what is late, and by state."""
    address, today = reverse("admin:articles_article_changelist"), timezone.localdate()
    mine = Article.objects.on_desk().filter(assignee=user.pk)
    asked: list[tuple[str, QuerySet, dict[str, str]]] = [
        ("assigned to you", mine, {"assignee": "me", "due": "desk"}),
        ("overdue", Article.objects.overdue(today), {"due": "over"}),
        *((state.label, Article.objects.filter(status=state), {"status__exact": state.value}) for state in OPEN),
    ]
    return [
        {"n": catalogue.capped(rows), "what": what, "address": f"{address}?{urlencode(question)}"}
        for what, rows, question in asked
    ]
