"""The flow: the steps that may be taken, what blocks publication, what is due, and what a withdrawn address says."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.curation import decisions
from articles.models import Article
from articles.models.flow import STEPS, blocks
from articles.vocabulary import Block, Publication
from tests.factories import make_article, make_claim, make_editor, make_source

pytestmark = pytest.mark.django_db
TAKEN = {
    Publication.INBOX: decisions.put_back, Publication.IN_REVIEW: decisions.take_up,
    Publication.READY: decisions.make_ready, Publication.PUBLISHED: decisions.publish,
    Publication.WITHDRAWN: partial(decisions.withdraw, because="Wrong"),
}  # fmt: skip


def chosen(article):
    return Article.objects.filter(pk=article.pk)


def complete(**values):
    """Make an article against which nothing speaks."""
    return make_article(**{"status": Publication.READY, "source": make_source(), **values})


@pytest.mark.parametrize("here", Publication)
@pytest.mark.parametrize("there", Publication)
def test_only_the_steps_of_the_flow_are_taken(here, there, editor):
    article = complete(status=here)
    allowed = there in STEPS[here]
    assert TAKEN[there](chosen(article), editor) == allowed
    assert chosen(article).get().status == (there if allowed else here)


def test_every_step_says_who_took_it(editor):
    article = complete(status=Publication.INBOX)
    decisions.take_up(chosen(article), editor)
    event = Article.pgh_event_model.objects.filter(pgh_obj=article.pk).first()
    assert (event.status, event.pgh_context.metadata["user"]) == (Publication.INBOX, editor.pk)


def test_who_takes_an_article_up_has_it_unless_somebody_else_does(editor):
    free, other = complete(status=Publication.INBOX), make_editor("editor")
    taken = complete(status=Publication.INBOX, assignee=other)
    assert decisions.take_up(Article.objects.all(), editor) == 2
    assert (chosen(free).get().assignee, chosen(taken).get().assignee) == (editor, other)


def test_what_speaks_against_an_article():
    article = make_article(published=None, source=None)
    make_claim(article)
    assert blocks(Article.objects.with_blocks().get(pk=article.pk)) == list(Block)
    assert blocks(Article.objects.with_blocks().get(pk=complete().pk)) == []


def test_publishing_in_the_face_of_it_needs_a_reason(editor):
    article = complete(source=None)
    with pytest.raises(decisions.Blocked, match="no source"):
        decisions.publish_checked(article, editor, because="  ")
    assert chosen(article).get().status == Publication.READY
    assert decisions.publish_checked(article, editor, because="A leaflet") == 1
    assert (chosen(article).get().status, chosen(article).get().nonetheless) == (Publication.PUBLISHED, "A leaflet")


def test_a_reason_that_nothing_needs_is_not_kept(editor):
    article = complete()
    decisions.publish_checked(article, editor, because="Just so")
    assert chosen(article).get().nonetheless == ""


def test_many_are_published_whatever_speaks_against_them_and_it_is_kept(editor):
    whole, lacking = complete(), complete(published=None)
    assert decisions.publish(Article.objects.all(), editor, because="In bulk") == 2
    assert (chosen(whole).get().nonetheless, chosen(lacking).get().nonetheless) == ("", "In bulk")


# Scheduled


def test_what_is_due_is_shown_and_nothing_before(editor, capsys):
    now = timezone.now()
    past, future = complete(title="Past", status=Publication.INBOX), complete(title="Future")
    decisions.schedule(past, now - timedelta(minutes=1), editor)
    decisions.schedule(future, now + timedelta(hours=1), editor)
    assert chosen(past).get().status == Publication.READY
    call_command("publish_due")
    assert capsys.readouterr().out == "published: Past\n"
    assert (chosen(past).get().status, chosen(past).get().publish_at) == (Publication.PUBLISHED, None)
    assert chosen(future).get().status == Publication.READY


def test_what_is_blocked_by_then_is_held_back_unless_a_reason_was_given(editor, capsys):
    now = timezone.now()
    blocked, allowed = complete(title="Blocked"), complete(title="Allowed", source=None)
    with pytest.raises(decisions.Blocked):
        decisions.schedule(allowed, now, editor)
    decisions.schedule(allowed, now, editor, because="A leaflet"), decisions.schedule(blocked, now, editor)
    make_claim(blocked)
    with pytest.raises(SystemExit):
        call_command("publish_due")
    assert capsys.readouterr().out == "published: Allowed\nheld back: Blocked: open suggestions\n"
    assert chosen(allowed).get().nonetheless == "A leaflet"


def test_a_step_back_takes_an_article_off_the_schedule(editor):
    article = complete()
    decisions.schedule(article, timezone.now(), editor)
    decisions.take_up(chosen(article), editor)
    assert chosen(article).get().publish_at is None
    assert decisions.publish_due(timezone.now()) == ([], [])


# Withdrawn


def test_a_withdrawn_address_says_when_and_why_and_nothing_of_the_text(client, editor):
    article = complete(title="Open the ports", status=Publication.PUBLISHED)
    make_claim(article)
    decisions.withdraw(chosen(article), editor, because="The author asked <for> it.")
    answer = client.get(article.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "Open the ports" in page
    assert "The author asked &lt;for&gt; it." in page
    assert f"{timezone.localdate().year}" in page
    for hidden in ("North Korea", "Indonesia", "relief ships"):
        assert hidden not in page.partition("<footer")[0]
    for address in ("/articles/", "/articles/?q=ports", "/claims/", "/"):
        assert "Open the ports" not in client.get(address).content.decode().replace("placeholder", "")


def test_a_withdrawn_article_without_a_title_shows_none_of_its_words(client):
    page = client.get(complete(title="", status=Publication.WITHDRAWN).get_absolute_url()).content.decode()
    assert "An untitled op-ed" in page
    assert "Indonesia" not in page.partition("<footer")[0]


def test_a_former_address_of_a_withdrawn_article_leads_to_where_it_says_so(client):
    article = complete(slug="old-name", status=Publication.WITHDRAWN)
    chosen(article).update(slug="new-name")
    answer = client.get("/articles/old-name/", follow=True)
    assert answer.redirect_chain == [("/articles/new-name/", 301)]
    assert answer.status_code == 410


def test_what_readers_never_saw_leaves_no_stone(client):
    for status in (Publication.INBOX, Publication.IN_REVIEW, Publication.READY):
        assert client.get(complete(status=status).get_absolute_url()).status_code == 404


def test_published_again_a_stone_is_gone(client, editor):
    article = complete(status=Publication.PUBLISHED)
    decisions.withdraw(chosen(article), editor, because="Wrong")
    decisions.publish(chosen(article), editor)
    assert client.get(article.get_absolute_url()).status_code == 200
    assert (chosen(article).get().withdrawn_at, chosen(article).get().withdrawn_because) == (None, "")
