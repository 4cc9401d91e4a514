"""Find an article's statements again after its text changed: nothing that people decided is lost."""

from itertools import chain

from articles.models import Article
from articles.reading import anchors
from articles.vocabulary import Verdict


def reanchor(article: Article) -> dict[Verdict, int]:
    """Anchor an article's statements in its present body; return how many were found how.

    A passage that is gone, or stands in several places alike, keeps its quote and its old place; the verdict says so.
    """
    found: dict[Verdict, int] = {}
    for statement in chain(article.claims.all(), article.recommendations.all()):
        anchor = anchors.find(
            statement.exact, article.body, prefix=statement.prefix, suffix=statement.suffix, start=statement.start
        )
        found[anchor.verdict] = found.get(anchor.verdict, 0) + 1
        statement.verdict = anchor.verdict
        if anchor.start is not None and anchor.end is not None:
            statement.start, statement.end = anchor.start, anchor.end
            statement.exact = article.body[anchor.start : anchor.end]
            statement.prefix, statement.suffix = anchors.context(article.body, anchor.start, anchor.end)
        statement.save()
    return found
