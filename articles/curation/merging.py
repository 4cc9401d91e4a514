"""Merge rows that are one thing into one row, and lose nothing.

1. Whatever points at a loser is found by asking the models, not from a list: a relation added tomorrow moves too.
   Links of many-to-many fields are rows like any other. The history is left as it was.
2. Where the survivor already has an equal row (the same mention, the same name), the loser's repeats it and goes.
3. What the survivor does not know (a country, an identifier), it takes from the first loser that does.
4. Names become other names, addresses lead on, and only then does the loser go; its last state stays in the history.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import pghistory
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef
from pghistory.models import Event

from articles.curation import retagging
from articles.curation.unmerging import Trace, told
from articles.models import (
    Actor,
    ActorName,
    Article,
    ArticleActor,
    Author,
    Byline,
    Distinct,
    FormerSlug,
    Merge,
    Source,
    Topic,
)
from articles.vocabulary import NameKind

PREVIEWED = 20_000  # rows that point at what is merged; more take too long to be shown beforehand
Row = TypeVar("Row", Actor, Author, Source, Topic)


def relations(model: type[models.Model]) -> list[models.ForeignKey]:
    """Return every foreign key that points at `model`, those of many-to-many links included, history's left out."""
    fields = [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    ]
    return [
        field
        for field in fields
        if isinstance(field, models.ForeignKey) and field.model._meta.managed and not issubclass(field.model, Event)
    ]


def label(field: models.ForeignKey) -> str:
    """Return what a foreign key's rows are to people: "claims: actors", "articles: via"."""
    model = field.model._meta
    owner: Any = model.auto_created
    if owner:
        link = next(m2m for m2m in owner._meta.many_to_many if m2m.remote_field.through is field.model)
        return f"{owner._meta.verbose_name_plural}: {link.verbose_name}"
    plain = field.verbose_name == field.remote_field.model._meta.verbose_name
    return str(model.verbose_name_plural) if plain else f"{model.verbose_name_plural}: {field.verbose_name}"


def holdings(rows: Iterable[models.Model]) -> dict[str, dict[Any, int]]:
    """Return how many rows point at each of `rows`, by relation and key; relations that nothing uses are left out."""
    rows = list(rows)
    keys = [row.pk for row in rows]
    counted: dict[str, dict[Any, int]] = {}
    for field in relations(type(rows[0])):
        grouped = field.model._base_manager.filter(**{f"{field.name}__in": keys}).order_by().values_list(field.attname)
        if found := dict(grouped.annotate(n=Count("pk"))):
            counted[label(field)] = found
    return counted


@transaction.atomic
def merge(survivor: Row, losers: Iterable[Row], user: User, before: dict[str, Any] | None = None) -> dict[str, int]:
    """Merge `losers` into `survivor`; return how many rows moved, by relation.

    `before` is the survivor as `told`, where a merge began earlier. Raises ValueError where there is nothing to merge
    or the survivor is among the losers.
    """
    model = type(survivor)
    keys: set[Any] = {loser.pk for loser in losers}
    if not keys or survivor.pk in keys:
        raise ValueError("A merge needs a survivor and at least one other row.")
    # Locked in one order, so that two merges that share a row wait for each other instead of blocking.
    held: dict[Any, Row] = {
        row.pk: row
        for row in model._base_manager.select_for_update().filter(pk__in={*keys, survivor.pk}).order_by("pk")
    }
    survivor = held.pop(survivor.pk)
    moved: dict[str, int] = {}
    trace = Trace(survivor=before or told(survivor), losers=[told(loser) for loser in held.values()])
    table, every = model._meta.db_table, [*held, survivor.pk]
    former = FormerSlug.objects.filter(model=table, target__in=every).values_list("slug", "target")
    trace.slugs = [{"slug": slug, "target": target} for slug, target in former]
    with pghistory.context(user=user.pk):
        for loser in held.values():
            loser.refresh_from_db()  # it may have pointed at one that went before it
            articles: list[Any] = _articles_of_both(survivor, loser) if isinstance(loser, Actor) else []
            if isinstance(loser, Author):
                _join_bylines(survivor, loser, trace)
            for field in relations(model):
                moved[label(field)] = moved.get(label(field), 0) + _move(field, loser, survivor, trace)
            _take_over(survivor, loser, trace)
            survivor.save()
            model.objects.lead_on(loser, survivor)
            loser.delete()
            for article in articles:
                ArticleActor.objects.recount(article)
    survivor.refresh_from_db()
    _log(survivor, held, user, trace)
    trace.after = told(survivor)
    Merge.objects.create(
        model=str(model._meta.model_name), survivor=survivor.pk, name=survivor.name,
        merged=[loser.name for loser in held.values()], trace=trace.as_json(), user=user,
    )  # fmt: skip
    if isinstance(survivor, Actor):
        retagging.ask(survivor, user)  # its names are more than before
    return {name: n for name, n in moved.items() if n}


class _Seen(Exception):  # noqa: N818 - not an error
    """What a merge would do has been seen."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: rows that repeat others and go, by kind, and values that the survivor would take over."""

    repeats: list[tuple[str, int]]
    taken: list[tuple[str, str]]


def preview(survivor: Row, losers: Iterable[Row], user: User) -> Preview:
    """Return what a merge would do: it is made and taken back at once, so that nothing is guessed."""
    trace: dict[str, Any] = {}
    with suppress(_Seen), transaction.atomic():
        merge(survivor, losers, user)
        trace = Merge.objects.values_list("trace", flat=True).first() or {}
        raise _Seen
    before, after = trace["survivor"]["fields"], trace["after"]["fields"]
    gone = Counter(str(apps.get_model(one["model"])._meta.verbose_name_plural) for one in trace["gone"])
    fields: list[Any] = [survivor._meta.get_field(name) for name in after if after[name] != before[name]]
    taken = [(str(f.verbose_name), _worded(f, after[f.name])) for f in fields if f.name != "updated_at"]
    return Preview(sorted(gone.items()), taken)


