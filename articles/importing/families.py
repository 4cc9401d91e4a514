"""Which articles are versions of one work: reprints, excerpts, rewordings, translations.

1. Candidates share part of their sketch with the newcomer, or part of its traces (one question to an index each,
   however many articles there are).
2. Texts in one language are compared word for word: the share of the shorter text's three-word shingles that stand in
   the longer. Texts in two languages are compared by what a translation keeps (see `articles.reading.traces`).
3. What is enough alike becomes a link with its evidence, which editors accept or reject, and the two become one work.
   A rejected link stays rejected. The same title is no proof, a different one no disproof.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction

from articles.models import Article, Kinship, Mention, Reference, Work
from articles.reading import fingerprint
from articles.reading.traces import Traces, agreement, features, traces
from articles.vocabulary import Relation, Review

# Unrelated op-eds on one subject share up to 0.05 of their shingles, a machine's rewording of one keeps 0.45.
SAME_WORK = 0.2
WORTH_COMPARING = 0.05  # of the shorter sketch; below it two texts of any length do not share SAME_WORK
VERBATIM = 0.8  # a reprint with another headline, a few cuts and other chrome keeps more than this
SHORTER = 0.7  # an excerpt has at most this share of the words
MOST_CANDIDATES = 20
MOST_ASKED = 128  # hashes of a text that the index is asked for; of a tenth of it, an excerpt, some 13
MOST_HOLDERS = 20  # articles that the index names for a hash: what more of them hold says little
RARE_TRACES = 3  # that a translation has in common with its original beside those that many articles hold
COMMON = 1000  # articles: by how many PostgreSQL's statistics say that a hash is held that is not worth asking for
KEPT = 300  # seconds for which these statistics are
READ = ("as_read", "evidence")  # long, and nothing that is compared
WORDS_COMPARED = "shingles"  # the rule of a link found by its words, and its kind of evidence
TRACES_COMPARED = "traces"  # the rule of a link found by what a translation keeps

_told: ContextVar[bool] = ContextVar("the planner is told to go by indexes", default=False)

# A hash weighs the more, the fewer articles hold it; common ones are cut short and weigh least.
CANDIDATES = """
SELECT id FROM unnest(%s::bigint[]) AS asked (hash) CROSS JOIN LATERAL (
    SELECT id, count(*) OVER () AS holders
    FROM (SELECT id FROM articles_article WHERE {column} @> ARRAY[asked.hash] LIMIT {holders}) AS held
) AS holder GROUP BY id HAVING count(*) FILTER (WHERE holders < {holders}) >= {rare}
ORDER BY sum(1.0 / holders) DESC, id LIMIT {most}
"""

# What is held by too many: an index finds it slowly, and it tells little.
COMMON_HASHES = """
SELECT s.most_common_elems::text::bigint[], s.most_common_elem_freqs, c.reltuples
FROM pg_stats s JOIN pg_namespace n ON n.nspname = s.schemaname
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
WHERE c.oid = 'articles_article'::regclass AND s.attname = %s AND s.most_common_elems IS NOT NULL
"""


def candidates(sketch: Sequence[int]) -> list[Article]:
    """Return the articles that share enough of a sketch to be compared, the most alike first."""
    rows = Article.objects.filter(pk__in=sharing("sketch", sketch)).order_by().values_list("pk", "sketch")
    shares = {key: fingerprint.containment(sketch, other) for key, other in rows}
    near = [key for key, share in shares.items() if share >= WORTH_COMPARING]
    found = Article.objects.defer(*READ).in_bulk(near) if near else {}
    return sorted(found.values(), key=lambda article: -shares[article.pk])


@dataclass(frozen=True, slots=True)
class Found:
    """Another version of an article's work: what the article is to it, found by which rule, how sure and why."""

    other: Article
    relation: Relation
    rule: str
    score: float
    evidence: dict[str, float]


def link(article: Article, *, new: bool = False) -> Article | None:
    """Link a stored article to the versions of its work, and join their work; return the closest, or None.

    `new`: nobody can have said anything of it yet.
    Links that editors decided on stay as they are, and so does a relation that is stated: an editor may have stated it.
    """
    found = find(article, () if new else _apart(article))
    for one in found:
        join(_keep(article, one))
    return found[0].other if found else None


def trace(article: Article) -> None:
    """Keep the traces of an article as it is stored: where its text was changed, or it came before there were any."""
    article.traces = list(features(_traces_of([article])[article.pk]))
    article.save(update_fields=["traces"])


def find(article: Article, apart: Collection[int] = ()) -> list[Found]:
    """Return the version most alike in its words and the likeliest translation; those in `apart` are left out."""
    left_out = {article.pk, *apart}
    with by_index():
        both = (_by_words(article, candidates(article.sketch), left_out), _by_traces(article, left_out))
    return [found for found in both if found]


def join(kinship: Kinship) -> None:
    """Make one work of two linked articles; two works are only made one where an editor accepted the link."""
    article, other = kinship.article, kinship.other
    if article.work and other.work and article.work_id != other.work_id:
        if kinship.status == Review.ACCEPTED:
            left = article.work
            for version in left.articles.lean():
                version.work = other.work
                version.save(update_fields=["work", "updated_at"])
            left.delete()
        return
    work = other.work or article.work or Work.objects.create()
    share = kinship.confidence
    for version, peer in ((article, other), (other, article)):
        version.work = work
        version.relation = version.relation or (
            _of_translation(version, peer)
            if kinship.relation == Relation.TRANSLATION
            else relation(version, peer, share)
        )
        version.save(update_fields=["work", "relation", "updated_at"])


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


