"""Two people in the same row never overwrite each other silently.

Whoever opens a row keeps its `version`. On saving, `merge` lays what was typed beside the row as it was opened and as
it is now, field by field:

1. What only one of them changed merges by itself; so does what both changed alike.
2. What both changed is a conflict: the later one is shown theirs, yours and before, and chooses.
3. A choice holds for the version that it was made on. If somebody saved again meanwhile, it is asked again.

Forms of the admin do this through `merging_forms`; whatever else takes an edit calls `version` and `merge` itself,
inside the transaction that saves: the row stays locked until its end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from articles.curation import naming
from articles.differences import Piece, differences

THEIRS, YOURS, BEFORE = "theirs", "yours", "before"


class Gone(ObjectDoesNotExist):
    """The row was deleted meanwhile."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both changed: its values, and how people read them; `pieces` tell theirs from yours where long."""

    name: str
    label: str
    values: Mapping[str, Any]
    words: Mapping[str, str]
    pieces: list[Piece]


@dataclass(slots=True)
class Merge:
    """What came of a merge: `values` to save, by field; `taken` the labels of what only others changed."""

    values: dict[str, Any]
    version: str
    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    by: str = ""


def version(row: Any) -> str:
    """Return what tells this state of a tracked row from others: its last event, and what its lists hold."""
    last = row.pgh_event_model.objects.filter(pgh_obj=row.pk).aggregate(last=models.Max("pgh_id"))["last"] or 0
    lists = (f"{name}:{','.join(map(str, _held(row, name)))}" for name in _lists(row))
    return ";".join([str(last), *lists])


def versions(rows: Iterable[Any]) -> dict[Any, str]:
    """Return the versions of rows of one model without many-to-many fields, by key, in one question."""
    found = {row.pk: "0" for row in rows}
    model = next((type(row) for row in rows), None)
    if model is not None:
        events = model.pgh_event_model.objects.filter(pgh_obj__in=found).order_by()
        found |= {key: str(last) for key, last in events.values_list("pgh_obj").annotate(last=models.Max("pgh_id"))}
    return found


def merge(
    row: Any, opened: str, typed: Mapping[str, Any], *, choices: Mapping[str, str] | None = None, settled: str = ""
) -> Merge:
    """Merge what was `typed` into a row that was `opened` at a version; lock the row until the transaction ends.

    `typed` holds values by field: keys or rows for a foreign key, any number of either for a many-to-many field; so
    does the answer, in keys. `choices` say theirs, yours or before, by field, made on the version `settled`.
    Raises Gone where the row is not there any more, ValueError where `opened` is no version.
    """
    model = type(row)
    now = model._base_manager.select_for_update().filter(pk=row.pk).first()
    if now is None:
        raise Gone(f"{model._meta.verbose_name} {row.pk} was deleted meanwhile")
    last, lists = _parsed(opened)
    since = list(model.pgh_event_model.objects.filter(pgh_obj=row.pk, pgh_id__gt=last).select_related("pgh_context")
                 .order_by("pgh_id"))  # fmt: skip
    base = since[0] if since else now
    done = Merge({}, version(now))
    made = choices or {} if settled == done.version else {}
    for name, value in typed.items():
        column = model._meta.get_field(name)
        many = isinstance(column, models.ManyToManyField)
        yours = comparable(column, value)
        theirs = _held(now, name) if many else comparable(column, getattr(now, column.attname))
        before = lists.get(name, theirs) if many else comparable(column, getattr(base, column.attname, theirs))
        sides = {THEIRS: theirs, YOURS: yours, BEFORE: before}
        if yours in (before, theirs):
            done.values[name] = theirs
            if theirs not in (before, yours):
                done.taken.append(str(column.verbose_name))
        elif theirs == before:
            done.values[name] = yours
        elif made.get(name) in sides:
            done.values[name] = sides[made[name]]
        else:
            done.values[name] = yours
            done.conflicts.append(_conflict(column, sides))
    if since and (done.conflicts or done.taken):
        done.by = _by(since)
    return done


def _conflict(column: Any, sides: Mapping[str, Any]) -> Conflict:
    words = {side: _worded(column, value) for side, value in sides.items()}
    long = max(map(len, words.values())) > naming.LINE
    pieces = differences(words[THEIRS], words[YOURS]) if long else []
    return Conflict(column.name, str(column.verbose_name), sides, words, pieces)


def _worded(column: Any, value: Any) -> str:
    if column.is_relation and value:
        keys = value if isinstance(value, list) else [value]
        rows = column.related_model._base_manager.in_bulk(keys)
        return ", ".join(str(rows.get(key, "a row that is gone")) for key in keys)
    return naming.NOTHING if value in (None, "", []) else naming.plain(column, value)


def _by(since: list[Any]) -> str:
    """Return who saved since, each once."""
    names = naming.Names([(None, event) for event in since])
    return ", ".join(dict.fromkeys(names.user(event.pgh_context) for event in since))


def _lists(row: Any) -> list[str]:
    """Return the many-to-many fields of a row whose links are not rows of their own."""
    return [f.name for f in row._meta.many_to_many if f.editable and f.remote_field.through._meta.auto_created]


def _held(row: Any, name: str) -> list[Any]:
    return sorted(getattr(row, name).values_list("pk", flat=True))


def _parsed(opened: str) -> tuple[int, dict[str, list[int]]]:
    last, *lists = opened.split(";")
    named = (part.partition(":") for part in lists)
    return int(last), {name: [int(key) for key in keys.split(",") if key] for name, _, keys in named}


def comparable(column: Any, value: Any) -> Any:
    """Return a value as it is compared: keys of rows, in order where there are several; line ends as stored."""
    if isinstance(column, models.ManyToManyField):
        rows: Iterable[Any] = value or []
        return sorted({getattr(row, "pk", row) for row in rows})
    if column.is_relation:
        return getattr(value, "pk", value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return value
