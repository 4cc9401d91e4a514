"""Documents in: outcomes, record, resumption, families."""

import json
import os

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.curation import candidates as curated
from articles.importing.authority import FILE, load
from articles.importing.store import store, store_new
from articles.models import (
    Actor,
    Article,
    Candidate,
    Claim,
    Document,
    ImportItem,
    ImportRun,
    PolicyRecommendation,
    Work,
)
from articles.reading import authority
from articles.reading.types import Candidate as ReadCandidate
from articles.reading.types import Evidence, Reading, Span
from articles.vocabulary import ActorKind, Outcome
from tests.factories import make_editor

SEEDS = settings.BASE_DIR / "seeds"
PARAGRAPHS = [
    "The river has risen for nine days, and the towns along its lower course have begun to empty. "
    "Nobody in the ministry has said who will pay for the boats that carry the people away.",
    "Vietnam should open the northern sluices before the rains return, because the dams cannot hold "
    "another season like this one. Thailand has asked for a common plan twice and received no answer.",
    "A common plan costs little. The delay has already cost both countries a harvest, and it will cost "
    "them a second one if the commission meets only in spring.",
]
OP_ED = "Who pays for the boats?\n\nBy Linh Tran\n\n14 March 2023\n\n" + "\n\n".join(PARAGRAPHS) + "\n"


def outcomes(*paths, **options):
    """Import and return the outcome of each document."""
    try:
        call_command("import_articles", *map(str, paths), **{"verbosity": 0, **options})
    except SystemExit as stop:
        assert stop.code == 1
    return [item.outcome for item in ImportRun.objects.first().items.all()]


@pytest.fixture
def actors(db):
    load(authority.load(FILE))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(OP_ED, encoding="utf-8")
    return tmp_path


def test_the_seeds_twice(actors):
    assert outcomes(SEEDS, publish=True) == [Outcome.CREATED] * 5
    rows = {model: list(model.objects.order_by("pk").values()) for model in (Article, Claim, PolicyRecommendation)}
    assert outcomes(SEEDS, publish=True) == [Outcome.UNCHANGED] * 5
    assert rows == {model: list(model.objects.order_by("pk").values()) for model in rows}
    assert Article.objects.published().count() == 5


def test_two_versions_of_an_op_ed_are_one_work(actors):
    outcomes(SEEDS)
    (work,) = Work.objects.all()
    assert {
        article.documents.get().location.rsplit("/", 1)[1][:3]: article.relation for article in work.articles.all()
    } == {
        "000": "rewording",
        "001": "excerpt",
    }


def test_what_is_read_is_stored(actors, folder):
    outcomes(folder)
    article = Article.objects.get()
    assert article.title == "Who pays for the boats?"
    assert [byline.name for byline in article.bylines.all()] == ["Linh Tran"]
    assert (str(article.published), article.published_provenance) == ("2023-03-14", "printed")
    assert article.body == "\n\n".join(PARAGRAPHS)
    told = article.recommendations.get()
    assert [actor.name for actor in told.addressees.all()] == ["Vietnam"]
    assert article.body[told.start : told.end] == told.exact
    assert {"Vietnam", "Thailand"} <= {row.actor.name for row in article.article_actors.all()}
    assert article.status == "inbox"


def test_one_broken_document_stops_no_other_and_says_why(actors, folder):
    (folder / "b.txt").write_bytes(b"An op-ed \xff\x00\x81 that is none")
    (folder / "c.txt").write_bytes(b"")
    (folder / "d.txt").write_text(OP_ED.replace("boats", "rafts").replace("river", "sea"), encoding="utf-16")
    assert outcomes(folder) == [Outcome.CREATED, Outcome.FAILED, Outcome.FAILED, Outcome.CREATED]
    broken = ImportItem.objects.filter(outcome=Outcome.FAILED)
    assert all(item.reason and item.document and not item.article for item in broken)
    assert bytes(Document.objects.get(items__location__endswith="b.txt").raw).startswith(b"An op-ed \xff")
    assert outcomes(folder) == [Outcome.UNCHANGED, Outcome.FAILED, Outcome.FAILED, Outcome.UNCHANGED]


def test_an_unreadable_file_is_on_record(actors, folder):
    (folder / "gone.txt").symlink_to(folder / "a.txt")
    documents = [str(folder / "a.txt"), str(folder / "gone.txt")]
    assert outcomes(*documents) == [Outcome.CREATED, Outcome.DUPLICATE]


def test_the_same_text_in_other_bytes_is_a_duplicate(actors, folder):
    (folder / "b.txt").write_bytes(b"\xef\xbb\xbf" + OP_ED.replace("\n", "\r\n").encode())
    assert outcomes(folder) == [Outcome.CREATED, Outcome.DUPLICATE]
    assert Article.objects.get().documents.count() == 2


def test_a_changed_file_is_a_new_text_of_its_article_and_decisions_stay(actors, folder):
    outcomes(folder)
    article = Article.objects.get()
    decisions = list(article.recommendations.all())
    for told in decisions:
        told.status, told.decided_at = "accepted", "2024-01-01T00:00Z"
        told.save()
    article.title = "An editor's title"
    article.save()
    (folder / "a.txt").write_text(OP_ED.replace("nine days", "ten long days").replace("14 March", "15 March"))
    assert outcomes(folder) == [Outcome.UPDATED]
    article.refresh_from_db()
    assert "ten long days" in article.body
    assert article.title == "An editor's title"
    assert str(article.published) == "2023-03-15"
    (told,) = article.recommendations.all()
    assert (told.pk, told.status, told.verdict) == (decisions[0].pk, "accepted", "moved")
    assert article.body[told.start : told.end] == told.exact
    assert article.documents.count() == 2


