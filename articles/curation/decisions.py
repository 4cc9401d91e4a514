"""One function makes each editorial decision: admin, workbench and commands call the same.

Each takes who decides, so that the history says so whatever way the call came. Permissions are asked at the door.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from articles.curation import merging, roles
from articles.models import Actor, Article, Author, Claim, PolicyRecommendation, Source, Topic
from articles.models.flow import blocks
from articles.vocabulary import Block, Origin, Publication, Review

NO_REASON = "No reason was given."

Statements = models.QuerySet | Claim | PolicyRecommendation


def accept(statements: Statements, user: User) -> int:
    """Accept a statement or a queryset of them; return how many were not accepted before."""
    return _decide(statements, Review.ACCEPTED, user)


def reject(statements: Statements, user: User) -> int:
    """Reject a statement or a queryset of them; return how many were not rejected before."""
    return _decide(statements, Review.REJECTED, user)


def reopen(statements: Statements, user: User) -> int:
    """Make suggestions of decided statements again; return how many were decided."""
    return _decide(statements, Review.SUGGESTED, user)


def _decide(statements: Statements, status: Review, user: User) -> int:
    """Give statements a status; those that have it keep who gave it to them, and when."""
    rows: models.QuerySet
    if isinstance(statements, models.Model):
        rows = type(statements)._default_manager.filter(pk=statements.pk)
    else:
        rows = statements.order_by()
    opened = status == Review.SUGGESTED
    with pghistory.context(user=user.pk):
        changed = rows.exclude(status=status).update(
            status=status, decided_by=None if opened else user, decided_at=None if opened else timezone.now()
        )
    if isinstance(statements, models.Model):
        statements.refresh_from_db(fields=["status", "decided_by", "decided_at"])
    return changed


def review(articles: models.QuerySet, user: User) -> int:
    """Say of articles that somebody has read them, whatever was found in them; return of how many it was not said."""
    return _reviewed(articles.filter(reviewed_at=None), user, timezone.now())


def unreview(articles: models.QuerySet, user: User) -> int:
    """Take back that articles were read; return of how many it was said."""
    return _reviewed(articles.exclude(reviewed_at=None), user, None)


def _reviewed(articles: models.QuerySet, user: User, at: datetime | None) -> int:
    with pghistory.context(user=user.pk):
        return articles.order_by().update(reviewed_at=at, reviewed_by=user if at else None, updated_at=timezone.now())


@transaction.atomic
def accept_suggestions(articles: models.QuerySet, user: User) -> int:
    """Accept every open suggestion of these articles; return how many."""
    return sum(accept(rows, user) for rows in _suggestions(articles))


@transaction.atomic
def reject_suggestions(articles: models.QuerySet, user: User) -> int:
    """Reject every open suggestion of these articles; return how many."""
    return sum(reject(rows, user) for rows in _suggestions(articles))


def _suggestions(articles: models.QuerySet) -> Iterable[models.QuerySet]:
    ids = articles.order_by().values("pk")
    return [model.objects.suggested().filter(article__in=ids) for model in (Claim, PolicyRecommendation)]


def put_forward(statement: Claim | PolicyRecommendation, user: User) -> None:
    """Make an unsaved statement a person's: an editor stands for it, what others put forward waits for an editor."""
    statement.origin, statement.confidence, statement.suggested_by = Origin.PERSON, 1.0, user
    if roles.may_decide(user):
        statement.status, statement.decided_by, statement.decided_at = Review.ACCEPTED, user, timezone.now()
    else:
        statement.status, statement.decided_by, statement.decided_at = Review.SUGGESTED, None, None


class Blocked(Exception):  # noqa: N818 - a refusal, not an error
    """Something speaks against showing an article, and nobody said why it is shown all the same."""

    def __init__(self, blocked: list[Block]) -> None:
        super().__init__(f"Not published: {', '.join(block.label for block in blocked)}.")
        self.blocked = blocked


def publish(articles: models.QuerySet, user: User | None, *, because: str = NO_REASON) -> int:
    """Show articles to readers, whatever speaks against it; return how many were not shown before.

    `because` is kept with those against which something speaks.
    """
    chosen = _chosen(articles).may_become(Publication.PUBLISHED)
    blocked = [row.pk for row in chosen.with_blocks().only("pk") if blocks(row)]
    with transaction.atomic():
        shown = _step(chosen.filter(pk__in=blocked), Publication.PUBLISHED, user, nonetheless=because)
        return shown + _step(chosen, Publication.PUBLISHED, user)


def publish_checked(article: Article, user: User, *, because: str = "") -> int:
    """Show one article to readers; return whether it was not shown before, as 0 or 1.

    Raises Blocked where something speaks against it and `because` is empty.
    """
    blocked = blocks(Article.objects.with_blocks().only("pk").get(pk=article.pk))
    if blocked and not because.strip():
        raise Blocked(blocked)
    return publish(Article.objects.filter(pk=article.pk), user, because=because.strip() or NO_REASON)


