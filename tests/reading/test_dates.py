from datetime import date

import pytest

from articles.reading import dates, lexicon


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("22 July 2024", "2024-07-22"),
        ("July 22nd, 2024", "2024-07-22"),
        ("Jul. 22, 2024", "2024-07-22"),
        ("22. Juli 2024", "2024-07-22"),
        ("1er mai 2019", "2019-05-01"),
        ("22 de julio de 2024", "2024-07-22"),
        ("22 luglio 2024", "2024-07-22"),
        ("3 de março de 2022", "2022-03-03"),
        ("Senin, 05 Agustus 2024 13:00 WIB", "2024-08-05"),
        ("12 Mac 2023", "2023-03-12"),
        ("15 марта 2023 г.", "2023-03-15"),
        ("15 مارس 2023", "2023-03-15"),
        ("১৫ মার্চ ২০২৩", "2023-03-15"),
        ("2024年7月22日", "2024-07-22"),
        ("2024년 7월 22일", "2024-07-22"),
        ("2024-07-22T10:00:00Z", "2024-07-22"),
        ("2024/07/22", "2024-07-22"),
        ("22.07.2024", "2024-07-22"),
        ("12/10/2020", "2020-10-12"),
        ("10/13/2020", "2020-10-13"),
        ("24-03-16", "2016-03-24"),
        ("(2023, July 27)", "2023-07-27"),
        ("(2024, 15 January)", "2024-01-15"),
        ("(2023. March 31)", "2023-03-31"),
        ("Tue, July 16 2013", "2013-07-16"),
        ("July 2024", "2024-07"),
        ("accessed in Oktober 2023", "2023-10"),
        ("12 มีนาคม 2567 / 12.03.2567", "2024-03-12"),
    ],
)
def test_reads_a_printed_date(text, iso):
    found = dates.find(text)
    assert len(found) == 1
    assert dates.printed(found[0], text).iso() == iso


@pytest.mark.parametrize(
    "text", ["5 0", "31.02.2024", "99/99/2020", "1.234.567", "Section 3.4.12.1", "may 5% rise", "10-12-14-16"]
)
def test_takes_no_number_for_a_date(text):
    assert [dates.printed(one, text) for one in dates.find(text) if dates.printed(one, text)] == []


@pytest.mark.parametrize(
    ("texts", "language", "regions", "expected"),
    [
        (["Published 07/22/2024"], "en", (), True),
        (["22/07/2024", "03/04/2024"], "en", (), False),
        (["July 22, 2024", "03/04/2024"], "en", (), True),
        (["July 22, 2024", "03/04/2024"], "en", ("en-GB",), False),
        (["22 July 2024", "03/04/2024"], "en", (), False),
        (["03/04/2024"], "en", ("en_US",), True),
        (["03/04/2024"], "en", (), False),
        (["mayo 18 de 2006", "03/04/2024"], "es", (), False),
        (["mayo 18 de 2006", "03/18/2024"], "es", (), True),
        (["July 22, 2024", "03/04/2024"], None, (), False),
    ],
)
def test_reads_the_month_first_where_the_page_does(texts, language, regions, expected):
    assert dates.month_first(texts, language, regions) is expected


def test_reads_numbers_in_the_order_it_is_told():
    assert dates.find("03/04/2024", day_first=False)[0].month == 3
    assert dates.find("03.04.2024", day_first=False)[0].month == 4


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("Wednesday, November 20, 2019", True),
        ("| November 18, 2019 12:26 PM", True),
        ("Publié le 15 mai 2019 à 06h00", True),
        ("On 24 February 2022 the army crossed the border in force.", False),
        ("June 18", False),
    ],
)
def test_knows_a_dateline(line, whole):
    assert dates.is_dateline(line) is whole


def test_reads_the_date_in_an_address():
    assert dates.from_address("https://x.example/2024/07/22/title").iso() == "2024-07-22"
    assert dates.from_address("https://x.example/2024/07/title").iso() == "2024-07"
    assert dates.from_address("https://x.example/2024/13/title") is None
    assert dates.from_address("files/2024/07/22/file") is None


def test_reads_timestamps_of_page_metadata():
    assert dates.from_iso("2020-10-12T12:29:10+00:00").value == date(2020, 10, 12)
    assert dates.from_iso("12 October 2020").value == date(2020, 10, 12)
    assert dates.from_iso("2020-99-12") is None


def test_no_month_name_means_two_months():
    seen = {}
    for table in lexicon.load("metadata")["months"].values():
        for name, number in table.items():
            assert seen.setdefault(name.casefold(), number) == number, name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mayo 18 de 2006", "2006-05-18"),
        ("18 de mayo de 2006", "2006-05-18"),
        ("18.V.2006", "2006-05-18"),
        ("vendredi 1er juin 2018", "2018-06-01"),
        ("1º de junho de 2018", "2018-06-01"),
        ("zaterdag 2 juni 2018", "2018-06-02"),
        ("Kamis, 18 Mei 2006 | 10:20 WIB", "2006-05-18"),
        ("May 18th, 2006", "2006-05-18"),
    ],
)
def test_forms_of_eight_languages(text, wanted):
    (found,) = dates.find(text)
    assert found.first_day().isoformat() == wanted
