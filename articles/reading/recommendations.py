"""Who is told to do what: sentences with a deontic cue, less those that only look like advice.

A cascade for each cue in a sentence:

1. no advice: questions, lead-ins of lists, other words that happen to be the cue, what is past, supposed or inevitable;
2. the clause: where the subject begins, who it is, who says so;
3. the action: the verb phrase behind the cue, its targets, its instrument;
4. how sure: the cue's own confidence, moved by what the clause is like; below FLOOR it is dropped.
"""

import re
from collections import Counter
from dataclasses import replace

from articles.reading import clauses
from articles.reading.clauses import Text, Told
from articles.reading.cues import Cue, Cues
from articles.reading.types import Recommendation, Span
from articles.vocabulary import ActorKind, Instrument, Modality

# Set by hand on labelled op-eds: what moves confidence, and below what a suggestion costs editors more than it gives.
FLOOR = 0.45
SOMEBODY = 0.15  # an actor, "we" or people are told
PASSIVE = -0.15  # nobody does it: "must be reimagined"
RELATIVE = -0.4  # "a challenge that must be met" tells what a thing is like
SUBORDINATE = -0.2
REPORTED = -0.1  # by an actor that is known
HEARSAY = -0.5  # by somebody else
BORNE = -0.3  # a burden of people who decide nothing
SHORTEST = 2  # words of an action that nobody is told
LONGEST_ACTION = 300  # characters


def read(text: Text) -> tuple[Recommendation, ...]:
    """Return the recommendations of a text, by place, at most one a clause."""
    out: list[Recommendation] = []
    for sentence in text.sentences:
        found = [one for one in _of_sentence(text, sentence) if one.confidence >= FLOOR]
        out += _one_a_clause(text, found)
    return tuple(sorted(out, key=lambda one: one.start))


def _of_sentence(text: Text, sentence: Span) -> list[Recommendation]:
    cues, printed = text.cues, text.of(sentence)
    # 1. no advice
    if printed.rstrip("\"'”’»)* ").endswith(("?", "؟")) or cues.words["list_leads"].search(printed):
        return []
    out = []
    for cue in cues.impersonal:
        for match in cue.pattern.finditer(text.body, sentence.start, sentence.end):
            out.append(_impersonal(text, sentence, cue, match))
    for cue in cues.modals:
        for match in cue.pattern.finditer(text.body, sentence.start, sentence.end):
            if not _only_looks(text, sentence, match) and not _within(out, match):
                out.append(_modal(text, sentence, cue, match))
    for cue in cues.predicates:
        for match in cue.pattern.finditer(text.body, sentence.start, sentence.end):
            out.append(_predicate(text, sentence, cue, match))
    return [one for one in out if one is not None]


def _within(found: list[Recommendation | None], match: re.Match[str]) -> bool:
    """Say whether a modal is part of a cue already read: "there must be"."""
    return any(one and one.start <= match.start() < one.start + len(match[0]) + 12 for one in found)


def _only_looks(text: Text, sentence: Span, match: re.Match[str]) -> bool:
    """Say whether a modal is another word, past, supposed, or inevitable."""
    words, body = text.cues.words, text.body
    before = body[sentence.start : match.start()].split()
    if not before and words["never_first"].fullmatch(match[0]):
        return True  # "Should it fail, ...": a condition
    if before and words["before_not"].fullmatch(before[-1].strip("\"'“”’‘(,")):
        return True
    after = body[match.end() : sentence.end].lstrip()
    if words["epistemic"].match(after):
        return True
    first = after
    for _ in range(2):  # adverbs and negations between modal and verb
        if words["inevitable"].match(first):
            return True
        first = first.partition(" ")[2]
    return _conditional(text, sentence, match)


def _conditional(text: Text, sentence: Span, match: re.Match[str]) -> bool:
    """Say whether the modal stands in an if-clause or an indirect question."""
    clause = text.body[sentence.start : match.start()]
    clause = clause[max(clause.rfind(","), clause.rfind(";"), clause.rfind(":"), clause.rfind("—")) + 1 :]
    at = list(text.cues.words["conditionals"].finditer(clause))
    if not at:
        return False
    gap = len(clauses.WORD.findall(clause[at[-1].end() :]))
    return gap <= CONDITION_REACH


CONDITION_REACH = 7  # words from "if" to its verb


