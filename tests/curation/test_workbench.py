"""The workbench: an article coded by plain requests; undo and redo; two editors who never overwrite each other."""

from itertools import pairwise

import pytest
from django.urls import reverse

from articles.curation import codebook, undo
from articles.curation.coding import known
from articles.models import Annotation, Article, Claim, PolicyRecommendation, RuleRecord, Topic
from articles.vocabulary import Modality, Origin, Precision, Provenance, Publication, Review
from tests.factories import (
    BODY,
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_editor,
    make_note,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}
TOLD = "Indonesia should open its ports to relief ships."


def at(name, article, *rest):
    return reverse(f"admin:workbench{name and '_'}{name}", args=[article.pk, *rest])


def decide(client, row, verb, seen=None):
    seen = seen or undo.version(type(row).objects.get(pk=row.pk))
    address = at("decide", row.article, row.short_name, row.pk)
    return client.post(f"{address}?seen={seen}", {"decision": verb}, **HTMX)


def back(client, article, way):
    return client.post(at("back", article, way), **HTMX)


def recommend(client, article, passage=TOLD, **values):
    start = article.body.index(passage)
    told = {"start": start, "end": start + len(passage), "exact": passage, "action": "open its ports",
            "modality": "should", "voice": "own", **values}  # fmt: skip
    return client.post(at("new", article, "recommendation"), told, **HTMX)


def test_every_passage_and_statement_is_on_the_page(desk):
    article = make_article(title="Open the ports", actors=[make_actor("Indonesia")])
    make_recommendation(article), make_claim(article, status=Review.REJECTED)
    page = desk.get(at("", article)).content.decode()
    assert 'class="mark recommendation open first mention"' in page
    assert 'class="mark rejected first"' in page
    assert page.index("card-recommendation") < page.index("card-claim")  # reading order
    assert "1 of 2 decided" in page


def test_the_page_asks_no_more_of_the_database_where_there_is_more_to_show(desk, django_assert_num_queries):
    article, crowded = make_article(), make_article()
    make_recommendation(article), make_claim(article)
    for _ in range(3):
        make_recommendation(crowded, addressees=[make_actor()]), make_claim(crowded, actors=[make_actor()])
    desk.get(at("", article))
    for one in (article, crowded):
        with django_assert_num_queries(18):
            desk.get(at("", one))


def test_accepting_answers_with_the_card_and_how_far_the_article_is(desk, editor):
    claim = make_claim(make_article())
    answer = decide(desk, claim, "accept").content.decode()
    claim.refresh_from_db()
    assert (claim.status, claim.decided_by) == (Review.ACCEPTED, editor)
    assert "1 of 1 decided" in answer
    assert 'data-status="accepted"' in answer


def test_a_new_recommendation_is_prefilled_by_the_reader(desk):
    article = make_article(actors=[make_actor("Indonesia")])
    form = desk.get(at("new", article, "recommendation"), {"start": 0, "end": len(TOLD)}, **HTMX).content.decode()
    assert "open its ports to relief ships" in form
    assert '<option value="should" selected>' in form


def test_what_is_typed_becomes_an_accepted_recommendation(desk, editor):
    actor, article = make_actor("Indonesia"), make_article()
    assert recommend(desk, article, addressees="indonesia").status_code == 200
    told = PolicyRecommendation.objects.get()
    assert (told.exact, told.origin, told.status, told.suggested_by) == (TOLD, Origin.PERSON, Review.ACCEPTED, editor)
    assert list(told.addressees.all()) == [actor]
    assert told.modality == Modality.SHOULD


def test_an_actor_that_nobody_knows_is_said(desk):
    answer = recommend(desk, make_article(), addressees="Atlantis")
    assert answer.status_code == 422
    assert "No actor is called “Atlantis”" in answer.content.decode()
    assert not PolicyRecommendation.objects.exists()


@pytest.mark.parametrize("passage", ["Отвори 🚢 порт", "e\u0301te\u0301 👩‍👩‍👧", "يجب على إندونيسيا"])
def test_offsets_count_code_points(desk, passage):
    article = make_article(body=f"👋🏽 {passage}. And so on.")
    assert recommend(desk, article, passage).status_code == 200
    told = PolicyRecommendation.objects.get()
    assert told.exact == passage == article.body[told.start : told.end]


