"""A question becomes a queryset: whatever lists, counts or exports asks through these filters.

A question is a query string: `?q=words&actor=indonesia&actor=asean&since=2024-01-01`. Each name means the same wherever
it is asked: of articles, claims or recommendations, by a list, a chart, a feed or a download. Filters know no view. A
value that makes no sense is an error of its field; the others still hold. An undated article stands at the date before
which it can't have been written.
"""

from articles.filters.articles import MARK_START, MARK_STOP, ArticleFilter, with_headline
from articles.filters.fields import Question, languages_held
from articles.filters.names import NameFilter
from articles.filters.plain import understood
from articles.filters.statements import ClaimFilter, RecommendationFilter, StatementFilter

__all__ = [
    "MARK_START",
    "MARK_STOP",
    "ArticleFilter",
    "ClaimFilter",
    "NameFilter",
    "Question",
    "RecommendationFilter",
    "StatementFilter",
    "languages_held",
    "understood",
    "with_headline",
]
