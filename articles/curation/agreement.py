"""How far pairs of coders agree: an article, a pair of coders, a topic.

Passages are compared by alpha over the text, values by kappa over the places that both marked (`articles.agreement`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Length

from articles import agreement
from articles.agreement import Span
from articles.curation import coders
from articles.curation.coders import Difference
from articles.models import Article, CodedPassage, Coder
from articles.models.coder import CODERS

MOST = 500  # articles, the latest first, that the report looks at

ATTRIBUTES: dict[str, Callable[[CodedPassage], Any]] = {
    "kind or modality": lambda passage: passage.nature,
    "addressee": lambda passage: passage.addressee_id,
    "topic": lambda passage: passage.topic_id,
    "stance": lambda passage: passage.stance,
}


@dataclass(frozen=True, slots=True)
class Coded:
    """An article that two coders are done with: its length in characters, what each marked, and the places they met."""

    article: Article
    length: int
    coders: tuple[Coder, Coder]
    marked: tuple[list[CodedPassage], list[CodedPassage]]
    places: list[Difference]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of an agreement: alpha over passages, kappa by attribute; of how many articles, places, both."""

    of: Any
    articles: int
    places: int
    both: int  # places that both coders marked
    alpha: float | None
    kappas: dict[str, float | None]
    open: int = 0  # places that nobody has decided


def coded(most: int = MOST, *, article: int | None = None) -> list[Coded]:
    """Return the articles that two coders are done with, the latest first; four queries."""
    rows = Coder.objects.select_related("user").order_by("-article_id", "user__username")
    rows = rows.filter(article=article) if article else rows
    by_article: dict[int, list[Coder]] = defaultdict(list)
    for coder in rows:
        by_article[coder.article_id].append(coder)
    done = [key for key, two in by_article.items() if len(two) == CODERS and all(c.is_finished for c in two)][:most]
    articles = Article.objects.lean().in_bulk(done)
    lengths = dict(Article.objects.filter(pk__in=done).values_list("pk", Length("body")))
    marked: dict[int, list[CodedPassage]] = defaultdict(list)
    passages = CodedPassage.objects.filter(article__in=done).select_related("addressee", "topic")
    for passage in passages.order_by("start", "end", "pk"):
        marked[passage.coder_id].append(passage)
    return [
        Coded(
            article=articles[key],
            length=lengths[key],
            coders=(first, second),
            marked=(marked[first.pk], marked[second.pk]),
            places=coders.differences(marked[first.pk], marked[second.pk]),
        )
        for key in done
        for first, second in [by_article[key]]
    ]


def by_article(found: Iterable[Coded]) -> list[Figures]:
    """Return the agreement on each article."""
    return [figures(one, [one]) for one in found]


def by_pair(found: Iterable[Coded]) -> list[Figures]:
    """Return the agreement of each pair of coders, over all articles that both coded."""
    pairs: dict[Any, list[Coded]] = defaultdict(list)
    for one in found:
        pairs[tuple(coder.user for coder in one.coders)].append(one)
    return [figures(pair, rows) for pair, rows in pairs.items()]


def by_topic(found: Iterable[Coded]) -> list[Figures]:
    """Return the agreement on which passages belong to each topic, and on the stance of those that both put there."""
    found = list(found)
    topics = {p.topic for one in found for marked in one.marked for p in marked if p.topic}
    return [_on(topic, found) for topic in sorted(topics, key=lambda topic: topic.name)]


def figures(of: Any, rows: list[Coded]) -> Figures:
    """Return how far coders agree over some articles, the texts laid one after the other."""
    places = [place for one in rows for place in one.places]
    both = [(place.first, place.second) for place in places if place.first and place.second]
    return Figures(
        of=of,
        articles=len(rows),
        places=len(places),
        both=len(both),
        alpha=_alpha(rows, lambda passage: passage.kind),
        kappas={
            name: agreement.kappa((value(one), value(other)) for one, other in both)
            for name, value in ATTRIBUTES.items()
        },
        open=sum(not place.is_decided for place in places),
    )


def _on(topic: Any, rows: list[Coded]) -> Figures:
    mine = [[p for p in place.passages if p.topic_id == topic.pk] for one in rows for place in one.places]
    both = [passages for passages in mine if len(passages) == CODERS]
    return Figures(
        of=topic,
        articles=sum(any(p.topic_id == topic.pk for marked in one.marked for p in marked) for one in rows),
        places=sum(bool(passages) for passages in mine),
        both=len(both),
        alpha=_alpha(rows, lambda passage: topic.pk if passage.topic_id == topic.pk else None),
        kappas={"stance": agreement.kappa((one.stance, other.stance) for one, other in both)},
    )


def _alpha(rows: list[Coded], category: Callable[[CodedPassage], Any]) -> float | None:
    """Return alpha over the texts laid one after the other; passages of category None are left out."""
    spans: tuple[dict[Any, list[Span]], dict[Any, list[Span]]] = (defaultdict(list), defaultdict(list))
    at = 0
    for one in rows:
        for marked, by_category in zip(one.marked, spans, strict=True):
            for passage in marked:
                if passage.is_placed and (name := category(passage)) is not None:
                    by_category[name].append((at + passage.start, at + passage.end))
        at += one.length
    coded_by: tuple[Mapping[Any, list[Span]], ...] = spans
    return agreement.alpha(coded_by, at)
