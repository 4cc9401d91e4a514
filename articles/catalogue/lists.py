"""Lists of articles and how many there are: gathered behind the gate, or by place."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from articles.catalogue import limits
from articles.catalogue.answers import Count, Found, Turn
from articles.catalogue.by_source import by_source
from articles.catalogue.gate import gathered
from articles.catalogue.pages import between, page, step
from articles.filters import ArticleFilter
from articles.models import ArticleActor, Tally
from articles.models.tally import EVERYTHING
from articles.vocabulary import Dimension, Publication


def find(question: ArticleFilter, turn: Turn) -> Found:
    """Return a page of a question's answer."""
    cards, order = question.qs, question.asked.get("sort") or "newest"
    if order == "relevance" and not question.asked.get("q"):
        order = "newest"
    if order == "source":
        return by_source(_found(question, cards, "newest", Turn(size=limits.COUNTED)), cards, turn)
    return _found(question, cards, order, turn)


def _found(question: ArticleFilter, cards: Any, order: str, turn: Turn) -> Found:
    if question.gathered:
        return gathered(question, cards, order, turn)
    total = count(question)
    walked = narrowed(question, cards, often=total.n >= limits.OFTEN)
    return page(step(walked, turn, oldest=order == "oldest"), total, turn)


def find_first(question: ArticleFilter, *, size: int) -> list[int]:
    """Return the ids of the newest articles that answer a question without words, not counted."""
    return [key for key, _ in step(narrowed(question, question.qs), Turn(size=size), oldest=False)]


def capped(rows: QuerySet, most: int | None = None) -> Count:
    """Return how many rows there are, as far as they are counted: up to `most`, limits.COUNTED if not given."""
    most = most or limits.COUNTED
    return Count.up_to(rows.order_by().values("pk")[: most + 1].count(), most)


def count(question: ArticleFilter) -> Count:
    """Return how many articles answer a question without words: from the counts where they say, else by counting."""
    if (kept := _kept_as(question)) is not None:
        return Count(Tally.objects.n(*kept))
    return capped(narrowed(question, question.qs))


def narrowed(question: ArticleFilter, cards: Any, *, often: bool = False) -> Any:
    """Return the rows to walk: an actor's own, where dates alone are asked beside it, for they lie in order.

    Of two actors that are `often` together the rarer one's are walked and the other is looked for in each.
    """
    asked = {name for name, value in question.asked.items() if value and name != "sort"}
    actors = question.asked.get("actor") or []
    if question.form.errors or len(actors) not in {1, 1 + often} or not asked <= {"actor", "since", "until"}:
        return cards
    if len(actors) > 1:
        held = Tally.objects.of(Dimension.ACTOR, [actor.pk for actor in actors])
        actors = sorted(actors, key=lambda actor: held.get(actor.pk, 0))
    rows = ArticleActor.objects.filter(actor=actors[0], status=Publication.PUBLISHED)
    for other in actors[1:]:
        rows = rows.filter(Exists(ArticleActor.objects.filter(article=OuterRef("article"), actor=other)))
    return between(rows, question)


def _kept_as(question: ArticleFilter) -> tuple[int, Dimension, str] | None:
    """Return the kept count that answers a question: of all, of one value, of an actor and one value beside it."""
    if question.form.errors:
        return None
    given: list[tuple[Dimension, str]] = []
    for name, value in question.asked.items():
        if name in {"actor", "source", "via", "author"}:
            if name in {"source", "via"} and len(value) > 1:
                return None
            given += [(Dimension(name), str(row.pk)) for row in value]
        elif name == "language":
            given.append((Dimension.LANGUAGE, value))
        elif name != "sort":
            return None
    actor = next((one for one in given if one[0] == Dimension.ACTOR), None)
    if actor is None:
        return (EVERYTHING, *(given[0] if given else (Dimension.ALL, ""))) if len(given) <= 1 else None
    given.remove(actor)
    return (int(actor[1]), *(given[0] if given else (Dimension.ALL, ""))) if len(given) <= 1 else None
