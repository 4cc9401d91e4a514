"""How editors decided on what each of the reader's rules put forward, kept by triggers as they decide."""

import pgtrigger
from django.db import models
from django.db.models import F

from articles.models.tally import counting
from articles.vocabulary import Origin, Review

# What a decided suggestion of the reader adds to its rule's record, in the language of its article.
DECIDED = f"""
    SELECT '{{kind}}' AS kind, s.rule, a.language, {{{{sign}}}} * (s.status = '{Review.ACCEPTED}')::int AS accepted,
        {{{{sign}}}} * (s.status = '{Review.REJECTED}')::int AS rejected
    FROM {{{{rows}}}} s JOIN articles_article a ON a.id = s.article_id
    WHERE s.origin = '{Origin.READER}' AND s.rule <> '' AND s.status <> '{Review.SUGGESTED}'
"""
ADD_UP = """
    INSERT INTO articles_rulerecord AS held (kind, rule, language, accepted, rejected)
    SELECT kind, rule, language, sum(accepted), sum(rejected) FROM ({changes}) AS changed
    GROUP BY 1, 2, 3 HAVING sum(accepted) <> 0 OR sum(rejected) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (kind, rule, language) DO UPDATE
        SET accepted = held.accepted + EXCLUDED.accepted, rejected = held.rejected + EXCLUDED.rejected;
"""


def judged(kind: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that keep the records of the rules behind a kind of statement."""
    return counting(DECIDED.format(kind=kind), into=ADD_UP, name="judge")


class RuleRecord(models.Model):
    """How many suggestions of a rule, in articles of a language, editors accepted and rejected."""

    kind = models.CharField(max_length=14, help_text="claim or recommendation")
    rule = models.CharField(max_length=100)
    language = models.CharField(max_length=8, blank=True)
    accepted = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(F("kind"), F("rule"), F("language"), name="rule_record_unique")]

    def __str__(self) -> str:
        return f"{self.rule} ({self.language}): {self.accepted} of {self.accepted + self.rejected}"
