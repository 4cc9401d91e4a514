"""What a reading is as rows: made for many articles at once, and written by a statement a table.

Names of authors and sources are looked up once for all of them; whoever is not held yet is made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db.models import CharField, Model
from django.db.models.functions import Lower, Upper

from articles.models import (
    Article,
    ArticleActor,
    Author,
    Byline,
    Candidate,
    CandidateMention,
    Claim,
    Mention,
    PolicyRecommendation,
    Reference,
    Source,
)
from articles.models.card import UNDATED
from articles.reading import anchors
from articles.reading.types import Claim as ReadClaim
from articles.reading.types import Reading, Recommendation
from articles.vocabulary import Origin, Review, SourceKind

SAME_PASSAGE = 0.5  # a new suggestion that shares this much of its span with a decided statement is the same one
Ids = dict[str, int]  # of actors, by the reader's keys
Row = TypeVar("Row", bound=Model)


def fitting(model: type[Model], field: str, text: str | None) -> str:
    """Return text cut to what a field of `model` holds: a page run together may print an affiliation of any length."""
    return (text or "")[: cast("CharField", model._meta.get_field(field)).max_length]


@dataclass
class Held:
    """Authors and sources by name, as far as they were asked for: looked up together, made where they are not held."""

    sources: dict[str, Source] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> "Held":
        """Look up whomever these readings name."""
        held, given = cls(), list(readings)
        held.sources = _named(Source, {name for one in given for name in (one.source, one.via) if name})
        held.authors = _named(Author, {author.name for one in given for author in one.authors})
        return held

    def source(self, name: str, *, aggregator: bool = False) -> Source | None:
        """Return the source of this name; None for no name."""
        if not name:
            return None
        key = fitting(Source, "name", name)
        kind = SourceKind.AGGREGATOR if aggregator else SourceKind.OTHER
        return self._got(self.sources, Source, key, kind=kind)

    def author(self, name: str) -> Author:
        """Return the author of this name."""
        return self._got(self.authors, Author, fitting(Author, "name", name))

    @staticmethod
    def _got(held: dict[str, Any], model: Any, name: str, **values: Any) -> Any:
        key = name.casefold()
        if key not in held:
            found = model.objects.named(name)
            held[key] = found or model.objects.create(name=name, slug=model.free_slug(name), **values)
        return held[key]


def _named(model: Any, names: set[str]) -> dict[str, Any]:
    """Return the rows that are called so, by name without case, the first of each; what is not held is left out."""
    asked = {fitting(model, "name", name) for name in names}
    if not asked:
        return {}
    lowered = {name.casefold() for name in asked}
    rows = model.objects.annotate(upper=Upper("name"))
    found: dict[str, Any] = {}
    # two questions: an index answers each, and neither of them an OR
    for called in (
        rows.filter(upper__in={name.upper() for name in asked}),
        rows.filter(aliases__overlap=list(lowered)),
    ):
        for row in called.order_by("pk"):
            for key in {row.name.casefold(), *row.aliases} & lowered:
                held = found.get(key)
                found[key] = row if held is None or row.pk < held.pk else held
    return found


def bylines(article: Article, reading: Reading, ids: Ids, held: Held) -> list[Byline]:
    """Return the authors of an article as printed."""
    return [
        Byline(
            article=article,
            author=held.author(author.name),
            position=position,
            name=fitting(Byline, "name", author.name),
            rank=fitting(Byline, "rank", author.rank),
            affiliation=fitting(Byline, "affiliation", author.affiliation),
            country_id=ids.get(reading.country or "") if author.affiliation else None,
        )
        for position, author in enumerate(reading.authors, start=1)
    ]


def references(article: Article, reading: Reading, cited: dict[str, int]) -> list[Reference]:
    """Return the references of an article; `cited`: the articles that are held, by their addresses."""
    return [
        Reference(
            article=article,
            position=position,
            label=fitting(Reference, "label", reference.label),
            text=reference.text,
            url=reference.url or "",
            repeats=reference.repeats + 1 if reference.repeats is not None else None,
            cited_id=cited.get(reference.url or ""),
        )
        for position, reference in enumerate(reading.references, start=1)
    ]


def cited_by(readings: Iterable[Reading]) -> dict[str, int]:
    """Return the articles that are held at the addresses that readings refer to."""
    urls = {reference.url for reading in readings for reference in reading.references if reference.url}
    return dict(Article.objects.filter(url__in=urls).order_by("-pk").values_list("url", "pk")) if urls else {}


def mentions(article: Article, reading: Reading, ids: Ids) -> list[Mention]:
    return [
        Mention(article=article, actor_id=ids[mention.actor], start=mention.start, end=mention.end)
        for mention in reading.mentions
        if mention.actor in ids
    ]


def counted(article: Article, mentioned: Sequence[Mention]) -> list[ArticleActor]:
    """Return how often each actor is mentioned in a new article."""
    n: dict[int, int] = {}
    for mention in mentioned:
        n[mention.actor_id] = n.get(mention.actor_id, 0) + 1
    dated = article.dated or UNDATED
    return [
        ArticleActor(article=article, actor_id=actor, n=times, dated=dated, status=article.status)
        for actor, times in sorted(n.items())
    ]


def keep_candidates(pairs: Sequence[tuple[Article, Reading]]) -> None:
    """Propose whom texts name and no actor stands for; who was rejected before is not proposed again."""
    named = {fitting(Candidate, "name", one.name).lower(): one for _, reading in pairs for one in reading.candidates}
    if not named:
        return

    def known() -> dict[str, Candidate]:
        return {row.name.lower(): row for row in Candidate.objects.annotate(low=Lower("name")).filter(low__in=named)}

    held = known()
    if missing := [one for key, one in named.items() if key not in held]:
        Candidate.objects.bulk_create(
            (
                Candidate(
                    name=fitting(Candidate, "name", one.name), kind=one.kind,
                    rule=fitting(Candidate, "rule", one.rule), note=fitting(Candidate, "note", one.note),
                )
                for one in missing
            ),
            ignore_conflicts=True,
        )  # fmt: skip
        held = known()
    CandidateMention.objects.bulk_create(
        (
            CandidateMention(article=article, candidate=candidate, start=span.start, end=span.end)
            for article, reading in pairs
            for one in reading.candidates
            if (candidate := held.get(fitting(Candidate, "name", one.name).lower()))
            and candidate.status == Review.SUGGESTED
            for span in one.mentions
        ),
        ignore_conflicts=True,
    )


@dataclass
class Statements:
    """Claims and recommendations not yet written, each with the actors that it is linked to."""

    claims: list[tuple[Claim, list[int]]] = field(default_factory=list)
    told: list[tuple[PolicyRecommendation, list[int], list[int]]] = field(default_factory=list)

    def add(
        self, article: Article, reading: Reading, ids: Ids, decided: Sequence[Any] = (), told: Sequence[Any] = ()
    ) -> None:
        """Add a reading's suggestions, but for those on which people decided before."""

        def linked(keys: Iterable[str]) -> list[int]:
            return list(dict.fromkeys(ids[key] for key in keys if key in ids))

        for one in (claim for claim in reading.claims if not _is_among(claim, decided, reading.body)):
            about = linked(m.actor for m in reading.mentions if one.start <= m.start and m.end <= one.end)
            self.claims.append((_claim(article, one, ids), about))
        for other in (one for one in reading.recommendations if not _is_among(one, told, reading.body)):
            row = _recommendation(article, other, ids)
            self.told.append((row, linked(other.addressees), linked(other.targets)))

    def write(self) -> None:
        """Write all of them, a statement a table."""
        Claim.objects.bulk_create([row for row, _ in self.claims])
        PolicyRecommendation.objects.bulk_create([row for row, *_ in self.told])
        about, addressed, aimed = (
            relation.through.objects
            for relation in (Claim.actors, PolicyRecommendation.addressees, PolicyRecommendation.targets)
        )
        about.bulk_create(about.model(claim=row, actor_id=key) for row, keys in self.claims for key in keys)
        for links, linked in (
            (addressed, [(row, key) for row, keys, _ in self.told for key in keys]),
            (aimed, [(row, key) for row, _, keys in self.told for key in keys]),
        ):
            links.bulk_create(links.model(policyrecommendation=row, actor_id=key) for row, key in linked)


