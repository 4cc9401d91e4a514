"""Open letters: whom "you" and commands tell."""

import pytest

from articles.reading import statements


def told(names, language, body):
    found, _ = statements.read(
        body, language, names=names, mentions=names.find(body, language), country=None, headings=()
    )
    return [(one.addressee_text, one.addressees) for one in found]


@pytest.mark.parametrize(
    ("language", "body", "reader"),
    [
        ("es", "Señor Ministro:\n\nEl río sigue seco. Usted debería visitar los pueblos antes de junio.", "Ministro"),
        (
            "de",
            "Sehr geehrte Frau Ministerin,\n\nder Fluss ist trocken. Sie sollten die Dörfer besuchen.",
            "Ministerin",
        ),
        ("pt", "Senhor Ministro,\n\nO rio secou. O senhor deve visitar as aldeias antes de junho.", "Ministro"),
        ("fr", "Madame la Ministre,\n\nLe fleuve est vide. Vous devez visiter les villages avant juin.", "Ministre"),
        ("nl", "Geachte minister,\n\nDe rivier staat droog. U moet de dorpen bezoeken.", "minister"),
        (
            "en",
            "Dear Prime Minister,\n\nThe river is dry. You should visit the villages before June.",
            "Prime Minister",
        ),
    ],
)
def test_you_is_whom_the_letter_is_written_to(names, language, body, reader):
    assert told(names, language, body) == [(reader, ())]


def test_a_compound_in_the_text_names_the_office_in_full(names):
    body = "Sehr geehrte Frau Ministerin,\n\ndie Wasserministerin kennt den Fluss. Sie sollten die Dörfer besuchen."
    assert told(names, "de", body) == [("Wasserministerin", ())]
