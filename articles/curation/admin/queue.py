"""The pages of the queue: what waits, one decision for all of it, articles nobody has read, and how rules do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from articles.curation import bulk, decisions, placing, queue, roles
from articles.curation.admin.filters import LanguageFilter
from articles.curation.admin.frame import CappedPaginator, desk_page, require
from articles.curation.queue import BANDS, Asked
from articles.curation.rules import WEIGHT, Record, Records
from articles.models import KINDS, Actor, Article, BulkDecision, Claim, PolicyRecommendation, RuleRecord, Source
from articles.passages import around
from articles.vocabulary import Review, direction, language_name

WORKED_IN = "queue"  # the session's key
PASSED = 500  # articles that a session remembers to have led to
UNREAD = 50  # articles on a page
PAGES = 400  # of doubtful places that are turned
DECISIONS: dict[str, Callable[..., int]] = {
    "accept": decisions.accept, "reject": decisions.reject, "reopen": decisions.reopen,
}  # fmt: skip
STATUSES = {"accept": Review.ACCEPTED, "reject": Review.REJECTED}
ORDERS = {
    "confident": "most confident first", "doubtful": "least confident first", "precision": "most trusted rule first",
    "newest": "newest article first", "oldest": "oldest article first", "article": "article by article",
}  # fmt: skip
NAMES = {"recommendation": "recommendations", "claim": "claims"}


def urls() -> list[Any]:
    """Return the addresses of the queue's pages, under the site's own."""
    view = admin.site.admin_view
    return [
        path("queue/", view(page), name="queue"),
        path("queue/decide/<str:kind>/<int:pk>/", view(decide), name="queue_decide"),
        path("queue/all/", view(decide_all), name="queue_all"),
        path("queue/all/<int:pk>/undo/", view(undo), name="queue_undo"),
        path("queue/unread/", view(unread), name="queue_unread"),
        path("queue/unread/<int:pk>/", view(review), name="queue_review"),
        path("queue/places/", view(places), name="queue_places"),
        path("queue/places/<str:kind>/<int:pk>/", view(place), name="queue_place"),
        path("rules/", view(rules), name="rules"),
    ]


def _offered(field: Any) -> AutocompleteSelect:
    return AutocompleteSelect(field, admin.site, attrs={"data-allow-clear": "true", "data-placeholder": "any"})


class QueueForm(forms.Form):
    """A question to the queue, as an address holds it."""

    kind = forms.ChoiceField(required=False, choices=[("", "both"), *NAMES.items()])
    actor = forms.ModelChoiceField(
        Actor.objects.all(), required=False, widget=_offered(Claim._meta.get_field("actors")), label="about or to"
    )
    addressee = forms.ModelChoiceField(
        Actor.objects.all(), required=False, widget=_offered(PolicyRecommendation._meta.get_field("addressees"))
    )
    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, widget=_offered(Article._meta.get_field("source"))
    )
    rule = forms.ChoiceField(required=False)
    band = forms.ChoiceField(
        required=False, label="reader’s confidence",
        choices=[("", "any"), *((name, band.label) for name, band in BANDS.items())],
    )  # fmt: skip
    language = forms.ChoiceField(required=False)
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="from")
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="to")
    order = forms.ChoiceField(required=False, choices=list(ORDERS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = sorted({rule for kind in KINDS for rule in queue.rules_waiting(kind)})
        self.fields["rule"].choices = [("", "any"), *((rule, rule) for rule in held)]
        self.fields["language"].choices = [("", "any"), *LanguageFilter.held()]

    @property
    def asked(self) -> Asked:
        """The question; what makes no sense is left out."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        keys = {name: given.pop(name).pk for name in ("actor", "addressee", "source") if name in given}
        return Asked(**given, **keys)


def page(request: HttpRequest) -> HttpResponse:
    """Show what waits, in the order asked for, each with its sentence in its paragraph."""
    require(request, "view_claim", "view_policyrecommendation")
    form, records = QueueForm(request.GET), Records.held()
    asked = form.asked
    after = queue.place(request.GET.get("after", ""), asked.order)
    found = queue.page(asked, records, after)
    query = _query(request.GET)
    _work_in(request, {"asked": query.urlencode(), "after": request.GET.get("after", ""), "passed": []})
    further = query.copy()
    if found.next:
        further["after"] = str(found.next)
    return desk_page(request, "queue", {
        "title": "Queue",
        "form": form,
        "asks": any(query.get(name) for name in form.fields if name != "order"),
        "shown": [_shown(row, records) for row in found.rows],
        "count": found.count,
        "doubtful": placing.count(),
        "query": query.urlencode(),
        "next": further.urlencode() if found.next else "",
        "begun": after is not None,
        "acts": bulk.latest(request.user) if roles.may_decide(request.user) else [],
        "most": bulk.MOST,
        "may_decide": roles.may_decide(request.user),
    })  # fmt: skip


