import pytest

from articles.reading import references
from articles.reading.lines import Line
from articles.reading.reader import page
from articles.reading.types import Reference


def read(*rows):
    found = references.find([Line(row) for row in rows], 0)
    return found.references if found else ()


def test_reads_bracketed_notes():
    found = read(
        "[1] Ministry of Water. (2024, May 7). Annual report. https://x.example/report.pdf",
        "[2] Ibid.",
        "[3] Reuters, 2023. https://x.example/a#:~:text=the%20minister%20said.",
    )
    assert found == (
        Reference("1", "Ministry of Water. (2024, May 7). Annual report.", "https://x.example/report.pdf"),
        Reference("2", "Ibid.", None, repeats=0),
        Reference("3", "Reuters, 2023.", "https://x.example/a#:~:text=the%20minister%20said."),
    )


@pytest.mark.parametrize(
    "heading", ["References", "Daftar Pustaka", "Literatur:", "Bibliographie", "Referencias", "参考文献"]
)
def test_reads_a_list_under_a_heading(heading):
    found = read(
        heading, "- “Dams and votes.” The Daily Ledger, accessed July 2024.", "- Roe, J. Dry Land. Oslo, 2021."
    )
    assert [(one.label, one.text) for one in found] == [
        ("", "“Dams and votes.” The Daily Ledger, accessed July 2024."),
        ("", "Roe, J. Dry Land. Oslo, 2021."),
    ]


def test_reads_raised_and_plain_numbers():
    assert [one.label for one in read("¹ Report 2023, https://x.example/r.", "² Ibid.")] == ["1", "2"]
    assert [one.label for one in read("1. Report, https://x.example/r.", "2. Other, www.x.example.")] == ["1", "2"]


def test_joins_an_entry_that_runs_over_lines():
    found = read("[1] Ministry of Water,", "https://x.example/r", "[2] Ibid.")
    assert found[0].url == "https://x.example/r"
    assert len(found) == 2


def test_a_numbered_list_of_the_argument_is_no_reference_list():
    assert read("1. The cabinet should act in 2025.", "2. Parliament should ask.") == ()


def test_stops_at_the_page_foot_and_at_a_note_about_the_author():
    found = read("References", "Roe, J. (2021). Dry Land.", "Jane Roe is a professor at Delta University.", "Comments")
    assert len(found) == 1


@pytest.mark.parametrize("again", ["Ibid.", "Ibid., p. 4.", "Id.", "Ibídem.", "Idem, p. 9.", "Ebd., S. 4.", "ebenda"])
def test_ibid_stands_for_the_entry_that_the_one_above_stands_for(again):
    found = read("Notes", "[1] Roe, J. Dry Land. Oslo, 2021.", f"[2] {again}", f"[3] {again}")
    assert [(one.text, one.repeats) for one in found[1:]] == [(again, 0), (again, 0)]


@pytest.mark.parametrize(
    "again", ["Roe, op. cit., p. 7.", "Roe, a.a.O., S. 7.", "Roe, loc. cit.", "Roe, ob. cit., p. 7"]
)
def test_op_cit_stands_for_the_entry_of_the_author_named(again):
    found = read("Notes", "[1] Roe, J. Dry Land. 2021.", "[2] Doe, A. Wet Land. 2019.", f"[3] {again}", "[4] Ibid.")
    assert [one.repeats for one in found] == [None, None, 0, 0]


def test_ibid_without_an_entry_above_and_titles_alike_stay_open():
    found = read(
        "Notes", "[1] Ibid.", "[2] Identity and Land. 2021.", "[3] Id Software, a history. https://x.example/i"
    )
    assert [one.repeats for one in found] == [None, None, None]


def test_raised_marks_of_notes_that_exist_become_links():
    text = (
        "Rivers are a border\n\nBy Jane Roe\n\n"
        "The plan was promised three years ago.¹ The taps in the eastern districts run dry by noon, and a basin of "
        "40 km² has no pump.² Nobody in the ministry³ can say when that will change.\n\n"
        "The cost of doing nothing was eleven billion last year, and it is paid by people who can least afford it.\n\n"
        "Notes\n\n1. Ministry of Water, Annual report, 2021. https://x.example/a\n"
        "2. Roe, Dry Land, 2019. https://x.example/b\n"
    )
    reading, _ = page(text.encode())
    assert [one.label for one in reading.references] == ["1", "2"]
    assert "ago.[1] The" in reading.body and "pump.[2] Nobody" in reading.body
    assert "40 km² has" in reading.body and "ministry³ can" in reading.body
