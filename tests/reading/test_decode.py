import codecs

import pytest

from articles.reading.decode import decode
from articles.reading.types import UnreadableDocument

TEXT = "“Café” – naïve\nnext"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
def test_finds_the_encoding(raw, encoding):
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding, decoded.media_type) == (TEXT, encoding, "text/plain")


def test_believes_a_declared_encoding_that_is_not_utf8():
    page = '<html><head><meta charset="windows-1251"></head><body>Вода</body></html>'
    assert "Вода" in decode(page.encode("cp1251")).text
    assert decode("Вода".encode("koi8-r"), media_type="text/plain; charset=KOI8-R").text == "Вода"


def test_reads_utf8_that_calls_itself_latin():
    page = '<html><meta charset="iso-8859-1"><body>naïve</body></html>'
    assert "naïve" in decode(page.encode()).text


def test_turns_c1_controls_into_the_punctuation_they_were():
    assert decode("It\x92s \x93so\x94\x85".encode()).text == "It’s “so”…"


def test_normalises_line_ends_and_composes_letters():
    assert decode("a\r\nb\rc\u2028d\u2029e".encode()).text == "a\nb\nc\nd\n\ne"
    assert decode("cafe\u0301".encode()).text == "café"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "holds no text"),
        (b" \n\t\xef\xbb\xbf", "holds no text"),
        (codecs.BOM_UTF8, "holds no text"),
        (b"abc\x00def\x01", "byte offset 3"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"caf\x81", "byte offset 3"),
        ("жил был".encode() + b"\xd0", "byte offset 13"),
        (b"\xff\xfea\x00b", "byte offset 4"),
        (b"abc" + bytes(range(1, 9)) * 5, "byte offset 3"),
    ],
)
def test_says_where_a_document_is_no_text(raw, message):
    with pytest.raises(UnreadableDocument, match=message):
        decode(raw)


@pytest.mark.parametrize("undefined", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_refuses_the_bytes_that_windows_1252_leaves_undefined(undefined):
    with pytest.raises(UnreadableDocument, match="byte offset 5"):
        decode(b"na\xefve" + bytes([undefined]))


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        ("<!DOCTYPE html><p>x", "text/html"),
        ('<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<html>', "text/html"),
        ("<script>x</script><html>", "text/html"),
        ("A <html> tag in a text", "text/plain"),
        ("<<<< not a page", "text/plain"),
        ("<!---->" * 500, "text/plain"),
    ],
)
def test_knows_a_page_by_its_head(head, media_type):
    assert decode(head.encode()).media_type == media_type


@pytest.mark.parametrize(
    ("text", "declared", "media_type"),
    [
        ("<script>track()</script>\nA first paragraph.\n\nA second one.\n\nA third.", None, "text/plain"),
        ("<p>A first paragraph.</p>\n\n<p>A second one.</p>", None, "text/html"),
        ("A text that was sent as a page.\n\nIt says that 3 < 4.", "text/html", "text/plain"),
        ("<!DOCTYPE html><html><body><p>x", "application/pdf", "text/html"),
        ("A text.", "image/png", "text/plain"),
        ("# A text", "text/markdown", "text/markdown"),
    ],
)
def test_believes_the_text_rather_than_its_label(text, declared, media_type):
    assert decode(text.encode(), media_type=declared).media_type == media_type


def test_a_letter_keeps_thirty_marks_at_most():
    text = decode(("e" + "\u0301\u0316" * 50_000 + " end").encode()).text
    assert len(text) < 50 and text.endswith(" end")
