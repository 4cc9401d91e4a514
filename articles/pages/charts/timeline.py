"""Op-eds and recommendations by year, or by month within one year."""

from calendar import monthrange
from itertools import count
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import catalogue
from articles.catalogue import pictures
from articles.filters import ArticleFilter, RecommendationFilter
from articles.models import Card, PolicyRecommendation
from articles.pages.address import with_value
from articles.pages.charts.chart import Chart, Row
from articles.vocabulary import Dimension

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 960, 360, 56, 32, 16
MOST_PERIODS = 40


def timeline(question: QueryDict) -> Chart:
    """Return the picture of how many op-eds and recommendations answer a question, period by period."""
    articles = ArticleFilter(question, Card.objects.published())
    found = catalogue.find(articles, catalogue.Turn(size=1))
    facets = catalogue.facets(articles, found.count, most=8)
    months = bool(facets.months)
    counted = dict(facets.months) if months else dict(facets.values[Dimension.YEAR])
    told = pictures.periods(RecommendationFilter(question, PolicyRecommendation.objects.all()), months=months)
    periods = _all(sorted({*counted, *(told or {})}), months=months)
    rows = [
        Row([period, counted.get(period, 0), (told or {}).get(period, 0)], _address(question, period))
        for period in periods
    ]
    return Chart(
        kind="timeline", title=_("Op-eds and recommendations over time"),
        columns=[_("month") if months else _("year"), _("op-eds"), _("recommendations")], rows=rows,
        drawing=_drawn(rows), width=WIDTH, height=HEIGHT, sampled=facets.sampled,
        note="" if told is not None else _("The recommendations are too many to be counted in time."),
    )  # fmt: skip


def _all(periods: list[str], *, months: bool) -> list[str]:
    """Return every period from the first to the last, those of none too."""
    if not periods:
        return []
    if months:
        return [f"{periods[0][:4]}-{month:02}" for month in range(1, 13)]
    first, last = int(periods[0]), int(periods[-1])
    return [str(year) for year in range(max(first, last - MOST_PERIODS + 1), last + 1)]


def _address(question: QueryDict, period: str) -> str:
    """Return the address of the list of a period."""
    year, month = period[:4], period[5:]
    last = f"{period}-{monthrange(int(year), int(month))[1]}" if month else f"{year}-12-31"
    kept = question.copy()
    kept.pop("until", None)
    return (
        f"{reverse('articles')}{with_value(kept, 'since', f'{period}-01' if month else f'{year}-01-01')}&until={last}"
    )


def _drawn(rows: list[Row]) -> dict[str, Any]:
    """Return the bars of both series and the lines of the scale."""
    highest = max((int(n) for row in rows for n in row.cells[1:]), default=0) or 1
    scale = (HEIGHT - BOTTOM - TOP) / highest
    slot = (WIDTH - LEFT) / max(len(rows), 1)
    bars = []
    for place, row in enumerate(rows):
        for series, n in enumerate(row.cells[1:]):
            height = int(n) * scale
            wide = min(slot * 0.38, 28)
            bars.append({
                "series": ("op-eds", "recommendations")[series], "n": n, "period": row.cells[0], "address": row.address,
                "x": round(LEFT + place * slot + slot / 2 + (series - 1) * wide, 1),
                "y": round(HEIGHT - BOTTOM - height, 1), "width": round(wide * 0.92, 1), "height": round(height, 1),
            })  # fmt: skip
    every = max(1, -(-len(rows) // 16))
    labels = [
        {"x": round(LEFT + place * slot + slot / 2, 1), "text": row.cells[0]}
        for place, row in enumerate(rows) if place % every == 0
    ]  # fmt: skip
    step = _step(highest)
    lines = [{"y": round(HEIGHT - BOTTOM - n * scale, 1), "n": n} for n in range(0, highest + 1, step)]
    return {"bars": bars, "labels": labels, "lines": lines, "left": LEFT, "bottom": HEIGHT - BOTTOM}


def _step(highest: int) -> int:
    """Return a round number (1, 2 or 5, and zeros) that divides a scale into five parts or less."""
    return next(n for power in count() for n in (10**power, 2 * 10**power, 5 * 10**power) if highest / n <= 5)
