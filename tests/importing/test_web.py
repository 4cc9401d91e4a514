"""Fetching: what is refused, within which limits, what is believed of a server, and what stays on record."""

import codecs
import gzip
import ipaddress
import itertools
import re
import socket
import time
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from articles.importing.authority import names_for_reading
from articles.importing.opening import hints_of, open_document, read_document
from articles.importing.sources import network
from articles.importing.sources.web import NotFetched, fetch
from articles.models import Article, Document, ImportItem
from articles.vocabulary import Outcome
from tests.importing.conftest import SHORT
from tests.importing.test_import import actors, outcomes  # noqa: F401 - a fixture
from tests.importing.websites import WORDS, html, website

PRIVATE = "no address of the public internet"
LOOPBACK = ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "localhost", "0",
            "[64:ff9b::7f00:1]", "①②⑦.0.0.1"]  # fmt: skip
CLOSED = (
    "10.0.0.1 172.16.3.4 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 240.0.0.1 255.255.255.255 fe80::1 :: fc00::1"
    " ff02::1 ::ffff:10.0.0.1 ::127.0.0.1 2002:7f00:1:: 64:ff9b::a00:1 fe80::1%eth0 2001:db8::1"
)
OPEN = "93.184.216.34 2606:2800:220:1::1 64:ff9b::5db8:d822 ::ffff:93.184.216.34"


def refused(address, **options):
    with pytest.raises(NotFetched) as error:
        fetch(address, **options)
    return str(error.value)


@pytest.mark.parametrize("host", LOOPBACK)
def test_no_spelling_of_this_machine_is_fetched(site, settings, host):
    settings.FETCH_PRIVATE = False
    assert re.search(f"{PRIVATE}|no host is known|no address", refused(f"http://{host}:{site.port}/"))
    assert site.asked == []


@pytest.mark.parametrize("address", CLOSED.split())
def test_what_is_not_public(address):
    assert not network.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OPEN.split())
def test_what_is_public(address):
    assert network.is_public(ipaddress.ip_address(address))


def test_a_name_that_is_public_once_and_private_a_moment_later_reaches_nothing_private(site, settings, monkeypatch):
    settings.FETCH_PRIVATE = False
    told, connected = itertools.chain(["203.0.114.9"], itertools.repeat("127.0.0.1")), []

    def lookup(host, port, *args, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(told), port))]

    def connect(address, *args, **kwargs):
        connected.append(address[0])
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    refused(f"http://rebinding.example:{site.port}/")
    assert PRIVATE in refused(f"http://other.example:{site.port}/")
    assert connected == ["203.0.114.9"] and site.asked == []


def test_a_name_with_a_public_and_a_private_address_is_refused(settings, monkeypatch):
    settings.FETCH_PRIVATE = False
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("connected"))
    assert "10.0.0.7" in refused("http://both.example/")


def test_a_redirect_to_a_private_address_is_refused(site, settings, monkeypatch):
    """The site passes for a public one; what it leads to does not."""
    with website() as inner:
        site["/out"] = (302, {"Location": inner["/secret"]}, b"")
        site["/up"] = (302, {"Location": f"http://localhost:{inner.port}/secret"}, b"")
        inner["/secret"] = b"secret"
        public = network.addresses_of

        def addresses_of(host, port):
            settings.FETCH_PRIVATE = port == site.port
            return public(host, port)

        monkeypatch.setattr(network, "addresses_of", addresses_of)
        assert PRIVATE in refused(site["/out"])
        assert PRIVATE in refused(site["/up"])
        assert inner.asked == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/a", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("example.org/a", "only http and https"),
        ("http:///a", "without a host"),
        ("http://user:secret@example.org/", "password"),
        ("http://user@example.org/", "password"),
        ("http://[::1", "no address"),
        ("http://example.org:99999/", "no address"),
    ],
)
def test_what_is_no_address_to_fetch(address, why):
    assert why in refused(address)


