"""The mails: what they say, as text and as HTML, and how one leaves them."""

from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles import catalogue
from articles.catalogue import Count
from articles.following import alerts
from articles.interchange.feeds import Entry
from articles.models import Alert, Edition
from articles.models.following import EDITIONS
from articles.pages import editions, wording
from articles.pages.feeds import entries
from articles.pages.rooms import ROOMS

SHOWN = 25  # rows of a mail; the list has all
COUNTED = 1_000


def site(name: str, *args: object) -> str:
    """Return the address of a page as a mail has it."""
    return settings.SITE + reverse(name, args=args)


def titled(alert: Alert) -> str:
    """Return what is followed: "Op-eds: actor Indonesia", "The weekly digest"."""
    if alert.room == EDITIONS:
        return _("The digest of the week")
    asked = QueryDict(alert.question)
    room = ROOMS[alert.room]
    return room.titled(asked, room.question(asked))


def asking(alert: Alert, every: str) -> EmailMultiAlternatives:
    """Return the mail that asks whether its reader wants to be mailed."""
    with override(alert.language):
        context = {
            "title": titled(alert),
            "every": every,
            "confirm": site("confirm", alerts.confirmation(alert, every)),
        }
        subject = _("Confirm: mail me what is new in %(title)s") % {"title": context["title"]}
        return _mail(alert, subject, "confirmation", context)


def telling(alert: Alert, until: datetime) -> EmailMultiAlternatives | None:
    """Return the mail of what is new since the last one; None where nothing is."""
    assert alert.told_until is not None and alert.due_at is not None  # noqa: S101 - it is confirmed
    asked = QueryDict(alert.question)
    room = ROOMS[alert.room]
    ids = catalogue.news(room.question(asked), alert.told_until, until, COUNTED)
    with override(alert.language):
        rows = list(entries(alert.room, ids[:SHOWN], settings.SITE))
        return _told(alert, rows, Count(len(ids), len(ids) == COUNTED)) if rows else None


def _told(alert: Alert, rows: list[Entry], count: Count) -> EmailMultiAlternatives:
    question = f"?{alert.question}" if alert.question else ""
    context: dict[str, Any] = {
        "title": titled(alert),
        "news": _("New: %(what)s") % {"what": wording.counted(count, ROOMS[alert.room].noun)},
        "rows": rows,
        "more": count.n > SHOWN,
        "page": site(alert.room) + question,
        "every": alert.every,
        "leave": site("leave", alerts.leaving(alert)),
    }
    context["subject"] = _("%(n)s new: %(title)s") % {"n": wording.figure(count), "title": context["title"]}
    key = f"{alert.pk}.{alert.due_at:%Y%m%d%H%M%S}"
    return _mail(alert, context["subject"], "alert", context, key=key)


def edition(alert: Alert, told: Edition) -> EmailMultiAlternatives:
    """Return the mail of an edition."""
    with override(alert.language):
        context = {
            **editions.shown(told),
            "page": settings.SITE + told.get_absolute_url(),
            "site": settings.SITE,
            "leave": site("leave", alerts.leaving(alert)),
        }
        return _mail(alert, told.title, "edition", context, key=f"{alert.pk}.edition.{told.pk}")


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
