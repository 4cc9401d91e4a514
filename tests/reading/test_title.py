import pytest

from articles.reading import title
from articles.reading.reader import page
from tests.reading.documents import op_ed


@pytest.mark.parametrize(
    ("printed", "site", "clean"),
    [
        ("Water Should Not Wait | The Daily Ledger", None, "Water Should Not Wait"),
        ("Water Should Not Wait - The Ledger", "The Ledger", "Water Should Not Wait"),
        ("Water Should Not Wait - The Ledger", None, "Water Should Not Wait - The Ledger"),
        ("Water Should Not Wait – OpEd", "The Ledger", "Water Should Not Wait – OpEd"),
        ("Water | Rivers", None, "Water | Rivers"),
        ("Water and power | Opinion | The Ledger", None, "Water and power"),
    ],
)
def test_prints_a_title_without_its_site(printed, site, clean):
    assert title.clean(printed, site) == clean


def test_reads_the_site_behind_a_bar():
    assert title.suffix("Water Should Not Wait | The Daily Ledger") == "The Daily Ledger"
    assert title.suffix("Water Should Not Wait | Opinion") is None
    assert title.suffix("Water Should Not Wait | Jane Roe") is None
    assert title.suffix("Water Should Not Wait") is None


@pytest.mark.parametrize(
    "line",
    [
        "S'abonner : 1 € le premier mois",
        "Langganan Koran Digital Mulai Rp 29.000/bulan",
        "Suscríbete por $3.990 al mes",
        "Je leest dit artikel gratis. Probeer nu twee weken voor € 0",
        "Accéder au contenu principal",
        "Unlimited digital access from $1 a week",
    ],
)
def test_an_offer_is_no_title(line):
    assert page(op_ed(f"{line}\n\nRivers are a border\n\nBy Jane Roe\n3 May 2021"))[0].title == "Rivers are a border"


def test_a_standfirst_that_ends_with_the_byline_is_no_title_and_names_the_authors():
    above = (
        "Rivers are a border\n\nA law so strict that it protects the wrong ones. By Jane Roe and John Doe\n\n3 May 2021"
    )
    reading, _ = page(op_ed(above))
    assert reading.title == "Rivers are a border"
    assert [one.name for one in reading.authors] == ["Jane Roe", "John Doe"]


def test_a_rubric_before_a_quoted_title_goes():
    above = "TRIBUNE. « Les fleuves sont une frontière »\n\nPar Jeanne Roe\n3 mai 2021"
    assert page(op_ed(above, language="fr"))[0].title == "« Les fleuves sont une frontière »"


def test_a_standfirst_without_a_full_stop_is_no_title():
    deck = "The council has money for the port and no courage to spend it"
    above = f"Accept all\n\nThe Harbour Herald\n\nOpinion\n\nA quay is a promise\n\n{deck}\n\nBy Jane Roe"
    assert page(op_ed(above))[0].title == "A quay is a promise"
