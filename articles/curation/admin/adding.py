"""Add op-eds: a text pasted, an address or a file; what was read of it is seen before it is stored."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from articles.curation import wording
from articles.curation.admin.families import lean, told
from articles.curation.admin.frame import desk_page
from articles.curation.forms import TextField
from articles.curation.rules import Records
from articles.differences import differences
from articles.importing import adding
from articles.importing.run import Options
from articles.importing.sources import web
from articles.importing.sources.incoming import Incoming, printable
from articles.importing.sources.kinds import Held, buffered, documents
from articles.importing.sources.network import NotFetched
from articles.models import Article, Candidate, ImportItem
from articles.passages import paragraphs
from articles.vocabulary import Outcome, direction, language_name

SHOWN = 10  # documents that wait
MOST_ACTORS = 20
LANGUAGES = ("ar", "de", "en", "es", "fr", "id", "it", "ja", "ko", "ms", "nl", "pt", "ru", "th", "vi", "zh")
may_add = permission_required("articles.add_article", raise_exception=True)


def urls() -> list[Any]:
    """Return the addresses of these pages, under the site's own."""
    view = admin.site.admin_view
    return [path("add/", view(add), name="add"), path("add/<int:pk>/", view(preview), name="add_preview")]


class AddForm(forms.Form):
    """What an op-ed is read from: a text, a file, or what stands at an address."""

    address = forms.CharField(
        required=False, max_length=2000, widget=admin.widgets.AdminTextInputWidget(attrs={"inputmode": "url"}),
        help_text="Fetched, unless the text is given below: then it says where the text stands",
    )  # fmt: skip
    text = TextField(
        required=False, widget=forms.Textarea(attrs={"rows": 12, "class": "body-text"}),
        help_text="As copied from the page, or the page’s own HTML; teasers and notices are left out by the reader",
    )  # fmt: skip
    file = forms.FileField(required=False, help_text="Of any kind that is imported: PDF, Word, HTML, an archive…")
    source = forms.CharField(
        required=False, max_length=200, widget=admin.widgets.AdminTextInputWidget(),
        help_text="Where it appeared, if the text does not say so",
    )  # fmt: skip
    language = forms.ChoiceField(required=False, help_text="Only where it would be found out wrongly")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda pair: pair[1])
        self.fields["language"].choices = [("", "found out"), *named]

    def clean_address(self) -> str:
        """Return the address as it is asked. Raises ValidationError for what is none."""
        try:
            return str(web.checked(address)) if (address := self.cleaned_data["address"].strip()) else ""
        except NotFetched as error:
            raise ValidationError(f"{capfirst(str(error))}.") from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        text, file = given.get("text", "").strip(), given.get("file")
        if text and file:
            self.add_error("file", "Either a text or a file.")
        elif not (text or file or given.get("address") or self.errors):
            self.add_error(None, "Give an address, a text or a file.")
        return given

    @property
    def asked(self) -> str:
        """What is asked for, in a line."""
        given = self.cleaned_data
        return given["address"] or (given["file"].name if given["file"] else "a pasted text")

    def documents(self) -> Iterable[Incoming]:
        """Return the documents that are meant."""
        given = self.cleaned_data
        address, file = given["address"], given["file"]
        if given["text"].strip():
            return [adding.pasted(given["text"], address)]
        if not file:
            return web.at(address, {})
        name = printable(file.name)
        held = (replace(one, numbered=True) for one in documents(Held(buffered(file.file), name, name)))
        first = list(islice(held, 2))
        if address and len(first) == 1:  # what one file holds stands at the address
            return [replace(first[0], location=printable(address), numbered=False)]
        return chain(first, held)

    @property
    def options(self) -> Options:
        """What is known of them beside."""
        given = self.cleaned_data
        return Options(source=" ".join(given["source"].split()) or None, language=given["language"] or None)


