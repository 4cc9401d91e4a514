"""The codebook: topics added, moved, merged and split; statements coded under them, and topics proposed for a passage.

Permissions are asked at the door.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connections, router, transaction
from django.db.models import Count

from articles.curation import decisions, merging
from articles.curation.unmerging import told
from articles.models import Claim, Coding, PolicyRecommendation, Topic
from articles.models.search import text_search_config
from articles.vocabulary import Stance

SIMILAR = 20  # coded passages that are most like another: what they are coded under is proposed for it
PROPOSED = 5  # topics

Statement = Claim | PolicyRecommendation


@dataclass(slots=True)
class Node:
    """A topic in its tree: how many statements are coded under it, by stance, and what stands below it."""

    topic: Topic
    depth: int
    stances: dict[str, int] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)

    @property
    def own(self) -> int:
        """How many statements are coded under the topic itself."""
        return sum(self.stances.values())

    @property
    def below(self) -> int:
        """How many statements are coded under the topic or below it."""
        return self.own + sum(child.below for child in self.children)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic proposed for a passage, because of the coded passage that is most like it."""

    topic: Topic
    score: float
    nearest: Coding


# The tree


def tree() -> list[Node]:
    """Return the codebook in its order, a node a topic, parents before what stands under them; two queries."""
    counted: dict[int, dict[str, int]] = {}
    for topic, stance, n in Coding.objects.order_by().values_list("topic", "stance").annotate(n=Count("pk")):
        counted.setdefault(topic, {})[stance] = n
    by_parent: dict[int | None, list[Topic]] = {}
    for one in Topic.objects.all():
        by_parent.setdefault(one.parent_id, []).append(one)
    nodes: list[Node] = []

    def grow(parent: int | None, depth: int) -> list[Node]:
        grown = []
        for one in by_parent.get(parent, []):
            node = Node(one, depth, counted.get(one.pk, {}))
            nodes.append(node)
            grown.append(node)
            node.children = grow(one.pk, depth + 1)
        return grown

    grow(None, 0)
    return nodes


def add(name: str, user: User, *, parent: Topic | None = None, description: str = "") -> Topic:
    """Add a topic, at the top or under another; raise ValidationError where it has no name."""
    topic = Topic(name=_named(name), parent=parent, description=description)
    topic.slug = Topic.free_slug(topic.name)
    with pghistory.context(user=user.pk):
        topic.save()
    return topic


@transaction.atomic
def describe(topic: Topic, user: User, *, name: str, description: str) -> None:
    """Say what a topic is called and what belongs to it; a former name stays among its names."""
    former, topic.description = topic.name, description
    if _named(name) != former:
        decisions.rename(topic, _named(name), user)
    else:
        with pghistory.context(user=user.pk):
            topic.save()


@transaction.atomic
def move(topic: Topic, parent: Topic | None, user: User) -> None:
    """Put a topic, with what stands under it, under another or at the top; raise ValidationError for a circle."""
    if parent and Topic.objects.within(topic).filter(pk=parent.pk).exists():
        raise ValidationError(f"“{parent}” stands under “{topic}”.", code="circle")
    topic.parent = parent
    with pghistory.context(user=user.pk):
        topic.save(update_fields=["parent"])


@transaction.atomic
def merge(survivor: Topic, losers: Iterable[Topic], user: User) -> dict[str, int]:
    """Merge topics into `survivor`; what stood under them stands under it. Return what moved, in rows by kind.

    Where the survivor stands under a loser, it takes the place of the highest of them first.
    """
    losers, before = list(losers), told(survivor)
    gone = {loser.pk for loser in losers}
    above, highest = survivor.parent, None
    while above is not None:
        highest = above if above.pk in gone else highest
        above = above.parent
    if highest is not None:
        move(survivor, highest.parent, user)
    return merging.merge(survivor, losers, user, before)


