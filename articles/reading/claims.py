"""What an article asserts: its central sentences, by kind.

1. candidates: sentences that assert; no questions, headings, recommendations, fragments;
2. salience: cues of a kind, actors, figures, and the place in the text, each with a weight;
3. the most salient are kept: at most SHARE of the sentences or LEAST, none below FLOOR;
4. the kind: attributed to an actor where a reporting verb says so, else the kind whose cues weigh most.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.reading import clauses
from articles.reading.clauses import Text
from articles.reading.types import Claim, Recommendation, Span
from articles.vocabulary import ActorKind, ClaimKind

# Weights and limits set by hand on labelled op-eds; editors see the most salient first.
SHARE, LEAST = 0.45, 8  # of the sentences at most; of a text so short that it is its claims, this many
FLOOR = 0.2
CUE = {ClaimKind.CAUSAL: 0.2, ClaimKind.PREDICTIVE: 0.25, ClaimKind.EVALUATIVE: 0.1, ClaimKind.FACTUAL: 0.3}
SECOND_CUE = 0.4  # of the weight, for each further cue of a kind, up to MOST_CUES
MOST_CUES = 3
ACTOR, MOST_ACTORS = 0.1, 3
ACTING, ACTING_WITHIN = 0.1, 25  # an actor begins the sentence, within so many characters
REPORTED = 0.2
LAST = 0.1  # last sentence of a paragraph: its point
OPENING = 0.1  # in the first paragraph
SHORT, LONG = 7, 60  # words: below, a fragment; above, a sentence that says too much


@dataclass(frozen=True, slots=True)
class Weighed:
    span: Span
    score: float
    kind: ClaimKind
    cue: str


def read(text: Text, recommendations: Sequence[Recommendation]) -> tuple[Claim, ...]:
    """Return the central claims of a text, by place."""
    # 1. candidates
    told = [(one.start, one.end) for one in recommendations]
    weighed = [
        _weigh(text, sentence)
        for sentence in text.sentences
        if _asserts(text, sentence) and not any(s < sentence.end and sentence.start < e for s, e in told)
    ]
    # 3. the most salient
    most = max(LEAST, int(SHARE * len(text.sentences)))
    kept = sorted((one for one in weighed if one.score >= FLOOR), key=lambda one: -one.score)[:most]
    # 4. the kind
    return tuple(_made(text, one) for one in sorted(kept, key=lambda one: one.span.start))


def _asserts(text: Text, sentence: Span) -> bool:
    printed = text.of(sentence)
    words = len(clauses.WORD.findall(printed))
    return words >= SHORT and not printed.rstrip("\"'”’»)* ").endswith(("?", "؟", ":"))


def _weigh(text: Text, sentence: Span) -> Weighed:
    # 2. salience
    printed = text.of(sentence)
    best, score, cue = ClaimKind.FACTUAL, 0.0, "plain"
    total = 0.0
    for kind, pattern in text.cues.claims:
        found = pattern.findall(printed)[:MOST_CUES]
        if found:
            weight = CUE[kind] * (1 + SECOND_CUE * (len(found) - 1))
            total += weight
            if weight > score:
                best, score, cue = kind, weight, _slug(found[0])
    mentions = text.named(sentence.start, sentence.end)
    named = {mention.actor for mention in mentions}
    first = mentions[0].start if mentions else sentence.end
    total += ACTOR * min(len(named), MOST_ACTORS)
    total += ACTING if named and first - sentence.start <= ACTING_WITHIN else 0.0
    total += LAST if text.body[sentence.end : sentence.end + 1] in ("", "\n") else 0.0
    total += OPENING if text.body.find("\n", 0, sentence.start) < 0 else 0.0
    total += REPORTED if named and text.reporting(sentence.start, sentence.end) else 0.0
    length = len(clauses.WORD.findall(printed))
    total *= 1.0 if length <= LONG else LONG / length
    return Weighed(sentence, total, best, cue)


def _made(text: Text, one: Weighed) -> Claim:
    start = one.span.start
    connective = text.cues.connective.match(text.body, start, one.span.end)
    if connective and text.body[connective.end() - 2 : connective.end()].strip() == ",":
        start = connective.end()
    claimant, claimant_text = _claimant(text, one.span)
    return Claim(
        start=start,
        end=one.span.end,
        kind=one.kind,
        rule=f"{text.cues.code}.{one.kind}.{one.cue}",
        confidence=round(min(0.95, 0.3 + one.score / 2), 2),
        claimant=claimant,
        claimant_text=claimant_text,
    )


def _claimant(text: Text, sentence: Span) -> tuple[str | None, str]:
    """Return the actor before a reporting verb: the claim is that actor's, told by the author."""
    verbs = text.reporting(sentence.start, sentence.end)
    if not verbs:
        return None, ""
    verb = verbs[0]
    before = [
        m for m in text.named(sentence.start, verb.start()) if text.names.entry(m.actor).kind not in (ActorKind.REGION,)
    ]
    if not before or verb.start() - before[0].end > clauses.REPORT_REACH:
        return None, ""
    return before[-1].actor, text.body[before[-1].start : before[-1].end]


def _slug(cue: str) -> str:
    return re.sub(r"\W+", "_", cue.casefold()).strip("_")
