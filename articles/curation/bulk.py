"""One decision on all suggestions that a question asks for: looked at before, kept as one act, taken back as one."""

from dataclasses import dataclass
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.catalogue import Count, limits
from articles.curation import queue
from articles.curation.queue import Asked
from articles.models import KINDS, BulkDecision, Claim
from articles.vocabulary import Review

MOST = limits.COUNTED  # suggestions that one act decides on
SHOWN = 8  # of each kind that a preview shows
Upto = dict[str, int]  # the last suggestion of each kind that was there when the preview was


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would be about: how many, the first of them, and up to which ones they were counted."""

    count: Count
    rows: list[Any]
    upto: Upto


class TooManyError(ValueError):
    """More suggestions answer than one act decides on."""


def preview(asked: Asked) -> Preview:
    """Return what a decision on all that a question asks for would be about."""
    rows = [row for kind in asked.kinds for row in queue.with_shown(queue.waiting(kind, asked)).order_by("-pk")[:SHOWN]]
    upto = {kind: KINDS[kind].objects.aggregate(last=Max("pk"))["last"] or 0 for kind in asked.kinds}
    return Preview(queue.count(asked), rows, upto)


@transaction.atomic
def decide(asked: Asked, status: Review, user: User, upto: Upto, question: str = "") -> BulkDecision:
    """Accept or reject all suggestions that a question asks for; those that came after the preview wait on.

    Raises TooManyError where they are more than MOST; then nothing is decided.
    """
    chosen = {
        kind: list(
            queue.waiting(kind, asked).filter(pk__lte=upto.get(kind, 0)).values_list("pk", flat=True)[: MOST + 1]
        )
        for kind in asked.kinds
    }
    if sum(map(len, chosen.values())) > MOST:
        raise TooManyError(f"More than {MOST:,} suggestions answer: narrow the question.")
    moment = timezone.now()
    decided: dict[str, list[int]] = {}
    with pghistory.context(user=user.pk):
        for kind, keys in chosen.items():
            # The latest status counts: what somebody else decided meanwhile stays theirs.
            rows = KINDS[kind].objects.suggested().filter(pk__in=keys)
            rows.update(status=status, decided_by=user, decided_at=moment)
            mine = KINDS[kind].objects.filter(pk__in=keys, decided_by=user, decided_at=moment)
            decided[kind] = list(mine.order_by().values_list("pk", flat=True))
    return BulkDecision.objects.create(
        user=user, at=moment, status=status, asked=question[:1000],
        claims=decided.get(Claim.short_name, []),
        recommendations=[key for kind, keys in decided.items() if kind != Claim.short_name for key in keys],
    )  # fmt: skip


@transaction.atomic
def undo(act: BulkDecision, user: User) -> int:
    """Make suggestions again of what an act decided on; return how many.

    What anybody decided anew since is left as it is. An act that was undone before changes nothing.
    """
    act = BulkDecision.objects.select_for_update().get(pk=act.pk)
    if act.undone_at:
        return 0
    n = 0
    with pghistory.context(user=user.pk):
        for kind, model in KINDS.items():
            keys = act.claims if kind == Claim.short_name else act.recommendations
            rows = model.objects.filter(pk__in=keys, status=act.status, decided_by=act.user_id, decided_at=act.at)
            n += rows.update(status=Review.SUGGESTED, decided_by=None, decided_at=None)
    act.undone_at = timezone.now()
    act.save(update_fields=["undone_at"])
    return n


def latest(user: User, most: int = 3) -> list[BulkDecision]:
    """Return a user's last acts that can be taken back, the latest first."""
    return list(BulkDecision.objects.filter(user=user.pk, undone_at=None).order_by("-at")[:most])