def test_a_rejected_suggestion_is_not_offered_again(actors, folder):
    outcomes(folder)
    PolicyRecommendation.objects.update(status="rejected", decided_at="2024-01-01T00:00Z")
    (folder / "a.txt").write_text(OP_ED.replace("nine days", "ten days"))
    outcomes(folder)
    assert [told.status for told in PolicyRecommendation.objects.all()] == ["rejected"]


def test_what_a_person_suggested_waits_on_when_the_text_is_read_again(actors, folder):
    outcomes(folder)
    PolicyRecommendation.objects.update(origin="person", rule="")
    told = PolicyRecommendation.objects.get()
    (folder / "a.txt").write_text(OP_ED.replace("nine days", "ten days"))
    outcomes(folder)
    assert PolicyRecommendation.objects.get() == told


def test_a_dry_run_writes_nothing(actors, folder, capsys):
    call_command("import_articles", str(folder), dry_run=True, format="jsonl")
    (line,) = capsys.readouterr().out.splitlines()
    read = json.loads(line)
    assert read["document"] == "a.txt"
    assert read["recommendations"][0]["addressees"] == ["Vietnam"]
    assert not Document.objects.exists()
    assert not ImportRun.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_takes_the_authority_file_where_no_actor_is_held(folder, capsys):
    assert not Actor.objects.exists()
    call_command("import_articles", str(folder), dry_run=True, format="jsonl")
    assert "Vietnam" in {actor["name"] for actor in json.loads(capsys.readouterr().out)["actors"]}


def test_hints_fill_what_is_not_printed(actors, folder):
    outcomes(folder, source="The River Gazette", language="en")
    article = Article.objects.get()
    assert (article.source.name, article.language) == ("The River Gazette", "en")


def test_a_limit_and_what_folders_hold_beside_documents(actors, folder):
    (folder / "README.md").write_text("no op-ed")
    (folder / ".hidden.txt").write_text("no op-ed")
    (folder / "deep").mkdir()
    (folder / "deep" / "b.txt").write_text(OP_ED.replace("river", "lake"))
    assert outcomes(folder, limit=1) == [Outcome.CREATED]
    assert outcomes(folder) == [Outcome.UNCHANGED, Outcome.CREATED]


def test_a_file_name_that_is_no_text_is_written_with_its_bytes(actors, folder):
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text(OP_ED.replace("river", "lake"))
    assert outcomes(folder) == [Outcome.CREATED, Outcome.CREATED]
    assert ImportItem.objects.filter(location__endswith=r"\xff\xfe.txt").exists()


@pytest.mark.django_db
def test_bad_usage():
    with pytest.raises(CommandError, match="no such file or folder") as error:
        call_command("import_articles", "/nowhere/at/all")
    assert error.value.returncode == 2
    for option in ("--limit=0", "--limit=many", "--language=klingonish", "--format=xml"):
        with pytest.raises(CommandError, match=option.split("=")[0]):
            call_command("import_articles", ".", option)


def test_what_no_field_can_hold_is_cut_and_nothing_else_is_lost(actors, folder):
    long = "Institute of " + "Very " * 200 + "Applied Studies"
    (folder / "a.txt").write_text(OP_ED.replace("By Linh Tran", f"By Linh Tran, {long}"))
    assert outcomes(folder) == [Outcome.CREATED]


def read_of(body, **values):
    """Return a reading of this text in which the reader proposed and heard what is given."""
    plain = {
        "title": "A port", "authors": (), "source": None, "via": None, "url": None, "published": None,
        "published_not_before": None, "language": "en", "headings": (), "truncated": False, "references": (),
    }  # fmt: skip
    return Reading(body=body, **plain, **values)


def commission(body, name="Harbour Commission"):
    start = body.index(name)
    return ReadCandidate(name, ActorKind.ORGANISATION, "en.head_noun", (Span(start, start + len(name)),))


def test_whom_nobody_knows_is_proposed_once_and_not_again_once_rejected(db):
    body = "The Harbour Commission sleeps."
    first = store_new([read_of(body, candidates=(commission(body),))], actor_ids={})[0]
    longer = "At night the harbour commission sleeps."
    second = store_new([read_of(longer, candidates=(commission(longer, "harbour commission"),))], actor_ids={})[0]
    candidate = Candidate.objects.get()
    assert [m.article for m in candidate.mentions.all()] == [first, second]
    assert not Actor.objects.exists()
    curated.reject(Candidate.objects.all(), make_editor())
    store(read_of(body, candidates=(commission(body),)), actor_ids={}, article=first)
    assert Candidate.objects.get().mentions.count() == 1  # that of the second article, as it was


def test_a_proposal_that_a_new_text_does_not_name_goes(db):
    body = "The Harbour Commission sleeps."
    article = store_new([read_of(body, candidates=(commission(body),))], actor_ids={})[0]
    store(read_of("The harbour sleeps."), actor_ids={}, article=article)
    assert not Candidate.objects.exists()


def test_what_the_witnesses_said_is_kept(db):
    heard = (Evidence("A port", "text.title", "A PORT", 3), Evidence("A port | Site", "html.title"))
    article = store_new([read_of("The harbour sleeps.", evidence={"title": heard})], actor_ids={})[0]
    article.refresh_from_db()
    assert article.evidence["title"] == [
        {"value": "A port", "rule": "text.title", "text": "A PORT", "line": 3},
        {"value": "A port | Site", "rule": "html.title", "text": "", "line": None},
    ]
