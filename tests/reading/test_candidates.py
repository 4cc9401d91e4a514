"""Candidates: who is proposed, who is not, and where they stand."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.reading import candidates
from articles.vocabulary import ActorKind


def propose(names, body, language="en", **known):
    mentions = names.find(body, language)
    return candidates.propose(body, language, names=names, mentions=mentions, **known)


def proposed(names, body, language="en", **known):
    """Return (name, rule) of every candidate."""
    return [(one.name, one.rule) for one in propose(names, body, language, **known)[0]]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "We asked Senator Marla Quist about it.", ("Marla Quist", "title")),
        ("en", "It was Odo Fennick, a gardener from the north, who paid.", ("Odo Fennick", "apposition")),
        ("es", "Habló el presidente de la junta, Odón Ferrales, ayer.", ("Odón Ferrales", "apposition")),
        ("en", "The dam will crack, Marla Quist said on Monday.", ("Marla Quist", "speech")),
        ("en", "Then Marla Quist came. Nobody had asked Quist.", ("Marla Quist", "family")),
        ("en", "The Delta Rivers Authority (DRA) slept.", ("Delta Rivers Authority", "acronym")),
        ("en", "Last year the Ministry of Rivers and Lakes shut.", ("Ministry of Rivers and Lakes", "head")),
        ("en", "Even the oil giant Petrolux paid.", ("Petrolux", "kind")),
        ("id", "Kemarin Menteri Wirya Sanubari menolak.", ("Wirya Sanubari", "title")),
        ("id", "Menurut Wirya Sanubari, air akan habis.", ("Wirya Sanubari", "speech")),
        ("id", "Laporan Badan Sungai Raya (BSR) terbit.", ("Badan Sungai Raya", "acronym")),
        ("es", "Lo pidió la ministra Elvira Montalbo ayer.", ("Elvira Montalbo", "title")),
        ("es", "Vino ayer Elvira Montalbo, una jardinera de Soria.", ("Elvira Montalbo", "apposition")),
        ("es", "El Instituto Nacional de Riberas calla.", ("Instituto Nacional de Riberas", "head")),
        ("fr", "Hier, la toxicologue Maude Perrichon a parlé.", ("Maude Perrichon", "title")),
        ("fr", "« Assez », assène Maude Perrichon devant nous.", ("Maude Perrichon", "speech")),
        ("fr", "Le ministère des Rivières ne répond pas.", ("ministère des Rivières", "head")),
        ("de", "Gestern sprach Ministerin Hanna Wellbrock lange.", ("Hanna Wellbrock", "title")),
        ("de", "Das sei falsch, sagt Hanna Wellbrock heute.", ("Hanna Wellbrock", "speech")),
        ("de", "Das Bundesamt für Flusskunde schweigt.", ("Bundesamt für Flusskunde", "head")),
        ("pt", "Ontem o economista Tadeu Brancal recuou.", ("Tadeu Brancal", "title")),
        ("pt", "O Conselho Estadual de Rios calou.", ("Conselho Estadual de Rios", "head")),
        ("nl", "Volgens hoogleraar Joost Wierdema klopt het.", ("Joost Wierdema", "title")),
        ("nl", "Het Ministerie van Rivieren zwijgt.", ("Ministerie van Rivieren", "head")),
    ],
)
def test_who_is_proposed(names, language, body, expected):
    assert proposed(names, body, language) == [expected]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "In January the Clean Rivers Act passed; the Act said little."),
        ("en", "On Baker Street we met. President Joko Widodo said no."),
        ("en", "Mapleton, a city of mills, and Green Valley, a town, fell."),
        ("en", "However Perhaps Monday said nothing."),
        ("de", "Der Preis der Kohle steigt, und die Kohle bleibt. Die Lage der Stadt, ein Problem, ist bekannt."),
        ("id", "Pada Hari Kemerdekaan, Undang-Undang Air berlaku."),
        ("es", "La Ley de Aguas, una reforma, llegó en Semana Santa."),
        ("fr", "La Loi sur l'Eau, une promesse, attend."),
    ],
)
def test_who_is_not(names, language, body):
    assert proposed(names, body, language) == []


def test_authors_and_headings_are_no_candidates(names):
    body = "Senator Marla Quist\n\nWe asked Senator Marla Quist."
    assert proposed(names, body, authors=["Marla Quist"]) == []


def test_a_family_name_and_letters_count_as_mentions(names):
    body = "Senator Marla Quist told the Delta Rivers Authority (DRA) so. Quist waited; the DRA slept."
    found, _ = propose(names, body)
    texts = {one.name: [body[place.start : place.end] for place in one.mentions] for one in found}
    assert texts == {
        "Marla Quist": ["Marla Quist", "Quist"],
        "Delta Rivers Authority": ["Delta Rivers Authority", "DRA", "DRA"],
    }
    assert {one.name: one.kind for one in found}["Marla Quist"] == ActorKind.PERSON


def test_a_name_that_holds_a_place_hides_it(names):
    found, mentions = propose(names, "Students of the Institute of Bremen met.")
    assert [one.name for one in found] == ["Institute of Bremen"]
    assert mentions == ()


def test_who_is_known_is_no_candidate(names):
    assert proposed(names, "Minister Sergei Lavrov said so, said John Kerry, a diplomat.") == []


words = st.sampled_from(
    [
        "Marla",
        "Quist",
        "the",
        "said",
        "(DRA)",
        "Delta",
        "Authority",
        "of",
        ",",
        ".",
        "\n\n",
        "Russia",
        "é",
        "İ",
        "l’",
        "a",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=40).map(" ".join) | st.text(max_size=80))
def test_nothing_overlaps_and_all_slices(names_once, body):
    found, mentions = propose(names_once, body)
    spans = sorted([(p.start, p.end) for one in found for p in one.mentions] + [(m.start, m.end) for m in mentions])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(0 <= start < end <= len(body) for start, end in spans)
    for one in found:
        assert any(body[p.start : p.end] == one.name for p in one.mentions)


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "Nobody had asked why Tom Waterman stayed away from the hall.", [("Tom Waterman", "person", "name")]),
        ("en", "Then the FMC balked. It costs money.", [("FMC", "organisation", "letters")]),
        ("en", "The GDP of the valley fell, and then the GDP rose.", []),
        ("es", "Los vecinos de Petorana esperan; nadie más vive en Petorana.", [("Petorana", "organisation", "again")]),
        ("es", "Eso lo decide el Senado, no nosotros.", [("Senado", "organisation", "body")]),
        ("nl", "Dat zei ooit Johan Waterbroek tegen de boeren.", [("Johan Waterbroek", "person", "name")]),
        ("pt", "O recurso foi para Serra Branca no mesmo dia.", [("Serra Branca", "person", "name")]),
        ("id", "Air naik di Demaran, lalu surut. Kini orang di Demaran menunggu.", [("Demaran", "region", "again")]),
        ("de", "Das sagt die Wasserkommission seit Jahren.", [("Wasserkommission", "organisation", "body")]),
        ("de", "Die Nachbarn sahen den Fluss steigen, und der Fluss stieg.", []),
    ],
)
def test_names_that_only_their_shape_tells(names, language, body, expected):
    found, _ = propose(names, body, language)
    assert [(one.name, str(one.kind), one.rule) for one in found] == expected
