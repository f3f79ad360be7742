"""Agreement of two readers, against statsmodels, scikit-learn, printed values of the literature, and sums by hand."""

from __future__ import annotations

import math
import random
import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from ncpi_desktop.domain.findings.statistics import normal_quantile, wilson
from ncpi_desktop.domain.moderation.agreement import (
    Agreement,
    AgreementTable,
    Unknown,
    gwet_ac2,
    quadratic_kappa,
    share_same,
)

GRADES = ("good", "requires-improvement", "inadequate")
# The two tables that come with Gwet's package; its results are below. 100 records read by two abstractors, 223 diagnoses.
ABSTRACTORS = ((13, 0, 0), (0, 20, 7), (0, 4, 56))
DIAGNOSES = ((40, 4, 4, 17), (6, 25, 2, 13), (4, 1, 21, 12), (15, 5, 9, 45))
# A. R. Feinstein and D. V. Cicchetti, High agreement but low kappa, 1990: their tables of 100 cases, with kappa and AC1 as V. Shankar and
# S. I. Bangdiwala print them in Observer agreement paradoxes in 2x2 tables, BMC Medical Research Methodology 14:100, 2014, table 3.
PARADOXES = (
    (((40, 9), (6, 45)), 0.70, 0.70),
    (((80, 10), (5, 5)), 0.32, 0.81),
    (((90, 5), (5, 0)), -0.05, 0.89),
    (((45, 15), (25, 15)), 0.13, 0.27),
    (((25, 35), (5, 35)), 0.26, 0.21),
)


def table_of(counts: tuple[tuple[int, ...], ...]) -> AgreementTable:
    return AgreementTable(tuple(f"grade-{place}" for place in range(len(counts))), counts)


@st.composite
def tables(draw: st.DrawFn) -> AgreementTable:
    size = draw(st.integers(2, 5))
    count = draw(st.sampled_from([st.integers(0, 3), st.integers(0, 400), st.integers(0, 300_000)]))
    return table_of(tuple(tuple(draw(count) for _ in range(size)) for _ in range(size)))


def standard_error(figure: Agreement) -> float:
    """Return the standard error that the interval was made from; its lower end is never cut."""
    assert figure.value is not None
    assert figure.interval is not None
    return (figure.value - figure.interval.low) / normal_quantile()


# --- the table


def test_pairs_are_counted_over_the_whole_scale() -> None:
    pairs = [("good", "good"), ("good", "inadequate"), ("inadequate", "inadequate"), ("good", "good")]
    table = AgreementTable.from_pairs(pairs, GRADES)
    assert table.counts == ((2, 0, 1), (0, 0, 0), (0, 0, 1))
    assert (table.n, table.same, table.per_cent_same) == (4, 3, 75)
    assert (table.first_totals, table.second_totals) == ((3, 0, 1), (2, 0, 2))
    assert list(table.cells()) == [(0, 0, 2), (0, 2, 1), (2, 2, 1)]


def test_a_grade_off_the_scale_is_refused() -> None:
    with pytest.raises(KeyError):
        AgreementTable.from_pairs([("good", "adequate")], GRADES)


@pytest.mark.parametrize(
    ("grades", "counts"),
    [(("a", "b"), ((1, 2),)), (("a", "b"), ((1,), (1,))), (("a", "a"), ((1, 0), (0, 1))), (("a",), ((-1,),))],
)
def test_a_table_that_is_none_is_refused(grades: tuple[str, ...], counts: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError):
        AgreementTable(grades, counts)


# --- per cent the same


@settings(deadline=None)
@given(tables())
def test_share_the_same_has_the_interval_of_wilson(table: AgreementTable) -> None:
    assume(table.n)
    assert share_same(table) == Agreement(table.n, table.same / table.n, wilson(table.same, table.n))


@settings(deadline=None)
@given(tables())
def test_the_interval_of_the_share_is_that_of_statsmodels(table: AgreementTable) -> None:
    assume(table.n)
    interval = share_same(table).interval
    assert interval is not None
    low, high = proportion_confint(table.same, table.n, method="wilson")
    assert (interval.low, interval.high) == pytest.approx((low, high), rel=1e-9, abs=1e-12)


def test_direction_and_size_of_differences() -> None:
    table = table_of(((5, 2, 1), (3, 4, 7), (6, 0, 9)))
    assert (table.second_harsher, table.second_kinder) == (10, 9)
    assert table.steps_apart == ((1, 12), (2, 7))
    assert (table.enough, table.is_rough, table_of(((5, 0, 0), (0, 9, 0), (0, 3, 0))).is_rough) == (18, False, True)


