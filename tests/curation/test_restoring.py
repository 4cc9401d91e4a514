"""Going back: what is shown first, what is put back, what comes back from deletion, and how that is undone."""

import pghistory
import pytest
from django.urls import reverse

from articles.curation import decisions, history, restoring, texts
from articles.models import Article, Author, Byline, Claim, PolicyRecommendation
from articles.vocabulary import Publication, Review, Verdict
from tests.curation.conftest import tick
from tests.factories import (
    BODY,
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_editor,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db


def latest(row, model=None):
    tick()
    return history.timeline(model or type(row), row.pk)[0][0].act


def boxes(rows):
    """Return what a preview offers with what the act touched ticked."""
    return {
        box
        for row in rows if row.touched
        for box in ([value.key for value in row.values] if row.does == "change" else [row.name])
    }  # fmt: skip


def put_back(model, key, act, user):
    n = restoring.restore(model, key, act, boxes(restoring.plan(model, key, act, user)), user)
    tick()
    return n


def save(row, user, **values):
    with pghistory.context(user=user.pk):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    tick()


def test_a_value_goes_back_and_that_is_undone_in_the_same_way(editor):
    author = make_author("Ayu")
    save(author, editor, name="Bima")
    assert put_back(Author, author.pk, latest(author), editor) == 1
    author.refresh_from_db()
    assert author.name == "Ayu"
    (entry, *_) = history.timeline(Author, author.pk)[0]
    assert (entry.who, entry.restored is not None) == (editor.username, True)
    put_back(Author, author.pk, entry.act, editor)
    author.refresh_from_db()
    assert author.name == "Bima"


def test_an_older_version_takes_later_changes_of_its_values_along(editor):
    author = make_author("Ayu")
    save(author, editor, name="Bima")
    first = latest(author)
    save(author, editor, name="Citra")
    put_back(Author, author.pk, first, editor)
    author.refresh_from_db()
    assert author.name == "Ayu"


def test_only_what_is_chosen_goes_back(editor):
    source = make_source("The Port", kind="blog")
    save(source, editor, name="The Harbour", kind="magazine")
    act = latest(source)
    rows = restoring.plan(type(source), source.pk, act, editor)
    assert [(value.label, value.now, value.then) for value in rows[0].values] == [
        ("name", "The Harbour", "The Port"), ("kind", "magazine", "blog"),
    ]  # fmt: skip
    restoring.restore(type(source), source.pk, act, {f"source.{source.pk}.kind"}, editor)
    source.refresh_from_db()
    assert (source.name, source.kind) == ("The Harbour", "blog")


def test_a_date_goes_back_with_its_precision(editor):
    article = make_article()
    save(article, editor, published=None, published_precision="", published_provenance="")
    (row,) = restoring.plan(Article, article.pk, latest(article), editor)
    assert [(value.label, value.now, value.then) for value in row.values] == [
        ("published", "nothing", "22 Jul 2024 · day · printed")
    ]
    put_back(Article, article.pk, latest(article), editor)
    article.refresh_from_db()
    assert (str(article.published), article.published_precision) == ("2024-07-22", "day")


def test_a_text_goes_back_and_its_statements_are_found_again(editor):
    article = make_article()
    claim = make_claim(article)
    with pghistory.context(user=editor.pk):
        article.body = "Something else stands here now."
        texts.follow(article, BODY)
    claim.refresh_from_db()
    assert claim.verdict == Verdict.LOST
    put_back(Article, article.pk, latest(article), editor)
    claim.refresh_from_db(), article.refresh_from_db()
    assert (article.body, claim.verdict) == (BODY, Verdict.EXACT)
    assert article.body[claim.start : claim.end] == claim.exact


def test_a_bulk_decision_goes_back_as_one(editor):
    article = make_article()
    rows = [make_claim(article), make_recommendation(article)]
    decisions.accept_suggestions(Article.objects.all(), editor)
    tick()
    for entry in history.timeline(Article, article.pk)[0]:
        put_back(Article, article.pk, entry.act, editor)
    for row in rows:
        row.refresh_from_db()
        assert (row.status, row.decided_by, row.decided_at) == (Review.SUGGESTED, None, None)


def test_whom_a_recommendation_tells_goes_back(editor):
    indonesia, korea = make_actor(), make_actor("North Korea")
    told = make_recommendation(make_article(), addressees=[indonesia], targets=[korea])
    with pghistory.context(user=editor.pk):
        told.addressees.set([korea])
    act = latest(told)
    assert put_back(PolicyRecommendation, told.pk, act, editor) == 1
    assert list(told.addressees.all()) == [indonesia]
    put_back(PolicyRecommendation, told.pk, latest(told), editor)
    assert list(told.addressees.all()) == [korea]


def test_a_deleted_statement_comes_back_with_whom_it_is_about(editor):
    indonesia = make_actor()
    claim = make_claim(make_article(), actors=[indonesia], status=Review.ACCEPTED)
    key, article = claim.pk, claim.article
    with pghistory.context(user=editor.pk):
        claim.delete()
    assert put_back(Article, article.pk, latest(article), editor) == 1
    again = Claim.objects.get()
    assert (again.pk, again.status, list(again.actors.all())) == (key, Review.ACCEPTED, [indonesia])
    put_back(Article, article.pk, latest(article), editor)
    assert not Claim.objects.exists()


def test_a_deleted_article_comes_back_whole(editor):
    author, source = make_author("Ayu"), make_source()
    article = make_article(authors=[author], source=source)
    claim, key, came_in = make_claim(article), article.pk, article.created_at
    article.references.create(position=1, text="A report")
    with pghistory.context(user=editor.pk):
        article.delete()
    put_back(Article, key, history.timeline(Article, key)[0][0].act, editor)
    again = Article.objects.get()
    assert (again.pk, again.body, again.source, again.created_at) == (key, BODY, source, came_in)
    assert (again.bylines.get().author, again.claims.get().exact) == (author, claim.exact)
    assert again.references.get().text == "A report"
    assert again.card.status == Publication.PUBLISHED


def test_what_lost_its_parent_stays_away_and_says_so(editor):
    author = make_author("Ayu")
    article = make_article(authors=[author])
    with pghistory.context(user=editor.pk):
        article.bylines.get().delete()
    act = latest(article)
    author.delete()
    tick()
    (row,) = [row for row in restoring.plan(Article, article.pk, act, editor) if row.does == "bring back"]
    assert "author is gone" in row.blocked
    assert restoring.restore(Article, article.pk, act, {row.name}, editor) == 0
    assert not Byline.objects.exists()


def test_an_annotator_puts_nothing_back(client):
    author, annotator = make_author("Ayu"), make_editor("annotator")
    save(author, make_editor(), name="Bima")
    address = reverse("admin:articles_author_restore", args=[author.pk, latest(author).key])
    client.force_login(annotator)
    assert client.get(address).status_code == client.post(address).status_code == 403
    assert b"Restore" not in client.get(reverse("admin:articles_author_history", args=[author.pk])).content


def test_the_page_shows_what_will_change_and_does_it(desk, editor, django_assert_max_num_queries):
    author = make_author("Ayu")
    save(author, editor, name="Bima")
    address = reverse("admin:articles_author_restore", args=[author.pk, latest(author).key])
    with django_assert_max_num_queries(14):
        page = desk.get(address)
    assert "<del>Bima</del>" in page.content.decode()
    answer = desk.post(address, {"seen": page.context["seen"], "chosen": [f"author.{author.pk}.name"]}, follow=True)
    assert "1 row restored" in answer.content.decode()
    author.refresh_from_db()
    assert author.name == "Ayu"


def test_a_preview_that_is_not_true_any_more_is_shown_anew(desk, editor):
    author = make_author("Ayu")
    save(author, editor, name="Bima")
    address = reverse("admin:articles_author_restore", args=[author.pk, latest(author).key])
    seen = desk.get(address).context["seen"]
    save(author, make_editor(), name="Citra")
    answer = desk.post(address, {"seen": seen, "chosen": [f"author.{author.pk}.name"]})
    assert "Something has changed since you looked" in answer.content.decode()
    author.refresh_from_db()
    assert author.name == "Citra"


def test_what_is_gone_is_listed_and_comes_back_from_its_history(client, django_assert_max_num_queries):
    administrator = make_editor("administrator")
    client.force_login(administrator)
    author = make_author("Ayu")
    key = author.pk
    client.post(reverse("admin:articles_author_delete", args=[key]), {"post": "yes"})
    with django_assert_max_num_queries(9):
        page = client.get(reverse("admin:articles_author_deleted")).content.decode()
    assert "Ayu" in page
    shown = client.get(reverse("admin:articles_author_history", args=[key]))
    assert "This author is deleted" in shown.content.decode()
    address = reverse("admin:articles_author_restore", args=[key, shown.context["entries"][0].act.key])
    seen = client.get(address).context["seen"]
    client.post(address, {"seen": seen, "chosen": [f"author.{key}"]})
    assert Author.objects.get().name == "Ayu"


@pytest.mark.parametrize("act", ["0", "nonsense", "00000000000000000000000000000000", "9" * 30])
def test_an_act_that_nobody_did(act, desk):
    author = make_author()
    assert desk.get(reverse("admin:articles_author_restore", args=[author.pk, act])).status_code in (200, 404)
    assert desk.get(reverse("admin:articles_author_restore", args=[author.pk + 1, act])).status_code == 404
