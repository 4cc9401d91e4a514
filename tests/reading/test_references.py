import pytest

from articles.reading import references
from articles.reading.lines import Line
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
        Reference("2", "Ibid.", None),
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
