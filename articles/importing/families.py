"""Which articles are versions of one work: reprints, excerpts, rewordings.

1. Candidates share part of their sketch with the newcomer (one question to an index, however many articles there are).
2. Their texts are compared word for word: the share of the shorter text's three-word shingles that stand in the longer.
3. From `SAME_WORK` on they are one work. The same title is no proof, a different one no disproof.
"""

from articles.models import Article, Work
from articles.reading import fingerprint
from articles.vocabulary import Relation

# Unrelated op-eds on one subject share up to 0.05 of their shingles, a machine's rewording of one keeps 0.45.
SAME_WORK = 0.2
VERBATIM = 0.8  # a reprint with another headline, a few cuts and other chrome keeps more than this
SHORTER = 0.7  # an excerpt has at most this share of the words
MOST_CANDIDATES = 20


def candidates(sketch: tuple[int, ...]) -> list[Article]:
    """Return up to `MOST_CANDIDATES` articles that share part of a sketch, the most alike first."""
    if not sketch:
        return []
    found = Article.objects.filter(sketch__overlap=list(sketch))[: MOST_CANDIDATES * 5]
    alike = sorted(found, key=lambda article: -fingerprint.containment(sketch, tuple(article.sketch)))
    return alike[:MOST_CANDIDATES]


def join_family(article: Article, others: list[Article]) -> Article | None:
    """Join an article to the work of the version most alike among `others`; return that version, or None.

    A relation that is already stated is kept: an editor may have stated it.
    """
    alike = [(fingerprint.shared(article.body, other.body), other) for other in others if other.pk != article.pk]
    share, closest = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if closest is None or share < SAME_WORK:
        return None
    work = closest.work or Work.objects.create()
    for version, peer in ((article, closest), (closest, article)):
        version.work = work
        version.relation = version.relation or relation(version, peer, share)
        version.save(update_fields=["work", "relation", "updated_at"])
    return closest


def relation(version: Article, peer: Article, share: float) -> Relation:
    """Return what `version` is to the work it shares with `peer`; `share` of the shorter text stands in the longer.

    1. A text that breaks off, or holds only a part of its peer, is an excerpt.
    2. The one first known to be published is the original; a complete text is, beside its own excerpt.
    3. The same words are a reprint, others a rewording.
    """
    # 1. excerpts
    if version.truncated or (share >= VERBATIM and version.words < peer.words * SHORTER):
        return Relation.EXCERPT
    # 2. the original
    if _precedes(version, peer) or (share >= VERBATIM and _is_longer(version, peer)):
        return Relation.ORIGINAL
    # 3. the rest
    return Relation.REPRINT if share >= VERBATIM else Relation.REWORDING


def _precedes(version: Article, peer: Article) -> bool:
    if version.published and peer.published:
        return (version.published, version.pk) <= (peer.published, peer.pk)
    if version.published or peer.published:
        return bool(version.published)
    return not peer.truncated and version.pk <= peer.pk


def _is_longer(version: Article, peer: Article) -> bool:
    return peer.truncated or peer.words < version.words * SHORTER
