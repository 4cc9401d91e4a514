"""How values are worded."""

from datetime import date

import pytest

from articles.models import Article
from articles.pages import wording


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"published": date(2024, 7, 22), "published_precision": "day"}, "22 July 2024"),
        ({"published": date(2024, 7, 1), "published_precision": "month"}, "July 2024"),
        ({"published": date(2024, 1, 1), "published_precision": "year"}, "2024"),
        ({"published_not_before": date(2024, 6, 21)}, "Undated, not before 21 June 2024"),
        ({}, "Undated"),
    ],
)
def test_a_date_says_no_more_than_is_known(values, said):
    assert wording.published(Article(**values)) == said


@pytest.mark.parametrize(
    ("code", "name"), [("id", "Indonesian"), ("", "Language not known"), ("zz", "zz"), ("not a code", "not a code")]
)
def test_languages_have_names(code, name):
    assert wording.language(code) == name


def test_a_headline_is_escaped_but_for_its_marks():
    assert wording.marked("a <b> \ue000grain\ue001 & \ue000") == "a &lt;b&gt; <mark>grain</mark> &amp; <mark></mark>"


def test_a_text_is_cut_after_a_word():
    assert wording.shortened("one two,\nthree four", 14) == "one two, three…"
    assert wording.shortened("one two, three", 9) == "one two…"
    assert wording.shortened("short", 9) == "short"
