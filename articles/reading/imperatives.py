"""Advice without a modal: list items and first words that are imperatives.

1. A heading or a paragraph leads: "What should be done", "The government should:"; the paragraphs behind it that begin
   with an imperative, or with the mark of a list and a verb, are what it asks for, of the lead's addressee.
2. A sentence that counts and commands: "First, freeze the tariffs."
3. Headings that command, where HEADED of them do: "1. Clear the pavements", "2. Light the bridges".
"""

import re
from dataclasses import dataclass

from articles.reading import actions, addressees, clauses
from articles.reading.addressees import NOBODY, Told
from articles.reading.clauses import Text
from articles.reading.types import Recommendation, Span
from articles.vocabulary import Modality

LISTED = 0.7  # under a lead that asks for it
COUNTED = 0.55  # "First, freeze the tariffs"
HEADING = 0.6  # a heading among others that command
HEADED = 3  # headings that command, from which a text is a list of demands
LONGEST_LEAD = 200  # characters
MARK = re.compile(r"(?:[-–—*•·▪◦]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+|#+ ")


@dataclass(frozen=True, slots=True)
class _Lead:
    who: Told
    items: int = 0


def read(text: Text) -> list[Recommendation]:
    """Return the imperatives of a text, by place."""
    cues = text.cues
    if "imperatives" not in cues.words:
        return []
    out: list[Recommendation] = []
    headed: list[Span] = []
    lead: _Lead | None = None
    at = 0
    for line in text.body.split("\n"):
        span, at = Span(at, at + len(line)), at + len(line) + 1
        if not line.strip():
            continue
        if (found := _lead(text, span)) is not None:
            lead = found
            continue
        heading = text.heading(span)
        item = _item(text, span) if heading or lead is not None else None
        if item is not None and lead is not None:
            out.append(_made(text, item, lead.who, LISTED, "listed"))
            continue
        if item is not None and not cues.word("topics").match(text.low, item.start):
            headed.append(item)
        lead = None if lead is None or not heading else lead
    if len(headed) >= HEADED:
        out += [_made(text, item, NOBODY, HEADING, "heading") for item in headed]
    return out


def _lead(text: Text, span: Span) -> _Lead | None:
    """Return whom a line tells that leads a list, None where it leads none."""
    if span.end - span.start > LONGEST_LEAD:
        return None
    low = text.low[span.start : span.end].rstrip("*_ ")
    match = text.cues.word("advice_leads").search(low)
    if match is None or not (low.endswith(":") or text.heading(span) or match.end() - match.start() == len(low)):
        return None
    start = span.start + match.start()
    who = addressees.told(text, span, span.start, start) if match.start() else NOBODY
    return _Lead(who if who.somebody or who.text else NOBODY)


def _item(text: Text, span: Span) -> Span | None:
    """Return the first sentence of a line that begins with an imperative, behind the mark of a list."""
    mark = MARK.match(text.low, span.start, span.end)
    start = clauses.skip(text.low, mark.end() if mark else span.start, span.end)
    verb = text.cues.words["imperatives"].match(text.low, start, span.end)
    if verb is None:
        return None
    number = next((s for s in text.all_sentences if s.start <= start < s.end), None)
    return Span(start, number.end if number else span.end)


def _made(text: Text, span: Span, who: Told, sure: float, rule: str) -> Recommendation:
    cues, body = text.cues, text.body
    action = body[span.start : span.end].strip(" ,.;:!*_\"'”’“")
    negates = cues.words["negation"].match(text.low, span.start, span.end)
    return Recommendation(
        start=span.start,
        end=span.end,
        addressees=who.keys,
        addressee_text=who.text,
        action=" ".join(action.split())[: actions.LONGEST],
        targets=actions.targets(text, span, without=who.keys),
        modality=Modality.MUST,
        negated=negates is not None,
        instrument=actions.instrument(cues, text.low[span.start : span.end]),
        rule=f"{cues.code}.imperative.{rule}",
        confidence=sure,
        condition=actions.condition(text, span),
        deadline=actions.deadline(text, span),
    )
