"""A body cut into runs."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from articles.passages import Run, paragraph_of, paragraphs


@dataclass(frozen=True)
class Marked:
    start: int
    end: int
    short_name: str = "claim"
    actor: str = "Indonesia"
    is_suggestion: bool = False


def test_overlapping_statements_are_cut_at_every_edge():
    wide, narrow = Marked(0, 8, "recommendation"), Marked(4, 11)
    (paragraph,) = paragraphs("aaaabbbbccc dd", statements=[wide, narrow])
    assert paragraph.runs == (
        Run("aaaa", (wide,), (wide,)),
        Run("bbbb", (wide, narrow), (narrow,)),
        Run("ccc", (narrow,)),
        Run(" dd"),
    )
    assert paragraph.runs[1].marks == "recommendation claim"


def test_a_passage_is_open_while_none_of_its_statements_is_reviewed():
    (paragraph,) = paragraphs("aaaabb", statements=[Marked(0, 6, is_suggestion=True), Marked(0, 4)])
    assert [run.marks for run in paragraph.runs] == ["claim", "claim open"]


def test_headings_mentions_and_note_markers():
    heading, text = paragraphs(
        "Way out\n\nIndonesia waits.[3] [9]", statements=[], mentions=[Marked(9, 18)], headings=[0], notes={"3": 7}
    )
    assert heading.is_heading
    assert not text.is_heading
    assert [(run.text, run.actor, run.note) for run in text.runs] == [
        ("Indonesia", "Indonesia", None),
        (" waits.", None, None),
        ("[3]", None, 7),
        (" [9]", None, None),
    ]


def test_a_passage_over_two_paragraphs_begins_once():
    over = Marked(2, 9)
    first, second = paragraphs("aaaa\n\nbbbb", statements=[over])
    assert first.statements == (over,)
    assert second.statements == ()
    assert second.runs[0].statements == (over,)
    assert second.runs[0].first == ()


@given(st.text(alphabet="ab \n[]1é🌾", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 40))))
def test_no_character_is_lost_or_doubled(body, spans):
    marked = [Marked(start, min(start + length, len(body))) for start, length in spans if start < len(body)]
    cut = paragraphs(body, statements=marked, mentions=marked, notes={"1": 1})
    assert "".join(run.text for paragraph in cut for run in paragraph.runs).replace("\n", "") == body.replace("\n", "")


def test_a_statement_stands_in_its_paragraph():
    body = "One two three.\n\nFour five six."
    for marked, texts in ((Marked(16, 20), ["Four", " five six."]), (Marked(0, 3), ["One", " two three."])):
        assert [run.text for run in paragraph_of(marked, body).runs] == texts