def _modal(text: Text, sentence: Span, cue: Cue, match: re.Match[str]) -> Recommendation | None:
    # 2. the clause
    body, words = text.body, text.cues.words
    start = clauses.subject_start(text, sentence, match.start())
    who = clauses.told(text, sentence, start, match.start())
    behind = match.end()
    if cue.inverted and not who.somebody:
        following = body[match.end() : min(sentence.end, match.end() + SUBJECT_BEHIND)]
        subject = clauses.CUTS.split(following)[0]
        other = clauses.told(text, sentence, match.end(), match.end() + len(subject))
        if other.keys:
            behind = match.end() + _first_end(text, match.end())
            who = Told(other.keys[:1], body[match.end() : behind].strip(), True)
        elif words["first_person"].match(following.lstrip()):
            who = other
    if cue.addressed and not who.somebody:
        return None
    sure = cue.sure + (SOMEBODY if who.somebody else 0.0)
    if _relative_before(text, sentence, match):
        sure += RELATIVE
    after = body[match.end() : sentence.end].lstrip()
    if words["passive"].match(after):
        who = who if who.keys else _agent(text, match.end(), sentence.end) or who
        sure += PASSIVE + (SUBORDINATE if _subordinate(text, sentence, start) else 0.0)
    sure += _borne(text, who, body[start : match.start()], after)
    lead = _lead(text, sentence, start)
    return _made(text, sentence, cue, who, start=lead, verb=match, sure=sure, behind=behind)


def _borne(text: Text, who: Told, subject: str, after: str) -> float:
    """Return what confidence loses where people must bear what others decide: "farmers have to wait"."""
    words = text.cues.words
    if not who.keys and "bearers" in words and words["bearers"].search(subject):
        return BORNE
    return BORNE if not who.keys and "burdens" in words and words["burdens"].match(after) else 0.0


def _first_end(text: Text, start: int) -> int:
    """Return how many characters behind a place the first mention ends."""
    found = text.named(start, start + SUBJECT_BEHIND)
    return found[0].end - start if found else 0


def _agent(text: Text, start: int, end: int) -> Told | None:
    """Return who is to do what a passive says: "by the Security Council"."""
    for match in text.cues.words["agents"].finditer(text.body, start, end):
        named = text.named(match.end(), min(end, match.end() + ARTICLE))
        after = [m for m in text.named(match.end(), end) if m.start - match.end() <= ARTICLE]
        if named or after:
            one = (named or after)[0]
            return Told((one.actor,), text.body[one.start : one.end], True)
    return None


ARTICLE = 6  # characters that an article before a name takes: " the ", " l'"
SUBJECT_BEHIND = 80  # characters behind an inverted verb in which its subject is looked for


def _relative_before(text: Text, sentence: Span, match: re.Match[str]) -> bool:
    before = text.body[sentence.start : match.start()].split()
    return bool(before) and text.cues.words["relative"].fullmatch(before[-1].strip(",")) is not None


def _subordinate(text: Text, sentence: Span, start: int) -> bool:
    before = text.body[sentence.start : start].split()
    return bool(before) and text.cues.words["relative"].fullmatch(before[-1]) is not None


def _impersonal(text: Text, sentence: Span, cue: Cue, match: re.Match[str]) -> Recommendation | None:
    after = text.body[match.end() : sentence.end].lstrip()
    if text.cues.words["rhetorical"].match(after) or text.cues.words["inevitable"].match(after):
        return None
    before = text.body[sentence.start : match.start()].split()
    if before and text.cues.words["negation"].fullmatch(before[-1]):
        return None
    who = _wished(text, match.end(), sentence.end)
    if cue.we:
        who = Told((text.country,) if text.country else (), text.cues.lists["first_person"][0], True)
    group = next((name for name, value in match.groupdict().items() if value and name.startswith("who")), None)
    if group:
        who = clauses.told(text, sentence, match.start(group), match.end(group))
    behind = match.start("verb") if match.groupdict().get("verb") else None  # the cue is the verb of the action
    start = clauses.subject_start(text, sentence, match.start())
    start = start if text.body[start : match.start()].strip() == "" else match.start()
    sure = cue.sure + (SOMEBODY if who.somebody else 0.0)
    return _made(text, sentence, cue, who, start=_lead(text, sentence, start), verb=match, sure=sure, behind=behind)


def _wished(text: Text, start: int, end: int) -> Told:
    """Return the subject of "it is essential that Jakarta raise": who is named first behind the cue."""
    for one in text.named(start, end)[:1]:
        if one.start - start <= ARTICLE:
            return Told((one.actor,), text.body[one.start : one.end], True)
    return Told((), "", False)


def _predicate(text: Text, sentence: Span, cue: Cue, match: re.Match[str]) -> Recommendation | None:
    start = clauses.subject_start(text, sentence, match.start())
    subject = text.body[start : match.start()].strip()
    if len(subject.split()) < SHORTEST or text.cues.words["pronouns"].fullmatch(subject):
        return None
    who = Told((), "", False)
    return _made(text, sentence, cue, who, start=start, verb=match, sure=cue.sure)


def _lead(text: Text, sentence: Span, start: int) -> int:
    """Return where the quote begins: with an "if" or "to" clause that leads the sentence, else with the subject."""
    lead = text.body[sentence.start : start]
    opening = sentence.start + len(lead) - len(lead.lstrip(clauses.OPENERS))
    match = text.cues.words["lead_keeps"].match(text.body, opening)
    rest = len(text.body[start : sentence.end].split())
    if match and lead.rstrip().endswith(",") and len(lead.split()) <= min(LEAD_WORDS, rest):
        return opening
    return start