def test_an_annotator_suggests_and_does_not_decide(client):
    client.force_login(make_editor("annotator"))
    article = make_article()
    recommend(client, article)
    told = PolicyRecommendation.objects.get()
    assert told.status == Review.SUGGESTED
    assert decide(client, told, "accept").status_code == 403
    assert client.post(at("publish", article)).status_code == 403
    assert client.get(at("metadata", article)).status_code == 403


def test_a_stranger_sees_nothing(client):
    client.force_login(make_editor(""))
    article = make_article()
    make_claim(article)
    assert client.get(at("", article)).status_code == 403
    assert client.get(at("actors", article), {"q": "i"}).status_code == 403
    assert client.get(at("next", article)).status_code == 403


# Undo


def test_everything_can_be_undone_and_done_again(desk):
    article = make_article(title="Open the ports", status=Publication.INBOX)
    claim, actor = make_claim(article), make_actor("Indonesia")

    def state():
        rows = [article.claims.first(), *PolicyRecommendation.objects.all(), *Annotation.objects.all()]
        fresh = Article.objects.get(pk=article.pk)
        return [undo.snapshot(row) for row in (fresh, *fresh.bylines.all(), *rows)]

    states = [state()]
    decide(desk, claim, "accept")
    states.append(state())
    recommend(desk, article, addressees=actor.name)
    states.append(state())
    told = PolicyRecommendation.objects.get()
    moved = {"start": 0, "end": 9, "seen": undo.version(told)}
    desk.post(at("move", article, "recommendation", told.pk), moved, **HTMX)
    states.append(state())
    note = {"text": "Check this.", "visibility": "team", "start": 0, "end": 9, "exact": BODY[:9]}
    desk.post(at("new", article, "note"), note, **HTMX)
    states.append(state())
    known_ = {"title": "Ports", "authors": "Ayu\nBea", "source": "The Post", "published": "2024-07", "language": "en"}
    fresh = Article.objects.get(pk=article.pk)
    desk.post(at("metadata", article), {**known_, "seen": undo.version(fresh)}, **HTMX)
    states.append(state())
    desk.post(at("publish", article), {"do": "publish", "because": "Enough of it is reviewed"}, **HTMX)
    states.append(state())
    assert all(one != other for one, other in pairwise(states))
    for before in states[-2::-1]:
        back(desk, article, "undo")
        assert state() == before
    for after in states[1:]:
        back(desk, article, "redo")
        assert state() == after


def test_publishing_nonetheless_and_withdrawing_take_a_reason(desk):
    article = make_article(source=None, status=Publication.INBOX)
    answer = desk.post(at("publish", article), {"do": "publish"}, **HTMX)
    assert answer.status_code == 422 and "no source" in answer.content.decode()
    assert desk.post(at("publish", article), {"do": "publish", "because": " "}, **HTMX).status_code == 422
    assert Article.objects.on_desk().exists()
    desk.post(at("publish", article), {"do": "publish", "because": "A leaflet"}, **HTMX)
    assert Article.objects.published().get().nonetheless == "A leaflet"
    asked = desk.post(at("publish", article), {"do": "withdraw"})
    assert asked.status_code == 422 and "Readers are told the reason" in asked.content.decode()  # without scripts, too
    assert Article.objects.published().exists()
    desk.post(at("publish", article), {"do": "withdraw", "because": "The author asked for it"})
    assert Article.objects.withdrawn().get().withdrawn_because == "The author asked for it"


def test_what_somebody_else_changed_since_is_not_undone(desk):
    claim = make_claim(make_article())
    decide(desk, claim, "accept")
    Claim.objects.update(status=Review.REJECTED)
    answer = back(desk, claim.article, "undo").content.decode()
    assert "was changed by somebody else" in answer
    assert Claim.objects.get().status == Review.REJECTED


def test_one_editor_does_not_undo_what_another_did(desk, client):
    claim = make_claim(make_article())
    decide(desk, claim, "accept")
    client.logout()
    client.force_login(make_editor())
    back(client, claim.article, "undo")
    assert Claim.objects.get().status == Review.ACCEPTED


# Two editors


