"""Signing up, confirming and leaving: nobody is mailed who did not ask for it from their own mailbox."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from articles.enqueueing import enqueue
from articles.models import Alert, SignUp
from articles.models.following import EDITIONS
from articles.vocabulary import Every

PER_EMAIL = 3  # sign-ups to an address of e-mail in a day
PER_ADDRESS = 10  # from a network address in an hour
VALID = timedelta(days=3)  # for which a link confirms; what is not confirmed by then is forgotten
HOUR = 6  # o'clock, in the site's own time zone, when mail is sent
MONDAY = 0
CONFIRMS, LEAVES = "following.confirm", "following.leave"  # what a token is good for


class TooMany(Exception):  # noqa: N818 - a refusal, not an error
    """This mailbox or this network address has asked too often."""


@transaction.atomic
def sign_up(email: str, room: str, question: str, every: Every, address: str) -> None:
    """Have a mail sent that asks whether its reader wants to follow a question; raise TooMany.

    What is followed already stays as it is until then.
    """
    now = timezone.now()
    with connection.cursor() as cursor:  # two at once would both be the last that is allowed
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('following.sign_up'))")
    asked = SignUp.objects.order_by()
    if (
        asked.filter(email__iexact=email, at__gt=now - timedelta(days=1)).count() >= PER_EMAIL
        or asked.filter(address=address, at__gt=now - timedelta(hours=1)).count() >= PER_ADDRESS
    ):
        raise TooMany
    SignUp.objects.create(email=email, address=address)
    held = Alert.objects.filter(email__iexact=email, room=room, question=question).first()
    alert = held or Alert.objects.create(
        email=email, room=room, question=question, every=every, language=get_language() or settings.LANGUAGE_CODE
    )
    enqueue("mail_confirmation", alert_id=alert.pk, every=every)


def confirmation(alert: Alert, every: str) -> str:
    """Return the token that confirms an alert, for as long as it is `VALID`."""
    return signing.dumps([alert.pk, every], salt=CONFIRMS)


def asked_by(token: str) -> tuple[Alert, Every] | None:
    """Return what a token confirms; None where it is none, too old, or the alert is gone."""
    pair = _read(token, CONFIRMS, VALID)
    alert = pair and Alert.objects.filter(pk=pair[0]).first()
    return (alert, Every(pair[1])) if alert else None


def confirm(alert: Alert, every: Every) -> None:
    """Begin to mail what is new from now on."""
    now = timezone.now()
    alert.every, alert.failures = every, 0
    alert.due_at = None if alert.room == EDITIONS else next_due(every, now)
    alert.confirmed_at = alert.confirmed_at or now
    alert.told_until = alert.told_until or now
    alert.save()


def leaving(alert: Alert) -> str:
    """Return the token that ends an alert; it holds for ever."""
    return signing.dumps(alert.pk, salt=LEAVES)


def left_by(token: str) -> Alert | None:
    """Return the alert that a token ends; None where it is none, or the alert has gone already."""
    key = _read(token, LEAVES)
    return Alert.objects.filter(pk=key).first() if key else None


def next_due(every: str, now: datetime) -> datetime:
    """Return the next morning after `now`, of any day or of a Monday."""
    here = timezone.localtime(now)
    due = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    while due <= here or (every == Every.WEEKLY and due.weekday() != MONDAY):
        due += timedelta(days=1)
    return due


def forget(now: datetime) -> None:
    """Forget who asked and never confirmed, and who asked from where."""
    Alert.objects.filter(confirmed_at=None, asked_at__lt=now - VALID - timedelta(days=1)).delete()
    SignUp.objects.filter(at__lt=now - timedelta(days=1)).delete()


def _read(token: str, salt: str, valid: timedelta | None = None) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=valid)
    except signing.BadSignature:
        return None
