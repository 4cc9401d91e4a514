"""The three lists that can be asked, downloaded and followed: what each asks, finds and is called."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import catalogue
from articles.catalogue import Found, Turn
from articles.filters import ArticleFilter, ClaimFilter, RecommendationFilter
from articles.models import Card, Claim, PolicyRecommendation
from articles.pages.address import without
from articles.pages.listing import chips


@dataclass(frozen=True, slots=True)
class Room:
    """A list: `length` is how many numbers a place in it has."""

    name: str
    title: str
    noun: str
    length: int
    question: Callable[[QueryDict], Any]
    find: Callable[[Any, Turn], Found]

    def titled(self, asked: QueryDict, question: Any) -> str:
        """Return what a question is called: "Op-eds: actor Indonesia, from 1 January 2024"."""
        chosen = ", ".join(f"{chip.label} {chip.value}" for chip in chips(question, asked))
        return f"{_(self.title)}: {chosen}" if chosen else _(self.title)


ROOMS = {
    room.name: room
    for room in (
        Room("articles", "Op-eds", "op-ed", 1,
             lambda asked: ArticleFilter(asked, Card.objects.published()), catalogue.find),
        Room("claims", "Claims", "claim", 2,
             lambda asked: ClaimFilter(asked, Claim.objects.all()), catalogue.find_statements),
        Room("recommendations", "Recommendations", "recommendation", 2,
             lambda asked: RecommendationFilter(asked, PolicyRecommendation.objects.all()),
             catalogue.find_statements),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """A form in which a list leaves; `feed`: it can be followed."""

    label: str
    media: str
    address: str
    feed: bool = False


FORMS = (
    ("CSV", "text/csv", "{}_csv", False),
    ("JSON Lines", "application/jsonl", "{}_jsonl", False),
    ("Atom", "application/atom+xml", "{}_atom", True),
    ("JSON Feed", "application/feed+json", "{}_feed", True),
)


def ways(room: str, asked: QueryDict) -> list[Way]:
    """Return the forms in which the answer to a question leaves, whatever page of it is shown."""
    question = without(asked, "page").removesuffix("?")
    return [Way(label, media, reverse(name.format(room)) + question, feed) for label, media, name, feed in FORMS]


def by_mail(room: str, asked: QueryDict) -> str:
    """Return the address where one asks to be mailed what is new; an empty string where nothing is mailed."""
    return reverse("follow", args=[room]) + without(asked, "page").removesuffix("?") if settings.MAIL else ""
