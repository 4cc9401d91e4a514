"""The discourse network: who supports and who opposes what; where nothing is coded, who tells whom."""

from collections import Counter
from typing import Any

import networkx
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.catalogue import pictures
from articles.filters import ClaimFilter, RecommendationFilter
from articles.models import Claim, PolicyRecommendation, Topic
from articles.pages.charts.chart import Chart, Row
from articles.pages.rows import names
from articles.vocabulary import Dimension, Stance

MOST = 200  # nodes
WIDTH, HEIGHT, MARGIN = 960, 720, 60
LETTER, LINE = 7.2, 16  # of a label at 13 px, roughly
SEED = 7  # the same question is drawn the same way

Node = tuple[str, int]


def network(question: QueryDict) -> Chart:
    """Return the picture of who takes which stance on which topic, or of who tells whom to act."""
    told = RecommendationFilter(question, PolicyRecommendation.objects.all())
    edges: Counter[tuple[Node, Node, str]] = Counter()
    sampled = 0
    for (speaker, topic, stance), n in pictures.stances(ClaimFilter(question, Claim.objects.all()), told).items():
        edges[(str(speaker[0]), speaker[1]), ("topic", topic), stance] += n
    coded = bool(edges)
    if not coded:
        counted, sampled = pictures.calls(told)
        for (speaker, addressee), n in counted.items():
            edges[(str(speaker[0]), speaker[1]), ("actor", addressee), "calls"] += n
    kept = _most_linked(edges)
    called = _called({node for one, other, *_stance in kept for node in (one, other)})
    rows = [
        Row([called[one][0], _said(stance), called[other][0], n], called[one][1])
        for (one, other, stance), n in sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Chart(
        kind="network", title=_("Who supports and who opposes what") if coded else _("Who tells whom to act"),
        columns=[_("who"), _("what"), _("topic") if coded else _("addressee"), _("times")], rows=rows,
        drawing=_drawn(kept, called), width=WIDTH, height=HEIGHT, sampled=sampled,
        left_out=len(edges) - len(kept),
        note="" if coded else _("No statement is coded under a topic here; the lines say who calls on whom."),
    )  # fmt: skip


def _said(stance: str) -> str:
    return _(Stance(stance).label) if stance in {*Stance} else _("calls on")


def _most_linked(edges: Counter[tuple[Node, Node, str]]) -> Counter[tuple[Node, Node, str]]:
    """Return the edges between the nodes that are linked most often."""
    weight: Counter[Node] = Counter()
    for (one, other, *_stance), n in edges.items():
        weight[one] += n
        weight[other] += n
    most = {node for node, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:MOST]}
    return Counter({edge: n for edge, n in edges.items() if edge[0] in most and edge[1] in most})


def _called(nodes: set[Node]) -> dict[Node, tuple[str, str]]:
    """Return the name and the address of each node."""
    ids = {kind: [key for one, key in nodes if one == kind] for kind in (Dimension.ACTOR, Dimension.AUTHOR)}
    known = names(**{str(kind): keys for kind, keys in ids.items()})
    found = {(str(kind), key): (named.name, named.address) for (kind, key), named in known.items()}
    topics = Topic.objects.filter(pk__in=[key for kind, key in nodes if kind == "topic"])
    return found | {("topic", row.pk): (row.name, reverse("topic", args=[row.slug])) for row in topics}


def _drawn(edges: Counter[tuple[Node, Node, str]], called: dict[Node, tuple[str, str]]) -> dict[str, Any]:
    """Return where each node, line and label stands."""
    graph = networkx.Graph()
    for (one, other, *_stance), n in sorted(edges.items()):
        graph.add_edge(one, other, weight=1 + min(n, 10) / 10)
    if not graph:
        return {"nodes": [], "lines": []}
    places = networkx.spring_layout(graph, seed=SEED, k=2.2 / len(graph) ** 0.5, iterations=120)
    wide, high = WIDTH - 3 * MARGIN, HEIGHT - 2 * MARGIN
    at = {
        node: (round(MARGIN + (float(x) + 1) / 2 * wide, 1), round(MARGIN + (float(y) + 1) / 2 * high, 1))
        for node, (x, y) in places.items()
    }
    weight: Counter[Node] = Counter()
    for (one, other, *_stance), n in edges.items():
        weight[one] += n
        weight[other] += n
    boxes: list[tuple[float, float, float, float]] = []
    nodes = []
    for node, n in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
        (x, y), (name, address) = at[node], called[node]
        size = round(4 + min(n, 36) ** 0.5 * 1.6, 1)
        short = name if len(name) <= 28 else f"{name[:27].rstrip()}…"
        box = (x + size, y - LINE / 2, x + size + 4 + len(short) * LETTER, y + LINE / 2)
        fits = box[2] <= WIDTH and not any(_meet(box, other) for other in boxes)
        if fits:
            boxes.append(box)
        nodes.append({
            "kind": node[0], "x": x, "y": y, "size": size, "name": name, "address": address, "n": n,
            "label": short if fits else "",
        })  # fmt: skip
    lines = [
        {"stance": stance, "n": n, "said": f"{called[one][0]} {_said(stance)} {called[other][0]}: {n}",
         "x1": at[one][0], "y1": at[one][1], "x2": at[other][0], "y2": at[other][1],
         "width": round(1 + min(n, 9) ** 0.5 / 2, 1)}
        for (one, other, stance), n in sorted(edges.items())
    ]  # fmt: skip
    return {"nodes": nodes, "lines": lines}


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
