"""Whole documents: the seeds, made-up pages in many languages and layouts, and what is hostile or no article."""

import textwrap
from pathlib import Path

import pytest

from articles.reading.reader import LONGEST, page
from articles.reading.types import Hints, UnreadableDocument
from tests.reading.documents import PARAGRAPHS, body, op_ed

SEEDS = Path(__file__).parents[2] / "seeds"
P = PARAGRAPHS["en"]


def read(raw, **hints):
    return page(raw, hints=Hints(**hints))[0]


def seed(number):
    return read(next(SEEDS.glob(f"{number:03}_*.txt")).read_bytes())


def facts(reading):
    return (
        reading.title,
        [one.name for one in reading.authors],
        reading.published.iso() if reading.published else None,
        reading.language,
    )


def test_a_seed_without_a_title():
    reading = seed(0)
    assert facts(reading) == (None, [], None, "en")
    assert len(reading.references) == 5
    assert reading.published_not_before.isoformat() == "2024-07-01"
    assert "own.\n" not in reading.body and reading.body.endswith("international challenges.")


def test_a_seed_that_breaks_off_on_an_aggregator():
    reading = seed(1)
    title = "Indonesia’s Delicate Balancing Act: Navigating The New Korean Peninsula Order – OpEd"
    assert facts(reading) == (title, [], "2024-07-22", "en")
    assert (reading.source, reading.via, reading.truncated) == ("Eurasia Review", "QOSHE", True)


def test_a_seed_with_a_note_about_its_author():
    reading = seed(2)
    assert facts(reading) == ("Jakarta gambles on embracing North Korea", ["Aniello Iannone"], None, "en")
    assert reading.authors[0].affiliation == "Universitas Diponegoro (UNDIP), Indonesia"
    assert reading.body.endswith("the art of possibility.")


def test_a_seed_with_headings_and_teasers():
    reading = seed(3)
    assert facts(reading)[1:] == (["Il Young Jeong"], None, "en")
    assert [reading.body[span.start : span.end] for span in reading.headings] == [
        "Russia Has Returned",
        "The Reconfiguration of International Politics on the Korean Peninsula Due to Russia's Southward Advance",
        "We Should Pursue Practical and Peace Diplomacy",
    ]
    assert "Best click" not in reading.body and "iStock" not in reading.body


def test_a_seed_with_footnotes():
    reading = seed(4)
    assert facts(reading)[1:] == ([], None, "id")
    assert [one.label for one in reading.references] == [str(number) for number in range(1, 24)]
    assert reading.references[2].text == "Ibid."
    assert "Pyongyang[2]" in reading.body
    assert reading.published_not_before.isoformat() == "2024-05-07"


