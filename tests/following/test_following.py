"""Following by mail: asked from one's own mailbox, told once, ended by one click."""

import re
import smtplib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from articles.curation import decisions
from articles.following import alerts, mailing, mails
from articles.models import Alert, Article, Mailing, SignUp
from tests.factories import make_actor, make_article, make_claim, make_editor, make_recommendation

pytestmark = pytest.mark.django_db(transaction=True)
READER = {"email": "reader@example.org", "every": "daily"}


class KilledError(BaseException):
    """A worker is cut off."""


def links(mail):
    text = mail.get_body(("plain",)).get_content()
    return [link.removeprefix("http://testserver") for link in re.findall(r"http://testserver\S+", text)]


def followed(room="articles", question="", **values):
    """Make a confirmed alert that is due, and was told all until yesterday."""
    now = timezone.now()
    given = {"email": "reader@example.org", "every": "daily", "confirmed_at": now, "due_at": now - timedelta(minutes=1),
             "told_until": now - timedelta(days=1)}  # fmt: skip
    return Alert.objects.create(room=room, question=question, **{**given, **values})


def later(minutes=10):
    return timezone.now() + timedelta(minutes=minutes)


def test_from_opting_in_to_leaving(client, mailbox, work):
    make_article(title="Before", actors=[indonesia := make_actor()])
    page = client.get("/articles/?actor=indonesia").content.decode()
    assert 'href="/follow/articles/?actor=indonesia"' in page
    assert "Op-eds: actor Indonesia" in client.get("/follow/articles/?actor=indonesia").content.decode()
    assert b"Look into your mailbox" in client.post("/follow/articles/?actor=indonesia", READER).content
    work()
    (asked,) = mailbox.mails
    assert asked["To"] == "reader@example.org" and asked["Subject"].startswith("Confirm:")
    assert "List-Unsubscribe" not in asked and not Alert.objects.confirmed().exists()
    (confirm,) = links(asked)
    assert b"Yes, mail me" in client.get(confirm).content and not Alert.objects.confirmed().exists()
    assert b"You will be told" in client.post(confirm, follow=True).content
    alert = Alert.objects.confirmed().get()
    assert alert.due_at > timezone.now() and alert.told_until

    draft = make_article(title="<New & old>", status="ready", published=date(2011, 1, 1), actors=[indonesia])
    make_article(title="Of others")
    decisions.publish(Article.objects.filter(pk=draft.pk), make_editor())
    assert mailing.put_off(alert.due_at) == 1
    assert mailing.send(alert.pk, alert.due_at)
    mail = mailbox.mails[1]
    assert mail["Subject"] == "1 new: Op-eds: actor Indonesia" and mail["From"] == "Digest <digest@example.org>"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "<New & old>" in text and "&lt;New &amp; old&gt;" in html
    assert "Before" not in text and "Of others" not in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = mail["List-Unsubscribe"].strip(" <>").removeprefix("http://testserver")
    assert leave in links(mail)[-1] and b"Yes, stop them" in client.get(leave).content
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists() and b"Stopped" in client.get(leave).content


def test_nothing_new_is_no_mail(mailbox):
    alert = followed(told_until=timezone.now() + timedelta(minutes=1))
    make_article()
    assert not mailing.send(alert.pk, later())
    alert.refresh_from_db()
    assert alert.due_at > later() and not mailbox.mails and not Mailing.objects.exists()


