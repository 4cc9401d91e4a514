"""Find the language of a text: statistics first, telling words where two languages are close.

The statistics are py3langid's, asked only for languages that op-eds are written in; without that, a short Indonesian
text comes out as Acehnese or Javanese.
"""

import re
from functools import cache

import py3langid

from articles.reading import lexicon

SAMPLE = 6000  # characters; the answer for op-eds did not change beyond 1,500
ENOUGH = 20  # letters below which any answer is a guess
CLOSE = {"id": ("id", "ms"), "ms": ("id", "ms")}  # languages that share most words: [tell] decides


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None where the text is too short to tell.

    1. statistics over the first SAMPLE characters; 2. telling words between Indonesian and Malay.
    """
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < ENOUGH:
        return None
    # 1. Statistics.
    found: str | None = next(
        (code for code, _ in py3langid.rank(sample) if code in lexicon.words("metadata", "languages")), None
    )
    # 2. Telling words.
    if found in CLOSE:
        counts = {code: len(_telling(code).findall(sample)) for code in CLOSE[found]}
        best = max(counts, key=lambda code: counts[code])
        if counts[best] > min(counts.values()):
            return best
    return found


@cache
def _telling(language: str) -> re.Pattern[str]:
    words = lexicon.alternatives(lexicon.load("metadata")["tell"][language])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
