"""The findings add up: overall is the sum of its areas, and every figure has its n."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.findings import grade_counts
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import make_findings, make_methodology, make_person

AREAS = tuple(area.code for area in make_methodology().areas)
GRADES = make_methodology().scale.codes


def submitted(area: str, grade: str, own: str | None = None, **final: object) -> CaseOutcome:
    return CaseOutcome(area, "submitted", own_grade=own, final=replace(FinalJudgement(grade), **final))  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.sampled_from(AREAS), st.sampled_from(GRADES), st.none() | st.sampled_from(GRADES))))
def test_overall_is_the_sum_of_the_areas(cases: list[tuple[str, str, str | None]]) -> None:
    findings = make_findings(submitted(*case) for case in cases)
    assert findings.cases == findings.overall.graded == len(cases)
    assert sum(area.cases for area in findings.areas) == len(cases)
    for code in GRADES:
        assert findings.overall.of(code) == sum(area.grades.of(code) for area in findings.areas)
    both = findings.self_assessment
    assert both.both == both.same + both.kinder + both.harsher == sum(own is not None for _a, _g, own in cases)
    assert both.own.graded == both.inspectors.graded == both.both


def test_nothing_graded_has_no_percentage() -> None:
    findings = make_findings([CaseOutcome("s47", "to-do")])
    assert findings.overall.percent_good is None
    assert findings.overall.interval is None
    assert findings.change is None
    assert findings.quality.agreement.value is None
    assert [(area.area.code, area.cases, area.grades.percent_good) for area in findings.areas] == [("s47", 1, None)]


def test_halves_of_a_per_cent_go_up() -> None:
    scale = make_methodology().scale
    assert grade_counts(scale, {"good": 1, "inadequate": 7}).percent_good == 13
    assert grade_counts(scale, {"good": 1, "inadequate": 199}).percent_good == 1


def test_outstanding_counts_as_good_in_2024() -> None:
    counts = grade_counts(make_methodology("ncpi-2024").scale, {"outstanding": 1, "good": 1, "adequate": 2})
    assert (counts.good, counts.graded, counts.percent_good) == (2, 4, 50)
    assert counts.counts[0] == ("outstanding", 1)


def test_areas_and_stages_stand_in_report_order_and_empty_ones_are_left_out() -> None:
    stages = (("trusted-adult", "good"), ("investigation", "not-applicable"))
    findings = make_findings([submitted("missing", "good"), submitted("s47", "good", stages=stages)])
    assert [area.area.code for area in findings.areas] == ["s47", "missing"]
    assert [stage.stage.code for stage in findings.stages] == ["investigation", "trusted-adult"]
    assert (findings.stages[0].grades.graded, findings.stages[0].not_applicable) == (0, 1)


def test_reasons_are_counted_over_areas_most_frequent_first() -> None:
    findings = make_findings(
        [
            submitted("missing", "good", reasons=("INI-S01", "DEC-W01")),
            submitted("s47", "good", reasons=("DEC-W01", "INV-W01")),
        ]
    )
    assert [(found.reason.code, found.cases) for found in findings.weaknesses()] == [("DEC-W01", 2), ("INV-W01", 1)]
    assert [found.reason.code for found in findings.strengths()] == ["INI-S01"]
    assert findings.weaknesses()[0].areas == (("s47", 1), ("missing", 1))


def test_kinder_means_that_the_force_graded_better_than_the_inspectors() -> None:
    both = make_findings(
        [submitted("s47", "inadequate", own="good"), submitted("s47", "good", own="good")]
    ).self_assessment
    assert (both.kinder, both.harsher, both.same) == (1, 0, 1)
    assert both.matrix[0] == (1, 0, 1)
    assert (both.own.percent_good, both.inspectors.percent_good) == (100, 50)


def test_states_and_marks_are_counted_over_all_areas() -> None:
    findings = make_findings([CaseOutcome("s47", "parked", not_sure=True), CaseOutcome("missing", "parked")])
    assert findings.state_count(CaseState.PARKED) == 2
    assert findings.state_count(CaseState.TO_DO) == 0
    assert findings.not_sure == 1


def test_people_without_cases_are_left_out() -> None:
    outcome = CaseOutcome(
        "s47", "submitted", allocated_to=1, final=FinalJudgement("good", reviewer=1, day="2018-05-16")
    )
    findings = make_findings([outcome], people=[make_person(1), make_person(2, "Team lead")])
    assert [(held.person.name, held.submitted) for held in findings.people] == [("Inspector 1", 1)]
