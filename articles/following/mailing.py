"""Sending what is due: each mail once, whatever happens to the worker.

1. A mail is put on record, then sent, then put on record as sent.
2. A server that refuses or does not answer has taken nothing: the first record goes, and it is tried again later.
3. A worker that was killed between the records may have sent it or not. It is not sent again, for nobody wants the same
   mail twice; what it would have told comes with the next one, for only a mail on record as sent moves `told_until`.
"""

import smtplib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from articles.enqueueing import enqueue
from articles.following import mails
from articles.following.alerts import next_due
from articles.models import Alert, Edition, Mailing
from articles.models.following import EDITIONS

SETTLED = timedelta(minutes=5)  # what was shown since may belong to a transaction that has not ended
AGAIN = timedelta(minutes=15)  # after a refusal; doubled each time
GIVEN_UP = 8  # refusals, over two and a half days: then what is due waits for the next time
PUT_OFF = 1_000  # alerts that are put off at a time


def put_off(now: datetime) -> int:
    """Put off the mails that are due, one job each; return how many."""
    due = list(Alert.objects.due_at(now).order_by("due_at").values_list("pk", flat=True)[:PUT_OFF])
    for key in due:
        enqueue("mail_alert", once=f"alert {key}", alert_id=key)
    return len(due)


def send_confirmation(alert_id: int, every: str) -> None:
    """Ask whether somebody wants to be mailed."""
    if alert := Alert.objects.filter(pk=alert_id).first():
        mails.asking(alert, every).send()


def send(alert_id: int, now: datetime) -> bool:
    """Send one alert what is new, if it is due; return whether a mail was sent."""
    alert = Alert.objects.due_at(now).filter(pk=alert_id).first()
    if alert is None or alert.due_at is None:
        return False
    until = now - SETTLED
    if Mailing.objects.filter(alert=alert, due_at=alert.due_at).exists():
        _go_on(alert, now)
        return False
    message = mails.telling(alert, until)
    if message is None:
        _go_on(alert, now, told_until=until)
        return False
    mailing = Mailing.objects.create(alert=alert, due_at=alert.due_at)
    try:
        message.send()
    except (smtplib.SMTPException, OSError):
        _refused(alert, mailing, now)
        raise
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=timezone.now())
        _go_on(alert, now, told_until=until)
    return True


def put_off_edition(edition_id: int) -> int:
    """Put off the mails of an edition, one job for each who follows; return how many."""
    keys = list(Alert.objects.confirmed().filter(room=EDITIONS).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        enqueue("mail_edition_to", once=f"edition {edition_id} alert {key}", edition_id=edition_id, alert_id=key)
    return len(keys)


def send_edition(edition_id: int, alert_id: int) -> bool:
    """Send an edition to one who follows, unless it was sent or taken back; return whether a mail was sent."""
    edition = Edition.objects.published().filter(pk=edition_id).first()
    alert = Alert.objects.confirmed().filter(pk=alert_id).first()
    if edition is None or edition.mailed_at is None or alert is None:
        return False
    # an edition is mailed once: the moment it was given to the mail names it
    mailing, first = Mailing.objects.get_or_create(alert=alert, due_at=edition.mailed_at)
    if not first:
        return False
    try:
        mails.edition(alert, edition).send()
    except (smtplib.SMTPException, OSError):
        mailing.delete()
        raise
    Mailing.objects.filter(pk=mailing.pk).update(sent_at=timezone.now())
    return True


def _go_on(alert: Alert, now: datetime, **told: datetime) -> None:
    """Say when it is looked next; whoever left meanwhile stays away."""
    Alert.objects.filter(pk=alert.pk).update(due_at=next_due(alert.every, now), failures=0, **told)


@transaction.atomic
def _refused(alert: Alert, mailing: Mailing, now: datetime) -> None:
    mailing.delete()
    failures = alert.failures + 1
    if failures >= GIVEN_UP:
        _go_on(alert, now)
    else:
        Alert.objects.filter(pk=alert.pk).update(failures=failures, due_at=now + AGAIN * 2 ** (failures - 1))
