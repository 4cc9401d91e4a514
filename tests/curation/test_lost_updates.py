"""Two people in one row: what merges by itself, what is to choose, and that nothing typed is lost."""

import re

import pghistory
import pytest
from django.urls import reverse

from articles.curation import decisions, lost_updates
from articles.models import Actor, ActorName, Article, Author, Claim, PolicyRecommendation, Source
from articles.vocabulary import Review
from tests.factories import (
    make_actor,
    make_article,
    make_author,
    make_claim,
    make_editor,
    make_recommendation,
    make_source,
)

pytestmark = pytest.mark.django_db


def change(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def opened(desk, row):
    """Return the form as a browser has it: every field with its value."""
    page = desk.get(change(row))
    form = page.context["adminform"].form
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    fields = [field for one in (form, *(f for formset in formsets for f in formset.forms)) for field in one]
    fields += [field for formset in formsets for field in formset.management_form]
    values = {field.html_name: field.value() for field in fields}
    values |= dict(re.findall(r'type="hidden" name="([\w-]*version)" value="([^"]*)"', page.content.decode()))
    return {name: value for name, value in values.items() if value is not None and value is not False}


def by(user, row, **values):
    with pghistory.context(user=user.pk):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


@pytest.fixture
def ayu(db):
    return make_editor(name="ayu")


def merged(row, version, **typed):
    return lost_updates.merge(row, version, typed)


def test_a_row_that_nobody_touched_takes_what_is_typed():
    source = make_source("The Port")
    done = merged(source, lost_updates.version(source), name="The Harbour", kind="other")
    assert (done.values, done.conflicts, done.taken) == ({"name": "The Harbour", "kind": "other"}, [], [])


def test_fields_that_only_one_changed_merge(ayu):
    source = make_source("The Port", kind="blog")
    version = lost_updates.version(source)
    by(ayu, source, kind="magazine")
    done = merged(source, version, name="The Harbour", kind="blog")
    assert (done.values, done.taken, done.by) == ({"name": "The Harbour", "kind": "magazine"}, ["kind"], "ayu")


def test_what_both_changed_is_a_conflict_unless_alike(ayu):
    source = make_source("The Port", kind="blog")
    version = lost_updates.version(source)
    by(ayu, source, name="The Harbour", kind="magazine")
    done = merged(source, version, name="The Quay", kind="magazine")
    (conflict,) = done.conflicts
    assert conflict.words == {"theirs": "The Harbour", "yours": "The Quay", "before": "The Port"}


@pytest.mark.parametrize(("side", "name"), [("theirs", "The Harbour"), ("yours", "The Quay"), ("before", "The Port")])
def test_a_choice_settles_it_for_the_version_that_it_was_made_on(side, name, ayu):
    source = make_source("The Port")
    version = lost_updates.version(source)
    by(ayu, source, name="The Harbour")
    settled = merged(source, version, name="The Quay").version
    done = lost_updates.merge(source, version, {"name": "The Quay"}, choices={"name": side}, settled=settled)
    assert (done.values, done.conflicts) == ({"name": name}, [])
    by(ayu, source, name="The Dock")
    again = lost_updates.merge(source, version, {"name": "The Quay"}, choices={"name": side}, settled=settled)
    assert [conflict.words["theirs"] for conflict in again.conflicts] == ["The Dock"]


def test_many_to_many_fields_are_compared_as_sets(ayu):
    indonesia, korea, peru = make_actor(), make_actor("North Korea"), make_actor("Peru")
    told = make_recommendation(make_article(), addressees=[indonesia])
    version = lost_updates.version(told)
    told.addressees.set([korea])
    assert merged(told, version, addressees=[indonesia], targets=[peru]).values == {
        "addressees": [korea.pk], "targets": [peru.pk],
    }  # fmt: skip
    (conflict,) = merged(told, version, addressees=[peru.pk]).conflicts
    assert conflict.words == {"theirs": "North Korea", "yours": "Peru", "before": "Indonesia"}


def test_a_row_that_is_gone_and_a_version_that_is_none():
    source = make_source()
    version = lost_updates.version(source)
    with pytest.raises(ValueError, match="invalid literal"):
        merged(source, "nonsense", name="x")
    Source.objects.all().delete()
    with pytest.raises(lost_updates.Gone):
        merged(source, version, name="x")


def test_two_editors_in_one_form_merge_and_are_told(desk, ayu):
    article = make_article(title="Before")
    form = opened(desk, article)
    by(ayu, article, url="https://example.org/theirs")
    answer = desk.post(change(article), form | {"title": "Mine"}, follow=True)
    article.refresh_from_db()
    assert (article.title, article.url) == ("Mine", "https://example.org/theirs")
    assert "Changed meanwhile by ayu: address" in answer.content.decode()


def test_the_later_one_is_shown_both_and_chooses(desk, ayu):
    article = make_article(title="Before")
    form = opened(desk, article)
    by(ayu, article, title="Theirs")
    answer = desk.post(change(article), form | {"title": "Mine", "url": "https://example.org/typed"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ayu changed this meanwhile" in page
    assert all(f">{word}</" in page for word in ("Theirs", "Mine", "Before"))
    assert "https://example.org/typed" in page  # nothing typed is lost
    article.refresh_from_db()
    assert article.title == "Theirs"
    settled = re.search(r'name="settled" value="([^"]+)"', page)[1]
    chosen = form | {"title": "Mine", "settled": settled, "choose-title": "yours"}
    assert desk.post(change(article), chosen).status_code == 302
    article.refresh_from_db()
    assert article.title == "Mine"


def test_a_text_that_both_corrected_is_compared_word_by_word(desk, ayu):
    article = make_article()
    make_claim(article)
    form = opened(desk, article)
    by(ayu, article, body=article.body.replace("relief ships", "grain ships"))
    page = desk.post(change(article), form | {"body": form["body"].replace("its ports", "all its ports")})
    assert "<del>grain</del><ins>relief</ins>" in page.content.decode()
    chosen = form | {"body": form["body"].replace("its ports", "all its ports"), "choose-body": "yours"}
    chosen["settled"] = page.context["adminform"].form.merge.version
    assert desk.post(change(article), chosen).status_code == 302
    claim, article = Claim.objects.get(), Article.objects.get()
    assert "all its ports to relief" in article.body
    assert article.body[claim.start : claim.end] == claim.exact


def test_a_byline_that_somebody_else_changed(desk, ayu):
    article = make_article(authors=[make_author("Ayu Author")])
    form = opened(desk, article)
    by(ayu, article.bylines.get(), affiliation="The Port Authority")
    desk.post(change(article), form | {"bylines-0-rank": "Dr"})
    line = article.bylines.get()
    assert (line.affiliation, line.rank) == ("The Port Authority", "Dr")
    answer = desk.post(change(article), form | {"bylines-0-affiliation": "My own"})
    assert "changed this meanwhile: byline" in answer.content.decode()
    assert article.bylines.get().affiliation == "The Port Authority"


def test_a_byline_that_somebody_else_deleted(desk, ayu):
    article = make_article(authors=[make_author("Ayu Author")])
    form = opened(desk, article)
    with pghistory.context(user=ayu.pk):
        article.bylines.all().delete()
    answer = desk.post(change(article), form | {"bylines-0-rank": "Dr"})
    assert "deleted this line" in answer.content.decode()
    assert desk.post(change(article), form | {"title": "Mine"}).status_code == 302
    assert not article.bylines.exists()
    assert Article.objects.get().title == "Mine"


def test_lines_that_stay_are_shown_beside_one_that_is_gone(desk, ayu):
    article = make_article(authors=[make_author("First Author"), make_author("Second Author")])
    form = opened(desk, article)
    article.bylines.first().delete()
    page = desk.post(change(article), form | {"bylines-0-rank": "Dr", "bylines-1-rank": "Prof"}).content.decode()
    assert 'value="Dr"' in page
    assert 'value="Prof"' in page
    agreed = form | {"bylines-0-rank": "Dr", "bylines-0-DELETE": "on", "bylines-1-rank": "Prof"}
    assert desk.post(change(article), agreed).status_code == 302
    assert [line.rank for line in article.bylines.all()] == ["Prof"]


def test_names_of_an_actor(desk, ayu):
    actor = make_actor()
    form = opened(desk, actor)
    by(ayu, actor.names.get(), language="en")
    assert desk.post(change(actor), form | {"wikidata": "Q252"}).status_code == 302
    assert (ActorName.objects.get().language, Actor.objects.get().wikidata) == ("en", "Q252")


def test_a_decision_that_somebody_else_made_meanwhile(desk, ayu):
    claim = make_claim(make_article())
    form = opened(desk, claim)
    decisions.reject(claim, ayu)
    answer = desk.post(change(claim), form | {"_accept": "Accept, next"})
    assert "ayu changed this meanwhile" in answer.content.decode()
    assert Claim.objects.get().status == Review.REJECTED
    settled = answer.context["adminform"].form.merge.version
    desk.post(change(claim), form | {"_accept": "1", "settled": settled, "choose-status": "theirs"})
    assert Claim.objects.get().status == Review.REJECTED
    desk.post(change(claim), form | {"_accept": "1", "settled": settled, "choose-status": "yours"})
    assert Claim.objects.get().status == Review.ACCEPTED


def test_a_button_beside_a_suggestion_that_is_none_any_more(desk, ayu):
    claim = make_claim(make_article())
    decisions.reject(claim, ayu)
    answer = desk.post(reverse("admin:articles_claim_changelist"), {"_accept": claim.pk}, follow=True)
    assert "Meanwhile rejected by ayu" in answer.content.decode()
    desk.post(reverse("admin:articles_claim_decide", args=[claim.pk]), {"decision": "_accept"})
    assert Claim.objects.get().decided_by == ayu


@pytest.mark.parametrize("make", [make_author, make_source, make_actor])
def test_authorities_merge_too(make, desk, ayu):
    row = make("Somebody")
    form = opened(desk, row)
    by(ayu, row, name="Theirs")
    assert "changed this meanwhile" in desk.post(change(row), form | {"name": "Mine"}).content.decode()
    row.refresh_from_db()
    assert row.name == "Theirs"


def test_a_recommendation_keeps_whom_somebody_else_added(desk, ayu):
    told, korea = make_recommendation(make_article()), make_actor("North Korea")
    form = opened(desk, told)
    told.addressees.add(korea)
    assert desk.post(change(told), form | {"action": "open them"}).status_code == 302
    told = PolicyRecommendation.objects.get()
    assert (told.action, list(told.addressees.all())) == ("open them", [korea])


def test_what_was_typed_into_a_row_that_is_gone_is_shown(desk, ayu):
    author = make_author("Ayu Author")
    form = opened(desk, author)
    with pghistory.context(user=ayu.pk):
        Author.objects.all().delete()
    answer = desk.post(change(author), form | {"aliases": "what I typed"})
    assert (answer.status_code, "what I typed" in answer.content.decode()) == (409, True)
    assert "ayu deleted this author" in answer.content.decode()


def test_a_form_with_another_version_than_was_sent(desk):
    author = make_author()
    answer = desk.post(change(author), opened(desk, author) | {"version": "'; DROP"})
    assert "Open it again" in answer.content.decode()
