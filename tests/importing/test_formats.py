"""Each kind of file: read in a made file, and a broken one refused with a sentence."""

import json
import random

import pytest

from articles.importing.opening import open_document, read_document
from articles.importing.sources import kinds, records
from articles.importing.sources.files import find
from articles.reading.types import Hints, UnreadableDocument
from tests.importing import made
from tests.reading.conftest import _names

ALL = {
    "a.txt": made.PLAIN.encode(),
    "a.md": f"---\ntitle: {made.TITLE}\nauthor: {made.AUTHOR}\ndate: {made.DAY}\n---\n\n{made.TEXT}\n".encode(),
    "a.html": made.PAGE.encode(),
    "a.mhtml": made.mhtml(),
    "a.eml": made.mail(),
    "a.docx": made.word(),
    "a.jsonl": json.dumps(made.ROW).encode() + b"\n",
    "a.json": json.dumps([made.ROW]).encode(),
    "a.csv": (",".join(made.ROW) + "\n" + ",".join(f'"{value}"' for value in made.ROW.values())).encode(),
    "a.tsv": ("\t".join(made.ROW) + "\n" + "\t".join(f'"{value}"' for value in made.ROW.values())).encode("cp1252"),
    "a.rss": made.RSS.encode(),
    "a.atom": made.ATOM.encode(),
    "feed.json": made.JSON_FEED.encode(),
    "a.ris": made.RIS.encode(),
    "a.bib": made.BIBTEX.encode(),
    "csl.json": made.CSL.encode(),
    "a.warc.gz": made.warc({made.URL: made.PAGE.encode()}),
    "a.zip": made.zipped({"in/a.html": made.PAGE, "in/logo.png": b"\x89PNG"}),
    "a.tar.gz": made.tarred({"in/a.html": made.PAGE.encode()}, "w:gz"),
    "a.tar.xz": made.tarred({"a.jsonl.bz2": made.PACKERS[".bz2"](json.dumps(made.ROW).encode())}, "w:xz"),
}
STATED = ("title", "authors", "published", "source", "url")  # what records, entries and feeds state


def read(incoming, **known):
    hints = Hints(name=incoming.name, media_type=incoming.media_type or None, **known)
    return read_document(open_document(incoming.fetch(), hints), names=_names())


def found(tmp_path, name, raw, **options):
    path = tmp_path / name
    path.write_bytes(raw)
    return list(find([str(path)], **options))


def reasons(documents):
    """What is wrong with documents, in order; empty for those that are read."""
    out = []
    for one in documents:
        try:
            read(one)
            out.append("")
        except (UnreadableDocument, OSError) as error:
            out.append(str(error))
    return out


@pytest.mark.parametrize("name", ALL)
def test_every_kind_is_read(name, tmp_path):
    reading = read(found(tmp_path, name, ALL[name])[0])
    assert reading.title == made.TITLE
    assert reading.authors[0].name == made.AUTHOR
    assert [part in reading.body.replace("\n\n", " ") for part in made.PARAGRAPHS] == [True] * 3
    if name.split(".")[-1] not in {"mhtml", "docx", "html", "gz", "zip"}:
        assert reading.published.iso() == made.DAY
    assert reading.language == "en"


@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.json", "a.csv", "a.rss", "a.atom", "feed.json", "a.ris", "a.bib", "csl.json"]
)
def test_what_a_record_states_is_believed_and_says_where_it_stood(name, tmp_path):
    reading = read(found(tmp_path, name, ALL[name])[0])
    rule = "feed" if name in {"a.rss", "a.atom", "feed.json"} else "record"
    assert (reading.source, reading.url) == (made.SOURCE, made.URL)
    assert {field: reading.evidence[field][0].rule for field in STATED} == {
        field: f"{rule}.{field}" for field in STATED
    }
    assert reading.published.provenance == ("feed" if rule == "feed" else "printed")


@pytest.mark.parametrize("name", ALL)
def test_a_document_is_read_again_from_its_bytes_alone(name, tmp_path):
    one = found(tmp_path, name, ALL[name])[0]
    first = read(one)
    again = read_document(open_document(one.fetch(), Hints(media_type=first.media_type)), names=_names())
    assert (again.title, again.authors, again.published, again.body) == (
        first.title, first.authors, first.published, first.body,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "location"), [
    ("a.zip", "a.zip!in/a.html"), ("a.tar.gz", "a.tar.gz!in/a.html"), ("a.warc.gz", f"a.warc.gz!{made.URL}"),
    ("a.jsonl", f"a.jsonl#{made.URL}"), ("a.bib", "a.bib#tran2023"), ("csl.json", "csl.json#tran"),
    ("a.tar.xz", f"a.tar.xz!a.jsonl.bz2#{made.URL}"), ("a.rss", f"a.rss#{made.URL}"),
])  # fmt: skip
def test_a_location_says_where_it_lies(name, location, tmp_path):
    one = found(tmp_path, name, ALL[name])[0]
    assert one.location == f"{tmp_path.resolve()}/{location}"
    assert one.is_a_place


