"""What the web expects at known addresses: robots.txt, sitemaps, the description of the search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.models import Actor, Article, Author, Source, Tally, Topic
from articles.vocabulary import Dimension

LISTS = ("home", "articles", "recommendations", "claims", "actors", "authors", "sources", "topics")
A_SITEMAP = 10_000  # numbers of articles that one sitemap covers; the protocol allows 50,000 addresses


def robots(request: HttpRequest) -> HttpResponse:
    """Say what crawlers leave alone: the desk, and searches, which are without end."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('search')}",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """List the sitemaps: one of names, and one for each ten thousand numbers of articles."""
    last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    parts = [reverse("sitemap_names"), *(reverse("sitemap_part", args=[n]) for n in range(last // A_SITEMAP + 1))]
    return _xml(request, "articles/sitemap_index.xml", [(part, None) for part in parts])


def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """List the published articles of one range of numbers."""
    first = number * A_SITEMAP
    rows = Article.objects.published().filter(pk__gte=first, pk__lt=first + A_SITEMAP).order_by("pk")
    found = list(rows.values_list("slug", "updated_at"))
    if not found and not Article.objects.filter(pk__gte=first).exists() and number:
        raise Http404("No article has such a number.")
    return _xml(request, "articles/sitemap.xml", [(reverse("article", args=[slug]), at) for slug, at in found])


def sitemap_names(request: HttpRequest) -> HttpResponse:
    """List the pages of actors, authors, sources and topics, the most named of each."""
    found = [reverse(name) for name in LISTS]
    for model, dimension in ((Actor, Dimension.ACTOR), (Author, Dimension.AUTHOR), (Source, Dimension.SOURCE)):
        keys = Tally.objects.top(dimension, A_SITEMAP)
        slugs = model.objects.filter(pk__in=keys).order_by("pk").values_list("slug", flat=True)
        found += [reverse(str(model._meta.model_name), args=[slug]) for slug in slugs]
    found += [reverse("topic", args=[slug]) for slug in Topic.objects.order_by("pk").values_list("slug", flat=True)]
    return _xml(request, "articles/sitemap.xml", [(address, None) for address in found])


def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search box, so that a browser can offer it."""
    context = {"search": request.build_absolute_uri(reverse("search"))}
    return render(request, "articles/opensearch.xml", context, "application/opensearchdescription+xml")


def _xml(request: HttpRequest, template: str, rows: list[tuple[str, object]]) -> HttpResponse:
    context = {"rows": [(request.build_absolute_uri(address), at) for address, at in rows]}
    return render(request, template, context, "application/xml")
