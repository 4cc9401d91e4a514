"""The slug trait: an address that never breaks."""

from collections.abc import Sequence
from itertools import count
from typing import Any, Self, TypeVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

SLUG_LENGTH = 100
Row = TypeVar("Row", bound=models.Model)

# Whoever renames a row, the old address stays on record and leads on.
REMEMBER_SLUG = """
    DELETE FROM articles_formerslug WHERE model = TG_TABLE_NAME AND slug = NEW.slug;
    INSERT INTO articles_formerslug (model, slug, target) VALUES (TG_TABLE_NAME, OLD.slug, NEW.id)
    ON CONFLICT (model, slug) DO UPDATE SET target = EXCLUDED.target;
    RETURN NULL;
"""


class FormerSlug(models.Model):
    """A slug that a row had once; `model` is the table, `target` the id of the row it leads to now."""

    model = models.CharField(max_length=63)
    slug = models.CharField(max_length=SLUG_LENGTH)
    target = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "slug"], name="former_slug_unique")]

    def __str__(self) -> str:
        return f"{self.model}: {self.slug}"


class SluggedQuerySet(models.QuerySet[Row]):
    def at(self, slug: str) -> Any:
        """Return the row that has or had this slug; the caller redirects where `row.slug != slug`.

        Raises the model's DoesNotExist.
        """
        if row := self.filter(slug=slug).first():
            return row
        former = FormerSlug.objects.filter(model=self.model._meta.db_table, slug=slug).values("target")
        return self.get(pk__in=former)

    def lead_on(self, loser: models.Model, survivor: models.Model) -> None:
        """Make every address of `loser`, which is about to go, lead to `survivor`."""
        table = self.model._meta.db_table
        FormerSlug.objects.filter(model=table, target=loser.pk).update(target=survivor.pk)
        FormerSlug.objects.update_or_create(model=table, slug=loser.slug, defaults={"target": survivor.pk})  # type: ignore[attr-defined]


class Slugged(models.Model):
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="remember_slug",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("slug"),
                condition=pgtrigger.AnyChange("slug"),
                func=REMEMBER_SLUG,
            )
        ]

    @classmethod
    def free_slugs(cls, texts: Sequence[str]) -> list[str]:
        """Return a slug for each text that no other row, and none of the others, has or had; in two questions."""
        stems = [cls._stem(text) for text in texts]
        like = Q(slug__in=stems)
        for stem in set(stems):
            like |= Q(slug__startswith=f"{stem}-")
        former = FormerSlug.objects.filter(like, model=cls._meta.db_table)
        taken = {*cls._default_manager.filter(like).values_list("slug", flat=True)}
        taken |= {*former.values_list("slug", flat=True)}
        found = []
        for stem in stems:
            slug = stem if stem not in taken else next(s for n in count(2) if (s := f"{stem}-{n}") not in taken)
            taken.add(slug)
            found.append(slug)
        return found

    @classmethod
    def _stem(cls, text: str) -> str:
        return slugify(text, allow_unicode=True)[: SLUG_LENGTH - 8].rstrip("-") or cls._meta.model_name or "row"

    @classmethod
    def free_slug(cls, text: str, *, keep: Self | None = None) -> str:
        """Return a slug for `text` that no other row has or had; `keep` is the row it is for, if it exists already."""
        stem = cls._stem(text)
        rows, former = cls._default_manager.all(), FormerSlug.objects.filter(model=cls._meta.db_table)
        if keep:
            rows, former = rows.exclude(pk=keep.pk), former.exclude(target=keep.pk)
        taken = {*rows.filter(slug__startswith=stem).values_list("slug", flat=True)}
        taken |= {*former.filter(slug__startswith=stem).values_list("slug", flat=True)}
        return (
            stem
            if stem not in taken
            else next(s for n in range(2, len(taken) + 3) if (s := f"{stem}-{n}") not in taken)
        )
