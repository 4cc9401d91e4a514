"""Who is told to do what: sentences that tell, and sentences that only look like it."""

from itertools import pairwise

import pytest

from articles.reading import statements
from articles.reading.types import Span
from articles.vocabulary import Instrument, Modality


def read(names, body, language="en", country=None, headings=()):
    mentions = names.find(body, language, country=country)
    return statements.recommendations(
        body, language, names=names, mentions=mentions, country=country, headings=headings
    )


def one(names, body, language="en", country=None):
    found = read(names, body, language, country)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("body", "addressees", "action"),
    [
        ("Japan and South Korea should share data.", ("japan", "south-korea"), "share data"),
        ("Australia, as a middle power, must stay neutral.", ("australia",), "stay neutral"),
        ("The Biden administration ought to lift the ban.", ("government-of-united-states",), "lift the ban"),
        ("It is time for ASEAN to suspend the junta.", ("asean",), "suspend the junta"),
        ("The EU's policy towards Russia must change.", ("european-union",), "change"),
        ("What India should do is sign the treaty.", ("india",), "sign the treaty"),
        ("Sanctions should be lifted by the Security Council.", ("united-nations-security-council",), None),
        ("If Europe wants peace, it should talk to Moscow.", ("europe",), "talk to Moscow"),
        ("India would do well to stay out of the conflict.", ("india",), "stay out of the conflict"),
        ("It is essential that Japan raise the matter.", ("japan",), None),
        ("Companies need to pay their taxes.", (), "pay their taxes"),
        ("There must be an independent inquiry.", (), "an independent inquiry"),
    ],
)
def test_who_is_told_to_do_what(names, body, addressees, action):
    found = one(names, body)
    assert found.addressees == addressees
    assert action is None or found.action == action
    assert found.recommender is None


def test_we_and_the_government_are_of_the_country_spoken_from(names):
    assert one(names, "We must invest in schools.", country="indonesia").addressees == ("indonesia",)
    told = one(names, "The government should build schools.", country="indonesia")
    assert told.addressees == ("government-of-indonesia",)
    assert told.addressee_text == "government"
    assert one(names, "The government should build schools.").addressees == ()


def test_it_is_who_was_named(names):
    assert one(names, "Germany hesitates. It should send help.").addressees == ("germany",)


@pytest.mark.parametrize(
    ("body", "modality", "negated"),
    [
        ("Indonesia must not take sides in this.", Modality.MUST, True),
        ("Indonesia should never take sides.", Modality.SHOULD, True),
        ("Indonesia shouldn't take sides.", Modality.SHOULD, True),
        ("Indonesia needs to take sides.", Modality.MUST, False),
        ("Indonesia could consider a new treaty.", Modality.COULD, False),
        ("Indonesia cannot afford to take sides.", Modality.MUST, True),
    ],
)
def test_modality_and_negation(names, body, modality, negated):
    found = one(names, body)
    assert (found.modality, found.negated) == (modality, negated)


@pytest.mark.parametrize(
    ("body", "instrument"),
    [
        ("Indonesia should mediate talks.", Instrument.DIPLOMATIC),
        ("Indonesia should cut import tariffs.", Instrument.ECONOMIC),
        ("Indonesia should send troops.", Instrument.MILITARY),
        ("Indonesia should send humanitarian relief.", Instrument.HUMANITARIAN),
        ("Indonesia should smile more often.", None),
    ],
)
def test_instruments(names, body, instrument):
    assert one(names, body).instrument == instrument


def test_targets_are_others_named_in_the_action(names):
    found = one(names, "Indonesia should mediate between Russia and Ukraine, and Indonesia knows it.")
    assert found.targets[:2] == ("russia", "ukraine")
    assert "indonesia" not in found.targets


@pytest.mark.parametrize(
    "body",
    [
        "What should Indonesia do?",
        "He must have known about the plan.",
        "The United States should have acted earlier.",
        "Beijing would have to respond to it.",
        "Indonesia must deal with pressure from China.",
        "Indonesia must take several steps, which include:",
        "The need to act is clear to all.",
        "This should come as no surprise.",
        "If Japan must choose, it will choose the alliance.",
        "Nobody knows what Seoul should do next.",
        "It must be noted that prices fell.",
        "Should the talks fail, war is likely.",
        "The problem that must be solved is old.",
        "“America must pay for all of this,” the president shouted.",
        "The prime minister had to resign.",
        "Many families have to choose between food and heat.",
        "Critics say that the law should be scrapped.",
        "",
    ],
)
def test_what_only_looks_like_advice(names, body):
    assert read(names, body) == ()


def test_what_others_recommend_is_theirs(names):
    found = one(names, "Kim Jong-un said that South Korea must disarm at once.")
    assert found.recommender == "kim-jong-un"
    assert found.addressees == ("south-korea",)


def test_the_authors_own_voice_is_nobodys(names):
    body = "This essay argues that Indonesia must act with care."
    found = one(names, body)
    assert found.recommender is None
    assert body[found.start : found.end] == "Indonesia must act with care."


def test_quotes_begin_with_the_clause(names):
    body = "At the same time, Indonesia should focus on aid."
    found = one(names, body)
    assert body[found.start : found.end] == "Indonesia should focus on aid."
    body = "If talks fail, Indonesia should focus on aid and on trade."
    found = one(names, body)
    assert body[found.start : found.end] == body


def test_two_clauses_are_two_recommendations(names):
    body = "Washington needs to listen, and Beijing must stop its flights."
    first, second = read(names, body)
    assert body[first.start : first.end] == "Washington needs to listen"
    assert (first.action, second.addressees) == ("listen", ("china",))


