"""The pages in other languages: by their address alone, complete, and each leading to the others."""

import io
import re

import pytest
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils import translation
from lxml import html

from articles.management.commands.collect_messages import compiled, held, said
from tests.factories import make_actor, make_article, make_author, make_claim, make_recommendation, make_source
from tests.test_permission_matrix import PUBLIC, concrete, make_world

OTHERS = [code for code, _name in settings.LANGUAGES[1:]]
MACHINES = (".csv", ".jsonl", ".atom", ".json", ".txt", ".xml", "healthz", "readyz", "<str:end>")
PAGES = [address for address in PUBLIC if not address.endswith(MACHINES) and address not in {"search/", "compare/"}]
PLACEHOLDER = re.compile(r"%\(\w+\)s|<[^>]+>")
SPOKEN = ("aria-label", "placeholder", "title")  # attributes that people hear or read


def strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_says_all_that_pages_say_and_nothing_else(code):
    there = {str(message.id): message for message in held(code) if message.id}
    assert there.keys() == {str(message.id) for message in said() if message.id}
    assert [message.id for message in there.values() if message.fuzzy or not all(strings(message))] == []
    wrong = [
        message.id
        for message in there.values()
        for told in strings(message)
        for asked in (message.id if isinstance(message.id, tuple) else (message.id,))
        if sorted(PLACEHOLDER.findall(told)) != sorted(PLACEHOLDER.findall(asked))
    ]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_compiled_is_what_is_written(code):
    made = io.BytesIO()
    write_mo(made, held(code))
    assert compiled(code) == made.getvalue()


def spoken(page):
    """Return all that a page says to people, text by text."""
    tree = html.fromstring(page)
    texts = [text for text in tree.xpath("//body//text()[not(ancestor::script)]") if text.strip()]
    return {" ".join(text.split()) for text in texts + [value for name in SPOKEN for value in tree.xpath(f"//@{name}")]}


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_speaks_the_language_of_its_address_throughout(client, address):
    path = concrete(address, make_world())
    page = client.get(f"/id{path}", headers={"accept-language": "en"})
    assert page.status_code == 200 and page["Content-Language"] == "id"
    tree = html.fromstring(page.content)
    assert tree.get("lang") == "id"
    messages = {str(message.id): strings(message)[0] for message in held("id") if isinstance(message.id, str)}
    foreign = {text for text, told in messages.items() if text and text != told}
    assert spoken(page.content) & foreign - {"author", "changed"} == set()
    within = [link for link in tree.xpath("//body//a/@href") if link.startswith("/")]
    assert [link for link in within if not re.match(r"/(id/|admin/|\w+\.(csv|jsonl)|\w+/feed\.)", link)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_leads_to_itself_in_each_language(client, address):
    path = concrete(address, make_world()) + "?q=peace"
    for start in (path, f"/id{path}"):
        tree = html.fromstring(client.get(start).content)
        links = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@hreflang]")}
        plain = f"http://testserver{path}"
        assert links == {"en": plain, "id": f"http://testserver/id{path}", "x-default": plain}


@pytest.mark.django_db
def test_the_browsers_wish_changes_no_address(client):
    make_article()
    page = client.get("/articles/", headers={"accept-language": "id"})
    assert page["Content-Language"] == "en" and "Newest first" in page.content.decode()
    assert "accept-language" not in page.get("Vary", "").lower()
    assert client.get("/en/articles/").status_code == 404
    assert translation.get_language() == "en"


@pytest.mark.django_db
def test_dates_numbers_languages_and_plurals_are_worded_so(client):
    article = make_article(source=make_source(), authors=[make_author()], actors=[make_actor()], words=1234)
    make_claim(article), make_recommendation(article)
    page = client.get(f"/id{article.get_absolute_url()}").content.decode()
    assert translation.get_language() == "en"
    with translation.override("id"):
        assert article.get_absolute_url() in page
    assert "1.234 kata, 5 menit" in page and "Inggris" in page and "Juli" in page


@pytest.mark.django_db
def test_what_does_not_stand_there_is_said_in_the_language_too(client):
    page = client.get("/id/actors/nobody/")
    assert page.status_code == 404 and "Tidak ada apa-apa di alamat ini" in page.content.decode()
    wrong = client.get("/id/articles/?actor=nobody").content.decode()
    assert "aktor: Tidak ada aktor yang dikenal sebagai “nobody”." in wrong
