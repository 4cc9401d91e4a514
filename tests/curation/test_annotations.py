"""The pages of notes: found, answered, settled by whoever may; and what readers see of them."""

import pytest
from django.urls import reverse

from articles.models import Annotation
from articles.vocabulary import Publication, Visibility
from tests.factories import make_article, make_claim, make_editor, make_note

pytestmark = pytest.mark.django_db
GRAIN = "North Korea has asked for grain."
NOTES, AWAITING = reverse("admin:annotations"), reverse("admin:annotations_awaiting")


def at(note):
    return reverse("admin:annotation", args=[note.pk])


@pytest.fixture
def ayu(db):
    return make_editor("annotator", name="ayu")


@pytest.mark.parametrize("number", [1, 12])
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(number, desk, ayu, django_assert_num_queries):
    for _ in range(number):
        make_note(make_article(), ayu, exact=GRAIN)
    with django_assert_num_queries(7):
        assert len(desk.get(NOTES).context["notes"]) == number
    with django_assert_num_queries(5):
        assert desk.get(AWAITING).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_a_thread_asks_the_same_number_of_questions(number, desk, ayu, django_assert_num_queries):
    note = make_note(make_article(), ayu, exact=GRAIN)
    for _ in range(number):
        desk.post(at(note), {"do": "answer", "text": "Yes."})
    with django_assert_num_queries(6):
        assert len(desk.get(at(note)).context["thread"]) == number + 1


def test_notes_are_searched_across_articles(desk, editor, ayu):
    one, other = make_article(), make_article()
    make_note(one, ayu, "The minutes say so"), make_note(other, ayu, "Say more", visibility=Visibility.PUBLIC)
    make_note(other, editor, "Mine alone", visibility=Visibility.PRIVATE)
    make_note(other, ayu, "Hers alone", visibility=Visibility.PRIVATE)

    def found(query):
        return [str(note) for note in desk.get(f"{NOTES}?{query}").context["notes"]]

    assert found("") == ["Mine alone", "Say more", "The minutes say so"]
    assert found("q=minutes") == ["The minutes say so"]
    assert found("q=alone") == ["Mine alone"]
    assert found("whose=mine") == ["Mine alone"]
    assert found(f"author={ayu.pk}") == ["Say more", "The minutes say so"]
    assert found("visibility=public") == ["Say more"]
    assert found(f"article={one.pk}") == ["The minutes say so"]
    assert found("whose=nonsense&author=x&article=99999999999999999999&page=7") == found("")


def test_what_awaits_me_is_on_the_desk_and_at_its_address(desk, editor, ayu):
    note = make_note(make_article(), ayu, f"@{editor.username}, please look")
    waiting = {one["what"]: one for one in desk.get(reverse("admin:index")).context["panel"]["waiting"]}
    assert waiting["note awaiting you"]["n"].n == 1
    assert desk.get(waiting["note awaiting you"]["address"]).context["notes"] == [note]
    desk.post(at(note), {"do": "resolve"})
    assert desk.get(AWAITING).context["notes"] == []
    assert desk.get(f"{NOTES}?state=resolved").context["notes"] == [note]
    assert desk.get(f"{NOTES}?state=open").context["notes"] == []


def test_a_new_note_on_a_quote_and_on_the_whole_article(desk, editor):
    article = make_article()
    address = f"{reverse('admin:annotation_add')}?article={article.pk}"
    desk.post(address, {"text": "Since when?", "visibility": "team", "exact": GRAIN})
    desk.post(address, {"text": "Good.", "visibility": "private", "exact": ""})
    quoted, whole = Annotation.objects.order_by("pk")
    assert (quoted.exact, quoted.author, whole.start, whole.visibility) == (GRAIN, editor, None, Visibility.PRIVATE)
    answer = desk.post(address, {"text": "?", "visibility": "team", "exact": "Words that are not there at all"})
    assert "exact" in answer.context["form"].errors
    answer = desk.post(address, {"text": f"@{make_editor('annotator').username}", "visibility": "private"})
    assert "private note" in str(answer.context["form"].errors)
    assert Annotation.objects.count() == 2


