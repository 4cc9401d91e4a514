"""The anchor trait: a passage of an article, after the W3C Web Annotation model.

A TextQuoteSelector (`exact`, `prefix`, `suffix`) says which words, a TextPositionSelector (`start`, `end`: characters
of `Article.body`) where. The database refuses a quote that does not stand where its anchor says; a passage that a newer
text no longer holds, or holds more than once, keeps its quote and the verdict "lost" or "ambiguous".
"""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from articles.vocabulary import Verdict

UNPLACED = {Verdict.LOST, Verdict.AMBIGUOUS}  # verdicts on a passage that has no place in the present text

QUOTE_STANDS_WHERE_ANCHORED = """
    IF NEW.verdict NOT IN ('lost', 'ambiguous') AND NEW.exact IS DISTINCT FROM (
        SELECT substr(body, NEW.start + 1, NEW."end" - NEW.start) FROM articles_article WHERE id = NEW.article_id
    ) THEN
        RAISE EXCEPTION 'the quote does not stand at characters % to % of article %',
            NEW.start, NEW."end", NEW.article_id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def quote_stands(**options: Any) -> pgtrigger.Trigger:
    """Return the trigger that refuses a quote which does not stand where its anchor says."""
    return pgtrigger.Trigger(
        name="quote_stands_where_anchored",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("exact", "start", "end", "verdict", "article_id"),
        func=QUOTE_STANDS_WHERE_ANCHORED,
        **options,
    )


class Anchored(models.Model):
    exact = models.TextField("quote")
    prefix = models.TextField(blank=True, help_text="The words before it")
    suffix = models.TextField(blank=True, help_text="The words after it")
    start = models.PositiveIntegerField(help_text="Characters of the body")
    end = models.PositiveIntegerField()
    verdict = models.CharField(
        "anchor",
        max_length=10,
        choices=Verdict.choices,
        default=Verdict.EXACT,
        help_text="How the passage was found in the present text",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="%(class)s_end_after_start"),
            models.CheckConstraint(condition=~Q(exact=""), name="%(class)s_quotes_something"),
        ]
        triggers = [quote_stands()]

    @property
    def is_placed(self) -> bool:
        """Whether the passage has its place in the present text."""
        return self.verdict not in UNPLACED
