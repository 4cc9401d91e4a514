"""Second coders: two people code an article on their own; then somebody decides, difference by difference.

Permissions are asked at the door; who sees whose passages, `CodedPassage.objects.visible_to` says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.curation import annotating, codebook, decisions
from articles.models import Article, Claim, CodedPassage, Coder, PolicyRecommendation
from articles.models.coder import CODERS
from articles.vocabulary import Kind, Review, Stance

SAID = ("claim_kind", "modality", "action", "addressee_id", "topic_id", "stance")


@dataclass(frozen=True, slots=True)
class Difference:
    """What two coders marked in one place: the same, unlike, or only one of them; None where a coder marked nothing."""

    first: CodedPassage | None
    second: CodedPassage | None

    @property
    def passages(self) -> list[CodedPassage]:
        """What there is to decide between."""
        return [one for one in (self.first, self.second) if one]

    @property
    def is_agreed(self) -> bool:
        """Whether both coders say the very same."""
        one, other = self.first, self.second
        if one is None or other is None or (one.start, one.end) != (other.start, other.end):
            return False
        return all(getattr(one, name) == getattr(other, name) for name in SAID)

    @property
    def is_decided(self) -> bool:
        return all(one.outcome for one in self.passages)


@transaction.atomic
def assign(article: Article, users: Iterable[User], by: User) -> list[Coder]:
    """Give an article to two coders; raise ValidationError for any other number, or where somebody has begun."""
    users = list(dict.fromkeys(users))
    if len(users) != CODERS:
        raise ValidationError("Choose two different coders.", code="two")
    before = Coder.objects.select_for_update().filter(article=article)
    if any(coder.is_finished or coder.passages.exists() for coder in before if coder.user not in users):
        raise ValidationError("A coder who has begun can't be replaced.", code="begun")
    with pghistory.context(user=by.pk):
        before.exclude(user__in=users).delete()
        return [
            Coder.objects.get_or_create(article=article, user=user, defaults={"assigned_by": by})[0] for user in users
        ]


def keep(passage: CodedPassage, user: User) -> CodedPassage:
    """Save what a coder marked; raise ValidationError where the coder has said that the work is done."""
    _require_at_work(passage.coder)
    passage.article_id = passage.coder.article_id
    with pghistory.context(user=user.pk):
        passage.save()
    return passage


def remove(passage: CodedPassage, user: User) -> None:
    """Take a passage back; raise ValidationError where the coder has said that the work is done."""
    _require_at_work(passage.coder)
    with pghistory.context(user=user.pk):
        passage.delete()


def finish(coder: Coder, user: User) -> None:
    """Say that a coder is done; once both are, their work is shown side by side."""
    with pghistory.context(user=user.pk):
        Coder.objects.filter(pk=coder.pk, finished_at=None).update(finished_at=timezone.now())


def _require_at_work(coder: Coder) -> None:
    if Coder.objects.finished().filter(pk=coder.pk).exists():
        raise ValidationError("You have said that you are done with this article.", code="finished")


def awaiting(user: User) -> Iterable[Coder]:
    """Return the articles that wait to be coded by this user."""
    return Coder.objects.unfinished().filter(user=user).select_related("article")


def differences(first: Iterable[CodedPassage], second: Iterable[CodedPassage]) -> list[Difference]:
    """Pair what two coders marked, in the order of the text.

    Passages of one kind that overlap are one place; each is in one pair, those that share most of the text first.
    """
    ours, theirs = list(first), list(second)
    shared = [
        (min(a.end, b.end) - max(a.start, b.start), a, b)
        for a in ours
        for b in theirs
        if a.kind == b.kind and a.start < b.end and b.start < a.end
    ]
    pairs: dict[int, CodedPassage] = {}
    taken: set[int] = set()
    for _, a, b in sorted(shared, key=lambda met: (-met[0], met[1].start, met[2].start)):
        if a.pk not in pairs and b.pk not in taken:
            pairs[a.pk] = b
            taken.add(b.pk)
    found = [Difference(a, pairs.get(a.pk)) for a in ours] + [Difference(None, b) for b in theirs if b.pk not in taken]
    return sorted(found, key=lambda one: (one.passages[0].start, one.passages[0].end))


def compared(coders: Sequence[Coder], passages: Iterable[CodedPassage]) -> list[Difference]:
    """Pair the passages of an article's two coders."""
    by_coder: dict[int, list[CodedPassage]] = {coder.pk: [] for coder in coders}
    for passage in passages:
        by_coder[passage.coder_id].append(passage)
    return differences(*by_coder.values()) if len(by_coder) == CODERS else []


@transaction.atomic
def adjudicate(
    difference: Difference, accepted: Iterable[CodedPassage], user: User
) -> list[Claim | PolicyRecommendation]:
    """Decide a difference: those accepted become statements, the others are turned down; return the statements.

    Accepted are the first, the second, both or neither; what was decided before stays.
    """
    wanted = {passage.pk for passage in accepted}
    made = []
    for passage in CodedPassage.objects.select_for_update().filter(pk__in=[one.pk for one in difference.passages]):
        if passage.outcome:
            continue
        passage.outcome = Review.ACCEPTED if passage.pk in wanted else Review.REJECTED
        with pghistory.context(user=user.pk):
            passage.save(update_fields=["outcome"])
        if passage.pk in wanted:
            made.append(_adopt(passage, user))
    return made


def accept_agreed(found: Iterable[Difference], user: User) -> int:
    """Accept whatever both coders said alike, once each; return how many places."""
    agreed = [one for one in found if one.is_agreed and not one.is_decided]
    for one in agreed:
        adjudicate(one, one.passages[:1], user)
    return len(agreed)


def _adopt(passage: CodedPassage, user: User) -> Claim | PolicyRecommendation:
    """Make a statement of a passage; one of its kind that stands there already is taken as it, and accepted."""
    model: type[Claim] | type[PolicyRecommendation] = Claim if passage.kind == Kind.CLAIM else PolicyRecommendation
    statement = model.objects.filter(article=passage.article_id, start=passage.start, end=passage.end).first() or model(
        article=passage.article, start=passage.start, end=passage.end, exact=passage.exact, prefix=passage.prefix,
        suffix=passage.suffix, verdict=passage.verdict,
    )  # fmt: skip
    if isinstance(statement, Claim):
        statement.kind = passage.claim_kind
    else:
        statement.modality = passage.modality
        statement.action = passage.action or statement.action or passage.exact
    if statement.pk is None:
        decisions.put_forward(statement, user)
    with pghistory.context(user=user.pk):
        statement.save()
        if isinstance(statement, PolicyRecommendation) and passage.addressee_id:
            statement.addressees.add(passage.addressee_id)
    decisions.accept(statement, user)
    if passage.topic:
        codebook.code(statement, passage.topic, Stance(passage.stance), user)
    return statement


def candidates() -> list[User]:
    """Return who can be given an article to code: whoever curates."""
    return annotating.editors()