@given(tables())
def test_steps_say_the_same_from_either_end_of_the_scale_and_from_either_reader(table: AgreementTable) -> None:
    turned = AgreementTable(table.grades, tuple(zip(*table.counts, strict=True)))
    upside_down = AgreementTable(table.grades, tuple(row[::-1] for row in table.counts[::-1]))
    assert table.steps_apart == turned.steps_apart == upside_down.steps_apart
    for other in (turned, upside_down):
        assert (table.second_harsher, table.second_kinder) == (other.second_kinder, other.second_harsher)


# --- kappa


@settings(deadline=None)
@given(tables())
def test_kappa_is_that_of_scikit_learn(table: AgreementTable) -> None:
    got = quadratic_kappa(table)
    assume(got.value is not None)
    cells = list(table.cells())
    rows, columns, counts = zip(*cells, strict=True)
    peer = cohen_kappa_score(rows, columns, labels=range(len(table.grades)), weights="quadratic", sample_weight=counts)
    by_chance = np.outer(table.first_totals, table.second_totals) / table.n**2
    steps = np.arange(len(table.grades))
    lost = 4e-15 / ((steps[:, None] - steps) ** 2 / (len(steps) - 1) ** 2 * by_chance).sum()
    assert got.value == pytest.approx(peer, rel=1e-10, abs=lost)


@pytest.mark.parametrize(("counts", "kappa", "ac1"), PARADOXES)
def test_kappa_and_ac2_of_two_grades_are_as_printed(
    counts: tuple[tuple[int, ...], ...], kappa: float, ac1: float
) -> None:
    table = table_of(counts)
    for figure, printed in ((quadratic_kappa(table), kappa), (gwet_ac2(table), ac1)):
        assert figure.value is not None
        assert round(figure.value, 2) == printed


@given(st.integers(0, 2), st.lists(st.integers(0, 400), min_size=3, max_size=3))
def test_a_reader_with_a_single_grade_makes_kappa_nought_and_it_says_so(grade: int, counts: list[int]) -> None:
    assume(sum(map(bool, counts)) > 1)
    rows = [(0, 0, 0)] * 3
    rows[grade] = (counts[0], counts[1], counts[2])
    table = table_of(tuple(rows))
    for turned in (table, AgreementTable(table.grades, tuple(zip(*table.counts, strict=True)))):
        assert quadratic_kappa(turned) == Agreement(table.n, 0.0, None, Unknown.ONE_READER)


