"""Lexicons of languages: each compiles, and each has what the reader asks for."""

import pytest

from articles.reading import cues, lexicon
from articles.vocabulary import ClaimKind, Instrument

LANGUAGES = ("en", "id", "ms", "de", "fr", "es", "pt", "it", "nl")
ASKED = cues.of("en").words.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_compiles(language):
    known = cues.of(language)
    assert known.modals and known.impersonal
    assert {kind for kind, _ in known.claims} == set(ClaimKind)
    assert {kind for kind, _ in known.instruments} == set(Instrument)
    assert all(0 < cue.sure < 1 for cue in (*known.modals, *known.impersonal, *known.predicates))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_has_every_list(language):
    assert set(cues.of(language).words) >= ASKED


def test_malay_reads_with_indonesian():
    assert cues.of("ms").code == "id"


@pytest.mark.parametrize("language", [None, "", "bn", "xx", "chrome", "names"])
def test_other_languages_have_no_cues(language):
    assert cues.of(language) is None


def test_no_list_says_a_word_twice():
    for language in ("en", "id", "de", "fr", "es", "pt", "it", "nl"):
        for name, value in lexicon.load(language)["context"].items():
            assert isinstance(value, str) or len(value) == len(set(value)), (language, name)
