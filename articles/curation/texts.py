"""Correct an article's text: whatever hangs on its characters follows."""

from collections.abc import Iterable

from django.db import transaction

from articles.importing.families import trace
from articles.importing.reanchor import reanchor
from articles.models import Article, ArticleActor, CandidateMention, Mention
from articles.reading import fingerprint
from articles.vocabulary import Verdict


@transaction.atomic
def follow(article: Article, former: str) -> dict[Verdict, int]:
    """Save an article whose body was `former`, and move what stands in it; return how statements were found again."""
    describe(article)
    article.headings = [
        place for place, _ in moved(former, article.body, ((h, h + 1) for h in article.headings)) if place >= 0
    ]
    article.save()
    _move_mentions(article, former)
    trace(article)
    return reanchor(article)


def describe(article: Article) -> None:
    """Set what an article says of its own body: its length and its sketch."""
    article.words = len(fingerprint.words(article.body))
    article.sketch = list(fingerprint.sketch(article.body))


def _move_mentions(article: Article, former: str) -> None:
    """Anchor mentions in the new text; those whose name is gone go."""
    mentions = list(article.mentions.order_by("start", "end"))
    spans = moved(former, article.body, ((mention.start, mention.end) for mention in mentions))
    kept = [
        Mention(article=article, actor_id=mention.actor_id, start=start, end=end)
        for mention, (start, end) in zip(mentions, spans, strict=True)
        if start >= 0
    ]
    article.mentions.all().delete()
    Mention.objects.bulk_create(kept, ignore_conflicts=True)
    article.refresh_from_db(fields=["dated"])  # the database generates it
    ArticleActor.objects.recount(article)
    _move_candidates(article, former)


def _move_candidates(article: Article, former: str) -> None:
    mentions = list(article.candidate_mentions.order_by("start", "end"))
    spans = moved(former, article.body, ((mention.start, mention.end) for mention in mentions))
    article.candidate_mentions.all().delete()
    CandidateMention.objects.bulk_create(
        (
            CandidateMention(article=article, candidate_id=mention.candidate_id, start=start, end=end)
            for mention, (start, end) in zip(mentions, spans, strict=True)
            if start >= 0
        ),
        ignore_conflicts=True,
    )


def moved(before: str, after: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where `spans` of one text, in order, stand in the other; (-1, -1) for those that are gone.

    1. What stands before the first change stays, what stands after the last one shifts.
    2. What lies between is looked for there, each after the one before it.
    """
    head = common_start(before, after)
    tail = min(common_start(before[::-1], after[::-1]), min(len(before), len(after)) - head)
    shift, found, searched = len(after) - len(before), [], head
    for start, end in spans:
        # 1. untouched
        if end <= head:
            found.append((start, end))
            continue
        if start >= len(before) - tail:
            found.append((start + shift, end + shift))
            continue
        # 2. in the changed part
        place = after.find(before[start:end], max(searched - (end - start), 0), len(after) - tail + (end - start))
        found.append((place, place + end - start) if place >= 0 else (-1, -1))
        searched = place + 1 if place >= 0 else searched
    return found


def common_start(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
