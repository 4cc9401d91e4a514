import pytest

from articles.reading.reader import page
from articles.reading.types import Hints
from tests.reading.documents import op_ed


def source(before="Rivers are a border", after=""):
    reading, _ = page(op_ed(before, after))
    return reading.source, reading.via


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("Rivers are a border\nSource: The Daily Ledger", "", "The Daily Ledger"),
        ("Rivers are a border\nSumber: Koran Sore, Edisi 24-03-2016", "", "Koran Sore"),
        (
            "Rivers are a border\nJane Roe, Bogor | Opinion (The Daily Ledger) | Tue, July 16 2013",
            "",
            "The Daily Ledger",
        ),
        ("Rivers are a border\nJane Roe | The Daily Ledger | 3 May 2021", "", "The Daily Ledger"),
        ("Rivers are a border | The Daily Ledger", "", "The Daily Ledger"),
        (
            "Rivers are a border",
            "This article was originally published in The Daily Ledger on 3 May 2021.",
            "The Daily Ledger",
        ),
        ("Rivers are a border", "© The Daily Ledger", "The Daily Ledger"),
        ("Rivers are a border", "Copyright 2019. The Daily Ledger. All Rights Reserved.", "The Daily Ledger"),
        ("Rivers are a border", "© Makroskop 2017. Alle Rechte vorbehalten.", "Makroskop"),
        ("Rivers are a border\n© Kestrel", "", None),
        ("Rivers are a border", "© 2021", None),
        ("Rivers are a border", "© Getty Images", None),
    ],
)
def test_names_the_source(before, after, name):
    assert source(before, after) == (name, None)


def test_a_site_that_shows_another_s_article_is_the_aggregator():
    cookies = "We use cookies to provide some features and experiences in GATHERER\n\nRivers are a border"
    assert source(cookies, "© The Daily Ledger") == ("The Daily Ledger", "GATHERER")
    assert source(cookies) == ("GATHERER", None)
    assert source("Rivers are a border | Flipboard", "© The Daily Ledger") == ("The Daily Ledger", "Flipboard")


def test_a_hint_is_used_where_nothing_is_printed():
    raw = op_ed("Rivers are a border | The Daily Ledger")
    assert page(raw, hints=Hints(source="Elsewhere"))[0].source == "The Daily Ledger"
    assert page(op_ed("Rivers are a border"), hints=Hints(source="Elsewhere"))[0].source == "Elsewhere"


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("© 2024 The Harbour Post Media Ltd. All rights reserved.", "The Harbour Post"),
        ("© 2024 Hafenblatt Verlag GmbH & Co. KG", "Hafenblatt"),
        ("© 2024 Media Ltd", "Media Ltd"),
        (
            "Republished with permission from The Harbour Post, where it first appeared on 3 May 2021",
            "The Harbour Post",
        ),
    ],
)
def test_a_publisher_and_a_first_appearance_name_the_source(line, source):
    assert page(op_ed("Rivers are a border\nBy Jane Roe\n3 May 2021", line))[0].source == source


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("© 2024 Uitgeverij De Polderbode B.V. Op alle artikelen berust auteursrecht.", "De Polderbode"),
        ("© Polderbode Courant  Privacy  Cookies", "Polderbode Courant"),
        ("Copyright © Hafenzeitung AG. Jede Weitergabe ist untersagt.", "Hafenzeitung"),
        ("The views expressed here do not necessarily reflect the position of Harbour Review.", "Harbour Review"),
        (
            "Las opiniones son de la autora y no reflejan la línea editorial de El Faro del Puerto.",
            "El Faro del Puerto",
        ),
        ("Texto publicado originalmente em 17/10/2025 no jornal Folha do Cais.", "Folha do Cais"),
    ],
)
def test_a_line_below_names_the_publication(line, source):
    assert page(op_ed("Rivers are a border\nBy Jane Roe\n3 May 2021", line))[0].source == source


def test_a_publisher_is_called_as_the_masthead_is():
    above = "Suara Pelabuhan\n\nBeranda\nOpini\n\nSungai adalah batas\n\nOleh: Jana Roe\n3 Mei 2021"
    document = op_ed(above, "© 2024 Suara Pelabuhan Network", language="id")
    assert page(document)[0].source == "Suara Pelabuhan"


def test_the_blog_that_carries_an_article_is_no_source():
    html = """<html lang="pt"><head><title>Margem do Cais: Rios são fronteiras</title>
    <link rel="alternate" type="application/atom+xml" title="Margem do Cais - Atom" href="/feed"></head><body>
    <h1>Margem do Cais</h1><h3>Rios são fronteiras</h3><div><p>O governo promete há três anos um plano nacional de
    água, e as torneiras continuam secas ao meio-dia nos bairros do leste. Ninguém no ministério sabe dizer quando
    isso vai mudar.</p><p>Os rios não conhecem fronteiras. Quem paga pela seca não tem voto lá em cima, e o atraso já
    custou uma colheita aos dois países.</p><p>Texto publicado originalmente em 17/10/2025 no jornal Folha do Cais.</p>
    </div></body></html>"""
    reading, _ = page(html.encode())
    assert (reading.source, reading.via) == ("Folha do Cais", "Margem do Cais")


def test_a_blogs_foot_names_it():
    after = "Vorige\nVolgende\n\nZondagse stukjes uit de polder\nOndersteund door WordPress"
    assert page(op_ed("Rivieren zijn een grens\n\n3 mei 2021", after, language="nl"))[0].source == (
        "Zondagse stukjes uit de polder"
    )