def withdraw(articles: models.QuerySet, user: User, *, because: str) -> int:
    """Take published articles from readers, who are told why at their addresses; return how many.

    Raises ValueError where there is no reason to tell.
    """
    if not because.strip():
        raise ValueError("Readers are told why an article was withdrawn.")
    said = {"withdrawn_at": timezone.now(), "withdrawn_because": because.strip()}
    return _step(articles, Publication.WITHDRAWN, user, **said)


def take_up(articles: models.QuerySet, user: User) -> int:
    """Begin, or begin again, to review articles; nobody's become this user's. Return how many."""
    with transaction.atomic():
        chosen = list(_chosen(articles).may_become(Publication.IN_REVIEW).values_list("pk", flat=True))
        taken = Article.objects.filter(pk__in=chosen)
        n = _step(taken, Publication.IN_REVIEW, user)
        assign(taken.filter(assignee=None), user, user)
        return n


def put_back(articles: models.QuerySet, user: User) -> int:
    """Return articles in review to the inbox; return how many."""
    return _step(articles, Publication.INBOX, user)


def make_ready(articles: models.QuerySet, user: User) -> int:
    """Say that articles are ready to be shown; return how many were not."""
    return _step(articles, Publication.READY, user)


def schedule(article: Article, at: datetime | None, user: User, *, because: str = "") -> bool:
    """Say when an article is to be shown, or that it is not to be shown by itself; return whether it may be.

    It is ready from now on. Raises Blocked as `publish_checked` does.
    """
    with transaction.atomic():
        chosen = Article.objects.filter(pk=article.pk)
        blocked = blocks(chosen.with_blocks().only("pk").get()) if at else []
        if blocked and not because.strip():
            raise Blocked(blocked)
        if at:
            make_ready(chosen, user)
        with pghistory.context(user=user.pk):
            return bool(
                chosen.filter(status=Publication.READY).update(
                    publish_at=at, nonetheless=because.strip() if blocked else "", updated_at=timezone.now()
                )
            )


def publish_due(now: datetime) -> tuple[list[Article], list[tuple[Article, list[Block]]]]:
    """Show scheduled articles whose moment has come; return those shown, and those held back with what speaks against.

    A reason given when it was scheduled counts.
    """
    with transaction.atomic():
        due = Article.objects.due_at(now).order_by("publish_at", "pk").select_for_update(of=("self",))
        rows = list(due.with_blocks().lean())
        shown = [row for row in rows if row.nonetheless or not blocks(row)]
        for row in shown:
            publish(Article.objects.filter(pk=row.pk), None, because=row.nonetheless or NO_REASON)
        return shown, [(row, blocks(row)) for row in rows if row not in shown]


def assign(articles: models.QuerySet, to: User | None, user: User) -> int:
    """Give articles into somebody's hands, or nobody's; return how many were not there."""
    with pghistory.context(user=user.pk):
        return _chosen(articles).exclude(assignee=to).update(assignee=to, updated_at=timezone.now())


def _chosen(articles: models.QuerySet) -> Any:
    return Article.objects.filter(pk__in=articles.order_by().values("pk"))


def _step(articles: models.QuerySet, status: Publication, user: User | None, **said: Any) -> int:
    """Take articles one step, those from where it may be taken; what was said of an earlier step goes."""
    values = {"publish_at": None, "nonetheless": "", "withdrawn_at": None, "withdrawn_because": "", **said}
    with pghistory.context(user=user.pk if user else None):
        rows = _chosen(articles).may_become(status)
        return rows.update(status=status, updated_at=timezone.now(), **values)


@transaction.atomic
def rename(row: Actor | Author | Source | Topic, name: str, user: User, *, former: str = "") -> None:
    """Save a row under another name; the old one stays among its names, so that texts still lead here.

    `former` is the old name, where the row at hand does not hold it any more.
    """
    former, row.name = former or row.name, name
    if isinstance(row, Actor):
        merging.keep_name(row, former)
        merging.keep_name(row, name)
    else:
        row.aliases = merging.other_names(name, row.aliases, former)
    with pghistory.context(user=user.pk):
        row.save()


def merge_actors(survivor: Actor, losers: Iterable[Actor], user: User) -> dict[str, int]:
    """Merge actors into `survivor`; return what moved, in rows by kind."""
    return merging.merge(survivor, losers, user)


def merge_authors(survivor: Author, losers: Iterable[Author], user: User) -> dict[str, int]:
    """Merge authors into `survivor`; return what moved, in rows by kind."""
    return merging.merge(survivor, losers, user)


def merge_sources(survivor: Source, losers: Iterable[Source], user: User) -> dict[str, int]:
    """Merge sources into `survivor`; return what moved, in rows by kind."""
    return merging.merge(survivor, losers, user)
