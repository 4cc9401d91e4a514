"""The answer to a question as a table to take away: CSV or JSON Lines, every row of it, in the order of the list."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse

from articles.catalogue import Turn, place
from articles.interchange.lines import as_csv, as_json_lines
from articles.pages.address import with_value
from articles.pages.listing import errors
from articles.pages.records import COLUMNS, records
from articles.pages.rooms import ROOMS

MOST = 10_000  # rows of one download; the header `Link` says where it goes on
STEP = 2_000  # rows that are looked for at a time: the catalogue gives up what takes long
MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def download(name: str, form: str) -> Callable[[HttpRequest], HttpResponse | StreamingHttpResponse]:
    """Return the view that hands out the list `name` in the form "csv" or "jsonl"."""
    room = ROOMS[name]

    def view(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        asked = request.GET.copy()
        if asked.get("sort") in {"relevance", "source"}:
            asked.pop("sort")  # these orders look at the newest only; a download holds all
        question = room.question(asked)
        if wrong := errors(question):
            return HttpResponseBadRequest("\n".join(wrong), content_type="text/plain; charset=utf-8")
        ids: list[int] = []
        at, within = place(asked.get("after"), room.length), 0
        while len(ids) < MOST:
            found = room.find(question, Turn(after=at, size=min(STEP, MOST - len(ids))))
            ids += found.ids
            at, within = found.next, max(within, found.within)
            if at is None:
                break
        rows = records(name, [] if request.method == "HEAD" else ids, request.build_absolute_uri("/")[:-1])
        lines = as_csv(COLUMNS[name], rows) if form == "csv" else as_json_lines(rows)
        response = StreamingHttpResponse(lines, content_type=MEDIA[form])
        response["Content-Disposition"] = f'attachment; filename="digest-{name}.{form}"'
        if at is not None:
            onward = request.build_absolute_uri(request.path + with_value(asked, "after", at))
            response["Link"] = f'<{onward}>; rel="next"'
        if within:
            response["Digest-Within"] = str(within)  # the newest op-eds that were looked at: all would take too long
        return response

    return view
