"""Put rows back as they were before an act: shown first, chosen value by value, itself on record and undone like it.

1. The first event of each row since the act says how it was: changed, gone since, or not there yet.
2. Values that say one thing together go together: a date with its precision, a quote with its place.
3. A row that is gone comes back where its parents live; a statement is looked for in the text as it is then.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import models, transaction

from articles.curation import naming, roles, texts
from articles.curation.history import (
    LINKS,
    PLACED,
    SILENT,
    Act,
    ArticleActor,
    change,
    columns,
    events,
    kinds,
    of_acts,
    present,
)
from articles.differences import Piece
from articles.importing.reanchor import find_again
from articles.models import Actor, Article, Candidate, Claim, FormerSlug, PolicyRecommendation
from articles.models.anchor import Anchored
from articles.models.slug import Slugged

MOST = 300  # rows of a kind that one restoring looks at
DECISION = ("status", "decided_by", "decided_at")
PLACE = ("exact", "prefix", "suffix", "start", "end", "verdict", "doubted")
TOGETHER: dict[type[models.Model], list[tuple[str, ...]]] = {
    Article: [
        ("published", "published_precision", "published_provenance"), ("work", "relation"), ("body", "headings"),
    ],
    Claim: [DECISION, PLACE],
    PolicyRecommendation: [DECISION, PLACE],
    Candidate: [(*DECISION, "actor")],
}  # fmt: skip


@dataclass(slots=True)
class Value:
    """What one box stands for: a column, or columns that go together, or the actors of a many-to-many field."""

    key: str
    names: tuple[str, ...]
    label: str
    now: str
    then: str
    pieces: list[Piece]
    actors: list[int] | None = None
    blocked: str = ""


@dataclass(slots=True)
class Row:
    """A row that differs from how it was; `does` is change, "bring back" or "take away"."""

    model: Any
    key: Any
    does: str
    called: str
    touched: bool
    then: Any = None
    values: list[Value] = field(default_factory=list)
    blocked: str = ""

    @property
    def name(self) -> str:
        """What its box is called."""
        return f"{self.model._meta.model_name}.{self.key}"

    @property
    def what(self) -> str:
        return str(self.model._meta.verbose_name)


def plan(model: Any, key: Any, act: Act, user: User) -> list[Row]:
    """Return what differs between a row, with all that belongs to it, now and before an act; what the act did first."""
    rows: dict[tuple[Any, Any], Row] = {}
    states: list[tuple[Any, Any, Any, bool]] = []
    for of, lookup in kinds(model):
        if of in LINKS or of is ArticleActor:
            continue
        since = (
            events(of, lookup, key)
            .filter(at__gte=act.at)
            .order_by("pgh_obj_id", "pgh_id")
            .distinct("pgh_obj_id")[:MOST]
        )
        touched = set(events(of, lookup, key).filter(of_acts([act])).values_list("pgh_obj_id", flat=True))
        states += [(of, event, event.pgh_obj_id, event.pgh_obj_id in touched) for event in since]
    now = {of: present(of, {obj for m, _, obj, _ in states if m is of}) for of in {state[0] for state in states}}
    names = naming.Names(
        [(of, event) for of, event, _, _ in states], [r for held in now.values() for r in held.values()]
    )
    for of, event, obj, was_touched in states:
        then, held = (None if event.pgh_label == "added" else event), now[of].get(obj)
        if row := _row(of, obj, then, held, touched=was_touched, names=names):
            rows[of, obj] = row
    _add_links(model, key, act, rows)
    back = {(row.model, row.key) for row in rows.values() if row.does == "bring back"}
    for row in rows.values():
        _block(row, user, back)
    return sorted(rows.values(), key=lambda row: (not row.touched, row.model is not model))


def _row(model: Any, key: Any, then: Any, now: Any, *, touched: bool, names: naming.Names) -> Row | None:
    if then is None and now is None:
        return None
    called = naming.short(naming.called(then or now))
    if now is None:
        row = Row(model, key, "bring back", called, touched, then)
        shown = [
            c
            for c in columns(model)
            if c.name not in SILENT and names.worded(c, getattr(then, c.attname)) != naming.NOTHING
        ]
        row.values = [
            Value("", (c.name,), str(c.verbose_name), "", names.worded(c, getattr(then, c.attname)), []) for c in shown
        ]
        return row
    if then is None:
        return Row(model, key, "take away", called, touched)
    row = Row(model, key, "change", called, touched, then, _values(model, key, then, now, names))
    return row if row.values else None


def _values(model: Any, key: Any, then: Any, now: Any, names: naming.Names) -> list[Value]:
    by_name = {column.name: column for column in columns(model)}
    groups = TOGETHER.get(model, [])
    joined = {name for group in groups for name in group}
    found = []
    for group in [*groups, *((name,) for name in by_name if name not in joined and name not in SILENT)]:
        told = [by_name[name] for name in group if name in by_name and name not in SILENT]
        differ = [c for c in told if getattr(then, c.attname) != getattr(now, c.attname)]
        if not differ or all(_is_same_place(c, then, now) for c in differ):
            continue
        shown = told if group[0] != "exact" else told[:1]
        words = [
            " · ".join(word for c in shown if (word := names.worded(c, getattr(state, c.attname))) != naming.NOTHING)
            or naming.NOTHING
            for state in (now, then)
        ]
        seen = change(str(told[0].verbose_name), *words)
        found.append(
            Value(f"{model._meta.model_name}.{key}.{group[0]}", group, seen.name, seen.before, seen.after, seen.pieces)
        )
    return found


def _is_same_place(column: Any, then: Any, now: Any) -> bool:
    return column.name == "verdict" and {then.verdict, now.verdict} <= PLACED


def _add_links(model: Any, key: Any, act: Act, rows: dict[tuple[Any, Any], Row]) -> None:
    """Add what differs in the many-to-many fields of statements."""
    for of, _ in kinds(model):
        if of not in LINKS:
            continue
        owner, name = LINKS[of]
        column = f"{owner._meta.model_name}_id"
        brought = {obj: row for (m, obj), row in rows.items() if m is owner and row.does == "bring back"}
        there = owner._base_manager.filter(article=key).values_list("pk", flat=True) if model is Article else [key]
        found = events(of, f"{column}__in", {*there, *brought}).filter(at__gte=act.at)
        since = list(found.order_by("pgh_obj_id", "pgh_id").distinct("pgh_obj_id")[:MOST])
        owners = {getattr(event, column) for event in since} | set(brought)
        if not owners:
            continue
        now: dict[Any, dict[int, int]] = defaultdict(dict)
        links = of._base_manager.filter(**{f"{column}__in": owners})
        for link, statement, actor in links.values_list("pk", column, "actor_id"):
            now[statement][link] = actor
        for statement in owners:
            held, then = now[statement], dict(now[statement])
            mine = [event for event in since if getattr(event, column) == statement]
            for event in mine:
                then.pop(event.pgh_obj_id, None)
                if event.pgh_label != "added":
                    then[event.pgh_obj_id] = event.actor_id
            if set(then.values()) == set(held.values()):
                continue
            touched = any((e.pgh_context_id, e.at) == (act.context, act.at) for e in mine)
            row = rows.get((owner, statement)) or _statement_row(owner, statement, touched)
            if row is None or row.does == "take away":
                continue
            rows[owner, statement] = row
            row.touched |= touched
            people = dict(Actor.objects.filter(pk__in={*then.values(), *held.values()}).values_list("pk", "name"))
            words = [
                ", ".join(sorted(people.get(actor, "an actor that is gone") for actor in set(told))) or naming.NOTHING
                for told in (held.values(), then.values())
            ]
            label = str(owner._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            actors = sorted(set(then.values()) & set(people))
            value = Value(f"{row.name}.{name}", (name,), label, words[0], words[1], [], actors)
            row.values.append(value)


def _statement_row(model: Any, key: Any, touched: bool) -> Row | None:
    statement = present(model, [key]).get(key)
    return Row(model, key, "change", naming.short(naming.called(statement)), touched) if statement else None


def _block(row: Row, user: User, back: Collection[tuple[Any, Any]]) -> None:
    """Say why a row or a value can't go back, where it can't."""
    action = {"change": "change", "bring back": "add", "take away": "delete"}[row.does]
    if not user.has_perm(f"articles.{action}_{row.model._meta.model_name}"):
        row.blocked = "This is for somebody with other permissions."
    decides = roles.may_publish(user) if row.model is Article else roles.may_decide(user)
    for value in row.values:
        missing = next((c for c in columns(row.model) if c.name in value.names and _is_gone(c, row, back)), None)
        if value.names[0] == "status" and not decides:
            value.blocked = "This is for somebody with other permissions."
        elif row.does == "change" and missing and not missing.null:
            value.blocked = f"The {missing.verbose_name} of that time is gone."
        elif row.does == "bring back" and missing and not missing.null:
            row.blocked = f"Its {missing.verbose_name} is gone: that has to come back first."
        elif row.does == "change" and value.names == ("slug",) and _is_taken(row):
            value.blocked = "Another row has this address now."


def _is_gone(column: Any, row: Row, back: Collection[tuple[Any, Any]]) -> bool:
    """Return whether a row of then named one that is not there now and does not come back with it."""
    target = getattr(row.then, column.attname, None) if column.is_relation else None
    if not target or (column.related_model, target) in back:
        return False
    return not column.related_model._base_manager.filter(pk=target).exists()


def _is_taken(row: Row) -> bool:
    former = FormerSlug.objects.filter(model=row.model._meta.db_table, slug=row.then.slug).exclude(target=row.key)
    return row.model._base_manager.filter(slug=row.then.slug).exists() or former.exists()


def fingerprint(rows: Iterable[Row]) -> str:
    """Return what tells one plan from another: a preview that is not true any more is not carried out."""
    told = [(row.name, row.does, [(value.key, value.now, value.then) for value in row.values]) for row in rows]
    return hashlib.sha256(repr(sorted(told)).encode()).hexdigest()[:32]


@transaction.atomic
def restore(model: Any, key: Any, act: Act, chosen: Collection[str], user: User) -> int:
    """Put the chosen rows and values back as they were before an act; return how many rows changed.

    `chosen` holds names of rows (to bring back or take away) and keys of values. Raises django's IntegrityError or
    ProtectedError where the database refuses, and has then changed nothing.
    """
    with pghistory.context(user=user.pk, restored=act.at.isoformat()):
        rows = plan(model, key, act, user)
        done = 0
        # What others need comes first; what takes places that others need goes before them.
        order = {"take away": 0, "bring back": 1, "change": 2}
        for row in sorted(rows, key=lambda row: (row.model is not Article, order[row.does])):
            if row.blocked:
                continue
            if row.does == "change":
                values = [value for value in row.values if value.key in chosen and not value.blocked]
                done += bool(values)
                if values:
                    _set(row, values)
            elif row.name in chosen:
                done += 1
                _take_away(row) if row.does == "take away" else _bring_back(row)
    return done


def _take_away(row: Row) -> None:
    row.model._base_manager.get(pk=row.key).delete()


def _set(row: Row, values: list[Value]) -> None:
    held = row.model._base_manager.select_for_update().get(pk=row.key)
    former = getattr(held, "body", "")
    for value in values:
        if value.actors is not None:
            getattr(held, value.names[0]).set(value.actors)
            continue
        for name in value.names:
            column = row.model._meta.get_field(name)
            setattr(held, column.attname, _living(column, getattr(row.then, column.attname)))
    if isinstance(held, Article) and held.body != former:
        headings = held.headings
        texts.follow(held, former)
        held.headings = headings  # those of the text that came back
        held.save(update_fields=["headings"])
        return
    if isinstance(held, Anchored):
        find_again(held, held.article.body)  # type: ignore[attr-defined]
    held.save()


def _living(column: Any, target: Any) -> Any:
    """Return a key, or None where the row that it names is gone and none is needed."""
    gone = (
        column.is_relation
        and target
        and column.null
        and not column.related_model._base_manager.filter(pk=target).exists()
    )
    return None if gone else target


def _bring_back(row: Row) -> None:
    kept = {
        c.attname: _living(row.model._meta.get_field(c.name), getattr(row.then, c.attname)) for c in columns(row.model)
    }
    again = row.model(pk=row.key, **kept)
    if isinstance(again, Slugged) and row.model._base_manager.filter(slug=again.slug).exists():
        again.slug = row.model.free_slug(naming.called(row.then))
    if isinstance(again, Article):
        texts.describe(again)
    if isinstance(again, Anchored):
        find_again(again, Article.objects.values_list("body", flat=True).get(pk=row.then.article_id))
    again.save_base(raw=True, force_insert=True)  # as it was: with the day it came in
    for value in row.values:
        if value.actors is not None:
            getattr(again, value.names[0]).set(value.actors)
