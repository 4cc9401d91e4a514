"""What answers a question and was shown to readers within a span of time, whatever its own date."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from articles.filters import ArticleFilter, StatementFilter
from articles.vocabulary import Origin, Review


def news(question: ArticleFilter | StatementFilter, since: datetime, until: datetime, most: int) -> list[int]:
    """Return the ids of at most `most` answers shown after `since`, up to `until`: those of the newest op-eds first.

    A statement is shown with its op-ed; one that an editor added later, or that had to be accepted first, by then.
    """
    rows: Any = question.qs
    shown = rows.filter(article__shown_at__gt=since, article__shown_at__lte=until)
    if isinstance(question, ArticleFilter):
        return list(shown.newest_first().values_list("article_id", flat=True)[:most])
    added = Q(origin=Origin.PERSON) if settings.SHOW_SUGGESTIONS else Q()
    later = rows.filter(added, status=Review.ACCEPTED, decided_at__gt=since, decided_at__lte=until)
    places = ("dated", "article_id", "start", "pk")
    found = {row for part in (shown, later) for row in part.newest_first().values_list(*places)[:most]}
    return [row[-1] for row in sorted(found, key=lambda row: (-row[0].toordinal(), -row[1], row[2]))][:most]
