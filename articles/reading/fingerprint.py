"""Fingerprint a text: a sample of its three-word shingles, by which versions of one work find each other.

The sample is a FracMinHash sketch (Irber et al. 2022): of all shingle hashes those below a fixed share of the hash
range are kept, so that two sketches can be compared whatever the lengths of their texts, and |A ∩ B| / |A| estimates
how much of A stands in B.
"""

from bisect import bisect_left
from collections.abc import Collection, Hashable
from hashlib import blake2b

import regex

SHINGLE = 3  # words; shorter ones are shared by unrelated texts on one subject, longer ones break at every rewording
RUN = 5  # characters, in scripts that set no space between words: two or three words
KEPT = 1 / 4  # of all hashes: some 250 for an op-ed of a thousand words, enough to tell 0.10 from 0.02
LEAST = 16  # hashes of a text, if it has so many: of a letter to the editor a quarter may be none
RANGE = 2**64

UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
CHARACTER = regex.compile(UNSPACED)
WORD = regex.compile(rf"{UNSPACED}\p{{M}}*|[[\p{{L}}\p{{M}}\p{{N}}]--{UNSPACED}]+", regex.VERSION1)


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, as Unicode sees them: combining marks belong to their letter.

    Of scripts that set no space between words each character counts as one.
    """
    return [word.casefold() for word in WORD.findall(text)]


def shingles(text: str) -> set[str]:
    """Return the text's runs of `SHINGLE` words, or of `RUN` characters where no space parts words, each once."""
    tokens = words(text)
    if not CHARACTER.search(text):
        return {" ".join(tokens[i : i + SHINGLE]) for i in range(len(tokens) - SHINGLE + 1)}
    lengths = (RUN if CHARACTER.match(token) else SHINGLE for token in tokens)
    return {" ".join(tokens[i : i + n]) for i, n in enumerate(lengths) if i + n <= len(tokens)}


def sketch(text: str) -> tuple[int, ...]:
    """Return the text's sketch: sorted, unique, signed 64-bit integers."""
    hashes = sorted(int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest()) for shingle in shingles(text))
    kept = max(bisect_left(hashes, RANGE * KEPT), LEAST)
    return tuple(value - RANGE // 2 for value in hashes[:kept])


def containment(one: Collection[Hashable], other: Collection[Hashable]) -> float:
    """Return how much of the smaller of two sketches, or sets of shingles, stands in the larger: 0 to 1."""
    smaller, larger = sorted((set(one), set(other)), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0


def shared(one: str, other: str) -> float:
    """Return how much of the shorter of two texts stands in the longer one, 0 to 1, shingle by shingle."""
    return containment(shingles(one), shingles(other))
