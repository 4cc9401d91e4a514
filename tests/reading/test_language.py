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
