import pytest

from articles.reading.language import detect
from tests.reading.documents import PARAGRAPHS, body


@pytest.mark.parametrize("language", sorted(PARAGRAPHS))
def test_finds_the_language(language):
    assert detect(body(language)) == language


def test_tells_indonesian_from_malay_by_words():
    assert detect("Kita harus pergi ke kantor karena ada rapat, kata pejabat itu.") == "id"
    assert detect("Kita mesti pergi ke pejabat kerana ada mesyuarat, kata pegawai itu.") == "ms"


def test_does_not_guess():
    assert detect("Ok. 12 34 56") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("O goberno leva tres anos prometendo un plan da auga, e ninguén sabe dicir cando vai cambiar iso.", "gl"),
        ("El govern fa tres anys que promet un pla de l'aigua, i ningú sap dir quan canviarà això.", "ca"),
        ("El gobierno lleva tres años prometiendo un plan del agua, y nadie sabe decir cuándo cambiará.", "es"),
        ("O governo passou três anos prometendo um plano de águas, e ninguém sabe quando isso vai mudar.", "pt"),
        ("De regering belooft al drie jaar een waterplan, en niemand kan zeggen wanneer dat verandert.", "nl"),
        ("Die regering belowe al drie jaar lank 'n waterplan, en niemand kan sê wanneer dit verander nie.", "af"),
        ("Regjeringen har i tre år lovet en plan, og kranene er tørre. Ingen kan si når det vil endre seg.", "no"),
        (
            "Regeringen har i tre år lovet en plan, og hanerne er tørre. Ingen kan sige, hvornår det vil ændre sig.",
            "da",
        ),
        ("Regeringen har i tre år lovat en plan, och kranarna är torra. Ingen kan säga när det ändras.", "sv"),
        ("D'Regierung versprécht zënter dräi Joer e Waasserplang, an d'Krunnen sinn ëmmer nach dréchen.", "lb"),
        ("Die Regierung verspricht seit drei Jahren einen Wasserplan, und die Hähne sind immer noch trocken.", "de"),
        ("Η κυβέρνηση υπόσχεται εδώ και τρία χρόνια ένα σχέδιο.", "el"),
        ("הממשלה מבטיחה כבר שלוש שנים תוכנית מים לאומית.", "he"),
    ],
)
def test_tells_close_languages_apart_in_one_sentence(text, language):
    assert detect(text) == language


def test_a_page_says_its_language_where_its_text_does_not():
    assert detect("Air.", told="ms") == "ms"
    assert detect(body("id"), told="en") == "id"


def test_a_quotation_in_another_language_does_not_decide():
    assert detect(f"« {PARAGRAPHS['fr'][0]} »\n\n{body('de')}\n\n{body('de')}") == "de"
