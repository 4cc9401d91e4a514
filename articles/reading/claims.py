"""What an article asserts: its central sentences, by kind.

1. candidates: sentences that assert; no questions, headings, recommendations, fragments;
2. salience: cues of a kind, actors, figures, and the place in the text, each with a weight;
3. the most salient are kept: at most PER_THOUSAND a thousand words or LEAST, none below FLOOR;
4. the kind: the one whose cues weigh most; the voice: whose words they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.reading import clauses, confidence
from articles.reading.clauses import Text
from articles.reading.types import Claim, Recommendation, Span
from articles.vocabulary import ActorKind, ClaimKind, Voice

# Weights and limits set by hand on labelled op-eds; editors see the most salient first.
PER_THOUSAND, LEAST = 14, 8  # words of the text; of one so short that it is its claims, this many
FLOOR = 0.2
CUE = {ClaimKind.CAUSAL: 0.2, ClaimKind.PREDICTIVE: 0.25, ClaimKind.EVALUATIVE: 0.1, ClaimKind.FACTUAL: 0.3}
SECOND_CUE = 0.4  # of the weight, for each further cue of a kind, up to MOST_CUES
MOST_CUES = 3
ACTOR, MOST_ACTORS = 0.1, 3
ACTING, ACTING_WITHIN = 0.1, 25  # an actor begins the sentence, within so many characters
REPORTED = 0.2
REBUTTED = -0.2  # what the author takes back is not what the article says
LAST = 0.1  # last sentence of a paragraph: its point
OPENING = 0.1  # in the first paragraph
CLOSING = 0.1  # in the last one
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
    told = _sentences_of(text, recommendations)
    cues = _cues(text)
    opening = text.body.find("\n")
    weighed = [
        _weigh(text, sentence, words, cues.get(number, ()), first=opening < 0 or sentence.start < opening)
        for number, sentence in enumerate(text.sentences)
        if number not in told and (words := _words(text, sentence)) >= SHORT
    ]
    # 3. the most salient
    most = max(LEAST, PER_THOUSAND * (text.body.count(" ") + 1) // 1000)
    kept = sorted((one for one in weighed if one.score >= FLOOR), key=lambda one: -one.score)[:most]
    # 4. the kind
    return tuple(_made(text, one) for one in sorted(kept, key=lambda one: one.span.start))


def _sentences_of(text: Text, recommendations: Sequence[Recommendation]) -> set[int]:
    """Return the numbers of the sentences that a recommendation stands in."""
    found: set[int] = set()
    for one in recommendations:
        first, last = text.sentence_at(one.start), text.sentence_at(max(one.start, one.end - 1))
        found |= set(range(first, max(first, last) + 1))
    return found


def _cues(text: Text) -> dict[int, list[tuple[int, int, int]]]:
    """Return the cues of claims by the number of their sentence: (kind, start, end)."""
    found = ((text.sentence_at(start), (kind, start, end)) for kind, start, end in text.cues.claims.find(text.low))
    return {number: [one for _, one in cues] for number, cues in groupby(found, key=lambda one: one[0])}


def _words(text: Text, sentence: Span) -> int:
    """Return how many words a sentence has that asserts; none if it asks or leads to a list."""
    end = sentence.end
    while end > sentence.start and text.body[end - 1] in "\"'”’»)* ":
        end -= 1
    return 0 if text.body[end - 1] in "?؟:" else text.body.count(" ", sentence.start, end) + 1


def _weigh(text: Text, sentence: Span, words: int, cues: Sequence[tuple[int, int, int]], *, first: bool) -> Weighed:
    # 2. salience
    best, most, cue = ClaimKind.FACTUAL, 0.0, "plain"
    total = 0.0
    counts: dict[int, int] = {}
    for number, start, end in cues:
        counts[number] = counts.get(number, 0) + 1
        if counts[number] > MOST_CUES:
            continue
        kind = text.cues.claim_kinds[number]
        weight = CUE[kind] * (1 + SECOND_CUE * (counts[number] - 1))
        total += weight if counts[number] == 1 else CUE[kind] * SECOND_CUE
        if weight > most:
            best, most = kind, weight
            cue = cue if counts[number] > 1 and cue != "plain" else _slug(text.low[start:end])
    mentions = text.named(sentence.start, sentence.end)
    named = {mention.actor for mention in mentions}
    total += ACTOR * min(len(named), MOST_ACTORS)
    total += ACTING if named and mentions[0].start - sentence.start <= ACTING_WITHIN else 0.0
    total += LAST if text.body[sentence.end : sentence.end + 1] in ("", "\n") else 0.0
    total += OPENING if first else 0.0
    total += CLOSING if text.body.find("\n", sentence.end) < 0 else 0.0
    total += REPORTED if named and text.reporting(sentence.start, sentence.end) else 0.0
    total *= 1.0 if words <= LONG else LONG / words
    return Weighed(sentence, total, best, cue)


def _made(text: Text, one: Weighed) -> Claim:
    start = one.span.start
    connective = text.cues.connective.match(text.low, start, one.span.end)
    if connective and text.low[connective.end() - 2 : connective.end()].strip() == ",":
        start = connective.end()
    claimant, claimant_text = _claimant(text, one.span)
    voice = _voice(text, Span(start, one.span.end), reported=claimant is not None)
    return Claim(
        start=start,
        end=one.span.end,
        kind=one.kind,
        rule=f"{text.cues.code}.{one.kind}.{one.cue}",
        confidence=confidence.of_claim(round(0.3 + (one.score + (REBUTTED if voice == Voice.REBUTTED else 0)) / 2, 2)),
        claimant=claimant,
        claimant_text=claimant_text,
        voice=voice,
    )


def _voice(text: Text, span: Span, *, reported: bool) -> Voice:
    """Return whose words a sentence is: quoted where most of it stands in quotation marks."""
    speech = text.quoted((span.start + span.end) // 2)
    voice = Voice.QUOTED if speech else Voice.REPORTED if reported else Voice.OWN
    myth = text.cues.word("myths").search(text.low, span.start, span.end)
    if myth or (voice != Voice.OWN and clauses.rebutted(text, span, span.end)):
        return Voice.REBUTTED
    return voice


def _claimant(text: Text, sentence: Span) -> tuple[str | None, str]:
    """Return the actor before a reporting verb: the claim is that actor's, told by the author."""
    verbs = text.reporting(sentence.start, sentence.end)
    if not verbs:
        return None, ""
    verb = verbs[0][0]
    before = [m for m in text.named(sentence.start, verb) if text.names.entry(m.actor).kind not in (ActorKind.REGION,)]
    if not before or verb - before[0].end > clauses.REPORT_REACH:
        return None, ""
    return before[-1].actor, text.body[before[-1].start : before[-1].end]


def _slug(cue: str) -> str:
    return re.sub(r"\W+", "_", cue).strip("_")
