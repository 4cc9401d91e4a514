"""Keep what people coded before a document came here: claims that are decided, and what they say to topics."""

from django.db import transaction
from django.utils import timezone

from articles.importing.rows import fitting
from articles.importing.sources.coded import Coded
from articles.models import Actor, Article, Claim, Coding, Topic
from articles.reading import anchors, people
from articles.vocabulary import ClaimKind, Origin, Review, Stance, Voice

BETWEEN = ", "  # between a person and the organisation spoken for


@transaction.atomic
def keep(article: Article, coded: tuple[Coded, ...]) -> None:
    """Keep coded passages as accepted claims of an article; what is kept already stays as it is.

    Person and organisation become the claimant as printed, and the actor of that name, the organisation's before the
    person's where both are held; the concept becomes a topic, agreement the stance to it. A passage that the article's
    text does not hold keeps its quote and the verdict "lost".
    """
    authors = [byline.name for byline in article.bylines.all()]
    held = {(claim.exact, claim.claimant_text, claim.prefix) for claim in article.claims.exclude(rule="").decided()}
    for one in coded:
        claim = _claim(article, one, authors)
        same = (claim.exact, claim.claimant_text, claim.prefix)
        if same not in held:
            claim.save()
            held.add(same)
            _code(claim, one)


def _claim(article: Article, one: Coded, authors: list[str]) -> Claim:
    found = anchors.find(one.quote, article.body, prefix=one.prefix, suffix=one.suffix)
    if found.start is None or found.end is None:
        place = {
            "exact": one.quote,
            "prefix": one.prefix,
            "suffix": one.suffix,
            "start": one.start,
            "end": one.start + len(one.quote),
        }
    else:
        prefix, suffix = anchors.context(article.body, found.start, found.end)
        place = {
            "exact": article.body[found.start : found.end],
            "prefix": prefix,
            "suffix": suffix,
            "start": found.start,
            "end": found.end,
        }
    own = not one.person or any(people.same_person(one.person, name) for name in authors)
    said_by = BETWEEN.join(filter(None, (one.person, one.organisation)))
    return Claim(
        article=article, verdict=found.verdict, kind=ClaimKind.EVALUATIVE, status=Review.ACCEPTED,
        decided_at=timezone.now(), origin=Origin.PERSON, rule=one.rule,
        claimant=_actor(one.organisation) or _actor(one.person),
        claimant_text=fitting(Claim, "claimant_text", said_by), voice=Voice.OWN if own else Voice.REPORTED, **place,
    )  # fmt: skip


def _actor(name: str) -> Actor | None:
    """Return the actor of this name, if there is just one."""
    if not name:
        return None
    found = list(Actor.objects.filter(name__iexact=name)[:2]) or list(
        Actor.objects.filter(names__text__iexact=name).distinct()[:2]
    )
    return found[0] if len(found) == 1 else None


def _code(claim: Claim, one: Coded) -> None:
    """Put a claim under the topic of its concept, made now if there is none."""
    if not one.concept:
        return
    name = fitting(Topic, "name", one.concept)
    topic = Topic.objects.filter(name__iexact=name).order_by("pk").first()
    topic = topic or Topic.objects.create(name=name, slug=Topic.free_slug(name))
    stance = Stance.NEUTRAL if one.agrees is None else Stance.SUPPORTS if one.agrees else Stance.OPPOSES
    Coding.objects.create(claim=claim, topic=topic, stance=stance)
