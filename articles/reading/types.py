"""What reading returns: frozen values, every one with its place in the text.

Offsets count characters (code points) of `Reading.body`; `body[start:end]` is the passage.
"""

from dataclasses import dataclass, field
from datetime import date

from articles.vocabulary import ActorKind, ClaimKind, Instrument, Modality, NameKind, Precision, Provenance, Voice


class UnreadableDocument(ValueError):  # noqa: N818 - named for what it says of the document
    """A document that can't be read; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What came with a document and states its values: the record that holds it, a mail's head, a file's properties.

    Empty: not stated. `rule` opens the name of the evidence's rule: "record" makes "record.title". What is `sure` is
    believed before the text; what is not is one witness among others.
    """

    rule: str = "record"
    title: str = ""
    authors: tuple[str, ...] = ()  # as people read them: "Jane Roe"
    published: str = ""  # ISO 8601, as far as it is known: "2024-07", "2024-07-22T08:00:00Z"
    url: str = ""
    source: str = ""
    language: str = ""  # ISO 639-1
    truncated: bool = False  # the text is an abstract or a beginning
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a document before it is read."""

    name: str = ""  # the file's name, or the address it came from
    media_type: str | None = None  # "text/html", "text/plain"; None: found out from the bytes
    source: str | None = None  # used where the document names none
    language: str | None = None  # ISO 639-1; overrides detection
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One form under which an actor appears."""

    text: str
    kind: NameKind = NameKind.NAME
    language: str = ""  # ISO 639-1; empty: in every language
    witness: tuple[str, ...] = ()  # an ambiguous form counts only if the body holds one of these


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """An actor of the authority file. `key` is stable and unique ("north-korea"); `name` is the preferred one."""

    key: str
    name: str
    kind: ActorKind
    names: tuple[Name, ...] = ()
    iso: str = ""  # ISO 3166-1 alpha-2, countries only
    wikidata: str = ""  # "Q423"
    country: str = ""  # key of the country that an organisation or person belongs to


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one role. `role`: chrome, title, byline, dateline, heading, paragraph, note, bio, reference."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Byline:
    """An author as printed. `affiliation` and `rank` as printed, tidied of joiners such as underscores."""

    name: str
    affiliation: str | None = None
    rank: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date with how much of it is known and where it comes from; `value` is the first day of the period."""

    value: date
    precision: Precision
    provenance: Provenance
    text: str  # as printed

    def iso(self) -> str:
        """Return "2024-07-22", "2024-07" or "2024", as far as the date is known."""
        return self.value.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class Reference:
    """A footnote or bibliography entry. `label` is "1" for "[1]", empty where none is printed.

    `repeats` is the place in `Reading.references`, from 0, of the entry that "Ibid." or "op. cit." stands for.
    """

    label: str
    text: str
    url: str | None = None
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    actor: str  # key of the authority entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage that asserts something. `claimant`: key of the actor it is attributed to; None: the author."""

    start: int
    end: int
    kind: ClaimKind
    rule: str  # the rule that spoke, "en.causal.driven_by"
    confidence: float  # 0 to 1
    claimant: str | None = None
    claimant_text: str = ""  # the claimant as printed, where the text attributes
    voice: Voice = Voice.OWN


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Who is told to do what. `recommender`: key of the actor it is attributed to; None: the author."""

    start: int
    end: int
    addressees: tuple[str, ...]  # keys
    addressee_text: str  # the addressee as printed: "the government", "we"
    action: str
    targets: tuple[str, ...]  # keys
    modality: Modality
    negated: bool
    instrument: Instrument | None
    rule: str
    confidence: float
    recommender: str | None = None
    recommender_text: str = ""
    voice: Voice = Voice.OWN
    condition: str = ""  # as printed: "if talks resume"
    deadline: str = ""  # as printed: "before the summit", "by 2030"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the text names and the authority file does not know: proposed to editors, never created."""

    name: str  # the fullest form printed
    kind: ActorKind
    rule: str  # what made it a candidate: "title", "acronym", "apposition"
    mentions: tuple[Span, ...]  # by place, none overlapping a Mention
    note: str = ""  # what the text says of it: "professor of law at Rennes"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One witness to a value of a document: what it says and which rule heard it."""

    value: str  # as it would stand in the Reading: a title, "name; name", an ISO date, an ISO 639-1 code
    rule: str  # "html.json_ld.headline", "text.byline.by", "text.dateline"
    text: str = ""  # as printed
    line: int | None = None  # of the lines of the document, from 1; None for what stands in a page's head


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one document."""

    title: str | None
    authors: tuple[Byline, ...]
    source: str | None
    via: str | None
    url: str | None
    published: PrintedDate | None
    published_not_before: date | None
    language: str | None
    body: str
    headings: tuple[Span, ...]
    truncated: bool
    references: tuple[Reference, ...]
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    country: str | None = (
        None  # key of the country that the author speaks from, where affiliation, source or text says so
    )
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)  # by field; the first is the one believed
    candidates: tuple[Candidate, ...] = ()

    @property
    def alternatives(self) -> dict[str, tuple[str, ...]]:
        """Return the values that lost, by field, the best first; without fields on which all agree."""
        others = {
            name: tuple(dict.fromkeys(one.value for one in found if one.value != found[0].value))
            for name, found in self.evidence.items()
        }
        return {name: values for name, values in others.items() if values}
