"""The search box: typed words become a question whose address can be kept and changed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from articles.filters import understood

MOST_TYPED = 400  # characters


def search(request: HttpRequest) -> HttpResponse:
    """Lead to the articles that the words typed ask for, names and years in them understood as filters.

    The words come along as `said`, where more than words was understood: the list offers to look for them as they are.
    """
    typed = " ".join(request.GET.get("q", "")[:MOST_TYPED].split())
    question = understood(typed)
    if set(question) - {"q"}:
        question["said"] = typed
    address = reverse("articles")
    return HttpResponseRedirect(f"{address}?{question.urlencode()}" if question else address)


def as_words(question: QueryDict) -> str:
    """Return the address that asks for what was said as words; an empty string where nothing else was understood."""
    said = question.get("said", "")
    if not said:
        return ""
    asked = QueryDict(mutable=True)
    asked["q"] = said
    return f"?{asked.urlencode()}"
