"""The queue over all articles: what waits, in every order, page after page; and one decision for many."""

from datetime import date

import pytest
from django.urls import reverse

from articles.curation import bulk, decisions, queue
from articles.curation.queue import Asked
from articles.curation.rules import Records
from articles.models import Article, BulkDecision, Claim, PolicyRecommendation
from articles.vocabulary import Review
from tests.factories import make_actor, make_article, make_claim, make_editor, make_recommendation, make_source

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:queue")
BODY = "North Korea has asked for grain. Indonesia should send grain. Ships are ready."


def make_waiting(number=1, **values):
    """Make articles with a claim and a recommendation each, of rising confidence."""
    for n in range(number):
        article = make_article(body=BODY, published=date(2024, 1, 1 + n % 28), **values)
        make_claim(article, rule="en.claim", confidence=0.5 + n / 1000)
        make_recommendation(article, "Indonesia should send grain.", rule="en.should", confidence=0.5 + n / 1000)


def walk(asked, size=2):
    """Return what all pages show, one after the other, by kind and id."""
    seen, after, records = [], None, Records.held()
    while True:
        page = queue.page(asked, records, after, size)
        seen += [(row.short_name, row.pk) for row in page.rows]
        if page.next is None:
            return seen
        after = queue.place(str(page.next), asked.order)
        assert after == page.next


@pytest.mark.parametrize("order", list(queue.ORDERS))
def test_every_order_shows_each_suggestion_once(order):
    make_waiting(5)
    make_claim(make_article(body=BODY), rule="en.claim", confidence=0.5)  # alike, and undated
    make_claim(make_article(body=BODY), status=Review.ACCEPTED)
    seen = walk(Asked(order=order))
    assert len(seen) == len(set(seen)) == 11
    assert seen == walk(Asked(order=order), size=100)


def test_orders_are_what_they_are_called():
    make_waiting(3)
    rows = queue.page(Asked(order="confident"), Records.held()).rows
    assert [row.confidence for row in rows] == sorted((row.confidence for row in rows), reverse=True)
    rows = queue.page(Asked(order="oldest"), Records.held()).rows
    assert [row.dated for row in rows] == sorted(row.dated for row in rows)
    rows = queue.page(Asked(order="article"), Records.held()).rows
    assert [(-row.article_id, row.start) for row in rows] == sorted((-row.article_id, row.start) for row in rows)


def test_the_most_trusted_rule_comes_first(editor):
    make_waiting(8)
    for row in PolicyRecommendation.objects.order_by("pk")[:3]:
        decisions.reject(row, editor)
    quote = "Indonesia should send grain."
    make_recommendation(Article.objects.earliest("pk"), quote, rule="en.must", confidence=0.1)
    for _ in range(3):
        decisions.accept(make_recommendation(make_article(body=BODY), quote, rule="en.must"), editor)
    rows = queue.page(Asked(order="precision", kind="recommendation"), Records.held()).rows
    assert [row.rule for row in rows] == ["en.must", *["en.should"] * 5]


def test_a_question_narrows():
    korea, harbour = make_actor("North Korea"), make_source("Harbour Post")
    make_waiting(2)
    told = make_recommendation(
        make_article(body=BODY, language="id", source=harbour, published=date(2020, 5, 5)),
        "Indonesia should send grain.", addressees=[korea], confidence=0.95, rule="id.harus",
    )  # fmt: skip
    claim = make_claim(make_article(body=BODY), actors=[korea], confidence=0.2)

    def found(**asked):
        asked = Asked(**asked)
        rows = queue.page(asked, Records.held()).rows
        assert queue.count(asked).n == len(rows)
        return {(row.short_name, row.pk) for row in rows}

    of_told, of_claim = ("recommendation", told.pk), ("claim", claim.pk)
    assert found(actor=korea.pk) == {of_told, of_claim}
    assert found(addressee=korea.pk) == {of_told} and found(addressee=korea.pk, kind="claim") == set()
    assert found(source=harbour.pk) == found(rule="id.harus") == found(language="id") == {of_told}
    assert found(band="90") == {of_told} and found(band="0") == {of_claim}
    assert found(until=date(2021, 1, 1)) == {of_told}
    assert of_told not in found(since=date(2021, 1, 1))
    assert len(found(kind="recommendation")) == 3


