from datetime import date

import pytest

from articles.reading.horizon import not_before
from articles.reading.types import Reference


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("He landed in October 2025 and left.", date(2025, 10, 1)),
        ("On 24 February 2022 it began; on 3 March it went on.", date(2022, 3, 3)),
        ("Targets fall due by 1 March 2045. It began on 6 July 2023.", date(2023, 7, 6)),
        ("The vote will be held on 14 February 2029.", None),
        ("On June 18 they met.", None),
        ("It began in October 1950.\n\nOn June 18 they met.", None),
        ("Pada tanggal 24 Februari 2022, perang pecah.", date(2022, 2, 24)),
        ("Nothing is dated here, in 2 of 3 cases.", None),
    ],
)
def test_takes_the_latest_past_date_of_the_body(body, day):
    assert not_before(body, ()) == day


def test_takes_dates_of_references():
    found = (
        Reference("1", "Ledger (2024, May 7)."),
        Reference("", "Roe, Dry Land, 2021."),
        Reference("", "Accessed July 2024."),
    )
    assert not_before("", found) == date(2024, 7, 1)
