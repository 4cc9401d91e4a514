"""What somebody typed, understood as a question: "Indonesia north korea 2024" asks for two actors and a year.

Names are those of the authority file, of authors and of sources; the longest that is there counts. What is quoted, has
a minus or stands beside OR stays words, and so does what nobody is called.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models.functions import Lower
from django.http import QueryDict

from articles.models import Actor, ActorName, Author, Source, Tally
from articles.models.card import TERM
from articles.reading import dates
from articles.vocabulary import Dimension, NameKind

LONGEST = 7  # words of a name
MOST = 40  # words that are looked at
YEARS = re.compile(r"((?:19|20)\d\d)(?:(?:-|–|/)((?:19|20)\d\d))?")
YEAR = re.compile(r"(?:19|20)\d\d")
MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")

Days = tuple[date, date]


def understood(typed: str) -> QueryDict:
    """Return the question that typed words ask, as the filters read it; what is not understood stays in `q`."""
    terms = [match[0] for match in TERM.finditer(typed)][:MOST]
    question, words = QueryDict(mutable=True), []
    plain = [bool(re.match(r"[^\W_]", term)) and not _beside_or(terms, at) for at, term in enumerate(terms)]
    called = _called(terms, plain)
    at = 0
    while at < len(terms):
        for length in range(min(LONGEST, len(terms) - at), 0, -1):
            if not all(plain[at : at + length]):
                continue
            span = terms[at : at + length]
            if row := called.get(_key(" ".join(span))):
                question.appendlist(row._meta.model_name, row.slug)
                break
            if "since" not in question and (days := _days(span)):
                question["since"], question["until"] = (day.isoformat() for day in days)
                break
        else:
            words.append(terms[at])
            length = 1
        at += length
    if words:
        question["q"] = " ".join(words)
    return question


def _beside_or(terms: list[str], at: int) -> bool:
    return "OR" in terms[max(at - 1, 0) : at + 2]


def _key(text: str) -> str:
    """Return a name as `sort_key` has it: lower case, without marks."""
    bare = unicodedata.normalize("NFKD", text.lower())
    return re.sub("[\u0300-\u036f]", "", bare)


def _called(terms: list[str], plain: list[bool]) -> dict[str, Any]:
    """Return who or what is called as some of the terms, by key: an actor before a source before an author."""
    spans = {
        " ".join(terms[at : at + length])
        for at in range(len(terms))
        for length in range(1, LONGEST + 1)
        if at + length <= len(terms) and all(plain[at : at + length])
    }
    if not spans:
        return {}
    keys = {_key(span) for span in spans}
    found: dict[str, Any] = {}
    for model in (Author, Source):
        rows: Iterable[Any] = model.objects.public().filter(sort_key__in=keys).order_by("-pk")
        found |= {_key(row.name): row for row in rows}
    return found | _actors(spans)


def _actors(spans: set[str]) -> dict[str, Actor]:
    """Return the actors that are called so; of several of one name the one that is mentioned most."""
    lowered = {span.lower() for span in spans}
    held = ActorName.objects.annotate(lowered=Lower("text")).filter(lowered__in=lowered, actor__retired=False)
    names = list(held.filter(witness=[]).select_related("actor").order_by("-pk"))
    mentioned = Tally.objects.of(Dimension.ACTOR, list({name.actor_id for name in names})) if names else {}
    found = {}
    for name in sorted(names, key=lambda name: mentioned.get(name.actor_id, 0)):
        if name.kind != NameKind.ABBREVIATION or name.text in spans:  # "who" is not WHO
            found[_key(name.text)] = name.actor
    return found


def _days(span: list[str]) -> Days | None:
    """Return the first and the last day of a year, some years or a month: "2024", "2020-2024", "July 2024"."""
    text = " ".join(span)
    if match := MONTH.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if match := YEARS.fullmatch(text):
        first, last = int(match[1]), int(match[2] or match[1])
        return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None
    if len(span) == 2 and (month := dates.months().get(span[0].casefold())) and YEAR.fullmatch(span[1]):
        return _month(int(span[1]), month)
    return None


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
