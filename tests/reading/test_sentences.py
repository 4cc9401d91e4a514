"""Cutting bodies into sentences."""

from itertools import pairwise

import pytest

from articles.reading.sentences import split


def cut(body, language="en"):
    return [body[span.start : span.end] for span in split(body, language)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. Smith met Gen. Lee at No. 10.", "They talked."],
        ["He lives in the U.S.", "The house is red."],
        ["U.S. troops left.", "J. K. Rowling stayed."],
        ["It rose 3.5 percent.[3]", "Then it fell.[4][5]", "Yes."],
        ["It began in 2013.12", "The ministry knew.¹³", "Nobody asked.”4", "“Why?”"],
        ["Version 2.10 Beta is out.", "Pi is 3.14 Or so."],
        ["“It is over!” she said.", "He left."],
        ["It is over.”", "He left."],
        ["He waited... and left.", "She stayed…", "They slept."],
        ["Why?", "Because!", "So it goes."],
        ["See example.org for more.", "Thanks."],
        ["Das gilt z.B. für Berlin.", "Die Nr. 3 fehlt."],
        ["« C’est absurde. »", "Il part."],
        ["Harga naik Rp 1.500 per kg.", "Dr. Budi, dkk. setuju."],
    ],
)
def test_sentences(sentences):
    assert cut(" ".join(sentences)) == sentences


def test_other_scripts():
    assert cut("今日は。明日は！", "ja") == ["今日は。", "明日は！"]
    assert cut("এটি সত্য। এটি নয়।", "bn") == ["এটি সত্য।", "এটি নয়।"]
    assert cut("هل هذا صحيح؟ نعم.", "ar") == ["هل هذا صحيح؟", "نعم."]


def test_paragraphs_and_headings_end_sentences():
    assert cut("A heading\n\nFirst. Second\nThird") == ["A heading", "First.", "Second", "Third"]


def test_numbers_that_open_a_line_end_nothing():
    assert cut("1. Act now.\n\n2. Act again.") == ["1. Act now.", "2. Act again."]


@pytest.mark.parametrize("body", ["", " \n\n ", "...", "।"])
def test_empty_bodies(body):
    assert all(text.strip() for text in cut(body))


def test_spans_are_in_order_and_hold_all_words(seed):
    body = seed("003")
    spans = split(body, "en")
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(body[s.start : s.end].split()) for s in spans) == "".join(body.split())


def test_a_megabyte_is_quick(seed):
    body = (seed("000") + "\n\n") * 130
    split(body, "en")


def test_no_pattern_runs_away():
    split("." * 50_000 + "[1]" * 20_000 + "“" * 20_000, "en")
