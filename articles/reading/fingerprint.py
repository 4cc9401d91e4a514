"""Fingerprint a text: a sample of its three-word shingles, by which versions of one work find each other.

The sample is a FracMinHash sketch (Irber et al. 2022): of all shingle hashes those below a fixed share of the hash
range are kept, so that two sketches can be compared whatever the lengths of their texts, and |A ∩ B| / |A| estimates
how much of A stands in B.
"""

from collections.abc import Collection, Hashable
from hashlib import blake2b

import regex

SHINGLE = 3  # words; shorter ones are shared by unrelated texts on one subject, longer ones break at every rewording
KEPT = 1 / 4  # of all hashes: some 250 for an op-ed of a thousand words, enough to tell 0.10 from 0.02
RANGE = 2**64

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, as Unicode sees them: combining marks belong to their letter."""
    return [word.casefold() for word in WORD.findall(text)]


def shingles(text: str) -> set[str]:
    """Return the text's runs of `SHINGLE` words, each once."""
    tokens = words(text)
    return {" ".join(tokens[i : i + SHINGLE]) for i in range(len(tokens) - SHINGLE + 1)}


def sketch(text: str) -> tuple[int, ...]:
    """Return the text's sketch: sorted, unique, signed 64-bit integers."""
    hashes = (int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest()) for shingle in shingles(text))
    return tuple(sorted(value - RANGE // 2 for value in hashes if value < RANGE * KEPT))


def containment(one: Collection[Hashable], other: Collection[Hashable]) -> float:
    """Return how much of the smaller of two sketches, or sets of shingles, stands in the larger: 0 to 1."""
    smaller, larger = sorted((set(one), set(other)), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0


def shared(one: str, other: str) -> float:
    """Return how much of the shorter of two texts stands in the longer one, 0 to 1, shingle by shingle."""
    return containment(shingles(one), shingles(other))