def _worded(field: Any, value: Any) -> str:
    if field.is_relation and value is not None:
        return str(field.related_model._base_manager.filter(pk=value).first() or "")
    if isinstance(field, ArrayField) and isinstance(value, str):  # as the serializer tells it
        value = json.loads(value)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def said_apart(model: str, keys: Iterable[Any]) -> list[tuple[str, str, Distinct]]:
    """Return the pairs among rows of which somebody said that they are not the same: both names, and who said so."""
    found = list(Distinct.objects.between(model, list(keys)).select_related("user"))
    rows = apps.get_model("articles", model)._base_manager.in_bulk(
        {key for one in found for key in (one.low, one.high)}
    )
    return [(rows[one.low].name, rows[one.high].name, one) for one in found]


def _move(field: models.ForeignKey, loser: models.Model, survivor: models.Model, trace: Trace) -> int:
    """Make the rows of one relation point at the survivor; those that it already has go. Return how many moved."""
    rows = field.model._base_manager.filter(**{field.name: loser})
    for others in _unique_with(field):
        same = {other: OuterRef(other) for other in others}
        repeats = rows.filter(Exists(field.model._base_manager.filter(**{field.name: survivor}, **same)))
        trace.drop(repeats)
        repeats.delete()
    if field.model is type(survivor):  # nothing belongs to itself; the caller saves the survivor
        rows = rows.exclude(pk=survivor.pk)
        if getattr(survivor, field.attname) == loser.pk:
            setattr(survivor, field.attname, None)
    trace.move(field, loser, rows)
    return rows.update(**{field.name: survivor})


def _unique_with(field: models.ForeignKey) -> Iterator[list[str]]:
    """Yield the other fields of each unique constraint that a foreign key is part of."""
    meta = field.model._meta
    constraints = [[*names] for names in meta.unique_together]
    constraints += [[*c.fields] for c in meta.constraints if isinstance(c, models.UniqueConstraint) and c.fields]
    constraints += [[field.name]] if field.unique else []
    for names in constraints:
        if field.name in names:
            yield [name for name in names if name != field.name]


def _articles_of_both(survivor: Actor, loser: Actor) -> list[Article]:
    """Return the articles whose count of the survivor's mentions a merge changes."""
    both = ArticleActor.objects.filter(actor=loser, article__article_actors__actor=survivor).values("article")
    return list(Article.objects.lean().filter(pk__in=both))


def _join_bylines(survivor: Author, loser: Author, trace: Trace) -> None:
    """Leave one byline where an article names both; what only the other knows goes over to it."""
    for theirs in Byline.objects.filter(author=loser, article__bylines__author=survivor).distinct():
        ours = Byline.objects.filter(article=theirs.article_id, author=survivor).first()
        if ours is None:
            continue
        trace.drop([theirs])
        trace.changed.append(told(ours))
        for name in ("rank", "affiliation", "country_id"):
            setattr(ours, name, getattr(ours, name) or getattr(theirs, name))
        ours.position = min(ours.position, theirs.position)
        theirs.delete()
        ours.save()


def _take_over(survivor: Row, loser: Row, trace: Trace) -> None:
    """Give the survivor the loser's names and whatever values it lacks."""
    for field in survivor._meta.concrete_fields:
        if (
            field.blank
            and field.editable
            and not field.generated
            and field.name != "parent"  # a place in a tree is no value that it lacks
            and getattr(survivor, field.attname) in field.empty_values
        ):
            value = getattr(loser, field.attname)
            setattr(survivor, field.attname, None if value == survivor.pk and field.is_relation else value)
    if isinstance(survivor, Actor):
        keys = [*survivor.former_keys, loser.key, *loser.former_keys]
        survivor.former_keys = [key for key in dict.fromkeys(keys) if key and key != survivor.key]
        trace.names += keep_name(survivor, loser.name)
    else:
        survivor.aliases = other_names(survivor.name, survivor.aliases, loser.name, *loser.aliases)


def keep_name(actor: Actor, name: str) -> list[int]:
    """Keep a name among the forms under which an actor is found, if none of them is it; return what was made."""
    if ActorName.objects.filter(actor=actor, text=name).exists():
        return []
    return [ActorName.objects.create(actor=actor, text=name, kind=NameKind.NAME).pk]


def other_names(name: str, aliases: Iterable[str], *more: str) -> list[str]:
    """Return the other names of a row called `name`: lower case, each once, its own left out."""
    lowered = (" ".join(alias.split()).casefold() for alias in (*aliases, *more))
    return [alias for alias in dict.fromkeys(lowered) if alias and alias != name.casefold()]


def _log(survivor: Row, losers: dict[int, Row], user: User, trace: Trace) -> None:
    # What was noted on the rows that went is read on the page of the one that stayed.
    names = ", ".join(f"“{loser.name}” ({loser.slug})" for loser in losers.values())
    noted = LogEntry.objects.filter(content_type__app_label="articles", content_type__model=survivor._meta.model_name)
    for loser in losers:
        trace.notes[str(loser)] = list(noted.filter(object_id=str(loser)).values_list("pk", flat=True))
    noted.filter(object_id__in=[str(pk) for pk in losers]).update(object_id=str(survivor.pk))
    LogEntry.objects.log_actions(user.pk, [survivor], CHANGE, f"Merged in {names}.", single_object=True)
