"""The newest answers to a question as a feed: Atom or JSON Feed."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.catalogue import Turn
from articles.interchange.feeds import Entry, Feed, as_atom, as_json_feed
from articles.models import Article
from articles.pages import wording
from articles.pages.address import without
from articles.pages.listing import errors
from articles.pages.rooms import ROOMS
from articles.pages.rows import ArticleRow, StatementRow, article_rows, claim_rows, recommendation_rows

ENTRIES = 50
SINCE = 2026  # the year in which the names of entries began to be given; part of each (RFC 4151)
FORMS = {
    "atom": (as_atom, "application/atom+xml; charset=utf-8"),
    "feed": (as_json_feed, "application/feed+json; charset=utf-8"),
}
Moments = dict[int, tuple[datetime, datetime]]  # by article: since when it is held, and when it was changed last


def feed(name: str, form: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view that tells of the list `name` as "atom" or as JSON "feed"."""
    room = ROOMS[name]
    present, media = FORMS[form]

    def view(request: HttpRequest) -> HttpResponse:
        asked = _newest(request.GET)
        question = room.question(asked)
        if wrong := errors(question):
            return HttpResponseBadRequest("\n".join(wrong), content_type="text/plain; charset=utf-8")
        ids = room.find(question, Turn(size=ENTRIES)).ids
        query = without(asked, "page").removesuffix("?")
        told = Feed(
            title=f"Digest – {room.titled(asked, question)}",
            page=request.build_absolute_uri(reverse(name) + query),
            here=request.build_absolute_uri(request.path + query),
            entries=list(entries(name, ids, request.build_absolute_uri("/")[:-1])),
        )
        return HttpResponse(present(told), content_type=media)

    return view


def entries(name: str, ids: list[int], site: str) -> Iterable[Entry]:
    """Yield what a feed tells of the rows of a list, in the order of `ids`; addresses begin with `site`."""
    host = site.partition("://")[2].partition(":")[0]
    if name == "articles":
        rows = article_rows(ids)
        moments = _moments([row.pk for row in rows])
        for row in rows:
            yield _of_article(row, site, f"tag:{host},{SINCE}:article:{row.pk}", moments)
        return
    told = (claim_rows if name == "claims" else recommendation_rows)(ids)
    moments = _moments([row.article.pk for row in told if row.article])
    for statement in told:
        yield _of_statement(statement, site, f"tag:{host},{SINCE}:{statement.short_name}:{statement.pk}", moments)


def _newest(asked: QueryDict) -> QueryDict:
    """Return a question without the order and the page of its list."""
    kept = asked.copy()
    for name in ("sort", "page", "after", "before", "said"):
        kept.pop(name, None)
    return kept


def _moments(articles: list[int]) -> Moments:
    rows = Article.objects.filter(pk__in=articles).order_by().values_list("pk", "created_at", "updated_at")
    return {pk: (created, updated) for pk, created, updated in rows}


def _of_article(row: ArticleRow, site: str, key: str, moments: Moments) -> Entry:
    where = ", ".join(part for part in (row.source.name if row.source else "", wording.published(row)) if part)
    published, updated = moments[row.pk]
    return Entry(
        key=key, title=row.title or f"“{row.opening_words}”", address=site + row.address,
        text=f"{where}\n\n{wording.shortened(row.lead, 260)}", published=published, updated=updated,
        authors=[byline[0] for byline in row.bylines], language=row.language,
    )  # fmt: skip


def _of_statement(row: StatementRow, site: str, key: str, moments: Moments) -> Entry:
    article = row.article
    assert article is not None  # noqa: S101 - rows of lists come with theirs
    told = ", ".join(actor.name for actor in row.addressees) or row.addressee_text
    said = f"{told}: {_(row.nature)} {row.action}" if row.action and told else row.action or row.exact
    published, updated = moments[article.pk]
    where = ", ".join(
        part for part in (article.title, article.source.name if article.source else "", wording.published(article))
        if part
    )  # fmt: skip
    reviewed = "" if not row.is_suggestion else "\n\n" + _("Not yet reviewed by an editor.")
    return Entry(
        key=key, title=wording.shortened(said, 160), address=site + reverse(row.short_name, args=[row.pk]),
        text=f"“{row.exact}”\n\n{where}{reviewed}", published=published, updated=updated,
        authors=[byline[0] for byline in article.bylines], language=article.language,
    )  # fmt: skip
