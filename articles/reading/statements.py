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


def recommendations(
    body: str,
    language: str | None,
    *,
    names: Names,
    mentions: Sequence[Mention],
    country: str | None,
    headings: Sequence[Span],
) -> tuple[Recommendation, ...]:
    """Return the recommendations of a body, by place, none overlapping another.

    `mentions` are those that `names` found in the body; `country` is the key of the country that the author speaks
    from, whom "we" and "the government" mean; `headings` are the spans of the body that are section headings.
    """
    known = cues.of(language)
    if known is None:
        return ()
    text = Text(body, known, names=names, mentions=mentions, country=country, headings=headings)
    return _recommendations.read(text)


def claims(
    body: str,
    language: str | None,
    *,
    names: Names,
    mentions: Sequence[Mention],
    country: str | None,
    headings: Sequence[Span],
    recommendations: Sequence[Recommendation],
) -> tuple[Claim, ...]:
    """Return the central claims of a body, by place: sentences that assert and are no recommendation."""
    known = cues.of(language)
    if known is None:
        return ()
    text = Text(body, known, names=names, mentions=mentions, country=country, headings=headings)
    return _claims.read(text, recommendations)
