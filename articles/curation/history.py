"""What was done to a row and to the rows that belong to it, act by act, as the database itself recorded it.

An act is what one request or command did. Events hold a row as it was before a change or deletion, or as it was
added; what it became is its next event, or the row as it is now. Pages of acts are turned by time, so that ten
thousand events cost no more than fifty.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import models
from django.db.models import Count, F, Q, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from pghistory.models import Context

from articles.curation import naming
from articles.differences import Piece, differences
from articles.models import (
    Actor,
    ActorName,
    Article,
    ArticleActor,
    Author,
    Byline,
    Claim,
    Coding,
    PolicyRecommendation,
    Reference,
    Topic,
)
from articles.models.statement import AddresseeLink, ClaimActorLink, TargetLink
from articles.vocabulary import Verdict

ACTS = 40  # on a page
MOST_ROWS = 100  # of one kind that an act names; it says how many more there were
SAME_REQUEST = timedelta(seconds=2)  # between a change and the admin's note of it
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What follows from other changes, or says again who decided and when: a place moves with every word before it.
SILENT = {
    "updated_at", "created_at", "words", "headings", "reader_version", "decided_by", "decided_at", "suggested_by",
    "start", "end", "prefix", "suffix",
}  # fmt: skip
PLACED = {Verdict.EXACT, Verdict.MOVED}

# What belongs to a row, and by which of its columns.
PARTS: dict[type[models.Model], list[tuple[type[models.Model], str]]] = {
    Article: [
        (Byline, "article"), (PolicyRecommendation, "article"), (Claim, "article"), (Reference, "article"),
        (ArticleActor, "article"), (AddresseeLink, "policyrecommendation__article"),
        (TargetLink, "policyrecommendation__article"), (ClaimActorLink, "claim__article"),
    ],
    Author: [(Byline, "author")],
    Actor: [(ActorName, "actor")],
    Claim: [(ClaimActorLink, "claim"), (Coding, "claim")],
    PolicyRecommendation: [
        (AddresseeLink, "policyrecommendation"), (TargetLink, "policyrecommendation"), (Coding, "recommendation"),
    ],
    Topic: [(Coding, "topic")],
}  # fmt: skip
# The rows of many-to-many fields: whose they are, and what the field is called there.
LINKS: dict[type[models.Model], tuple[type[models.Model], str]] = {
    ClaimActorLink: (Claim, "actors"),
    AddresseeLink: (PolicyRecommendation, "addressees"),
    TargetLink: (PolicyRecommendation, "targets"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """What one request or command did; `context` is None for what no person did, which is told by its moment."""

    at: datetime
    context: Any = None

    @property
    def key(self) -> str:
        """Its name in an address."""
        return self.context.hex if self.context else str((self.at - EPOCH) // timedelta(microseconds=1))


@dataclass(frozen=True, slots=True)
class Change:
    """One value: `before` and `after` as people read them; of long texts the pieces."""

    name: str
    before: str
    after: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Rows of one kind to which the same was done; `done` is changed, added or deleted."""

    what: str
    done: str
    rows: list[str]
    changes: list[Change]
    n: int = 1


@dataclass(slots=True)
class Entry:
    """An act as a page tells it."""

    act: Act
    who: str
    page: str = ""
    address: str = ""
    restored: datetime | None = None
    groups: list[Group] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.act.at

    @property
    def is_restorable(self) -> bool:
        return any(group.what != "mentions" for group in self.groups)


@cache
def columns(model: Any) -> list[models.Field]:
    """Return the columns of a tracked model that are kept, its key left out."""
    kept = model.pgh_event_model._meta.concrete_fields
    return [column for column in kept if not column.name.startswith("pgh_") and column.name != "id"]


def events(model: Any, lookup: str, key: Any) -> models.QuerySet:
    """Return the events of the rows of `model` that belong to `key` by `lookup`, each with the moment `at` of its act.

    `lookup` may lead over a statement; those of statements that are gone go with them.
    """
    return model.pgh_event_model.objects.filter(**{lookup: key}).annotate(
        at=Coalesce("pgh_context__created_at", "pgh_created_at")
    )


def kinds(model: Any) -> list[tuple[Any, str]]:
    """Return a tracked model and what belongs to its rows, each with the column that says so."""
    return [(model, "pgh_obj"), *PARTS.get(model, [])]


def acts(model: Any, key: Any, *, before: datetime | None = None, most: int = ACTS) -> list[tuple[Act, dict[Any, int]]]:
    """Return the latest acts on a row and what belongs to it, one more than `most`, with how many events of each kind.

    One statement, whatever the number of events.
    """
    parts = []
    for place, (of, lookup) in enumerate(kinds(model)):
        found = events(of, lookup, key).order_by()
        counted = found.values("pgh_context_id", "at").annotate(n=Count("pk"), kind=Value(place))
        parts.append(counted.filter(at__lt=before) if before else counted)
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found_acts: dict[Act, dict[Any, int]] = defaultdict(dict)
    for row in rows.order_by("-at", "pgh_context_id")[: (most + 1) * len(parts)]:
        act = Act(row["at"], row["pgh_context_id"])
        found_acts[act][kinds(model)[row["kind"]][0]] = row["n"]
    return list(found_acts.items())[: most + 1]