def test_a_line_without_an_id_is_located_by_its_number_and_is_no_place(tmp_path):
    rows = [made.numbered(1), {"text": made.TEXT}]
    one, other = found(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)).encode())
    assert one.location.endswith("a.jsonl#n1")
    assert one.is_a_place
    assert other.location.endswith("a.jsonl#L2")
    assert not other.is_a_place
    assert other.fetch() == json.dumps(rows[1]).encode()


BROKEN = {
    "a.pdf": (b"%PDF-1.4\nnothing", "a broken PDF"),
    "b.pdf": (b"GIF89a", "no PDF, whatever its name"),
    "a.docx": (made.word()[:3000], "a broken Word document"),
    "b.docx": (made.zipped({"[Content_Types].xml": "<a/>", "ppt/a.xml": "<a/>"}), "no Word document"),
    "a.eml": (b"From: a\nDate: b\nSubject: c\nMIME-Version: 1.0\n\n", "an e-mail without text"),
    "a.mhtml": (b"From: <Saved by Blink>\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "without a page"),
    "a.jsonl": (b'{"text": "torn\n', "not valid JSON"),
    "b.jsonl": (b"[1]\n", "no JSON object"),
    "c.jsonl": (b'{"text": ' + b"[" * 200_000 + b"\n", "nested too deep"),
    "d.jsonl": (b'{"text": "\xff\xfe"}\n', "not valid UTF-8 at byte offset"),
    "a.json": (b'{"text": ', "not valid JSON"),
    "a.csv": (b"x,y\n1,2\n", "no column of a known name"),
    "b.csv": ("title,text\n".encode("utf-16"), "UTF-16"),
    "c.csv": (made.MEDIA_CLOUD.encode(), f"the record holds no text, only where one is ({made.URL})"),
    "a.rss": (b"<rss><channel>", "a broken feed file: "),
    "a.xml": (b"<book/>", "no feed"),
    "a.ris": (b"TY  - NEWS\nTI  - Never ends\n", "it never ends"),
    "b.ris": (b"TI  - no beginning", "holds no documents"),
    "a.bib": (b"@article{a,\n title = {never closed\n", "no BibTeX entry"),
    "a.warc": (b"WARC/1.0\r\ngarbage", "holds no documents"),
    "a.zip": (made.zipped({"a.txt": made.PLAIN})[:-30], "a broken zip file"),
    "b.zip": (made.zipped({"logo.png": b""}), "holds no documents"),
    "a.tar": (made.tarred({"a.txt": made.PLAIN.encode()})[:300], "a broken tar file"),
    "a.gz": (made.PACKERS[".gz"](made.PLAIN.encode())[:-200], "a broken compressed file"),
    "b.gz": (b"no gzip", "neither gzip nor bzip2 nor xz"),
    "a.dna": (b"SQLite format 3\x00" + bytes(200), "no database of Discourse Network Analyzer"),
    "a.mbox": (b"no mail", "holds no documents"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_a_sentence(name, tmp_path):
    raw, sentence = BROKEN[name]
    (reason,) = reasons(found(tmp_path, name, raw))
    assert sentence in reason


MUTABLE = [name for name in ALL if name not in {"a.txt", "a.md"}]


@pytest.mark.parametrize("name", [*MUTABLE, "a.pdf", "a.dna"])
def test_whatever_is_torn_or_turned_in_a_file_ends_in_a_reading_or_a_sentence(name, tmp_path):
    dice = random.Random(name)  # noqa: S311 - damage, no secret
    raw = made.op_ed_pdf() if name == "a.pdf" else ALL.get(name) or made.dna(tmp_path / "whole.dna").read_bytes()
    for _ in range(4 if name == "a.pdf" else 12):
        torn = bytearray(raw[: dice.randrange(len(raw))] if dice.random() < 0.3 else raw)
        for _ in range(dice.choice([1, 5, 50])):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        assert all(isinstance(reason, str) for reason in reasons(found(tmp_path, name, bytes(torn))))


def test_halves_of_characters_and_control_characters_are_left_out(tmp_path):
    row = {"id": "a\ud800\0b", "title": "A \0 port\udfff", "text": made.TEXT}
    (one,) = found(tmp_path, "a.jsonl", json.dumps(row).encode())
    assert one.location.endswith(r"#a\ud800\x00b")
    assert read(one).title == "A port"


def test_a_table_in_windows_1252_is_read(tmp_path):
    raw = f"title;text\nÜber Häfen;{made.PARAGRAPHS[0]}\n".encode("cp1252")
    assert read(found(tmp_path, "a.csv", raw)[0]).title == "Über Häfen"


def test_a_mail_that_is_a_page_is_read_as_one(tmp_path):
    raw = made.mail("See the page in your browser.", page=made.PAGE)
    reading = read(found(tmp_path, "a.eml", raw)[0])
    assert (reading.title, reading.body) == (made.TITLE, made.TEXT)


def test_a_word_files_headings_links_and_notes_are_read(tmp_path):
    reading = read(found(tmp_path, "a.docx", made.word())[0])
    assert [reading.body[one.start : one.end] for one in reading.headings] == ["A common plan"]
    assert (reading.published.iso(), reading.authors[0].name) == (made.DAY, made.AUTHOR)


def test_a_title_that_the_text_repeats_is_no_part_of_the_body(tmp_path):
    row = {"title": made.TITLE, "text": f"{made.TITLE}\n\nBy {made.AUTHOR}\n\n{made.TEXT}"}
    reading = read(found(tmp_path, "a.jsonl", json.dumps(row).encode())[0])
    assert (reading.title, reading.body) == (made.TITLE, made.TEXT)


def test_a_short_abstract_is_enough(tmp_path):
    row = {"title": "A port", "abstract": "The ministry of ports says that nobody will pay for the boats this year."}
    reading = read(found(tmp_path, "a.jsonl", json.dumps(row).encode())[0])
    assert (reading.body, reading.truncated) == (row["abstract"], True)


@pytest.mark.parametrize(("value", "iso"), [
    ("2023-03-14", "2023-03-14"), ("2023-03", "2023-03"), ("2023", "2023"), ("20230314", "2023-03-14"),
    (1678752000, "2023-03-14T00:00:00+00:00"), (1678752000000, "2023-03-14T00:00:00+00:00"),
    ("Tue, 14 Mar 2023 23:30:00 -0800", "2023-03-14"), ("14 March 2023", "2023-03-14"), ("soon", ""), (None, ""),
    (True, ""),
    ({"date-parts": [[2023, 3]]}, "2023-03"), ({"raw": "March 2023"}, "2023-03"), ({}, ""), ([2023], ""),
])  # fmt: skip
def test_moments_of_every_kind(value, iso):
    assert records.moment(value) == iso


@pytest.mark.parametrize(("value", "names"), [
    ("Jane Roe", ["Jane Roe"]), ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]), ("Roe, Jane", ["Jane Roe"]),
    ("Roe, Jane; Doe, John", ["Jane Roe", "John Doe"]), (["Jane Roe", {"name": "John Doe"}], ["Jane Roe", "John Doe"]),
    ({"family": "Roe", "given": "Jane"}, ["Jane Roe"]), ("", []), (None, []), ([], []), (3, ["3"]),
])  # fmt: skip
def test_authors_of_every_kind(value, names):
    assert records.authors(value) == names


def test_a_file_is_known_by_its_bytes_before_its_name(tmp_path):
    assert read(found(tmp_path, "letter.txt", made.op_ed_pdf())[0]).media_type == "application/pdf"
    assert read(found(tmp_path, "page.json", made.PAGE.encode())[0]).media_type == "text/html"
    assert len(found(tmp_path, "wrong.csv", made.RIS.encode())) == 2


def test_a_folder_is_searched_for_every_kind(tmp_path):
    for name in [*ALL, "README.md", ".hidden.txt", "logo.png", "notes.toml"]:
        (tmp_path / name).write_bytes(ALL.get(name, made.PLAIN.encode()))
    names = {
        one.location.removeprefix(f"{tmp_path.resolve()}/").split("#")[0].split("!")[0] for one in find([str(tmp_path)])
    }
    assert names == set(ALL)


def test_a_mapping_names_columns_and_travels_with_the_record(tmp_path):
    row = {"Überschrift": made.TITLE, "Wer": made.AUTHOR, "Inhalt": {"lang": made.TEXT}, "text": "not this"}
    (tmp_path / "m.toml").write_text('title = "Überschrift"\nauthors = ["Wer"]\ntext = "inhalt.lang"\n')
    columns = records.mapping(str(tmp_path / "m.toml"))
    (one,) = found(tmp_path, "a.jsonl", json.dumps(row).encode(), columns=columns)
    reading = read(one)
    assert (reading.title, reading.authors[0].name) == (made.TITLE, made.AUTHOR)
    assert reading.body == made.TEXT
    again = read_document(open_document(one.fetch(), Hints(media_type=one.media_type)), names=_names())
    assert again.body == reading.body


@pytest.mark.parametrize(("text", "sentence"), [
    ("[]", "a mapping names"), ('{"headline": "x"}', "no field 'headline'"), ('{"title": 3}', "neither a column"),
    ("{", "line 1"),
])  # fmt: skip
def test_a_mapping_that_is_none_is_refused(text, sentence, tmp_path):
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(ValueError, match=sentence):
        records.mapping(str(tmp_path / "m.json"))


def test_a_mapping_names_a_column_that_is_not_there(tmp_path):
    documents = found(tmp_path, "a.csv", b"title,text\na,b\n", columns={"title": ("headline",)})
    assert "no column 'headline'; there are title, text" in reasons(documents)[0]


def test_an_abstract_is_an_excerpt_and_an_entry_without_one_is_refused(tmp_path):
    for name in ("a.ris", "a.bib", "csl.json"):
        whole, none = found(tmp_path, name, ALL[name])
        assert read(whole).truncated
        assert "holds no text" in reasons([none])[0]


def test_a_name_in_latex_is_read(tmp_path):
    assert [one.name for one in read(found(tmp_path, "a.bib", made.BIBTEX.encode())[0]).authors] == [
        "Linh Tran",
        "Karl Müller",
    ]


def test_a_feeds_summary_is_a_beginning(tmp_path):
    whole, begun = map(read, found(tmp_path, "a.rss", made.RSS.encode()))
    assert (whole.truncated, begun.truncated) == (False, True)


def test_a_pdf_is_mended(tmp_path):
    reading = read(found(tmp_path, "a.pdf", made.op_ed_pdf())[0])
    assert (reading.title, reading.authors[0].name, reading.published.iso()) == (made.TITLE, made.AUTHOR, made.DAY)
    assert reading.body.split("\n\n")[:3] == made.PARAGRAPHS
    assert "Harbour Post" not in reading.body


def test_a_scan_and_a_locked_pdf_are_refused_with_a_sentence(tmp_path):
    assert "no text layer" in reasons(found(tmp_path, "a.pdf", made.pdf([[]])))[0]
    assert reasons(found(tmp_path, "b.pdf", made.locked_pdf())) == ["is locked with a password"]


def test_a_forwarded_mail_is_its_first_authors(tmp_path):
    inner = (
        "FYI\n\n---------- Forwarded message ---------\n"
        "From: Linh Tran <linh@harbour.example>\nDate: Tue, 14 Mar 2023 08:00:00 +0700\n"
        f"Subject: {made.TITLE}\nTo: Desk <desk@digest.example>\n\n\n{made.TEXT}\n"
    )
    raw = made.mail(inner, subject=f"Fwd: {made.TITLE}", sender="Ed Itor <ed@digest.example>")
    reading = read(found(tmp_path, "a.eml", raw)[0])
    assert (reading.title, [one.name for one in reading.authors], reading.published.iso()) == (
        made.TITLE,
        [made.AUTHOR],
        made.DAY,
    )
    assert "FYI" not in reading.body


def test_a_mailbox_is_its_mails(tmp_path):
    second = made.mail(made.numbered(1)["text"] * 3, subject="Harbour 1 empties")
    path = made.mbox(tmp_path / "a.mbox", [made.mail(), second])
    documents = list(find([str(path)]))
    assert [read(one).title for one in documents] == [made.TITLE, "Harbour 1 empties"]
    assert all("@harbour.example" in one.location for one in documents)


def test_a_crawl_keeps_pages_that_were_found(tmp_path):
    assert not read(found(tmp_path, "a.warc.gz", made.warc({made.URL: made.PAGE.encode()}))[0]).published
    assert reasons(found(tmp_path, "b.warc.gz", made.warc({made.URL: b"<p>gone</p>"}, "404 Not Found"))) == [
        "a WARC file that holds no documents"
    ]


@pytest.mark.parametrize("version", [2, 3])
def test_a_database_of_discourse_network_analyzer_brings_its_statements(version, tmp_path):
    path = made.dna(tmp_path / "a.dna", version=version)
    (one,) = find([str(path)])
    opened = open_document(one.fetch(), Hints(media_type=one.media_type))
    reading = read_document(opened, names=_names())
    assert (reading.title, reading.source, reading.published.iso()) == (made.TITLE, made.SOURCE, made.DAY)
    assert [(told.person, told.organisation, told.concept, told.agrees) for told in opened.coded] == [
        ("Somchai Prasert", "Thailand", "Common plan", True), ("", "", "Common plan", False),
    ]  # fmt: skip
    assert opened.coded[1].quote == "A common plan costs little."


def test_every_kind_is_one_module_and_no_two_share_a_media_type():
    kept = [kind.media_type for kind in kinds.kinds() if kind.media_type]
    assert len(kept) == len(set(kept))
    assert all(kind.documents or kind.opened or kind.name.startswith("text") for kind in kinds.kinds())