def test_each_thing_is_told_once(mailbox):
    alert = followed()
    make_article(title="First")
    assert mailing.send(alert.pk, later()) and not mailing.send(alert.pk, later())
    second = make_article(title="Second", status="ready")
    second.title = "Second, changed"
    second.save()
    tomorrow = later(3 * 24 * 60)
    assert not mailing.send(alert.pk, tomorrow)
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("when", ["before it is sent", "after it is sent"])
def test_a_worker_killed_between_the_records_sends_no_mail_twice(mailbox, monkeypatch, when):
    alert = followed()
    make_article(title="First")
    send = EmailMultiAlternatives.send

    def cut_off(message):
        if when == "after it is sent":
            send(message)
        raise KilledError

    monkeypatch.setattr(EmailMultiAlternatives, "send", cut_off)
    with pytest.raises(KilledError):
        mailing.send(alert.pk, later())
    monkeypatch.undo()
    assert not mailing.send(alert.pk, later())  # taken up by another
    sent = 1 if when == "after it is sent" else 0
    assert len(mailbox.mails) == sent
    assert mailing.send(alert.pk, later(3 * 24 * 60))  # nothing is lost: the next one tells it
    assert len(mailbox.mails) == sent + 1 and "First" in mailbox.mails[-1].get_body(("plain",)).get_content()
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == sent + 1


def test_a_worker_killed_before_anything_was_on_record_leaves_it_to_the_next(mailbox, monkeypatch):
    alert = followed()
    make_article()
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        patch.setattr(mails, "telling", lambda *_: (_ for _ in ()).throw(KilledError))
        mailing.send(alert.pk, later())
    assert mailing.send(alert.pk, later()) and len(mailbox.mails) == 1


def test_a_refused_mail_is_tried_again_later_and_sent_once(mailbox):
    alert, now = followed(), later()
    make_article()
    mailbox.refuse = 2
    for wait in (15, 30):
        with pytest.raises(smtplib.SMTPException):
            mailing.send(alert.pk, now)
        assert not mailing.send(alert.pk, now) and not Mailing.objects.exists()
        alert.refresh_from_db()
        assert alert.due_at == now + timedelta(minutes=wait)
        now = alert.due_at
    assert mailing.send(alert.pk, now) and len(mailbox.mails) == 1
    alert.refresh_from_db()
    assert alert.failures == 0


def test_a_server_that_is_gone_takes_nothing(settings, mailbox):
    alert = followed()
    make_article()
    settings.EMAIL_PORT = 1
    with pytest.raises(OSError, match="refused"):
        mailing.send(alert.pk, later())
    assert not Mailing.objects.exists()


def test_after_many_refusals_it_waits_for_the_next_time(mailbox):
    alert = followed(failures=mailing.GIVEN_UP - 1)
    make_article()
    mailbox.refuse = 1
    now = later()
    with pytest.raises(smtplib.SMTPException):
        mailing.send(alert.pk, now)
    alert.refresh_from_db()
    assert alert.due_at == alerts.next_due("daily", now) and alert.failures == 0


def test_statements_come_with_their_op_ed_or_when_an_editor_adds_them(mailbox):
    held = make_article(title="Held")
    alert = followed("recommendations", told_until=timezone.now())
    make_recommendation(held)
    make_claim(held)
    assert mails.telling(alert, later()) is None
    added = make_recommendation(held, "North Korea has asked for grain.", action="ask", status="accepted",
                                origin="person")  # fmt: skip
    new = make_recommendation(make_article(title="New"))
    text = mails.telling(alert, later()).body
    assert text.count("/recommendations/") == 3 and all(f"/recommendations/{row.pk}/" in text for row in (added, new))


def test_what_was_shown_a_moment_ago_waits_until_it_is_settled(mailbox):
    alert = followed()
    make_article()
    assert not mailing.send(alert.pk, timezone.now())


@pytest.mark.parametrize(("again", "status"), [("reader@example.org", 429), ("READER@example.org", 429)])
def test_a_mailbox_is_asked_so_often(client, mailbox, again, status):
    for _ in range(alerts.PER_EMAIL):
        assert client.post("/follow/claims/", READER).status_code == 200
    assert client.post("/follow/claims/", {**READER, "email": again}).status_code == status
    assert client.post("/follow/claims/", {**READER, "email": "other@example.org"}).status_code == 200
    assert Alert.objects.count() == 2