@pytest.mark.parametrize("number", [2, 30])
def test_the_page_asks_the_same_number_of_questions_however_long_it_is(number, desk, django_assert_num_queries):
    make_waiting(number)
    desk.get(QUEUE)  # languages are remembered for a minute
    with django_assert_num_queries(19):
        answer = desk.get(QUEUE)
    assert len(answer.context["shown"]) == min(2 * number, queue.PAGE)


def test_an_address_that_makes_no_sense_is_the_whole_queue(desk):
    make_waiting(1)
    answer = desk.get(
        QUEUE, {"kind": "x", "actor": "99999999999999999999", "since": "x", "order": "x", "after": "claim~x"}
    )
    assert len(answer.context["shown"]) == 2
    for after in (
        "~~~",
        "~~~~",
        "claim~1",
        "claim~x~0.5~",
        "claim~1~nan~",
        "claim~9999999999999999999~0.5~",
        "note~1~0.5~",
    ):
        assert desk.get(QUEUE, {"after": after}).status_code == 200


def test_each_stands_in_its_sentences(desk):
    make_waiting(1)
    body = desk.get(QUEUE, {"kind": "recommendation"}).content.decode()
    assert 'grain. <mark class="recommendation open">Indonesia should send grain.</mark> Ships' in body


def test_a_button_decides_and_leads_back(desk):
    make_waiting(1)
    claim = Claim.objects.get()
    address = reverse("admin:queue_decide", args=["claim", claim.pk])
    answer = desk.post(address, {"do": "accept", "query": "kind=claim"})
    assert answer.status_code == 302 and answer.url == f"{QUEUE}?kind=claim"
    claim.refresh_from_db()
    assert claim.status == Review.ACCEPTED
    answer = desk.post(address, {"do": "reopen"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200 and b"Accept" in answer.content
    claim.refresh_from_db()
    assert claim.is_suggestion
    assert desk.post(reverse("admin:queue_decide", args=["note", 1])).status_code == 404


def test_what_somebody_else_decided_meanwhile_stays_theirs(desk, editor):
    make_waiting(1)
    claim, other = Claim.objects.get(), make_editor("editor", name="ayu")
    decisions.reject(claim, other)
    address = reverse("admin:queue_decide", args=["claim", claim.pk])
    for do in ("accept", "reopen"):
        answer = desk.post(address, {"do": do}, headers={"X-Requested-With": "fetch"})
        assert answer.status_code == 409 and "rejected</span> by ayu" in answer.content.decode()
        assert b"Decided by ayu meanwhile" in desk.post(address, {"do": do}, follow=True).content
    claim.refresh_from_db()
    assert (claim.status, claim.decided_by) == (Review.REJECTED, other)


# Many at once


def test_all_that_a_question_asks_for_are_decided_after_a_look(desk, editor):
    make_waiting(3)
    preview = desk.get(reverse("admin:queue_all"), {"kind": "claim", "do": "accept"})
    assert preview.context["seen"].count.n == 3 and Claim.objects.suggested().count() == 3
    upto = preview.context["seen"].upto
    late = make_claim(make_article(body=BODY))
    values = {"do": "accept", "query": "kind=claim", **{f"upto-{kind}": n for kind, n in upto.items()}}
    assert desk.post(reverse("admin:queue_all"), values).status_code == 302
    assert list(Claim.objects.suggested()) == [late] and PolicyRecommendation.objects.suggested().count() == 3
    act = BulkDecision.objects.get()
    assert act.n == 3 and act.asked == "kind=claim"
    assert b"You accepted 3 suggestions at once" in desk.get(QUEUE).content
    assert desk.post(reverse("admin:queue_undo", args=[act.pk])).url == f"{QUEUE}?kind=claim"
    assert Claim.objects.suggested().count() == 4


def test_undo_takes_back_what_the_act_did_and_nothing_that_was_decided_since(editor):
    make_waiting(4)
    mine = Claim.objects.earliest("pk")
    decisions.accept(mine, editor)
    upto = bulk.preview(Asked(kind="claim")).upto
    act = bulk.decide(Asked(kind="claim"), Review.REJECTED, editor, upto)
    assert act.n == 3 and mine.pk not in act.claims
    other, anew = make_editor("editor", name="ayu"), Claim.objects.latest("pk")
    decisions.accept(anew, other)
    assert bulk.undo(act, editor) == 2
    assert bulk.undo(act, editor) == 0
    mine.refresh_from_db(), anew.refresh_from_db()
    assert (mine.status, anew.status, anew.decided_by) == (Review.ACCEPTED, Review.ACCEPTED, other)
    assert Claim.objects.suggested().count() == 2


def test_too_many_are_refused_whole(editor, desk, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 2)
    make_waiting(3)
    upto = bulk.preview(Asked(kind="claim")).upto
    with pytest.raises(bulk.TooManyError):
        bulk.decide(Asked(kind="claim"), Review.ACCEPTED, editor, upto)
    assert Claim.objects.suggested().count() == 3 and not BulkDecision.objects.exists()
    values = {"do": "accept", "query": "kind=claim", **{f"upto-{kind}": n for kind, n in upto.items()}}
    assert b"narrow the question" in desk.post(reverse("admin:queue_all"), values, follow=True).content


def test_only_its_own_hand_or_an_administrator_takes_an_act_back(client, editor):
    make_waiting(1)
    act = bulk.decide(Asked(), Review.ACCEPTED, editor, bulk.preview(Asked()).upto)
    address = reverse("admin:queue_undo", args=[act.pk])
    for group, status in (("annotator", 403), ("editor", 403), ("administrator", 302)):
        client.force_login(make_editor(group, name=f"other {group}"))
        assert client.post(address).status_code == status
    assert Claim.objects.suggested().count() == 1


# Articles that nobody has read


def test_an_article_in_which_nothing_was_found_is_told_from_one_that_nobody_read(desk, editor):
    make_waiting(1)
    empty = make_article(body="Nothing is asked of anybody here.")
    assert list(queue.unread()) == [empty]
    assert desk.get(reverse("admin:queue_unread")).context["page"].paginator.count == 1
    desk.post(reverse("admin:queue_review", args=[empty.pk]))
    empty.refresh_from_db()
    assert empty.reviewed_by == editor and not queue.unread().exists()
    desk.post(reverse("admin:queue_review", args=[empty.pk]), {"do": "back"})
    empty.refresh_from_db()
    assert empty.reviewed_at is None and list(queue.unread()) == [empty]


@pytest.mark.parametrize(("group", "sees", "decides"), [("annotator", 200, 403), ("editor", 200, 302), ("", 403, 403)])
def test_who_may_do_what(client, group, sees, decides):
    make_waiting(1)
    claim, article = Claim.objects.get(), Article.objects.get()
    client.force_login(make_editor(group))
    assert client.get(QUEUE).status_code == client.get(reverse("admin:rules")).status_code == sees
    assert client.get(reverse("admin:queue_unread")).status_code == sees
    for address in (
        reverse("admin:queue_decide", args=["claim", claim.pk]), reverse("admin:queue_review", args=[article.pk]),
    ):  # fmt: skip
        assert client.post(address, {"do": "accept"}).status_code == decides
    assert client.post(reverse("admin:queue_all"), {"do": "accept"}).status_code == decides
    if group != "editor":
        claim.refresh_from_db(), article.refresh_from_db()
        assert claim.is_suggestion and article.reviewed_at is None