PAGES = {
    "blog": (
        "Skip to content\nThe Daily Ledger\nMenu\nHome\nAbout\nRivers are a border\nPosted on March 3, 2021 by admin\n"
        "By Dr. Helen O’Brien-Katz",
        "Helen O’Brien-Katz is a lecturer at the University of Leeds.\n\nShare this:\nTwitter\nRelated\nWhy dams fail\n"
        "Leave a Reply\nYour email address will not be published.\n© 2021 The Daily Ledger",
        ("Rivers are a border", ["Helen O’Brien-Katz"], "2021-03-03", "en"),
    ),
    "magazine": (
        "FLASHPOINTS | SECURITY | ASIA\nWater Should Not Wait\nThe ministers have run out of excuses.\n\n"
        "By Nguyen Thi Lan\nfor The Observer\nJanuary 12, 2024\n\nCredit: Depositphotos",
        "AUTHORS\nGuest Author\nNguyen Thi Lan",
        ("Water Should Not Wait", ["Nguyen Thi Lan"], "2024-01-12", "en"),
    ),
    "syndicate": (
        "The Broken Promise of Water\nJul 22, 2024\nJOSEPHINE S. NYQUIST",
        "Josephine S. Nyquist, a professor at Delta University, is the author, most recently, of Dry Land.",
        ("The Broken Promise of Water", ["Josephine S. Nyquist"], "2024-07-22", "en"),
    ),
    "academic": (
        "Why water plans fail, and what would help\nPublished: July 5, 2023 8:10am EDT\nAuthor\nMark A. Stone\n"
        "Professor of Politics, University of Leeds\nDisclosure statement\nMark A. Stone does not work for, consult, "
        "own shares in or receive funding from any company that would benefit from this article.",
        "",
        ("Why water plans fail, and what would help", ["Mark A. Stone"], "2023-07-05", "en"),
    ),
    "id": (
        "Beranda\nKolom\nAir Bersih yang Tak Kunjung Datang\nBudi Santoso - Koran Sore\nSenin, 05 Feb 2024 13:00 WIB\n"
        "Foto: Ilustrasi/Fuad Hasim",
        "Budi Santoso dosen Universitas Airlangga\n\n(mmu/mmu)\nBerita Terkait\nBanjir Melanda Kota",
        ("Air Bersih yang Tak Kunjung Datang", ["Budi Santoso"], "2024-02-05", "id"),
    ),
    "ms": (
        "Air: janji yang tidak ditunaikan\n\nOleh Dr Ahmad Farid bin Yusof\n12 Mac 2023",
        "Penulis ialah pensyarah di Universiti Malaya. Artikel ini adalah pandangan peribadi penulis.",
        ("Air: janji yang tidak ditunaikan", ["Ahmad Farid bin Yusof"], "2023-03-12", "ms"),
    ),
    "pt": (
        "Opinião\n\nÁgua, a promessa quebrada\n\nPor João da Silva Pereira\n3 de março de 2022",
        "As opiniões expressas neste texto são do autor.\n\nLeia também\nChuvas voltam ao sul",
        ("Água, a promessa quebrada", ["João da Silva Pereira"], "2022-03-03", "pt"),
    ),
    "de": (
        "Wasser ist kein Luxusgut\n\nVon Max Müller-Lüdenscheidt\n\nStand: 05.03.2024, 10:15 Uhr | Lesedauer: 4 min",
        "Der Autor ist Professor für Umweltrecht an der Universität Freiburg.",
        ("Wasser ist kein Luxusgut", ["Max Müller-Lüdenscheidt"], "2024-03-05", "de"),
    ),
    "fr": (
        "Tribune\n« L’eau, une promesse trahie »\nPar Jean-Pierre de la Fontaine, professeur à l’université de Lyon\n"
        "Publié le 15 mai 2019 à 06h00 - Mis à jour le 16 mai 2019 à 10h12\nTemps de lecture 3 min.",
        "",
        ("« L’eau, une promesse trahie »", ["Jean-Pierre de la Fontaine"], "2019-05-15", "fr"),
    ),
    "es": (
        "Agua: la promesa rota\nPor: María Fernández de la Torre\n13/03/2024",
        "* La autora es economista de la Universidad de Antioquia.\n@mfdelatorre",
        ("Agua: la promesa rota", ["María Fernández de la Torre"], "2024-03-13", "es"),
    ),
    "ru": (
        "Мнения\nВода как обещание\nАвтор: Иван Петров\n15 марта 2023 года",
        "Мнение автора может не совпадать с мнением редакции.",
        ("Вода как обещание", ["Иван Петров"], "2023-03-15", "ru"),
    ),
    "ar": (
        "الماء وعد لا يتحقق\n\nبقلم: محمد علي حسن\n15 مارس 2023",
        "المقالات المنشورة لا تعبر بالضرورة عن رأي الصحيفة",
        ("الماء وعد لا يتحقق", ["محمد علي حسن"], "2023-03-15", "ar"),
    ),
    "bn": (
        "মতামত\nপানির প্রতিশ্রুতি কবে পূরণ হবে\n\nলেখক: রহিম উদ্দিন আহমেদ\nপ্রকাশ: ১৫ মার্চ ২০২৩, ১০:০০",
        "মন্তব্য করুন",
        ("পানির প্রতিশ্রুতি কবে পূরণ হবে", ["রহিম উদ্দিন আহমেদ"], "2023-03-15", "bn"),
    ),
    "zh": (
        "水的承诺何时兑现\n作者：王小明\n2024年3月5日",
        "相关文章\n南方洪水",
        ("水的承诺何时兑现", ["王小明"], "2024-03-05", "zh"),
    ),
    "ja": (
        "水の約束はいつ果たされるのか\n2024年3月5日",
        "関連記事\n南部で洪水",
        ("水の約束はいつ果たされるのか", [], "2024-03-05", "ja"),
    ),
    "ko": (
        "물의 약속은 언제 지켜지는가\n2024년 3월 5일",
        "관련기사\n남부 홍수",
        ("물의 약속은 언제 지켜지는가", [], "2024-03-05", "ko"),
    ),
    "tr": (
        "Su: tutulmayan söz\nYazar: Ayşe Yılmaz\n15 Mart 2023",
        "",
        ("Su: tutulmayan söz", ["Ayşe Yılmaz"], "2023-03-15", "tr"),
    ),
    "vi": ("Nước sạch: lời hứa chưa thành", "", ("Nước sạch: lời hứa chưa thành", [], None, "vi")),
    "nl": (
        "Water is een gebroken belofte\nDoor Jan van der Berg\n15 maart 2023",
        "Jan van der Berg is hoogleraar bestuurskunde aan de Universiteit Leiden.",
        ("Water is een gebroken belofte", ["Jan van der Berg"], "2023-03-15", "nl"),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_reads_made_up_pages(name):
    before, after, expected = PAGES[name]
    language = name if name in PARAGRAPHS else "en"
    reading = read(op_ed(before, after, language))
    assert facts(reading) == expected
    assert reading.body == body(language)
    assert not reading.truncated


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_reads_the_same_in_every_encoding(encoding):
    raw = op_ed("Rivers are a border – still\nBy José Roe").decode().encode(encoding)
    assert facts(read(raw))[:2] == ("Rivers are a border – still", ["José Roe"])
    assert read(raw).body == body()


def test_reads_hard_wrapped_text():
    wrapped = "\n\n".join(textwrap.fill(text, 72) for text in P)
    reading = read(f"A PLAN FOR WATER\n\nby John Q. Farmer\n\n{wrapped}\n".encode())
    assert (reading.title, reading.body) == ("A PLAN FOR WATER", body())


def test_reads_front_matter():
    reading = read(f'---\ntitle: "Rivers"\ndate: 2021-04-05\nauthor: Lena Ortiz\n---\n\n{body()}'.encode())
    assert facts(reading) == ("Rivers", ["Lena Ortiz"], "2021-04-05", "en")


def test_a_language_hint_overrides_detection():
    assert read(op_ed(), language="id").language == "id"


def test_reads_one_long_line():
    line = " ".join(P * 50)
    assert read(line.encode()).body == line


@pytest.mark.parametrize("text", ["menu_open\nHome\nAbout us\nShare", "12345\n----\n5 0", "x", "Home | Opinion"])
def test_a_page_of_chrome_alone_holds_no_article(text):
    with pytest.raises(UnreadableDocument, match="no article text found"):
        read(text.encode())


def test_a_megabyte_is_read_as_far_as_the_limit_and_says_so():
    reading = read("\n\n".join(P * 1500).encode())
    assert LONGEST * 0.9 < len(reading.body) <= LONGEST
    assert reading.truncated
    assert not read("\n\n".join(P * 500).encode()).truncated


def test_a_text_says_where_each_value_stands():
    reading = read(op_ed("Opinion\n\nRivers are a border\nBy Jane Roe\n3 May 2021"))
    told = {field: [(one.rule, one.value, one.line) for one in found] for field, found in reading.evidence.items()}
    assert told == {
        "title": [("text.title", "Rivers are a border", 3)],
        "authors": [("text.byline.by", "Jane Roe", 4)],
        "published": [("text.dateline", "2021-05-03", 5)],
        "language": [("text.language", "en", None)],
    }
    assert reading.evidence["authors"][0].text == "By Jane Roe"


def test_front_matter_is_a_witness_too():
    reading = read(
        f'---\ntitle: "Rivers"\ndate: 2021-04-05\nauthor: [Lena Ortiz, Jane Roe]\nlang: en\n---\n\n{body()}'.encode()
    )
    assert [one.name for one in reading.authors] == ["Lena Ortiz", "Jane Roe"]
    assert [one.rule for field in ("title", "authors", "published") for one in reading.evidence[field]] == [
        "text.front_matter.title",
        "text.front_matter.author",
        "text.front_matter.date",
    ]


def test_a_text_that_calls_itself_a_page_is_read_as_text():
    reading = read(f"<script>track()</script>\n{body()}".encode())
    assert (reading.body, reading.media_type) == (body(), "text/plain")
    assert read(f"<html>\n{body()}\n</html>".encode()).body == body()
    assert read(body().encode(), media_type="text/html").body == body()