def _claim(article: Article, one: ReadClaim, ids: Ids) -> Claim:
    return Claim(
        **_anchored(article, one),
        kind=one.kind,
        claimant_id=ids.get(one.claimant or ""),
        claimant_text=fitting(Claim, "claimant_text", one.claimant_text),
        voice=one.voice,
    )


def _recommendation(article: Article, one: Recommendation, ids: Ids) -> PolicyRecommendation:
    return PolicyRecommendation(
        **_anchored(article, one),
        addressee_text=fitting(PolicyRecommendation, "addressee_text", one.addressee_text),
        action=one.action,
        modality=one.modality,
        negated=one.negated,
        instrument=one.instrument or "",
        recommender_id=ids.get(one.recommender or ""),
        recommender_text=fitting(PolicyRecommendation, "recommender_text", one.recommender_text),
        voice=one.voice,
        condition=fitting(PolicyRecommendation, "condition", one.condition),
        deadline=fitting(PolicyRecommendation, "deadline", one.deadline),
    )


def _anchored(article: Article, statement: ReadClaim | Recommendation) -> dict[str, Any]:
    """Return the anchor and review fields of a suggestion, after checking that the passage stands there."""
    exact = article.body[statement.start : statement.end]
    if not exact.strip():
        raise ValueError(f"{statement.rule} quotes nothing at characters {statement.start} to {statement.end}")
    prefix, suffix = anchors.context(article.body, statement.start, statement.end)
    return {
        "article": article, "exact": exact, "prefix": prefix, "suffix": suffix, "start": statement.start,
        "end": statement.end, "origin": Origin.READER, "rule": statement.rule, "confidence": statement.confidence,
    }  # fmt: skip


def _is_among(statement: ReadClaim | Recommendation, decided: Sequence[Any], body: str) -> bool:
    """Return whether people have decided on this passage before: what they rejected is not offered again."""

    def shared(other: Any) -> float:
        common = min(statement.end, other.end) - max(statement.start, other.start)
        return common / max(statement.end - statement.start, other.end - other.start)

    # what has no place in this text is known by its words
    return any(
        shared(other) >= SAME_PASSAGE if other.is_placed else other.exact == body[statement.start : statement.end]
        for other in decided
    )
