"""Whatever comes: any bytes are read or refused, every span is a passage, and time grows with the length alone."""

# ruff: noqa: E501 - lists read best on long lines

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.reading import reader
from articles.reading.types import Hints, Reading, UnreadableDocument
from tests.reading.documents import PARAGRAPHS, body

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))]
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Rivers | The Ledger</title><meta name="author" content="Jane Roe">'
    '<script type="application/ld+json">{"@type": "Article", "headline": "Rivers", "author": [{"name": "Jane Roe"}]}'
    "</script></head><body><article><h1>Rivers</h1><p>By Jane Roe</p>"
    + "".join(f"<p>{text}<sup><a href='#n'>1</a></sup></p>" for text in PARAGRAPHS["en"])
    + '<ol><li id="n">Water Board, 2020.</li></ol></article></body></html>'
).encode()
SIZE = 60_000  # bytes of the shorter hostile text; the longer one has twice as many
SLACK = 0.5  # seconds that anything may take; a machine under load stumbles
MEGABYTE = 1_000_000
SECONDS = 5.0  # for a megabyte on a slow machine under load; it takes less than one on a desktop

WORDS = ["must", "the government", "Korea", "By Jane Roe", "3 May 2021", "[1]", "“", "not", "should", ".", "…", "\n\n"]
TAGS = [
    "p",
    "div",
    "h1",
    "a",
    "table",
    "td",
    "li",
    "ul",
    "sup",
    "pre",
    "form",
    "script",
    "article",
    "time",
    "br",
    "section",
]


def check(found: Reading) -> None:
    """Assert that every place of a reading lies within its body and says something."""
    whole = found.body
    spans = [*found.headings, *found.mentions, *found.claims, *found.recommendations]
    spans += [place for candidate in found.candidates for place in candidate.mentions]
    for one in spans:
        assert 0 <= one.start < one.end <= len(whole)
        assert whole[one.start : one.end].strip()
    assert whole.strip()
    for field, witnesses in found.evidence.items():
        assert witnesses and all(one.value and one.rule for one in witnesses), field


def attempt(raw: bytes, names, **hints) -> None:
    try:
        found = reader.read(raw, names=names, hints=Hints(**hints))
    except UnreadableDocument as error:
        assert str(error)
        return
    check(found)


@st.composite
def mutated(draw):
    """Return a seed or a page with some of its bytes cut, doubled or replaced."""
    raw = bytearray(draw(st.sampled_from([*SEEDS, PAGE]))[:6000])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draw(st.integers(0, 400)))
        raw[at:end] = draw(
            st.sampled_from([b"", bytes(raw[at:end]) * 2, b"\x00", b"\x93", b"<", b"</p>", b"\xf0\x9f", b"&#x0;"])
        )
    return bytes(raw)


def elements(inner):
    attributes = st.sampled_from(
        ["", " class='comments'", " hidden", " id=n", " itemprop=author", " href='#n'", " datetime='2021-99'"]
    )
    return st.builds(
        lambda tag, attribute, parts: f"<{tag}{attribute}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS), attributes, st.lists(inner, max_size=4),
    )  # fmt: skip


texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=12).map(" ".join)
pages = st.recursive(texts, elements, max_leaves=25).map(lambda inner: f"<html><body>{inner}</body></html>")
relaxed = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@relaxed
@given(
    raw=st.binary(max_size=3000),
    media_type=st.sampled_from([None, "text/html", "text/plain; charset=utf-16", "image/png"]),
)
def test_any_bytes_are_read_or_refused(raw, media_type, names):
    attempt(raw, names, media_type=media_type)


@relaxed
@given(raw=mutated())
def test_damaged_documents_are_read_or_refused(raw, names):
    attempt(raw, names)


@relaxed
@given(text=texts)
def test_any_text_is_read_or_refused(text, names):
    attempt(f"{body()}\n\n{text}\n\n{body('es')}".encode(), names)


