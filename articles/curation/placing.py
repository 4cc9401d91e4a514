"""Say where a statement stands whose place a new text made doubtful: here, or nowhere any more."""

from dataclasses import dataclass
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import CharField, Value

from articles import catalogue
from articles.catalogue import Count
from articles.curation.queue import filled
from articles.models import KINDS, Claim, PolicyRecommendation
from articles.models.statement import Statement as Anchored
from articles.passages import around
from articles.reading import anchors
from articles.vocabulary import Verdict

Statement = Claim | PolicyRecommendation
PLACES = 3  # that are offered


@dataclass(slots=True)
class Place:
    """A passage where a statement may stand: characters of the body, what stands before and behind it."""

    start: int
    end: int
    before: str = ""
    exact: str = ""
    behind: str = ""
    is_placed: bool = True


def anchor(anchored: Any, body: str, start: int, end: int) -> None:
    """Give a statement or note this passage of the text, without saving it; its place is in doubt no more."""
    anchored.start, anchored.end, anchored.exact = start, end, body[start:end]
    anchored.prefix, anchored.suffix = anchors.context(body, start, end)
    anchored.verdict = Verdict.EXACT
    if isinstance(anchored, Anchored):
        anchored.doubted = ""


def place(statement: Statement, start: int, end: int, user: User) -> None:
    """Say that a statement stands at these characters of its article's body. Raises ValidationError for no passage."""
    body = statement.article.body
    if not 0 <= start < end <= len(body) or not body[start:end].strip():
        raise ValidationError("The text has no such passage.", code="passage")
    anchor(statement, body, start, end)
    with pghistory.context(user=user.pk):
        statement.save()


def leave(statement: Statement, user: User) -> None:
    """Say that the text no longer holds a statement's passage: it keeps the quote it had, and is not asked again."""
    if statement.doubted:
        statement.exact = statement.doubted
    statement.verdict, statement.doubted = Verdict.LOST, ""
    with pghistory.context(user=user.pk):
        statement.save()


def places(statement: Statement) -> list[Place]:
    """Return where a statement may stand, the likeliest first: where it does now, then what is most like its quote."""
    body = statement.article.body
    spans = [(statement.start, statement.end)] if statement.is_placed else []
    least = anchors.ALIKE if spans else 0.0  # where nothing is found, whatever may have become of it is worth a look
    for span in anchors.likeliest(statement.doubted, body, most=PLACES, least=least):
        if all(span.end <= start or end <= span.start for start, end in spans):
            spans.append((span.start, span.end))
    found = [Place(start, end) for start, end in spans[:PLACES]]
    for one in found:
        one.before, one.exact, one.behind = around(one, body)
    return found


def count() -> Count:
    """Return how many statements are in doubt, each kind as far as it is counted."""
    each = [catalogue.capped(model.objects.doubtful().order_by()) for model in KINDS.values()]
    return Count(sum(one.n for one in each), any(one.more for one in each))


def doubtful(offset: int, size: int) -> tuple[list[Any], bool]:
    """Return statements in doubt, those of the newest articles first, and whether more follow."""
    kinds = [
        model.objects.doubtful().order_by().values_list("article_id", "start", "pk", Value(kind, CharField()))
        for kind, model in KINDS.items()
    ]
    found = list(
        kinds[0].union(*kinds[1:], all=True).order_by("-article_id", "start", "pk")[offset : offset + size + 1]
    )
    return filled([(kind, pk) for _, _, pk, kind in found[:size]]), len(found) > size