def test_what_was_typed_is_kept_where_it_is_refused(desk, editor, ayu):
    note = make_note(make_article(), editor)
    answer = desk.post(at(note), {"do": "edit", "text": "@ayu only you", "visibility": "private"})
    assert b"@ayu only you</textarea>" in answer.content
    assert b"Only you see a private note" in answer.content
    note.refresh_from_db()
    assert note.text != "@ayu only you"


ACTS = ["answer", "edit", "resolve", "reopen", "nonsense", "delete"]


def outcomes(client, note):
    return {act: client.post(at(note), {"do": act, "text": "?"}).status_code for act in ACTS}


def test_who_may_do_what(client, cast, ayu):
    def asked_by(user, **values):
        client.force_login(user)
        return outcomes(client, make_note(make_article(), ayu, **values))

    own = {"answer": 302, "edit": 302, "resolve": 302, "reopen": 302, "delete": 302, "nonsense": 403}
    assert asked_by(ayu) == own
    assert asked_by(cast["annotator"]) == {**own, "edit": 403, "delete": 403}
    assert asked_by(cast["editor"]) == {**own, "edit": 403}
    assert asked_by(cast["administrator"]) == {**own, "edit": 403}
    assert asked_by(cast[""]) == dict.fromkeys(ACTS, 403)
    for other in ("annotator", "editor", "administrator"):
        assert asked_by(cast[other], visibility=Visibility.PRIVATE) == dict.fromkeys(ACTS, 404)


def test_a_stranger_sees_no_page_of_notes(client, cast, ayu):
    note = make_note(make_article(), ayu)
    pages = [NOTES, AWAITING, at(note), reverse("admin:annotation_editors"),
             f"{reverse('admin:annotation_add')}?article={note.article_id}"]  # fmt: skip
    assert all("login" in client.get(page)["Location"] for page in pages)
    client.force_login(cast[""])
    assert [client.get(page).status_code for page in pages] == [403] * 5
    client.force_login(ayu)
    assert [client.get(page).status_code for page in pages] == [200] * 5
    assert client.get(reverse("admin:annotation_add")).status_code == 404


def test_editors_are_offered_by_how_their_name_begins(desk):
    make_editor("annotator", name="ayu"), make_editor("", name="ayunda")
    budi = make_editor("editor", name="bs")
    budi.first_name, budi.last_name = "Budi", "Ayubi"
    budi.save()
    offered = desk.get(reverse("admin:annotation_editors") + "?q=Ay").json()["editors"]
    assert offered == [{"name": "ayu", "full": ""}, {"name": "bs", "full": "Budi Ayubi"}]


def test_notes_stand_beside_the_text_at_the_desk(desk, editor, ayu):
    article = make_article()
    make_note(article, editor, "**Mine**", exact=GRAIN)
    make_note(article, ayu, "Hers alone", visibility=Visibility.PRIVATE)
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "<strong>Mine</strong>" in page
    assert "Hers alone" not in page


def test_readers_see_public_notes_with_their_passage(client, ayu):
    article = make_article()
    make_claim(article, GRAIN)
    note = make_note(article, ayu, "See the *minutes*.", exact=GRAIN, visibility=Visibility.PUBLIC)
    make_note(article, ayu, "On the whole.", visibility=Visibility.PUBLIC)
    make_note(article, ayu, "Among us."), make_note(article, ayu, "For me.", visibility=Visibility.PRIVATE)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "See the <em>minutes</em>." in page
    assert f'id="{note.fragment}"' in page
    assert "claim note open" in page or "note claim open" in page
    assert "1 statement, 1 note" in page
    assert "On the whole." in page
    assert "Among us." not in page
    assert "For me." not in page
    assert "ayu" not in page  # user names are for logging in


@pytest.mark.parametrize("number", [1, 12])
def test_an_article_asks_for_its_notes_once(number, client, ayu, django_assert_num_queries):
    article = make_article()
    for _ in range(number):
        make_note(article, ayu, exact=GRAIN, visibility=Visibility.PUBLIC)
    with django_assert_num_queries(11):
        assert client.get(article.get_absolute_url()).status_code == 200


def test_a_draft_shows_readers_nothing(client, ayu):
    article = make_article(status=Publication.INBOX)
    make_note(article, ayu, visibility=Visibility.PUBLIC)
    assert client.get(article.get_absolute_url()).status_code == 404
