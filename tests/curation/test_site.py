"""The frame: what waits comes first, every page answers, documents are sent as bytes and imports say how they went."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Actor, Author, Document, ImportItem, ImportRun, Source, Work
from articles.vocabulary import Outcome, Publication, Review
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_candidate,
    make_claim,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def test_what_waits_comes_first(desk, editor, django_assert_num_queries):
    article = make_article(status=Publication.INBOX, assignee=editor, due=date(2024, 1, 2))
    make_claim(article), make_recommendation(article), make_recommendation(article, status=Review.ACCEPTED)
    make_candidate(make_article(body="The Harbour Commission sleeps."))
    run = ImportRun.objects.create(paths="inbox", finished_at=timezone.now())
    ImportItem.objects.create(run=run, location="a", outcome=Outcome.FAILED, reason="empty")
    desk.get(INDEX)  # what is asked once in a process is asked here
    with django_assert_num_queries(20):
        answer = desk.get(INDEX)
    waiting = [(one["n"].n, one["what"]) for one in answer.context["panel"]["waiting"]]
    assert waiting == [
        (1, "recommendation"), (1, "claim"), (1, "candidate for an actor"), (1, "assigned to you"), (1, "overdue"),
        (1, "inbox"), (0, "in review"), (0, "ready"),
    ]  # fmt: skip
    assert '<b class="problem">1 failed</b>' in answer.content.decode()
    for one in answer.context["panel"]["waiting"]:
        context = desk.get(one["address"]).context
        assert len(context["shown"] if "shown" in context else context["cl"].result_list) == one["n"].n


def test_an_empty_desk_says_how_to_begin(desk):
    assert b"Nothing has been imported yet" in desk.get(INDEX).content


def test_a_stranger_sees_no_numbers(cast, client):
    client.force_login(cast[""])
    assert client.get(INDEX).context["panel"] == {"waiting": []}


def test_the_frame(desk):
    page = desk.get(INDEX).content.decode()
    assert 'Digest<span class="stop">.</span>' in page
    assert '<a href="/">View site</a>' in page
    assert "articles/admin.css" in page


def test_nothing_inline_that_the_policy_forbids(desk):
    article = make_article(actors=[make_actor()], authors=[make_author()])
    make_claim(article), make_recommendation(article)
    for address in (
        INDEX,
        reverse("admin:articles_article_change", args=[article.pk]),
        reverse("admin:articles_claim_changelist"),
    ):
        page = desk.get(address).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "onclick=" not in page


def test_every_form_and_history_answers(desk):
    article = make_article(source=make_source(), work=Work.objects.create(), relation="original")
    rows = [
        article,
        article.source,
        article.work,
        make_author(),
        make_actor(),
        make_claim(article),
        make_recommendation(article),
    ]
    for row in rows:
        name = f"admin:articles_{row._meta.model_name}"
        assert desk.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
        assert desk.get(reverse(f"{name}_history", args=[row.pk])).status_code == 200
        authority = isinstance(row, Source | Work | Author | Actor)  # merged by editors, deleted by administrators
        assert desk.get(reverse(f"{name}_delete", args=[row.pk])).status_code == (403 if authority else 200)
        assert desk.get(reverse(f"{name}_add")).status_code == 200


def test_a_document_is_shown_and_sent_as_it_was_received(desk):
    raw = b"<script>alert(1)</script>\xff"
    document = Document.objects.create(
        sha256="0" * 64, raw=raw, size=len(raw), media_type="text/html", encoding="no such"
    )
    page = desk.get(reverse("admin:articles_document_change", args=[document.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    sent = desk.get(reverse("admin:articles_document_download", args=[document.pk]))
    assert (sent.content, sent["Content-Type"]) == (raw, "application/octet-stream")
    assert sent["Content-Disposition"].startswith("attachment")
    assert desk.get(reverse("admin:articles_document_download", args=[0])).status_code == 404


def test_documents_are_not_sent_to_strangers(cast, client):
    client.force_login(cast[""])
    assert client.get(reverse("admin:articles_document_download", args=[1])).status_code == 403


@pytest.mark.parametrize(
    ("values", "state"),
    [({"finished_at": timezone.now()}, "finished"), ({"interrupted": True}, "interrupted"), ({}, "not finished")],
)
def test_a_run_says_how_it_went(values, state, desk):
    run = ImportRun.objects.create(paths="inbox\nmore", **values)
    for outcome in Outcome:
        ImportItem.objects.create(run=run, location=f"{outcome}.txt", outcome=outcome, reason="why not")
    page = desk.get(reverse("admin:articles_importrun_change", args=[run.pk])).content.decode()
    assert state in page
    assert "1 failed" in page
    assert page.index("failed.txt") < page.index("created.txt")
    items = f"{reverse('admin:articles_importitem_changelist')}?run__id__exact={run.pk}&outcome__exact=failed"
    assert len(desk.get(items).context["cl"].result_list) == 1


def test_merging_from_the_list_to_the_end(desk):
    survivor, loser = make_author("Il Young Jeong"), make_author("Il-Young Jeong")
    make_article(authors=[survivor]), make_article(authors=[loser]), make_article(authors=[survivor])
    listed = reverse("admin:articles_author_changelist")
    page = desk.post(listed, {"action": "merge_selected", "_selected_action": [survivor.pk, loser.pk]}, follow=True)
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    assert page.context["likely"] == survivor
    assert ("bylines", [2, 1], 3) in page.context["held"]
    assert b"Choose the one that stays." in desk.post(address, {}).content
    done = desk.post(address, {"survivor": survivor.pk}, follow=True)
    assert "Merged “Il-Young Jeong” into “Il Young Jeong”. Moved: 1 bylines." in done.content.decode()
    again = desk.get(address, follow=True)
    assert "There are no two rows left to merge." in again.content.decode()


def test_one_row_is_not_merged(desk):
    author = make_author()
    listed = reverse("admin:articles_author_changelist")
    answer = desk.post(listed, {"action": "merge_selected", "_selected_action": [author.pk]}, follow=True)
    assert "Select two" in answer.content.decode()


def test_renaming_in_the_form_keeps_the_former_name(desk):
    source = make_source("The Harbour Post", aliases=["hp"])
    values = {
        "name": "Harbour Post",
        "aliases": "hp\r\nPost, The",
        "slug": source.slug,
        "kind": "newspaper",
        "homepage": "",
    }
    desk.post(reverse("admin:articles_source_change", args=[source.pk]), values)
    source.refresh_from_db()
    assert (source.name, source.aliases) == ("Harbour Post", ["hp", "post, the", "the harbour post"])
    actor = make_actor("Burma")
    values = {
        "name": "Myanmar",
        "kind": "country",
        "slug": actor.slug,
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    }
    desk.post(reverse("admin:articles_actor_change", args=[actor.pk]), values)
    assert {name.text for name in actor.names.all()} == {"Burma", "Myanmar"}


def test_a_document_that_is_no_text_is_not_shown_as_one(desk):
    raw = b"%PDF-1.7\n" + bytes(range(256)) * 40
    document = Document.objects.create(sha256="2" * 64, raw=raw, size=len(raw), media_type="application/pdf")
    page = desk.get(reverse("admin:articles_document_change", args=[document.pk])).content.decode()
    assert "PDF file: no text to be shown as it came." in page and "<pre" not in page
    sent = desk.get(reverse("admin:articles_document_download", args=[document.pk]))
    assert sent.content == raw and 'filename="222222222222.pdf"' in sent["Content-Disposition"]
