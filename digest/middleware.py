"""What every answer carries and what no request may hold."""

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.utils import translation
from pghistory.middleware import HistoryMiddleware

from digest.logs import current_request

PLAIN_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
METHODS = ["GET", "HEAD", "POST"]  # that any page of ours answers
Handler = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: Handler) -> Handler:
    """Send the policy of `settings.SECURE_CSP` with every answer (the setting Django 6 reads by itself)."""
    policy = "; ".join(f"{directive} {' '.join(values)}" for directive, values in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def speak(get_response: Handler) -> Handler:
    """Answer in the language that the address begins with ("/id/"), else in the first: never by the browser's wish.

    So an address shows everybody the same, and can be kept and passed on; Django's own middleware would vary it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def request_id(get_response: Handler) -> Handler:
    """Give each request an id, the balancer's where it sends a plain one; logs and the answer carry it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if PLAIN_ID.fullmatch(given) else secrets.token_hex(8)
        token = current_request.set(name)
        try:
            response = get_response(request)
        finally:
            current_request.reset(token)
        response["X-Request-ID"] = name
        return response

    return middleware


class RecordedRequests(HistoryMiddleware):
    """Put beside every change who asked for it, on which page, and from which address."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_context(request), "address": client_address(request)}


def client_address(request: HttpRequest) -> str:
    """Return the network address of who asks: what our own proxy says where there is one, else the other end's."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip()[:64] or request.META.get("REMOTE_ADDR", "")


def refuse_other_methods(get_response: Handler) -> Handler:
    """Refuse what no page answers: Django's admin would take a PUT or a DELETE for a GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def refuse_nul(get_response: Handler) -> Handler:
    """Answer 400 to an address that holds a NUL character, which PostgreSQL can't store or compare."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("The address holds a NUL character.", content_type="text/plain")
        return get_response(request)

    return middleware
