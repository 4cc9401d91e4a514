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


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "It began on 6 July 2023. The deadline is 1 March 2025."),
        ("id", "Ini bermula pada 6 Juli 2023. Rencana itu akan dimulai pada 1 Maret 2025."),
        ("ms", "Ia bermula pada 6 Julai 2023. Projek itu dijangka siap pada 1 Mac 2025."),
        ("de", "Es begann am 6. Juli 2023. Das Gesetz soll am 1. März 2025 in Kraft treten."),
        ("fr", "Tout a commencé le 6 juillet 2023. La loi entrera en vigueur le 1er mars 2025."),
        ("es", "Todo empezó el 6 de julio de 2023. La ley entrará en vigor el 1 de marzo de 2025."),
        ("pt", "Tudo começou em 6 de julho de 2023. A lei entrará em vigor em 1 de março de 2025."),
        ("nl", "Het begon op 6 juli 2023. De wet gaat uiterlijk op 1 maart 2025 in."),
    ],
)
def test_what_was_planned_for_a_day_has_not_happened(language, body):
    assert not_before(body, (), language, today=date(2026, 1, 1)) == date(2023, 7, 6)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "On 6 July 2023 they met before dawn."),
        ("id", "Pada 6 Juli 2023 DPR berjanji para petani didengar."),
        ("es", "El 6 de julio de 2023 votó para los campesinos."),
        ("nl", "Op 6 juli 2023 koos de Kamer voor de boeren."),
    ],
)
def test_a_word_that_belongs_to_what_follows_makes_no_plan_of_a_day(language, body):
    assert not_before(body, (), language, today=date(2026, 1, 1)) == date(2023, 7, 6)


def test_no_event_is_later_than_today():
    body = "It began on 6 July 2023 and ended on 1 March 2025."
    assert not_before(body, (), "en", today=date(2024, 1, 1)) == date(2023, 7, 6)
    assert not_before(body, (), "en", today=date(2025, 3, 1)) == date(2025, 3, 1)


@pytest.mark.parametrize("body", ["Three days ago they met; last year 2 of 3 stayed away.", "It happened yesterday."])
def test_days_told_from_today_date_nothing(body):
    assert not_before(body, (), "en") is None