def test_who_saves_later_is_shown_both_and_chooses(desk, editor):
    article = make_article()
    told = make_recommendation(article)
    seen = undo.version(told)
    PolicyRecommendation.objects.update(action="close its ports")
    mine = {"action": "open its harbours", "modality": "should", "voice": "own", "seen": seen}
    address = at("edit", article, "recommendation", told.pk)
    answer = desk.post(address, mine, **HTMX)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "close its ports" in shown
    assert "open its harbours" in shown
    assert PolicyRecommendation.objects.get().action == "close its ports"
    desk.post(address, {**mine, "seen": undo.version(PolicyRecommendation.objects.get())}, **HTMX)
    assert PolicyRecommendation.objects.get().action == "open its harbours"


def test_a_decision_on_what_was_changed_meanwhile_is_asked_again(desk):
    claim = make_claim(make_article())
    seen = undo.version(claim)
    Claim.objects.update(kind="causal")
    answer = decide(desk, claim, "accept", seen)
    assert answer.status_code == 409
    assert "Changed meanwhile" in answer.content.decode()
    assert Claim.objects.get().status == Review.SUGGESTED


def test_metadata_that_was_corrected_meanwhile_is_not_overwritten(desk):
    article = make_article(title="Open the ports")
    seen = undo.version(article)
    Article.objects.update(title="Ports, open")
    answer = desk.post(at("metadata", article), {"title": "Mine", "language": "en", "seen": seen}, **HTMX)
    assert "Ports, open" in answer.content.decode()
    assert Article.objects.get().title == "Ports, open"


# Metadata


def test_a_corrected_date_says_that_an_editor_gave_it(desk):
    article = make_article(authors=[make_author("Ayu")], source=make_source("The Post"))
    seen = undo.version(article, *article.bylines.all())
    told = {**known(article), "authors": "Ayu", "published": "2023-05", "seen": seen}
    assert desk.post(at("metadata", article), told, **HTMX).status_code == 200
    article.refresh_from_db()
    assert (article.published_precision, article.published_provenance) == (Precision.MONTH, Provenance.EDITOR)
    assert article.source.name == "The Post"


@pytest.mark.parametrize(
    "wrong", [{"published": "22 July"}, {"published": "2024-13"}, {"language": "qq"}, {"url": "x"}]
)
def test_wrong_metadata_is_said(desk, wrong):
    article = make_article()
    seen = undo.version(article)
    assert desk.post(at("metadata", article), {"title": "T", **wrong, "seen": seen}, **HTMX).status_code == 422


def test_what_else_was_heard_is_one_click_away(desk):
    heard = [{"value": "Open", "rule": "text.title"}, {"value": "Ports", "rule": "html.title"}]
    article = make_article(title="Open", evidence={"title": heard})
    page = desk.get(at("", article)).content.decode()
    assert 'value="title:1"' in page
    desk.post(at("metadata", article), {"take": "title:1", "seen": undo.version(article)}, **HTMX)
    article.refresh_from_db()
    assert article.title == "Ports"
    assert article.published_provenance == Provenance.PRINTED  # what was not touched stays


# The rest


def test_a_note_stands_on_the_selected_passage(desk):
    article = make_article()
    note = {"text": "Check **this**.", "visibility": "team", "start": 0, "end": 9, "exact": BODY[:9]}
    assert "<strong>this</strong>" in desk.post(at("new", article, "note"), note, **HTMX).content.decode()
    assert Annotation.objects.get().exact == "Indonesia"


def test_a_private_note_of_another_is_not_shown(desk):
    article = make_article()
    make_note(article, make_editor(), "Mine alone.", visibility="private")
    assert "Mine alone." not in desk.get(at("", article)).content.decode()


def test_actors_of_the_article_are_offered_first(desk):
    make_actor("India")
    article = make_article(actors=[make_actor("Indonesia")])
    assert desk.get(at("actors", article), {"q": "ind"}).json() == {"names": ["Indonesia", "India"]}


def test_next_leads_to_the_latest_article_with_open_suggestions(desk):
    waiting, done, here = make_article(), make_article(), make_article()
    make_claim(waiting), make_claim(done, status=Review.ACCEPTED)
    assert desk.get(at("next", here))["Location"] == at("", waiting)
    assert desk.get(at("next", waiting))["Location"] == f"{reverse('admin:queue')}?order=article"


