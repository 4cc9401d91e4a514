import pytest

from articles.reading import lexicon


def test_finds_whole_words_of_all_languages():
    assert lexicon.finder("metadata", "institutions").search("at the Universitas Airlangga")
    assert not lexicon.finder("metadata", "institutions").search("multiuniversitastic")


def test_folds_what_frames_a_line():
    assert lexicon.fold("  » Editor’s   Picks: ") == "editor's picks"


@pytest.mark.parametrize("table", ["patterns", "credits"])
def test_patterns_compile(table):
    assert lexicon.matcher("chrome", table)


def test_a_missing_file_is_an_error():
    with pytest.raises(FileNotFoundError):
        lexicon.load("nothing")
