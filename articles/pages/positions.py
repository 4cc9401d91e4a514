"""Who took which stance when: the coded statements of somebody, topic by topic in time order, with reversals."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from articles.catalogue import limits
from articles.models import Coding, Topic
from articles.pages.rows import Named, StatementRow, claim_rows, recommendation_rows
from articles.vocabulary import Stance

OPPOSITE = {Stance.SUPPORTS: Stance.OPPOSES, Stance.OPPOSES: Stance.SUPPORTS}


@dataclass(frozen=True, slots=True)
class Step:
    """A statement on a topic. `turned`: the stance before it, of an earlier day, was the opposite."""

    stance: Stance
    row: StatementRow
    turned: bool = False

    @property
    def on(self) -> date | None:
        """The day of its op-ed, as far as it is known."""
        return self.row.article.published if self.row.article else None


@dataclass(frozen=True, slots=True)
class Course:
    """What was said on a topic, in time order; what has no date comes last."""

    topic: Named
    steps: list[Step]

    @property
    def counted(self) -> list[tuple[Stance, int]]:
        """How often each stance was taken, in the order of the words."""
        n = Counter(step.stance for step in self.steps)
        return [(stance, n[stance]) for stance in Stance if n[stance]]

    @property
    def stance(self) -> Stance:
        """The stance taken most often; of several the latest."""
        most = max(n for _, n in self.counted)
        often = {stance for stance, n in self.counted if n == most}
        return next(step.stance for step in reversed(self.steps) if step.stance in often)

    @property
    def turns(self) -> list[Step]:
        """The steps that tell its course: the first, and each with another stance than the one before it."""
        kept = self.steps[:1]
        for step in self.steps[1:]:
            if step.stance != kept[-1].stance:
                kept.append(step)
        return kept

    def latest(self, stance: Stance) -> Step:
        """Return the last step with this stance."""
        return next(step for step in reversed(self.steps) if step.stance == stance)


def courses(claims: QuerySet, told: QuerySet) -> list[Course]:
    """Return what these claims and recommendations say on each topic, the most spoken of first; in four questions.

    Of more codings than are counted the newest are looked at.
    """
    rows = Coding.objects.filter(Q(claim__in=claims.order_by()) | Q(recommendation__in=told.order_by()))
    read = list(rows.order_by("-pk").values_list("topic", "stance", "claim", "recommendation")[: limits.COUNTED])
    if not read:
        return []
    topics = {row.pk: Named(row.name, row.get_absolute_url(), row.slug) for row in
              Topic.objects.filter(pk__in={topic for topic, *_ in read})}  # fmt: skip
    found: dict[tuple[str, int], StatementRow] = {}
    for kind, read_rows, place in (("claim", claim_rows, 2), ("recommendation", recommendation_rows, 3)):
        keys = sorted({int(coding[place]) for coding in read if coding[place]})
        found |= {(kind, row.pk): row for row in (read_rows(keys) if keys else [])}
    said: dict[int, list[tuple[Any, Stance, StatementRow]]] = {}
    for topic, stance, claim, recommendation in read:
        row = found.get(("claim", claim) if claim else ("recommendation", recommendation))
        if row and row.article:
            on = row.article.published
            said.setdefault(topic, []).append(((on is None, on or date.min, row.start, row.pk), Stance(stance), row))
    return sorted(
        (Course(topics[topic], _steps(sorted(each, key=lambda one: one[0]))) for topic, each in said.items()),
        key=lambda course: (-len(course.steps), course.topic.name),
    )


def _steps(said: list[tuple[Any, Stance, StatementRow]]) -> list[Step]:
    steps: list[Step] = []
    for _, stance, row in said:
        step = Step(stance, row)
        before = next((one for one in reversed(steps) if one.stance in OPPOSITE and one.on), None)
        turned = bool(before and step.on and OPPOSITE.get(stance) == before.stance and step.on > before.on)  # type: ignore[operator]
        steps.append(Step(stance, row, turned))
    return steps