@relaxed
@given(text=pages)
def test_any_page_is_read_or_refused(text, names):
    attempt(text.encode(), names)


@relaxed
@given(head=st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["@type", "@id", "author", "name", "headline", "datePublished", "publisher", "articleBody", "url", "inLanguage"]), inner, max_size=5),
    max_leaves=12,
))  # fmt: skip
def test_any_data_about_a_page_is_taken_or_left(head, names):
    value = json.dumps([{"@type": "Article"}, head])
    attempt(PAGE.replace(b"<head>", f'<head><script type="application/ld+json">{value}</script>'.encode()), names)


UNITS = [
    " ", "(", "[", "must ", "We must go.\n", "We must go. ", "<p>a", "[1]", "[1] ", "1.2.3. ", "1", '"', "'", "“", "a", "\n", "a\n",
    "A. ", "<div>", "&amp;", "👩‍👩‍👧 ", "😀", "\u0301\u0316", "e\u0301", "水", "ก", "\u200b", "Jane Roe, ", "By Jane Roe\n",
    "http://a.b/", "1/1/", "12 May 2020 ", "a | ", "# a\n", "---\n", "**a ", "[a](", "![", "<a ", "<!--", "{{< ", "* a\n", "a: ", "A & ",
    "by ", "© ", "a, ", "Jane Roe is a professor of ", "The government ", "If ", "not ", "because ", ", ", "— ", "? ",
    "x\x93", "<script>", "<b>", "\u202e",
]  # fmt: skip
PAGES = {
    "nested boxes": "<div class=related>",
    "paragraphs": "<p>a",
    "lines": "We must go.<br>",
    "comments": '<li class="comment">We must go now.',
    "notes": "word<sup>1</sup>",
    "links": '<a href="#1">1</a> ',
    "spans": "<span>Go on</span>",
    "tables": "<table><tr><td>",
    "attributes": "<p a='b' ",
    "teasers": '<div class="related"><a href="http://x.y">We must act</a></div>',
    "entities": "&amp;&lt;",
    "times": "<time datetime='2021-05-03'>x</time>",
    "authors": "<span itemprop=author>Jane Roe</span>",
}


def seconds(raw: bytes, names) -> float:
    start = time.perf_counter()
    with suppress(UnreadableDocument):
        check(reader.read(raw, names=names))
    return time.perf_counter() - start


def assert_linear(make, names) -> None:
    """Assert that a text twice as long takes less than thrice the time, on one of three attempts."""
    for _ in range(3):
        short, long = (seconds(make(size), names) for size in (SIZE, 2 * SIZE))
        if long < 3 * short + SLACK:
            return
    raise AssertionError(f"{SIZE} bytes took {short:.2f} s, twice as many {long:.2f} s")


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_of_a_text(unit, names):
    assert_linear(lambda size: (unit * (size // len(unit.encode()) + 1)).encode(), names)


@pytest.mark.parametrize("name", PAGES)
def test_time_grows_with_the_length_of_a_page(name, names):
    unit = PAGES[name]
    assert_linear(lambda size: f"<html><body>{unit * (size // len(unit))}".encode(), names)


@pytest.mark.parametrize("raw", [
    b"We must go.\n" * (MEGABYTE // 12),
    "\n\n".join(PARAGRAPHS["en"] * 1200).encode(),
    b"<html><body>" + b"<p>a" * (MEGABYTE // 4),
    b"<html><body>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS["en"] * 1200).encode(),
])  # fmt: skip
def test_a_megabyte_is_read_soon(raw, names):
    reader.read(PAGE, names=names)  # loads what is loaded once
    assert seconds(raw, names) < SECONDS


def test_what_is_longer_than_a_book_is_cut_and_says_so(names):
    found = reader.read("\n\n".join(PARAGRAPHS["en"] * 2000).encode(), names=names)
    assert found.truncated
    assert len(found.body) <= reader.LONGEST
    assert [one.rule for one in found.evidence["truncated"]] == ["reader.cut"]
