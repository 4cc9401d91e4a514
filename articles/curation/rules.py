"""How far the reader's rules are to be believed: how often editors accepted what each put forward.

The confidence that editors see is the reader's own, corrected by these decisions: the reader's stands for `WEIGHT`
decisions, the rule's record in all languages for as many again. With few decisions it is near the reader's, with many
near what editors did.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any, Self

from articles.models import RuleRecord

WEIGHT = 10.0  # decisions that weigh as much as what was believed before them
SURE = 0.95  # of an interval


@dataclass(frozen=True, slots=True)
class Record:
    """How many suggestions were accepted and rejected."""

    accepted: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected

    @property
    def precision(self) -> float | None:
        """The share that was accepted; None where nothing was decided."""
        return self.accepted / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, `SURE` of the time, after Wilson (1927); 0 to 1 where nothing is."""
        return wilson(self.accepted, self.decided)

    def __add__(self, other: "Record") -> "Record":
        return Record(self.accepted + other.accepted, self.rejected + other.rejected)


def wilson(accepted: int, decided: int, sure: float = SURE) -> tuple[float, float]:
    """Return the Wilson score interval of a share: of `decided` trials `accepted` succeeded."""
    if not decided:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + sure / 2)
    share = accepted / decided
    middle = (share + z * z / (2 * decided)) / (1 + z * z / decided)
    half = z / (1 + z * z / decided) * sqrt(share * (1 - share) / decided + z * z / (4 * decided * decided))
    return max(0.0, middle - half), min(1.0, middle + half)


class Records:
    """The records of all rules: of each in each language, and in all."""

    def __init__(self, rows: list[tuple[str, str, str, int, int]]) -> None:
        """`rows`: kind, rule, language, accepted, rejected."""
        self.by_language = {(kind, rule, language): Record(yes, no) for kind, rule, language, yes, no in rows}
        self.by_rule: dict[tuple[str, str], Record] = defaultdict(Record)
        for (kind, rule, _), record in self.by_language.items():
            self.by_rule[kind, rule] += record

    @classmethod
    def held(cls) -> Self:
        """Return the records as they stand now."""
        return cls(list(RuleRecord.objects.values_list("kind", "rule", "language", "accepted", "rejected")))

    def believed(self, kind: str, rule: str, language: str, confidence: float) -> float:
        """Return how likely an editor accepts a suggestion, 0 to 1; `confidence` is the reader's."""
        everywhere = self.by_rule.get((kind, rule), Record())
        here = self.by_language.get((kind, rule, language), Record())
        prior = (everywhere.accepted + WEIGHT * confidence) / (everywhere.decided + WEIGHT)
        return (here.accepted + WEIGHT * prior) / (here.decided + WEIGHT)

    def ranked(self, kind: str, rules: list[str]) -> list[str]:
        """Return rules from the most trusted to the least: by what their precision is at least, then by name."""
        return sorted(rules, key=lambda rule: (-self.by_rule.get((kind, rule), Record()).interval[0], rule))

    def judge(self, statement: Any) -> Any:
        """Give a statement `believed`, None where no rule put it forward, and its rule's `record` in its language."""
        kind, rule, language = statement.short_name, statement.rule, statement.article.language
        statement.believed = self.believed(kind, rule, language, statement.confidence) if rule else None
        statement.record = self.by_language.get((kind, rule, language), Record())
        return statement
