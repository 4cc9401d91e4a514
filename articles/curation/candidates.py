"""Decide who a candidate is: a new actor, one that the authority file has under another name, or none."""

from collections.abc import Iterable

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.curation import merging, retagging
from articles.models import (
    Actor,
    ActorName,
    Article,
    ArticleActor,
    Candidate,
    CandidateMention,
    Claim,
    Mention,
    PolicyRecommendation,
)
from articles.models.candidate import CandidateQuerySet
from articles.vocabulary import ActorKind, NameKind, Review


@transaction.atomic
def recognise(candidate: Candidate, actor: Actor, user: User) -> int:
    """Say that a candidate is this actor: its names are the actor's, its mentions too; return how many mentions."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if candidate.status == Review.ACCEPTED:
        return 0
    with pghistory.context(user=user.pk):
        candidate.actor, candidate.status = actor, Review.ACCEPTED
        candidate.decided_by, candidate.decided_at = user, timezone.now()
        candidate.save()
        _keep_names(candidate, actor)
        moved = _hand_over(candidate, actor)
    retagging.ask(actor, user)  # under a name that was not looked for
    return moved


@transaction.atomic
def add_as_actor(candidate: Candidate, user: User) -> Actor:
    """Make an actor of a candidate, under its name and kind; return it. An actor of that name is taken as it."""
    actor = Actor.objects.filter(name__iexact=candidate.name, kind=candidate.kind).first()
    if actor is None:
        actor = Actor(name=candidate.name, kind=candidate.kind, slug=Actor.free_slug(candidate.name))
        with pghistory.context(user=user.pk):
            actor.save()
    recognise(candidate, actor, user)
    return actor


@transaction.atomic
def add_all(candidates: CandidateQuerySet, user: User) -> int:
    """Make an actor of each open candidate; return of how many."""
    waiting = list(candidates.suggested())
    for candidate in waiting:
        add_as_actor(candidate, user)
    return len(waiting)


@transaction.atomic
def reject(candidates: CandidateQuerySet, user: User) -> int:
    """Say that these open candidates are no actors: they are not proposed again. Return how many."""
    with pghistory.context(user=user.pk):
        return (
            candidates.suggested().order_by().update(status=Review.REJECTED, decided_by=user, decided_at=timezone.now())
        )


@transaction.atomic
def reopen(candidates: CandidateQuerySet, user: User) -> int:
    """Propose rejected candidates again; return how many. Whoever is an actor by now stays one."""
    with pghistory.context(user=user.pk):
        rejected = candidates.filter(status=Review.REJECTED).order_by()
        return rejected.update(status=Review.SUGGESTED, decided_by=None, decided_at=None)


def _keep_names(candidate: Candidate, actor: Actor) -> None:
    """Keep the forms under which a candidate was met: a person's short ones count only beside the full name."""
    merging.keep_name(actor, candidate.name)
    for text in {printed for printed in _printed(candidate) if printed.casefold() != candidate.name.casefold()}:
        if ActorName.objects.filter(actor=actor, text=text).exists():
            continue
        person, short = actor.kind == ActorKind.PERSON, text.isupper() and " " not in text
        kind = NameKind.ABBREVIATION if short and not person else NameKind.NAME
        ActorName.objects.create(actor=actor, text=text, kind=kind, witness=[candidate.name] if person else [])


def _printed(candidate: Candidate) -> Iterable[str]:
    for mention in candidate.mentions.select_related("article").only("start", "end", "article__body")[:1000]:
        yield mention.article.body[mention.start : mention.end][: ActorName._meta.get_field("text").max_length]


def _hand_over(candidate: Candidate, actor: Actor) -> int:
    """Make mentions of the actor of the candidate's, and name it in the open suggestions that hold them."""
    found = list(candidate.mentions.all())
    Mention.objects.bulk_create(
        (Mention(article_id=m.article_id, actor=actor, start=m.start, end=m.end) for m in found), ignore_conflicts=True
    )
    for mention in found:
        _name_in_suggestions(mention, candidate, actor)
    candidate.mentions.all().delete()
    for article in Article.objects.lean().filter(pk__in={mention.article_id for mention in found}):
        ArticleActor.objects.recount(article)
    return len(found)


def _name_in_suggestions(mention: CandidateMention, candidate: Candidate, actor: Actor) -> None:
    around = {"article": mention.article_id, "start__lte": mention.start, "end__gte": mention.end}
    for claim in Claim.objects.suggested().filter(**around):
        claim.actors.add(actor)
    for told in PolicyRecommendation.objects.suggested().filter(**around):
        is_told = candidate.name.casefold() in told.addressee_text.casefold()
        (told.addressees if is_told else told.targets).add(actor)
