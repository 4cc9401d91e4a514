"""The history page: who changed what, and from what to what, as the database itself recorded it.

The events of a row hold it as it was before each change; what it became is the next event, or the row as it is now.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.curation.admin.frame import FramedAdmin
from articles.curation.texts import common_start
from articles.curation.wording import day
from articles.vocabulary import Verdict

MOST = 200  # changes of one kind that a page shows
# What only follows from other changes, or says again who decided and when.
# What follows from another change: a statement's place moves with every word added before it.
SILENT = {
    "updated_at", "created_at", "words", "headings", "reader_version", "decided_by", "decided_at",
    "start", "end", "prefix", "suffix",
}  # fmt: skip
PLACED = {Verdict.EXACT, Verdict.MOVED}
SAME_REQUEST = timedelta(seconds=2)  # between a change and the admin's note of it
EXCERPT = 60  # characters beside a change in a long text
LONG = 240


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one row: `before` and `after` as people read them."""

    of: str
    name: str
    before: str
    after: str


@dataclass(slots=True)
class Entry:
    """What one person did at one moment."""

    at: datetime
    who: str
    changes: list[Change] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class HistoryMixin(FramedAdmin):
    """An admin whose history page shows values; `history_of` names tracked models that belong to its rows."""

    history_of: list[tuple[type[models.Model], str]] = []

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": str(row),
            "entries": entries(row, self.history_of),
            "most": MOST,
            "object": row,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "articles/admin/history.html", context)


def entries(row: models.Model, belonging: Iterable[tuple[type[models.Model], str]] = ()) -> list[Entry]:
    """Return what was done to a row and to the rows that belong to it, the latest first.

    `belonging` pairs a tracked model with the name of its foreign key to the row.
    """
    kinds = [(type(row), {"pgh_obj": row.pk}), *((model, {name: row.pk}) for model, name in belonging)]
    events, after = [], {}
    for model, which in kinds:
        found = _events(model, which)
        after.update(_successors(model, found))
        events += [(model, event) for event in found]
    names = Names(events, after.values())
    logged = list(
        LogEntry.objects.filter(content_type=get_content_type_for_model(row), object_id=str(row.pk))
        .select_related("user").order_by("-action_time")[:MOST]
    )  # fmt: skip
    done: dict[Any, Entry] = {}
    for model, event in events:
        entry = done.setdefault(
            event.pgh_context_id or ("event", model, event.pk), Entry(event.pgh_created_at, names.user(event))
        )
        of = "" if model is type(row) else f"{model._meta.verbose_name} “{_short(called(event))}”"
        if event.pgh_label == "deleted":
            entry.deleted.append(of or str(model._meta.verbose_name))
        else:
            entry.changes += _compare(model, event, after.get((model, event.pk)), of, names)
    return _with_notes([entry for entry in done.values() if entry.changes or entry.deleted], logged)


def _events(model: Any, which: dict[str, Any]) -> list[Any]:
    found = model.pgh_event_model.objects.filter(**which).select_related("pgh_context")
    return list(found.order_by("-pgh_id")[:MOST])


def _successors(model: Any, events: list[Any]) -> dict[Any, Any]:
    """Return what each row became after each event: its state at the next event, or now."""
    by_row: dict[int, list[Any]] = defaultdict(list)
    for event in events:  # the latest first
        by_row[event.pgh_obj_id].append(event)
    now = model._base_manager.in_bulk(by_row)
    return {
        (model, event.pk): later
        for key, line in by_row.items()
        for event, later in zip(line, [now.get(key), *line], strict=False)
    }


def _compare(model: Any, before: Any, after: Any, of: str, names: "Names") -> list[Change]:
    if after is None:
        return []
    changes = []
    for column in model.pgh_event_model._meta.concrete_fields:
        if column.name.startswith("pgh_") or column.name in SILENT:
            continue
        old, new = getattr(before, column.attname), getattr(after, column.attname)
        if old != new and not (column.name == "verdict" and {old, new} <= PLACED):
            texts = names.worded(column, old), names.worded(column, new)
            changes.append(Change(of, str(column.verbose_name), *excerpts(*texts)))
    return changes


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return two texts cut down to where they differ, if they are long."""
    if max(len(before), len(after)) <= LONG:
        return before, after
    head = common_start(before, after)
    tail = min(common_start(before[::-1], after[::-1]), min(len(before), len(after)) - head)

    def cut(text: str) -> str:
        left, right = max(head - EXCERPT, 0), min(len(text) - tail + EXCERPT, len(text))
        middle = text[left:right]
        middle = middle if len(middle) <= 2 * LONG else f"{middle[:LONG]} … {middle[-LONG:]}"
        return f"{'…' if left else ''}{middle}{'…' if right < len(text) else ''}"

    return cut(before), cut(after)


class Names:
    """What keys and values in events are called: asked for once a model, rows that are gone included."""

    def __init__(self, events: list[tuple[Any, Any]], after: Iterable[Any]) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        later = [(type(row), row) for row in after if row is not None and not hasattr(row, "pgh_id")]
        for model, state in [*events, *later, *((type(row), row) for row in after if hasattr(row, "pgh_id"))]:
            fields = getattr(model, "pgh_event_model", model)._meta.concrete_fields
            for column in (c for c in fields if c.is_relation and not c.name.startswith("pgh_")):
                wanted[column.related_model].add(getattr(state, column.attname))
        self.names: dict[tuple[Any, Any], str] = {}
        for model, keys in wanted.items():
            keys.discard(None)
            rows = model.objects.lean() if hasattr(model.objects, "lean") else model.objects
            self.names |= {(model, key): str(row) for key, row in rows.in_bulk(keys).items()}
            gone = keys - {key for of, key in self.names if of is model}
            if gone and hasattr(model, "pgh_event_model"):
                past = model.pgh_event_model.objects.filter(pgh_obj__in=gone, pgh_label="deleted")
                self.names |= {(model, event.pgh_obj_id): called(event) for event in past}
        users = {(event.pgh_context.metadata or {}).get("user") for _, event in events if event.pgh_context}
        self.users = {
            user.pk: user.get_username() for user in get_user_model().objects.in_bulk(users - {None}).values()
        }

    def user(self, event: Any) -> str:
        """Return who did it: a user's name, or that no person did."""
        key = (event.pgh_context.metadata or {}).get("user") if event.pgh_context else None
        return self.users.get(key, "a user who is gone") if key else "the system"

    def worded(self, column: Any, value: Any) -> str:
        """Return a value as people read it; an empty one is "nothing"."""
        if value in (None, "", []):
            return "nothing"
        if column.is_relation:
            return self.names.get((column.related_model, value), f"{column.related_model._meta.verbose_name} {value}")
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return f"{day(value.date())}, {value:%H:%M}"
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return dict(column.flatchoices).get(value, str(value))


def _with_notes(found: list[Entry], logged: list[LogEntry]) -> list[Entry]:
    """Put the admin's notes beside the changes they are about; those without any stand for themselves."""
    for note in logged:
        text, who = note.get_change_message() or str(note), note.user.get_username()
        near = (e for e in found if e.who == who and abs(e.at - note.action_time) <= SAME_REQUEST)
        if entry := next(near, None):
            entry.notes.append(text)
        else:
            found.append(Entry(note.action_time, who, notes=[text]))
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def called(event: Any) -> str:
    """Return what a row was called at an event: a statement's quote, a name, a title."""
    return next((text for name in ("exact", "name", "title", "slug") if (text := getattr(event, name, ""))), "")


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"
