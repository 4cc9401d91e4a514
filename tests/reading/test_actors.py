"""Finding actors: forms, ambiguity, ellipsis, and the country spoken from."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.reading.actors import Names, fold
from articles.reading.types import AuthorityEntry, Name
from articles.vocabulary import ActorKind, NameKind


def found(names, body, language="en", country=None):
    """Return (printed, key) of every mention."""
    return [(body[m.start : m.end], m.actor) for m in names.find(body, language, country=country)]


def keys(names, body, language="en", country=None):
    return [key for _, key in found(names, body, language, country)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The U.S. and the UN met.", ["united-states", "united-nations"]),
        ("They told us about it.", []),
        ("It is up to US diplomats.", ["united-states"]),
        ("Nato and Asean differ.", ["nato", "asean"]),
        ("The NATO-Russia Council", ["nato", "russia"]),
        ("Russian-North Korean ties", ["russia", "north-korea"]),
        ("Moscow’s troops, Beijing's ships", ["russia", "china"]),
        ("tension on the Korean Peninsula", ["korean-peninsula"]),
        ("the Korean War ended", []),
        ("the UN Charter", ["united-nations"]),
        ("in Papua New Guinea", ["papua-new-guinea"]),
        ("Nigerians in Niger", ["nigeria", "niger"]),
        ("Gaza and the West Bank", ["gaza", "west-bank"]),
        ("he polished the polish", []),
        ("RUSSIA AND CHINA", ["russia", "china"]),
        ("The Wall Street Journal of New York", ["the-wall-street-journal", "new-york"]),
    ],
)
def test_forms(names, body, expected):
    assert keys(names, body) == expected


def test_names_of_the_documents_language_and_english(names):
    assert keys(names, "Hubungan AS dan Korea Utara dengan ASEAN", "id") == ["united-states", "north-korea", "asean"]
    assert keys(names, "AS THE TALKS BEGAN", "en") == []
    assert keys(names, "Die russische Regierung und Frankreichs Präsident", "de") == ["russia", "france"]
    assert keys(names, "les troupes américaines et chinoises", "fr") == ["united-states", "china"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Georgia voted for the Republican senator from Atlanta.", "georgia-us-state"),
        ("Georgia fears Russia; Tbilisi is calm.", "georgia"),
        ("Jordan and Israel signed in Amman.", "jordan"),
        ("Turkey left Ankara alone.", "turkey"),
    ],
)
def test_ambiguous_names_need_a_witness(names, body, expected):
    assert expected in keys(names, body)


@pytest.mark.parametrize("body", ["Michael Jordan played.", "We ate turkey.", "Chad said hello.", "He went south."])
def test_without_a_witness_nobody_is_meant(names, body):
    assert keys(names, body) == []


def test_the_brussels_of_the_union_and_of_belgium(names):
    assert "european-union" in keys(names, "The European Union decided; Brussels was pleased.")
    assert keys(names, "Belgium is small; Brussels is its capital.") == ["belgium", "belgium"]


def test_people_by_family_name_once_the_full_name_stood(names):
    body = "Kim Il Sung ruled. Later Kim Jong Un came, and Kim met Putin."
    assert found(names, body)[2:] == [("Kim", "kim-jong-un"), ("Putin", "vladimir-putin")]
    assert keys(names, "Kim spoke.") == []
    assert keys(names, "Xi Jinping saw Bill Xi and Xi Ming.") == ["xi-jinping"]


def test_a_title_is_as_good_as_a_full_name(names):
    assert keys(names, "Prime Minister Kishida spoke.") == ["fumio-kishida"]


def test_an_administration_is_a_government(names):
    body = "Yoon Suk-yeol won. The Yoon administration acted."
    assert found(names, body)[1:] == [("Yoon", "yoon-suk-yeol"), ("administration", "government-of-south-korea")]


def test_ellipsis(names):
    assert found(names, "North and South Korea") == [("North", "north-korea"), ("South Korea", "south-korea")]
    assert keys(names, "Korea Utara dan Selatan", "id") == ["north-korea", "south-korea"]
    assert keys(names, "ties with both Koreas") == ["north-korea", "south-korea"]
    assert keys(names, "Bread and South Korea") == ["south-korea"]


def test_institutions_belong_to_the_country_spoken_from(names):
    body = "The National Assembly voted."
    assert keys(names, body) == []
    assert keys(names, body, country="south-korea") == ["national-assembly-south-korea"]
    assert keys(names, body, country="france") == ["national-assembly-france"]
    assert keys(names, "Seoul waits. The National Assembly voted.")[1:] == ["national-assembly-south-korea"]


def test_mentions_are_sorted_and_do_not_overlap(names, seed):
    for number in ("000", "001", "002", "003", "004"):
        mentions = names.find(seed(number), "id" if number == "004" else "en")
        assert mentions
        assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_seeds_name_their_actors(names, seed):
    assert {"indonesia", "non-aligned-movement", "european-union"} <= set(keys(names, seed("000")))
    assert {"sugiono", "asean-regional-forum", "choe-son-hui"} <= set(keys(names, seed("002")))
    assert {"soviet-union", "un-panel-of-experts", "kim-il-sung", "the-west"} <= set(keys(names, seed("004"), "id"))


@pytest.mark.parametrize("body", ["", " ", "।", "বাংলাদেশ ও ভারত", "إندونيسيا وكوريا", "İstanbul İ İ"])
def test_odd_bodies(names, body):
    for mention in names.find(body, None):
        assert body[mention.start : mention.end].strip()


def test_places_survive_letters_that_grow_when_small(names):
    body = "İİİ and Russia"
    assert found(names, body) == [("Russia", "russia")]
    assert len(fold(body)) == len(body)


def test_combining_marks_are_part_of_a_word():
    names = Names([AuthorityEntry("mali", "Mali", ActorKind.COUNTRY, (Name("Mali"),))])
    assert names.find("Mali\u0301 is not Mali", "en")[0].start == 13


def test_scripts_without_spaces():
    names = Names([AuthorityEntry("japan", "Japan", ActorKind.COUNTRY, (Name("日本", language="ja"),))])
    assert len(names.find("私は日本に行く", "ja")) == 1


def test_an_entry_without_forms_is_found_by_its_name():
    names = Names([AuthorityEntry("acme", "Acme", ActorKind.ORGANISATION)])
    assert keys(names, "Acme sells.") == ["acme"]
    assert names.entry("acme").name == "Acme"
    with pytest.raises(KeyError):
        names.entry("nobody")


def test_short_abbreviations_keep_their_capitals():
    names = Names([AuthorityEntry("who", "WHO", ActorKind.ORGANISATION, (Name("WHO", NameKind.ABBREVIATION),))])
    assert keys(names, "Who knows what WHO says?") == ["who"]


def test_a_megabyte(names, seed):
    body = (seed("003") + "\n\n") * 100
    assert names.find(body, "en")


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("de", "Deutschlands Städte und die amerikanischer Firmen", ["germany", "united-states"]),
        ("de", "Nord- und Südkorea reden", ["north-korea", "south-korea"]),
        ("de", "Die Vereinten Nationen mahnen", ["united-nations"]),
        ("fr", "les entreprises françaises et les Nations unies", ["france", "united-nations"]),
        ("fr", "entre les deux Corées", ["north-korea", "south-korea"]),
        ("es", "los estadounidenses y la empresa irlandesa", ["united-states", "ireland"]),
        ("es", "Corea del Norte y del Sur", ["north-korea", "south-korea"]),
        ("pt", "as empresas chinesas e norte-americanas", ["china", "united-states"]),
        ("nl", "de Amerikaanse en de Canadese boeren", ["united-states", "canada"]),
        ("nl", "Noord- en Zuid-Korea", ["north-korea", "south-korea"]),
        ("id", "kedua Korea dan Tiongkok", ["north-korea", "south-korea", "china"]),
        ("sv", "Tyskland och Norge", ["germany", "norway"]),
    ],
)
def test_forms_of_every_language(names, language, body, expected):
    assert keys(names, body, language) == expected


def test_a_capital_acts_or_is_a_place(names):
    assert keys(names, "Moscow and Beijing agreed.") == ["russia", "china"]
    assert keys(names, "Russia waited. It rained in Moscow.") == ["russia", "moscow"]
    body = "It is hot in Dhaka. Trees fell in Dhaka. Dhaka must plant."
    assert set(keys(names, body)) == {"dhaka"}


def test_mr_is_no_office(names):
    assert keys(names, "Mr Kishida spoke.") == []


def test_decomposed_letters_are_found_where_they_stand(names):
    body = "Me\u0301xico y Peru\u0301 firman"
    assert found(names, body, "es") == [("Me\u0301xico", "mexico"), ("Peru\u0301", "peru")]


def test_names_as_printed(names):
    assert names.printed("sergey-lavrov", ["Lavrov", "Sergei Lavrov"], "en") == "Sergei Lavrov"
    assert names.printed("sergey-lavrov", ["Lavrov"], "en") == "Sergey Lavrov"
    assert names.printed("germany", ["Deutschland"], "de") == "Germany"


@settings(max_examples=60, deadline=None)
@given(
    body=st.text(max_size=60)
    | st.lists(
        st.sampled_from(["Russia", "US", "U.S.", "e\u0301", "İ", "North", "and", "Korea", "South", "-", "'s"])
    ).map(" ".join)
)
def test_mentions_of_any_text_are_in_order(names_once, body):
    mentions = names_once.find(body, "en")
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(0 <= m.start < m.end <= len(body) for m in mentions)