def test_headings_tell_nobody(names):
    body = "We Should Pursue Peace\n\nIt rained all day."
    assert read(names, body, headings=(Span(0, 22),)) == ()


@pytest.mark.parametrize(
    ("language", "country", "body", "addressees", "negated"),
    [
        ("id", None, "ASEAN perlu memperkuat kerja sama dengan Jepang.", ("asean",), False),
        ("id", "indonesia", "Pemerintah harus segera mengevaluasi program itu.", ("government-of-indonesia",), False),
        ("id", None, "Indonesia sebaiknya tidak memihak siapa pun.", ("indonesia",), True),
        ("id", "indonesia", "Sudah saatnya kita bertindak sekarang.", ("indonesia",), False),
        ("de", "germany", "Die Bundesregierung muss den Ausstieg beschleunigen.", ("government-of-germany",), False),
        ("de", None, "Deshalb sollte Deutschland mehr Waffen liefern.", ("germany",), False),
        ("de", None, "Europa darf sich nicht auf die USA verlassen.", ("europe",), True),
        ("fr", None, "La France doit cesser de vendre des armes.", ("france",), False),
        ("fr", "france", "Nous devons agir maintenant.", ("france",), False),
        ("es", None, "México debe invertir en energías renovables.", ("mexico",), False),
        ("es", "mexico", "El gobierno no debería recortar el gasto.", ("government-of-mexico",), False),
    ],
)
def test_other_languages(names, language, country, body, addressees, negated):  # noqa: PLR0917 - a row of a table
    found = one(names, body, language, country)
    assert found.addressees == addressees
    assert found.rule.startswith(f"{language}.")
    assert negated is False or found.negated


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("id", "Apa yang harus dilakukan Indonesia?"),
        ("id", "Tantangan yang harus dihadapi sangat besar."),
        ("id", "Harga beras mungkin harus naik lagi."),
        ("id", "Indonesia tidak perlu khawatir."),
        ("de", "Was sollte Deutschland tun?"),
        ("de", "Sollte das scheitern, wird es teuer."),
        ("de", "Die Firma musste schließen."),
        ("fr", "Que doit faire la France ?"),
        ("fr", "Il faut dire que la situation est grave."),
        ("es", "La crisis se debe a la corrupción."),
        ("es", "Hay que recordar que no siempre fue así."),
        ("bn", "সরকারকে অবশ্যই পদক্ষেপ নিতে হবে।"),
        (None, "Indonesia must act."),
    ],
)
def test_no_advice_in_other_languages(names, language, body):
    assert read(names, body, language) == ()


def test_a_seed_tells_indonesia(names, seed):
    body = seed("000")
    found = read(names, body)
    assert len(found) >= 8
    assert all(one.addressees == ("indonesia",) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_seed_tells_the_government(names, seed):
    body = seed("003")
    found = read(names, body[: body.index("Best click")], country="south-korea")
    told = [key for one in found for key in one.addressees]
    assert told.count("government-of-south-korea") == 2
    assert "national-assembly-south-korea" in told


def test_confidence_is_a_share(names, seed):
    for one_found in read(names, seed("000")):
        assert 0 < one_found.confidence < 1


def test_a_megabyte_is_read(names, seed):
    body = (seed("000") + "\n\n") * 40
    mentions = names.find(body, "en")
    statements.recommendations(body, "en", names=names, mentions=mentions, country=None, headings=())


@pytest.mark.parametrize(
    ("language", "body", "addressees"),
    [
        ("pt", "O Brasil deve investir em energia limpa.", ("brazil",)),
        ("it", "L'Italia deve sostenere l'Ucraina.", ("italy",)),
        ("nl", "Nederland moet Oekraïne nu steunen.", ("netherlands",)),
        ("ms", "ASEAN harus bertindak segera.", ("asean",)),
        ("pt", "A crise deve-se à corrupção.", None),
        ("it", "Bisogna dire che la situazione è grave.", None),
        ("nl", "Wat moet Nederland doen?", None),
    ],
)
def test_languages_with_small_lexicons(names, language, body, addressees):
    found = read(names, body, language)
    assert (found[0].addressees if found else None) == addressees


@pytest.mark.parametrize(
    ("language", "body", "quotes"),
    [
        (
            "de",
            "Der Stadtrat muss die Liste bis Mai veröffentlichen, die im Keller des alten Rathauses seit zwölf Jahren "
            "neben den Fahnen verstaubt.",
            ["Der Stadtrat muss die Liste bis Mai veröffentlichen"],
        ),
        (
            "de",
            "Die Länder sollten endlich dafür sorgen, dass in jeder Schule mindestens eine Stunde am Tag gelesen wird.",
            None,
        ),
        (
            "nl",
            "De provincie moet de kaart met alle oude putten openbaar maken, desnoods zonder de namen van de boeren, "
            "zoals dat bij leidingen al jaren gebeurt.",
            ["De provincie moet de kaart met alle oude putten openbaar maken, desnoods zonder de namen van de boeren"],
        ),
        (
            "id",
            "Dinas Pendidikan harus membuka daftar sekolah rusak itu, yang sudah tiga tahun tersimpan di laci dan "
            "tidak pernah dibahas di rapat mana pun.",
            ["Dinas Pendidikan harus membuka daftar sekolah rusak itu"],
        ),
        (
            "id",
            "Indonesia jangan diam: Kejaksaan Agung perlu memeriksa laporan itu.",
            ["Indonesia jangan diam", "Kejaksaan Agung perlu memeriksa laporan itu."],
        ),
    ],
)
def test_what_hangs_behind_is_quoted_while_it_is_no_longer_than_the_demand(names, language, body, quotes):
    found = [body[one.start : one.end] for one in read(names, body, language)]
    assert found == (quotes or [body])
