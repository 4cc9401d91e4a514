"""Take a merge back: the rows that went come back with their numbers, and what was theirs points at them again.

All of it or nothing. Where something that the merge touched was changed since, nothing is done and it is said what.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import pghistory
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles.models import Actor, Article, ArticleActor, FormerSlug, Mention, Merge

Values = dict[str, Any]


class ChangedSinceError(ValueError):
    """A merge can't be taken back; the message says why."""


@dataclass
class Trace:
    """What a merge changes, row by row, as it goes on; JSON in `Merge.trace`."""

    survivor: Values = field(default_factory=dict)  # before
    after: Values = field(default_factory=dict)
    losers: list[Values] = field(default_factory=list)
    moved: list[Values] = field(default_factory=list)  # model, field, from, keys
    gone: list[Values] = field(default_factory=list)  # rows that repeated others
    changed: list[Values] = field(default_factory=list)  # rows that took values over, as they were
    names: list[int] = field(default_factory=list)  # other names that were made
    slugs: list[Values] = field(default_factory=list)  # former addresses, as they were
    notes: dict[str, list[int]] = field(default_factory=dict)  # log entries by the row that they were of

    def move(self, relation: models.ForeignKey, loser: models.Model, rows: models.QuerySet) -> None:
        """Remember which rows of a relation are the loser's."""
        if keys := list(rows.order_by().values_list("pk", flat=True)):
            place = {"model": relation.model._meta.label_lower, "field": relation.name}
            self.moved.append({**place, "from": loser.pk, "keys": keys})

    def drop(self, rows: Iterable[models.Model]) -> None:
        """Remember rows that are about to go, because the survivor has their like."""
        self.gone += [told(row) for row in rows]

    def as_json(self) -> Values:
        return asdict(self)


def told(row: models.Model) -> Values:
    """Return a row as JSON has it, without what the database derives."""
    names = [f.name for f in row._meta.concrete_fields if not f.generated and not f.primary_key]
    (value,) = serializers.serialize("python", [row], fields=names)
    return dict(_plain(value))


def _plain(value: Any) -> Any:
    """Return values as JSON keeps them."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


@transaction.atomic
def undo(merge: Merge, user: User) -> None:
    """Take a merge back. Raises ChangedSinceError, and changes nothing, where what it did was changed since."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise ChangedSinceError("This merge was taken back before.")
    trace = Trace(**merge.trace)
    model = apps.get_model("articles", merge.model)
    survivor = model._base_manager.select_for_update().filter(pk=merge.survivor).first()
    if survivor is None:
        raise ChangedSinceError(f"“{merge.name}” is gone: it was merged or deleted since. Take that back first.")
    _require_as_left(survivor, trace)
    with pghistory.context(user=user.pk):
        try:
            with transaction.atomic():
                _put_back(model, survivor, trace)
        except IntegrityError as error:
            raise ChangedSinceError("What went can't come back beside what was added since.") from error
        _recount(model, trace)
    merge.undone_at, merge.undone_by = timezone.now(), user
    merge.save(update_fields=["undone_at", "undone_by"])


def _require_as_left(survivor: Any, trace: Trace) -> None:
    """Raise ChangedSinceError where the survivor or a row that moved to it is not as the merge left it."""
    gone = {one["pk"] for one in trace.losers}
    now, before, after = told(survivor)["fields"], trace.survivor["fields"], trace.after["fields"]
    for name, value in after.items():
        if value != before[name] and now[name] != value and name != "updated_at":
            label = survivor._meta.get_field(name).verbose_name
            raise ChangedSinceError(f"“{survivor}” was changed since: {label}.")
    for one in trace.moved:
        relation = apps.get_model(one["model"])
        if relation is ArticleActor:  # counted from the mentions
            continue
        keys = set(one["keys"]) - (gone if relation is type(survivor) else set())
        still = relation._base_manager.filter(pk__in=keys, **{one["field"]: survivor.pk}).count()
        if still != len(keys):
            n, label = len(keys) - still, relation._meta.verbose_name_plural
            raise ChangedSinceError(f"Of the {label} that went to “{survivor}”, {n} were moved or deleted since.")


def _put_back(model: Any, survivor: Any, trace: Trace) -> None:
    before = trace.survivor["fields"]
    taken = {name for name, value in trace.after["fields"].items() if value != before[name]}
    for name in taken:
        field_ = survivor._meta.get_field(name)
        setattr(survivor, field_.attname, field_.to_python(before[name]) if not field_.is_relation else before[name])
    survivor.save(update_fields=list(taken)) if taken else None
    _addresses(model, survivor, trace)
    for one in sorted(trace.losers, key=lambda row: row["pk"]):
        _save(one, later=_own_links(model, trace))
    for one in trace.losers:  # they may point at each other
        model._base_manager.filter(pk=one["pk"]).update(**_links(model, one))
    for one in trace.moved:
        rows = apps.get_model(one["model"])._base_manager.filter(pk__in=one["keys"])
        rows.update(**{one["field"]: one["from"]})
    for one in (*reversed(trace.changed), *trace.gone):
        _save(one)
    if trace.names:
        apps.get_model("articles", "actorname").objects.filter(pk__in=trace.names).delete()
    for key, entries in trace.notes.items():
        LogEntry.objects.filter(pk__in=entries).update(object_id=key)


def _own_links(model: Any, trace: Trace) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.is_relation and f.related_model is model]


def _links(model: Any, one: Values) -> Values:
    return {name: one["fields"][name] for name in _own_links(model, Trace()) if name in one["fields"]}


def _save(one: Values, later: Iterable[str] = ()) -> None:
    """Store a row as it was told, under its number; `later`: fields that are left empty for now."""
    fields = {name: None if name in later else value for name, value in one["fields"].items()}
    next(iter(serializers.deserialize("python", [{**one, "fields": fields}]))).save()


def _addresses(model: Any, survivor: Any, trace: Trace) -> None:
    """Make the addresses free that led on to the survivor, and lead on again where they had led before."""
    table = model._meta.db_table
    keys = [one["pk"] for one in trace.losers]
    slugs = [one["fields"]["slug"] for one in trace.losers] + [one["slug"] for one in trace.slugs]
    FormerSlug.objects.filter(model=table, slug__in=slugs, target__in=[survivor.pk, *keys]).delete()
    FormerSlug.objects.bulk_create(
        FormerSlug(model=table, slug=one["slug"], target=one["target"]) for one in trace.slugs
    )


def _recount(model: Any, trace: Trace) -> None:
    """Count the mentions anew in the articles in which the merge had made one count of two."""
    if model is not Actor:
        return
    keys = {one["fields"]["article"] for one in trace.gone if one["model"] == ArticleActor._meta.label_lower}
    keys |= set(
        Mention.objects.filter(pk__in=[one["pk"] for one in trace.gone if one["model"] == Mention._meta.label_lower])
        .order_by().values_list("article", flat=True)
    )  # fmt: skip
    for article in Article.objects.lean().filter(pk__in=keys):
        ArticleActor.objects.recount(article)
