"""The history: who changed what, and from what to what, act by act."""

import pghistory
import pytest
from django.urls import reverse

from articles.curation import decisions, history
from articles.differences import LONG, differences
from articles.models import Article, ArticleActor
from articles.vocabulary import Publication
from tests.curation.conftest import tick
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_editor,
    make_mention,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db


def entries(row):
    return history.timeline(type(row), row.pk)[0]


def told(row):
    return [
        (group.what, change.name, change.before, change.after)
        for entry in entries(row) for group in entry.groups for change in group.changes
    ]  # fmt: skip


def rename(article, title, user):
    with pghistory.context(user=user.pk):
        article.title = title
        article.save()
    tick()


def test_values_before_and_after_each_act(editor):
    other = make_editor()
    article = make_article(title="First", status=Publication.INBOX, source=make_source())
    rename(article, "Second", other)
    rename(article, "Third", editor)
    decisions.publish(Article.objects.all(), editor)
    assert told(article) == [
        ("", "status", "inbox", "published"), ("", "title", "Second", "Third"), ("", "title", "First", "Second"),
    ]  # fmt: skip
    assert [entry.who for entry in entries(article)] == [editor.username, editor.username, other.username]


def test_what_no_person_did_is_the_systems():
    article = make_article(title="First")
    Article.objects.update(title="Second")
    assert [entry.who for entry in entries(article)] == ["the system"]
    assert history.act_named(Article, article.pk, entries(article)[0].act.key) == entries(article)[0].act


def test_keys_are_named_also_of_rows_that_are_gone(editor):
    survivor, loser = make_source("The Jakarta Post"), make_source("Jakarta Post")
    article = make_article(source=loser)
    decisions.merge_sources(survivor, [loser], editor)
    assert told(article) == [("", "source", "Jakarta Post", "The Jakarta Post")]


def test_bylines_statements_and_references_of_an_article_too(editor):
    article = make_article(authors=[make_author("Ayu")])
    claim = make_claim(article)
    article.references.create(position=1, text="A report")
    with pghistory.context(user=editor.pk):
        article.bylines.get().delete()
        claim.delete()
        article.references.get().delete()
    (entry,) = entries(article)
    assert {(group.what, group.done, *group.rows) for group in entry.groups} == {
        ("byline", "deleted", "Ayu"), ("claim", "deleted", claim.exact), ("reference", "deleted", "A report"),
    }  # fmt: skip


def test_what_a_person_adds_is_told(editor):
    article = make_article()
    with pghistory.context(user=editor.pk):
        make_claim(article)
    (entry,) = entries(article)
    assert [(group.what, group.done) for group in entry.groups] == [("claim", "added")]


def test_a_bulk_act_is_one_line(editor):
    article = make_article()
    for quote in ("Indonesia should open its ports to relief ships.", "The harbour stood empty for years."):
        make_recommendation(article, quote)
    make_claim(article)
    decisions.accept_suggestions(Article.objects.all(), editor)
    acts = entries(article)
    groups = [group for entry in acts for group in entry.groups]
    assert sorted((group.n, group.what) for group in groups) == [(1, "claim"), (2, "policy recommendation")]
    assert {(c.name, c.before, c.after) for g in groups for c in g.changes} == {("status", "suggested", "accepted")}


def test_whom_a_statement_names_is_told_with_what_it_was(editor):
    indonesia, korea = make_actor(), make_actor("North Korea")
    row = make_recommendation(make_article(), addressees=[indonesia])
    with pghistory.context(user=editor.pk):
        row.addressees.set([korea])
    assert told(row) == [("", "addressees", "Indonesia", "North Korea")]
    assert told(row.article) == [("policy recommendation", "addressees", "Indonesia", "North Korea")]


def test_mentions_are_told_as_counts(editor):
    korea, article = make_actor("North Korea"), make_article()
    make_mention(article, korea)
    with pghistory.context(user=editor.pk):
        make_mention(article, korea, start=0)
    assert told(article) == [("mentions", "North Korea", "1", "2")]
    assert not entries(article)[0].is_restorable
    assert ArticleActor.objects.get().n == 2


