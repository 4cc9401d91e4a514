"""What comes with a document is believed where it is sure, and heard where it is not."""

import pytest

from articles.reading import reader
from articles.reading.types import Hints, Stated

BODY = (
    "The river has risen for nine days, and the towns along its lower course have begun to empty.\n\n"
    "Nobody in the ministry has said who will pay for the boats that carry the people away, and nobody will."
)
PRINTED = f"Who pays?\n\nBy Linh Tran, Harbour Institute\n\n14 March 2023\n\n{BODY}\n"
SURE = Stated(
    title="Boats", authors=("Linh Tran", "Jane Roe"), published="2022-05", url="https://harbour.example/1",
    source="The Harbour Post", language="en",
)  # fmt: skip


def page(text, stated, **known):
    return reader.page(text.encode(), hints=Hints(stated=stated, **known))[0]


def test_what_is_stated_stands_before_what_is_printed():
    reading = page(PRINTED, SURE)
    assert (reading.title, reading.source, reading.url) == ("Boats", "The Harbour Post", "https://harbour.example/1")
    assert [one.name for one in reading.authors] == ["Linh Tran", "Jane Roe"]
    assert reading.authors[0].affiliation == "Harbour Institute"
    assert reading.published.iso() == "2022-05"
    assert reading.body == BODY
    assert reading.alternatives["title"] == ("Who pays?",)
    assert reading.alternatives["published"][0] == "2023-03-14"


def test_what_is_not_stated_is_read():
    reading = page(PRINTED, Stated(source="The Harbour Post"))
    assert (reading.title, reading.published.iso(), reading.source) == ("Who pays?", "2023-03-14", "The Harbour Post")
    assert reading.evidence["title"][0].rule == "text.title"


def test_what_is_not_sure_is_one_witness_among_others():
    reading = page(PRINTED, Stated("pdf", title="Template", authors=("Typist",), sure=False))
    assert (reading.title, [one.name for one in reading.authors]) == ("Who pays?", ["Linh Tran"])
    assert "pdf.title" in {one.rule for one in reading.evidence["title"]}
    assert reading.evidence["authors"][-1].rule == "pdf.authors"
    nameless = PRINTED.replace("By Linh Tran, Harbour Institute\n\n", "")
    assert [one.name for one in page(nameless, Stated("pdf", authors=("Jane Roe",), sure=False)).authors] == [
        "Jane Roe"
    ]
    assert not page(nameless, Stated("docx", authors=("Microsoft Office User",), sure=False)).authors


def test_who_imports_it_knows_its_language_better():
    assert page(PRINTED, SURE, language="id").language == "id"


@pytest.mark.parametrize("day", ["2999-01-01", "2023-02-31", "0000", "next week"])
def test_a_day_that_cannot_be_is_not_believed(day):
    assert page(PRINTED, Stated(published=day)).published.iso() == "2023-03-14"


def test_a_beginning_says_that_it_is_one():
    reading = page(PRINTED, Stated("feed", truncated=True))
    assert reading.truncated
    assert reading.evidence["truncated"][0].rule == "feed.truncated"
