"""The sums behind the figures, against scipy, statsmodels, exact fractions and the examples their authors published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from ncpi_desktop.domain.findings.statistics import (
    Interval,
    fisher_exact,
    holm,
    newcombe,
    normal_quantile,
    percent,
    share,
    wilson,
)

TEN_DIGITS = 1e-10


@st.composite
def samples(draw: st.DrawFn, largest: int = 1_000_000) -> tuple[int, int]:
    """Draw successes and the cases they are among, often none or all of them."""
    n = draw(st.integers(1, largest))
    return draw(st.sampled_from([0, n]) | st.integers(0, n)), n


counts = st.integers(0, 60) | st.integers(0, 3_000)
probabilities = st.none() | st.floats(0, 1)


def close(expected: float | Sequence[float | None], *, near_zero: float = 1e-15) -> Any:
    return pytest.approx(expected, rel=TEN_DIGITS, abs=near_zero)


# --- per cent and share


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 7, 0),
        (7, 7, 100),
        (2, 3, 67),
        (1, 8, 13),
        (1, 200, 1),
        (1, 201, 0),
        (3, 200, 2),
        (5, 200, 3),
        (29, 200, 15),
        (57, 200, 29),
        (199, 200, 100),
        (505 * 10**15 - 1, 10**18, 50),  # no float lies between this and the half above it
        (0, 0, None),
    ],
)
def test_per_cent_is_whole_with_halves_up(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected


@settings(deadline=None)
@given(samples())
def test_per_cent_is_the_exact_share_rounded_halves_up(sample: tuple[int, int]) -> None:
    assert percent(*sample) == math.floor(Fraction(100 * sample[0], sample[1]) + Fraction(1, 2))


def test_share_of_nothing_is_not_known() -> None:
    assert share(0, 0) is None
    assert share(1, 4) == 0.25


@pytest.mark.parametrize(("part", "whole"), [(-1, 4), (5, 4), (0, -1), (1, 0)])
def test_counts_that_are_no_part_and_whole_are_refused(part: int, whole: int) -> None:
    for figure in (percent, share, wilson):
        with pytest.raises(ValueError):
            figure(part, whole)


# --- Wilson


def test_the_normal_quantile_is_that_of_scipy() -> None:
    assert normal_quantile() == close(stats.norm.ppf(0.975))
    assert normal_quantile(0.99) == close(stats.norm.ppf(0.995))


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95.0])
def test_a_confidence_that_is_no_fraction_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError):
        wilson(1, 2, confidence)


@settings(max_examples=400, deadline=None)
@given(samples(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
@example((1, 1_000_000), 0.95)
@example((999_999, 1_000_000), 0.95)
def test_wilson_is_that_of_scipy_and_statsmodels(sample: tuple[int, int], confidence: float) -> None:
    got = wilson(*sample, confidence)
    peer = stats.binomtest(*sample).proportion_ci(confidence, method="wilson")
    # Their lower end is a difference of near equals: for few successes in many cases it has fewer digits than ours.
    assert got.low == close(peer.low)
    assert got.high == close(peer.high)
    assert (got.low, got.high) == close(proportion_confint(*sample, alpha=1 - confidence, method="wilson"))


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_examples_that_newcombe_published(successes: int, n: int, low: float, high: float) -> None:
    got = wilson(successes, n)
    assert (round(got.low, 4), round(got.high, 4)) == (low, high)


@settings(deadline=None)
@given(samples())
def test_wilson_holds_the_share_and_mirrors(sample: tuple[int, int]) -> None:
    successes, n = sample
    got, mirrored = wilson(successes, n), wilson(n - successes, n)
    assert 0 <= got.low <= successes / n <= got.high <= 1
    assert got.low == pytest.approx(1 - mirrored.high, abs=1e-14)
    assert (got.low == 0) == (successes == 0)
    assert got.high < 1 or successes == n


def test_wilson_ends_are_exact_at_none_and_all_of_one() -> None:
    assert wilson(0, 1) == Interval(0.0, close(0.7934506856227626))
    assert wilson(1, 1) == Interval(close(0.20654931437723745), 1.0)


# --- Newcombe


@settings(max_examples=400, deadline=None)
@given(samples(), samples())
def test_newcombe_is_that_of_statsmodels(now: tuple[int, int], before: tuple[int, int]) -> None:
    got = newcombe(*now, *before)
    peer = confint_proportions_2indep(*now, *before, compare="diff", method="newcomb")
    assert (got.low, got.high) == close(peer, near_zero=1e-13)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_examples_he_published(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    got = newcombe(*now, *before)
    assert (round(got.low, 4), round(got.high, 4)) == (low, high)


@settings(deadline=None)
@given(samples(), samples())
def test_newcombe_holds_the_difference_and_turns_with_the_samples(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    got, turned = newcombe(*now, *before), newcombe(*before, *now)
    assert -1 <= got.low <= now[0] / now[1] - before[0] / before[1] + 1e-15
    assert now[0] / now[1] - before[0] / before[1] - 1e-15 <= got.high <= 1
    assert (got.low, got.high) == (-turned.high, -turned.low)


def test_newcombe_needs_both_samples() -> None:
    for empty in ((0, 0, 1, 2), (1, 2, 0, 0)):
        with pytest.raises(ValueError):
            newcombe(*empty)


# --- Fisher


def exact_p(a: int, b: int, c: int, d: int) -> Fraction:
    """Return the two-sided p-value in whole numbers, by the definition: every table no likelier than the one seen."""
    ways = {k: math.comb(a + b, k) * math.comb(c + d, a + c - k) for k in range(a + c + 1)}
    return Fraction(sum(w for w in ways.values() if w <= ways[a]), sum(ways.values()))


@settings(max_examples=400, deadline=None)
@given(st.tuples(*[st.integers(0, 80)] * 4))
def test_fisher_is_exact_in_small_tables(table: tuple[int, int, int, int]) -> None:
    assert fisher_exact(*table) == close(float(exact_p(*table)), near_zero=0)


@settings(max_examples=400, deadline=None)
@given(st.tuples(counts, counts, counts, counts))
def test_fisher_is_that_of_scipy(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table
    assert fisher_exact(*table) == close(stats.fisher_exact([[a, b], [c, d]]).pvalue, near_zero=1e-290)


@settings(max_examples=60, deadline=None)
@given(samples(500_000), samples(500_000), st.floats(-6, 6))
def test_fisher_is_that_of_scipy_in_samples_of_half_a_million(
    now: tuple[int, int], before: tuple[int, int], errors: float
) -> None:
    good, n = now
    n_before = before[1]
    # A sample before whose share lies some standard errors off: p-values that are neither 0 nor 1.
    p = good / n
    spread = math.sqrt(p * (1 - p) * (1 / n + 1 / n_before))
    good_before = min(n_before, max(0, round(n_before * (p + errors * spread))))
    got = fisher_exact(good, n - good, good_before, n_before - good_before)
    peer = stats.fisher_exact([[good, n - good], [good_before, n_before - good_before]]).pvalue
    # Nine digits: against sums of forty digits scipy itself is 1.4e-10 off in samples as large, ours 1e-15.
    assert got == pytest.approx(peer, rel=1e-9, abs=1e-290)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((251_250, 8_316, 433_012, 14_559), 0.2616376750433848),
        ((13_339, 334_525, 11_846, 303_677), 0.08829083327681311),
        ((600, 400, 500_000, 499_000), 3.288063517585629e-10),
    ],
)
def test_fisher_keeps_its_digits_in_large_samples(table: tuple[int, int, int, int], expected: float) -> None:
    # Summed with decimals of forty digits.
    assert fisher_exact(*table) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((3, 1, 1, 3), Fraction(34, 70)),  # the lady tasting tea, one pair wrong
        ((4, 0, 0, 4), Fraction(2, 70)),  # and all right
        ((1, 9, 11, 3), Fraction(7462, 2704156)),  # a table with unequal tails
    ],
)
def test_fisher_gives_published_examples(table: tuple[int, int, int, int], expected: Fraction) -> None:
    assert exact_p(*table) == expected
    assert fisher_exact(*table) == close(float(expected))


def test_fisher_gives_the_twins_of_convicts() -> None:
    assert round(fisher_exact(2, 15, 10, 3), 7) == 0.0005367


@settings(deadline=None)
@given(st.tuples(counts, counts, counts, counts))
def test_fisher_does_not_depend_on_which_row_or_column_comes_first(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table
    p = fisher_exact(a, b, c, d)
    assert 0 <= p <= 1
    for other in ((c, d, a, b), (b, a, d, c), (a, c, b, d)):
        assert fisher_exact(*other) == close(p, near_zero=1e-290)


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (5, 0, 7, 0), (0, 5, 0, 7), (0, 0, 3, 4), (1, 0, 0, 0), (1, 0, 0, 1)])
def test_fisher_is_one_where_nothing_could_differ(table: tuple[int, int, int, int]) -> None:
    assert fisher_exact(*table) == 1.0


def test_fisher_of_a_million_parted_cases_is_nothing_and_of_even_ones_is_one() -> None:
    assert fisher_exact(500_000, 0, 0, 500_000) == 0.0
    assert fisher_exact(250_000, 250_000, 250_000, 250_000) == 1.0


def test_fisher_refuses_negative_counts() -> None:
    with pytest.raises(ValueError):
        fisher_exact(1, 2, -1, 4)


# --- Holm


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_is_that_of_statsmodels(p_values: list[float]) -> None:
    peer = multipletests(p_values, method="holm")[1]
    assert holm(p_values) == close(tuple(float(p) for p in peer))


def test_holm_worked_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == close((0.03, 0.06, 0.06, 0.02))
    assert holm([0.25, None, 0.5, None]) == (0.5, None, 0.5, None)
    assert holm([]) == ()
    assert holm([None]) == (None,)


@settings(deadline=None)
@given(st.lists(probabilities, max_size=12), st.randoms(use_true_random=False))
def test_holm_never_lowers_a_p_value_and_keeps_places(p_values: list[float | None], random: Random) -> None:
    adjusted = holm(p_values)
    assert len(adjusted) == len(p_values)
    for before, after in zip(p_values, adjusted, strict=True):
        assert (after is None) == (before is None)
        if before is not None and after is not None:
            assert before <= after <= 1
    assume(p_values)
    order = list(range(len(p_values)))
    random.shuffle(order)
    assert holm([p_values[place] for place in order]) == tuple(adjusted[place] for place in order)


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_holm_refuses_what_is_no_probability(p: float) -> None:
    with pytest.raises(ValueError):
        holm([0.5, p])
