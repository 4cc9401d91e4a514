"""Review: a button a row, in bulk, from a card and from the form, and always back where one was."""

import pytest
from django.urls import reverse

from articles.models import Claim
from articles.vocabulary import Origin, Review, Verdict
from tests.factories import BODY, make_actor, make_article, make_claim, make_recommendation

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/claim/?status__exact=suggested&o=4"


def test_a_button_decides_on_its_row_and_keeps_filter_and_order(desk, editor):
    claim, other = make_claim(make_article()), make_claim(make_article())
    answer = desk.post(LIST, {"_accept": claim.pk})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    claim.refresh_from_db(), other.refresh_from_db()
    assert (claim.status, claim.decided_by, other.status) == (Review.ACCEPTED, editor, Review.SUGGESTED)


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30])
def test_a_button_of_no_row_breaks_nothing(key, desk):
    claim = make_claim(make_article())
    assert desk.post(LIST, {"_reject": key}).status_code in {200, 302}
    claim.refresh_from_db()
    assert claim.is_suggestion


@pytest.mark.parametrize(("action", "status"), [("accept", Review.ACCEPTED), ("reject", Review.REJECTED)])
def test_many_are_decided_at_once(action, status, desk):
    rows = [make_recommendation(make_article()) for _ in range(3)]
    address = reverse("admin:articles_policyrecommendation_changelist")
    desk.post(address, {"action": action, "_selected_action": [row.pk for row in rows[:2]]})
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == [status, status, Review.SUGGESTED]


def test_a_decision_is_taken_back(desk):
    claim = make_claim(make_article(), status=Review.REJECTED)
    desk.post(LIST, {"_reopen": claim.pk})
    claim.refresh_from_db()
    assert (claim.status, claim.decided_at) == (Review.SUGGESTED, None)


def test_all_suggestions_of_an_article_are_decided(desk):
    article = make_article()
    make_claim(article), make_recommendation(article)
    desk.post(
        reverse("admin:articles_article_changelist"), {"action": "accept_suggestions", "_selected_action": [article.pk]}
    )
    assert not article.claims.suggested().exists()
    assert not article.recommendations.suggested().exists()


def test_a_card_answers_with_itself_or_leads_back_to_the_text(desk):
    claim = make_claim(make_article())
    address = reverse("admin:articles_claim_decide", args=[claim.pk])
    card = desk.post(address, {"decision": "_accept"}, headers={"X-Requested-With": "fetch"})
    assert f'id="card-claim-{claim.pk}"' in card.content.decode()
    answer = desk.post(address, {"decision": "_reject"})
    assert answer["Location"] == f"/admin/articles/article/{claim.article_id}/change/#claim-{claim.pk}"
    claim.refresh_from_db()
    assert claim.status == Review.REJECTED
    assert desk.get(address).status_code == 405
    assert desk.post(reverse("admin:articles_claim_decide", args=[0])).status_code == 404


def fields(claim, **values):
    return {"kind": claim.kind, "claimant": "", "claimant_text": "", "voice": "own", "actors": [], **values}


def test_the_form_shows_the_quote_in_its_paragraph(desk):
    claim = make_claim(make_article())
    page = desk.get(reverse("admin:articles_claim_change", args=[claim.pk])).content.decode()
    assert "Because the harvest failed" in page  # of its own paragraph
    assert "The harbour stood empty" not in page  # of another


def test_accepting_in_the_form_saves_and_goes_on_to_the_next(desk):
    article, actor = make_article(), make_actor()
    claim, following = make_claim(article, "Indonesia should open"), make_claim(article)
    kept = "?_changelist_filters=status__exact%3Dsuggested"
    address = reverse("admin:articles_claim_change", args=[claim.pk]) + kept
    answer = desk.post(address, fields(claim, kind="causal", actors=[actor.pk], _accept=""))
    claim.refresh_from_db()
    assert (claim.kind, claim.status, list(claim.actors.all())) == ("causal", Review.ACCEPTED, [actor])
    assert answer["Location"] == reverse("admin:articles_claim_change", args=[following.pk]) + kept
    last = desk.post(answer["Location"], fields(following, _reject=""))
    assert last["Location"] == "/admin/articles/claim/?status__exact=suggested"


def test_saving_alone_decides_nothing(desk):
    claim = make_claim(make_article())
    desk.post(reverse("admin:articles_claim_change", args=[claim.pk]), fields(claim, claimant_text="they"))
    claim.refresh_from_db()
    assert (claim.claimant_text, claim.is_suggestion) == ("they", True)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.LOST, "The text no longer holds this passage."),
        (Verdict.AMBIGUOUS, "The text holds this passage more than once."),
    ],
)
def test_a_passage_without_a_place_is_quoted_anew(verdict, said, desk):
    article = make_article()
    claim = make_claim(article)
    Claim.objects.filter(pk=claim.pk).update(verdict=verdict, exact="Words that are gone")
    address = reverse("admin:articles_claim_change", args=[claim.pk])
    for page in (address, reverse("admin:articles_claim_changelist"), f"/admin/articles/article/{article.pk}/change/"):
        assert said in desk.get(page).content.decode()
    desk.post(address, fields(claim, exact="hunger is spreading", occurrence=""))
    claim.refresh_from_db()
    assert (claim.verdict, claim.exact, claim.start) == (Verdict.EXACT, "hunger is spreading", BODY.index("hunger"))


def test_a_statement_is_added_by_its_quote(desk, editor):
    article = make_article()
    values = fields(Claim(kind="factual"), article=article.pk, exact="hunger is spreading", occurrence="")
    assert desk.post(reverse("admin:articles_claim_add"), values).status_code == 302
    claim = Claim.objects.get()
    assert (claim.origin, claim.status, claim.decided_by) == (Origin.PERSON, Review.ACCEPTED, editor)
