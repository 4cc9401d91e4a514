import pytest

from articles.reading import lexicon, people


@pytest.mark.parametrize(
    "name",
    [
        "Il Young Jeong",
        "Ursula von der Leyen",
        "Julio César Nava de la Riva",
        "Helen O’Brien-Katz",
        "Mark A. Stone",
        "J. R. R. Tolkien",
        "Ahmad Farid bin Yusof",
        "JEAN DUPONT",
        "Иван Петров",
        "محمد علي حسن",
        "Dr. Jane Roe, Ph.D.",
    ],
)
def test_knows_a_name_by_its_shape(name):
    assert people.is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "Circular Economy",
        "Energie & Umwelt",
        "Water Should Not Wait",
        "The Daily Ledger",
        "University of Leeds",
        "Jane",
        "jane roe",
        "Jane Roe 2",
        "New York",
        "Aa Aa Aa",
        "",
        "A B",
        "Jane Roe is here",
    ],
)
def test_knows_what_is_no_name(text):
    assert not people.is_name(text)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("JANE ROE-SMITH", "Jane Roe-Smith"),
        ("LUDWIG VAN BEETHOVEN", "Ludwig van Beethoven"),
        ("MOHAMAD AL’AFGHANI", "Mohamad Al’Afghani"),
        ("Prof. Dr. Siti Aminah, S.H., M.H.", "Siti Aminah"),
        ("*Jane Roe*", "Jane Roe"),
    ],
)
def test_prints_a_name_as_a_name(printed, name):
    assert people.untitled(printed) == name


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Anna Lee, Tom Hardy & Jo Poe", ("Anna Lee", "Tom Hardy", "Jo Poe")),
        ("Anna Lee und Tom Hardy", ("Anna Lee", "Tom Hardy")),
        ("Jane Roe, Bogor", ("Jane Roe",)),
        ("Jane Roe, New York", ("Jane Roe",)),
        ("Bogor, Jane Roe", ()),
    ],
)
def test_parts_several_names(line, found):
    assert people.names(line) == found


def test_knows_one_person_under_two_spellings():
    assert people.same_person("IL-Young Jeong", "Il Young Jeong")
    assert people.same_person("Leah C Stokes", "Leah Stokes")
    assert not people.same_person("Jane Roe", "John Roe")


def test_no_particle_is_forbidden_in_a_name():
    assert not lexicon.words("metadata", "particles") & lexicon.words("metadata", "not_names")
