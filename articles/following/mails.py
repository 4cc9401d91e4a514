"""The mails: what they say, as text and as HTML, and how one leaves them."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from articles import catalogue
from articles.following import alerts
from articles.interchange.feeds import Entry
from articles.models import Alert
from articles.pages.feeds import entries
from articles.pages.rooms import ROOMS

SHOWN = 25  # rows of a mail; the list has all
COUNTED = 1_000


def site(name: str, *args: object) -> str:
    """Return the address of a page as a mail has it."""
    return settings.SITE + reverse(name, args=args)


def titled(alert: Alert) -> str:
    """Return what is followed: "Op-eds: actor Indonesia"."""
    asked = QueryDict(alert.question)
    room = ROOMS[alert.room]
    return room.titled(asked, room.question(asked))


def asking(alert: Alert, every: str) -> EmailMultiAlternatives:
    """Return the mail that asks whether its reader wants to be mailed."""
    context = {"title": titled(alert), "every": every, "confirm": site("confirm", alerts.confirmation(alert, every))}
    return _mail(alert, f"Confirm: mail me what is new in {context['title']}", "confirmation", context)


def telling(alert: Alert, until: datetime) -> EmailMultiAlternatives | None:
    """Return the mail of what is new since the last one; None where nothing is."""
    assert alert.told_until is not None and alert.due_at is not None  # noqa: S101 - it is confirmed
    asked = QueryDict(alert.question)
    room = ROOMS[alert.room]
    ids = catalogue.news(room.question(asked), alert.told_until, until, COUNTED)
    rows: Iterable[Entry] = list(entries(alert.room, ids[:SHOWN], settings.SITE))
    if not rows:
        return None
    n = f"more than {COUNTED:,}" if len(ids) == COUNTED else f"{len(ids):,}"
    question = f"?{alert.question}" if alert.question else ""
    context: dict[str, Any] = {
        "title": titled(alert),
        "n": n,
        "noun": room.noun if len(ids) == 1 else f"{room.noun}s",
        "rows": rows,
        "more": len(ids) > SHOWN,
        "page": site(alert.room) + question,
        "every": alert.every,
        "leave": site("leave", alerts.leaving(alert)),
    }
    return _mail(alert, f"{n} new: {context['title']}", "alert", context, key=f"{alert.pk}.{alert.due_at:%Y%m%d%H%M%S}")


def _mail(
    alert: Alert, subject: str, template: str, context: dict[str, Any], *, key: str = ""
) -> EmailMultiAlternatives:
    """Return a mail; with `key`, one that can be left, and is known by it wherever it arrives twice."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Auto-Submitted": "auto-generated"}
    if key:
        headers |= {
            "Message-ID": f"<alert.{key}@{host}>",
            "List-Id": f"Digest <alerts.{host}>",
            "List-Unsubscribe": f"<{context['leave']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    text = render_to_string(f"articles/mail/{template}.txt", context)
    message = EmailMultiAlternatives(" ".join(subject.split())[:200], text, to=[alert.email], headers=headers)
    message.attach_alternative(render_to_string(f"articles/mail/{template}.html", context), "text/html")
    return message
