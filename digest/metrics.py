"""Metrics for Prometheus at /metrics, where the setting `METRICS` is on; off, nothing is counted and nothing is there.

Labels are names of views, never addresses: there are as many series as there are views, whatever is asked for.
Several processes add up where `PROMETHEUS_MULTIPROC_DIR` names a folder that is empty when they start; without it each
tells of itself alone.
"""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from digest.middleware import Handler

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # from a page kept to what is given up

requests = Counter("digest_requests", "Requests answered", ["method", "view", "status"])
seconds = Histogram("digest_request_seconds", "Seconds from a request to its answer", ["view"], buckets=SECONDS)
statements = Counter("digest_statements", "Statements sent to the database by requests", ["view"])
pages = Counter("digest_pages", "Public pages made anew, kept ones sent, and ones not modified", ["answer"])


def measure(get_response: Handler) -> Handler:
    """Count each request, its seconds, its statements, and whether its page was made or kept."""
    if not settings.METRICS:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = 0

        def count(execute: Callable[..., Any], *asked: Any) -> Any:
            nonlocal sent
            sent += 1
            return execute(*asked)

        began = time.perf_counter()
        with ExitStack() as counting:
            for connection in connections.all():
                counting.enter_context(connection.execute_wrapper(count))
            response = get_response(request)
        view = view_of(request)
        method = request.method if request.method in METHODS else "other"
        requests.labels(method, view, response.status_code).inc()
        seconds.labels(view).observe(time.perf_counter() - began)
        statements.labels(view).inc(sent)
        if kept := response.headers.get("Cache-Status"):
            pages.labels("not modified" if response.status_code == 304 else "kept" if "hit" in kept else "made").inc()
        return response

    return middleware


def view_of(request: HttpRequest) -> str:
    """Return the name of the view that a request came to; "none" where it came to none, as static files don't."""
    return request.resolver_match.view_name if request.resolver_match else "none"


def page(request: HttpRequest) -> HttpResponse:
    """Tell what was counted, in the format that Prometheus asks for; 404 where nothing is."""
    if not settings.METRICS:
        raise Http404
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
