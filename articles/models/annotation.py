"""Notes on an article or on a passage of it, and the answers to them."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from articles.models.anchor import Anchored, quote_stands
from articles.models.history import tracked
from articles.vocabulary import Publication, Visibility

LONGEST = 10_000  # characters of a note
# A note may be in another language than its article: its words are kept as they are, and by their English stems.
CONFIGURATIONS = ("simple", "english")


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Notes that this user may see: at the desk all but other people's private ones, elsewhere public ones."""
        if user.has_perm("articles.view_annotation"):  # type: ignore[union-attr]
            return self.filter(~Q(visibility=Visibility.PRIVATE) | Q(author=user.pk))
        return self.public().filter(article__status=Publication.PUBLISHED)

    def public(self) -> Self:
        """Notes that readers see beside an article that they may see."""
        return self.filter(visibility=Visibility.PUBLIC)

    def written_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Notes and answers of one author."""
        return self.filter(author=user.pk)

    def openings(self) -> Self:
        """Notes that are not answers to others."""
        return self.filter(reply_to=None)

    def unresolved(self) -> Self:
        """Notes that nobody has settled; an answer is settled with the note that it answers."""
        return self.filter(resolved_at=None, reply_to__resolved_at=None)

    def resolved(self) -> Self:
        """Notes that somebody has settled, and the answers to them."""
        return self.filter(Q(resolved_at__isnull=False) | Q(reply_to__resolved_at__isnull=False))

    def awaiting(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Unresolved notes that name this user and that the user has not answered since."""
        answers = self.model.objects.filter(author=user.pk, pk__gt=OuterRef("pk"))
        to_opening = answers.filter(reply_to=OuterRef("pk"))
        to_answer = answers.filter(reply_to=OuterRef("reply_to"))
        named = self.visible_to(user).unresolved().filter(mentioned=user.pk)
        return named.exclude(Exists(to_opening)).exclude(Exists(to_answer))

    def matching(self, words: str) -> Self:
        """Notes whose text or passage holds these words: "a phrase", one OR other, -without."""
        query: Any = None
        for config in CONFIGURATIONS:
            asked = SearchQuery(words, config=config, search_type="websearch")
            query = asked if query is None else query | asked
        return self.filter(search=query)

    def in_order(self) -> Self:
        """Order as they stand in their article: on the whole of it first, then by passage; answers after their note."""
        return self.order_by("article", F("start").asc(nulls_first=True), "pk")


@tracked(exclude=("search",))
class Annotation(Anchored):
    """A note; one without `start` and `end` is about its article as a whole, or answers another note."""

    article = models.ForeignKey("Article", models.CASCADE, related_name="annotations", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="annotations")
    text = models.TextField("note", max_length=LONGEST, help_text="Markdown; @name calls an editor's attention to it")
    visibility = models.CharField(max_length=7, choices=Visibility.choices, default=Visibility.TEAM)
    mentioned: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="annotations_awaiting", editable=False
    )
    reply_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, editable=False, related_name="replies")
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    exact = models.TextField("quote", blank=True)
    # Not every note has the place that the trait speaks of.
    start = models.PositiveIntegerField(null=True, blank=True, help_text="Characters of the body")  # type: ignore[assignment]
    end = models.PositiveIntegerField(null=True, blank=True)  # type: ignore[assignment]
    search = models.GeneratedField(
        expression=SearchVector("text", "exact", config=CONFIGURATIONS[0])
        + SearchVector("text", "exact", config=CONFIGURATIONS[1]),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    short_name = "note"
    is_suggestion = None  # a passage of the text is marked with it as with a statement, but nobody reviews it
    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="annotation_says_something"),
            models.CheckConstraint(
                condition=Q(start=None, end=None, exact="")
                | (Q(start__isnull=False, end__gt=F("start")) & ~Q(exact="")),
                name="annotation_has_a_whole_anchor_or_none",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "start"], name="annotation_in_order"),
            GinIndex(fields=["search"], name="annotation_search"),
        ]
        triggers = [quote_stands(condition=pgtrigger.Q(new__start__isnull=False))]

    def __str__(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= 100 else line[:99].rsplit(" ", 1)[0] + "…"

    def get_absolute_url(self) -> str:
        return f"{reverse('article', args=[self.article.slug])}#{self.fragment}"

    @property
    def fragment(self) -> str:
        """The name of its place in the article's page: "annotation-12"."""
        return f"annotation-{self.pk}"

    @property
    def is_placed(self) -> bool:
        """Whether it stands on a passage that has its place in the present text."""
        return self.start is not None and super().is_placed

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
