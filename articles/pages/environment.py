"""The environment of the public pages' templates: Jinja2, with the wording of the pages as filters.

Jinja2 compiles templates to Python: a list of 25 rows takes a twelfth of what Django's own templates took for it. The
admin's templates stay Django's, whose tags they extend.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import capfirst
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext, override
from jinja2 import Environment, StrictUndefined

from articles.pages import wording
from articles.vocabulary import direction

WORDING = (
    wording.published,
    wording.day,
    wording.day_of,
    wording.language,
    direction,
    wording.minutes,
    wording.month_of,
    wording.marked,
    wording.shortened,
    wording.thousands,
    wording.figure,
    wording.counted,
    capfirst,
)


def environment(**options: Any) -> Environment:
    """Return the environment that settings.TEMPLATES asks for; a name that a template misspells is an error."""
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**{**options, **ours})  # noqa: S701 - Django's options have it escape
    env.globals |= {
        "static": static, "url": url, "canonical": canonical, "language_code": get_language,
        "in_languages": in_languages,
    }  # fmt: skip
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {word.__name__: word for word in WORDING}
    return env


AS_SHOWN = {"said", "facets"}  # no part of a question


def canonical(request: HttpRequest) -> str:
    """Return the one address of what a page shows: its question in one order, without how it was typed."""
    kept = sorted(
        (name, value) for name, values in request.GET.lists() if name not in AS_SHOWN for value in values if value
    )
    return request.build_absolute_uri(f"{request.path}?{urlencode(kept)}" if kept else request.path)


def in_languages(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Return the address of what a page shows in each language: its code, its own name for itself, the address."""
    match, found = request.resolver_match, []
    if match is None:
        return []
    query = canonical(request).partition("?")[2]
    for code, name in settings.LANGUAGES:
        try:
            with override(code):
                path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:  # an error of the desk's, told on a page of ours
            return []
        found.append((code, name, request.build_absolute_uri(f"{path}?{query}" if query else path)))
    return [*found, ("x-default", *found[0][1:])]


def url(name: str, *args: object) -> str:
    """Return the address of a view by its name."""
    return reverse(name, args=args)
