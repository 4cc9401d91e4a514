"""Spanish: what advises, what only looks like it."""

import pytest

from articles.reading import statements


def read(names, body, country=None):
    mentions = names.find(body, "es", country=country)
    return statements.recommendations(body, "es", names=names, mentions=mentions, country=country, headings=())


@pytest.mark.parametrize(
    ("body", "who", "action"),
    [
        ("El ayuntamiento debe abrir las piscinas.", "ayuntamiento", "abrir las piscinas"),
        ("Como sociedad debemos cuidar a los mayores.", "", "cuidar a los mayores"),
        ("Las universidades tendrían que publicar sus cuentas.", "universidades", "publicar sus cuentas"),
        ("Los bancos tienen que devolver ese dinero.", "bancos", "devolver ese dinero"),
        ("Se debe revisar cada contrato.", "", "revisar cada contrato"),
        ("Hay que plantar más árboles.", "", "plantar más árboles"),
        ("Hace falta que los jueces expliquen la sentencia.", "jueces", "expliquen la sentencia"),
        ("Conviene que las provincias bajen la tasa.", "provincias", "bajen la tasa"),
        ("Es urgente que el Senado apruebe la ley.", "Senado", "apruebe la ley"),
        ("Resulta imprescindible reabrir el archivo.", "", "reabrir el archivo"),
        ("Es hora de que la oposición presente un plan.", "oposición", "presente un plan"),
        ("Ha llegado el momento de bajar las tarifas.", "", "bajar las tarifas"),
        ("Corresponde a los alcaldes cerrar los vertederos.", "alcaldes", "cerrar los vertederos"),
        ("Al próximo ministro le toca ordenar las cuentas.", "ministro", "ordenar las cuentas"),
        ("Exigimos a las empresas que paguen.", "empresas", "paguen"),
        ("Instamos al Parlamento a abrir una comisión.", "Parlamento", "abrir una comisión"),
        ("Exijamos cuentas claras a los alcaldes.", "nosotros", "Exijamos cuentas claras a los alcaldes"),
        ("Dejemos de subvencionar el carbón.", "nosotros", "Dejemos de subvencionar el carbón"),
        ("Publique los contratos antes de junio.", "", "Publique los contratos antes de junio"),
        ("Que la alcaldesa dé explicaciones hoy mismo.", "alcaldesa", "dé explicaciones hoy mismo"),
        ("Los jueces harían bien en guardar silencio.", "jueces", "guardar silencio"),
        ("La prioridad debe ser cerrar las fugas.", "", "cerrar las fugas"),
        ("Reabrir el matadero municipal con agua corriente.", "", "Reabrir el matadero municipal con agua corriente"),
    ],
)
def test_advice(names, body, who, action):
    (found,) = read(names, body)
    assert who in found.addressee_text
    assert found.action == action


@pytest.mark.parametrize(
    "body",
    [
        "El alcalde debe de andar por los sesenta.",
        "Aquello debe haber sido muy caro.",
        "El retraso se debe a la lluvia.",
        "Le debe su fama a una canción.",
        "La vecina tuvo que dormir en el coche.",
        "Una enfermera tiene que hacer dos turnos.",
        "Hay que reconocer que el plan era bueno.",
        "Hay que decirlo claro.",
        "No hace falta inventar nada.",
        "¿Debe el Estado pagarlo todo?",
        "La ley dispone que los concejales deben publicar sus bienes.",
        "Según el ministro, los alcaldes deben esperar.",
        "Nos dicen que deberíamos callar.",
        "El gobierno debería haber actuado antes.",
        "El presidente deberá nombrar embajador en octubre.",
        "Reabrir el matadero es muy caro.",
        "Recordemos que la norma es de 1985.",
        "Tenemos buenos puertos y malos trenes.",
        "Que el gobierno mienta es una vergüenza.",
        "No sabemos qué debe hacer el municipio.",
    ],
)
def test_no_advice(names, body):
    assert not read(names, body)


@pytest.mark.parametrize(
    "body",
    [
        "No debemos aceptar el chantaje.",
        "El Congreso no puede seguir de brazos cruzados.",
        "Conviene que los diputados no toquen el fondo.",
        "No permita otro aplazamiento.",
        "No contratar más asesores externos.",
    ],
)
def test_what_not_to_do(names, body):
    (found,) = read(names, body)
    assert found.negated


@pytest.mark.parametrize("body", ["Hoy tenemos que cuidar el agua.", "Por lo tanto, no debemos ceder nunca más."])
def test_the_verb_alone_says_we(names, body):
    (found,) = read(names, body)
    assert found.addressee_text == "nosotros"


def test_a_quoted_clause_begins_within_its_quotation(names):
    assert not read(names, "El ministro lo dijo claro: «No debemos parar las obras por unas lluvias».")
