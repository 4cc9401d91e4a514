import json

import pytest

from articles.reading import addressees, cues, record
from articles.reading.actors import Names
from articles.reading.reader import read
from articles.reading.types import AuthorityEntry, Name, UnreadableDocument
from articles.vocabulary import ActorKind, NameKind

NAMES = Names(
    [
        AuthorityEntry(
            "indonesia",
            "Indonesia",
            ActorKind.COUNTRY,
            (Name("Indonesia", language="en"), Name("Indonesian", NameKind.DEMONYM, "en")),
            iso="ID",
        )
    ]
)
BODY = (
    "Indonesia has spent three years promising a national water plan, and the taps still run dry by noon.\n\n"
    "Rivers do not respect borders. Indonesia should create a basin authority with the power to say no."
)


def make_record():
    raw = f"Rivers are a border\nBy Jane Roe, Delta University\n3 May 2021\n\n{BODY}".encode()
    return record.as_record(read(raw, names=NAMES), document="rivers.txt", names=NAMES)


def test_a_record_has_every_key_and_is_json():
    found = make_record()
    assert tuple(found) == record.KEYS
    assert json.loads(json.dumps(found)) == found


def test_a_record_says_what_was_read():
    found = make_record()
    assert found["title"] == "Rivers are a border"
    assert found["authors"] == [{"name": "Jane Roe", "affiliation": "Delta University"}]
    assert (found["published"], found["published_not_before"]) == ("2021-05-03", None)
    assert (found["language"], found["truncated"], found["body"]) == ("en", False, BODY)
    assert found["actors"][0]["name"] == "Indonesia"
    assert [one["text"] for one in found["actors"][0]["mentions"]] == ["Indonesia", "Indonesia"]


def test_every_passage_is_where_the_record_says():
    found = make_record()
    statements = found["claims"] + found["recommendations"]
    assert found["recommendations"][0]["addressees"] == ["Indonesia"]
    assert all(found["body"][one["start"] : one["end"]] == one["quote"] for one in statements)


def test_a_document_that_could_not_be_read_has_null_values():
    with pytest.raises(UnreadableDocument) as error:
        read(b"", names=NAMES)
    found = record.failed("empty.txt", error.value)
    assert tuple(found) == record.KEYS
    assert {key for key, value in found.items() if value is not None} == {"document", "error"}
    assert found["error"] == "the document holds no text"


@pytest.mark.parametrize(
    ("printed", "language", "parts"),
    [
        ("Marina y la Cancillería", "es", ["Marina", "Cancillería"]),
        ("Senate and the House", "en", ["Senate", "House"]),
        ("Comércio e Indústria", "pt", ["Comércio e Indústria"]),  # one name: the second half has no article
    ],
)
def test_two_addressees_of_one_subject_are_told_apart(printed, language, parts):
    assert addressees.apart(printed, cues.of(language)) == parts