@settings(max_examples=400, deadline=None)
@given(tables())
def test_kappa_and_its_interval_are_those_of_statsmodels(table: AgreementTable) -> None:
    got = quadratic_kappa(table)
    assume(got.value is not None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it divides by zero in figures that we don't ask for
        peer = cohens_kappa(np.array(table.counts), wt="quadratic")
    # statsmodels takes near equals apart and divides what is left by (1 - expected)^2: its last digits are lost there.
    by_chance = np.outer(table.first_totals, table.second_totals) / table.n**2
    lost = 4e-15 / (peer.weights * by_chance).sum()
    assert got.value == pytest.approx(peer.kappa, rel=1e-10, abs=lost)
    variance = standard_error(got) ** 2 if got.interval else 0
    assert variance == pytest.approx(peer.var_kappa, rel=1e-10, abs=lost**2 / 4e-15 / table.n)
    if got.interval and got.interval.high < 1:
        assert got.interval.high + got.interval.low == pytest.approx(2 * peer.kappa, rel=1e-10, abs=2 * lost)


def test_kappa_worked_by_hand() -> None:
    # 20 + 15 of 50 the same; expected 0.5 x 0.6 + 0.5 x 0.4 = 0.5; (0.7 - 0.5) / 0.5.
    # Each cell's part is its weight less (1 - 0.4) x what the readers' other grades lend it.
    table = table_of(((20, 5), (10, 15)))
    got = quadratic_kappa(table)
    assert got.value == pytest.approx(0.4)
    parts = {(0, 0): 1 - 0.6 * (0.6 + 0.5), (0, 1): -0.6 * (0.6 + 0.5)}
    parts |= {(1, 0): -0.6 * (0.4 + 0.5), (1, 1): 1 - 0.6 * (0.4 + 0.5)}
    squares = sum(table.counts[row][column] / 50 * part**2 for (row, column), part in parts.items())
    expected = math.sqrt((squares - (0.4 - 0.5 * 0.6) ** 2) / (50 * 0.5**2))
    assert standard_error(got) == pytest.approx(expected, rel=1e-12)


# --- AC2

STUDENT_99, STUDENT_222 = 1.9842169515864, 1.9706586598797  # 97.5 per cent points of t, which Gwet's package takes


@pytest.mark.parametrize(
    ("counts", "value", "low", "high", "student"),
    [(ABSTRACTORS, 0.940, 0.905, 0.976, STUDENT_99), (DIAGNOSES, 0.299, 0.150, 0.447, STUDENT_222)],
)
def test_ac2_gives_what_the_package_of_its_author_gives(
    counts: tuple[tuple[int, ...], ...], value: float, low: float, high: float, student: float
) -> None:
    got = gwet_ac2(table_of(counts))
    assert got.value is not None
    error = standard_error(got)
    assert round(got.value, 3) == value
    assert (round(got.value - student * error, 3), round(got.value + student * error, 3)) == (low, high)
    if counts == DIAGNOSES:
        assert round(error, 3) == 0.075


def test_ac2_is_ac1_where_the_scale_has_two_grades() -> None:
    # 40 + 35 of 100 the same; the first grade is given in 50 and 55 of 100: 0.525 on average.
    got = gwet_ac2(table_of(((40, 10), (15, 35))))
    expected = 2 * 0.525 * 0.475
    assert got.value == pytest.approx((0.75 - expected) / (1 - expected), rel=1e-12)


def test_ac2_worked_by_hand() -> None:
    # 12 cases, 3 grades. Weights 1, 3/4, 0 sum to 6. Same 8, one step 2, two steps 2: observed (8 + 1.5) / 12 = 19/24.
    # Grades given 11, 6 and 7 of 24: expected 6/6 x (1 - (121 + 36 + 49) / 576) = 185/288. (228 - 185) / (288 - 185).
    got = gwet_ac2(table_of(((4, 1, 1), (0, 2, 0), (1, 1, 2))))
    assert got.value == pytest.approx(43 / 103, rel=1e-12)


def test_ac2_and_kappa_of_the_table_that_other_programs_were_asked_for() -> None:
    # scikit-learn gave kappa 0.71765 and irrCAC AC2 0.757576.
    table = table_of(((3, 1, 0), (0, 3, 2), (0, 1, 2)))
    assert quadratic_kappa(table).value == pytest.approx(0.71765, abs=5e-6)
    assert gwet_ac2(table).value == pytest.approx(0.757576, abs=5e-7)


@settings(max_examples=200, deadline=None)
@given(tables())
def test_the_variance_of_ac2_is_that_of_its_author_written_out(table: AgreementTable) -> None:
    got, size = gwet_ac2(table), len(table.grades)
    assume(got.interval is not None)
    observed = np.array(table.counts) / table.n
    steps = np.arange(size)
    weights = 1 - (steps[:, None] - steps) ** 2 / (size - 1) ** 2
    given_by_both = (observed.sum(axis=0) + observed.sum(axis=1)) / 2
    scale = weights.sum() / (size * (size - 1))
    expected = scale * (given_by_both * (1 - given_by_both)).sum()
    value = ((weights * observed).sum() - expected) / (1 - expected)
    pull = scale * (1 - (given_by_both[:, None] + given_by_both) / 2)
    squares = (observed * (weights - 2 * (1 - value) * pull) ** 2).sum()
    variance = (squares - ((weights * observed).sum() - 2 * (1 - value) * expected) ** 2) / table.n
    error = math.sqrt(max(variance, 0)) / (1 - expected)
    assert got.value == pytest.approx(value, rel=1e-10, abs=1e-13)
    assert got.interval is not None
    assert got.interval.low == pytest.approx(value - normal_quantile() * error, rel=1e-8, abs=1e-8)
    assert got.interval.high == pytest.approx(min(1, value + normal_quantile() * error), rel=1e-8, abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), min_size=3, max_size=40))
