"""Lists: they answer, they find, they filter, and ask as many questions for a full page as for two rows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Document, ImportItem, ImportRun, Work
from articles.vocabulary import Publication, Review
from tests.factories import make_actor, make_article, make_author, make_claim, make_recommendation, make_source

pytestmark = pytest.mark.django_db
QUERIES = {
    "article": 7, "claim": 9, "policyrecommendation": 10, "author": 6, "source": 6, "actor": 6, "work": 7,
    "document": 7, "importrun": 7, "importitem": 6,
}  # fmt: skip


def fill(numbers: range) -> None:
    for number in numbers:
        actor, author = make_actor(f"Actor {number}"), make_author()
        article = make_article(
            actors=[actor], authors=[author], source=make_source(country=actor),
            work=Work.objects.create(), relation="original",
        )  # fmt: skip
        make_claim(article, actors=[actor], claimant=actor)
        make_recommendation(article, addressees=[actor], targets=[actor], recommender=actor)
        document = Document.objects.create(sha256=f"{number:064}", raw=b"x", size=1, article=article)
        run = ImportRun.objects.create(paths="inbox")
        ImportItem.objects.create(run=run, location="a.txt", outcome="created", article=article, document=document)


def listed(client, model, **question):
    answer = client.get(reverse(f"admin:articles_{model}_changelist"), question)
    assert answer.status_code == 200
    return {row.pk for row in answer.context["cl"].result_list}


@pytest.mark.parametrize("model", QUERIES)
def test_questions_do_not_grow_with_rows(model, desk, django_assert_num_queries):
    for numbers in (range(2), range(2, 20)):
        fill(numbers)
        listed(desk, model)  # what is asked once in a process is asked here
        with django_assert_num_queries(QUERIES[model]):
            assert len(listed(desk, model)) == numbers.stop


@pytest.mark.parametrize("model", QUERIES)
def test_an_empty_list_answers(model, desk):
    assert listed(desk, model) == set()


def test_long_columns_stay_where_they_are(desk):
    make_article()
    row = desk.get(reverse("admin:articles_article_changelist")).context["cl"].result_list[0]
    assert {"body", "sketch", "as_read"} <= row.get_deferred_fields()


@pytest.mark.parametrize(
    ("words", "found"),
    [("relief ships", True), ('"open its ports"', True), ("rice -relief", False), ("Ope", True), ("quux", False)],
)
def test_articles_are_found_by_words_of_text_or_part_of_a_title(words, found, desk):
    article = make_article()
    assert (article.pk in listed(desk, "article", q=words)) is found


def test_an_article_in_a_language_without_a_configuration_is_found(desk):
    article = make_article(language="ja", title="港を開けよ", body="港 は 空 だ")
    assert listed(desk, "article", q="空") == {article.pk}


def test_filters_of_the_flow(desk, editor):
    today = timezone.localdate()
    late = make_article(status=Publication.INBOX, assignee=editor, due=today - timedelta(days=1))
    soon = make_article(status=Publication.READY, due=today, publish_at=timezone.now())
    make_article(due=today - timedelta(days=1))
    for question, found in (
        ({"assignee": "me"}, {late.pk}), ({"assignee": editor.pk}, {late.pk}), ({"due": "over"}, {late.pk}),
        ({"due": "week"}, {soon.pk}), ({"due": "scheduled"}, {soon.pk}), ({"due": "desk"}, {late.pk, soon.pk}),
        ({"assignee": "nobody", "due": "desk"}, {soon.pk}),
    ):  # fmt: skip
        assert listed(desk, "article", **question) == found, question


def test_article_filters(desk):
    actor, author, source = make_actor(), make_author(), make_source()
    article = make_article(actors=[actor], authors=[author], source=source, status=Publication.INBOX)
    other = make_article(language="id", published=None)
    make_claim(article)
    for question in (
        {"status__exact": "inbox"}, {"source": source.pk}, {"author": author.pk}, {"actor": actor.pk},
        {"year": "2024"}, {"suggestions": "open"}, {"language": "en"},
    ):  # fmt: skip
        assert listed(desk, "article", **question) == {article.pk}, question
    for question in ({"year": "none"}, {"suggestions": "done"}, {"language": "id"}):
        assert listed(desk, "article", **question) == {other.pk}, question


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "٣", "0", "%27"])
@pytest.mark.parametrize("name", ["source", "author", "actor", "year", "suggestions", "language", "assignee", "due"])
def test_a_filter_that_makes_no_sense_breaks_nothing(name, value, desk):
    make_article()
    listed(desk, "article", **{name: value})


def test_a_filter_loads_the_row_chosen_and_no_other(desk):
    chosen, other = make_source("The Chosen Post"), make_source("The Other Post")
    page = desk.get(reverse("admin:articles_article_changelist"), {"source": chosen.pk}).content.decode()
    assert chosen.name in page
    assert other.name not in page


def test_statement_filters(desk):
    actor = make_actor()
    article = make_article()
    told = make_recommendation(article, addressees=[actor], confidence=0.95, rule="en.should", instrument="economic")
    make_recommendation(make_article(language="id"), confidence=0.4, rule="en.must", status=Review.ACCEPTED)
    for question in (
        {"status__exact": "suggested"}, {"addressee": actor.pk}, {"confidence": "90"}, {"rule": "en.should"},
        {"instrument__exact": "economic"}, {"language": "en"}, {"article": article.pk},
        {"q": "relief", "rule": "en.should"},
    ):  # fmt: skip
        assert listed(desk, "policyrecommendation", **question) == {told.pk}, question


@pytest.mark.parametrize("words", ["élie", "ELIE", "wiesel", "Vizel"])
def test_authors_are_found_by_any_name_whatever_the_accents(words, desk):
    author = make_author("Élie Wiesel", aliases=["vizel"])
    make_author("Somebody Else")
    assert listed(desk, "author", q=words) == {author.pk}


def test_actors_are_found_by_any_of_their_names(desk):
    actor = make_actor("North Korea")
    actor.names.create(text="Pyongyang", kind="capital")
    assert listed(desk, "actor", q="pyong") == {actor.pk}


def test_autocompletion_offers_first_what_begins_like_it(desk):
    belarus, russia = make_actor("Belarus"), make_actor("Russia")
    belarus.names.create(text="Belorussia")
    question = {"app_label": "articles", "model_name": "claim", "field_name": "claimant", "term": "Russ"}
    found = desk.get(reverse("admin:autocomplete"), question).json()["results"]
    assert [row["id"] for row in found] == [str(russia.pk), str(belarus.pk)]


def test_autocompletion_answers_without_long_columns(desk, django_assert_max_num_queries):
    article = make_article(title="Open the ports")
    question = {"app_label": "articles", "model_name": "claim", "field_name": "article", "term": "ports"}
    with django_assert_max_num_queries(12):
        answer = desk.get(reverse("admin:autocomplete"), question)
    assert answer.json()["results"] == [{"id": str(article.pk), "text": "Open the ports"}]


def test_how_many_are_left_to_review(desk):
    make_claim(make_article())
    assert b"<b>1</b> left to review" in desk.get(reverse("admin:articles_claim_changelist")).content
