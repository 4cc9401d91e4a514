"""Editions: composed at the desk of what was shown in some days, read, printed, mailed once to who follows."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from articles.curation import editions
from articles.following import alerts, mailing
from articles.jobs import mail_edition
from articles.models import Alert, Article, Edition, Mailing
from tests.factories import make_actor, make_article, make_edition, make_editor, make_recommendation

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/edition/add/"


@pytest.fixture
def told():
    """A recommendation of an op-ed shown today."""
    article = make_article(title="Grain for the north")
    return make_recommendation(article, addressees=[make_actor("Indonesia")], status="accepted")


@pytest.fixture
def desk(client):
    client.force_login(make_editor())
    return client


@pytest.fixture
def follower(settings):
    settings.MAIL, settings.SITE, settings.DEFAULT_FROM_EMAIL = True, "https://digest.example", "digest@digest.example"
    alert = Alert.objects.create(email="reader@example.org", room="editions", every="weekly", language="id")
    alerts.confirm(alert, "weekly")
    return alert


def composed(*chosen, **values):
    today = timezone.localdate()
    return {
        "title": "A week of grain", "lead": "What was *asked*.", "since": today - timedelta(days=6), "until": today,
        "recommendations": [one.pk for one in chosen], **values,
    }  # fmt: skip


def test_an_edition_is_composed_of_what_was_shown_in_its_days_and_published(desk, told, client):
    form = desk.get(ADD).content.decode()
    assert "open its ports to relief ships" in form and "Grain for the north" in form
    desk.post(ADD, composed(told))
    address = f"/admin/articles/edition/{Edition.objects.get().pk}/change/"
    assert "Save and publish" in desk.get(address).content.decode()
    answer = desk.post(address, composed(told, _publish="1"))
    assert (answer.status_code, answer["Location"]) == (302, "/editions/a-week-of-grain/")
    client.logout()
    page = client.get("/editions/a-week-of-grain/").content.decode()
    assert "<em>asked</em>" in page and "Grain for the north" in page and "→" not in page.split("<main")[0]
    assert "A week of grain" in client.get("/editions/").content.decode()
    assert "A week of grain" in client.get("/").content.decode()
    client.force_login(make_editor())
    client.post(address, composed(told, _withdraw="1"))
    assert client.get("/editions/").content.decode().count("A week of grain") == 0


def test_a_draft_is_seen_by_the_desk_alone(desk, told):
    desk.post(ADD, composed(told, _continue="1"))
    assert "only editors see this page" in desk.get("/editions/a-week-of-grain/").content.decode()
    desk.logout()
    assert desk.get("/editions/a-week-of-grain/").status_code == 404
    assert "A week of grain" not in desk.get("/editions/").content.decode()


def test_other_days_offer_others_and_what_was_chosen_stays(desk, told):
    long_ago = timezone.localdate() - timedelta(days=400)
    edition = make_edition("Old", told, since=long_ago, until=long_ago)
    assert list(editions.offered(long_ago, long_ago)) == []
    form = desk.get(f"/admin/articles/edition/{edition.pk}/change/").content.decode()
    assert form.count("open its ports to relief ships") == 1 and "checked" in form
    wrong = desk.post(f"/admin/articles/edition/{edition.pk}/change/", composed(told, until=long_ago)).content.decode()
    assert "The last day lies before the first." in wrong
    desk.post(f"/admin/articles/edition/{edition.pk}/change/", composed())
    assert edition.choices.count() == 0


def test_what_is_no_longer_public_is_no_longer_in_it(client, told):
    edition = make_edition("Ports", told)
    Article.objects.update(status="withdrawn")
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "Grain for the north" not in page and "Nothing in it is public any more." in page


def test_an_annotator_composes_nothing(client, told):
    client.force_login(make_editor("annotator"))
    assert client.get(ADD).status_code == 403
    edition = make_edition("Ports", told, published_at=None)
    address = f"/admin/articles/edition/{edition.pk}/change/"
    assert client.post(address, composed(told, _publish="1")).status_code == 403
    edition.refresh_from_db()
    assert not edition.is_public


def test_an_edition_is_mailed_once_to_who_follows(told, follower, django_capture_on_commit_callbacks):
    edition = make_edition("A week of grain", told, published_at=None, lead="What was *asked*.")
    editor = make_editor()
    editions.publish(edition, editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail_edition'")
        assert cursor.fetchone() == (1,)
    assert mailing.put_off_edition(edition.pk) == 1
    assert mailing.send_edition(edition.pk, follower.pk)
    assert not mailing.send_edition(edition.pk, follower.pk)
    (sent,) = mail.outbox
    assert sent.subject == "A week of grain" and sent.to == ["reader@example.org"]
    assert "→ Indonesia: open its ports to relief ships" in sent.body
    assert f"https://digest.example/id{told.article.get_absolute_url().removeprefix('/id')}" in sent.body
    assert "Untuk berhenti: https://digest.example/id/follow/leave/" in sent.body
    html = sent.alternatives[0][0]
    assert "<em>asked</em>" in html and 'lang="id"' in html
    editions.withdraw(edition, editor)
    editions.publish(edition, editor)
    assert not mailing.send_edition(edition.pk, follower.pk)
    assert Mailing.objects.get().sent_at


def test_a_refused_mail_is_sent_later(told, follower, monkeypatch):
    edition = make_edition("A week of grain", told, published_at=None)
    editions.publish(edition, make_editor())
    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr(
            "django.core.mail.EmailMultiAlternatives.send", lambda self: (_ for _ in ()).throw(OSError("full"))
        )
        mailing.send_edition(edition.pk, follower.pk)
    assert mailing.send_edition(edition.pk, follower.pk) and len(mail.outbox) == 1


def test_without_a_mail_server_nothing_is_put_off(told):
    editions.publish(edition := make_edition("Ports", told, published_at=None), make_editor())
    mail_edition(edition_id=edition.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail_edition_to'")
        assert cursor.fetchone() == (0,)


def test_the_digest_is_followed_from_its_page(client, follower):
    make_edition("Ports")
    assert 'href="/follow/editions/"' in client.get("/editions/").content.decode()
    form = client.get("/follow/editions/").content.decode()
    assert "The digest of the week" in form and "How often" not in form
    asked = client.post("/follow/editions/", {"email": "new@example.org", "every": "weekly"})
    assert asked.status_code == 200
    alert = Alert.objects.get(email="new@example.org")
    alerts.confirm(alert, "weekly")
    assert (alert.room, alert.due_at) == ("editions", None)


def test_pages_ask_few_questions(client, told, django_assert_max_num_queries):
    for n in range(60):
        make_edition(f"Week {n}", told)
    with django_assert_max_num_queries(3):
        page = client.get("/editions/").content.decode()
    assert page.count('<span class="figure">') == 50 and 'rel="next"' in page
    with django_assert_max_num_queries(4):
        client.get(Edition.objects.first().get_absolute_url())
