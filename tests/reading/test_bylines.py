import pytest

from articles.reading import bylines
from articles.reading.types import Byline


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("by Jane Roe and Tom Hardy | 12/10/2020", ["Jane Roe", "Tom Hardy"]),
        ("Oleh: Siti Aminah Rahman, S.IP., M.A.", ["Siti Aminah Rahman"]),
        ("Von Max Müller-Lüdenscheidt", ["Max Müller-Lüdenscheidt"]),
        ("Par Jean de la Fontaine, professeur à l’université de Lyon", ["Jean de la Fontaine"]),
        ("بقلم: محمد علي حسن", ["محمد علي حسن"]),
        ("作者：王小明", ["王小明"]),
        ("Budi Santoso - Koran Sore", ["Budi Santoso"]),
        ("Jane Roe, Bogor, West Java | Opinion (The Daily) | Tue, July 16 2013", ["Jane Roe"]),
        ("Jane Roe (Delta University)", ["Jane Roe"]),
        ("Posted by: Jane Roe", []),
        ("Editor: Jane Roe", []),
        ("Water is a promise we keep breaking", []),
        ("By the time the rains came, the fields were dust.", []),
    ],
)
def test_reads_a_byline(line, names):
    assert [one.name for one in bylines.read(line)] == names


def test_reads_the_affiliation_on_a_byline():
    assert bylines.read("By Jane Roe, Delta University") == (Byline("Jane Roe", "Delta University", None),)


@pytest.mark.parametrize(
    ("note", "byline"),
    [
        (
            "*Jane Roe is a professor at Delta University. She swims.",
            Byline("Jane Roe", "Delta University", "professor"),
        ),
        ("Budi Santoso dosen Universitas Airlangga", Byline("Budi Santoso", "Universitas Airlangga", "dosen")),
        (
            "Jane Roe, a professor at Delta University, is the author of Dry Land.",
            Byline("Jane Roe", "Delta University", "professor"),
        ),
    ],
)
def test_reads_a_note_about_the_author(note, byline):
    assert bylines.bio(note) == byline


@pytest.mark.parametrize(
    "text",
    [
        "The river is a border.",
        "Jane Roe is late.",
        "When Jane Roe is a professor, all is well.",
        "Water Policy is a matter of trust.",
    ],
)
def test_takes_no_sentence_for_a_note(text):
    assert bylines.bio(text) is None


def test_reads_several_authors_in_one_note():
    note = "Anna Lee is a fellow at the River Institute. Tom Hardy is a former diplomat."
    assert [one.name for one in bylines.bios(note)] == ["Anna Lee", "Tom Hardy"]


def test_merges_spellings_and_drops_nobody():
    found = bylines.merge([Byline("Il Young Jeong"), Byline("IL-Young Jeong", "Delta University"), Byline("Admin")])
    assert found == (Byline("Il Young Jeong", "Delta University"),)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("The Harbour Post, 14 March 2025", "The Harbour Post"),
        ("Nordische Rundschau, 3. Februar 2024", "Nordische Rundschau"),
        ("Jakarta, 14 March 2025", None),
        ("The Harbour Post", None),
        ("14 March 2025", None),
        ("", None),
    ],
)
def test_a_publication_stands_with_its_date(line, named):
    assert bylines.publication(line) == named
