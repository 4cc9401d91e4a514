"""Feeds polled: what is new, changed and gone, what a server says or fails to say, and that no feed stops another."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import jobs
from articles.importing import polling
from articles.importing.polling import poll
from articles.importing.sources import network
from articles.models import Article, Document, Feed, ImportRun
from articles.vocabulary import Outcome, Polled
from tests.factories import make_source
from tests.importing.test_import import actors  # noqa: F401 - a fixture
from tests.importing.test_web import PRIVATE, endless, silent
from tests.importing.websites import WORDS, html, website

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actors")]
TEXT = "".join(f"<p>{one}</p>" for one in WORDS)


def entry(n, text=TEXT, link=""):
    """An entry of an RSS feed: with a text, or with a link and the beginning."""
    told = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else "<description>Who pays?</description>"
    return (
        f"<item><title>Boats {n}</title><link>{link or f'https://post.example/{n}'}</link><guid>post-{n}</guid>"
        f"<pubDate>Tue, 14 Mar 2023 08:00:00 +0700</pubDate>{told}</item>"
    )


def rss(*entries, head='<?xml version="1.0"?>'):
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>The Harbour Post</title><language>en</language>{''.join(entries)}</channel></rss>"
    )


def served(text, encoding="utf-8", **headers):
    return (200, {"Content-Type": "application/rss+xml", **headers}, text.encode(encoding))


def texts(n):
    """A text like no other."""
    return TEXT.replace("The river", f"River {n}").replace("boats", f"boats of quay {n}")


@pytest.fixture
def feed(site):
    return Feed.objects.create(address=site["/feed"])


def again(feed):
    """Poll as the next poll would: with what is stored."""
    feed.refresh_from_db()
    return poll(feed)


# What comes in


def test_new_unchanged_changed_and_removed_entries(site, feed):
    site["/feed"] = served(rss(entry(1, texts(1)), entry(2, texts(2))))
    first = poll(feed)
    assert (first.result, first.outcomes) == (Polled.NEW, {Outcome.CREATED: 2})
    assert first.run.paths == feed.address and first.run.finished_at
    assert again(feed) == polling.Poll(Polled.UNCHANGED)
    site["/feed"] = served(rss(entry(2, texts("two, and more")), entry(3, texts(3))))
    third = again(feed)
    assert (third.result, third.outcomes) == (Polled.NEW, {Outcome.UPDATED: 1, Outcome.CREATED: 1})
    assert ImportRun.objects.count() == 2
    assert Article.objects.count() == 3  # the one that is gone from the feed stays
    changed = Article.objects.get(title="Boats 2")
    assert "two, and more" in changed.body and changed.documents.count() == 2


def test_an_entry_that_is_taken_in_another_way_is_unchanged(site, feed):
    site["/feed"] = served(rss(entry(1)))
    call_command("import_articles", feed.address, verbosity=0)
    came = poll(feed)
    assert (came.result, came.outcomes) == (Polled.UNCHANGED, {Outcome.UNCHANGED: 1})


def test_a_beginning_has_its_page_fetched_once(site, feed):
    site["/feed"] = served(rss(entry(1, "", "/a")))  # a link as some feeds have it
    site["/a"] = html().encode()
    assert poll(feed).outcomes == {Outcome.CREATED: 1}
    article = Article.objects.get()
    assert article.url == site["/a"] and article.body.startswith("The river")
    site["/feed"] = served(rss(entry(1, "", "/a"), entry(2, texts(2))))
    assert again(feed).outcomes == {Outcome.CREATED: 1}
    assert site.asked.count("/a") == 1


def test_an_atom_entry_that_says_it_changed_has_its_page_fetched_again(site, feed):
    def atom(day):
        return served(
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>Boats</title><id>x</id>'
            f'<link href="{site["/a"]}"/><updated>{day}T00:00:00Z</updated><summary>Who pays?</summary></entry></feed>'
        )

    site["/feed"], site["/a"] = atom("2023-03-14"), html().encode()
    assert poll(feed).outcomes == {Outcome.CREATED: 1}
    site["/feed"], site["/a"] = atom("2023-03-15"), html(words=["Ten days. " + WORDS[0], *WORDS[1:]]).encode()
    assert again(feed).outcomes == {Outcome.UPDATED: 1}
    assert Article.objects.get().body.startswith("Ten days.")


def test_atom_and_json_feeds(site):
    item = {"id": "j", "url": "https://post.example/j", "title": "Boats in JSON", "content_html": texts("j")}
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [item, {**item, "id": "k"}]}
    short = {"id": "s", "url": site["/s"], "title": "Short", "summary": "Who pays?"}
    site["/s"] = html("A page").encode()
    site["/json"] = served(json.dumps(told | {"items": [item, short, "no item"]}))
    site["/atom"] = served(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>Boats</title>'
        f'<id>a</id><link href="https://post.example/a"/><content type="html"><![CDATA[{texts("a")}]]></content>'
        "</entry></feed>"
    )
    came = poll(Feed.objects.create(address=site["/json"]))
    assert came.outcomes == {Outcome.CREATED: 2, Outcome.FAILED: 1}
    assert poll(Feed.objects.create(address=site["/atom"])).outcomes == {Outcome.CREATED: 1}
    assert set(Article.objects.values_list("title", flat=True)) == {"Boats in JSON", "A page", "Boats"}


def test_the_source_of_a_feed_is_that_of_pages_that_do_not_say_theirs(site, feed):
    feed.source = make_source("The Quay")
    feed.save()
    site["/feed"], site["/a"] = served(rss(entry(1, "", site["/a"]))), html().encode()
    poll(feed)
    assert Article.objects.get().source == feed.source


# What a server says


def test_a_server_is_asked_with_what_it_told(site, feed):
    site["/feed"] = served(rss(entry(1)), ETag='"one"', **{"Last-Modified": "Tue, 14 Mar 2023 08:00:00 GMT"})
    assert poll(feed).result == Polled.NEW
    assert again(feed) == polling.Poll(Polled.UNCHANGED)
    sent = site.headers[-1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"one"', "Tue, 14 Mar 2023 08:00:00 GMT")
    assert ImportRun.objects.count() == 1
    feed.refresh_from_db()
    assert (feed.last_result, feed.last_error, feed.failures, feed.etag) == ("unchanged", "", 0, '"one"')


def test_letters_of_another_charset_than_the_one_told(site, feed):
    told = '<?xml version="1.0" encoding="utf-8"?>'
    site["/feed"] = served(
        rss(entry(1, texts("á l’époque, la rivière".replace("’", "'"))), head=told), "latin-1",
        **{"Content-Type": "application/rss+xml; charset=utf-8"},
    )  # fmt: skip
    assert poll(feed).outcomes == {Outcome.CREATED: 1}
    assert "la rivière" in Article.objects.get().body


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((404, {}, b""), "the server answered 404 (Not Found)"),
        (silent, "no answer within 0.4 seconds"),
        (endless, "the most that is read of one document"),
        (html().encode(), "no feed"),
        (b'{"version": "1"}', "no feed: JSON, but no JSON Feed"),
        (b"{", "not valid JSON"),
        (b"", "no feed"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "only http and https"),
    ],
)
def test_what_fails_is_said_and_tried_again_ever_later(site, feed, answer, why):
    site["/feed"] = answer
    waits = []
    for n in range(1, 3):
        assert again(feed).failed
        feed.refresh_from_db()
        assert (feed.last_result, feed.failures) == ("failed", n) and why in feed.last_error
        waits.append(round((feed.next_poll - feed.last_polled) / timedelta(minutes=1)))
    assert waits == [120, 240]
    assert not ImportRun.objects.exists() and not Document.objects.exists()
    site["/feed"] = served(rss(entry(1)))
    assert again(feed).result == Polled.NEW
    assert (feed.failures, feed.last_error, feed.next_poll - feed.last_polled) == (0, "", timedelta(hours=1))


@pytest.mark.parametrize(
    ("interval", "failures", "hours"), [(60, 4, 24), (60, 5000, 24), (10_080, 3, 168), (1, 0, 1 / 30)]
)
def test_a_day_is_the_longest_wait_after_a_failure(site, interval, failures, hours):
    feed = Feed.objects.create(address=site["/none"], interval=interval, failures=failures)
    poll(feed)
    assert feed.next_poll - feed.last_polled == timedelta(hours=hours)


def test_a_redirect_to_a_private_address_is_refused(site, settings, monkeypatch, feed):
    """The site passes for a public one; what feed and entry lead to does not."""
    with website() as inner:
        site["/feed"] = (302, {"Location": inner["/secret"]}, b"")
        site["/a"] = (302, {"Location": inner["/secret"]}, b"")
        public = network.addresses_of

        def addresses_of(host, port):
            settings.FETCH_PRIVATE = port == site.port
            return public(host, port)

        monkeypatch.setattr(network, "addresses_of", addresses_of)
        assert PRIVATE in poll(feed).error
        site["/feed"] = served(rss(entry(1, "", site["/a"]), entry(2, "", inner["/secret"]), entry(3)))
        came = again(feed)
        assert came.outcomes == {Outcome.FAILED: 2, Outcome.CREATED: 1}
        assert all(PRIVATE in item.reason for item in came.run.items.filter(outcome=Outcome.FAILED))
        assert inner.asked == []


# One that fails


def test_a_bad_entry_stops_no_other(site, feed):
    links = ("http://[::1", "http://user:secret@post.example/", "javascript:alert(1)", site["/gone"])
    bad = [entry(n, "", link) for n, link in enumerate(links, start=10)]
    site["/feed"] = served(rss(entry(1, texts(1)), *bad, entry(2, "<p> </p>"), entry(3, texts(3))))
    came = poll(feed)
    assert came.outcomes[Outcome.CREATED] == 2 and came.outcomes[Outcome.FAILED] == 5
    assert came.failed and feed.failures == 0
    assert feed.last_error == f"5 of 7 entries failed: import {came.run.pk} says why"


def test_a_page_that_cannot_be_had_is_tried_at_three_polls(site, feed):
    site["/feed"] = served(rss(entry(1, "", site["/a"])), ETag='"one"')
    for n in range(3):
        assert again(feed).outcomes == {Outcome.FAILED: 1}
        feed.refresh_from_db()
        assert feed.etag == ('"one"' if n == 2 else "")  # else the server would say that nothing changed
    assert again(feed) == polling.Poll(Polled.UNCHANGED)
    assert site.asked.count("/a") == 3


def test_a_page_that_can_be_had_later_is(site, feed):
    site["/feed"] = served(rss(entry(1, "", site["/a"])), ETag='"one"')
    poll(feed)
    site["/a"] = html().encode()
    assert again(feed).outcomes == {Outcome.CREATED: 1}


def test_a_poll_asks_for_so_many_pages_and_the_next_goes_on(site, feed, monkeypatch):
    monkeypatch.setattr(polling, "PAGES", 2)
    for n in range(3):
        site[f"/{n}"] = html(f"Boats {n}", [f"Quay {n}. {one}" for one in WORDS]).encode()
    site["/feed"] = served(rss(*(entry(n, "", site[f"/{n}"]) for n in range(3))), ETag='"one"')
    assert poll(feed).outcomes == {Outcome.CREATED: 2}
    assert again(feed).outcomes == {Outcome.CREATED: 1}
    assert again(feed).result == Polled.UNCHANGED and "If-None-Match" in site.headers[-1]


def test_what_breaks_a_library_is_one_failure(feed, site, monkeypatch):
    def broken(held):
        raise AssertionError("nobody thought of this")

    site["/feed"] = served(rss(entry(1)))
    monkeypatch.setattr(polling.feeds, "of_any_form", broken)
    assert poll(feed).error == "broke off: nobody thought of this"


def test_a_poll_that_was_killed_is_not_begun_again_at_once(feed, site, monkeypatch):
    def killed(*args, **options):
        raise SystemExit

    monkeypatch.setattr(polling.web, "fetch", killed)
    with pytest.raises(SystemExit):
        jobs.poll_feed(feed.pk)
    feed.refresh_from_db()
    assert (feed.last_error, feed.failures) == (polling.BEGUN, 1) and feed.next_poll > timezone.now()
    jobs.poll_feed(feed.pk)  # its turn has not come: nothing is asked, nothing killed


# Who polls


def polled(*args, **options):
    """Return what the command says and its exit status."""
    out = StringIO()
    try:
        call_command("poll_feeds", *args, stdout=out, **options)
    except SystemExit as stop:
        return out.getvalue().splitlines(), stop.code
    return out.getvalue().splitlines(), 0


def test_the_command_polls_what_is_due_and_one_bad_feed_stops_no_other(site, feed):
    site["/feed"] = served(rss(entry(1)))
    Feed.objects.create(address=site["/bad"], next_poll=timezone.now() - timedelta(hours=1))
    Feed.objects.create(address=site["/later"], next_poll=timezone.now() + timedelta(hours=1))
    Feed.objects.create(address=site["/off"], active=False)
    lines, code = polled()
    assert lines[0].startswith(f"{site['/bad']}: failed: the server answered 404 (Not Found); asked again ")
    assert lines[1] == f"{feed}: 1 created (import {ImportRun.objects.get().pk})"
    assert (lines[2:], code) == (["2 feeds polled: 1 new, 0 unchanged, 1 failed."], 1)
    assert polled() == (["0 feeds polled: 0 new, 0 unchanged, 0 failed."], 0)
    assert polled(feed.address) == ([f"{feed}: unchanged", "1 feed polled: 0 new, 1 unchanged, 0 failed."], 0)
    assert len(polled(all=True)[0]) == 4
    assert polled(site["/off"])[1] == 1


@pytest.mark.parametrize(
    "options", [{"args": ["https://post.example/none"]}, {"args": ["https://a.example"], "all": True}]
)
def test_bad_usage(options):
    with pytest.raises(CommandError) as error:
        call_command("poll_feeds", *options.pop("args"), **options)
    assert error.value.returncode == 2


def waiting():
    return list(ProcrastinateJob.objects.filter(task_name="poll_feed").values_list("args", "lock", "queueing_lock"))


def test_workers_put_off_what_is_due_once(site, feed):
    Feed.objects.create(address=site["/off"], active=False)
    jobs.poll_due(0)
    jobs.poll_due(60)
    assert waiting() == [({"feed_id": feed.pk}, f"poll_feed:{feed.pk}", f"poll_feed:{feed.pk}")]
    site["/feed"] = served(rss(entry(1)))
    jobs.poll_feed(feed.pk)
    jobs.poll_feed(feed.pk)
    assert site.asked.count("/feed") == 1 and Article.objects.count() == 1


def test_what_an_editor_changes_is_asked_anew(site, feed):
    site["/feed"] = served(rss(entry(1)), ETag='"one"')
    poll(feed)
    assert not Feed.objects.due(timezone.now()).exists()
    Feed.objects.update(source=make_source())
    assert not Feed.objects.due(timezone.now()).exists()
    Feed.objects.update(address=site["/other"])
    feed.refresh_from_db()
    assert feed.etag == "" and feed in Feed.objects.due(timezone.now())


def test_an_address_changed_meanwhile_is_not_told_of_the_former(site, feed):
    former = Feed.objects.get()
    Feed.objects.update(address=site["/other"])
    site["/feed"] = served(rss(entry(1)), ETag='"one"')
    poll(former)
    feed.refresh_from_db()
    assert (feed.etag, feed.last_result) == ("", "never")


@pytest.mark.parametrize("values", [{"interval": 0}, {"address": "ftp://post.example/feed"}, {"address": "feed"}])
def test_what_is_no_feed_is_not_held(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Feed.objects.create(**{"address": "https://post.example/feed", **values})


def test_polls_leave_no_history(site, feed):
    site["/feed"] = served(rss(entry(1)))
    poll(feed)
    assert not Feed.pgh_event_model.objects.exists()
    Feed.objects.update(interval=5)
    assert Feed.pgh_event_model.objects.get().interval == 60
