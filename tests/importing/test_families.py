"""Families: which articles are versions of one work, in one language and in two."""

import os
import random

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.curation import families as curated
from articles.importing import families
from articles.importing.authority import FILE, actor_ids, load, names_for_reading
from articles.importing.store import store, store_new
from articles.models import Article, Kinship, Mention, Work
from articles.reading import authority, fingerprint, reader
from articles.reading.traces import features, traces
from articles.vocabulary import Relation, Review
from tests.factories import make_article, make_editor
from tests.importing.made_up import article_of, prose
from tests.importing.translations import OTHERS, PAIRS

pytestmark = pytest.mark.django_db
UNRELATED = int(os.environ.get("DIGEST_UNRELATED", "300"))


@pytest.fixture
def actors(db):
    load(authority.load(FILE))


def read(text, title=""):
    """Read a text as an import does, store it and look for its family."""
    reading = reader.read((f"{title}\n\n{text}" if title else text).encode(), names=names_for_reading())
    article = store_new([reading], actor_ids=actor_ids())[0]
    families.link(article)
    article.refresh_from_db()
    return article


def linked(body, **values):
    article = make_article(body=body, words=len(fingerprint.words(body)), **values)
    families.link(article)
    article.refresh_from_db()
    return article


def links():
    return {frozenset(pair) for pair in Kinship.objects.values_list("article", "other")}


def test_the_seed_pair_is_found_by_what_it_keeps(actors):
    one, other = (read((settings.BASE_DIR / "seeds" / name).read_text(errors="replace"))
                  for name in ("000_a848fae221ec05f6.txt", "001_c5a7fde4b53b8fcd.txt"))  # fmt: skip
    mine, theirs = fingerprint.shingles(one.body), fingerprint.shingles(other.body)
    assert len(mine & theirs) / len(mine | theirs) < 0.15
    link = Kinship.objects.get()
    assert (link.rule, link.status) == ("shingles", Review.SUGGESTED)
    assert 0.45 < link.confidence < 0.65 and link.evidence == {"shingles": link.confidence}
    one.refresh_from_db()
    assert one.work is not None and one.work == other.work


def test_a_reprint_is_found_under_another_title():
    text = prose(1)
    one = linked(text, title="Open the ports")
    other = linked(text, title="Opinion | A different headline")
    assert (one.pk, other.pk) == (Kinship.objects.get().other_id, Kinship.objects.get().article_id)
    assert other.relation == Relation.REPRINT and Kinship.objects.get().relation == Relation.REPRINT


def test_opinion_and_op_ed_are_one():
    text = prose(2)
    assert linked(text, title="Opinion | Open the ports").work is None
    assert linked(text, title="Op-Ed: Open the ports").work is not None


def test_one_title_over_two_texts_is_no_family():
    linked(prose(3), title="Open the ports")
    assert linked(prose(4), title="Open the ports").work is None
    assert not Kinship.objects.exists()


