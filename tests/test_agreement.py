"""Agreement, checked against the worked examples of those who published the measures."""

import pytest

from articles.agreement import Section, alpha, difference, expected, kappa, observed, sections


def spans(*units, stretch=1):
    """Return (start, end) of units given as the publications do: where they begin, and how long they are."""
    return [(start * stretch, (start + length) * stretch) for start, length in units]


# Krippendorff (2004), Content Analysis, 2nd edition, page 254: a continuum from 150 to 450, here from 0 to 300.
BOOK = [
    {"c": spans((75, 70), (220, 30)), "k": spans((30, 60), (150, 50))},
    {"c": spans((70, 80), (205, 20), (250, 20)), "k": spans((30, 60), (150, 50))},
]

# Krippendorff (1995), page 57: four pairs of coders, a continuum of 24; D_o, and D_e and alpha for one without grain.
PAPER = {
    "A": ([(2, 8), (14, 6)], [(4, 4), (15, 2)], 0.03125, 0.06990, 0.553),
    "B": ([(0, 18)], [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)], 2.26736, 1.17731, -0.926),
    "C": ([(2, 6), (10, 2), (14, 4), (20, 2)], [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)], 0.02777, 0.08642, 0.679),
    "D": (
        [(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)], [(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)],
        0.38715, 0.41445, 0.066,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (Section(5, 6, True), Section(4, 2, True), 26),
        (Section(5, 6, True), Section(5, 2, True), 16),
        (Section(5, 6, True), Section(6, 2, True), 10),
        (Section(5, 6, True), Section(7, 2, True), 8),
        (Section(5, 6, True), Section(6, 4, True), 2),
        (Section(5, 6, True), Section(5, 6, True), 0),
        (Section(5, 6, True), Section(4, 7, False), 36),
        (Section(2, 3, False), Section(2, 2, True), 4),
        (Section(225, 70, True), Section(220, 80, True), 50),
        (Section(370, 30, True), Section(355, 20, True), 850),
        (Section(400, 50, False), Section(400, 20, True), 400),
    ],
)
def test_differences_of_the_book(one, other, apart):
    assert difference(one, other) == difference(other, one) == apart


@pytest.mark.parametrize(
    ("category", "seen", "by_chance", "agreed"), [("c", 0.0144, 0.0532, 0.7286), ("k", 0, 0.0490, 1)]
)
def test_the_categories_of_the_book(category, seen, by_chance, agreed):
    cut = [sections(marked[category], 300) for marked in BOOK]
    assert observed(cut, 300) == pytest.approx(seen, abs=0.0001)
    assert expected(cut, 300) == pytest.approx(by_chance, abs=0.0001)
    assert alpha([{category: marked[category]} for marked in BOOK], 300) == pytest.approx(agreed, abs=0.0001)


def test_the_whole_of_the_book():
    # The book divides figures rounded to four places: 0.0144 by 0.0532 + 0.0490.
    assert alpha(BOOK, 300) == pytest.approx(0.8591, abs=0.0005)


@pytest.mark.parametrize("pair", PAPER)
def test_the_pairs_of_the_paper(pair):
    one, other, seen, by_chance, agreed = PAPER[pair]
    fine = 50_000  # what the paper approaches by ever finer grain
    assert observed([sections(spans(*units), 24) for units in (one, other)], 24) == pytest.approx(seen, abs=0.00001)
    cut = [sections(spans(*units, stretch=fine), 24 * fine) for units in (one, other)]
    # Two of its four expected disagreements hold a slip of sign that the book of 2004 corrected.
    assert expected(cut, 24 * fine) == pytest.approx(by_chance, abs=0.00001 if pair in "AD" else 0.005)
    marked = [{"x": spans(*units, stretch=fine)} for units in (one, other)]
    assert alpha(marked, 24 * fine) == pytest.approx(agreed, abs=0.001 if pair in "AD" else 0.02)


def test_a_coarser_grain_of_the_paper():
    one, other = ([(1, 3), (5, 1), (7, 2), (10, 1)], [(0, 1), (2, 2), (5, 2), (8, 1), (10, 1)])
    assert expected([sections(spans(*units), 12) for units in (one, other)], 12) == pytest.approx(0.05494, abs=0.00001)


def test_sections_fill_the_text_and_never_overlap():
    assert sections([(4, 9), (2, 6), (6, 6), (90, 120)], 100) == [
        Section(0, 2, False), Section(2, 4, True), Section(6, 3, True), Section(9, 81, False), Section(90, 10, True),
    ]  # fmt: skip
    assert sections([], 5) == [Section(0, 5, False)]


def test_nothing_marked_is_no_agreement_to_speak_of():
    assert alpha([{}, {}], 100) is None
    assert alpha([{"c": [(0, 10)]}, {}], 100) < 0.1
    assert alpha([{"c": [(0, 10)]}, {"c": [(0, 10)]}], 100) == 1


def test_many_passages_take_little_time():
    many = [(start, start + 3) for start in range(0, 200_000, 10)]
    assert alpha([{"c": many}, {"c": many[::2]}], 200_000) < 1


# Cohen (1960), page 45; and the digits of Krippendorff (1995).
COHEN = {(1, 1): 88, (1, 2): 14, (1, 3): 18, (2, 1): 10, (2, 2): 40, (2, 3): 10, (3, 1): 2, (3, 2): 6, (3, 3): 12}


def test_kappa_of_cohen():
    assert kappa(pair for pair, n in COHEN.items() for _ in range(n)) == pytest.approx(0.492, abs=0.001)


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [
        ("001111111100001111110000", "000011110000000110000000", 0.385),
        ("111111111111111111000000", "111111111100000000000000", 0.385),
        ("001111110011001111001100", "110011110011110011001100", 0.314),
    ],
)
def test_kappa_of_the_papers_digits(one, other, agreed):
    assert kappa(zip(one, other, strict=True)) == pytest.approx(agreed, abs=0.001)


def test_kappa_where_nothing_varies():
    assert kappa([]) is None
    assert kappa([("a", "a")] * 3) is None
    assert kappa([("a", "b")] * 3) == 0
