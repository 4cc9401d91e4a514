"""The form of an article: text beside statements, quotes that are found, dates that say what they are."""

import pytest
from django.urls import reverse

from articles.models import Article, PolicyRecommendation, Work
from articles.vocabulary import Origin, Precision, Provenance, Publication, Review, Verdict
from tests.factories import (
    BODY,
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_mention,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db
QUERIES = 24


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def posted(article, **values):
    """Return what a browser sends for an article that nobody changed, but for `values`."""
    form = {
        "title": article.title, "language": article.language, "body": article.body.replace("\n", "\r\n"),
        "url": article.url, "source": article.source_id or "", "via": "", "work": "", "relation": "",
        "published": article.published or "", "published_precision": article.published_precision,
        "published_provenance": article.published_provenance, "slug": article.slug,
        "published_not_before": article.published_not_before or "",
    }  # fmt: skip
    for prefix in ("bylines", "recommendations", "claims"):
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {**form, **values}


def saved(desk, article, **values):
    answer = desk.post(change(article), posted(article, **values))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return Article.objects.get(pk=article.pk)


def test_the_text_stands_beside_its_statements(desk):
    article = make_article(actors=[make_actor("North Korea")])
    claim = make_claim(article)
    page = desk.get(change(article)).content.decode()
    assert f'data-statements="claim-{claim.pk} "' in page
    assert f'id="card-claim-{claim.pk}"' in page
    assert 'title="North Korea"' in page


def test_questions_do_not_grow_with_statements(desk, django_assert_num_queries):
    article, actor = make_article(source=make_source(), authors=[make_author()]), make_actor("North Korea")
    make_mention(article, actor)
    for n in (2, 12):
        for _ in range(n):
            make_claim(article, actors=[actor], claimant=actor)
            make_recommendation(article, addressees=[actor], targets=[actor], recommender=actor)
        desk.get(change(article))  # what is asked once in a process is asked here
        with django_assert_num_queries(QUERIES):
            desk.get(change(article))


def test_saving_unchanged_changes_nothing(desk):
    article = make_article()
    claim = make_claim(article)
    after = saved(desk, article)
    claim.refresh_from_db()
    assert (after.body, after.sketch, claim.verdict) == (BODY, article.sketch, Verdict.EXACT)


def test_an_article_of_hundreds_of_statements_can_be_saved(desk):
    article = make_article()
    for _ in range(300):
        make_claim(article)
    assert saved(desk, article, title="Another title").title == "Another title"


def test_a_corrected_text_takes_its_statements_along(desk):
    article = make_article()
    claim = make_claim(article)
    after = saved(desk, article, body="A line before.\r\n\r\n" + article.body.replace("\n", "\r\n"))
    claim.refresh_from_db()
    assert after.body == "A line before.\n\n" + BODY
    assert (claim.verdict, after.body[claim.start : claim.end]) == (Verdict.MOVED, claim.exact)


def test_a_date_says_that_the_editor_gave_it(desk):
    after = saved(desk, make_article(published=None), published="2024-03-01")
    assert (after.published_precision, after.published_provenance) == (Precision.DAY, Provenance.EDITOR)


def test_a_date_that_stays_keeps_its_provenance(desk):
    assert saved(desk, make_article(), title="Other").published_provenance == Provenance.PRINTED


def test_a_date_taken_away_takes_its_provenance_along(desk):
    after = saved(desk, make_article(), published="")
    assert (after.published, after.published_precision, after.published_provenance) == (None, "", "")


def test_a_version_needs_its_relation(desk):
    other = make_article()
    other.work, other.relation = Work.objects.create(), "original"
    other.save()
    answer = desk.post(change(other), posted(other, work=other.work_id))
    assert b"A version of a work needs its relation to it." in answer.content


def quoting(quote, **more):
    form = {"exact": quote, "kind": "factual", "claimant": "", "occurrence": "", **more}
    return {"claims-TOTAL_FORMS": 1, **{f"claims-0-{name}": value for name, value in form.items()}}


def test_a_person_adds_a_claim_by_its_quote(desk, editor):
    article, actor = make_article(), make_actor()
    saved(desk, article, **quoting("The harbour stood\r\nempty for years.", actors=[actor.pk]))
    claim = article.claims.get()
    assert claim.exact == "The harbour stood empty for years."
    assert (claim.origin, claim.status, claim.decided_by) == (Origin.PERSON, Review.ACCEPTED, editor)
    assert claim.prefix.endswith("relief ships. ")
    assert list(claim.actors.all()) == [actor]


def test_a_person_adds_a_recommendation(desk):
    article, actor = make_article(), make_actor()
    row = {"exact": "open its ports", "action": "open them", "modality": "should", "addressees": [actor.pk]}
    saved(desk, article, **{"recommendations-TOTAL_FORMS": 1, **{f"recommendations-0-{k}": v for k, v in row.items()}})
    told = PolicyRecommendation.objects.get()
    assert (told.exact, list(told.addressees.all())) == ("open its ports", [actor])


def test_a_quote_is_found_in_the_text_as_corrected_in_the_same_form(desk):
    article = make_article()
    saved(desk, article, body=BODY + "\r\n\r\nIt is late.", **quoting("It is late."))
    assert article.claims.get().start == len(BODY) + 2


@pytest.mark.parametrize(
    ("quote", "error"),
    [
        ("Nobody ever said this here.", "The text does not hold this quote."),
        (
            "The harbour stood quite empty for many years.",
            "The nearest passage is “The harbour stood empty for years.”",
        ),
        ("the", "The text holds this quote"),
    ],
)
def test_a_quote_that_is_not_there_says_so(quote, error, desk):
    article = make_article()
    answer = desk.post(change(article), posted(article, **quoting(quote)))
    assert error in answer.content.decode()
    assert not article.claims.exists()


def test_a_quote_that_stands_twice_says_so_and_takes_the_one_meant(desk):
    article = make_article(body="Open the ports. Wait. Open the ports.")
    answer = desk.post(change(article), posted(article, **quoting("Open the ports.")))
    assert "The text holds this quote twice." in answer.content.decode()
    saved(desk, article, **quoting("Open the ports.", occurrence="2"))
    assert article.claims.get().start == 22


def test_a_quote_in_other_marks_is_the_same_quote(desk):
    article = make_article(body="He said: “don’t wait – sail”. They did.")
    saved(desk, article, **quoting('"don\'t wait - sail"'))
    assert article.claims.get().exact.strip("“”") == "don’t wait – sail"


def test_an_address_that_another_article_had_is_refused(desk):
    article, other = make_article(), make_article()
    former = other.slug
    Article.objects.filter(pk=other.pk).update(slug="renamed")
    answer = desk.post(change(article), posted(article, slug=former))
    assert b"This address leads to another row" in answer.content
    assert Article.objects.at(former) == other


def test_a_changed_address_leads_on(desk):
    article = make_article()
    saved(desk, article, slug="a-better-address")
    assert Article.objects.at(article.slug).slug == "a-better-address"


def test_an_article_is_added_with_an_address_of_its_own(desk):
    author = make_author()
    draft = Article(title="New ports", body="One two three.\r\n\r\nFour.", language="en")
    line = {"author": author.pk, "name": "A. Author", "position": 1}
    values = posted(draft, **{"bylines-TOTAL_FORMS": 1, **{f"bylines-0-{name}": value for name, value in line.items()}})
    assert desk.post(reverse("admin:articles_article_add"), values).status_code == 302
    article = Article.objects.get()
    assert (article.slug, article.words, article.status) == ("new-ports", 4, Publication.INBOX)
    assert article.bylines.get().author == author


def test_saving_and_publishing(desk):
    draft = make_article(status=Publication.INBOX, source=make_source())
    assert saved(desk, draft, _publish="").status == Publication.PUBLISHED
    assert saved(desk, draft, _withdraw="", because="It was wrong.").status == Publication.WITHDRAWN


def test_publishing_what_is_blocked_and_withdrawing_need_a_reason(desk):
    draft = make_article(status=Publication.INBOX, source=None)
    assert saved(desk, draft, _publish="").status == Publication.INBOX
    shown = saved(desk, draft, _publish="", because="A leaflet")
    assert (shown.status, shown.nonetheless) == (Publication.PUBLISHED, "A leaflet")
    assert saved(desk, draft, _withdraw="", because=" ").status == Publication.PUBLISHED


def test_the_form_says_what_speaks_against_publishing_and_where_it_is_mended(desk):
    article = make_article(status=Publication.INBOX, published=None, source=None)
    make_claim(article)
    page = desk.get(change(article)).content.decode()
    for place, label in (("id_published", "no date"), ("id_source", "no source"), ("statements", "open suggestions")):
        assert f'<a href="#{place}">{label}</a>' in page
        assert f'id="{place}"' in page


@pytest.mark.parametrize(
    ("button", "here", "there"),
    [("_take_up", "inbox", "in_review"), ("_ready", "in_review", "ready"), ("_put_back", "in_review", "inbox")],
)
def test_saving_and_taking_a_step(button, here, there, desk):
    assert saved(desk, make_article(status=here), **{button: ""}).status == there


def test_an_article_is_scheduled_and_taken_off_the_schedule(desk):
    article = make_article(status=Publication.INBOX, source=make_source())
    row = saved(desk, article, scheduled_0="2099-01-02", scheduled_1="08:00")
    assert (row.status, row.publish_at.year) == (Publication.READY, 2099)
    assert saved(desk, article).publish_at is None
    shown = make_article()
    answer = desk.post(change(shown), posted(shown, scheduled_0="2099-01-02", scheduled_1="08:00"))
    assert "only what is on the desk is scheduled" in answer.content.decode()


def test_an_article_is_given_into_somebodys_hands(desk, editor):
    row = saved(desk, make_article(status=Publication.INBOX), assignee=editor.pk, due="2024-01-02")
    assert (row.assignee, row.due.year) == (editor, 2024)


def test_nothing_in_an_article_is_taken_for_html(desk):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    article = make_article(title=hostile, body=f"{hostile} should open its ports.", source=make_source(hostile))
    make_claim(article, "should open its ports", claimant_text=hostile, rule=hostile)
    for address in (
        change(article),
        reverse("admin:articles_article_changelist"),
        reverse("admin:articles_claim_changelist"),
    ):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(("field", "value"), [("language", "xx"), ("language", "EN"), ("url", "javascript:alert(1)")])
def test_a_language_and_an_address_are_what_they_should_be(field, value, desk):
    article = make_article()
    answer = desk.post(change(article), posted(article, **{field: value}))
    assert answer.context["adminform"].form.errors[field]
