"""What keys and values in the history are called, rows that are gone included."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model

from articles.curation.wording import day, moment

NOTHING = "nothing"
LINE = 80  # characters; what is longer is compared word by word
SHORT = 60


class Names:
    """The names behind keys in events and in what became of them: asked for once a model."""

    def __init__(self, events: Iterable[tuple[Any, Any]], after: Iterable[Any] = ()) -> None:
        events = list(events)
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for state in [*(event for _, event in events), *(row for row in after if row is not None)]:
            for column in state._meta.concrete_fields:
                if column.is_relation and not column.name.startswith("pgh_") and column.attname in state.__dict__:
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
        people = get_user_model().objects.in_bulk(users - {None}) if users - {None} else {}
        self.users = {key: user.get_username() for key, user in people.items()}

    def user(self, context: Any) -> str:
        """Return who acted: a user's name, or that no person did."""
        key = (context.metadata or {}).get("user") if context else None
        return self.users.get(key, "a user who is gone") if key else "the system"

    def named(self, model: Any, key: Any) -> str:
        """Return what a row is or was called."""
        return self.names.get((model, key), f"{model._meta.verbose_name} {key}")

    def worded(self, column: Any, value: Any) -> str:
        """Return a value as people read it; an empty one is NOTHING."""
        if value in (None, "", []):
            return NOTHING
        if column.is_relation:
            return self.named(column.related_model, value)
        return plain(column, value)


def plain(column: Any, value: Any) -> str:
    """Return a value that names no other row as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(dict(column.flatchoices).get(value, value))


def called(event: Any) -> str:
    """Return what a row was called at an event: a statement's quote, a name, a title."""
    named = ("exact", "name", "title", "text", "slug", "address")
    return next((text for name in named if (text := getattr(event, name, ""))), "")


def short(text: str) -> str:
    """Return a name cut to a line's part."""
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…"
