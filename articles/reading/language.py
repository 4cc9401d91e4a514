"""Find the language of a text: its script, then statistics, then telling words where languages are close.

The statistics are py3langid's, asked only for languages that op-eds are written in; without that, a short Indonesian
text comes out as Acehnese or Javanese.
"""

import re
from functools import cache
from pathlib import Path

from py3langid import langid

from articles.reading import lexicon

PLACES, SLICE = 3, 240  # slices of a text that are looked at, and their characters; a quotation seldom fills two
TELLING = 1600  # characters that telling words are counted in
ENOUGH = 20  # letters below which any answer is a guess
SURE = 120  # letters below which what a page says of its language is asked too
SCRIPT_SHARE = 0.4  # of the letters: Korean and Japanese op-eds mix in Latin and Chinese


def detect(text: str, *, told: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's language; None where the text is too short to tell.

    `told` is the code that the document gives itself: it decides between languages that share most words, and where
    the text is short.

    1. a script of one language; 2. statistics over slices of the text; 3. telling words within a group of close
    languages; 4. the document's own word.
    """
    sample = _sample(text)
    letters = sum(map(str.isalpha, sample))
    if letters < ENOUGH:
        return told
    # 1. Its script.
    for code, pattern in _scripts().items():
        if len(pattern.findall(sample)) >= SCRIPT_SHARE * letters:
            return code
    # 2. Statistics.
    found = str(_identifier().classify(sample)[0])
    # 3. Telling words.
    group = next((one for one in lexicon.load("language")["close"]["groups"] if found in one), None)
    if group is not None:
        counts = {code: len(_telling(code).findall(text[:TELLING])) for code in group}
        best = max(counts, key=lambda code: counts[code])
        if counts[best] > counts[found]:
            return str(best)
        # 4. The document's own word.
        if told in group and counts[told] == counts[found]:
            return told
    return told if told and letters < SURE and told in lexicon.words("language", "languages") else found


def _sample(text: str) -> str:
    """Return slices from the beginning, the middle and the end of a text."""
    if len(text) <= PLACES * SLICE:
        return text
    step = (len(text) - SLICE) // (PLACES - 1)
    return " ".join(text[at : at + SLICE] for at in range(0, len(text) - SLICE + 1, step))


@cache
def _identifier() -> langid.LanguageIdentifier:
    """Return statistics for the languages of the lexicon; an instance of its own, for the library's is shared."""
    found = langid.LanguageIdentifier.from_model_file(Path(langid.MODEL_FILE))
    found.set_languages(sorted(lexicon.words("language", "languages")))
    return found


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(f"[{ranges}]") for code, ranges in lexicon.load("language")["scripts"].items()}


@cache
def _telling(language: str) -> re.Pattern[str]:
    entries = lexicon.load("language")["tell"][language]
    words = lexicon.alternatives(entry for entry in entries if not entry.startswith("-"))
    ends = lexicon.alternatives(entry.removeprefix("-") for entry in entries if entry.startswith("-"))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" + (rf"|(?<=\w\w)(?:{ends})(?!\w)" if ends else ""), re.IGNORECASE)
