"""What changed since the previous inspection, and when nothing may be said of chance."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from ncpi_desktop.domain.casework.inspection import InspectionKind, PreviousResults
from ncpi_desktop.domain.findings.comparison import Change, Verdict, change_since, previous_share, rounded
from tests.builders import make_inspection


def previous(**changed: Any) -> PreviousResults:
    return PreviousResults(identity="p", label="January 2017", **({"good": 22, "total": 76} | changed))


def change(now_good: int, graded: int, **changed: Any) -> Change:
    return change_since(previous(**changed), make_inspection(), now_good, graded, "ncpi-2018")


def test_the_sample_s_change() -> None:
    found = change(16, 30)
    assert found.points == 24
    assert found.p == pytest.approx(0.024738956)
    assert found.verdict is Verdict.UNLIKELY_CHANCE
    assert found.interval is not None
    assert found.interval.low == pytest.approx(0.0397, abs=5e-5)
    assert found.interval.high == pytest.approx(0.4312, abs=5e-5)


def test_a_small_change_could_be_chance() -> None:
    found = change(9, 30)
    assert (found.points, found.verdict) == (1, Verdict.COULD_BE_CHANCE)


def test_a_fall_has_its_sign() -> None:
    assert change(0, 30).points == -29


@pytest.mark.parametrize(("percent", "points"), [(29.0, 24), (28.5, 24), (28.4, 25), (None, None)])
def test_a_percentage_alone_supports_no_claim(percent: float | None, points: int | None) -> None:
    found = change(16, 30, good=None, total=None, percent_good=percent)
    assert found == Change(points, None, None, Verdict.CANNOT_TELL)


@pytest.mark.parametrize("total", [None, 0])
def test_a_count_without_its_total_supports_no_claim(total: int | None) -> None:
    assert change(16, 30, total=total).verdict is Verdict.CANNOT_TELL


def test_nothing_graded_yet_supports_no_claim() -> None:
    assert change(0, 0) == Change(None, None, None, Verdict.CANNOT_TELL)


def test_previous_share_has_counts_or_a_percentage() -> None:
    counted = previous_share(previous())
    assert (counted.good, counted.total, counted.percent_good) == (22, 76, 29)
    assert counted.interval is not None
    published = previous_share(previous(good=None, total=None, percent_good=30.5))
    assert (published.good, published.total, published.percent_good, published.interval) == (None, None, 31, None)


def test_other_methodology_and_other_kind_are_warned_of() -> None:
    found = change(16, 30, methodology="ncpi-2014", kind=InspectionKind.RE_INSPECTION)
    assert len(found.warnings) == 2
    assert "ncpi-2014 and ncpi-2018" in found.warnings[0]
    assert "re-inspection and inspection" in found.warnings[1]


@pytest.mark.parametrize("same", [{}, {"methodology": "ncpi-2018", "kind": InspectionKind.INSPECTION}])
def test_the_same_or_unknown_ways_are_not_warned_of(same: dict[str, Any]) -> None:
    assert change(16, 30, **same).warnings == ()


@pytest.mark.parametrize(
    ("value", "whole"), [("1/2", 1), ("-1/2", -1), ("49/100", 0), ("-49/100", 0), ("3/2", 2), ("5/2", 3), ("0", 0)]
)
def test_halves_go_away_from_zero(value: str, whole: int) -> None:
    assert rounded(Fraction(value)) == whole