def following(request: HttpRequest, pk: int) -> int | None:
    """Return the next article of the queue as it was asked last in this session, one that was not led to before.

    Where no queue was asked, the latest article with suggestions is next. None where there is none.
    """
    held = request.session.get(WORKED_IN, {"asked": "order=article"})
    held["passed"] = [*held.get("passed", []), pk][-PASSED:]
    request.session[WORKED_IN] = held
    asked = QueueForm(QueryDict(held["asked"])).asked
    after = queue.place(held.get("after", ""), asked.order)
    return queue.following(replace(asked, passed=tuple(held["passed"])), Records.held(), after)


def _work_in(request: HttpRequest, held: dict[str, Any]) -> None:
    if request.session.get(WORKED_IN) != held:
        request.session[WORKED_IN] = held


def worked_in(request: HttpRequest) -> str:
    """Return the address of the queue as it was asked last in this session."""
    return _to_queue(QueryDict(request.session.get(WORKED_IN, {}).get("asked", "")))


@require_POST
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Decide on one suggestion; answer with its row, or with the queue where no script asked.

    What somebody else decided meanwhile stays: the row is shown as it is now, with status 409 to a script.
    """
    _require_decide(request)
    if kind not in KINDS:
        raise Http404
    do = request.POST.get("do", "")
    with transaction.atomic():
        get_object_or_404(KINDS[kind].objects.select_for_update(), pk=pk)
        row = queue.with_shown(KINDS[kind].objects).get(pk=pk)
        late = row.decided_by_id != request.user.pk if do == "reopen" else not row.is_suggestion
        if do in DECISIONS and not late:
            DECISIONS[do](row, request.user)
    if request.headers.get("X-Requested-With") == "fetch":
        context = {"s": _shown(row, Records.held()), "may_decide": True, "query": request.POST.get("query", "")}
        return TemplateResponse(request, "articles/admin/_suggestion.html", context, status=409 if late else 200)
    told = format_html("{}: “{}”", row.get_status_display().capitalize(), str(row))
    if late:
        messages.warning(request, format_html("Decided by {} meanwhile. {}", row.decided_by or "somebody else", told))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(_back(request))


def decide_all(request: HttpRequest) -> HttpResponse:
    """Show what a decision on all that a question asks for would be about; then make it."""
    _require_decide(request)
    given = request.POST if request.method == "POST" else request.GET
    query = _query(QueryDict(given.get("query", "")) if request.method == "POST" else request.GET)
    status = STATUSES.get(given.get("do", ""))
    if status is None:
        return HttpResponseRedirect(_to_queue(query))
    asked = QueueForm(query).asked
    if request.method == "POST":
        upto = {kind: int(n) for kind in KINDS if (n := given.get(f"upto-{kind}", "")).isdecimal() and len(n) < 19}
        try:
            act = bulk.decide(asked, status, request.user, upto, query.urlencode())
        except bulk.TooManyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{act.n:,} suggestion{'' if act.n == 1 else 's'} {act.get_status_display()}.")
        return HttpResponseRedirect(_to_queue(query))
    seen, records = bulk.preview(asked), Records.held()
    return desk_page(request, "queue_all", {
        "title": f"{'Accept' if status == Review.ACCEPTED else 'Reject'} all of them?",
        "do": given["do"],
        "seen": seen,
        "shown": [_shown(row, records) for row in seen.rows],
        "chips": _chips(QueueForm(query)),
        "query": query.urlencode(),
        "too_many": seen.count.many,
        "most": bulk.MOST,
    })  # fmt: skip


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a decision on many; one's own, or an administrator any."""
    _require_decide(request)
    act = get_object_or_404(BulkDecision, pk=pk)
    if act.user_id != request.user.pk and not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    n = bulk.undo(act, request.user)
    kept = act.n - n
    told = f"{n:,} wait for review again."
    if kept:
        told += f" {kept:,} stay as they are: they were decided anew since, or are gone."
    messages.success(request, told)
    return HttpResponseRedirect(_to_queue(_query(QueryDict(act.asked))))


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """Show the articles in which nothing waits and which nobody has said to have read."""
    require(request, "view_claim", "view_policyrecommendation")
    rows = queue.unread().lean().select_related("source").order_by("-pk")
    found = CappedPaginator(rows, UNREAD).get_page(request.GET.get("page"))
    return desk_page(request, "queue_unread", {
        "title": "Not read yet",
        "page": found,
        "may_review": request.user.has_perm("articles.change_article"),
    })  # fmt: skip


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of an article that it was read, whatever was found in it, or take that back."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    rows = Article.objects.filter(pk=pk)
    article = get_object_or_404(rows.lean())
    if request.POST.get("do") == "back":
        decisions.unreview(rows, request.user)
        messages.success(request, format_html("“{}” counts as not read.", str(article)))
    else:
        decisions.review(rows, request.user)
        messages.success(request, format_html("“{}” is reviewed.", str(article)))
    back = request.POST.get("next", "")
    address = (
        reverse("admin:articles_article_change", args=[pk]) if back == "article" else reverse("admin:queue_unread")
    )
    return HttpResponseRedirect(address)