def act_named(model: Any, key: Any, name: str) -> Act | None:
    """Return the act on a row that has this name in addresses."""
    if name.isdecimal() and len(name) < 19:
        return Act(EPOCH + timedelta(microseconds=int(name)))
    try:
        context = Context.objects.filter(pk=UUID(name)).first()
    except ValueError:
        return None
    return Act(context.created_at, context.pk) if context else None


def of_acts(found: Iterable[Act]) -> Q:
    """Return the condition that an event belongs to one of these acts."""
    found = list(found)
    contexts = [act.context for act in found if act.context]
    return Q(pgh_context__in=contexts) | Q(pgh_context=None, pgh_created_at__in=[a.at for a in found if not a.context])


def timeline(model: Any, key: Any, *, before: datetime | None = None) -> tuple[list[Entry], bool]:
    """Return a page of what was done to a row, the latest first, and whether there is more."""
    found = acts(model, key, before=before)
    page, more = dict(found[:ACTS]), len(found) > ACTS
    told: dict[Act, list[tuple[Any, Any]]] = defaultdict(list)
    later: dict[tuple[Any, Any], Any] = {}
    for of, lookup in kinds(model):
        if not any(of in counted for counted in page.values()):
            continue
        found_events = events(of, lookup, key).filter(of_acts(page)).select_related("pgh_context")
        nth = Window(RowNumber(), partition_by=[F("pgh_context_id"), F("at")], order_by="pgh_id")
        rows = list(found_events.annotate(nth_of_act=nth).filter(nth_of_act__lte=MOST_ROWS).order_by("pgh_id"))
        later |= successors(of, rows)
        for event in rows:
            told[Act(event.at, event.pgh_context_id)].append((of, event))
    names = naming.Names([pair for pairs in told.values() for pair in pairs], later.values())
    done = [_entry(model, act, told[act], counted=page[act], later=later, names=names) for act in page]
    noted = _with_notes(model, key, [entry for entry in done if entry.groups], before, more)
    return noted, more


def successors(model: Any, found: list[Any]) -> dict[tuple[Any, Any], Any]:
    """Return what each row became after each event: its next event, or the row as it is now; None if it is gone."""
    if not found:
        return {}
    objects = {event.pgh_obj_id for event in found}
    lines: dict[Any, list[Any]] = defaultdict(list)
    since = model.pgh_event_model.objects.filter(pgh_obj__in=objects, pgh_id__gte=min(e.pk for e in found))
    for key, event in since.order_by("pgh_id").values_list("pgh_obj_id", "pgh_id"):
        lines[key].append(event)
    following = {}
    for event in found:
        line = lines[event.pgh_obj_id]
        place = bisect_right(line, event.pk)
        following[event.pk] = line[place] if place < len(line) else None
    held = {event.pk: event for event in found}
    held |= model.pgh_event_model.objects.in_bulk({n for n in following.values() if n} - set(held))
    newest = {event.pgh_obj_id for event in found if following[event.pk] is None}
    now = present(model, newest)
    return {(model, e.pk): held[following[e.pk]] if following[e.pk] else now.get(e.pgh_obj_id) for e in found}


def present(model: Any, keys: Iterable[Any]) -> dict[Any, Any]:
    """Return rows as they are now, by key, with the columns that are kept."""
    keys = set(keys)
    return model._base_manager.only(*(c.name for c in columns(model))).in_bulk(keys) if keys else {}


def _entry(
    model: Any, act: Act, pairs: list[Any], *, counted: dict[Any, int], later: Any, names: naming.Names
) -> Entry:
    context = next((event.pgh_context for _, event in pairs if event.pgh_context), None)
    metadata = (context.metadata if context else None) or {}
    entry = Entry(act, names.user(context), metadata.get("url") or "", metadata.get("address") or "")
    entry.restored = datetime.fromisoformat(metadata["restored"]) if metadata.get("restored") else None
    rows: list[tuple[str, str, str, list[Change]]] = []
    whole = {(of, event.pgh_obj_id) for of, event in pairs if event.pgh_label in ("added", "deleted")}
    for of, event in pairs:
        if of in LINKS or of is ArticleActor:
            continue
        what = "" if of is model else str(of._meta.verbose_name)
        called = "" if of is model else naming.short(naming.called(event))
        if event.pgh_label == "changed":
            changes = compare(of, event, later[of, event.pk], names)
            rows += [(what, "changed", called, changes)] if changes else []
        else:
            rows.append((what or str(of._meta.verbose_name), event.pgh_label, called, []))
    rows += _linked(model, pairs, whole, later, names)
    entry.groups = _folded(rows)
    if mentions := _counts(pairs, later, names):
        entry.groups.append(Group("mentions", "changed", [], mentions))
    for of, n in counted.items():
        if n > MOST_ROWS and of not in LINKS and of is not ArticleActor and entry.groups:
            plural = of._meta.verbose_name_plural
            entry.groups.append(Group(f"and {n - MOST_ROWS} more {plural}", "", [], []))
    return entry


