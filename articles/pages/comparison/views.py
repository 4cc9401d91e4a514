"""The pages of comparison: who is asked for, then both beside each other."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.models import Actor, Author, Tally
from articles.pages.comparison import figures
from articles.pages.comparison.sides import KINDS, Senseless, Side, Unknown
from articles.vocabulary import Dimension

LONGEST = 200  # characters of a name
OFFERED = 50  # names that are offered while one types


def start(request: HttpRequest) -> HttpResponse:
    """Lead to the comparison of actors."""
    return HttpResponseRedirect(reverse("compare", args=["actors"]))


def compare(request: HttpRequest, kind: str) -> HttpResponse:
    """Show two actors, authors or periods beside each other, or ask which; an answer to nonsense is 400 or 404."""
    if kind not in KINDS:
        raise Http404("These can't be compared.")
    typed = {name: " ".join(request.GET.get(name, "")[:LONGEST].split()) for name in ("a", "b", "actor")}
    sides, wrong, status = _sides(kind, typed, request)
    context: dict[str, Any] = {"kind": kind, "typed": typed, "wrong": wrong, "offered": _offered(kind), "kinds": {
        "actors": _("Actors"), "authors": _("Authors"), "periods": _("Periods"),
    }}  # fmt: skip
    if len(sides) == 2:
        named = {"a": sides[0].key, "b": sides[1].key}
        if named != {name: typed[name] for name in named}:
            more = {"actor": typed["actor"]} if typed["actor"] else {}
            return HttpResponseRedirect(f"{request.path}?{urlencode({**named, **more})}")
        if named["a"] == named["b"]:
            wrong["b"] = _("These are the same: name another.")
        else:
            one, other = (figures.Figures(side) for side in sides)
            context |= {
                "sides": sides,
                "years": figures.years(one, other),
                "groups": figures.groups(one, other),
                "shared": figures.shared(*sides),
            }
    return render(request, "articles/compare.html", context, status=status)


def _sides(kind: str, typed: dict[str, str], request: HttpRequest) -> tuple[list[Side], dict[str, str], int]:
    """Return the sides that are known, what is wrong with the others, and the status that says so."""
    sides, wrong, status = [], {"a": "", "b": ""}, 200
    for name in ("a", "b"):
        if not typed[name]:
            continue
        try:
            sides.append(KINDS[kind](typed[name], request.GET))
        except Unknown as error:
            wrong[name], status = str(error), 404
        except Senseless as error:
            wrong[name], status = str(error), 400
    return sides, wrong, status


def _offered(kind: str) -> list[str]:
    if kind == "periods":
        return []
    model, dimension = (Actor, Dimension.ACTOR) if kind == "actors" else (Author, Dimension.AUTHOR)
    keys = list(Tally.objects.top(dimension, OFFERED))
    return sorted(model.objects.filter(pk__in=keys).values_list("name", flat=True))
