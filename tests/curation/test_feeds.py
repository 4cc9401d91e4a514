"""Feeds at the desk: how each does, what an editor says of it, and having it asked at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Feed, ImportItem, ImportRun
from articles.vocabulary import Polled
from tests.factories import make_source

LIST = "/admin/articles/feed/"
ADDRESS = "https://post.example/feed"


def make_feed(**values):
    return Feed.objects.create(**{"address": ADDRESS, **values})


def jobs():
    return list(ProcrastinateJob.objects.values_list("task_name", "args"))


def test_the_list_says_how_each_feed_does(desk, django_assert_num_queries):
    now = timezone.now()
    make_feed(source=make_source("The Quay"), last_polled=now, last_result=Polled.NEW, next_poll=now)
    broken = "the server answered 404 (Not Found)"
    make_feed(address=f"{ADDRESS}/b", last_polled=now, last_result=Polled.FAILED, failures=3, last_error=broken)
    make_feed(address=f"{ADDRESS}/c", active=False, interval=1440)
    for n in range(30):
        make_feed(address=f"{ADDRESS}/{n:02}", source=make_source())
    with django_assert_num_queries(6):
        page = desk.get(LIST).content.decode()
    assert "The Quay" in page and "failed, 3 times in a row" in page and broken in page
    assert "paused" in page and "1 day" in page and "not asked yet" in page


def test_an_editor_adds_a_feed_and_it_is_due_at_once(desk):
    desk.post(f"{LIST}add/", {"address": " HTTPS://Post.Example/feed#top ", "interval": 90, "active": "on"})
    feed = Feed.objects.due(timezone.now()).get()
    assert (feed.address, feed.interval) == ("https://post.example/feed", 90)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://post.example/feed", "Only http and https are fetched, not ftp."),
        ("post.example/feed", "Only http and https are fetched, not an address without either."),
        ("https://ayu:secret@post.example/feed", "An address with a password in it is not fetched."),
        ("https://", "An address without a host."),
    ],
)
def test_what_is_no_address_of_a_feed(desk, address, why):
    page = desk.post(f"{LIST}add/", {"address": address, "interval": 60}).content.decode()
    assert why in page and not Feed.objects.exists()


def test_a_feed_is_held_once(desk):
    make_feed()
    assert "already exists" in desk.post(f"{LIST}add/", {"address": ADDRESS, "interval": 60}).content.decode()


def test_its_page_says_what_it_brought(desk):
    feed = make_feed()
    run = ImportRun.objects.create(feed=feed, finished_at=timezone.now())
    ImportItem.objects.create(run=run, location="a", outcome="created")
    page = desk.get(reverse("admin:articles_feed_change", args=[feed.pk])).content.decode()
    assert reverse("admin:articles_importrun_change", args=[run.pk]) in page and "1 created" in page


def test_asking_now(desk):
    feed = make_feed(next_poll=timezone.now() + timedelta(hours=9))
    desk.post(LIST, {"action": "poll_now", "_selected_action": [feed.pk]})
    assert jobs() == [("poll_feed", {"feed_id": feed.pk})]
    assert Feed.objects.due(timezone.now()).exists()
    address = reverse("admin:articles_feed_change", args=[feed.pk])
    answer = desk.post(address, {"address": ADDRESS, "interval": 5, "active": "on", "_poll": "1"}, follow=True)
    assert "1 feed will be asked by a worker." in answer.content.decode()
    assert Feed.objects.get().interval == 5 and len(jobs()) == 1  # one is enough


def test_a_feed_that_was_deleted_comes_back(desk, cast, client):
    feed = make_feed(interval=5)
    client.force_login(cast["administrator"])
    client.post(f"{LIST}{feed.pk}/delete/", {"post": "yes"})
    page = client.get(f"{LIST}deleted/").content.decode()
    assert ADDRESS in page and not Feed.objects.exists()
    history = client.get(f"{LIST}{feed.pk}/history/").content.decode()
    restore = history.split(f'href="{LIST}{feed.pk}/history/')[1].split('"')[0]
    seen = client.get(f"{LIST}{feed.pk}/history/{restore}").content.decode()
    chosen = seen.split('name="chosen" value="')[1].split('"')[0]
    told = seen.split('name="seen" value="')[1].split('"')[0]
    client.post(f"{LIST}{feed.pk}/history/{restore}", {"chosen": chosen, "seen": told})
    assert Feed.objects.get(address=ADDRESS).interval == 5
