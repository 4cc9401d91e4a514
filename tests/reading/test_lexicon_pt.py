"""Portuguese: what advises, what only looks like it."""

import pytest

from articles.reading import statements


def read(names, body, country=None):
    mentions = names.find(body, "pt", country=country)
    return statements.recommendations(body, "pt", names=names, mentions=mentions, country=country, headings=())


@pytest.mark.parametrize(
    ("body", "who", "action"),
    [
        ("A prefeitura deve abrir as piscinas.", "prefeitura", "abrir as piscinas"),
        ("Como sociedade, devemos cuidar dos idosos.", "", "cuidar dos idosos"),
        ("As universidades deveriam publicar as contas.", "universidades", "publicar as contas"),
        ("Os bancos têm de devolver esse dinheiro.", "bancos", "devolver esse dinheiro"),
        ("Os partidos precisam de ouvir as ruas.", "partidos", "ouvir as ruas"),
        ("O Congresso precisa votar a proposta.", "Congresso", "votar a proposta"),
        ("Deve-se rever cada contrato.", "", "rever cada contrato"),
        ("Há que plantar mais árvores.", "", "plantar mais árvores"),
        ("É preciso que os juízes expliquem a sentença.", "juízes", "expliquem a sentença"),
        ("Convém que as câmaras baixem a taxa.", "câmaras", "baixem a taxa"),
        ("Torna-se urgente reabrir o arquivo.", "", "reabrir o arquivo"),
        ("Está na hora de a oposição apresentar um plano.", "oposição", "apresentar um plano"),
        ("Cabe aos vereadores fechar a lixeira.", "vereadores", "fechar a lixeira"),
        ("Ao próximo ministro cabe arrumar as contas.", "ministro", "arrumar as contas"),
        ("Exigimos às empresas que paguem.", "empresas", "paguem"),
        ("Exijamos contas claras aos vereadores.", "nós", "Exijamos contas claras aos vereadores"),
        ("Deixemos de subsidiar o carvão.", "nós", "Deixemos de subsidiar o carvão"),
        ("Publique os contratos até junho.", "", "Publique os contratos até junho"),
        ("Seria bom que o Parlamento ouvisse os pescadores.", "Parlamento", "ouvisse os pescadores"),
        ("Os juízes fariam bem em guardar silêncio.", "juízes", "guardar silêncio"),
        ("A prioridade deve ser fechar as fugas.", "", "fechar as fugas"),
        ("Reabrir o matadouro municipal com água corrente.", "", "Reabrir o matadouro municipal com água corrente"),
    ],
)
def test_advice(names, body, who, action):
    (found,) = read(names, body)
    assert who in found.addressee_text
    assert found.action == action


@pytest.mark.parametrize(
    "body",
    [
        "A inflação deve subir no segundo semestre.",
        "O evento deve atrair mil pessoas.",
        "O prefeito deve ter uns sessenta anos, e já esqueceu tudo.",
        "Aquilo deve ter custado caro.",
        "O atraso deve-se à chuva.",
        "A vizinha teve que dormir no carro.",
        "Uma enfermeira tem que fazer dois turnos.",
        "É preciso reconhecer que o plano era bom.",
        "Há que lembrar que choveu muito.",
        "Não é necessário inventar nada.",
        "Deve o Estado pagar tudo?",
        "A lei determina que os vereadores devem publicar os bens.",
        "Segundo o ministro, as autarquias devem esperar.",
        "O governo deveria ter agido antes.",
        "Quem quiser sair terá de pagar.",
        "O projeto deve ser votado na terça-feira.",
        "Reabrir o matadouro é muito caro.",
        "Lembremos que a norma é de 1985.",
        "Não sabemos o que deve fazer a câmara.",
    ],
)
def test_no_advice(names, body):
    assert not read(names, body)


@pytest.mark.parametrize(
    "body",
    [
        "Não devemos aceitar a chantagem.",
        "O Congresso não pode continuar de braços cruzados.",
        "Convém que os deputados não toquem no fundo.",
        "Não permita outro adiamento.",
        "Não contratar mais assessores externos.",
    ],
)
def test_what_not_to_do(names, body):
    (found,) = read(names, body)
    assert found.negated


@pytest.mark.parametrize("body", ["Hoje temos de cuidar da água.", "Portanto, não devemos ceder nunca mais."])
def test_the_verb_alone_says_we(names, body):
    (found,) = read(names, body)
    assert found.addressee_text == "nós"


def test_a_condition_is_no_pronoun(names):
    (found,) = read(names, "Abram-se as escolas nas noites quentes.")
    assert found.condition == ""
