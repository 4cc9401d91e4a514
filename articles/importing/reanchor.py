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
        if not _is_gone(statement, article.body):
            placed, quote = statement.is_placed, statement.exact
            find_again(statement, article.body)
            _doubt(statement, quote if placed or statement.is_placed else "")
            statement.save()
        verdict = Verdict(statement.verdict)
        found[verdict] = found.get(verdict, 0) + 1
    for anchored in chain(article.annotations.filter(start__isnull=False), article.coded_passages.all()):
        find_again(anchored, article.body)
        anchored.save()
    return found


def _is_gone(statement: Any, body: str) -> bool:
    """Whether somebody said that the text no longer holds a passage, and a newer one doesn't hold it either."""
    return statement.verdict == Verdict.LOST and not statement.doubted and statement.exact not in body


def _doubt(statement: Any, quote: str) -> None:
    """Keep the quote that a statement had before its place became doubtful, until somebody says where it stands.

    Its first one counts, however often the text changes meanwhile.
    """
    first = statement.doubted or quote
    if statement.is_placed and anchors.same_words(first, statement.exact):
        statement.doubted = ""
    else:
        statement.doubted = first
        if statement.is_placed:  # however sure the last step was
            statement.verdict = Verdict.FUZZY


def find_again(anchored: Any, body: str) -> Verdict:
    """Set where the passage of a statement or note stands in `body`, without saving it; return how it was found."""
    anchor = anchors.find(anchored.exact, body, prefix=anchored.prefix, suffix=anchored.suffix, start=anchored.start)
    anchored.verdict = anchor.verdict
    if anchor.start is not None and anchor.end is not None:
        anchored.start, anchored.end = anchor.start, anchor.end
        anchored.exact = body[anchor.start : anchor.end]
        anchored.prefix, anchored.suffix = anchors.context(body, anchor.start, anchor.end)
    return anchor.verdict
