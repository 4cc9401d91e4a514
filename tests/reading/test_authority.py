"""The authority file: what it holds, and what it says when it is wrong."""

import re
from pathlib import Path

import pytest

from articles.reading import authority
from articles.reading.actors import Names
from articles.vocabulary import ActorKind, NameKind

FILE = Path(__file__).parents[2] / "seeds" / "actors.toml"


@pytest.fixture(scope="module")
def entries():
    return {entry.key: entry for entry in authority.load(FILE)}


def forms(entry, language=None):
    return {name.text for name in entry.names if language is None or name.language == language}


def test_countries_have_names_in_many_languages(entries):
    korea = entries["north-korea"]
    assert korea.iso == "KP"
    assert {"North Korea", "DPRK", "North Koreans", "Pyongyang", "Korea Utara", "Nordkorea"} <= forms(korea)
    assert "Moskow" in forms(entries["russia"], "id")
    assert "russische" in forms(entries["russia"], "de")


@pytest.mark.parametrize("key", ["china", "united-states", "south-korea", "turkey", "myanmar", "czech-republic"])
def test_preferred_names_are_plain(entries, key):
    assert entries[key].kind == ActorKind.COUNTRY
    assert "(" not in entries[key].name and "SAR" not in entries[key].name


def test_every_united_nations_member_has_a_demonym_or_a_capital(entries):
    small = {"dominica", "saint-lucia", "st-lucia", "st-kitts-and-nevis", "st-vincent-and-grenadines"}
    small |= {"sao-tome-and-principe", "san-marino", "congo-brazzaville", "holy-see"}
    territories = {"aruba", "anguilla", "bermuda", "cook-islands", "curacao", "faroe-islands", "falkland-islands"}
    bare = [
        entry.key
        for entry in entries.values()
        if entry.iso and not any(n.kind in (NameKind.DEMONYM, NameKind.CAPITAL) for n in entry.names)
    ]
    assert len(set(bare) - small - territories) < 25  # dependent territories


def test_governments_and_institutions_belong_to_countries(entries):
    government = entries["government-of-south-korea"]
    assert government.country == "south-korea"
    assert "South Korean government" in forms(government, "en")
    assert "pemerintah Indonesia" in forms(entries["government-of-indonesia"], "id")
    assert entries["national-assembly-south-korea"].country == "south-korea"


def test_family_names_need_the_full_name(entries):
    family = next(name for name in entries["kim-jong-un"].names if name.text == "Kim")
    assert "Kim Jong-un" in family.witness


def test_keys_are_slugs_and_countries_exist(entries):
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in entries)
    assert all(not entry.country or entry.country in entries for entry in entries.values())


def test_forms_are_no_longer_than_the_database_takes(entries):
    assert max(len(name.text) for entry in entries.values() for name in entry.names) <= 200


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[countries]\nXX = { demonyms = ['Nowherean'] }", "[XX]"),
        ("[countries]\nFR = { demonyms = 'French' }", "[countries FR] demonyms"),
        ("[organisations]\n'ACME' = { colour = ['red'] }", "[ACME] colour"),
        ("[organisations]\n'ACME' = { country = 'QQ' }", "[ACME] country"),
        ("[organisations]\n'ACME' = { forms = [3] }", "[ACME] forms"),
        ("[regions]\n'North' = { kind = 'galaxy' }", "[North] kind"),
        ("[regions]\n'A b' = {}\n'A-b' = {}", "a-b"),
        ("[regions\n", "actors.toml"),
    ],
)
def test_a_wrong_file_says_where(tmp_path, text, complaint):
    file = tmp_path / "actors.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(complaint)):
        authority.load(file)


def test_an_empty_file_still_has_the_countries(tmp_path):
    file = tmp_path / "actors.toml"
    file.write_text("", encoding="utf-8")
    names = {entry.name for entry in authority.load(file)}
    assert {"Indonesia", "Government of Indonesia"} <= names


def test_loading_and_compiling_is_fast():
    Names(authority.load(FILE))
