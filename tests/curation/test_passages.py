"""A body cut for the desk: pure, against literals."""

from types import SimpleNamespace

from articles.curation.passages import paragraph_of, paragraphs

BODY = "One two three.\n\nFour five six."


def statement(start, end, name="claim"):
    return SimpleNamespace(start=start, end=end, short_name=name, fragment=f"{name}-{start}")


def texts(paragraph):
    return [(run.text, run.marks) for run in paragraph]


def test_without_statements_a_paragraph_is_one_run():
    assert [texts(p) for p in paragraphs(BODY, [])] == [[("One two three.", "")], [("Four five six.", "")]]


def test_overlapping_passages_are_cut_at_every_edge():
    marked = paragraphs(BODY, [statement(0, 7), statement(4, 13, "recommendation")])
    assert texts(marked[0]) == [
        ("One ", "claim"),
        ("two", "claim recommendation"),
        (" three", "recommendation"),
        (".", ""),
    ]


def test_a_passage_over_two_paragraphs_begins_once():
    first, second = paragraphs(BODY, [statement(8, 20)])
    assert [len(run.first) for run in first + second] == [0, 1, 0, 0]
    assert second[0].marks == "claim"


def test_a_mention_says_whom_it_names():
    mention = SimpleNamespace(start=4, end=7, actor=SimpleNamespace(name="Two"))
    assert [run.mentioned for run in paragraphs(BODY, [], [mention])[0]] == ["", "Two", ""]


def test_a_statement_stands_in_its_paragraph():
    assert texts(paragraph_of(statement(16, 20), BODY)) == [("Four", "claim"), (" five six.", "")]
    assert texts(paragraph_of(statement(0, 3), BODY)) == [("One", "claim"), (" two three.", "")]
