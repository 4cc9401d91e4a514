"""What is to be done: whom it touches, by what means, on what condition, until when."""

from collections import Counter

from articles.reading import clauses
from articles.reading.clauses import Text
from articles.reading.cues import Cues
from articles.reading.types import Span
from articles.vocabulary import ActorKind, Instrument

LONGEST = 300  # characters
TARGETS = (ActorKind.COUNTRY, ActorKind.ORGANISATION, ActorKind.PERSON, ActorKind.GROUP, ActorKind.REGION)


def targets(text: Text, span: Span, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the actors that an action names."""
    named = [m.actor for m in text.named(span.start, span.end) if text.names.entry(m.actor).kind in TARGETS]
    return tuple(dict.fromkeys(key for key in named if key not in without))


def condition(text: Text, sentence: Span) -> str:
    """Return the clause of a sentence that says on what condition: "if talks resume"."""
    low = text.low
    match = text.cues.word("conditions").search(low, sentence.start, sentence.end)
    if match is None:
        return ""
    leads = not low[sentence.start : match.start()].strip(clauses.OPENERS)
    cut = low.find(",", match.end(), sentence.end)
    if leads and cut < 0:
        return ""  # nothing shows where it ends
    return text.body[match.start() : cut if cut > 0 else sentence.end].strip(' ,.;:!?"”»')


def deadline(text: Text, span: Span) -> str:
    """Return until when: "by 2030", "before the summit"."""
    match = text.cues.word("deadlines").search(text.low, span.start, span.end)
    return text.body[match.start() : match.end()].strip(" ,.;:") if match else ""


def instrument(cues: Cues, action: str) -> Instrument | None:
    """Return the means that most words of an action belong to, the first in the lexicon where two are equal."""
    scores = Counter({kind: len(pattern.findall(action)) for kind, pattern in cues.instruments})
    kind, score = max(scores.items(), key=lambda item: item[1])
    return kind if score else None
