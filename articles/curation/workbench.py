"""What is done at the workbench: a passage read and coded, its ends moved, an article's metadata corrected.

Each function takes who does it; each is one act that `undo` takes back. Permissions are asked at the door.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any

import pghistory
from django.contrib.auth.models import User

from articles.curation import codebook, decisions, placing, undo
from articles.curation.coding import PassageForm, known
from articles.importing.authority import actor_ids, compiled_names, key_of
from articles.importing.rows import Held, fitting
from articles.models import (
    Actor,
    Annotation,
    Article,
    Byline,
    Claim,
    Coding,
    PolicyRecommendation,
    Topic,
)
from articles.passages import BREAK
from articles.reading import statements
from articles.reading.types import Claim as ReadClaim
from articles.reading.types import Mention, Recommendation
from articles.vocabulary import ClaimKind, Modality, Provenance, Stance, Voice

Session = MutableMapping[str, Any]
Statement = Claim | PolicyRecommendation


def read_passage(article: Article, start: int, end: int) -> dict[str, dict[str, Any]]:
    """Return by kind what the reader makes of a selected passage, as initial values of the form for it.

    The reader reads the paragraphs that the passage stands in; of several statements there, the one that shares most
    characters with it speaks. Where it finds none, the passage itself is what is told or claimed.
    """
    body = article.body
    left = body.rfind(BREAK, 0, start) + len(BREAK) if BREAK in body[:start] else 0
    right = body.find(BREAK, end) if BREAK in body[end:] else len(body)
    rows = list(article.mentions.select_related("actor").filter(start__gte=left, end__lte=right))
    mentions = [Mention(key_of(row.actor), row.start - left, row.end - left) for row in rows]
    byline = article.bylines.select_related("country").exclude(country=None).first()
    country = key_of(byline.country) if byline and byline.country else None
    told, claimed = statements.read(
        body[left:right], article.language, names=compiled_names(), mentions=mentions,
        country=country, headings=(), ours=country is not None,
    )  # fmt: skip
    ids = actor_ids()

    def actors(keys: Iterable[str]) -> list[Any]:
        wanted = {ids[key] for key in keys if key in ids}
        return list(Actor.objects.filter(pk__in=wanted)) if wanted else []

    one = _nearest(told, start - left, end - left)
    other = _nearest(claimed, start - left, end - left)
    within = [key_of(row.actor) for row in rows if start <= row.start and row.end <= end]
    passage = " ".join(body[start:end].split())
    return {
        "recommendation": {
            "addressees": actors(one.addressees),
            "addressee_text": one.addressee_text,
            "action": one.action,
            "targets": actors(one.targets),
            "modality": one.modality,
            "negated": one.negated,
            "instrument": one.instrument or "",
            "condition": one.condition,
            "deadline": one.deadline,
            "recommender": ids.get(one.recommender or ""),
            "recommender_text": one.recommender_text,
            "voice": one.voice,
        }
        if one
        else {"action": passage, "modality": Modality.SHOULD, "voice": Voice.OWN},
        "claim": {
            "kind": other.kind if other else ClaimKind.EVALUATIVE,
            "claimant": ids.get((other.claimant if other else None) or ""),
            "claimant_text": other.claimant_text if other else "",
            "voice": other.voice if other else Voice.OWN,
            "actors": actors(within),
        },
        "note": {},
    }


def _nearest(found: Iterable[Any], start: int, end: int) -> Any:
    """Return the statement that shares most characters with a passage; None where none does."""

    def shared(one: ReadClaim | Recommendation) -> int:
        return min(one.end, end) - max(one.start, start)

    return max((one for one in found if shared(one) > 0), key=shared, default=None)


def decide(session: Session, statement: Statement, verb: str, user: User) -> None:
    """Accept, reject or reopen a statement: `verb` names the function of `decisions`."""
    function = {"accept": decisions.accept, "reject": decisions.reject, "reopen": decisions.reopen}[verb]
    with undo.recorded(session, statement.article, verb, statement, focus=statement.fragment):
        function(statement, user)


def save(session: Session, form: PassageForm, user: User, *, accept: bool = False) -> Any:
    """Save a valid form of a statement or note, new or changed; return the row. With `accept`, a suggestion is too."""
    row: Any = form.instance
    row.article = form.article
    new = row.pk is None
    if isinstance(row, Annotation):
        raise TypeError("a note is kept by `annotating`")
    label = f"new {row.short_name}" if new else f"edit {row.short_name}"
    watched = [] if new else [type(row).objects.get(pk=row.pk)]
    with undo.recorded(session, row.article, label, *watched) as watch:
        with pghistory.context(user=user.pk):
            if new:
                decisions.put_forward(row, user)
            form.save()
        watch.made(row)
        watch.focus = row.fragment
        if accept and row.is_suggestion:
            decisions.accept(row, user)
    return row


def keep_note(session: Session, article: Article, written: Any) -> Annotation:
    """Keep what `written` writes, a function that returns a note, as one act."""
    with undo.recorded(session, article, "new note") as watch:
        note: Annotation = written()
        watch.made(note)
    return note


def move(session: Session, statement: Statement, start: int, end: int, user: User) -> None:
    """Give a statement another passage, characters of the body; raise ValidationError where there is none such."""
    with undo.recorded(session, statement.article, "move the ends", statement, focus=statement.fragment):
        placing.place(statement, start, end, user)


def code(session: Session, statement: Statement, user: User, *, topic: Topic, stance: Stance) -> None:
    """Say what a statement says to a topic; said before, it is said anew."""
    held = list(statement.codings.filter(topic=topic))
    label = f"code under {topic}"
    with undo.recorded(session, statement.article, label, *held, focus=statement.fragment) as watch:
        watch.made(codebook.code(statement, topic, stance, user))


def uncode(session: Session, statement: Statement, coding: Coding, user: User) -> None:
    """Take back what a statement was said to say to a topic."""
    label = f"take out of {coding.topic}"
    with undo.recorded(session, statement.article, label, coding, focus=statement.fragment):
        codebook.uncode(coding, user)


def delete(session: Session, statement: Statement, user: User) -> None:
    """Delete a statement; `undo` brings it back with its number."""
    label = f"delete {statement.short_name}"
    rows = [*statement.codings.all(), statement]
    with undo.recorded(session, statement.article, label, *rows), pghistory.context(user=user.pk):
        statement.delete()


def correct(session: Session, article: Article, values: dict[str, Any], user: User) -> None:
    """Set an article's metadata to what `MetadataForm` gives; what stays as it was keeps its provenance."""
    before = known(article)
    with (
        undo.recorded(session, article, "correct the metadata", article, *article.bylines.all()) as watch,
        pghistory.context(user=user.pk),
    ):
        for name in ("title", "url", "language"):
            setattr(article, name, values[name])
        for name in ("source", "via"):
            if values[name] != before[name]:
                setattr(article, name, Held().source(values[name], aggregator=name == "via"))
        day, precision = values["published"] or (None, "")
        if (day, precision) != (article.published, article.published_precision):
            article.published, article.published_precision = day, precision
            article.published_provenance = Provenance.EDITOR if day else ""
        article.save()
        for line in _sign(article, values["authors"]):
            watch.made(line)


def publish(session: Session, article: Article, user: User, *, because: str = "") -> int:
    """Show an article to readers; return 1, or 0 where they have it. Raises Blocked as `decisions` does."""
    with undo.recorded(session, article, "publish", article):
        return decisions.publish_checked(article, user, because=because)


def withdraw(session: Session, article: Article, user: User, *, because: str) -> int:
    """Take an article from readers, who are told why; return 1, or 0 where they do not have it."""
    with undo.recorded(session, article, "withdraw", article):
        return decisions.withdraw(Article.objects.filter(pk=article.pk), user, because=because)


def _sign(article: Article, names: list[str]) -> list[Byline]:
    """Give an article these authors in this order; a line that stays keeps its rank and affiliation."""
    held = {line.name: line for line in article.bylines.all()}
    if list(held) == names:
        return []
    article.bylines.exclude(name__in=names).delete()
    lines = []
    for position, name in enumerate(names, start=1):
        line = held.get(name)
        if line is None:
            line = Byline(article=article, author=Held().author(name), name=fitting(Byline, "name", name))
        line.position = position
        line.save()
        lines.append(line)
    return lines