def in_doubt(user: Any) -> list[dict[str, Any]]:
    """Return what the desk's first page says of doubtful places; nothing where there are none."""
    if not user.has_perms(["articles.view_claim", "articles.view_policyrecommendation"]):
        return []
    n = placing.count()
    what = "doubtful place" if n.n == 1 else "doubtful places"
    return [{"n": n, "what": what, "address": reverse("admin:queue_places")}] if n.n else []


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show the statements whose place a new text made doubtful, each with the passages where it may stand."""
    require(request, "view_claim", "view_policyrecommendation")
    given = request.GET.get("page", "")
    number = int(given) if given.isdecimal() and int(given[:4]) > 0 else 1
    records = Records.held()
    rows, more = placing.doubtful((min(number, PAGES) - 1) * queue.PAGE, queue.PAGE)
    return desk_page(request, "queue_places", {
        "title": "Doubtful places",
        "shown": [(_shown(row, records), placing.places(row)) for row in rows],
        "count": placing.count(),
        "number": number,
        "more": more,
        "may_decide": roles.may_decide(request.user),
    })  # fmt: skip


@require_POST
def place(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say where a statement stands: at characters of the text as it was shown, or nowhere any more."""
    _require_decide(request)
    if kind not in KINDS:
        raise Http404
    with transaction.atomic():
        get_object_or_404(KINDS[kind].objects.select_for_update(), pk=pk)
        row = queue.with_shown(KINDS[kind].objects).get(pk=pk)
        start, _, end = request.POST.get("at", "").partition("-")
        if not row.doubted:
            messages.info(request, "Somebody else has said where it stands.")
        elif start == "gone":
            placing.leave(row, request.user)
            messages.success(request, format_html("Said to be gone: “{}”", str(row)))
        elif not _is_shown(row, start, end, request.POST.get("passage", "")):
            messages.error(request, "The text has changed meanwhile: look again.")
        else:
            placing.place(row, int(start), int(end), request.user)
            messages.success(request, format_html("It stands here: “{}”", str(row)))
    return HttpResponseRedirect(reverse("admin:queue_places"))


def _is_shown(row: Any, start: str, end: str, passage: str) -> bool:
    """Whether a passage stands where the page that was sent shows it."""
    numbers = all(one.isdecimal() and len(one) < 10 for one in (start, end))
    return numbers and bool(passage) and row.article.body[int(start) : int(end)] == passage.replace("\r\n", "\n")


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show how often editors accepted what each rule put forward, by language, with an interval."""
    require(request, "view_claim", "view_policyrecommendation")
    rows = RuleRecord.objects.order_by("-kind", "rule", "language")
    kind = request.GET.get("kind", "")
    shown = [
        {"row": row, "record": Record(row.accepted, row.rejected), "language": language_name(row.language) or "none"}
        for row in (rows.filter(kind=kind) if kind in KINDS else rows)
    ]
    if request.GET.get("order") == "precision":
        shown.sort(key=lambda one: -one["record"].interval[0])
    return desk_page(request, "rules", {
        "title": "Rules", "shown": shown, "kinds": NAMES, "kind": kind, "weight": WEIGHT,
        "order": request.GET.get("order", ""),
    })  # fmt: skip


def _shown(row: Any, records: Records) -> Any:
    """Give a suggestion what its row shows: its passage in its sentences, what is believed of it, where it leads."""
    article = row.article
    row.before, row.passage, row.behind = around(row, article.body)
    row.direction = direction(article.language)
    records.judge(row)
    row.decide_address = reverse("admin:queue_decide", args=[row.short_name, row.pk])
    row.bench_address = f"{reverse('admin:workbench', args=[article.pk])}#{row.fragment}"
    return row


def _chips(form: QueueForm) -> list[tuple[str, str]]:
    """Return what a form asks, each by its label and in words."""
    form.is_valid()
    out = []
    for name, field in form.fields.items():
        if (value := form.cleaned_data.get(name)) and name != "order":
            words = dict(getattr(field, "choices", []) or []) if isinstance(field, forms.ChoiceField) else {}
            out.append((str(field.label or name), str(words.get(value, value))))
    return out


def _query(given: QueryDict) -> QueryDict:
    """Return what of an address is the question: not the place in its answer."""
    query = QueryDict(mutable=True)
    for name, values in given.lists():
        if name in QueueForm.base_fields and any(values):
            query.setlist(name, [value for value in values if value])
    return query


def _to_queue(query: QueryDict) -> str:
    return f"{reverse('admin:queue')}?{query.urlencode()}" if query else reverse("admin:queue")


def _back(request: HttpRequest) -> str:
    return _to_queue(_query(QueryDict(request.POST.get("query", ""))))


def _require_decide(request: HttpRequest) -> None:
    if not roles.may_decide(request.user):
        raise PermissionDenied
