"""The list of actors, and the page of one: what it is told to do, what is said about it, what it says."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.filters import NameFilter
from articles.models import Actor, Article, ArticleActor, Claim, PolicyRecommendation
from articles.pages.articles import rows_shown
from articles.pages.finding import Moved, find
from articles.pages.listing import listing
from articles.pages.statements import claims_shown, recommendations_shown
from articles.vocabulary import ActorKind, Publication

PART = 10  # rows of each part of an actor's page
ACTORS_A_PAGE = 100


def actor_list(request: HttpRequest) -> HttpResponse:
    """Show the actors that published articles mention, the most mentioned first."""
    kind = request.GET.get("kind", "")
    mentioned = ArticleActor.objects.filter(actor=OuterRef("pk"), status=Publication.PUBLISHED)
    counted = mentioned.order_by().values("actor").annotate(n=Count("pk")).values("n")
    told = PolicyRecommendation.addressees.through.objects.filter(
        actor=OuterRef("pk"), policyrecommendation__in=PolicyRecommendation.objects.public()
    )
    rows = Actor.objects.filter(Exists(mentioned)).filter(Q(kind=kind) if kind in {*ActorKind} else Q())
    rows = rows.annotate(
        n=Subquery(counted),
        told=Coalesce(Subquery(told.order_by().values("actor").annotate(n=Count("pk")).values("n")), 0),
    )
    filterset = NameFilter(request.GET, rows)
    found = listing(filterset, filterset.qs.order_by("-n", "sort_key"), request.GET, size=ACTORS_A_PAGE)
    context = {"filter": filterset, "listing": found, "kinds": ActorKind.choices(), "kind": kind}
    return render(request, "articles/actor_list.html", context)


def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an actor: told to do, said about it, says; and the articles that mention it."""
    try:
        row = find(Actor.objects.select_related("country"), slug)
    except Moved as moved:
        return moved.response
    told = PolicyRecommendation.objects.public().filter(addressees=row)
    about = Claim.objects.public().filter(actors=row)
    makes = PolicyRecommendation.objects.public().filter(recommender=row)
    says = Claim.objects.public().filter(claimant=row)
    articles = Article.objects.published().filter(article_actors__actor=row)
    return render(request, "articles/actor.html", {
        "actor": row,
        "names": row.names.exclude(text=row.name).values_list("text", flat=True).distinct().order_by("text"),
        "told": first(recommendations_shown(told.newest_first()), told),
        "about": first(claims_shown(about.newest_first()), about),
        "makes": first(recommendations_shown(makes.newest_first()), makes),
        "says": first(claims_shown(says.newest_first()), says),
        "articles": first(rows_shown(articles.newest_first()), articles),
    })  # fmt: skip


def first(shown: QuerySet, all_of_them: QuerySet) -> dict[str, object]:
    """Return the first rows of a part, how many there are in all, and how many are not shown."""
    count = all_of_them.count()
    return {"rows": shown[:PART], "count": count, "more": max(0, count - PART)}