@require_http_methods(["GET", "POST"])
@may_add
def add(request: HttpRequest) -> HttpResponse:
    """Take in what is given, and lead to what was read of it."""
    form = AddForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_valid():
        run = adding.take_in(form.documents(), form.options, request.user, form.asked)
        if run.interrupted:
            told = f"The first {adding.MOST} documents were taken in; import the file by the command for all of them."
            messages.warning(request, told)
        if following := adding.waiting(run):
            return HttpResponseRedirect(reverse("admin:add_preview", args=[following.pk]))
        held = run.items.select_related("article").first()
        if held and held.article:
            messages.info(request, format_html("Held already, byte for byte: “{}”.", str(held.article)))
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[held.article_id]))
        form.add_error(None, f"{capfirst(held.reason if held else 'it holds no documents')}.")
    waits = ImportItem.objects.filter(outcome=Outcome.WAITING, run__enqueued=False, run__user=request.user.pk)
    return desk_page(request, "add", {
        "title": "Add op-ed", "form": form, "waits": waits.order_by("-pk")[:SHOWN],
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@may_add
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what storing a document that waits would bring about; store it, or say that it is not to be."""
    item = get_object_or_404(ImportItem.objects.select_related("run", "article"), pk=pk)
    do = request.POST.get("do", "")
    if item.outcome == Outcome.WAITING and do in {"store", "refuse"}:
        if do == "store":
            item = adding.store(item)
        else:
            adding.refuse(item, request.user)
        _say(request, item, stored=do == "store")
        return HttpResponseRedirect(_onward(item))
    if item.outcome != Outcome.WAITING:
        _say(request, item, stored=item.outcome != Outcome.REFUSED)
        return HttpResponseRedirect(_onward(item))
    with adding.rehearsed(item) as seen:
        page = desk_page(request, "add_preview", _context(seen))
        return page.render()  # what it shows is gone with the block


def _say(request: HttpRequest, item: ImportItem, *, stored: bool) -> None:
    """Tell what became of a document."""
    said = {
        Outcome.CREATED: "Stored: “{}” waits in the inbox.", Outcome.UPDATED: "“{}” has its new text.",
        Outcome.DUPLICATE: "Held already: “{}”.", Outcome.UNCHANGED: "Held already: “{}”.",
    }  # fmt: skip
    if not stored:
        messages.info(request, format_html("Not stored: {}. Its bytes are on record.", item.location))
    elif item.article:
        messages.success(request, format_html(said[Outcome(item.outcome)], str(item.article)))
    else:
        messages.error(request, format_html("Not stored: {}.", item.reason))


def _onward(item: ImportItem) -> str:
    """Return where to go from a document: to the next of its file, to its workbench, or to another op-ed."""
    if following := adding.waiting(item.run):
        return reverse("admin:add_preview", args=[following.pk])
    return reverse("admin:workbench", args=[item.article_id]) if item.article_id else reverse("admin:add")


def _context(item: ImportItem) -> dict[str, Any]:
    """Return what is shown of a document as it was stored."""
    n = item.run.items.count()
    context: dict[str, Any] = {
        "title": "What was read", "item": item, "outcome": item.outcome, "article": item.article,
        "place": item.run.items.filter(pk__lte=item.pk).count(), "of": n,
    }  # fmt: skip
    article = item.article
    if article is None:
        return context
    claims = article.claims.select_related("claimant").prefetch_related("actors")
    advice = article.recommendations.select_related("recommender").prefetch_related("addressees", "targets")
    statements = sorted(chain(claims, advice), key=lambda one: (one.start, one.pk))
    records = Records.held()
    named = Candidate.objects.suggested().filter(mentions__article=article).distinct()
    return {
        **context,
        "direction": direction(article.language),
        "facts": wording.facts(article, list(article.bylines.all())),
        "paragraphs": paragraphs(
            article.body, headings=article.headings, mentions=list(article.mentions.select_related("actor")),
            statements=[one for one in statements if one.is_placed],
        ),
        "statements": [records.judge(one) for one in statements],
        "actors": article.article_actors.select_related("actor").order_by("-n", "actor")[:MOST_ACTORS],
        "candidates": named[:MOST_ACTORS],
        "references": article.references.order_by("position"),
        "links": [(row, told(row)) for row in lean().filter(article=article).order_by("-confidence")],
        "pieces": differences(_former(article), article.body) if item.outcome == Outcome.UPDATED else [],
    }  # fmt: skip


def _former(article: Article) -> str:
    """Return the text that an article had before it was stored last."""
    event = Article.pgh_event_model.objects.filter(pgh_obj=article.pk).order_by("-pgh_id").first()
    return event.body if event else article.body