def test_a_redirect_to_a_file_and_one_to_itself(site):
    site["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    site["/loop"] = (301, {"Location": "/loop"}, b"")
    site["/user"] = (302, {"Location": site["/a"].replace("//", "//user:secret@")}, b"")
    assert "only http and https" in refused(site["/file"])
    assert "more than 5 times" in refused(site["/loop"])
    assert site.asked.count("/loop") == 6
    assert "password" in refused(site["/user"])


def test_a_page_behind_redirects(site):
    site["/a"] = (302, {"Location": "/b"}, b"")
    site["/b"] = html().encode()
    found = fetch(site["/a"])
    assert (found.address, found.media_type) == (site["/b"], "text/html")
    assert found.raw == html().encode()
    assert all(one["User-Agent"].startswith("Digest") for one in site.headers)


def test_a_status_is_said(site):
    site["/500"] = (500, {}, b"")
    site["/599"] = (599, {}, b"")
    assert refused(site["/nowhere"]) == "the server answered 404 (Not Found)"
    assert refused(site["/500"]) == "the server answered 500 (Internal Server Error)"
    assert refused(site["/599"]) == "the server answered 599"


def silent(handler):
    time.sleep(3)


def dripping_head(handler):
    for letter in "HTTP/1.1 200 OK\r\nX-Slow: " + "x" * 500:
        handler.wfile.write(letter.encode())
        handler.wfile.flush()
        time.sleep(0.1)


def endless(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>and on</p>" * 1000)


def dripping_body(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.1)


def test_time_and_size_have_an_end(site):
    site["/silent"], site["/head"], site["/endless"], site["/body"] = silent, dripping_head, endless, dripping_body
    began = time.monotonic()
    assert refused(site["/silent"]) == "no answer within 0.4 seconds"
    assert refused(site["/head"]) == refused(site["/body"]) == "took more than 1.5 seconds"
    assert time.monotonic() - began < 5
    assert "the most that is read of one document" in refused(site["/endless"])


@pytest.mark.parametrize("coding", ["gzip", "x-gzip"])
def test_gzip_is_unpacked_as_far_as_a_document_may_be_large(site, coding):
    packed = gzip.compress(html().encode())
    site["/a"] = (200, {"Content-Type": "text/html", "Content-Encoding": coding}, packed)
    site["/bomb"] = (200, {"Content-Encoding": coding}, gzip.compress(bytes(50_000_000)))
    site["/cut"] = (200, {"Content-Encoding": coding}, packed[:-20])
    site["/broken"] = (200, {"Content-Encoding": coding}, b"no gzip")
    assert fetch(site["/a"]).raw == html().encode()
    assert "the most that is read" in refused(site["/bomb"])
    assert "broke off" in refused(site["/cut"])
    assert "broken gzip" in refused(site["/broken"])


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "deflate"])
def test_what_was_not_asked_for_is_not_unpacked(site, coding):
    site["/a"] = (200, {"Content-Encoding": coding}, gzip.compress(gzip.compress(b"x")))
    assert "not asked for" in refused(site["/a"])


def test_unchanged_since_its_etag(site):
    site["/a"] = (200, {"Content-Type": "text/html", "ETag": '"one"', "Last-Modified": "yesterday"}, b"<p>One</p>")
    first = fetch(site["/a"])
    assert (first.etag, first.last_modified, first.unchanged) == ('"one"', "yesterday", False)
    assert fetch(site["/a"], etag=first.etag).unchanged


# robots.txt


def test_robots_txt_is_honoured_and_remembered(site):
    site["/robots.txt"] = b"User-agent: *\nDisallow: /private\n\nUser-agent: Digest\nDisallow: /for-others\n"
    site["/for-others/a"], site["/private/a"] = b"<p>no</p>", b"<p>yes</p>"
    assert "robots.txt" in refused(site["/for-others/a"])
    assert fetch(site["/private/a"]).raw == b"<p>yes</p>"
    assert site.asked == ["/robots.txt", "/private/a"]


def test_a_redirect_leads_to_nothing_that_robots_txt_closes(site):
    site["/robots.txt"] = b"User-agent: *\nDisallow: /private\n"
    site["/a"] = (302, {"Location": "/private"}, b"")
    assert "robots.txt" in refused(site["/a"])
    assert "/private" not in site.asked