@transaction.atomic
def split(topic: Topic, parts: Mapping[str, Iterable[int]], user: User) -> list[Topic]:
    """Make new topics beside `topic` and move codings there; `parts`: by new name the keys of the codings that go.

    Those in no part stay. Raises ValidationError where nothing would move or a part has no name.
    """
    wanted = {_named(name): list(keys) for name, keys in parts.items()}
    if not any(wanted.values()):
        raise ValidationError("Choose at least one statement that goes.", code="nothing")
    made = []
    for name, keys in wanted.items():
        part = add(name, user, parent=topic.parent)
        with pghistory.context(user=user.pk):
            topic.codings.filter(pk__in=keys).update(topic=part)
        made.append(part)
    return made


def _named(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise ValidationError("A topic needs a name.", code="required")
    return words


# What statements say to topics


@transaction.atomic
def code(statement: Statement, topic: Topic, stance: Stance, user: User) -> Coding:
    """Say what a statement says to a topic; said before, it is said anew."""
    of: dict[str, Any] = {statement.short_name: statement}
    with pghistory.context(user=user.pk):
        coding, _ = Coding.objects.update_or_create({"stance": stance, "coded_by": user}, topic=topic, **of)
    return coding


def uncode(coding: Coding, user: User) -> None:
    """Take a coding back."""
    with pghistory.context(user=user.pk):
        coding.delete()


def show_as_example(coding: Coding, user: User, *, chosen: bool) -> None:
    """Choose a coded statement as an example of its topic, or choose it no more."""
    with pghistory.context(user=user.pk):
        Coding.objects.filter(pk=coding.pk).update(is_example=chosen)


def propose(statement: Statement, most: int = PROPOSED) -> list[Proposal]:
    """Return topics for a statement, the likeliest first: those of the coded passages that share most words with it.

    A passage is asked for as "any of its words"; each of the `SIMILAR` passages that rank highest speaks for its topic.
    """
    using = router.db_for_read(Coding)
    config = text_search_config(statement.article.language)
    with connections[using].cursor() as cursor:
        cursor.execute(NEAREST, {
            "config": config, "passage": statement.exact, "similar": SIMILAR, "most": most,
            "claim": statement.pk if isinstance(statement, Claim) else None,
            "recommendation": None if isinstance(statement, Claim) else statement.pk,
        })  # fmt: skip
        found = cursor.fetchall()
    topics = Topic.objects.in_bulk([topic for topic, _, _ in found])
    nearest = Coding.objects.with_statements().in_bulk([coding for _, _, coding in found])
    return [Proposal(topics[topic], score, nearest[coding]) for topic, score, coding in found]


# A lexeme is quoted as tsquery reads it; length of the passage is divided away (normalisation 1).
NEAREST = r"""
    WITH asked AS (
        SELECT string_agg('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery AS query
        FROM unnest(to_tsvector(%(config)s::regconfig, %(passage)s))
    ), coded AS (
        SELECT topic_id FROM articles_coding
        WHERE claim_id = %(claim)s::bigint OR recommendation_id = %(recommendation)s::bigint
    ), nearest AS (
        SELECT c.id, c.topic_id, ts_rank(c.search, query, 1) AS likeness FROM articles_coding c, asked
        WHERE c.search @@ query AND c.topic_id NOT IN (SELECT topic_id FROM coded)
        ORDER BY likeness DESC, c.id DESC LIMIT %(similar)s
    )
    SELECT topic_id, sum(likeness) AS score, (array_agg(id ORDER BY likeness DESC))[1] FROM nearest
    GROUP BY topic_id ORDER BY score DESC, topic_id LIMIT %(most)s
"""


def coded(statement: Statement) -> Any:
    """Return the codings of a statement, with their topics."""
    return Coding.objects.of(statement).select_related("topic", "coded_by").order_by("topic__sort_key")


def codings_under(topic: Topic) -> Any:
    """Return the codings of a topic, examples first, then the latest, with their statements."""
    return topic.codings.with_statements().order_by("-is_example", "-pk")


def stances(topic: Topic) -> dict[str, int]:
    """Return how many statements are coded under a topic or below it, by stance."""
    rows = Coding.objects.within(topic).order_by().values_list("stance")
    return dict(rows.annotate(n=Count("pk")))
