"""What a text states: who is told to do what, and what is claimed. The door to `recommendations` and `claims`.

Rules and lexicons (`lexicon/LANGUAGE.toml`), no model: the same text always reads the same, and each statement says
which rule spoke. A language without a lexicon has no statements.
"""

from collections.abc import Sequence

from articles.reading import claims as _claims
from articles.reading import cues
from articles.reading import recommendations as _recommendations
from articles.reading.actors import Names
from articles.reading.clauses import Text
from articles.reading.types import Claim, Mention, Recommendation, Span


def read(
    body: str,
    language: str | None,
    *,
    names: Names,
    mentions: Sequence[Mention],
    country: str | None,
    headings: Sequence[Span],
    ours: bool = True,
    proposed: Sequence[Span] = (),
) -> tuple[tuple[Recommendation, ...], tuple[Claim, ...]]:
    """Return the recommendations and the central claims of a body, by place, none overlapping another.

    `mentions` are those that `names` found in the body; `country` is the key of the country that the author speaks
    from, whom "the government" means, and "we" if it is `ours`; `headings` are the spans of the body that are section
    headings, `proposed` those of people and organisations that no actor stands for yet.
    """
    known = cues.of(language)
    if known is None:
        return (), ()
    text = Text(
        body, known, names=names, mentions=mentions, country=country, headings=headings, ours=ours, proposed=proposed
    )
    found = _recommendations.read(text)
    return found, _claims.read(text, found)


def recommendations(
    body: str,
    language: str | None,
    *,
    names: Names,
    mentions: Sequence[Mention],
    country: str | None,
    headings: Sequence[Span],
    ours: bool = True,
    proposed: Sequence[Span] = (),
) -> tuple[Recommendation, ...]:
    """Return the recommendations alone."""
    return read(
        body, language, names=names, mentions=mentions, country=country, headings=headings, ours=ours, proposed=proposed
    )[0]