@pytest.mark.parametrize("excerpt_first", [True, False])
def test_a_tenth_of_a_long_text_is_its_excerpt(excerpt_first):
    text = prose(5, sentences=600)
    paragraphs = text.split("\n\n")
    part = "\n\n".join(paragraphs[40 : 40 + len(paragraphs) // 10])
    bodies = [part, text] if excerpt_first else [text, part]
    for body in bodies:
        linked(body)
    assert Kinship.objects.get().relation == Relation.EXCERPT
    assert {row.relation for row in Article.objects.all()} == {Relation.EXCERPT, Relation.ORIGINAL}


def test_what_many_articles_print_does_not_hide_the_family():
    chrome = prose(6, sentences=4)
    for number in range(150):
        body = f"{prose(100 + number)}\n\n{chrome}"
        Article.objects.create(slug=f"n{number}", language="en", body=body, sketch=list(fingerprint.sketch(body)))
    one = linked(f"{prose(7)}\n\n{chrome}")
    other = linked(f"{prose(7)}\n\n{chrome}", title="Another headline")
    assert links() == {frozenset({one.pk, other.pk})}


def test_texts_without_spaces_have_families_too():
    rng = random.Random(8)  # noqa: S311 - no secret
    text = "。\n\n".join("".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(40)) for _ in range(20))
    one, other = linked(text, language="zh"), linked(text[200:], language="zh")
    assert links() == {frozenset({one.pk, other.pk})}


def test_translations_are_found_and_nothing_else(actors):
    found = {}
    for number, (english, _) in enumerate(PAIRS):
        found[number, "en"] = read(english)
    others = [read(text) for _, text in OTHERS]
    for number, (_, indonesian) in enumerate(PAIRS):
        found[number, "id"] = read(indonesian)
    assert {article.language for article in found.values()} == {"en", "id"}
    assert links() == {frozenset({found[n, "en"].pk, found[n, "id"].pk}) for n in range(5)}
    assert all(len(link.evidence) >= 3 and link.relation == "translation" for link in Kinship.objects.all())
    for article in found.values():
        article.refresh_from_db()
    assert {row.relation for (_, language), row in found.items() if language == "id"} == {Relation.TRANSLATION}
    assert {row.relation for (_, language), row in found.items() if language == "en"} == {Relation.ORIGINAL}
    assert all(article.work is None for article in others)


def test_articles_stored_before_have_their_families_found_by_command(actors, capsys):
    for text in PAIRS[0]:
        read(text)
    Kinship.objects.all().delete()
    Article.objects.update(traces=[], work=None, relation="")
    call_command("find_families")
    assert "2 articles looked at, 1 link(s) found." in capsys.readouterr().out
    assert Kinship.objects.get().relation == Relation.TRANSLATION
    call_command("find_families")
    assert "0 articles" in capsys.readouterr().out


def test_no_false_family_among_unrelated_articles(actors):
    rows = [article_of(number) for number in range(UNRELATED)]
    keys = list(actor_ids().values())
    for number, (language, body, named) in enumerate(rows):
        mentions = [(keys[actor % len(keys)], start, start + 8) for actor, start in named]
        told = features(traces(body, mentions=mentions))
        article = Article.objects.create(slug=f"n{number}", language=language, body=body, traces=list(told),
                                         sketch=list(fingerprint.sketch(body)))  # fmt: skip
        Mention.objects.bulk_create(Mention(article=article, actor_id=a, start=s, end=e) for a, s, e in mentions)
        families.link(article)
    assert not list(Kinship.objects.values("confidence", "evidence", "article__body", "other__body"))


def test_a_rejected_link_is_remembered_when_the_text_comes_again(actors):
    user, text = make_editor(), prose(9)
    one, other = read(text, "Open the ports"), read(text, "Opinion | Open the ports")
    link = Kinship.objects.get()
    curated.reject(link, user)
    for article in (one, other):
        article.refresh_from_db()
    assert (one.work, other.work, one.relation, other.relation) == (None, None, "", "")
    assert not Work.objects.exists()
    reading = reader.read(f"Ports\n\n{text}\n\n{prose(10, sentences=3)}".encode(), names=names_for_reading())
    families.link(store(reading, actor_ids=actor_ids(), article=other))
    other.refresh_from_db()
    link.refresh_from_db()
    assert (link.status, link.decided_by, Kinship.objects.count(), other.work) == (Review.REJECTED, user, 1, None)


def test_a_third_version_holds_what_a_rejected_link_does_not():
    user, text = make_editor(), prose(11)
    one, other = linked(text), linked(text)
    third = linked(text)
    link = Kinship.objects.get(article=other, other=one)
    for peer in (one, other):
        Kinship.objects.get_or_create(article=third, other=peer, defaults={"relation": "reprint"})
    curated.reject(link, user)
    assert Article.objects.exclude(work=None).count() == 3
    curated.reject(Kinship.objects.get(article=third, other=one), user)
    one.refresh_from_db()
    assert one.work is None
    assert {row.relation for row in Article.objects.exclude(work=None)} == {Relation.ORIGINAL, Relation.REPRINT}
    assert Work.objects.count() == 1


def test_accepting_makes_one_of_two_works_and_reopening_joins_again():
    user = make_editor()
    one, other = linked(prose(12)), linked(prose(12))
    link = Kinship.objects.get()
    curated.reject(link, user)
    curated.reopen(link, user)
    one.refresh_from_db()
    assert one.work is not None and Kinship.objects.get().decided_at is None
    three, four = linked(prose(13)), linked(prose(13))
    between = Kinship.objects.create(article=three, other=other, relation="translation")
    curated.accept(between, user)
    assert {row.work_id for row in Article.objects.all()} == {one.work_id}
    assert Work.objects.count() == 1 and four.pk
