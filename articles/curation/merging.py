"""Merge rows that are one thing into one row, and lose nothing.

1. Whatever points at a loser is found by asking the models, not from a list: a relation added tomorrow moves too.
   Links of many-to-many fields are rows like any other. The history is left as it was.
2. Where the survivor already has an equal row (the same mention, the same name), the loser's repeats it and goes.
3. What the survivor does not know (a country, an identifier), it takes from the first loser that does.
4. Names become other names, addresses lead on, and only then does the loser go; its last state stays in the history.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import pghistory
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef
from pghistory.models import Event

from articles.curation import retagging
from articles.models import Actor, ActorName, Article, ArticleActor, Author, Byline, Source, Topic
from articles.vocabulary import NameKind

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
def merge(survivor: Row, losers: Iterable[Row], user: User) -> dict[str, int]:
    """Merge `losers` into `survivor`; return how many rows moved, by relation.

    Raises ValueError where there is nothing to merge or the survivor is among the losers.
    """
    model = type(survivor)
    keys: set[Any] = {loser.pk for loser in losers}
    if not keys or survivor.pk in keys:
        raise ValueError("A merge needs a survivor and at least one other row.")
    # Locked in one order, so that two merges that share a row wait for each other instead of blocking.
    held = {
        row.pk: row
        for row in model._base_manager.select_for_update().filter(pk__in={*keys, survivor.pk}).order_by("pk")
    }
    survivor = held.pop(survivor.pk)
    moved: dict[str, int] = {}
    with pghistory.context(user=user.pk):
        for loser in held.values():
            articles: list[Any] = _articles_of_both(survivor, loser) if isinstance(loser, Actor) else []
            if isinstance(loser, Author):
                _join_bylines(survivor, loser)
            for field in relations(model):
                moved[label(field)] = moved.get(label(field), 0) + _move(field, loser, survivor)
            _take_over(survivor, loser)
            survivor.save()
            model.objects.lead_on(loser, survivor)
            loser.delete()
            for article in articles:
                ArticleActor.objects.recount(article)
    survivor.refresh_from_db()
    _log(survivor, held, user)
    if isinstance(survivor, Actor):
        retagging.ask(survivor, user)  # its names are more than before
    return {name: n for name, n in moved.items() if n}


def _move(field: models.ForeignKey, loser: models.Model, survivor: models.Model) -> int:
    """Make the rows of one relation point at the survivor; those that it already has go. Return how many moved."""
    rows = field.model._base_manager.filter(**{field.name: loser})
    for others in _unique_with(field):
        same = {other: OuterRef(other) for other in others}
        rows.filter(Exists(field.model._base_manager.filter(**{field.name: survivor}, **same))).delete()
    if field.model is type(survivor):  # nothing belongs to itself; the caller saves the survivor
        rows = rows.exclude(pk=survivor.pk)
        if getattr(survivor, field.attname) == loser.pk:
            setattr(survivor, field.attname, None)
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


def _join_bylines(survivor: Author, loser: Author) -> None:
    """Leave one byline where an article names both; what only the other knows goes over to it."""
    for theirs in Byline.objects.filter(author=loser, article__bylines__author=survivor).distinct():
        ours = Byline.objects.filter(article=theirs.article_id, author=survivor).first()
        if ours is None:
            continue
        for name in ("rank", "affiliation", "country_id"):
            setattr(ours, name, getattr(ours, name) or getattr(theirs, name))
        ours.position = min(ours.position, theirs.position)
        theirs.delete()
        ours.save()


def _take_over(survivor: Row, loser: Row) -> None:
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
        keep_name(survivor, loser.name)
    else:
        survivor.aliases = other_names(survivor.name, survivor.aliases, loser.name, *loser.aliases)


def keep_name(actor: Actor, name: str) -> None:
    """Keep a name among the forms under which an actor is found, if none of them is it."""
    if not ActorName.objects.filter(actor=actor, text=name).exists():
        ActorName.objects.create(actor=actor, text=name, kind=NameKind.NAME)


def other_names(name: str, aliases: Iterable[str], *more: str) -> list[str]:
    """Return the other names of a row called `name`: lower case, each once, its own left out."""
    lowered = (" ".join(alias.split()).casefold() for alias in (*aliases, *more))
    return [alias for alias in dict.fromkeys(lowered) if alias and alias != name.casefold()]


def _log(survivor: Row, losers: dict[int, Row], user: User) -> None:
    # What was noted on the rows that went is read on the page of the one that stayed.
    names = ", ".join(f"“{loser.name}” ({loser.slug})" for loser in losers.values())
    noted = LogEntry.objects.filter(content_type__app_label="articles", content_type__model=survivor._meta.model_name)
    noted.filter(object_id__in=[str(pk) for pk in losers]).update(object_id=str(survivor.pk))
    LogEntry.objects.log_actions(user.pk, [survivor], CHANGE, f"Merged in {names}.", single_object=True)