def _by_words(article: Article, candidates: Sequence[Article], left_out: Collection[int]) -> Found | None:
    near = [
        other
        for other in candidates
        if other.pk not in left_out and fingerprint.containment(article.sketch, other.sketch) >= WORTH_COMPARING
    ]
    own = fingerprint.shingles(article.body) if near else set()
    alike = [(fingerprint.containment(own, fingerprint.shingles(other.body)), other) for other in near]
    share, closest = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    if closest is None or share < SAME_WORK:
        return None
    kind = relation(article, closest, share)
    if kind == Relation.ORIGINAL:
        kind = relation(closest, article, share)
    return Found(closest, kind, WORDS_COMPARED, share, {WORDS_COMPARED: round(share, 3)})


def _by_traces(article: Article, left_out: Collection[int]) -> Found | None:
    if not article.language:
        return None
    others = Article.objects.defer(*READ).exclude(language__in=("", article.language)).exclude(pk__in=left_out)
    found = others.in_bulk(sharing("traces", article.traces, RARE_TRACES))
    if not found:
        return None
    told = _traces_of([article, *found.values()])
    compared = [(agreement(told[article.pk], told[key]), row) for key, row in found.items()]
    likely = [(agreed, row) for agreed, row in compared if agreed.is_translation]
    if not likely:
        return None
    best, closest = max(likely, key=lambda pair: pair[0].score)
    return Found(closest, Relation.TRANSLATION, TRACES_COMPARED, best.score, best.shares)


def _keep(article: Article, found: Found) -> Kinship:
    """Return the link of two articles, made now if there is none; what was said of it stays."""
    held = Kinship.objects.of(article.pk).of(found.other.pk).select_related("article", "other").first()
    kinship = held or Kinship(article=article, other=found.other)
    if kinship.is_suggestion:
        kinship.relation, kinship.rule, kinship.evidence = found.relation, found.rule, found.evidence
        kinship.confidence = round(found.score, 3)
        kinship.save()
    return kinship


def _apart(article: Article) -> set[int]:
    """Return the articles of which an editor said that they are no versions of this one's work."""
    pairs = Kinship.objects.of(article.pk).filter(status=Review.REJECTED).values_list("article", "other")
    return {key for pair in pairs for key in pair} - {article.pk}


def sharing(column: str, hashes: Sequence[int], rare: int = 0) -> list[int]:
    """Return the keys of the articles that share most with these hashes, `rare` ones at least, the rarest first."""
    common = cache.get_or_set(f"common-{column}", lambda: _common(column), KEPT) or frozenset()
    asked = [one for one in hashes if one not in common][:MOST_ASKED]
    if not asked:
        return []
    query = CANDIDATES.format(column=column, holders=MOST_HOLDERS, most=MOST_CANDIDATES, rare=rare)
    with by_index(), connection.cursor() as cursor:
        cursor.execute(query, [asked])
        return [key for (key,) in cursor.fetchall()]


def _common(column: str) -> frozenset[int]:
    """Return the hashes that more than COMMON articles hold, as far as PostgreSQL's statistics know them."""
    with connection.cursor() as cursor:
        cursor.execute(COMMON_HASHES, [column])
        row = cursor.fetchone()
    # beside the frequency of each stand those of the rarest, of the commonest and of no element at all
    return (
        frozenset(one for one, share in zip(row[0], row[1], strict=False) if share * row[2] > COMMON)
        if row
        else frozenset()
    )


@contextmanager
def by_index() -> Iterator[None]:
    """Keep the planner from reading all articles for a hash of which it thinks that many hold it; once is enough."""
    if _told.get():
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        token = _told.set(True)
        try:
            yield
        finally:
            _told.reset(token)
        cursor.execute("SET LOCAL enable_seqscan = on")


def _traces_of(articles: list[Article]) -> dict[int, Traces]:
    """Return the traces of articles by their keys, in two queries."""
    keys = [article.pk for article in articles]
    mentions: dict[int, list[tuple[int, int, int]]] = {key: [] for key in keys}
    for key, *mention in Mention.objects.filter(article__in=keys).values_list("article", "actor", "start", "end"):
        mentions[key].append((mention[0], mention[1], mention[2]))
    addresses: dict[int, list[str]] = {key: [] for key in keys}
    for key, url in Reference.objects.filter(article__in=keys).values_list("article", "url"):
        addresses[key].append(url)
    return {
        one.pk: traces(one.body, mentions=sorted(mentions[one.pk], key=lambda m: m[1:]), addresses=addresses[one.pk])
        for one in articles
    }


def _of_translation(version: Article, peer: Article) -> Relation:
    return Relation.ORIGINAL if _precedes(version, peer) else Relation.TRANSLATION


def _precedes(version: Article, peer: Article) -> bool:
    if version.published and peer.published:
        return (version.published, version.pk) <= (peer.published, peer.pk)
    if version.published or peer.published:
        return bool(version.published)
    return not peer.truncated and version.pk <= peer.pk


def _is_longer(version: Article, peer: Article) -> bool:
    return peer.truncated or peer.words < version.words * SHORTER