def test_what_follows_from_other_changes_is_not_told():
    article = make_article()
    Article.objects.get(pk=article.pk).save()  # only its time of change
    assert entries(article) == []


def test_long_texts_are_cut_to_where_they_differ():
    before = "Ships wait here. " * LONG + "One harbour is open.\n" + "Rice is dear. " * LONG
    pieces = differences(before, before.replace("harbour", "port"))
    assert [(p.kind, p.text) for p in pieces if p.kind in ("gone", "new")] == [("gone", "harbour"), ("new", "port")]
    assert [p.kind for p in pieces][:2] == ["gap", "same"]
    assert sum(len(piece.text) for piece in pieces) < 2 * LONG


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("a", "a"), ("", "new"), ("a b\nc", "a c\nc\nd"), ("é ا", "ا é")]
)
def test_short_texts_are_whole(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after


def test_of_ten_thousand_words_only_those_that_changed_differ():
    before = "\n\n".join(f"Paragraph {n} " + "of words that stay " * 30 for n in range(80))
    pieces = differences(before, before.replace("Paragraph 4", "Section 4"))
    assert sum(piece.kind == "new" for piece in pieces) == 11


def test_the_page_of_an_author_who_changed_in_the_admin(desk, editor, django_assert_max_num_queries):
    author = make_author("Ayu Author")
    values = {"name": "Ayu A. Author", "aliases": "", "slug": author.slug, "orcid": "", "wikidata": ""}
    desk.post(reverse("admin:articles_author_change", args=[author.pk]), values)
    with django_assert_max_num_queries(14):
        page = desk.get(reverse("admin:articles_author_history", args=[author.pk])).content.decode()
    assert f'<span class="who">{editor.username}</span>' in page
    assert "<del>Ayu Author</del>" in page
    assert "<ins>Ayu A. Author</ins>" in page
    assert page.count('class="entry"') == 1  # the admin's note stands beside the change
    assert "from 127.0.0.1" in page
    assert f"/admin/articles/author/{author.pk}/change/" in page


def test_a_history_of_nothing_and_of_no_row(desk):
    author = make_author()
    assert b"Nothing has changed" in desk.get(reverse("admin:articles_author_history", args=[author.pk])).content
    assert desk.get(reverse("admin:articles_author_history", args=[0])).status_code == 302


def changed_often(article, n, user):
    for number in range(n):
        with pghistory.context(user=user.pk):
            article.title, article.source = f"{n} {number}", make_source()
            article.save()


def test_many_changes_ask_no_more_questions(desk, editor, django_assert_num_queries):
    article = make_article(authors=[make_author()])
    address = reverse("admin:articles_article_history", args=[article.pk])
    for n in (2, 20):
        changed_often(article, n, editor)
        desk.get(address)  # what is asked once in a process is asked here
        with django_assert_num_queries(12):
            desk.get(address)


def test_ten_thousand_events_are_turned_page_by_page(desk, editor, django_assert_max_num_queries):
    article = make_article()
    changed_often(article, 1, editor)
    event, context = Article.pgh_event_model, Article.pgh_event_model.objects.get().pgh_context
    copy = event.objects.values().get()
    hours = [context.created_at - history.timedelta(hours=n + 1) for n in range(10_000)]
    del copy["pgh_id"]
    event.objects.bulk_create(
        event(**copy | {"pgh_context_id": None, "pgh_created_at": hour, "title": f"Version {-n}"})
        for n, hour in sorted(enumerate(hours), key=lambda pair: pair[1])
    )
    address = reverse("admin:articles_article_history", args=[article.pk])
    desk.get(address)
    with django_assert_max_num_queries(12):
        page = desk.get(address).content.decode()
    assert page.count('class="entry"') == history.ACTS
    seen, address_of_page = set(), address
    for _ in range(3):
        found = desk.get(address_of_page).context["entries"]
        assert not seen & {entry.act for entry in found}
        seen |= {entry.act for entry in found}
        address_of_page = f"{address}?before={found[-1].at.isoformat().replace('+', '%2B')}"
    assert len(seen) == 3 * history.ACTS
