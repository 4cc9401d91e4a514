"""Notes: written, answered, changed, settled. Article form, workbench and list of notes call the same functions.

A private note is its author's alone, so that nobody can be named in it; an answer is seen by whoever sees its note.
Permissions are asked at the door; whose note it is, `may_edit` and `may_delete` say.
"""

import re

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.models import Annotation, Article
from articles.models.annotation import LONGEST
from articles.reading import anchors
from articles.vocabulary import Verdict, Visibility

# The characters of Django's user names; the point that ends a sentence is none of them.
NAMED = re.compile(r"(?<![\w@.+-])@([\w@.+-]*\w)")


@transaction.atomic
def annotate(
    article: Article,
    user: User,
    text: str,
    visibility: Visibility = Visibility.TEAM,
    *,
    start: int | None = None,
    end: int | None = None,
) -> Annotation:
    """Write a note on the passage from `start` to `end`, characters of the article's body, or on the whole article.

    Raises ValidationError where there is no text, no such passage, or somebody is named in a private note.
    """
    note = Annotation(article=article, author=user, text=_said(text), visibility=visibility)
    if start is not None or end is not None:
        _anchor(note, article.body, start, end)
    return _save(note, user)


@transaction.atomic
def answer(note: Annotation, user: User, text: str) -> Annotation:
    """Answer a note, or another answer to it; whoever sees the note sees the answer. Raises as `annotate` does."""
    opening = note.reply_to or note
    reply = Annotation(
        article_id=opening.article_id, author=user, text=_said(text), visibility=opening.visibility, reply_to=opening
    )
    return _save(reply, user)


@transaction.atomic
def edit(note: Annotation, user: User, text: str, visibility: Visibility | None = None) -> Annotation:
    """Change what a note says, and who sees it; its answers follow it. Raises as `annotate` does."""
    note.text, note.edited_at = _said(text), timezone.now()
    if visibility is not None and visibility != note.visibility:
        if note.reply_to_id:
            raise ValidationError("An answer is seen by whoever sees its note.", code="answer")
        if visibility == Visibility.PRIVATE and note.replies.exclude(author=note.author).exists():
            raise ValidationError("Others have answered this note: it cannot become private.", code="answered")
        note.visibility = visibility
        with pghistory.context(user=user.pk):
            note.replies.update(visibility=visibility)
    return _save(note, user)


def delete(note: Annotation, user: User) -> None:
    """Delete a note and its answers; what they said stays in the history."""
    with pghistory.context(user=user.pk):
        note.delete()


def resolve(note: Annotation, user: User) -> None:
    """Say that a note is settled: it waits for nobody any more. One that is settled stays as it is."""
    _settle(note, user, resolved=True)


def reopen(note: Annotation, user: User) -> None:
    """Say that a note is not settled after all."""
    _settle(note, user, resolved=False)


def may_edit(note: Annotation, user: User) -> bool:
    """Whether this user may change what a note says: only who wrote it."""
    return note.author_id == user.pk and user.has_perm("articles.change_annotation")


def may_delete(note: Annotation, user: User) -> bool:
    """Whether this user may delete a note: who wrote it, and of those seen by others whoever keeps the catalogue."""
    if note.author_id == user.pk:
        return user.has_perm("articles.change_annotation")
    return note.visibility != Visibility.PRIVATE and user.has_perm("articles.delete_annotation")


def editors() -> list[User]:
    """Return who can be named in a note: whoever may see notes, by user name."""
    allowed = User.objects.with_perm("articles.view_annotation", backend="django.contrib.auth.backends.ModelBackend")
    return list(allowed.filter(is_staff=True).order_by("username"))


def named(text: str) -> list[User]:
    """Return the editors whom a text names: "@ayu", whatever its case."""
    typed = {word.casefold() for word in NAMED.findall(text)}
    return [user for user in editors() if user.username.casefold() in typed] if typed else []


def _said(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise ValidationError("A note needs a text.", code="required")
    if len(said) > LONGEST:
        raise ValidationError(f"A note has at most {LONGEST} characters.", code="long")
    return said


def _anchor(note: Annotation, body: str, start: int | None, end: int | None) -> None:
    if start is None or end is None or not 0 <= start < end <= len(body):
        raise ValidationError("The text has no such passage.", code="passage")
    note.start, note.end, note.exact, note.verdict = start, end, body[start:end], Verdict.EXACT
    note.prefix, note.suffix = anchors.context(body, start, end)


def _save(note: Annotation, user: User) -> Annotation:
    mentioned = named(note.text)
    if mentioned and note.visibility == Visibility.PRIVATE:
        names = ", ".join(f"@{one.username}" for one in mentioned)
        raise ValidationError(f"Only you see a private note: {names} would never read it.", code="private")
    with pghistory.context(user=user.pk):
        note.save()
    note.mentioned.set(one for one in mentioned if one.pk != note.author_id)
    return note


def _settle(note: Annotation, user: User, *, resolved: bool) -> None:
    opening = Annotation.objects.filter(pk=note.reply_to_id or note.pk, resolved_at__isnull=resolved)
    with pghistory.context(user=user.pk):
        opening.update(resolved_by=user if resolved else None, resolved_at=timezone.now() if resolved else None)
    note.refresh_from_db(fields=["resolved_by", "resolved_at"])
