"""The codebook as readers see it: the tree of topics, and what was said to one of them."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from articles import markdown
from articles.models import Claim, Coding, PolicyRecommendation, Topic
from articles.pages.actors import claimed, recommended
from articles.pages.finding import Moved, find
from articles.vocabulary import Stance


def topic_list(request: HttpRequest) -> HttpResponse:
    """Show the topics as a tree, each with how many public statements are coded under it."""
    counted = _counted(Coding.objects.all())
    children: dict[int | None, list[Topic]] = {}
    for row in Topic.objects.all():
        children.setdefault(row.parent_id, []).append(row)

    def grown(parent: int | None) -> list[dict[str, Any]]:
        return [
            {"topic": row, "n": sum(counted.get(row.pk, {}).values()), "below": grown(row.pk)}
            for row in children.get(parent, [])
        ]

    return render(request, "articles/topic_list.html", {"tree": grown(None)})


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic: what belongs to it, who supports it and who opposes it, in their words."""
    try:
        row = find(Topic.objects.select_related("parent"), slug)
    except Moved as moved:
        return moved.response
    stances: dict[str, int] = {}
    for each in _counted(Coding.objects.within(row)).values():
        for stance, n in each.items():
            stances[stance] = stances.get(stance, 0) + n
    return render(request, "articles/topic.html", {
        "topic": row,
        "description": mark_safe(markdown.render(row.description)),  # noqa: S308 - cleaned
        "children": list(row.children.all()),
        "stances": [(stance, Stance(stance).label, stances[stance]) for stance in Stance if stances.get(stance)],
        "said": [
            (
                stance,
                Stance(stance).label,
                recommended(PolicyRecommendation.objects.all(), topic=row.slug, stance=stance),
                claimed(Claim.objects.all(), topic=row.slug, stance=stance),
            )
            for stance in Stance
            if stances.get(stance)
        ],
    })  # fmt: skip


def _counted(codings: Any) -> dict[int, dict[str, int]]:
    """Return how many public statements are coded under each topic, by stance."""
    found: dict[int, dict[str, int]] = {}
    for kind, model in (("claim", Claim), ("recommendation", PolicyRecommendation)):
        rows = codings.filter(**{f"{kind}__in": model.objects.public().order_by().values("pk")}).order_by()
        for topic_id, stance, n in rows.values_list("topic", "stance").annotate(n=Count("pk")):
            held = found.setdefault(topic_id, {})
            held[stance] = held.get(stance, 0) + n
    return found
