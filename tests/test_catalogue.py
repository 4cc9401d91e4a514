"""Answers from the catalogue: pages by place, counts as far as they go, words behind the gate, facets."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.http import QueryDict
from psycopg.errors import QueryCanceled

from articles import catalogue
from articles.catalogue import Count, Place, Turn, faceting, gate, limits
from articles.filters import ArticleFilter, ClaimFilter
from articles.models import Card, Claim
from articles.vocabulary import Dimension
from tests.factories import make_actor, make_article, make_claim, make_source

pytestmark = pytest.mark.django_db


def ask(question=""):
    return ArticleFilter(QueryDict(question), Card.objects.published())


def walk(question, size=2):
    """Return the ids of all pages forwards, and of all pages backwards from the last."""
    forwards, backwards, turn = [], [], Turn(size=size)
    while True:
        found = catalogue.find(ask(question), turn)
        forwards.append(found.ids)
        if found.next is None:
            break
        turn = Turn(after=found.next, size=size)
    while True:
        backwards.insert(0, found.ids)
        if found.previous is None:
            return forwards, backwards
        found = catalogue.find(ask(question), Turn(before=found.previous, size=size))


def dated(*days):
    """Make articles published so many days after the first of 2024; None: undated."""
    return [
        make_article(
            published=date(2024, 1, 1) + timedelta(days=day) if day is not None else None, body="Ships sail."
        ).pk
        for day in days
    ]


@pytest.mark.parametrize("words", ["", "q=ships"])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_follow_each_other_both_ways(words, sort):
    a, b, c, d, e = dated(3, 1, None, 1, None)
    newest = [a, d, b, e, c]
    oldest = [b, d, a, c, e]
    expected = newest if sort == "newest" else oldest
    forwards, backwards = walk(f"{words}&sort={sort}")
    assert [key for ids in forwards for key in ids] == expected
    assert [key for ids in backwards for key in ids] == expected
    assert [len(ids) for ids in forwards] == [2, 2, 1]


def test_a_place_that_is_gone_or_makes_no_sense_is_no_end():
    keys = dated(3, 2, 1)
    between = Turn(after=Place(date(2024, 1, 3), (0,)))
    assert catalogue.find(ask(), between).ids == keys[2:]
    for text in ("", "2024-01-99.5", "2024-01-01", "2024-01-01.x", "2024-01-01.1.2", "٢٠٢٤-01-01.5"):
        assert catalogue.place(text) is None
    assert str(catalogue.place("2024-01-01.5")) == "2024-01-01.5"


def test_an_undated_article_answers_no_question_that_ends_on_a_day():
    a, _ = dated(3, None)
    assert catalogue.find(ask("until=2025-01-01"), Turn()).ids == [a]


def test_counts_go_as_far_as_they_are_counted(monkeypatch):
    dated(1, 2, 3)
    assert catalogue.find(ask("q=ships"), Turn()).count == Count(3)
    monkeypatch.setattr(limits, "COUNTED", 2)
    assert catalogue.find(ask("q=ships"), Turn()).count == Count(2, more=True)
    assert catalogue.count(ask("since=2024-01-01")) == Count(2, more=True)
    assert catalogue.count(ask()) == Count(3)
    assert (str(Count(2_000, more=True)), str(Count(1_234))) == ("more than 2,000", "1,234")


def test_too_many_hits_are_walked_by_date_and_given_up_for_the_index_of_words(monkeypatch):
    keys = dated(1, 2, 3)
    monkeypatch.setattr(limits, "COUNTED", 2)
    assert catalogue.find(ask("q=ships"), Turn(size=2)).ids == keys[:0:-1]
    step = gate.step
    calls = []

    def impatient(*args, **kwargs):
        calls.append(args)
        if len(calls) == 1:
            raise OperationalError("canceling statement due to statement timeout") from QueryCanceled()
        return step(*args, **kwargs)

    monkeypatch.setattr(gate, "step", impatient)
    assert catalogue.find(ask("q=ships"), Turn(size=2)).ids == keys[:0:-1]
    assert len(calls) == 2


def test_a_server_that_died_is_not_taken_for_a_statement_given_up(monkeypatch):
    def dead(*args, **kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    for room, name, ask_it in (
        (faceting, "_tally", lambda: catalogue.facets(ask("q=ships"), Count(3), most=8)),
        (gate, "_gated", lambda: catalogue.find(ask("q=ships"), Turn())),
    ):
        monkeypatch.setattr(room, name, dead)
        with pytest.raises(OperationalError):
            ask_it()


def test_relevance_ranks_and_turns_pages_by_number():
    dated(1)
    best = make_article(title="Ships", body="Ships and ships and ships.").pk
    first = catalogue.find(ask("q=ships&sort=relevance"), Turn(size=1))
    assert (first.ids, first.numbers, first.ranked) == ([best], (0, 2), 0)
    assert catalogue.find(ask("q=ships&sort=relevance"), Turn(number=2, size=1)).numbers == (1, 0)


@pytest.mark.parametrize("words", ["", "q=ships&"])
def test_by_source_goes_by_its_name_and_within_it_newest_first(monkeypatch, words):
    kinds = [None, make_source("Zeit"), make_source("abc")]
    made = {
        (n, day): make_article(source=source, published=date(2024, 1, day), body="Ships sail.").pk
        for n, source in enumerate(kinds)
        for day in (1, 2)
    }
    wanted = [made[key] for key in ((2, 2), (2, 1), (1, 2), (1, 1), (0, 2), (0, 1))]
    pages = [catalogue.find(ask(f"{words}sort=source"), Turn(number=number, size=2)) for number in (1, 2, 3)]
    assert [key for page in pages for key in page.ids] == wanted
    assert [page.numbers for page in pages] == [(0, 2), (1, 3), (2, 0)] and pages[0].ranked == 0
    monkeypatch.setattr(limits, "COUNTED", 3)
    latest = catalogue.find(ask(f"{words}sort=source"), Turn(size=9))
    assert (set(latest.ids), latest.ranked) == ({made[n, 2] for n in range(3)}, 3)


def test_kept_facets_and_counted_ones_agree():
    korea, japan = make_actor("North Korea"), make_actor("Japan")
    for day in range(3):
        make_article(actors=[korea, japan] if day else [korea], published=date(2024, 1, 1 + day), body="Ships sail.")
    kept = catalogue.facets(ask(f"actor={korea.slug}"), Count(3), most=8)
    counted = catalogue.facets(ask(f"actor={korea.slug}&since=2000-01-01"), Count(3), most=8)
    assert kept.values == counted.values
    assert kept.values[Dimension.ACTOR] == [(str(korea.pk), 3), (str(japan.pk), 2)]
    assert catalogue.facets(ask("q=ships"), Count(3), most=8).values[Dimension.YEAR] == [("2024", 3)]


@pytest.mark.parametrize("often", [1, 100])
def test_two_actors_are_found_together_however_often_they_are(monkeypatch, often):
    monkeypatch.setattr(limits, "OFTEN", often)
    korea, japan = make_actor("North Korea"), make_actor("Japan")
    for day in range(6):
        make_article(actors=[korea, japan] if day % 2 else [korea], published=date(2024, 1, 1 + day))
    both = f"actor={korea.slug}&actor={japan.slug}"
    keys = list(Card.objects.filter(actor_ids__contains=[japan.pk]).newest_first().values_list("pk", flat=True))
    assert walk(both) == ([keys[:2], keys[2:]], [keys[:2], keys[2:]])
    assert walk(f"{both}&until=2024-01-04")[0] == [keys[1:]]
    assert catalogue.find(ask(both), Turn()).count == Count(3)


def test_of_more_than_are_counted_facets_say_that_they_are_a_sample_also_where_the_count_is_known(monkeypatch):
    monkeypatch.setattr(limits, "COUNTED", 2)
    monkeypatch.setattr(limits, "SAMPLED", 1)
    for day in range(3):
        make_claim(make_article(published=date(2024, 1, 1 + day), language="en" if day else "id"))
    question = ask("since=2000-01-01")
    found = catalogue.facets(question, Count(3), most=8)
    assert found.sampled == 1 and found.values[Dimension.LANGUAGE] == [("en", 1)]
    claims = ClaimFilter(QueryDict(), Claim.objects.public())
    kinds, looked_at = catalogue.statement_facets(claims, catalogue.count_statements(claims), most=8)
    assert looked_at == 1 and sum(n for _, n in kinds["kind"]) == 1


@pytest.mark.parametrize("review", ["", "&review=reviewed", "&review=open"])
def test_statements_of_an_actor_are_counted_by_review_as_they_are_listed(review):
    korea, article = make_actor("North Korea"), make_article(body="One thing. Two things. Three things.")
    for sentence, status in (("One thing.", "suggested"), ("Two things.", "accepted"), ("Three things.", "rejected")):
        make_claim(article, exact=sentence, actors=[korea], status=status)
    question = ClaimFilter(QueryDict(f"actor={korea.slug}{review}"), Claim.objects.public())
    found = catalogue.find_statements(question, Turn())
    assert found.count == Count(len(found.ids)) == Count(1 if review else 2)


def test_statements_turn_pages_in_the_order_of_their_text():
    korea = make_actor("North Korea")
    for day in (1, 2):
        article = make_article(published=date(2024, 1, day), body="One thing. Two things. Three things.")
        for sentence in ("One thing.", "Two things.", "Three things."):
            make_claim(article, exact=sentence, actors=[korea])
    for question in ("", f"actor={korea.slug}", "kind=factual"):
        quotes, turn = [], Turn(size=2)
        while turn is not None:
            filterset = ClaimFilter(QueryDict(question), Claim.objects.public())
            found = catalogue.find_statements(filterset, turn)
            rows = Claim.objects.in_bulk(found.ids)
            quotes += [(rows[key].article.published.day, rows[key].exact) for key in found.ids]
            turn = Turn(after=found.next, size=2) if found.next else None
        assert quotes == [(day, quote) for day in (2, 1) for quote in ("One thing.", "Two things.", "Three things.")]
        back = catalogue.find_statements(
            ClaimFilter(QueryDict(question), Claim.objects.public()), Turn(before=found.previous, size=2)
        )
        assert len(back.ids) == 2 and found.count == Count(6)
