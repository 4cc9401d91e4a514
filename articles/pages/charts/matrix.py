"""Who tells whom: the country that a recommendation comes from, and whom it addresses."""

from collections import Counter
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.catalogue import pictures
from articles.filters import RecommendationFilter
from articles.models import PolicyRecommendation
from articles.pages.address import with_value
from articles.pages.charts.chart import Chart, Row
from articles.pages.rows import names

MOST = 15  # countries, and addressees, that have a row and a column of their own
CELL, LEFT, TOP, LABEL = 48, 200, 170, 26
SLANT = 110  # what the last column's name needs to the right of it


def matrix(question: QueryDict) -> Chart:
    """Return the picture of how often each country tells each addressee to act; the rest is summed up as others."""
    filterset = RecommendationFilter(question, PolicyRecommendation.objects.all())
    counted, sampled = pictures.who_tells_whom(filterset)
    countries, addressees = Counter[Any](), Counter[Any]()
    for (country, addressee), n in counted.items():
        countries[country] += n
        addressees[addressee] += n
    known = names(actor=[key for key in {*countries, *addressees} if key is not None])
    own = [[key for key, _ in _ordered(side)[:MOST]] for side in (countries, addressees)]
    heads = [
        [*side, *(["others"] if len(whole) > len(side) else [])]
        for side, whole in zip(own, (countries, addressees), strict=True)
    ]

    def word(key: Any) -> str:
        return _("others") if key == "others" else known[("actor", key)].name if key is not None else _("not known")

    cells: Counter[tuple[Any, Any]] = Counter()
    for (country, addressee), n in counted.items():
        cells[country if country in own[0] else "others", addressee if addressee in own[1] else "others"] += n
    rows, marks = [], []
    highest = max(cells.values(), default=1)
    for y, country in enumerate(heads[0]):
        line = [cells[country, addressee] for addressee in heads[1]]
        rows.append(Row([word(country), *line, sum(line)]))
        for x, (addressee, n) in enumerate(zip(heads[1], line, strict=True)):
            plain = "others" not in {country, addressee} and country is not None
            marks.append({
                "x": LEFT + x * CELL, "y": TOP + y * CELL, "n": n, "tint": -(-5 * n // highest),
                "said": f"{word(country)} → {word(addressee)}: {n}",
                "address": _address(question, known, country, addressee) if plain and n else "",
            })  # fmt: skip
    drawing = {
        "marks": marks, "cell": CELL, "left": LEFT, "top": TOP,
        "rows": [(TOP + y * CELL + CELL / 2, _short(word(key))) for y, key in enumerate(heads[0])],
        "columns": [(LEFT + x * CELL + CELL / 2, _short(word(key))) for x, key in enumerate(heads[1])],
    }  # fmt: skip
    return Chart(
        kind="matrix", title=_("Who tells whom to act"),
        columns=[_("from"), *(word(key) for key in heads[1]), _("together")], rows=rows, drawing=drawing,
        width=LEFT + CELL * len(heads[1]) + SLANT, height=TOP + CELL * len(heads[0]) + 8, sampled=sampled,
        note=_(
            "A recommendation to several counts for each. It comes from the country of who recommends it; where the "
            "author speaks, from the author’s."
        ),
    )  # fmt: skip


def _ordered(counted: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0] is None, item[0] or 0))


def _short(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"


def _address(question: QueryDict, known: Any, country: int, addressee: int) -> str:
    """Return the address of the recommendations of one cell."""
    asked = QueryDict(with_value(question, "country", known["actor", country].slug)[1:])
    return reverse("recommendations") + with_value(asked, "addressee", known["actor", addressee].slug)
