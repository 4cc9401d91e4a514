"""Lexicons of languages: each compiles, and each has what the reader asks for."""

import pytest

from articles.reading import cues, lexicon
from articles.vocabulary import ClaimKind, Instrument

LANGUAGES = ("en", "id", "ms", "de", "fr", "es", "pt", "it", "nl")
ASKED = {  # what the engine looks up without asking whether it is there
    *("negation", "first_person", "agents", "pronouns", "government", "generic_addressees", "never_first", "relative"),
    *("subordinators", "fillers", "joining", "conditionals", "lead_keeps", "prepositions", "action_ends", "inevitable"),
    *("epistemic", "before_not", "rhetorical", "passive", "list_leads"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_compiles(language):
    known = cues.of(language)
    assert {cue.table for cue in known.cues} >= {"modals", "impersonal"}
    assert set(known.claim_kinds) == set(ClaimKind)
    assert {kind for kind, _ in known.instruments} == set(Instrument)
    assert all(0 < cue.sure < 1 for cue in known.cues)


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