LEAD_WORDS = 20  # words that a condition may have to be quoted with the advice, which must not be shorter


def _made(
    text: Text,
    sentence: Span,
    cue: Cue,
    who: Told,
    *,
    start: int,
    verb: re.Match[str],
    sure: float,
    behind: int | None = None,
) -> Recommendation | None:
    """Put a recommendation together: its end, who says it, its action, targets and instrument.

    `behind` is where the action begins, if not right behind the cue.
    """
    cues, body = text.cues, text.body
    end = _end(text, sentence, verb.end())
    reporter = clauses.reporter(text, sentence, start, end)
    recommender, recommender_text = reporter if reporter else (None, "")
    if reporter:
        sure += REPORTED if recommender else HEARSAY
    # 3. the action
    low, high = _action(cues, body, verb.end() if behind is None else behind, end)
    action = body[low:high].strip(" ,.;:!*_\"'”’“")
    if cue.final and not action:
        named = [m for m in text.named(start, verb.start()) if m.actor in who.keys]
        low, high = (named[-1].end if named else start), verb.start()
        action = body[low:high].strip(" ,.;:")
        who = Told(who.keys, body[start:low].strip() if named else "", who.somebody)
    if len(action.split()) < (1 if who.text else SHORTEST):
        return None
    near = body[verb.start() : min(end, verb.end() + NEGATION_REACH)]
    negation = cues.words["negation"].search(near, 0, len(verb[0]) + NEGATION_REACH)
    negated = cue.negates or bool(negation and negation.start() <= len(verb[0]) + 2) or verb[0].endswith("n't")
    if negation and negated and not cue.negates:
        action = re.sub(rf"^{re.escape(negation[0])}\s+", "", action, flags=re.IGNORECASE)
    kinds = (ActorKind.COUNTRY, ActorKind.ORGANISATION, ActorKind.PERSON, ActorKind.GROUP, ActorKind.REGION)
    targets = [m.actor for m in text.named(low, high) if text.names.entry(m.actor).kind in kinds]
    return Recommendation(
        start=start,
        end=end,
        addressees=who.keys,
        addressee_text=who.text,
        action=" ".join(action.split())[:LONGEST_ACTION],
        targets=tuple(dict.fromkeys(key for key in targets if key not in who.keys)),
        modality=Modality(cue.modality),
        negated=negated,
        instrument=instrument(cues, body[low:high]),
        rule=cue.rule,
        # 4. how sure
        confidence=round(max(0.0, min(0.95, sure)), 2),
        recommender=recommender,
        recommender_text=recommender_text,
    )


NEGATION_REACH = 12  # characters behind a modal in which "not" negates it


def _end(text: Text, sentence: Span, start: int) -> int:
    """Return where the quote ends: at the sentence's end, or before "the paper said"."""
    aside = text.cues.asides.search(text.body, start, sentence.end)
    if aside:
        return aside.start()
    cut = text.body.find("; ", start, sentence.end)
    return cut if cut > 0 else sentence.end


def _action(cues: Cues, body: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the verb phrase: up to where another clause begins, if enough stands before that."""
    high = end
    for mark in cues.lists["action_ends"]:
        at = body.find(mark, start, high)
        if at > 0 and len(body[start:at].split()) >= SHORTEST + 1:
            high = at
    return start, high


def instrument(cues: Cues, action: str) -> Instrument | None:
    """Return the means that most words of an action belong to, the first in the lexicon where two are equal."""
    scores = Counter({kind: len(pattern.findall(action)) for kind, pattern in cues.instruments})
    kind, score = max(scores.items(), key=lambda item: item[1])
    return kind if score else None


def _one_a_clause(text: Text, found: list[Recommendation]) -> list[Recommendation]:
    """Keep of recommendations that overlap the surest; where "and" joins two clauses, the first ends before it."""
    kept: list[Recommendation] = []
    for one in sorted(found, key=lambda one: (-one.confidence, one.start)):
        clash = [other for other in kept if one.start < other.end and other.start < one.end]
        if not clash:
            kept.append(one)
        elif len(clash) == 1 and (joined := _joined(text, *sorted([one, clash[0]], key=lambda each: each.start))):
            kept.remove(clash[0])
            kept += joined
    return kept


def _joined(text: Text, first: Recommendation, second: Recommendation) -> list[Recommendation]:
    """Return two recommendations of one sentence without their overlap, or none where they are one."""
    between = text.body[first.start : second.start].rstrip()
    words = between.split()
    joins = words and text.cues.words["joining"].fullmatch(words[-1])
    if not joins or len(words) <= len(first.addressee_text.split()) + SHORTEST:
        return []
    end = first.start + len(between[: -len(words[-1])].rstrip(" ,"))
    action = first.action[: max(0, first.action.find(f"{words[-1]} {text.body[second.start : second.start + 4]}"))]
    held = {mention.actor for mention in text.named(first.start, end)}
    targets = tuple(key for key in first.targets if key in held)
    return [replace(first, end=end, action=action.rstrip(" ,") or first.action, targets=targets), second]
