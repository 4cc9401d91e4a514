import pytest

from articles.reading import affiliations


@pytest.mark.parametrize(
    ("line", "affiliation", "rank"),
    [
        (
            "Research Professor_Institute of Rivers_Delta University",
            "Institute of Rivers, Delta University",
            "Research Professor",
        ),
        (
            "Assistant professor of hydrology at Delta University",
            "Delta University",
            "Assistant professor of hydrology",
        ),
        ("Professor of Politics, University of Leeds", "University of Leeds", "Professor of Politics"),
        ("Columnist", None, "Columnist"),
        ("Universitas Airlangga, Surabaya", "Universitas Airlangga, Surabaya", None),
    ],
)
def test_parts_rank_and_institution_on_a_line(line, affiliation, rank):
    assert affiliations.affiliation(line) == (affiliation, rank)


@pytest.mark.parametrize(
    ("note", "affiliation", "rank"),
    [
        (
            "a lecturer in River Law, Universitas Airlangga (UNAIR), Indonesia",
            "Universitas Airlangga (UNAIR), Indonesia",
            "lecturer in River Law",
        ),
        ("a professor at Delta University in Khulna. She swims.", "Delta University in Khulna", "professor"),
        ("dosen Ilmu Politik Universitas Airlangga", "Universitas Airlangga", "dosen Ilmu Politik"),
        ("the director of the River Institute and author of Dry Land", "River Institute", "director"),
        ("Professor für Umweltrecht an der Universität Freiburg.", "Universität Freiburg", "Professor für Umweltrecht"),
        ("professeur de droit à l’université de Lyon", "université de Lyon", "professeur de droit"),
        ("an analyst at Rystad, Oslo", "Rystad, Oslo", "analyst"),
        ("a former diplomat", None, "former diplomat"),
    ],
)
def test_reads_what_a_note_says_of_its_author(note, affiliation, rank):
    assert affiliations.described(note) == (affiliation, rank)
