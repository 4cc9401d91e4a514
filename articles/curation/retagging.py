"""Find an actor in the texts that are held: those that were read before its names were known.

Mentions are added, none is taken away; what people decided about statements stays as it is. The articles that may hold
a name are gone through by their number; how far that is stands in the same transaction as the mentions, so a search
that was killed goes on where it was, and nothing is counted twice.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.enqueueing import enqueue
from articles.importing.authority import compiled_names, key_of
from articles.models import Actor, Article, ArticleActor, Card, Mention, Retagging
from articles.models.search import CONFIGURATIONS
from articles.reading.actors import Names

BATCH = 100  # articles that are read and written in one transaction
AHEAD = 5_000  # numbers of articles that are looked up at once


@transaction.atomic
def ask(actor: Actor, user: User | None) -> Retagging:
    """Have a worker search the archive for an actor; a search that has not begun is enough for all who ask."""
    waits = Retagging.objects.going_on().filter(actor=actor, read=0, to_read=None)
    asked = waits.select_for_update().first() or Retagging.objects.create(actor=actor, asked_by=user)
    enqueue("retag", once=f"retag {asked.pk}", retagging_id=asked.pk)
    return asked


def retag(actor: Actor, names: Names | None = None) -> int:
    """Search the archive for an actor now; return how many mentions were added.

    `names` are all that the reader knows, so that a form which is somebody else's in a text stays theirs.
    """
    return go_on(Retagging.objects.create(actor=actor, to_read=0), names)


def go_on(asked: Retagging, names: Names | None = None) -> int:
    """Go on with a search to its end; return how many mentions it added in all."""
    names = names or compiled_names()
    holding = _holding(asked.actor)
    if not asked.read:
        asked.to_read = holding.count()
        asked.save(update_fields=["to_read"])
    while keys := list(holding.filter(article_id__gt=asked.place).order_by("article_id")[:AHEAD]):
        for begin in range(0, len(keys), BATCH):
            _read(asked, names, keys[begin : begin + BATCH])
    asked.ended_at = timezone.now()
    asked.save(update_fields=["ended_at"])
    return asked.added


def _holding(actor: Actor) -> Any:
    """Return the numbers of the articles that hold words of any of an actor's names."""
    languages = sorted({*CONFIGURATIONS, *Card.objects.order_by().values_list("language", flat=True).distinct()})
    forms = sorted({actor.name, *actor.names.values_list("text", flat=True)})
    phrases = " OR ".join('"' + form.replace('"', " ") + '"' for form in forms)
    return Card.objects.matching(phrases, languages).values_list("article_id", flat=True)


@transaction.atomic
def _read(asked: Retagging, names: Names, keys: list[int]) -> None:
    """Read some articles, and say in the same transaction that they were read."""
    actor, added = asked.actor, 0
    rows = Article.objects.filter(pk__in=keys).defer("sketch", "as_read", "evidence").prefetch_related("mentions")
    for article in rows.select_for_update(of=("self",)).order_by("pk"):
        held = [(mention.start, mention.end) for mention in article.mentions.all()]
        new = [
            Mention(article=article, actor=actor, start=one.start, end=one.end)
            for one in names.find(article.body, article.language or None)
            if one.actor == key_of(actor) and all(one.end <= start or end <= one.start for start, end in held)
        ]
        if new:
            Mention.objects.bulk_create(new, ignore_conflicts=True)
            ArticleActor.objects.recount(article)
            added += len(new)
    asked.place, asked.read, asked.added = keys[-1], asked.read + len(keys), asked.added + added
    asked.save(update_fields=["place", "read", "added"])
