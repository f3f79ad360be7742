"""Change by area: corrected for asking about many, and honest about areas that only one of the two graded."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.findings.area_change import compared
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.domain.findings.statistics import fisher_exact
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import make_findings, make_methodology

SCALE = make_methodology().scale


def outcomes(area: str, good: int, inadequate: int) -> list[CaseOutcome]:
    grades = ["good"] * good + ["inadequate"] * inadequate
    return [CaseOutcome(area, "submitted", final=FinalJudgement(grade)) for grade in grades]


def before(**areas: tuple[int, int]) -> PreviousResults:
    counts = tuple((area, (("good", good), ("inadequate", bad))) for area, (good, bad) in areas.items())
    good = sum(found[0] for found in areas.values())
    total = sum(map(sum, areas.values()))
    return PreviousResults("p", "2017", area_counts=counts, good=good, total=total)


def test_holm_corrects_over_the_areas_compared() -> None:
    findings = make_findings([*outcomes("s47", 8, 2), *outcomes("missing", 5, 5), *outcomes("online", 3, 3)])
    comparison = compared(findings, before(s47=(3, 9), missing=(5, 5)), SCALE)
    by_area = {found.area.code: found.change for found in comparison.areas}
    alone = fisher_exact(8, 2, 3, 9)
    assert alone < 0.05
    assert by_area["s47"].p == pytest.approx(2 * alone)
    assert by_area["s47"].verdict is (Verdict.UNLIKELY_CHANCE if 2 * alone < 0.05 else Verdict.COULD_BE_CHANCE)
    assert by_area["missing"].p == pytest.approx(1)
    assert "online" not in by_area


def test_areas_of_one_alone_are_warned_about_by_label() -> None:
    findings = make_findings([*outcomes("s47", 1, 1), *outcomes("online", 1, 0)])
    warnings = compared(findings, before(s47=(1, 1), missing=(1, 0)), SCALE).warnings
    assert len(warnings) == 2
    assert "Online" in warnings[0]
    assert "Missing children" in warnings[1]


def test_results_without_areas_give_no_rows_and_no_warning() -> None:
    findings = make_findings(outcomes("s47", 1, 1))
    comparison = compared(findings, PreviousResults("p", "2017", percent_good=29.0), SCALE)
    assert comparison.areas == ()
    assert comparison.warnings == ()
    assert comparison.change.verdict is Verdict.CANNOT_TELL


def test_nothing_graded_now() -> None:
    comparison = compared(make_findings(), before(s47=(1, 1)), SCALE)
    assert comparison.areas == ()
    assert comparison.change.points is None
