"""Commands in running prose, and what only looks like one."""

import pytest

from articles.reading import statements


def asked(names, language, body):
    found, _ = statements.read(
        body, language, names=names, mentions=names.find(body, language), country=None, headings=()
    )
    return [body[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("language", "body", "quotes"),
    [
        ("en", "It is late. Give the harbour its own levy.", ["Give the harbour its own levy."]),
        ("en", "It is late. Let the valley keep what it raises.", ["Let the valley keep what it raises."]),
        ("en", "It is late. Make no mistake, this is a drought. Take the case of the delta.", []),
        ("en", "It is late. Let me explain. Let it be.", []),
        ("en", "Fines have to be tied to the catch.", ["Fines have to be tied to the catch."]),
        ("en", "But nobody needs to build another dam.", []),
        ("en", "Under the guidelines a dealer must keep records for five years.", []),
        ("id", "Kalau serius, hentikanlah penebangan di hulu.", ["Kalau serius, hentikanlah penebangan di hulu."]),
        ("id", "Adapun istilah itu lama, dan bukanlah hal baru.", []),
        ("nl", "En ten derde: stuur op wat er uit de sluis komt.", ["stuur op wat er uit de sluis komt."]),
        ("fr", "Que les barrages soient ouverts avant l'été.", ["Que les barrages soient ouverts avant l'été."]),
        ("fr", "Nous lui suggérons de visiter les villages.", ["Nous lui suggérons de visiter les villages."]),
        ("es", "Ningún pozo debería volver a venderse.", ["Ningún pozo debería volver a venderse."]),
        (
            "de",
            "Das Amt hat gefälligst offenzulegen, was es weiß.",
            ["Das Amt hat gefälligst offenzulegen, was es weiß."],
        ),
        ("de", "Man muss diese Geschichte kennen.", []),
    ],
)
def test_commands_in_prose(names, language, body, quotes):
    assert asked(names, language, body) == quotes


def test_an_explanation_behind_a_colon_is_no_part_of_the_demand(names):
    body = (
        "Québec doit financer des groupes de trente en littérature et en philosophie : cela coûterait une soixantaine "
        "de millions par an, soit moins que le contrat signé."
    )
    assert asked(names, "fr", body) == ["Québec doit financer des groupes de trente en littérature et en philosophie"]


def test_an_aside_between_commas_stays_in_the_demand(names):
    body = "Il faut inscrire dans la loi de l'eau, et non dans un communiqué, une enveloppe de huit cents millions."
    assert asked(names, "fr", body) == [body]
