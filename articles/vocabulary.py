"""The words that all rooms share: one word for one thing, in code, database, pages and exports alike.

Pure Python; imports nothing of Digest.
"""

from enum import StrEnum
from functools import cache

from babel import Locale, UnknownLocaleError


class Word(StrEnum):
    """A closed list of terms; a member's value is what is stored, its label what people read."""

    @property
    def label(self) -> str:
        """Return the term as people read it: ``think_tank`` is "think tank"."""
        return self.value.replace("_", " ")

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order of definition, as form and model fields take them."""
        return [(word.value, word.label) for word in cls]


class Publication(Word):
    """Where an article stands between desk and reader."""

    INBOX = "inbox"
    IN_REVIEW = "in_review"
    READY = "ready"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Block(Word):
    """What speaks against showing an article to readers."""

    NO_DATE = "no_date"
    NO_SOURCE = "no_source"
    OPEN_SUGGESTIONS = "open_suggestions"


class Review(Word):
    """What people decided about a statement."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Visibility(Word):
    """Who sees a note: its author, the desk, or everybody who reads the article."""

    PRIVATE = "private"
    TEAM = "team"
    PUBLIC = "public"


class Kind(Word):
    """What a coder takes a passage for."""

    CLAIM = "claim"
    RECOMMENDATION = "recommendation"


class Stance(Word):
    """What a statement says to a topic."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    NEUTRAL = "neutral"


class Origin(Word):
    """Who put a statement forward."""

    READER = "reader"
    PERSON = "person"


class SourceKind(Word):
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    JOURNAL = "journal"
    THINK_TANK = "think_tank"
    NEWSWIRE = "newswire"
    BLOG = "blog"
    AGGREGATOR = "aggregator"
    OTHER = "other"


class ActorKind(Word):
    COUNTRY = "country"
    ORGANISATION = "organisation"
    PERSON = "person"
    REGION = "region"
    GROUP = "group"


class NameKind(Word):
    """How a form names its actor."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    ABBREVIATION = "abbreviation"


class ClaimKind(Word):
    FACTUAL = "factual"
    CAUSAL = "causal"
    PREDICTIVE = "predictive"
    EVALUATIVE = "evaluative"


class Modality(Word):
    """How strongly a recommendation obliges."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class Instrument(Word):
    """The means by which a recommended policy works."""

    DIPLOMATIC = "diplomatic"
    ECONOMIC = "economic"
    MILITARY = "military"
    HUMANITARIAN = "humanitarian"
    LEGAL = "legal"
    INFORMATIONAL = "informational"
    INSTITUTIONAL = "institutional"


class Precision(Word):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Provenance(Word):
    """Where a value comes from."""

    PRINTED = "printed"
    ADDRESS = "address"
    FEED = "feed"
    EDITOR = "editor"
    INFERRED = "inferred"


class Relation(Word):
    """What a version is to its work."""

    ORIGINAL = "original"
    REPRINT = "reprint"
    EXCERPT = "excerpt"
    REWORDING = "rewording"
    TRANSLATION = "translation"


# Versions in the same words: where they stand is how far a work reached.
VERBATIM = (Relation.ORIGINAL, Relation.REPRINT, Relation.EXCERPT)


class Outcome(Word):
    """What an import did with one document."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    REFUSED = "refused"  # by who saw what was read of it
    WAITING = "waiting"  # for a worker, or for the word of who took it in


class Polled(Word):
    """What came of asking a feed."""

    NEVER = "never"
    NEW = "new"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Scope(Word):
    """Which articles are read again."""

    OUTDATED = "outdated"
    ALL = "all"
    CHOSEN = "chosen"


class Voice(Word):
    """Whose voice a passage speaks in."""

    OWN = "own"  # the author's
    QUOTED = "quoted"  # somebody's words, in quotation marks
    REPORTED = "reported"  # somebody's view, told by the author
    REBUTTED = "rebutted"  # quoted or told to be contradicted


class Dimension(Word):
    """By what published articles and public statements are counted."""

    ALL = "all"
    LANGUAGE = "language"
    SOURCE = "source"
    VIA = "via"
    YEAR = "year"
    ACTOR = "actor"
    AUTHOR = "author"
    CLAIMS = "claims"  # public ones, by review
    RECOMMENDATIONS = "recommendations"
    ABOUT = "about"  # public claims, by the actor they are about
    TOLD = "told"  # public recommendations, by addressee
    ABOUT_REVIEWED = "about reviewed"
    TOLD_REVIEWED = "told reviewed"


class Every(Word):
    """How often an alert is mailed, where there is news."""

    DAILY = "daily"
    WEEKLY = "weekly"


class Verdict(Word):
    """How a quoted passage was found again in a text."""

    EXACT = "exact"
    MOVED = "moved"
    FUZZY = "fuzzy"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


@cache
def language_name(code: str, within: str = "en") -> str:
    """Return the name of an ISO 639-1 code in the language `within`; the code itself if nobody knows it."""
    try:
        return Locale.parse(code).get_display_name(within) or code
    except (UnknownLocaleError, ValueError):
        return code


def direction(code: str) -> str:
    """Return "rtl" for languages written from right to left, else "ltr"."""
    return "rtl" if code in {"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"} else "ltr"
