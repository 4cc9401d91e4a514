"""Find statements, notes and coded passages again after a text changed: nothing that people said is lost."""

from itertools import chain
from typing import Any

from articles.models import Article
from articles.reading import anchors
from articles.vocabulary import Verdict


def reanchor(article: Article) -> dict[Verdict, int]:
    """Anchor an article's statements and notes in its present body; return how many statements were found how.

    A passage that is gone, or stands in several places alike, keeps its quote and its old place; the verdict says so.
    """
    found: dict[Verdict, int] = {}
    for statement in chain(article.claims.all(), article.recommendations.all()):
        verdict = _place(statement, article.body)
        found[verdict] = found.get(verdict, 0) + 1
    for anchored in chain(article.annotations.filter(start__isnull=False), article.coded_passages.all()):
        _place(anchored, article.body)
    return found


def _place(anchored: Any, body: str) -> Verdict:
    verdict = find_again(anchored, body)
    anchored.save()
    return verdict


def find_again(anchored: Any, body: str) -> Verdict:
    """Set where the passage of a statement or note stands in `body`, without saving it; return how it was found."""
    anchor = anchors.find(anchored.exact, body, prefix=anchored.prefix, suffix=anchored.suffix, start=anchored.start)
    anchored.verdict = anchor.verdict
    if anchor.start is not None and anchor.end is not None:
        anchored.start, anchored.end = anchor.start, anchor.end
        anchored.exact = body[anchor.start : anchor.end]
        anchored.prefix, anchored.suffix = anchors.context(body, anchor.start, anchor.end)
    return anchor.verdict
