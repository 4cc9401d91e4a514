"""French: what advises, what only looks like it."""

import pytest

from articles.reading import statements


def read(names, body, country=None):
    mentions = names.find(body, "fr", country=country)
    return statements.recommendations(body, "fr", names=names, mentions=mentions, country=country, headings=())


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_elision_with_either_apostrophe(names, apostrophe):
    body = "Il est urgent d'ouvrir les archives de la police.".replace("'", apostrophe)
    assert [one.action for one in read(names, body)] == ["ouvrir les archives de la police"]


@pytest.mark.parametrize(
    ("body", "addressee", "action"),
    [
        ("Mettons fin aux primes sans contrôle.", "nous", "Mettons fin aux primes sans contrôle"),
        ("Ne laissons pas les plages aux promoteurs.", "nous", "laissons pas les plages aux promoteurs"),
        ("Que le ministère publie enfin ses chiffres !", "ministère", "publie enfin ses chiffres"),
        ("Aux communes d'ouvrir leurs archives.", "communes", "ouvrir leurs archives"),
        ("Il appartient donc aux juges de trancher.", "juges", "trancher"),
        ("C’est à l’État de garantir l’accès aux soins.", "État", "garantir l’accès aux soins"),
        ("Nous appelons les bailleurs à annuler ces dettes.", "bailleurs", "annuler ces dettes"),
        ("Le temps est venu pour les maires de parler.", "maires", "parler"),
        ("Il nous faut planter des haies.", "nous", "planter des haies"),
        ("Les banques feraient bien de lire le contrat.", "banques", "lire le contrat"),
        ("Halte aux dépenses de prestige !", "", "dépenses de prestige"),
        ("Il est donc grand temps de rouvrir les lignes locales.", "", "rouvrir les lignes locales"),
        ("Il convient enfin de former les guides.", "", "former les guides"),
        ("Une réforme du scrutin est indispensable.", "", "Une réforme du scrutin"),
    ],
)
def test_advice(names, body, addressee, action):
    found = read(names, body)
    assert [(one.addressee_text, one.action) for one in found] == [(addressee, action)]


@pytest.mark.parametrize(
    "body",
    [
        "Il doit y avoir une autre raison.",
        "Le record doit avoir été battu en juillet.",
        "La ville doit son charme à ses canaux.",
        "Les travaux devraient durer trois ans.",
        "La directive doit entrer en vigueur en janvier.",
        "Cela devrait nous inquiéter.",
        "Il faut dire que la tâche est rude.",
        "Il faut dix ans pour former un chirurgien.",
        "S'il faut choisir, je choisis la prudence.",
        "Nous savons ce qu'il faut faire.",
        "La loi prévoit que les maires doivent publier leurs indemnités.",
        "On nous répète que les communes doivent se taire.",
        "Le patronat soutient qu'il faut travailler plus.",
        "Rappelons que ce texte date de 1905.",
        "Qu'on le veuille ou non, le climat change.",
        "Que doit faire le préfet ?",
        "Nous en faisons la preuve chaque matin.",
    ],
)
def test_no_advice(names, body):
    assert read(names, body) == ()


@pytest.mark.parametrize(
    ("body", "addressee", "action"),
    [
        ("Il est temps que l'Assemblée vote ce texte.", "Assemblée", "vote ce texte"),
        ("Il faut que les communes ouvrent leurs comptes.", "communes", "ouvrent leurs comptes"),
    ],
)
def test_who_is_told_in_a_que_clause(names, body, addressee, action):
    assert [(one.addressee_text, one.action) for one in read(names, body)] == [(addressee, action)]


def test_condition_and_deadline(names):
    [found] = read(names, "Si la sécheresse dure, les préfets doivent fermer les vannes avant l'été 2027.")
    assert (found.condition, found.deadline) == ("Si la sécheresse dure", "avant l'été 2027")


def test_a_list_of_demands(names):
    body = "Nous demandons donc :\n\n- Geler les loyers.\n\n- Ouvrir les archives."
    assert [one.action for one in read(names, body)][-2:] == ["Geler les loyers", "Ouvrir les archives"]
