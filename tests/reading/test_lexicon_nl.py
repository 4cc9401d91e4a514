"""Dutch: what advises, what only looks like it."""

import pytest

from articles.reading import statements


def read(names, body, country=None):
    mentions = names.find(body, "nl", country=country)
    return statements.recommendations(body, "nl", names=names, mentions=mentions, country=country, headings=())


@pytest.mark.parametrize(
    "body",
    [
        "De regering zou de accijns op diesel vandaag nog moeten verlagen.",
        "Gemeenten dienen hun grond binnen een jaar uit te geven.",
        "Het is hoog tijd dat de Kamer ingrijpt.",
        "Het is nu aan de provincies om de knoop door te hakken.",
        "De minister doet er goed aan de wet in te trekken.",
        "Scholen kunnen beter één dag minder toetsen.",
        "Het verdient aanbeveling om de dijk eerst te meten.",
        "Wij roepen de gemeenteraad op om het plan te verwerpen.",
        "Genoeg gepraat. Schrap de helft van de formulieren.",
        "Niemand is de baas. Laat de minister de regie nemen.",
        "Laten we de haven weer openen voor kleine boten.",
        "Er is dringend een onafhankelijke toezichthouder nodig.",
        "De overheid mag deze praktijk niet langer dulden.",
    ],
)
def test_advice(names, body):
    assert len(read(names, body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Je moet maar durven.",
        "Het moet gezegd: de conducteur bleef beleefd.",
        "Patiënten moeten maanden wachten op een afspraak.",
        "Volgens de lobby moet de wet geheel van tafel.",
        "De directie roept dat de reiziger meer moet betalen.",
        "Men had dit jaren geleden moeten bedenken.",
        "Zij vertrekken omdat ze elke avond formulieren moeten invullen.",
        "Wij begrijpen best dat de begroting moet kloppen.",
        "Moet de staat dan alles overnemen?",
        "Wij moeten leven met de gevolgen.",
        "Laten we eerlijk zijn, dit werkt niet.",
        "Geef je een vinger, dan nemen ze de hand.",
        "Hij vraagt zich af waarom burgers nog moeten stemmen.",
    ],
)
def test_no_advice(names, body):
    assert read(names, body) == ()


def test_a_bare_verb_is_the_action(names):
    (found,) = read(names, "Dat kan anders. Plant bomen die schaduw geven.")
    assert found.action == "Plant bomen die schaduw geven"


def test_what_one_is_told_not_to_do(names):
    (found,) = read(names, "Schoolbesturen moeten niet bezuinigen op leraren.")
    assert found.negated
    assert found.action == "bezuinigen op leraren"


@pytest.mark.parametrize(
    ("body", "addressee"),
    [
        ("Daarom moet het nieuwe kabinet de wet intrekken.", "nieuwe kabinet"),
        ("Als de rente stijgt, moeten gemeenten zelf gaan bouwen.", "gemeenten"),
        ("De Tweede Kamer moet de btw verlagen.", "Tweede Kamer"),
        ("Volgend jaar zou de minister van Onderwijs de toets moeten schrappen.", "minister van Onderwijs"),
    ],
)
def test_who_is_told(names, body, addressee):
    (found,) = read(names, body)
    assert found.addressee_text == addressee


def test_condition_and_deadline(names):
    (found,) = read(names, "Als de rente stijgt, moeten gemeenten vóór 2030 zelf gaan bouwen.")
    assert (found.condition, found.deadline) == ("Als de rente stijgt", "vóór 2030")


def test_what_the_law_says_is_no_advice(names):
    assert read(names, "De wet bepaalt dat gemeenten hun plannen moeten publiceren.") == ()
    assert read(names, "Wie rust wil, moet naar zee.") == ()