def compare(model: Any, before: Any, after: Any, names: naming.Names) -> list[Change]:
    """Return the columns in which two states of a row differ, as people read them."""
    changes = []
    for column in columns(model) if after is not None else []:
        old, new = getattr(before, column.attname), getattr(after, column.attname)
        if column.name in SILENT or old == new or (column.name == "verdict" and {old, new} <= PLACED):
            continue
        changes.append(change(str(column.verbose_name), names.worded(column, old), names.worded(column, new)))
    return changes


def change(name: str, before: str, after: str) -> Change:
    """Return a value before and after; where either runs to more than a line or two, with where they differ."""
    long = max(len(before), len(after)) > naming.LINE and naming.NOTHING not in (before, after)
    return Change(name, before, after, differences(before, after) if long else [])


def _linked(model: Any, pairs: list[Any], whole: set[Any], later: Any, names: naming.Names) -> list[Any]:
    """Return what came to and went from many-to-many fields, a statement and field at a time."""
    gone: dict[Any, dict[str, list[str]]] = defaultdict(lambda: {"deleted": [], "added": []})
    for of, event in pairs:
        if of not in LINKS:
            continue
        owner, name = LINKS[of]
        key = getattr(event, f"{owner._meta.model_name}_id")
        if (owner, key) in whole:
            continue
        sides, after = gone[owner, key, name], later[of, event.pk]
        actor = names.named(Actor, event.actor_id)
        sides["added" if event.pgh_label == "added" else "deleted"].append(actor)
        if event.pgh_label == "changed" and after is not None:
            sides["added"].append(names.named(Actor, after.actor_id))
    found = []
    for (owner, key, name), sides in gone.items():
        lost, won = (", ".join(sorted(sides[side])) or naming.NOTHING for side in ("deleted", "added"))
        what = "" if owner is model else str(owner._meta.verbose_name)
        label = str(owner._meta.get_field(name).verbose_name)
        called = "" if owner is model else naming.short(names.named(owner, key))
        found.append((what, "changed", called, [Change(label, lost, won)] if lost != won else []))
    return [row for row in found if row[3]]


def _counts(pairs: list[Any], later: Any, names: naming.Names) -> list[Change]:
    """Return how many mentions of whom an act made of how many."""
    found = []
    for of, event in pairs:
        if of is not ArticleActor:
            continue
        after = later[of, event.pk]
        old = "none" if event.pgh_label == "added" else str(event.n)
        new = str(event.n) if event.pgh_label == "added" else str(after.n) if after else "none"
        if event.pgh_label == "deleted":
            new = "none"
        if old != new:
            found.append(Change(names.named(Actor, event.actor_id), old, new))
    return found


def _folded(rows: list[tuple[str, str, str, list[Change]]]) -> list[Group]:
    """Return rows grouped where the same was done to several of a kind: bulk acts are one line."""
    order: dict[Any, Group] = {}
    for what, done, called, changes in rows:
        same = (what, done, tuple((c.name, c.before, c.after) for c in changes))
        if same in order and what:
            order[same].rows.append(called)
            order[same].n += 1
        else:
            order[(*same, len(order)) if same in order else same] = Group(
                what, done, [called] if called else [], changes
            )
    return sorted(order.values(), key=lambda group: bool(group.what))  # the row itself first


def _with_notes(model: Any, key: Any, found: list[Entry], before: datetime | None, more: bool) -> list[Entry]:
    """Put the admin's notes beside the changes they are about; those without any stand for themselves."""
    notes = LogEntry.objects.filter(content_type=get_content_type_for_model(model), object_id=str(key))
    notes = notes.filter(action_time__lt=before + SAME_REQUEST) if before else notes
    if more and found:
        notes = notes.filter(action_time__gte=found[-1].at)
    for note in notes.select_related("user").order_by("-action_time")[: 2 * ACTS]:
        text, who = note.get_change_message() or str(note), note.user.get_username()
        near = (e for e in found if e.who == who and abs(e.at - note.action_time) <= SAME_REQUEST)
        if entry := next(near, None):
            entry.notes.append(text)
        elif not (before and note.action_time >= before):
            found.append(Entry(Act(note.action_time), who, notes=[text]))
    return sorted(found, key=lambda entry: entry.at, reverse=True)
