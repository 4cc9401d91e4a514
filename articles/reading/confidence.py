"""How likely a suggestion is right: the sum of what speaks for it, mapped to a share.

`lexicon/confidence.toml` holds the mapping, fitted on labelled documents by `tests/benchmarks/calibration.py`: at a
score of `raw[i]` the share of `right[i]` was right; between two scores it is drawn straight.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from articles.reading import lexicon

LEAST, MOST = 0.01, 0.99  # a rule is never certain


def of_recommendation(raw: float) -> float:
    """Return the share of recommendations right at this score, from 0 to 1."""
    return _mapped(raw, *_table("recommendations"))


def of_claim(raw: float) -> float:
    """Return the share of claims that are central at this score, from 0 to 1."""
    return _mapped(raw, *_table("claims"))


@cache
def _table(name: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    table = lexicon.load("confidence")[name]
    return tuple(table["raw"]), tuple(table["right"])


def _mapped(raw: float, scores: Sequence[float], shares: Sequence[float]) -> float:
    above = bisect_right(scores, raw)
    if above in {0, len(scores)}:
        share = shares[0] if above == 0 else shares[-1]
    else:
        low, high = scores[above - 1], scores[above]
        share = shares[above - 1] + (raw - low) / (high - low) * (shares[above] - shares[above - 1])
    return round(max(LEAST, min(MOST, share)), 2)
