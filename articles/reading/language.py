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
LANGUAGES = frozenset(
    "ar az bg bn ca cs da de el en es et fa fi fr gu he hi hr hu hy id it ja ka kk km kn ko lo lt lv ml mn mr ms my ne nl"
    " no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi zh".split()
)


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None where the text is too short to tell.

    1. statistics over the first SAMPLE characters; 2. telling words between Indonesian and Malay.
    """
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < ENOUGH:
        return None
    # 1. Statistics.
    found: str | None = next((code for code, _ in py3langid.rank(sample) if code in LANGUAGES), None)
    # 2. Telling words.
    if found in CLOSE:
        counts = {code: len(_telling(code).findall(sample)) for code in CLOSE[found]}
        best = max(counts, key=lambda code: counts[code])
        if counts[best] > min(counts.values()):
            return best
    return found


@cache
def _telling(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.alternatives(lexicon.load('metadata')['tell'][language])})(?!\w)", re.IGNORECASE)
