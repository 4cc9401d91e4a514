"""Test data is code: `make_*` with valid defaults; a test overrides what it is about."""

from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.curation import annotating
from articles.models import (
    Actor,
    ActorName,
    Annotation,
    Article,
    ArticleActor,
    Author,
    Byline,
    Candidate,
    CandidateMention,
    Choice,
    Claim,
    CodedPassage,
    Coder,
    Coding,
    Edition,
    Mention,
    PolicyRecommendation,
    Source,
    Topic,
)
from articles.reading import fingerprint
from articles.vocabulary import ActorKind, ClaimKind, Kind, Modality, Origin, Precision, Provenance, Publication, Review

BODY = (
    "Indonesia should open its ports to relief ships. The harbour stood empty for years.\n\n"
    "North Korea has asked for grain. Because the harvest failed, hunger is spreading in the north."
)
numbers = count(1)


def make_source(name: str = "", **values: Any) -> Source:
    name = name or f"The Harbour Post {next(numbers)}"
    return Source.objects.create(**{"name": name, "slug": Source.free_slug(name), **values})


def make_author(name: str = "", **values: Any) -> Author:
    name = name or f"Ayu Author {next(numbers)}"
    return Author.objects.create(**{"name": name, "slug": Author.free_slug(name), **values})


def make_actor(name: str = "Indonesia", kind: str = ActorKind.COUNTRY, **values: Any) -> Actor:
    actor = Actor.objects.create(**{"name": name, "slug": Actor.free_slug(name), "kind": kind, **values})
    ActorName.objects.create(actor=actor, text=name)
    return actor


def make_article(**values: Any) -> Article:
    """Make a published, dated English article; `authors` and `actors` are rows that it is linked to."""
    authors, actors = values.pop("authors", []), values.pop("actors", [])
    number = next(numbers)
    published = values.get("published", date(2024, 7, 22))
    dated = published is not None
    defaults = {
        "title": f"Open the ports {number}",
        "language": "en",
        "body": BODY,
        "status": Publication.PUBLISHED,
        "published": published,
        "published_precision": Precision.DAY if dated else "",
        "published_provenance": Provenance.PRINTED if dated else "",
        "words": 29,
    }
    values = {**defaults, **values}
    values.setdefault("slug", Article.free_slug(values["title"] or "untitled"))
    values.setdefault("sketch", list(fingerprint.sketch(values["body"])))
    article = Article.objects.create(**values)
    article.refresh_from_db()
    for position, author in enumerate(authors, start=1):
        Byline.objects.create(article=article, author=author, name=author.name, position=position)
    for actor in actors:
        make_mention(article, actor)
    return article


def make_mention(article: Article, actor: Actor, start: int | None = None) -> Mention:
    start = max(article.body.find(actor.name), 0) if start is None else start
    mention = Mention.objects.create(article=article, actor=actor, start=start, end=start + len(actor.name))
    ArticleActor.objects.recount(article)
    return mention


def make_candidate(article: Article, name: str = "Harbour Commission", **values: Any) -> Candidate:
    """Propose somebody whom the article's text names."""
    candidate = Candidate.objects.create(
        **{"name": name, "kind": ActorKind.ORGANISATION, "rule": "en.head_noun", **values}
    )
    start = article.body.index(name)
    CandidateMention.objects.create(candidate=candidate, article=article, start=start, end=start + len(name))
    return candidate


def _statement(article: Article, exact: str, values: dict[str, Any]) -> dict[str, Any]:
    start = article.body.index(exact)
    status = values.get("status", Review.SUGGESTED)
    decided = {} if status == Review.SUGGESTED else {"decided_at": timezone.now()}
    return {
        "article": article, "exact": exact, "start": start, "end": start + len(exact),
        "origin": Origin.READER, "rule": "en.test", "confidence": 0.8, **decided, **values,
    }  # fmt: skip


def make_claim(article: Article, exact: str = "North Korea has asked for grain.", **values: Any) -> Claim:
    actors = values.pop("actors", [])
    claim = Claim.objects.create(**_statement(article, exact, {"kind": ClaimKind.FACTUAL, **values}))
    claim.actors.set(actors)
    return claim


def make_recommendation(
    article: Article, exact: str = "Indonesia should open its ports to relief ships.", **values: Any
) -> PolicyRecommendation:
    addressees, targets = values.pop("addressees", []), values.pop("targets", [])
    defaults = {"action": "open its ports to relief ships", "modality": Modality.SHOULD, "addressee_text": "Indonesia"}
    row = PolicyRecommendation.objects.create(**_statement(article, exact, {**defaults, **values}))
    row.addressees.set(addressees)
    row.targets.set(targets)
    return row


def make_editor(group: str = "editor", name: str = "") -> User:
    """Make a member of the staff in one of the groups annotator, editor, administrator; "" is in none."""
    user = User.objects.create_user(
        name or f"{group or 'stranger'}{next(numbers)}", password="a long password", is_staff=True
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_note(
    article: Article, author: User, text: str = "Check this against the minutes.", **values: Any
) -> Annotation:
    """Write a note on the passage `exact`, or on the whole article."""
    exact = values.pop("exact", "")
    start = article.body.index(exact) if exact else None
    return annotating.annotate(article, author, text, start=start, end=start + len(exact) if exact else None, **values)


def make_edition(title: str = "Ports and grain", *chosen: PolicyRecommendation, **values: Any) -> Edition:
    """Make a published edition of these recommendations."""
    days = {"since": date(2024, 7, 15), "until": date(2024, 7, 21)}
    given = {"title": title, "slug": Edition.free_slug(title), "published_at": timezone.now(), **days, **values}
    edition = Edition.objects.create(**given)
    Choice.objects.bulk_create(Choice(edition=edition, recommendation=one) for one in chosen)
    return edition


def make_topic(name: str = "", parent: Topic | None = None, **values: Any) -> Topic:
    name = name or f"Open ports {next(numbers)}"
    return Topic.objects.create(**{"name": name, "slug": Topic.free_slug(name), "parent": parent, **values})


def make_coding(
    statement: Claim | PolicyRecommendation, topic: Topic, stance: str = "supports", **values: Any
) -> Coding:
    """Say what a statement says to a topic."""
    return Coding.objects.create(topic=topic, stance=stance, **{statement.short_name: statement, **values})


def make_coded(article: Article, user: User, *exacts: str, done: bool = True, **values: Any) -> Coder:
    """Make a coder of an article who marked these passages as recommendations, and is done."""
    coder = Coder.objects.create(article=article, user=user, finished_at=timezone.now() if done else None)
    for exact in exacts:
        start = article.body.index(exact)
        place = {"article": article, "exact": exact, "start": start, "end": start + len(exact)}
        defaults = {} if values.get("kind") == Kind.CLAIM else {"modality": Modality.SHOULD}
        CodedPassage.objects.create(coder=coder, **place, **{**defaults, **values})
    return coder
