"""Notes: who sees them, whom they call, how they are found and where they stand when the text moves."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.curation import annotating, texts
from articles.models import Annotation
from articles.vocabulary import Publication, Verdict, Visibility
from tests.factories import BODY, make_article, make_editor, make_note

pytestmark = pytest.mark.django_db
GRAIN = "North Korea has asked for grain."


@pytest.fixture
def ayu(db):
    return make_editor("annotator", name="ayu")


@pytest.fixture
def budi(db):
    return make_editor("editor", name="budi.s")


def texts_of(rows):
    return sorted(rows.values_list("text", flat=True))


def test_a_note_stands_on_its_passage(ayu):
    note = make_note(make_article(), ayu, exact=GRAIN)
    assert (note.exact, note.is_placed, note.author, note.visibility) == (GRAIN, True, ayu, Visibility.TEAM)
    assert note.prefix


def test_a_note_on_the_whole_article_has_no_passage(ayu):
    note = make_note(make_article(), ayu)
    assert (note.start, note.end, note.exact, note.is_placed) == (None, None, "", False)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (-1, 4), (0, 10_000), (3, None), (None, 3)])
def test_a_passage_that_is_none_is_refused(start, end, ayu):
    with pytest.raises(ValidationError, match="no such passage"):
        annotating.annotate(make_article(), ayu, "?", start=start, end=end)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_note_says_something(text, ayu):
    with pytest.raises(ValidationError, match="needs a text"):
        annotating.annotate(make_article(), ayu, text)


def test_the_database_refuses_half_an_anchor_and_a_quote_that_is_elsewhere(ayu):
    article = make_article()
    for anchor in ({"start": 3}, {"exact": "Indonesia"}, {"exact": "Indonesia", "start": 5, "end": 14}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Annotation.objects.create(article=article, author=ayu, text="?", **anchor)


def test_who_sees_what(ayu, budi):
    shown, draft = make_article(), make_article(status=Publication.INBOX)
    for article, name in ((shown, "shown"), (draft, "inbox")):
        for visibility in Visibility:
            make_note(article, ayu, f"{visibility} {name}", visibility=visibility)
    every = texts_of(Annotation.objects.all())
    assert texts_of(Annotation.objects.visible_to(ayu)) == every
    root = make_editor("administrator")
    root.is_superuser = True
    root.save()
    for colleague in (budi, root):
        assert texts_of(Annotation.objects.visible_to(colleague)) == [t for t in every if "private" not in t]
    for outsider in (AnonymousUser(), make_editor("")):
        assert texts_of(Annotation.objects.visible_to(outsider)) == ["public shown"]


def test_naming_calls_editors_who_may_see_notes(ayu, budi):
    make_editor("", name="stranger")
    note = make_note(make_article(), ayu, "@Budi.S, ask @stranger and @nobody; mail me@budi.s. Not @ayu, that is me.")
    assert list(note.mentioned.all()) == [budi]
    assert list(make_note(make_article(), ayu, "Ask @budi.s.").mentioned.all()) == [budi]


def test_nobody_is_named_in_a_private_note(ayu, budi):
    with pytest.raises(ValidationError, match="@budi"):
        make_note(make_article(), ayu, "@budi.s look", visibility=Visibility.PRIVATE)
    note = make_note(make_article(), ayu, "@budi.s look")
    with pytest.raises(ValidationError, match="@budi"):
        annotating.edit(note, ayu, note.text, Visibility.PRIVATE)


def test_what_awaits_me_is_answered_or_resolved(ayu, budi):
    article = make_article()
    one, other = make_note(article, ayu, "@budi.s one"), make_note(article, ayu, "@budi.s other")
    assert set(Annotation.objects.awaiting(budi)) == {one, other}
    assert not Annotation.objects.awaiting(ayu).exists()
    reply = annotating.answer(one, budi, "Done, @ayu?")
    assert set(Annotation.objects.awaiting(budi)) == {other}
    assert set(Annotation.objects.awaiting(ayu)) == {reply}
    annotating.resolve(other, ayu)
    annotating.resolve(reply, ayu)  # an answer is settled with its note
    one.refresh_from_db()
    assert (one.resolved_by, one.is_resolved) == (ayu, True)
    for user in (ayu, budi):
        assert not Annotation.objects.awaiting(user).exists()
    annotating.reopen(one, ayu)
    assert set(Annotation.objects.awaiting(ayu)) == {reply}


def test_answers_follow_who_sees_their_note(ayu, budi):
    note = make_note(make_article(), ayu)
    reply = annotating.answer(note, budi, "No.")
    assert (reply.visibility, annotating.answer(reply, ayu, "Yes.").reply_to) == (Visibility.TEAM, note)
    annotating.edit(note, ayu, "Changed", Visibility.PUBLIC)
    reply.refresh_from_db()
    assert reply.visibility == Visibility.PUBLIC
    with pytest.raises(ValidationError, match="answered"):
        annotating.edit(note, ayu, "Changed", Visibility.PRIVATE)
    with pytest.raises(ValidationError, match="sees its note"):
        annotating.edit(reply, budi, "No.", Visibility.TEAM)


def test_whose_note_it_is(ayu, budi):
    own, private = make_note(make_article(), ayu), make_note(make_article(), ayu, visibility=Visibility.PRIVATE)
    assert annotating.may_edit(own, ayu)
    assert not annotating.may_edit(own, budi)
    assert [annotating.may_delete(own, user) for user in (ayu, budi, make_editor("annotator"))] == [True, True, False]
    assert [annotating.may_delete(private, user) for user in (ayu, budi)] == [True, False]


def test_history_says_who_and_what_it_was(ayu):
    note = make_note(make_article(), ayu, "Before")
    annotating.edit(note, ayu, "After")
    annotating.delete(note, ayu)
    events = Annotation.pgh_event_model.objects.exclude(pgh_label="added").order_by("pgh_id")
    assert [(e.pgh_label, e.text, e.pgh_context.metadata["user"]) for e in events] == [
        ("changed", "Before", ayu.pk), ("deleted", "After", ayu.pk),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("minutes", 1),
        ("minute", 1),
        ('"asked for grain"', 1),
        ("budget OR minutes", 2),
        ("-budget minutes", 1),
        ("x", 0),
    ],
)
def test_notes_are_found_by_their_words_and_their_passage(words, found, ayu):
    make_note(make_article(), ayu, "Check the minutes", exact=GRAIN)
    make_note(make_article(), ayu, "The budget says otherwise")
    assert Annotation.objects.matching(words).count() == found


def test_notes_follow_a_corrected_text(ayu):
    article = make_article()
    note, whole = make_note(article, ayu, exact=GRAIN), make_note(article, ayu)
    article.body = "A new opening line.\n\n" + BODY
    texts.follow(article, BODY)
    note.refresh_from_db()
    whole.refresh_from_db()
    assert (article.body[note.start : note.end], note.verdict, whole.start) == (GRAIN, Verdict.MOVED, None)
    before, article.body = article.body, "Nothing of it is left."
    texts.follow(article, before)
    note.refresh_from_db()
    assert (note.verdict, note.exact, note.is_placed) == (Verdict.LOST, GRAIN, False)
