"""Say which country an author speaks from: whose "we", whose "our country", whose "the government"."""

from collections import Counter
from collections.abc import Sequence

from articles.reading import lexicon
from articles.reading.actors import ENGLISH, Names, is_whole
from articles.reading.types import Mention
from articles.vocabulary import ActorKind

LEADS_BY = 3  # times that the country spoken from is named more often than the next; chosen to be safe, not tuned
SPOKEN_OF = 3  # mentions from which a country may be that of a text whose language has another home


def country_of(
    names: Names,
    *,
    byline_text: str,
    source: str | None,
    body: str,
    mentions: Sequence[Mention],
    language: str | None = None,
) -> str | None:
    """Return the key of the country that the author speaks from, or None where nothing says so.

    1. the only country that the byline and affiliation name;
    2. the only country that the source's name names ("Jakarta Post", "The Korea Times");
    3. a text that says "our country" or "the government" without saying whose, where one country's government, or
       one country far more than any other, is named.
    """
    # 1 and 2: the byline, the source
    if key := home_of(names, byline_text=byline_text, source=source, language=language):
        return key
    # 3. a text that speaks from inside
    table = lexicon.load("names")
    lowered = body.casefold()
    inside = [
        phrase for lists in (table["inside"], table["government"]) for phrase in lists.get(language or ENGLISH, ())
    ]
    ours = any(_has_words(lowered, phrase.casefold()) for phrase in table["inside"].get(language or ENGLISH, ()))
    if not any(_has_words(lowered, phrase.casefold()) for phrase in inside):
        return None
    governed = {names.entry(m.actor).country for m in mentions if m.actor.startswith("government-of-")}
    counts = Counter(m.actor for m in mentions if names.entry(m.actor).kind == ActorKind.COUNTRY)
    home = table["home"].get(language or "")
    if ours and len(governed) == 1:
        return governed.pop()
    if home and not governed - {home} and counts.get(home):
        return str(home)
    ranked = counts.most_common(2)
    if home and ranked and ranked[0][1] < SPOKEN_OF:
        ranked = []  # a text in Indonesian that names Japan once is not of Japan
    if ranked and (len(ranked) == 1 or ranked[0][1] >= LEADS_BY * ranked[1][1]) and (ours or len(ranked) == 1):
        return ranked[0][0]
    return None


def home_of(names: Names, *, byline_text: str, source: str | None, language: str | None = None) -> str | None:
    """Return the only country that the by-line, or else the source's name, names: the one whose people are "we"."""
    for text in (byline_text, source or ""):
        if key := _only_country(names, text, language):
            return key
    return None


def _only_country(names: Names, text: str, language: str | None) -> str | None:
    if not text:
        return None
    keys = {
        entry.key if entry.kind == ActorKind.COUNTRY else entry.country
        for entry in (names.entry(mention.actor) for mention in names.find(text, language))
        if entry.kind in (ActorKind.COUNTRY, ActorKind.REGION)
    } - {""}
    return keys.pop() if len(keys) == 1 else None


def _has_words(text: str, phrase: str) -> bool:
    at = text.find(phrase)
    while at >= 0:
        if is_whole(text, at, at + len(phrase)):
            return True
        at = text.find(phrase, at + 1)
    return False
