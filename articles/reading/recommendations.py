"""Who is told to do what: sentences with a deontic cue, less those that only look like advice.

A cascade for each cue in a sentence:

1. no advice: questions, lead-ins of lists, other words that happen to be the cue, what is past, supposed or inevitable;
2. the clause: where the subject begins, who it is, who says so;
3. the action: the verb phrase behind the cue, its targets, its instrument, its condition and its deadline;
4. how sure: the cue's own confidence, moved by what the clause is like; below FLOOR it is dropped.

Then, over the text: of passages that overlap the surest, soft ones only behind firm ones, and for demands that tell
nobody the addressee of their neighbours.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from articles.reading import actions, addressees, clauses, confidence, imperatives
from articles.reading.addressees import NOBODY, Told
from articles.reading.clauses import Text
from articles.reading.cues import Cue, Cues
from articles.reading.types import Mention, Recommendation, Span
from articles.vocabulary import Modality, Voice

# Set by hand on labelled op-eds: what moves confidence, and below what a suggestion costs editors more than it gives.
FLOOR = 0.45
SOMEBODY = 0.15  # an actor, "we" or people are told
PASSIVE = -0.15  # nobody does it: "must be reimagined"
RELATIVE = -0.4  # "a challenge that must be met" tells what a thing is like
SUBORDINATE = -0.2
REPORTED = -0.15  # by an actor that is known
HEARSAY = -0.5  # by somebody else
BORNE = -0.45  # a burden of people who decide nothing
REBUTTED = -1.0  # and then contradicted
SHORTEST = 2  # words of an action that nobody is told
MOST_CUES = 1_500  # looked at in one text
MOST = 300  # recommendations of one text, the surest
CONDITION_REACH = 7  # words from "if" to its verb
ARTICLE = 6  # characters that an article before a name takes: " the ", " l'"
SUBJECT_BEHIND = 80  # characters behind an inverted verb in which its subject is looked for
LEAD_WORDS = 20  # words that a condition may have to be quoted with the advice, which must not be shorter
NEGATION_REACH = 12  # characters behind a modal in which "not" negates it
LEAST_ASKED = 6  # words of an action before a colon, behind which it is explained
CLOSED = 60  # characters within which a second comma ends an aside: "to vote, in the next budget, the tax"
LEAST_QUOTED, LEAST_CLOSED = 7, 5  # words of a demand behind which what hangs may be left out; where its verb ends it
HANGING = ("relative", "subordinators", "lead_keeps", "conditions", "prepositions", "tails")  # words of [context]
PIECES = re.compile(r",(?=\s)|\s[–—-](?=\s)|\s\(")
CLOSERS = "\"'”’»)* "


def read(text: Text) -> tuple[Recommendation, ...]:
    """Return the recommendations of a text, by place, at most one a clause."""
    found: list[Recommendation] = []
    for sentence, cues in _by_sentence(text):
        last = found[-1] if found else None
        read_here = [one for one in _of_sentence(text, sentence, cues, last) if one.confidence >= FLOOR]
        found += sorted(_one_a_clause(text, read_here), key=lambda one: one.start)
    found = _merged(found, [one for one in imperatives.read(text) if one.confidence >= FLOOR])
    found = addressees.inherited(text, found)
    found = sorted(sorted(found, key=lambda one: -one.confidence)[:MOST], key=lambda one: one.start)
    return tuple(replace(one, confidence=confidence.of_recommendation(one.confidence)) for one in found)


def _merged(found: list[Recommendation], others: Iterable[Recommendation]) -> list[Recommendation]:
    """Add what overlaps nothing."""
    out = list(found)
    for one in others:
        if not any(one.start < other.end and other.start < one.end for other in found):
            out.append(one)
    return sorted(out, key=lambda one: one.start)


def _by_sentence(text: Text) -> Iterable[tuple[Span, list[tuple[Cue, int]]]]:
    """Yield each sentence that holds cues, with them and their places."""
    grouped: dict[int, list[tuple[Cue, int]]] = {}
    for count, (number, start, _) in enumerate(text.cues.scanner.find(text.low)):
        if count >= MOST_CUES:
            break
        sentence = text.sentence_at(start)
        if sentence >= 0:
            grouped.setdefault(sentence, []).append((text.cues.cues[number], start))
    for sentence, cues in grouped.items():
        yield text.sentences[sentence], cues


def _of_sentence(
    text: Text, sentence: Span, cues: list[tuple[Cue, int]], last: Recommendation | None
) -> list[Recommendation]:
    # 1. no advice
    low, words = text.low, text.cues.words
    stripped = low[sentence.start : sentence.end].rstrip(CLOSERS)
    if stripped.endswith(("?", "؟")) or words["list_leads"].search(low[sentence.start : sentence.end]):
        return []
    maxim = text.cues.word("maxims").match(low, clauses.skip(low, sentence.start, sentence.end), sentence.end)
    out: list[Recommendation] = []
    for cue, at in cues:
        match = cue.pattern.match(low, at, sentence.end)
        if match is None or (maxim and cue.table == "modals"):
            continue
        if cue.soft and not (last and text.paragraph(sentence.start).start <= last.start):
            continue
        made = _of_cue(text, sentence, cue, match, last)
        if made is not None:
            out.append(made)
            last = made
    return out


def _of_cue(
    text: Text, sentence: Span, cue: Cue, match: re.Match[str], last: Recommendation | None
) -> Recommendation | None:
    if cue.table == "impersonal":
        return _impersonal(text, sentence, cue, match, last)
    if cue.table == "predicates":
        return _predicate(text, sentence, cue, match)
    return None if _only_looks(text, sentence, match) else _modal(text, sentence, cue, match, last)


def _only_looks(text: Text, sentence: Span, match: re.Match[str]) -> bool:
    """Say whether a modal is another word, past, supposed, or inevitable."""
    words, low = text.cues.words, text.low
    before = low[sentence.start : match.start()].split()
    if not before and words["never_first"].fullmatch(match[0]):
        return True  # "Should it fail, ...": a condition
    last = before[-1].strip("\"'“”‘(,") if before else ""
    to_reader = text.reader and text.cues.word("second_person").fullmatch(last)
    if before and words["before_not"].fullmatch(last) and not to_reader:
        return True
    after = low[match.end() : sentence.end].lstrip()
    if words["epistemic"].match(after):
        return True
    first = after
    for _ in range(2):  # adverbs and negations between modal and verb
        if words["inevitable"].match(first):
            return True
        first = first.partition(" ")[2]
    past = text.cues.word("past").match(low, clauses.skip(low, sentence.start, sentence.end))
    if past or text.cues.word("rules").search(low, sentence.start, match.start()):
        return True  # "Waktu itu pemerintah harus": what had to be done then; "The law says that employers must"
    return _conditional(text, sentence, match)


def _conditional(text: Text, sentence: Span, match: re.Match[str]) -> bool:
    """Say whether the modal stands in an if-clause or an indirect question."""
    clause = text.low[sentence.start : match.start()]
    clause = clause[max(clause.rfind(","), clause.rfind(";"), clause.rfind(":"), clause.rfind("—")) + 1 :]
    at = list(text.cues.words["conditionals"].finditer(clause))
    return bool(at) and len(clauses.WORD.findall(clause[at[-1].end() :])) <= CONDITION_REACH


def _modal(
    text: Text, sentence: Span, cue: Cue, match: re.Match[str], last: Recommendation | None
) -> Recommendation | None:
    # 2. the clause
    low, words = text.low, text.cues.words
    start = clauses.subject_start(text, sentence, match.start())
    who = addressees.told(text, sentence, start, match.start(), last=last)
    if cue.we and not who.somebody:
        who = addressees.first_person(text, text.cues.lists["first_person"][0])
    behind = match.end()
    before = low[start : match.start()].strip(" ,")
    shared = words["first_person"].search(low, sentence.start, match.start())
    if shared and start > sentence.start and (not before or words["joining"].fullmatch(before)):
        who = addressees.first_person(text, text.body[shared.start() : shared.end()])  # "we see it, but must wait"
    elif (
        cue.inverted
        and (not text.reader or who.text != text.reader)
        and (following := _behind(text, sentence, start, match, who, last))
    ):
        who, behind = following
    if cue.addressed and not who.somebody:
        return None
    sure = cue.sure + (SOMEBODY if who.somebody else 0.0)
    if _after_relative(text, sentence, match.start()):
        sure += RELATIVE
    if words["passive"].match(low, clauses.skip(low, match.end(), sentence.end), sentence.end):
        agent = _agent(text, match.end(), sentence.end)
        who = agent or replace(NOBODY, somebody=who.somebody)
        sure += PASSIVE + (SUBORDINATE if _after_relative(text, sentence, start) else 0.0)
    sure += 0.0 if cue.negates else _borne(text, who, start, match, sentence.end)
    lead = _lead(text, sentence, start)
    return _made(text, sentence, cue, who, start=lead, verb=match, sure=sure, behind=behind)


def _borne(text: Text, who: Told, start: int, match: re.Match[str], end: int) -> float:
    """Return what confidence loses where people must bear what others decide: "farmers have to wait"."""
    if who.keys:
        return 0.0
    bears = text.cues.word("bearers").search(text.low, start, match.start())
    burden = text.cues.word("burdens").match(text.low, clauses.skip(text.low, match.end(), end), end)
    return BORNE if bears or burden else 0.0


def _behind(  # noqa: PLR0917 - all that a clause is
    text: Text, sentence: Span, start: int, match: re.Match[str], who: Told, last: Recommendation | None
) -> tuple[Told, int] | None:
    """Return the subject that stands behind its verb, and where the action begins: "Deshalb sollte Berlin handeln"."""
    behind = text.cues.word("subject_behind")
    body, low = text.body, text.low
    phrase = behind.match(body, clauses.skip(body, start, match.start()), match.start())
    conditions = text.cues.word("conditions")
    if low[start : match.start()].rstrip().endswith(",") and conditions.match(
        low, clauses.skip(low, sentence.start, start)
    ):
        phrase, who = None, NOBODY  # "Als de rente stijgt, moet het Rijk": the clause before is no subject
    at = clauses.skip(body, match.end(), sentence.end)
    if not (phrase or who.keys) and (found := behind.match(body, at, sentence.end)) and found[0]:
        other = addressees.told(text, sentence, found.start(), found.end(), last=last)
        return (other if other.text else NOBODY), found.end()
    if who.somebody:
        return None
    following = body[match.end() : min(sentence.end, match.end() + SUBJECT_BEHIND)]
    subject = clauses.CUTS.split(following)[0]
    other = addressees.told(text, sentence, match.end(), match.end() + len(subject), last=last)
    if other.keys:
        named = text.named(match.end(), match.end() + SUBJECT_BEHIND)
        end = named[0].end if named else match.end()
        printed = addressees.trimmed(text, match.end(), end)
        return Told(other.keys[:1], body[printed.start : printed.end], True), end
    if first := text.cues.words["first_person"].match(low, at, sentence.end):
        return addressees.first_person(text, body[first.start() : first.end()]), first.end()
    return None


def _agent(text: Text, start: int, end: int) -> Told | None:
    """Return who is to do what a passive says: "by the Security Council"."""
    for match in text.cues.words["agents"].finditer(text.low, start, end):
        named = [m for m in text.named(match.end(), end) if m.start - match.end() <= ARTICLE]
        if named:
            return Told((named[0].actor,), text.body[named[0].start : named[0].end], True)
    return None


def _after_relative(text: Text, sentence: Span, at: int) -> bool:
    before = text.low[sentence.start : at].split()
    return bool(before) and text.cues.words["relative"].fullmatch(before[-1].strip(",")) is not None


def _impersonal(
    text: Text, sentence: Span, cue: Cue, match: re.Match[str], last: Recommendation | None
) -> Recommendation | None:
    low, words = text.low, text.cues.words
    after = clauses.skip(low, match.end(), sentence.end)
    if words["rhetorical"].match(low, after, sentence.end) or words["inevitable"].match(low, after, sentence.end):
        return None
    before = low[sentence.start : match.start()].split()
    if before and (words["negation"].fullmatch(before[-1]) or text.cues.word("before_not").fullmatch(before[-1])):
        return None
    if _conditional(text, sentence, match):
        return None
    who = _wished(text, match.end(), sentence.end)
    if cue.we:
        who = addressees.first_person(text, text.cues.lists["first_person"][0])
    groups = {name: value for name, value in match.groupdict().items() if value}
    if group := next((name for name in groups if name.startswith("who")), None):
        who = addressees.told(text, sentence, match.start(group), match.end(group), last=last)
    verb = next((name for name in groups if name.startswith("verb")), None)
    behind = match.start(verb) if verb else None  # the cue is the verb of the action
    start = clauses.subject_start(text, sentence, match.start())
    start = start if text.body[start : match.start()].strip() == "" else match.start()
    sure = cue.sure + (SOMEBODY if who.somebody else 0.0)
    return _made(text, sentence, cue, who, start=_lead(text, sentence, start), verb=match, sure=sure, behind=behind)


def _wished(text: Text, start: int, end: int) -> Told:
    """Return the subject of "it is essential that Jakarta and Hanoi raise": who is named right behind the cue."""
    joined: list[Mention] = []
    for one in text.named(start, end):
        before = text.low[joined[-1].end : one.start].strip(" ,") if joined else ""
        near = one.start - (joined[-1].end if joined else start) <= ARTICLE
        if not near or (joined and before and not text.cues.words["joining"].fullmatch(before)):
            break
        joined.append(one)
    if not joined:
        return NOBODY
    keys = tuple(dict.fromkeys(one.actor for one in joined))
    return Told(keys, text.body[joined[0].start : joined[-1].end], True)


def _predicate(text: Text, sentence: Span, cue: Cue, match: re.Match[str]) -> Recommendation | None:
    start = clauses.subject_start(text, sentence, match.start())
    subject = text.low[start : match.start()].strip()
    if len(subject.split()) < SHORTEST or text.cues.words["pronouns"].fullmatch(subject):
        return None
    if cue.gerund and not text.cues.word("gerund").match(subject):
        return None
    return _made(text, sentence, cue, NOBODY, start=start, verb=match, sure=cue.sure)


def _lead(text: Text, sentence: Span, start: int) -> int:
    """Return where the quote begins: with an "if" or "to" clause that leads the sentence, else with the subject."""
    lead = text.low[sentence.start : start]
    opening = sentence.start + len(lead) - len(lead.lstrip(clauses.OPENERS))
    match = text.cues.words["lead_keeps"].match(text.low, opening)
    rest = len(text.low[start : sentence.end].split())
    if match and lead.rstrip().endswith(",") and len(lead.split()) <= min(LEAD_WORDS, rest):
        return opening
    return start


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
    """Put a recommendation together: its end, who says it, its action, targets, instrument, condition and deadline.

    `behind` is where the action begins, if not right behind the cue.
    """
    cues, body, low = text.cues, text.body, text.low
    end = _end(text, sentence, start, verb.end() if behind is None else max(behind, verb.end()))
    report = clauses.report(text, sentence, start, end)
    if report:
        sure += REBUTTED if report.voice == Voice.REBUTTED else REPORTED if report.key else HEARSAY
    # 3. the action
    span = _action(cues, low, verb.end() if behind is None else behind, end)
    if cue.final and not body[span.start : span.end].strip(" ,.;:!*_\"'”’“"):
        named = [m for m in text.named(start, verb.start()) if m.actor in who.keys]
        span = Span(named[-1].end if named else start, verb.start())
        who = Told(who.keys, body[start : span.start].strip() if named else "", who.somebody)
    action = body[span.start : span.end].strip(" ,.;:!*_\"'”’“")
    if len(action.split()) < (1 if who.text or who.keys else SHORTEST):
        return None
    near = low[verb.start() : min(end, verb.end() + NEGATION_REACH)]
    negation = cues.words["negation"].search(near, 0, len(verb[0]) + NEGATION_REACH)
    negated = cue.negates or bool(negation and negation.start() <= len(verb[0]) + 2) or verb[0].endswith("n't")
    if negation and negated and not cue.negates:
        action = re.sub(rf"^{re.escape(negation[0])}\s+", "", action, flags=re.IGNORECASE)
    return Recommendation(
        start=start,
        end=end,
        addressees=who.keys,
        addressee_text=who.text,
        action=" ".join(action.split())[: actions.LONGEST],
        targets=actions.targets(text, span, without=who.keys),
        modality=Modality(cue.modality),
        negated=negated,
        instrument=actions.instrument(cues, low[span.start : span.end]),
        rule=cue.rule,
        # 4. how sure
        confidence=round(max(0.0, min(1.0, sure)), 2),
        recommender=report.key if report else None,
        recommender_text=report.text if report else "",
        voice=report.voice if report else Voice.OWN,
        condition=actions.condition(text, sentence),
        deadline=actions.deadline(text, Span(start, end)),
    )


def _end(text: Text, sentence: Span, start: int, verb: int) -> int:
    """Return where the quote ends that begins at `start` and whose action begins at `verb`.

    1. Before "the paper said", or before another sentence behind a semicolon; else with the sentence. 2. What hangs
    behind the demand's own clause is quoted as long as it is not longer than the demand.
    """
    # 1
    aside = text.cues.word("asides").search(text.low, verb, sentence.end)
    if aside:
        return aside.start()
    cut = text.low.find("; ", verb, sentence.end)
    end = cut if cut > 0 else sentence.end
    # 2
    colon = text.low.find(": ", verb, end)  # behind it stands what is asked, or why
    if colon > 0 and _counted(text, verb, colon) >= LEAST_ASKED:
        end, colon = verb + len(text.low[verb:colon].rstrip()), -1
    pieces = [
        m for m in PIECES.finditer(text.low, max(verb, colon), end) if _counted(text, verb, m.start()) >= SHORTEST
    ]
    own = next((m.start() for m in pieces if _hangs(text, start, m)), end)
    most = 2 * _counted(text, start, own)
    if _counted(text, start, end) <= most:
        return end
    ends = [m.start() for m in pieces if m.start() >= own]
    return max((at for at in ends if _counted(text, start, at) <= most), default=end)


def _counted(text: Text, start: int, end: int) -> int:
    return len(clauses.WORD.findall(text.low, start, end))


def _hangs(text: Text, start: int, mark: re.Match[str]) -> bool:
    """Say whether a comma begins what says more of a demand: a relative clause, a reason, a condition."""
    low, at = text.low, clauses.skip(text.low, mark.end(), mark.end() + 2)
    if text.cues.word("objects").match(low, at):
        return False  # "should see to it that ...": what is asked for
    counted = _counted(text, start, mark.start())
    if text.cues.word("closers").fullmatch(low, low.rfind(" ", 0, mark.start()) + 1, mark.start()):
        return counted >= LEAST_CLOSED
    if counted < LEAST_QUOTED or not any(text.cues.word(name).match(low, at) for name in HANGING):
        return False
    closing = low.find(", ", at, at + CLOSED)
    aside = closing > 0 and text.cues.word("articles").match(low, closing + 2) is not None
    return not aside or text.cues.word("relative").match(low, at) is not None


def _action(cues: Cues, low: str, start: int, end: int) -> Span:
    """Return the span of the verb phrase: up to where another clause begins, if enough stands before that."""
    high = end
    for mark in cues.lists["action_ends"]:
        at = low.find(mark, start, high)
        if at > 0 and len(low[start:at].split()) >= SHORTEST + 1:
            high = at
    return Span(start, high)


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
    joins = words and text.cues.words["joining"].fullmatch(words[-1].casefold())
    others = first.addressee_text and second.addressee_text and first.addressee_text != second.addressee_text
    parted = others and words and words[-1].endswith(":")
    if not (joins or parted) or len(words) <= len(first.addressee_text.split()) + (SHORTEST if joins else 1):
        return []
    end = first.start + len(between[: -len(words[-1])].rstrip(" ,") if joins else between.rstrip(" :"))
    mark = words[-1] if joins else ":"
    action = first.action[: max(0, first.action.find(f"{mark} {text.body[second.start : second.start + 4]}"))]
    held = {mention.actor for mention in text.named(first.start, end)}
    kept = tuple(key for key in first.targets if key in held)
    return [replace(first, end=end, action=action.rstrip(" ,") or first.action, targets=kept), second]
