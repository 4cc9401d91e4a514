"""Two versions of one work beside each other: what was changed word by word, or a translation beside its original."""

from itertools import zip_longest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.differences import WHOLE, differences
from articles.models import Article
from articles.pages.finding import Moved, find
from articles.passages import BREAK
from articles.vocabulary import direction


def compare(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Show how a version differs from another of its work; 404 where they are not two published ones of one work."""
    rows = Article.objects.published().defer("sketch", "as_read").select_related("source", "via")
    try:
        one, second = find(rows, slug), find(rows, other)
    except Moved as moved:
        return moved.response
    if one.work_id is None or one.work_id != second.work_id or one.pk == second.pk:
        raise Http404("These are no two versions of one work.")
    context: dict[str, Any] = {"one": one, "other": second, "withheld": False}
    if any(row.source and row.source.excerpt_only for row in (one, second)):
        context["withheld"] = True
    elif one.language == second.language:
        context["pieces"] = differences(one.body, second.body, cut=WHOLE)
        context["direction"] = direction(one.language)
    else:
        pairs = zip_longest(one.body.split(BREAK), second.body.split(BREAK), fillvalue="")
        context["pairs"] = list(pairs)
    return render(request, "articles/versions.html", context)