def test_ac2_and_its_variance_case_by_case(pairs: list[tuple[str, str]]) -> None:
    """Gwet's estimator for any number of raters (2014, chapter 5), which sums over cases and never sees a table: n - 1 stands for n."""
    got, n, size = gwet_ac2(AgreementTable.from_pairs(pairs, GRADES)), len(pairs), len(GRADES)
    assume(got.interval is not None)
    places = [(GRADES.index(first), GRADES.index(second)) for first, second in pairs]

    def weight(one: int, other: int) -> float:
        return 1 - ((one - other) / (size - 1)) ** 2

    given_in = [sum((first == g) + (second == g) for first, second in places) / (2 * n) for g in range(size)]
    total = sum(weight(one, other) for one in range(size) for other in range(size)) / (size * (size - 1))
    expected = total * sum(share * (1 - share) for share in given_in)
    alike = [weight(*place) for place in places]
    value = (sum(alike) / n - expected) / (1 - expected)
    by_chance = [total * sum(1 - given_in[grade] for grade in place) / 2 for place in places]
    single = [
        (a - expected) / (1 - expected) - 2 * (1 - value) * (chance - expected) / (1 - expected)
        for a, chance in zip(alike, by_chance, strict=True)
    ]
    variance = sum((each - value) ** 2 for each in single) / (n * (n - 1))
    assert got.value == pytest.approx(value, rel=1e-10, abs=1e-13)
    assert standard_error(got) == pytest.approx(math.sqrt(variance * (n - 1) / n), rel=1e-7, abs=1e-9)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES))), st.randoms(use_true_random=False))
def test_the_order_of_cases_does_not_matter(pairs: list[tuple[str, str]], dice: random.Random) -> None:
    shuffled = list(pairs)
    dice.shuffle(shuffled)
    assert AgreementTable.from_pairs(shuffled, GRADES) == AgreementTable.from_pairs(pairs, GRADES)


def test_ac2_holds_up_where_one_grade_prevails_and_kappa_does_not() -> None:
    table = table_of(((96, 2), (2, 0)))
    ac2, kappa = gwet_ac2(table).value, quadratic_kappa(table).value
    assert ac2 is not None
    assert kappa is not None
    assert ac2 > 0.95
    assert kappa < 0


# --- what both share


@settings(deadline=None)
@given(tables())
def test_neither_depends_on_who_read_first_nor_on_which_end_is_best(table: AgreementTable) -> None:
    turned = AgreementTable(table.grades, tuple(zip(*table.counts, strict=True)))
    upside_down = AgreementTable(table.grades, tuple(row[::-1] for row in table.counts[::-1]))
    for figure in (quadratic_kappa, gwet_ac2, share_same):
        assert figure(turned) == figure(table)
        assert figure(upside_down) == figure(table)


@settings(deadline=None)
@given(tables())
def test_an_interval_holds_its_value_and_ends_at_one(table: AgreementTable) -> None:
    for figure in (quadratic_kappa(table), gwet_ac2(table)):
        assert figure.n == table.n
        assert (figure.unknown is None) == (figure.interval is not None)
        if figure.value is not None and figure.interval is not None:
            assert figure.interval.low <= figure.value <= figure.interval.high <= 1
            assert figure.interval.low < figure.interval.high


def test_nothing_compared_is_said() -> None:
    empty = AgreementTable.from_pairs([], GRADES)
    assert empty.per_cent_same is None
    for figure in (share_same, quadratic_kappa, gwet_ac2):
        assert figure(empty) == Agreement(0, unknown=Unknown.NOTHING_COMPARED)


def test_one_case_tells_no_agreement_beyond_chance() -> None:
    single = AgreementTable.from_pairs([("good", "good")], GRADES)
    assert quadratic_kappa(single) == gwet_ac2(single) == Agreement(1, unknown=Unknown.TOO_FEW)
    assert share_same(single).value == 1


def test_kappa_of_one_grade_is_undefined_and_ac2_has_no_interval() -> None:
    table = AgreementTable.from_pairs([("good", "good")] * 30, GRADES)
    assert quadratic_kappa(table) == Agreement(30, unknown=Unknown.ONE_GRADE)
    assert gwet_ac2(table) == Agreement(30, 1.0, None, Unknown.NO_SPREAD)


def test_a_scale_of_one_grade_is_undefined() -> None:
    for figure in (quadratic_kappa, gwet_ac2):
        assert figure(table_of(((9,),))) == Agreement(9, unknown=Unknown.ONE_GRADE)


def test_full_agreement_over_several_grades_is_one_without_an_interval() -> None:
    table = AgreementTable.from_pairs([("good", "good"), ("inadequate", "inadequate")] * 5, GRADES)
    for figure in (quadratic_kappa(table), gwet_ac2(table)):
        assert figure == Agreement(10, 1.0, None, Unknown.NO_SPREAD)


def test_every_reason_has_a_sentence() -> None:
    assert len({reason.sentence for reason in Unknown}) == len(Unknown)
