"""Doubtful places: what a new text made doubtful waits until somebody says where it stands, or that it is gone."""

import re

import pytest
from django.urls import reverse

from articles.curation import decisions, placing, texts, workbench
from articles.importing.reanchor import reanchor
from articles.models import Article, Claim, PolicyRecommendation
from articles.vocabulary import Review, Verdict
from tests.factories import make_article, make_claim, make_recommendation

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:queue_places")
QUOTE = "Indonesia should send grain to the north."
BODY = f"North Korea has asked for grain.\n\n{QUOTE} Ships are ready."


def changed(body, **values):
    """Return a statement whose article got another text."""
    article = make_article(body=BODY)
    statement = make_recommendation(article, QUOTE, **values)
    texts.follow(_with(article, body), BODY)
    statement.refresh_from_db()
    return statement


def _with(article, body):
    article.body = body
    return article


REWORDED = BODY.replace("should send grain", "should now send some grain")
TWICE = f"{QUOTE} Or not.\n\nWell: {QUOTE}"
GONE = "Nobody has asked for anything, and nobody was told."


def say(desk, statement, at, passage=None):
    body = Article.objects.get(pk=statement.article_id).body
    start, _, end = at.partition("-")
    shown = body[int(start) : int(end)] if passage is None and end else passage or ""
    address = reverse("admin:queue_place", args=[statement.short_name, statement.pk])
    answer = desk.post(address, {"at": at, "passage": shown}, follow=True)
    statement.refresh_from_db()
    return answer.content.decode()


@pytest.mark.parametrize(
    ("body", "verdict", "offered"),
    [(REWORDED, Verdict.FUZZY, 1), (TWICE, Verdict.AMBIGUOUS, 2), (GONE, Verdict.LOST, 0)],
)
def test_what_is_in_doubt_and_where_it_may_stand(desk, body, verdict, offered):
    statement = changed(body)
    assert (statement.verdict, statement.doubted) == (verdict, QUOTE)
    page = desk.get(PAGE).content.decode()
    assert f"“{QUOTE}”" in page and page.count("It stands here") == offered
    assert page.count("It is gone <kbd>") == 1


def test_what_stands_where_it_stood_is_not_asked(desk):
    changed("A new beginning.\n\n" + BODY)
    assert "No statement’s place is in doubt." in desk.get(PAGE).content.decode()


def test_what_was_rejected_is_not_asked(desk, editor):
    decisions.reject(changed(GONE), editor)
    assert "No statement’s place is in doubt." in desk.get(PAGE).content.decode()


def test_an_offered_place_is_taken_as_it_is_shown(desk, editor):
    statement = changed(TWICE, status=Review.ACCEPTED, decided_by=editor)
    second = re.findall(r'name="at" value="(\d+-\d+)"', desk.get(PAGE).content.decode())[1]
    assert "It stands here:" in say(desk, statement, second)
    assert (statement.start, statement.verdict, statement.doubted) == (TWICE.rindex(QUOTE), Verdict.EXACT, "")
    assert statement.prefix.endswith("Well: ") and statement.status == Review.ACCEPTED
    event = PolicyRecommendation.pgh_event_model.objects.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["user"] == editor.pk


def test_what_is_gone_keeps_its_quote_and_is_not_asked_again(desk):
    statement = changed(REWORDED)
    assert statement.exact != QUOTE
    say(desk, statement, "gone")
    assert (statement.exact, statement.verdict, statement.doubted) == (QUOTE, Verdict.LOST, "")
    reanchor(Article.objects.get())  # as reading again does
    statement.refresh_from_db()
    assert (statement.exact, statement.verdict, statement.doubted) == (QUOTE, Verdict.LOST, "")
    texts.follow(_with(Article.objects.get(), BODY), REWORDED)
    statement.refresh_from_db()
    assert (statement.verdict, statement.doubted) == (Verdict.EXACT, "")  # the passage is there again


def test_a_text_that_changed_meanwhile_is_looked_at_again(desk):
    statement = changed(TWICE)
    page = say(desk, statement, f"0-{len(QUOTE)}", passage="What the page had shown.")
    assert "The text has changed meanwhile" in page and statement.doubted


@pytest.mark.parametrize("at", ["", "-", "x-y", "9-3", "0-999999999999", "5-5"])
def test_nonsense_changes_nothing(desk, at):
    statement = changed(TWICE)
    say(desk, statement, at, passage="x")
    assert statement.doubted and statement.verdict == Verdict.AMBIGUOUS


def test_who_comes_later_is_told(desk, editor):
    statement = changed(TWICE)
    placing.place(statement, 0, len(QUOTE), editor)
    page = say(desk, statement, "gone")
    assert "Somebody else has said where it stands." in page and statement.verdict == Verdict.EXACT


def test_a_place_given_at_the_workbench_ends_the_doubt(editor):
    statement = changed(GONE)
    workbench.move({}, statement, 0, 6, editor)
    statement.refresh_from_db()
    assert (statement.exact, statement.doubted) == ("Nobody", "")


def test_a_quote_pasted_into_its_form_ends_the_doubt(desk):
    statement = changed(GONE)
    address = reverse("admin:articles_policyrecommendation_change", args=[statement.pk])
    form = desk.get(address).context["adminform"].form
    given = {name: value for name, value in form.initial.items() if value and name not in {"addressees", "targets"}}
    desk.post(address, {**given, "exact": "nobody was told", "occurrence": ""})
    statement.refresh_from_db()
    assert (statement.exact, statement.doubted) == ("nobody was told", "")


def test_many_are_shown_page_after_page(desk, django_assert_max_num_queries):
    article = make_article(body=BODY)
    for _ in range(20):
        make_claim(article, QUOTE), make_recommendation(article, QUOTE)
    texts.follow(_with(article, GONE), BODY)
    assert str(placing.count()) == "40"
    with django_assert_max_num_queries(20):
        first = desk.get(PAGE).content.decode()
    second = desk.get(f"{PAGE}?page=2").content.decode()
    assert (first.count("data-row"), second.count("data-row")) == (25, 15)
    assert desk.get(f"{PAGE}?page=99999999999").status_code == 200
    desk.get(PAGE)
    assert "40</b> doubtful places" in desk.get("/admin/").content.decode()
    assert "40 doubtful places" in desk.get(reverse("admin:queue")).content.decode()


def test_annotators_see_and_do_not_say(client, cast):
    statement = changed(TWICE)
    client.force_login(cast["annotator"])
    assert "It stands here" not in client.get(PAGE).content.decode()
    address = reverse("admin:queue_place", args=["recommendation", statement.pk])
    assert client.post(address, {"at": "gone"}).status_code == 403
    assert not Claim.objects.exists()
