"""One share before and now: exact points, and intervals and p-values as scipy and statsmodels have them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from ncpi_desktop.domain.findings.comparing.share import Share, counted_share, published_share
from ncpi_desktop.domain.findings.comparing.share_change import FEW_CASES, Subject, corrected, share_change
from ncpi_desktop.domain.findings.comparison import CHANCE_LEVEL, Verdict, rounded


@st.composite
def shares(draw: st.DrawFn, largest: int = 2_000) -> Share:
    """Draw a share of some cases, often none or all of them."""
    whole = draw(st.integers(1, largest))
    return counted_share(draw(st.sampled_from([0, whole]) | st.integers(0, whole)), whole)


def close(expected: Any, near_zero: float = 1e-290) -> Any:
    return pytest.approx(expected, rel=1e-10, abs=near_zero)


def table_of(before: Share, now: Share) -> list[list[int]]:
    return [
        [now.part or 0, (now.whole or 0) - (now.part or 0)],
        [before.part or 0, (before.whole or 0) - (before.part or 0)],
    ]


@given(shares(), shares())
def test_interval_and_p_are_those_of_scipy_and_statsmodels(before: Share, now: Share) -> None:
    change = share_change(Subject.AREA, None, before, now)
    assert change.interval is not None
    peer = confint_proportions_2indep(now.part, now.whole, before.part, before.whole, compare="diff", method="newcomb")
    assert (change.interval.low, change.interval.high) == close(peer, 1e-13)
    assert change.p == close(stats.fisher_exact(table_of(before, now)).pvalue)
    assert change.corrected_p == change.p
    assert now.interval is not None
    assert (now.interval.low, now.interval.high) == close(
        proportion_confint(now.part, now.whole, method="wilson"), 1e-15
    )


@given(st.lists(st.tuples(shares(90), shares(90)), min_size=1, max_size=12))
def test_together_they_are_corrected_as_statsmodels_has_it(pairs: list[tuple[Share, Share]]) -> None:
    changes = corrected(share_change(Subject.AREA, None, before, now) for before, now in pairs)
    raw = [stats.fisher_exact(table_of(before, now)).pvalue for before, now in pairs]
    peer = multipletests(raw, method="holm")[1]
    assert [change.p for change in changes] == close(raw)
    assert [change.corrected_p for change in changes] == close(peer)
    assert {change.asked_together for change in changes} == {len(pairs)}
    for change in changes:
        assert change.corrected_p is not None
        unlikely = change.corrected_p < CHANCE_LEVEL
        assert change.verdict is (Verdict.UNLIKELY_CHANCE if unlikely else Verdict.COULD_BE_CHANCE)


@given(shares(), shares())
def test_points_are_of_the_exact_shares(before: Share, now: Share) -> None:
    exact = Fraction(now.part or 0, now.whole or 1) - Fraction(before.part or 0, before.whole or 1)
    found = share_change(Subject.OVERALL, None, before, now)
    assert found.points == rounded(100 * exact)
    assert share_change(Subject.OVERALL, None, now, before).points == -rounded(100 * exact)


def test_halves_go_up_in_both_directions() -> None:
    assert share_change(Subject.OVERALL, None, counted_share(0, 200), counted_share(1, 200)).points == 1
    assert share_change(Subject.OVERALL, None, counted_share(1, 200), counted_share(0, 200)).points == -1


@pytest.mark.parametrize(
    ("before", "now", "points"),
    [
        (published_share(29), published_share(53), 24),
        (published_share(29), counted_share(16, 30), 24),
        (counted_share(22, 76), published_share(53.4), 24),
        (published_share(24, 132), counted_share(96, 374), 2),
        (published_share(None, 34), counted_share(1, 2), None),
        (counted_share(0, 0), counted_share(1, 2), None),
        (Share(), Share(), None),
    ],
)
def test_without_both_counts_nothing_is_claimed_of_chance(before: Share, now: Share, points: int | None) -> None:
    for change in (
        share_change(Subject.OVERALL, None, before, now),
        *corrected([share_change(Subject.AREA, None, before, now)]),
    ):
        assert (change.points, change.interval, change.p, change.corrected_p) == (points, None, None, None)
        assert change.verdict is Verdict.CANNOT_TELL


def test_what_cannot_be_told_does_not_count_among_those_asked() -> None:
    known = share_change(Subject.AREA, None, counted_share(3, 12), counted_share(8, 10))
    unknown = share_change(Subject.AREA, None, published_share(29), counted_share(8, 10))
    first, second, third = corrected([known, unknown, known])
    assert (first.asked_together, first.corrected_p) == (2, pytest.approx(2 * (known.p or 0)))
    assert (second.corrected_p, second.verdict) == (None, Verdict.CANNOT_TELL)
    assert third.corrected_p == first.corrected_p


def test_the_same_cases_graded_twice_are_no_two_samples() -> None:
    change = share_change(Subject.OVERALL, None, counted_share(80, 132), counted_share(32, 132), same_cases=True)
    assert (change.points, change.interval, change.p, change.verdict) == (-36, None, None, Verdict.CANNOT_TELL)


@pytest.mark.parametrize(("whole", "few"), [(FEW_CASES - 1, True), (FEW_CASES, False)])
def test_few_cases_are_marked(whole: int, few: bool) -> None:
    many = counted_share(50, 100)
    assert share_change(Subject.AREA, None, many, counted_share(1, whole)).rests_on_few is few
    assert share_change(Subject.AREA, None, counted_share(1, whole), many).rests_on_few is few


def test_a_published_percentage_is_rounded_halves_up() -> None:
    assert [published_share(value).percent for value in (24.1, 24.5, 25.7, 0.0, 100.0)] == [24, 25, 26, 0, 100]


def test_a_share_beyond_its_cases_is_refused() -> None:
    with pytest.raises(ValueError):
        counted_share(5, 4)
