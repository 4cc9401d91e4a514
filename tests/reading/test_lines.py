import pytest

from articles.reading import lines
from articles.reading.lines import Line


@pytest.mark.parametrize(
    "text",
    [
        "menu_open",
        "Skip to main content",
        "Aa Aa Aa",
        "- A +",
        "5 0",
        "More information  .  Close",
        "Home | Opinion | Contact",
        "12 comments",
        "https://x.example/a",
        "desk@x.example",
        "#water #rivers",
        "This site uses cookies to count readers",
        "© 2021 The Daily Ledger. All rights reserved.",
        "Bagikan artikel ini",
        "Lesedauer: 4 Minuten",
        "Partager",
    ],
)
def test_knows_chrome_by_its_words(text):
    assert lines.chrome(Line(text))


@pytest.mark.parametrize(
    "text",
    ["Rivers do not respect borders.", "The Cost of Doing Nothing", "Kita butuh air.", "水的承诺何时兑现", "Eau"],
)
def test_takes_no_words_of_the_article_for_chrome(text):
    assert not lines.chrome(Line(text))


@pytest.mark.parametrize(
    ("test", "text", "expected"),
    [
        (lines.credit, "Photo: Jane Roe / Getty Images", True),
        (lines.credit, "© Kestrel", True),
        (lines.credit, "Photographs tell us little about a war.", False),
        (lines.ending, "Leave a Reply", True),
        (lines.ending, "Comments (12)", True),
        (lines.ending, "More from The Daily Ledger", True),
        (lines.ending, "More from this water than from any other source has been drunk, and nobody paid.", False),
        (lines.teaser, "Baca juga: Bendungan Baru Diresmikan", True),
        (lines.teaser, "Read: Why dams fail", True),
        (lines.teaser, "Read: it is what ministers should do.", False),
        (lines.disclaimer, "The opinions expressed in this article are the author’s own.", True),
        (lines.disclaimer, "The opinions expressed in parliament changed nothing.", False),
        (lines.series, "In der Serie „Wasser“ schreiben Fachleute über Flüsse.", True),
    ],
)
def test_knows_what_a_line_is_for(test, text, expected):
    assert test(Line(text)) is expected


def test_joins_hard_wrapped_paragraphs_and_leaves_others():
    wrapped = (
        "The government has spent three years promising a national water\n"
        "plan, and the taps in the eastern districts still run dry by noon.\n"
        "Nobody can say when that will change.\n"
    )
    text = (wrapped + "\n") * 4
    assert [line.text.endswith("change.") for line in lines.split(text)] == [True] * 4
    assert len(lines.split("Title\nA paragraph.\nAnother paragraph.")) == 3


def test_counts_words_where_no_spaces_part_them():
    assert Line("政府三年来一直承诺制定全国水资源计划，但东部各县的水龙头到中午仍然干涸。").prose
    assert not Line("水的承诺").prose


def test_signs_alone_are_no_prose():
    assert not Line("." * 500).prose
    assert not Line("( " * 300).sentence


def test_cuts_chrome_out_of_a_paragraph():
    text = "Prices rose. For all the latest news, follow The Ledger’s Google News channel. They fell again."
    assert lines.without_inline(text) == "Prices rose. They fell again."