@pytest.mark.parametrize(("status", "opens"), [(404, True), (401, True), (410, True), (500, False), (503, False)])
def test_a_robots_txt_that_cannot_be_had(site, status, opens):
    site["/robots.txt"] = (status, {}, b"")
    site["/a"] = b"<p>Here</p>"
    if opens:
        assert fetch(site["/a"]).raw
    else:
        assert f"can't be had ({status}" in refused(site["/a"])
        assert site.asked == ["/robots.txt"]


def test_a_host_is_asked_once_a_second(site):
    limits = replace(SHORT, pause=0.3, total=10)
    site["/a"] = b"<p>Here</p>"
    began = time.monotonic()
    for _ in range(3):
        fetch(site["/a"], limits=limits)
    assert len(site.asked) == 4
    assert 0.9 <= time.monotonic() - began < 2


# What is believed of a server


@pytest.mark.parametrize(
    ("charset", "encoding", "word"),
    [
        ("iso-8859-1", "utf-8", "rivière"),  # the header says Latin-1, the bytes are UTF-8
        ("utf-8", "latin-1", "rivière"),
        ("windows-1251", "windows-1251", "река"),
        ("", "utf-8", "河"),
        ("nonsense", "utf-8", "rivière"),
    ],
)
def test_letters_are_read_as_the_bytes_and_then_the_header_say(site, actors, charset, encoding, word):  # noqa: F811
    words = [f"{word} {one}" for one in WORDS]
    told = f"text/html; charset={charset}" if charset else "text/html"
    site["/a"] = (200, {"Content-Type": told}, html(words=words).encode(encoding))
    assert outcomes(site["/a"]) == [Outcome.CREATED]
    article, document = Article.objects.get(), Document.objects.get()
    assert word in article.body
    again = read_document(open_document(bytes(document.raw), hints_of(document)), names=names_for_reading())
    assert (again.body, again.title, again.url) == (article.body, article.title, article.url)
    assert again.media_type == document.media_type
    assert codecs.lookup(again.encoding).name == codecs.lookup(document.encoding).name


def test_the_header_tells_what_no_byte_does(site, actors):  # noqa: F811
    words = [f"Сказано: {one}" for one in WORDS]
    site["/a"] = (200, {"Content-Type": "text/html; charset=koi8-r"}, html(words=words).encode("koi8-r"))
    outcomes(site["/a"])
    assert "Сказано" in Article.objects.get().body
    assert Document.objects.get().encoding == "koi8-r"


def test_a_server_that_calls_a_pdf_a_text_is_not_believed(site):
    site["/a"] = (200, {"Content-Type": "text/plain"}, b"%PDF-1.4 broken")
    assert fetch(site["/a"]).media_type == ""


# On record


def test_addresses_are_imported_like_files(site, actors):  # noqa: F811
    site["/a"] = html().encode()
    lines = "".join(f'{{"title": "Boats {n}", "text": "{one}"}}\n' for n, one in enumerate(WORDS))
    site["/b.jsonl"] = (200, {"Content-Type": "text/plain"}, lines.encode())
    assert outcomes(site["/a"], site["/b.jsonl"], site["/gone"]) == [Outcome.CREATED] * 4 + [Outcome.FAILED]
    assert ImportItem.objects.get(outcome=Outcome.FAILED).reason == "the server answered 404 (Not Found)"
    article = Article.objects.get(title="Who pays for the boats?")
    assert (article.url, article.documents.get().location) == (site["/a"], site["/a"])
    site["/a"] = html(words=["Ten days now. " + WORDS[0], *WORDS[1:]]).encode()
    assert outcomes(site["/a"], site["/a"]) == [Outcome.UPDATED, Outcome.DUPLICATE]
    article.refresh_from_db()
    assert article.body.startswith("Ten days now.")


def test_an_address_with_a_password_is_bad_usage(db):
    with pytest.raises(CommandError, match="password"):
        call_command("import_articles", "http://user:secret@example.org/")
