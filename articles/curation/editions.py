"""Composing an edition: what there is to choose from, choosing, publishing, withdrawing."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from pghistory import context

from articles.enqueueing import enqueue
from articles.models import Choice, Edition, PolicyRecommendation

OFFERED = 300  # recommendations; more days than that are no week


def week_until(day: date) -> tuple[date, date]:
    """Return the first and the last of the seven days that end with `day`."""
    return day - timedelta(days=6), day


def offered(since: date, until: date) -> QuerySet[PolicyRecommendation]:
    """Return the public recommendations of op-eds first shown to readers in these days, newest op-ed first.

    Days are those of the site's own time zone.
    """
    first, behind = (timezone.make_aware(datetime.combine(day, time.min)) for day in (since, until + timedelta(days=1)))
    rows = PolicyRecommendation.objects.public().filter(article__shown_at__gte=first, article__shown_at__lt=behind)
    return rows.order_by("-article__shown_at", "article_id", "start", "pk")


def choose(edition: Edition, chosen: QuerySet[PolicyRecommendation]) -> None:
    """Make these the recommendations of an edition."""
    with transaction.atomic():
        edition.choices.exclude(recommendation__in=chosen).delete()
        Choice.objects.bulk_create(
            (Choice(edition=edition, recommendation=one) for one in chosen), ignore_conflicts=True
        )


def publish(edition: Edition, user: AbstractBaseUser | AnonymousUser) -> None:
    """Show an edition to readers, and have it mailed to who follows: once, however often it is published."""
    with transaction.atomic(), context(user=user.pk):
        edition.published_at = edition.published_at or timezone.now()
        first = edition.mailed_at is None
        edition.mailed_at = edition.mailed_at or edition.published_at
        edition.save(update_fields=["published_at", "mailed_at"])
        if first:
            enqueue("mail_edition", edition_id=edition.pk)


def withdraw(edition: Edition, user: AbstractBaseUser | AnonymousUser) -> None:
    """Show an edition to readers no longer; mail that went out is out."""
    with context(user=user.pk):
        edition.published_at = None
        edition.save(update_fields=["published_at"])
