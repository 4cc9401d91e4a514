"""Undo and redo: what one user did to one article in this session, act by act, as many as there were.

An act remembers, row by row, what it changed: the values before and after, or the whole row where it made or deleted
one. Taking it back sets those values alone, and only where nobody has changed them since; so two editors in one article
never undo each other's work. What is older than the session is restored from the history.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core import serializers
from django.db import models, transaction

from articles.models import Annotation, Article, Byline, Claim, Coding, PolicyRecommendation

KEPT = "workbench"  # the session's key
MODELS: dict[str, type[models.Model]] = {
    str(model._meta.model_name): model for model in (Article, Byline, Claim, PolicyRecommendation, Annotation, Coding)
}
# Of an article only what the workbench sets; of other rows all but what the database derives.
ARTICLE = {
    "title", "language", "source", "via", "url", "published", "published_precision", "published_provenance", "status",
}  # fmt: skip
DERIVED = {"dated", "standing", "repeated", "search"}

Row = tuple[str, int]  # model and primary key
Values = dict[str, Any]


class ChangedMeanwhile(Exception):  # noqa: N818 - named for what happened
    """Somebody else has changed what an act had changed; the message says which act can't be taken back."""


def snapshot(row: models.Model) -> Values:
    """Return a row's own values as JSON has them; its many-to-many fields as ordered lists of keys."""
    meta = row._meta
    names = {f.name for f in (*meta.concrete_fields, *meta.many_to_many)} - DERIVED
    values = json.loads(serializers.serialize("json", [row], fields=ARTICLE if isinstance(row, Article) else names))
    fields: Values = values[0]["fields"]
    return {name: sorted(value) if isinstance(value, list) else value for name, value in fields.items()}


def version(*rows: models.Model) -> str:
    """Return a short name for the present values of rows: other values have another name."""
    told = json.dumps([snapshot(row) for row in rows], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


class Watch:
    """The rows that an act touches."""

    def __init__(self, rows: Iterable[models.Model], focus: str = "") -> None:
        self.focus = focus  # the fragment of the statement that it is about
        self.before: dict[Row, Values | None] = {_key(row): snapshot(row) for row in rows}

    def made(self, row: models.Model) -> None:
        """Watch a row that the act itself has made."""
        self.before.setdefault(_key(row), None)

    def changes(self) -> list[Values]:
        """Return what is different now, row by row."""
        found: list[Values] = []
        for (model, pk), before in self.before.items():
            row = MODELS[model]._default_manager.filter(pk=pk).first()
            after = snapshot(row) if row else None
            if before and after:
                names = [name for name in after if after[name] != before[name]]
                pair: list[Any] = [{name: values[name] for name in names} for values in (before, after)]
            else:
                pair = [before, after]
            if any(pair):
                found.append({"model": model, "pk": pk, "before": pair[0], "after": pair[1]})
        return found


@contextmanager
def recorded(
    session: MutableMapping[str, Any], article: Article, label: str, *rows: models.Model, focus: str = ""
) -> Iterator[Watch]:
    """Keep what happens in this block as one act, in one transaction; what was undone before can't be redone then."""
    with transaction.atomic():
        watch = Watch(rows, focus)
        yield watch
        changes = watch.changes()
    if changes:
        acts = _acts(session, article)
        acts["done"].append({"label": label, "focus": watch.focus, "changes": changes})
        acts["undone"].clear()
        _keep(session, article, acts)


def undo(session: MutableMapping[str, Any], article: Article, user: User) -> Values | None:
    """Take the last act back; return it, or None where there is none. Raises ChangedMeanwhile."""
    return _turn(session, article, user, ("done", "undone"), ("after", "before"))


def redo(session: MutableMapping[str, Any], article: Article, user: User) -> Values | None:
    """Do again what was undone last; return it, or None where there is nothing. Raises ChangedMeanwhile."""
    return _turn(session, article, user, ("undone", "done"), ("before", "after"))


def waiting(session: MutableMapping[str, Any], article: Article) -> dict[str, str]:
    """Return what `undo` and `redo` would do next: {"undo": "accept", "redo": ""}."""
    acts = _acts(session, article)
    return {
        name: acts[pile][-1]["label"] if acts[pile] else "" for name, pile in (("undo", "done"), ("redo", "undone"))
    }


def _turn(
    session: MutableMapping[str, Any], article: Article, user: User, piles: tuple[str, str], way: tuple[str, str]
) -> Values | None:
    acts = _acts(session, article)
    if not acts[piles[0]]:
        return None
    act: Values = acts[piles[0]][-1]
    changes = act["changes"] if way[1] == "after" else act["changes"][::-1]
    with transaction.atomic(), pghistory.context(user=user.pk):
        for change in changes:
            _set(change, expected=change[way[0]], wanted=change[way[1]], label=act["label"])
    acts[piles[1]].append(acts[piles[0]].pop())
    _keep(session, article, acts)
    return act


def _set(change: Values, *, expected: Values | None, wanted: Values | None, label: str) -> None:
    """Give one row the wanted values where it has the expected ones; None stands for no row."""
    model, pk = MODELS[change["model"]], change["pk"]
    row = model._default_manager.select_for_update().filter(pk=pk).first()
    now = snapshot(row) if row else None
    if (now is None) != (expected is None) or any(now[name] != value for name, value in (expected or {}).items()):  # type: ignore[index]
        raise ChangedMeanwhile(f"“{label}” can't be taken back: it was changed by somebody else since.")
    if wanted is None:
        assert row is not None  # noqa: S101 - it was expected above
        row.delete()
        return
    told = {"model": model._meta.label_lower, "pk": pk, "fields": {**(now or {}), **wanted}}
    made = next(iter(serializers.deserialize("python", [told])))
    if row is None:
        made.save()
        return
    many = {field.name for field in model._meta.many_to_many}
    names = {name for name in wanted if name not in many}
    if names:
        made.object.save(update_fields=names | ({"updated_at"} if model is Article else set()))
    for name in many & wanted.keys():
        getattr(made.object, name).set(wanted[name])


def _key(row: models.Model) -> Row:
    return str(row._meta.model_name), row.pk


def _acts(session: MutableMapping[str, Any], article: Article) -> dict[str, list[Values]]:
    acts: dict[str, list[Values]] = session.get(KEPT, {}).get(str(article.pk), {"done": [], "undone": []})
    return acts


def _keep(session: MutableMapping[str, Any], article: Article, acts: dict[str, list[Values]]) -> None:
    session[KEPT] = {**session.get(KEPT, {}), str(article.pk): acts}