@pytest.mark.parametrize("order", ["doubtful", "precision"])
def test_next_goes_through_the_queue_as_it_was_asked_and_leads_back_to_it(desk, order):
    articles = [make_article() for _ in range(3)]
    for article, confidence in zip(articles, (0.9, 0.3, 0.6), strict=True):
        make_claim(article, rule="c", confidence=confidence)
        make_recommendation(article, rule="r", confidence=confidence)
    asked = f"{reverse('admin:queue')}?kind=claim&order={order}"
    desk.get(asked)
    ways = {"doubtful": [1, 2, 0], "precision": [0, 2, 1]}[order]
    here, led = articles[ways[0]], []
    for _ in range(3):
        location = desk.get(at("next", here))["Location"]
        led.append(location)
        here = next((one for one in articles if at("", one) == location), here)
    assert led == [at("", articles[ways[1]]), at("", articles[ways[2]]), asked]
    assert "No other article in this queue" in desk.get(asked).content.decode()


def test_a_statement_is_coded_under_a_topic_and_that_can_be_undone(desk, editor):
    claim = make_claim(make_article())
    address = at("code", claim.article, "claim", claim.pk)
    seen = desk.get(address).context["seen"]
    told = {"topic": " trade   Talks ", "stance": "opposes", "seen": seen}
    answer = desk.post(address, told, **HTMX)
    assert answer.status_code == 422 and "No topic is called “trade Talks”" in answer.content.decode()
    assert 'name="add"' in answer.content.decode()
    assert desk.post(address, {**told, "add": "1"}, **HTMX).status_code == 200
    coding = claim.codings.get()
    assert (coding.topic.name, coding.stance, coding.coded_by) == ("trade Talks", "opposes", editor)
    page = desk.get(at("", claim.article)).content.decode()
    assert ">trade Talks</a>" in page and "stance opposes" in page
    assert desk.post(address, {**told, "stance": "supports"}, **HTMX).status_code == 422  # coded since
    assert claim.codings.get().stance == "opposes"
    seen = desk.get(address).context["seen"]
    desk.post(address, {"uncode": coding.pk, "seen": seen}, **HTMX)
    assert not claim.codings.exists()
    for left in (1, 0):
        desk.post(at("back", claim.article, "undo"), **HTMX)
        assert claim.codings.count() == left
    assert Topic.objects.get().name == "trade Talks"


def test_the_likeliest_topic_is_filled_in(desk, editor):
    topic = codebook.add("Tariffs", editor)
    codebook.code(
        make_claim(make_article(body="Tariffs hurt farmers."), exact="Tariffs hurt farmers."), topic, "opposes", editor
    )
    claim = make_claim(make_article(body="Tariffs hurt fishers."), exact="Tariffs hurt fishers.")
    form = desk.get(at("code", claim.article, "claim", claim.pk)).context["form"]
    assert (form["topic"].value(), form["stance"].value()) == (topic, "opposes")
    assert desk.get(at("topics", claim.article), {"q": "arif"}).json() == {"names": ["Tariffs"]}


def test_an_annotator_adds_no_topic_to_the_codebook(client):
    client.force_login(make_editor("annotator"))
    claim = make_claim(make_article())
    address = at("code", claim.article, "claim", claim.pk)
    answer = client.post(address, {"topic": "Trade", "stance": "neutral", "seen": "", "add": "1"}, **HTMX)
    assert answer.status_code in {403, 422} and not Topic.objects.exists()


def test_cards_show_how_likely_editors_accept(desk):
    claim = make_claim(make_article(), rule="c", confidence=0.5)
    RuleRecord.objects.update_or_create(
        {"accepted": 30, "rejected": 0}, kind="claim", rule="c", language=claim.article.language
    )
    page = desk.get(at("", claim.article)).content.decode()
    assert '<b class="sure">0.97</b>' in page and "editors accepted 30 of 30" in page


def test_without_scripts_the_same_forms_are_pages(desk):
    article = make_article()
    assert "<h1" in desk.get(at("new", article, "claim")).content.decode()
    told = {"exact": TOLD, "action": "open", "modality": "should", "voice": "own"}
    answer = desk.post(at("new", article, "recommendation"), told)
    told = PolicyRecommendation.objects.get()
    assert answer["Location"] == f"{at('', article)}#{told.fragment}"


@pytest.mark.parametrize("name", ["decide", "move", "delete"])
def test_acts_are_posted(desk, name):
    claim = make_claim(make_article())
    assert desk.get(at(name, claim.article, "claim", claim.pk)).status_code == 405
    assert desk.post(at(name, claim.article, "psalm", claim.pk)).status_code == 404
    other = make_article()
    assert desk.post(at(name, other, "claim", claim.pk)).status_code == 404
