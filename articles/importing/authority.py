"""The authority file: from a file into the database, and from the database into the reader's hands.

Editors own the actors. Loading is a three-way merge: each actor remembers its entry as last loaded, so only what
changed in the file since then is applied, and only where no editor has changed the same value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import Max

from articles.models import Actor, ActorName
from articles.reading import authority
from articles.reading.actors import Names
from articles.reading.types import AuthorityEntry, Name
from articles.vocabulary import ActorKind, NameKind

FILE = Path(settings.BASE_DIR) / "seeds" / "actors.toml"
FIELDS = ("name", "kind", "iso", "wikidata")


@dataclass
class Loaded:
    """What loading did, in actors."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def names_for_reading() -> Names:
    """Return the names that the reader looks for: the editors' own, or the authority file's where there are none.

    A database that can't be reached or has no tables yet counts as holding none.
    """
    try:
        # The block keeps a failed question from spoiling a transaction that may be open around it.
        with transaction.atomic():
            entries = entries_held()
    except Error:
        connection.close_if_unusable_or_obsolete()
        entries = ()
    return Names(entries or authority.load(FILE))


def compiled_names() -> Names:
    """Return the names that the reader knows; compiled again only when they have changed, for that takes a second."""
    rows: list[Any] = [Actor, ActorName, Actor.pgh_event_model, ActorName.pgh_event_model]  # type: ignore[attr-defined]
    return _compiled(tuple(row.objects.aggregate(last=Max("pk"))["last"] for row in rows))


@lru_cache(maxsize=1)
def _compiled(authority: tuple[int | None, ...]) -> Names:
    return names_for_reading()


def entries_held() -> tuple[AuthorityEntry, ...]:
    """Return the actors in use as entries; an actor that no file knows has the key "actor:<id>"."""
    actors = list(Actor.objects.in_use().prefetch_related("names").order_by("pk"))
    keys = {actor.pk: key_of(actor) for actor in actors}
    return tuple(
        AuthorityEntry(
            key=keys[actor.pk],
            name=actor.name,
            kind=ActorKind(actor.kind),
            names=tuple(Name(n.text, NameKind(n.kind), n.language, tuple(n.witness)) for n in actor.names.all()),
            iso=actor.iso,
            wikidata=actor.wikidata,
            country=keys.get(actor.country_id or 0, ""),
        )
        for actor in actors
    )


def key_of(actor: Actor) -> str:
    """Return the key under which the reader knows an actor."""
    return actor.key or f"actor:{actor.pk}"


def actor_ids() -> dict[str, int]:
    """Return the ids of actors by the key that the reader uses."""
    return {key_of(actor): actor.pk for actor in Actor.objects.only("key")}


@transaction.atomic
def load(entries: Iterable[AuthorityEntry]) -> Loaded:
    """Load authority entries into the database; a second time changes nothing, editors' changes stay."""
    entries, report = list(entries), Loaded()
    actors = {actor.key: actor for actor in Actor.objects.exclude(key="").prefetch_related("names")}
    merged = {key for keys in Actor.objects.values_list("former_keys", flat=True) for key in keys}
    slugs = {*Actor.objects.values_list("slug", flat=True)}
    fresh: list[tuple[Actor, AuthorityEntry]] = []
    for entry in entries:
        actor = actors.get(entry.key)
        if entry.key in merged:
            report.unchanged += 1
        elif actor is None:
            slug = entry.key if entry.key not in slugs else Actor.free_slug(entry.key)
            slugs.add(slug)
            fresh.append((Actor(key=entry.key, slug=slug, loaded=_dump(entry), **_fields(entry)), entry))
        elif actor.loaded == _dump(entry):
            report.unchanged += 1
        else:
            _merge(actor, entry)
            report.updated += 1
    Actor.objects.bulk_create(actor for actor, _ in fresh)
    ActorName.objects.bulk_create(
        [ActorName(actor=actor, **_name_fields(name)) for actor, entry in fresh for name in dict.fromkeys(entry.names)],
        ignore_conflicts=True,
    )
    report.created = len(fresh)
    _set_countries(entries)
    return report


def _fields(entry: AuthorityEntry) -> dict[str, str]:
    return {field: str(getattr(entry, field)) for field in FIELDS}


def _name_fields(name: Name) -> dict[str, Any]:
    return {"text": name.text, "kind": str(name.kind), "language": name.language, "witness": list(name.witness)}


def _dump(entry: AuthorityEntry) -> dict[str, Any]:
    names = [_name_fields(name) for name in dict.fromkeys(entry.names)]
    return {**_fields(entry), "country": entry.country, "names": names}


def _merge(actor: Actor, entry: AuthorityEntry) -> None:
    """Apply to an actor what changed in its entry since it was last loaded."""
    before, now = actor.loaded, _dump(entry)
    for field in FIELDS:
        if getattr(actor, field) == before.get(field, ""):
            setattr(actor, field, now[field])
    for name in (name for name in before.get("names", []) if name not in now["names"]):
        actor.names.filter(**name).delete()
    added = [ActorName(actor=actor, **name) for name in now["names"] if name not in before.get("names", [])]
    ActorName.objects.bulk_create(added, ignore_conflicts=True)
    actor.loaded = now
    actor.save()


def _set_countries(entries: list[AuthorityEntry]) -> None:
    """Link actors to the country they belong to, where nobody has said otherwise."""
    actors = {actor.key: actor for actor in Actor.objects.exclude(key="")}
    changed = []
    for entry in entries:
        actor, country = actors.get(entry.key), actors.get(entry.country)
        if actor and country and actor.country_id is None:
            actor.country = country
            changed.append(actor)
    Actor.objects.bulk_update(changed, ["country"])
