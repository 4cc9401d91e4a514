import pytest

from articles.reading import title


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
