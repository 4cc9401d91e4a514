"""The benchmarks' report, against a literal; and the rule by which a row is said to grow."""

from datetime import date

import pytest

from tests.benchmarks.asking import Asked, asked, parameters
from tests.benchmarks.report import apart, growth, written

SMALL = {
    "machine": "2 cores",
    "rows": [["list", 1.0, 1.0, 2, 25, 2, 0.5], ["words", 2.0, 5.0, 8, 25, 60, 4.0]],
    "sizes": [],
}
LARGE = {
    "machine": "2 cores",
    "rows": [
        ["list", 1.0, 2.1, 2, 25, 2, 1.9], ["words", 20.0, 75.0, 8, 2500, 60, 70.0],
        ["page", 3, 4, 9, 12387, 3.5, None],
    ],
    "again": {"list": 1.1, "words": 30.0},
    "loads": [["list, kept", [1783.2, 2156.0, 2328.0]]],
    "steps": {"texts made up": 5.0, "cards": 10.0, "indexes": 15.0},
    "sizes": [["articles_card", 3548.2, 664.0]],
    "peers": {
        "digest": {"list": [1.0, 1.1], "words": [20.0, 70.0], "page": [3.0, 4.0]},
        "others": [
            {"name": "SQLite", "version": "3.40", "seconds": 9.5, "size": 1024.0, "rows": {"list": [0.1, 0.2]}},
            {
                "name": "tantivy", "version": "0.27", "seconds": 12.0, "size": 55.0,
                "rows": {"list": [0.2, 0.2], "words": [40.0, 50.0]},
            },
        ],
    },
}  # fmt: skip
TABLES = """\
| list | 1.00 | 2.10 | 1.90 | 2 | 2 | 25 |
| words | 20.00 | 75.00 | 70.00 | 60, missed | 8 | 2,500 |
| page | 3.00 | 4.00 |  | 3.5, missed | 9 | 12,387 |
| question | first | again |
|---|---|---|
| words | 20.00 | 30.00 |
| question | 10,000 | 1,000,000 | grows |
|---|---|---|---|
| list | 1.00 | 2.10 | logarithmic |
| words | 5.00 | 75.00 | between |
| page |  | 4.00 |  |
| question | Digest | SQLite | tantivy | ratio |
|---|---|---|---|---|
| list | 1.00 / 1.10 | 0.10 / 0.20 | 0.20 / 0.20 | 10 |
| words | 20.00 / 70.00 |  | 40.00 / 50.00 | 0.50 |
| beside | version | seconds to build | MB |
|---|---|---|---|
| SQLite | 3.40 | 9.5 | 1,024 |
| tantivy | 0.27 | 12.0 | 55 |
| page | 1 client | 2 clients | 8 clients | goal |
|---|---|---|---|---|
| list, kept | 1,783 | 2,156 | 2,328 | 3,500, missed |
| step | seconds |
|---|---|
| texts made up | 5.0 |
| cards | 10.0 |
| indexes | 15.0 |
| all | 30.0; loaded at 40,000 op-eds a second, searchable, counted (goal 4,000) |
| table | MB | MB of indexes |
|---|---|---|
| articles_card | 3,548 | 664 |"""


def test_report_writes_the_largest_size_in_full_and_the_rest_as_growth():
    told = written({10_000: SMALL, 1_000_000: LARGE}).splitlines()
    assert "\n".join(line for line in told if line.startswith("|")).split("\n", 2)[2] == TABLES
    assert [line for line in told if line.startswith("#")] == [
        "# Benchmarks", "## Goals not reached", "## Asked twice", "## Growth", "## Beside others",
        "## Requests a second", "## Making the archive", "## Sizes",
    ]  # fmt: skip
    assert "1 of 2 rows (50%) were answered the second time within 20% of the first median; these were not:" in told


def test_report_of_one_size_alone_leaves_out_what_was_not_measured():
    heads = [line for line in written({10_000: SMALL}).splitlines() if line.startswith("#")]
    assert heads == ["# Benchmarks", "## Sizes"]


def test_medians_agree_within_a_fifth_of_the_larger():
    rows = [["a", 10.0, 0, 0, 0, None], ["b", 10.0, 0, 0, 0, None], ["c", 10.0, 0, 0, 0, None]]
    assert apart({"rows": rows, "again": {"a": 12.4, "b": 12.6, "c": 7.9}}) == [("b", 10.0, 12.6), ("c", 10.0, 7.9)]


@pytest.mark.parametrize(
    ("slow", "told"), [(1.0, "constant"), (1.9, "constant"), (4.0, "logarithmic"), (20.0, "between"), (90.0, "linear")]
)
def test_growth_is_named_by_the_exponent_between_the_first_and_the_last_size(slow, told):
    points = [(10_000, 1.0), (100_000, 50.0), (1_000_000, slow)]
    assert growth(points) == told
    assert growth(points[:1]) == ""


def test_the_same_row_asks_the_same_whoever_asked_before():
    first = parameters("facets, two actors", 1000)
    parameters("list, at any depth", 1000)
    assert parameters("facets, two actors", 1000) == first
    assert len(set(first)) > 10


def test_a_question_is_read_in_its_parts():
    assert asked("q=ten+-ing&sort=relevance") == Asked(words=["ten"], without=["ing"], relevance=True)
    assert asked('q="ten+ing"') == Asked(phrase="ten ing")
    dated = Asked(actors=[3, 9], since=date(2015, 2, 1), until=date(2018, 6, 30))
    assert asked("actor=actor-3&actor=actor-9&since=2015-02-01&until=2018-06-30") == dated
    assert asked("after=2017-03-15.77") == Asked(after=(date(2017, 3, 15), 77))
