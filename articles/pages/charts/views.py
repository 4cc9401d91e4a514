"""The pages of the pictures, and their downloads."""

import csv
import io
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.filters import ArticleFilter, RecommendationFilter
from articles.interchange.lines import cell
from articles.models import Card, PolicyRecommendation
from articles.pages.charts.chart import Chart
from articles.pages.charts.matrix import matrix
from articles.pages.charts.network import network
from articles.pages.charts.timeline import timeline
from articles.pages.listing import chips, errors

KINDS: dict[str, tuple[str, Callable[[QueryDict], Chart]]] = {
    "timeline": ("Over time", timeline), "matrix": ("Who tells whom", matrix), "network": ("Network", network),
}  # fmt: skip
ENDS = ("svg", "png", "csv")


def chart(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a picture of a question, with its numbers as a table."""
    made, question = _made(request, kind), _question(kind, request.GET)
    base = reverse("chart", args=[kind])
    return render(request, "articles/charts/chart.html", {
        "chart": made,
        "chips": list(chips(question, request.GET)),
        "errors": errors(question),
        "asked": request.GET.urlencode(),
        "kinds": [(name, _(kind[0]), reverse("chart", args=[name])) for name, kind in KINDS.items()],
        "downloads": [(end.upper(), f"{base.rstrip('/')}.{end}{_tail(request)}") for end in ENDS],
        "list": f"{reverse('articles' if kind == 'timeline' else 'recommendations')}{_tail(request)}",
        "today": timezone.localdate(),
        "standalone": False,
    })  # fmt: skip


def download(request: HttpRequest, kind: str, end: str) -> HttpResponse:
    """Answer with a picture as SVG or PNG, or with its numbers as CSV."""
    if end not in ENDS:
        raise Http404(f"No picture ends in “{end}”.")
    made = _made(request, kind)
    if end == "csv":
        body, content = _csv(made), "text/csv; charset=utf-8"
    else:
        body, content = _svg(made).encode(), "image/svg+xml"
        if end == "png":
            from resvg_py import svg_to_bytes  # noqa: PLC0415 - a large library, wanted seldom

            body, content = bytes(svg_to_bytes(svg_string=body.decode(), zoom=2, background="#fbfaf6")), "image/png"
    answer = HttpResponse(body, content_type=content)
    answer["Content-Disposition"] = f'attachment; filename="digest-{kind}.{end}"'
    return answer


def _made(request: HttpRequest, kind: str) -> Chart:
    if kind not in KINDS:
        raise Http404(f"No picture is called “{kind}”.")
    return KINDS[kind][1](request.GET)


def _question(kind: str, asked: QueryDict) -> ArticleFilter | RecommendationFilter:
    if kind == "timeline":
        return ArticleFilter(asked, Card.objects.published())
    return RecommendationFilter(asked, PolicyRecommendation.objects.all())


def _tail(request: HttpRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _svg(made: Chart) -> str:
    return render_to_string(f"articles/charts/{made.kind}.svg", {"chart": made, "standalone": True})


def _csv(made: Chart) -> bytes:
    """Return a table as RFC 4180 has it; names may repeat, so rows are no records."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for cells in (made.columns, *(row.cells for row in made.rows)):
        writer.writerow(map(cell, cells))
    return out.getvalue().encode()
