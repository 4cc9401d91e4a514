"""One function makes each editorial decision: admin, workbench and commands call the same.

Each takes who decides, so that the history says so whatever way the call came. Permissions are asked at the door.
"""

from collections.abc import Iterable

import pghistory
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from articles.curation import merging, roles
from articles.models import Actor, Article, Author, Claim, PolicyRecommendation, Source, Topic
from articles.vocabulary import Origin, Publication, Review

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


def publish(articles: models.QuerySet, user: User) -> int:
    """Show articles to readers; return how many were not shown before."""
    return _set_status(articles, Publication.PUBLISHED, user)


def withdraw(articles: models.QuerySet, user: User) -> int:
    """Take published articles from readers; return how many. Drafts stay drafts: nobody has seen them."""
    return _set_status(articles.filter(status=Publication.PUBLISHED), Publication.WITHDRAWN, user)


def _set_status(articles: models.QuerySet, status: Publication, user: User) -> int:
    rows = Article.objects.filter(pk__in=articles.order_by().values("pk")).exclude(status=status)
    with pghistory.context(user=user.pk):
        return rows.update(status=status, updated_at=timezone.now())


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
