"""Pages for what is not there and for what broke."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing stands at this address, and where to look."""
    return render(request, "articles/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the server failed, without asking the database for anything."""
    return render(request, "articles/500.html", status=500)
