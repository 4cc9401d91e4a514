"""Decide whether two articles are versions of one work: accepting joins them, rejecting parts them for good."""

from collections.abc import Iterable

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.importing.families import join
from articles.models import Article, Kinship, Work
from articles.vocabulary import Relation, Review


@transaction.atomic
def accept(kinship: Kinship, user: User) -> None:
    """Say that two articles are versions of one work; their works become one."""
    with pghistory.context(user=user.pk):
        join(_decide(kinship, Review.ACCEPTED, user))


@transaction.atomic
def reject(kinship: Kinship, user: User) -> None:
    """Say that two articles are no versions of one work: not proposed again, and parted unless other links hold."""
    with pghistory.context(user=user.pk):
        _part(_decide(kinship, Review.REJECTED, user))


@transaction.atomic
def reopen(kinship: Kinship, user: User) -> None:
    """Propose a link again, whatever was said of it."""
    with pghistory.context(user=user.pk):
        join(_decide(kinship, Review.SUGGESTED, user))


def _decide(kinship: Kinship, status: Review, user: User) -> Kinship:
    """Give a link a status and return it with its articles; one that has it keeps who gave it, and when."""
    row = Kinship.objects.select_for_update(of=("self",)).select_related("article", "other").get(pk=kinship.pk)
    if row.status != status:
        opened = status == Review.SUGGESTED
        row.status, row.decided_by = status, None if opened else user
        row.decided_at = None if opened else timezone.now()
        row.save()
    return row


def _part(kinship: Kinship) -> None:
    """Take the articles of a rejected link out of their common work, unless other links still hold them together.

    1. Each of the two keeps those versions that links bind to it; whoever was put there by hand stays with the work.
    2. The side without the original leaves: alone without a work, several with one of their own.
    """
    one, other = kinship.article, kinship.other
    if one.work is None or one.work_id != other.work_id:
        return
    # 1. the two sides
    versions = {row.pk: row for row in Article.objects.lean().filter(work=one.work_id).order_by("dated", "pk")}
    links = Kinship.objects.kept().between(list(versions)).values_list("article", "other")
    mine, theirs = _bound(one.pk, links), _bound(other.pk, links)
    if other.pk in mine:
        return
    # 2. who leaves
    leaving = theirs if _has_original(mine, versions) and not _has_original(theirs, versions) else mine
    left = one.work
    _settle([row for key, row in versions.items() if key in leaving], Work.objects.create())
    _settle([row for key, row in versions.items() if key not in leaving], left)
    Work.objects.filter(articles=None).filter(pk__gte=left.pk).delete()


def _bound(start: int, links: Iterable[tuple[int, int]]) -> set[int]:
    """Return an article and all that links bind to it, directly or through others."""
    found, more, pairs = {start}, True, list(links)
    while more:
        reached = {key for pair in pairs if found & set(pair) for key in pair}
        more = not reached <= found
        found |= reached
    return found


def _has_original(keys: set[int], versions: dict[int, Article]) -> bool:
    return any(versions[key].relation == Relation.ORIGINAL for key in keys)


def _settle(versions: list[Article], work: Work) -> None:
    """Make these, the first published first, the versions of a work; one alone has none."""
    if len(versions) > 1 and not any(row.relation == Relation.ORIGINAL for row in versions):
        versions[0].relation = Relation.ORIGINAL
    for row in versions:
        if len(versions) == 1:
            row.work, row.relation = None, ""
        else:
            row.work = work
        row.save(update_fields=["work", "relation", "updated_at"])
