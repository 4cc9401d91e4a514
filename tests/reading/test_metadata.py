from datetime import UTC, datetime, timedelta

import pytest

from articles.reading.reader import page
from articles.reading.types import Byline, Hints
from articles.vocabulary import Precision, Provenance
from tests.reading.documents import op_ed

TITLE = "Rivers are a border"


def authors(before=TITLE, after=""):
    return page(op_ed(before, after))[0].authors


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (f"{TITLE}\nBy Jane Roe", "", ["Jane Roe"]),
        (f"{TITLE}\nJane Roe\n3 May 2021", "", ["Jane Roe"]),
        (f"Jane Roe\n{TITLE}\n3 May 2021", "", ["Jane Roe"]),
        (TITLE, "Jane Roe", ["Jane Roe"]),
        (TITLE, "JANE ROE\nDirector, River Institute", ["Jane Roe"]),
        (TITLE, "*Jane Roe is a professor at Delta University.", ["Jane Roe"]),
        (f"{TITLE}\n27 July 2013  Unknown", "Posted by: Tom Hardy", []),
        (f"{TITLE}\nBy Jane Roe", "Comments\n\nTom Hardy\n\nWhat a fine article this was.", ["Jane Roe"]),
        (f"{TITLE}\nBy Jane Roe\nPhoto: Tom Hardy / AP", "", ["Jane Roe"]),
        (f"{TITLE}\nBy Admin", "", []),
        (f"{TITLE} | Jane Roe", "", ["Jane Roe"]),
        (f"{TITLE.upper()}\n\nJANE ROE AND TOM HARDY", "", ["Jane Roe", "Tom Hardy"]),
    ],
)
def test_names_the_authors(before, after, names):
    assert [one.name for one in authors(before, after)] == names


def test_joins_a_byline_with_the_affiliation_below_it_and_the_note():
    above = f"{TITLE}\n\nIl Young Jeong\n\nResearch Professor_River Institute_Delta University"
    assert authors(above, "*IL-Young Jeong is a research professor at Delta University in Khulna.") == (
        Byline("Il Young Jeong", "River Institute, Delta University", "Research Professor"),
    )


def test_a_note_without_the_name_is_about_the_only_author():
    found = authors(f"{TITLE}\nBy Jane Roe", "The writer is a lecturer in law at Delta University. She swims.")
    assert found == (Byline("Jane Roe", "Delta University", "lecturer in law"),)


def published(before, after="", **hints):
    return page(op_ed(before, after), hints=Hints(**hints))[0].published


@pytest.mark.parametrize(
    ("before", "iso"),
    [
        (f"{TITLE}\n22.07.2024", "2024-07-22"),
        (f"{TITLE}\nBy Jane Roe | 12/10/2020", "2020-10-12"),
        (
            f"Wednesday, November 20, 2019\nPolitics desk\n{TITLE}\nby Jane Roe\n| November 18, 2019 12:26 PM",
            "2019-11-18",
        ),
        (
            f"{TITLE}\nSaturday, July 27, 2013  Unknown\n\nJane Roe | Opinion (The Ledger) | Tue, July 16 2013",
            "2013-07-16",
        ),
        (f"{TITLE}\nPublié le 15 mai 2019 à 06h00 - Mis à jour le 16 mai 2019", "2019-05-15"),
        (f"{TITLE}\nJuly 2024", "2024-07"),
    ],
)
def test_finds_the_day_of_publication(before, iso):
    found = published(before)
    assert (found.iso(), found.provenance) == (iso, Provenance.PRINTED)


def test_counters_and_teasers_are_no_dates():
    assert published(f"{TITLE}\n5 0", "Must Read\n\nWhy dams fail\n\n3 May 2021") is None


def test_an_address_dates_what_prints_no_date():
    found = published(TITLE, name="https://ledger.example/2021/05/rivers")
    assert (found.iso(), found.precision, found.provenance) == ("2021-05", Precision.MONTH, Provenance.ADDRESS)


def test_keeps_the_dates_that_lost():
    reading, _ = page(op_ed(f"{TITLE}\n27 July 2013\n\nJane Roe | Opinion (The Ledger) | Tue, July 16 2013"))
    assert reading.alternatives == {"published": ("2013-07-27",)}


def test_the_day_of_an_update_counts_where_no_other_is_printed():
    assert published(f"{TITLE}\nBy Jane Roe\nUpdated 3 September 2024, 17:20").iso() == "2024-09-03"
    assert published(f"{TITLE}\nBy Jane Roe\n1 September 2024\nUpdated 3 September 2024").iso() == "2024-09-01"


def test_keeps_the_other_order_of_day_and_month():
    reading, _ = page(op_ed(f"{TITLE}\nBy Jane Roe | 12/10/2020"))
    assert reading.published.iso() == "2020-10-12"
    assert [one.value for one in reading.evidence["published"]] == ["2020-10-12", "2020-12-10"]
    assert reading.evidence["published"][1].rule == "text.dateline.swapped"


def test_the_order_is_that_of_the_page_and_its_language():
    american = op_ed(f"{TITLE}\nBy Jane Roe | 12/10/2020\nUpdated December 11, 2020")
    assert page(american)[0].published.iso() == "2020-12-10"
    spanish = op_ed(f"{TITLE}\nPor Juana Roe | 12/10/2020\nDiciembre 11, 2020", language="es")
    assert page(spanish)[0].published.iso() == "2020-10-12"


def test_nothing_is_published_on_a_day_to_come():
    coming = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    reading, _ = page(op_ed(f"{TITLE}\n{coming}"))
    assert reading.published is None
    assert [one.value for one in reading.evidence["published"]] == [coming]
    assert published(f"{TITLE}\n{coming}", "First published in The Daily Ledger, 3 May 2021").iso() == "2021-05-03"


def test_reads_a_header_of_labels():
    reading, _ = page(op_ed(f"Title: {TITLE}\nAuthor: Jane Roe\nSource: The Daily Ledger\nDate: 2021-05-03"))
    assert (reading.title, reading.source, reading.published.iso()) == (TITLE, "The Daily Ledger", "2021-05-03")
    assert [one.name for one in reading.authors] == ["Jane Roe"]


HARBOUR = """<html><head><meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2024-06-05T04:10:44+00:00">
<meta name="author" content="Harbour Online">
<title>Who pays for the boats?</title></head><body><article><h1>Who pays for the boats?</h1>
<p class="byline">by Harbour Online | {day}</p><p class="by">By Linh Tran</p>
<p>The river has risen for nine days, and the towns along its lower course are empty. Nobody has said who pays.</p>
<p>A common plan costs little. The delay has already cost both countries a harvest, and it will cost them another.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("day", "wanted"), [("June 4, 2024", "2024-06-04"), ("June 5, 2024", "2024-06-05"), ("June 6, 2024", "2024-06-05")]
)
def test_a_printed_day_counts_where_it_is_that_day_somewhere_on_earth(day, wanted):
    found, _ = page(HARBOUR.format(day=day).encode())
    assert found.published.iso() == wanted


def test_the_desk_that_typed_a_guest_in_is_no_author():
    found, _ = page(HARBOUR.format(day="June 5, 2024").encode())
    assert [one.name for one in found.authors] == ["Linh Tran"]
