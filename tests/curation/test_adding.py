"""Add op-ed: what is pasted, fetched or sent is read and shown; nothing of it is an article before somebody says so."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.importing import adding
from articles.models import Article, Author, Candidate, Document, ImportItem, ImportRun, Kinship, Mention, Source
from articles.vocabulary import Outcome
from tests.importing.test_import import actors  # noqa: F401 - a fixture
from tests.importing.websites import WORDS, html, website

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actors")]

ADD = "/admin/add/"
TEXT = "Who pays for the boats?\n\nBy Linh Tran\n\n14 March 2023\n\n" + "\n\n".join(WORDS)
STORED = (Article, Author, Candidate, Kinship, Mention, Source)


@pytest.fixture
def site(settings):
    settings.FETCH_PRIVATE = True
    with website() as site:
        site["/robots.txt"] = (404, {}, b"")
        yield site


def held():
    return {model.__name__: model.objects.count() for model in STORED}


def give(desk, **given):
    """Send the form, and return the page that it leads to."""
    return desk.post(ADD, given, follow=True)


def decide(desk, what):
    """Say of the document that waits last what becomes of it; return the page that follows."""
    item = ImportItem.objects.filter(outcome=Outcome.WAITING).earliest("pk")
    return desk.post(reverse("admin:add_preview", args=[item.pk]), {"do": what}, follow=True)


def test_a_pasted_text_is_seen_value_by_value_before_it_is_stored(desk, editor):
    before = held()
    page = give(desk, text=TEXT, source="The Quay").content.decode()
    for seen in ("Who pays for the boats?", "Linh Tran", "14 Mar 2023", "The Quay", "printed", "given", "New."):
        assert seen in page
    assert "Vietnam" in page and "open the northern sluices" in page
    assert held() == before
    item = ImportItem.objects.get()
    assert (item.outcome, item.article, item.run.user) == (Outcome.WAITING, None, editor)
    assert bytes(item.document.raw).decode() == TEXT  # the original is kept as it was pasted


def test_what_is_stored_is_what_was_seen(desk):
    give(desk, text=TEXT, source="The Quay")
    answer = decide(desk, "store")
    article = Article.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:workbench", args=[article.pk])
    assert (article.title, str(article.source), article.status) == ("Who pays for the boats?", "The Quay", "inbox")
    assert article.bylines.get().name == "Linh Tran" and article.recommendations.exists()
    item = ImportItem.objects.get()
    assert (item.outcome, item.article) == (Outcome.CREATED, article)
    assert article.documents.get() == item.document


def test_seen_twice_is_stored_once(desk):
    give(desk, text=TEXT)
    item = ImportItem.objects.get()
    address = reverse("admin:add_preview", args=[item.pk])
    assert desk.get(address).status_code == desk.get(address).status_code == 200
    desk.post(address, {"do": "store"})
    desk.post(address, {"do": "store"})
    assert Article.objects.count() == 1
    assert desk.get(address)["Location"] == reverse("admin:workbench", args=[Article.objects.get().pk])


def test_what_is_refused_stays_on_record(desk, editor):
    give(desk, text=TEXT)
    page = decide(desk, "refuse").content.decode()
    assert "Not stored" in page and not Article.objects.exists()
    item = ImportItem.objects.get()
    assert (item.outcome, item.reason) == (Outcome.REFUSED, f"looked at and not stored by {editor}")
    assert Document.objects.get().article is None


def test_what_waits_is_found_again(desk):
    give(desk, text=TEXT)
    assert reverse("admin:add_preview", args=[ImportItem.objects.get().pk]) in desk.get(ADD).content.decode()


def test_a_page_of_the_web(desk, site):
    site["/boats"] = html().encode()
    page = give(desk, address=site["/boats"]).content.decode()
    assert "Who pays for the boats?" in page and site["/boats"] in page
    decide(desk, "store")
    assert Article.objects.get().url == site["/boats"]
    site["/boats"] = html(words=["Ten days. " + WORDS[0], *WORDS[1:]]).encode()
    page = give(desk, address=site["/boats"]).content.decode()
    assert "A new text of an op-ed that is held." in page and "<ins>Ten days. </ins>" in page
    assert not Article.objects.get().body.startswith("Ten days.")
    decide(desk, "store")
    assert Article.objects.get().body.startswith("Ten days.")


def test_a_pasted_text_with_an_address_stands_there_and_nothing_is_fetched(desk, site):
    give(desk, text=html(), address=site["/boats"])
    decide(desk, "store")
    assert (Article.objects.get().url, site.asked) == (site["/boats"], [])


def test_what_is_held_already_says_so(desk):
    give(desk, text=TEXT)
    decide(desk, "store")
    answer = give(desk, text=TEXT)
    assert answer.redirect_chain[-1][0] == reverse("admin:articles_article_change", args=[Article.objects.get().pk])
    assert "Held already, byte for byte" in answer.content.decode()
    page = give(desk, text=TEXT + "\n").content.decode()
    assert "Held already:" in page and "an op-ed with this very text" in page
    decide(desk, "store")
    assert Article.objects.get().documents.count() == 2


def test_its_family_is_seen_before(desk):
    give(desk, text=TEXT)
    decide(desk, "store")
    page = give(desk, text="Opinion | The boats\n\n" + "\n\n".join([*WORDS, "It was first printed elsewhere."]))
    assert "Who pays for the boats?</a>" in page.content.decode() and not Kinship.objects.exists()
    decide(desk, "store")
    assert Kinship.objects.exists()


def test_a_file_of_several_is_seen_one_by_one(desk):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for n in range(2):
            file.writestr(f"{n}.txt", TEXT.replace("river", f"river {n}").replace("boats", f"boats of quay {n}"))
        file.writestr("empty.txt", "")
    page = give(desk, file=SimpleUploadedFile("two.zip", packed.getvalue())).content.decode()
    assert "1 of 3" in page and "two.zip!0.txt" in page
    assert "2 of 3" in decide(desk, "store").content.decode()
    assert "3 of 3" in decide(desk, "refuse").content.decode()
    page = decide(desk, "store").content.decode()
    assert "Not stored" in page
    assert list(ImportItem.objects.order_by("pk").values_list("outcome", flat=True)) == ["created", "refused", "failed"]


def test_more_than_are_looked_at_one_by_one_is_said(desk, monkeypatch):
    monkeypatch.setattr(adding, "MOST", 2)
    lines = b"".join(b'{"title": "Boats %d", "text": "%s"}\n' % (n, WORDS[0].encode()) for n in range(3))
    page = give(desk, file=SimpleUploadedFile("three.jsonl", lines)).content.decode()
    assert "The first 2 documents were taken in" in page and "1 of 2" in page
    assert ImportRun.objects.get().interrupted and ImportItem.objects.count() == 2


def test_a_text_of_more_than_a_document_holds_is_refused(desk):
    page = give(desk, text="Boats. " * 1_600_000).content.decode()
    assert "Holds more than 10 MB, the most that is read of one document." in page
    assert ImportItem.objects.get().outcome == Outcome.FAILED


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "Give an address, a text or a file."),
        ({"text": "  \n "}, "Give an address, a text or a file."),
        ({"address": "ftp://post.example/a"}, "Only http and https are fetched, not ftp."),
        ({"address": "http://127.0.0.1:1/a"}, "which is no address of the public internet."),
        ({"text": TEXT, "file": SimpleUploadedFile("a.txt", b"x")}, "Either a text or a file."),
        ({"file": SimpleUploadedFile("a.zip", b"PK\x03\x04broken")}, "A broken zip file"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "The submitted file is empty."),
    ],
)
def test_what_cannot_be_read_says_why(desk, given, why):
    page = give(desk, **given).content.decode()
    assert why in page and not Article.objects.exists()


def test_what_the_reader_finds_nothing_in_says_why(desk):
    page = give(desk, text="Home | About | Subscribe").content.decode()
    assert "Not read" in page or "Put on record as failed" in page
    decide(desk, "store")
    item = ImportItem.objects.get()
    assert item.outcome == Outcome.FAILED and item.reason


def test_annotators_may_not(client, cast):
    client.force_login(cast["annotator"])
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"text": TEXT}).status_code == 403 and not ImportRun.objects.exists()


def test_the_list_of_articles_leads_there(desk):
    assert f'href="{ADD}" class="addlink">Add op-ed' in desk.get("/admin/articles/article/").content.decode()