def test_a_network_address_asks_so_often(client, mailbox):
    answers = [client.post("/follow/claims/", {**READER, "email": f"{n}@example.org"}).status_code for n in range(12)]
    assert answers == [200] * alerts.PER_ADDRESS + [429] * 2
    assert client.post("/follow/claims/", READER, REMOTE_ADDR="10.0.0.1").status_code == 200


def test_who_asks_again_changes_nothing_until_it_is_confirmed(client, mailbox, work):
    alert = followed("claims")
    client.post("/follow/claims/", {"email": "Reader@example.org", "every": "weekly"})
    assert Alert.objects.get().every == "daily"
    work()
    client.post(links(mailbox.mails[0])[0])
    changed = Alert.objects.get()
    assert changed.every == "weekly" and changed.told_until == alert.told_until


def test_links_that_do_not_hold(client, mailbox, monkeypatch):
    alert = followed(confirmed_at=None, due_at=None, told_until=None)
    token = alerts.confirmation(alert, "daily")
    wrong = alerts.leaving(alert)
    assert client.post(f"/follow/confirm/{wrong}/").status_code == 404
    assert client.post(f"/follow/confirm/{token[:-1]}/").status_code == 404
    client.post(f"/follow/leave/{token}/")
    assert Alert.objects.filter(confirmed_at=None).count() == 1
    monkeypatch.setattr(signing.time, "time", lambda: datetime.now(UTC).timestamp() + 4 * 86_400)
    assert client.post(f"/follow/confirm/{token}/").status_code == 404


def test_who_never_confirmed_is_forgotten(mailbox):
    followed("claims"), followed(confirmed_at=None, due_at=None, told_until=None)
    SignUp.objects.create(email="a@example.org", address="10.0.0.1")
    alerts.forget(timezone.now())
    assert Alert.objects.count() == 2 and SignUp.objects.count() == 1
    alerts.forget(timezone.now() + timedelta(days=5))
    assert Alert.objects.get().room == "claims" and not SignUp.objects.exists()


def test_without_a_mail_server_nothing_is_offered(client, settings):
    settings.MAIL = False
    assert client.get("/follow/articles/").status_code == 404
    assert b"/follow/" not in client.get("/articles/").content


@pytest.mark.parametrize(("address", "status"), [
    ("/follow/nothing/", 404), ("/follow/articles/?since=yesterday", 400), ("/follow/articles/?actor=nobody", 400),
])  # fmt: skip
def test_what_cannot_be_followed(client, mailbox, address, status):
    assert client.get(address).status_code == status


@pytest.mark.parametrize("email", ["", "nobody", "a@b.example\nBcc: c@d.example"])
def test_an_address_that_is_none(client, mailbox, email):
    answer = client.post("/follow/articles/", {**READER, "email": email})
    assert answer.status_code == 400 and b"aria-invalid" in answer.content and not Alert.objects.exists()


@pytest.mark.parametrize(("every", "due"), [("daily", "2026-11-25 06:00"), ("weekly", "2026-11-30 06:00")])
def test_when_it_is_due(every, due):
    now = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # a Tuesday
    assert f"{alerts.next_due(every, now):%Y-%m-%d %H:%M}" == due


def test_when_it_was_first_shown_is_kept_by_the_database():
    draft = make_article(status="ready")
    assert draft.shown_at is None
    stale = Article.objects.get(pk=draft.pk)
    Article.objects.update(status="published")
    shown = Article.objects.get().shown_at
    assert shown
    stale.status = "published"
    stale.save()
    Article.objects.update(status="withdrawn")
    Article.objects.update(status="published")
    assert Article.objects.get().shown_at == shown


def test_what_a_mail_costs(mailbox, django_assert_num_queries):
    alert = followed()
    for _ in range(30):
        make_article()
    with django_assert_num_queries(3):
        message = mails.telling(alert, later())
    assert message.subject == "30 new: Op-eds" and message.body.count("The rest:") == 1
