"""Find an actor in the texts that are held: those that were read before its names were known.

Mentions are added, none is taken away; what people decided about statements stays as it is.
"""

from django.db import transaction

from articles.importing.authority import key_of, names_for_reading
from articles.models import Actor, Article, ArticleActor, Card, Mention
from articles.models.search import CONFIGURATIONS
from articles.reading.actors import Names

BATCH = 100  # articles that are read and written in one transaction


def retag(actor: Actor, names: Names | None = None) -> int:
    """Add the mentions of an actor that articles hold and do not know of; return how many mentions were added.

    `names` are all that the reader knows, so that a form which is somebody else's in a text stays theirs.
    """
    names = names or names_for_reading()
    languages = sorted({*CONFIGURATIONS, *Card.objects.order_by().values_list("language", flat=True).distinct()})
    found: set[int] = set()
    for text in {actor.name, *actor.names.values_list("text", flat=True)}:
        phrase = '"' + text.replace('"', " ") + '"'
        found.update(Card.objects.matching(phrase, languages).order_by().values_list("article_id", flat=True))
    keys = sorted(found)
    return sum(_tag(actor, names, keys[begin : begin + BATCH]) for begin in range(0, len(keys), BATCH))


@transaction.atomic
def _tag(actor: Actor, names: Names, keys: list[int]) -> int:
    added = 0
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
    return added
