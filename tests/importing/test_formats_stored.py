"""Documents out of files of several: stored once, one by one, and nothing else lost when one is broken."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles.importing import run as run_module
from articles.importing.authority import FILE, load
from articles.importing.opening import hints_of, open_document, read_document
from articles.importing.run import Options, import_documents, on_record
from articles.importing.sources.files import find
from articles.models import Article, Claim, Coding, Document, ImportItem, ImportRun, Topic
from articles.reading import authority
from articles.vocabulary import Outcome
from tests.factories import make_actor
from tests.importing import made
from tests.reading.conftest import _names


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


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def test_an_archive_twice_changes_nothing(actors, tmp_path):
    inner = made.tarred({"b.jsonl": lines(made.numbered(1), "{broken", made.numbered(2))}, "w:gz")
    path = tmp_path / "a.zip"
    path.write_bytes(
        made.zipped({"a.txt": made.PLAIN, "in/b.tar.gz": inner, "../out.txt": made.PLAIN, "logo.png": b""})
    )
    first = [Outcome.CREATED, Outcome.CREATED, Outcome.FAILED, Outcome.CREATED, Outcome.FAILED]
    assert outcomes(path) == first
    assert outcomes(path) == [Outcome.UNCHANGED if one == Outcome.CREATED else one for one in first]
    failed = {
        item.location.removeprefix(f"{path}!"): item.reason
        for item in ImportItem.objects.filter(outcome=Outcome.FAILED)
    }
    assert failed["../out.txt"] == "its name leads out of the archive"
    assert "not valid JSON" in failed["in/b.tar.gz!b.jsonl#L2"]


def test_a_record_with_an_id_has_a_new_text_and_a_numbered_line_a_new_article(actors, tmp_path):
    path = tmp_path / "a.jsonl"
    one, nameless = made.numbered(1), {"text": made.TEXT}
    path.write_bytes(lines(one, nameless))
    assert outcomes(path) == [Outcome.CREATED, Outcome.CREATED]
    path.write_bytes(
        lines({"text": made.numbered(7)["text"]}, one | {"text": one["text"].replace("stands", "lies")}, nameless)
    )
    assert outcomes(path) == [Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED]


@pytest.mark.parametrize(("name", "raw"), [
    ("a.jsonl", lines(made.ROW)), ("a.pdf", made.op_ed_pdf()), ("a.docx", made.word()), ("a.eml", made.mail()),
    ("a.mhtml", made.mhtml()), ("a.rss", made.RSS.encode()), ("a.ris", made.RIS.encode()),
    ("a.bib", made.BIBTEX.encode()),
    ("a.warc.gz", made.warc({made.URL: made.PAGE.encode()})), ("a.txt", made.PLAIN.encode()),
])  # fmt: skip
def test_a_stored_document_is_read_again_as_it_was(name, raw, actors, tmp_path):
    (tmp_path / name).write_bytes(raw)
    outcomes(tmp_path / name)
    document = Document.objects.exclude(article=None).first()
    reading = read_document(open_document(bytes(document.raw), hints_of(document)), names=_names())
    article = document.article
    assert (reading.title, reading.body, reading.url or "") == (article.title, article.body, article.url)
    assert reading.media_type == document.media_type


def test_what_a_record_states_is_stored_with_its_evidence(actors, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines(made.ROW))
    outcomes(tmp_path)
    article = Article.objects.get()
    assert (article.source.name, article.url, str(article.published)) == (made.SOURCE, made.URL, made.DAY)
    assert {field: article.evidence[field][0]["rule"] for field in ("title", "authors", "source", "published")} == {
        "title": "record.title", "authors": "record.authors", "source": "record.source",
        "published": "record.published",
    }  # fmt: skip


def test_coded_statements_are_claims_and_codings_once(actors, tmp_path):
    path = made.dna(tmp_path / "a.dna")
    assert outcomes(path) == [Outcome.CREATED]
    claims = Claim.objects.filter(rule="dna").order_by("start")
    asked = "Thailand has asked for a common plan twice and received no answer."
    assert [(one.exact, one.claimant_text, str(one.claimant or ""), one.status, one.origin) for one in claims] == [
        (asked, "Somchai Prasert, Thailand", "Thailand", "accepted", "person"),
        ("A common plan costs little.", "", "", "accepted", "person"),
    ]  # fmt: skip
    assert [claim.article.body[claim.start : claim.end] == claim.exact for claim in claims] == [True, True]
    assert Topic.objects.get().name == "Common plan"
    assert sorted(Coding.objects.values_list("stance", flat=True)) == ["opposes", "supports"]
    Document.objects.update(article=None)  # as after a kill between accession and storing
    outcomes(path)
    assert (Claim.objects.filter(rule="dna").count(), Coding.objects.count()) == (2, 2)


def test_an_actor_of_two_is_nobody(actors, tmp_path):
    make_actor("Somchai Prasert", "person")
    make_actor("Somchai Prasert", "person")
    outcomes(made.dna(tmp_path / "a.dna"))
    assert str(Claim.objects.filter(rule="dna").order_by("start")[0].claimant) == "Thailand"


def test_documents_are_taken_a_batch_at_a_time(actors, tmp_path, monkeypatch):
    """Nothing is read ahead: a batch is stored before the next is asked for."""
    monkeypatch.setattr(run_module, "BATCH", 1)
    (tmp_path / "a.jsonl").write_bytes(lines(*map(made.numbered, range(3))))
    asked = []

    def watched():
        for one in find([str(tmp_path)]):
            asked.append(Article.objects.count())
            yield one

    with on_record([str(tmp_path)]) as run:
        for _ in import_documents(watched(), Options(), run=run):
            pass
    assert asked == [0, 1, 2]


def test_a_mapping_is_asked_for_and_refused_as_bad_usage(actors, tmp_path):
    (tmp_path / "a.csv").write_text(f'kop,tekst\n"{made.TITLE}","{made.TEXT}"\n')
    (tmp_path / "m.json").write_text('{"title": "kop", "text": "tekst"}')
    assert outcomes(tmp_path / "a.csv", mapping=str(tmp_path / "m.json")) == [Outcome.CREATED]
    assert Article.objects.get().title == made.TITLE
    (tmp_path / "m.json").write_text('{"kop": "title"}')
    with pytest.raises(CommandError, match="a mapping has no field 'kop'") as error:
        outcomes(tmp_path / "a.csv", mapping=str(tmp_path / "m.json"))
    assert error.value.returncode == 2
