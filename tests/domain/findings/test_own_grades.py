"""The force's own grades against the inspectors': tables, sets, direction, agreement, and the words for them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from ncpi_desktop.domain.findings.findings import SelfAssessment
from ncpi_desktop.domain.findings.own_words import (
    apart_sentence,
    applies_sentence,
    direction_sentence,
    set_words,
    sets_of,
    table_words,
    told,
)
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from ncpi_desktop.domain.moderation.agreement import AgreementTable
from tests.builders import make_findings, make_methodology

GRADES = ("good", "requires-improvement", "inadequate")
AREAS = ("s47", "missing")
STAGES = ("investigation", "trusted-adult")
GRADE = st.sampled_from(GRADES)


def own_of(*outcomes: CaseOutcome) -> SelfAssessment:
    return make_findings(outcomes).self_assessment


def both(own: str | None, ours: str | None, area: str = "s47", **stages: tuple[str, str]) -> CaseOutcome:
    """A case that the force graded `own` and the inspectors `ours`; `stages` hold both grades of each."""
    codes = {stage.replace("_", "-"): pair for stage, pair in stages.items()}
    final = FinalJudgement(ours, tuple((stage, pair[1]) for stage, pair in codes.items())) if ours else None
    own_stages = tuple((stage, pair[0]) for stage, pair in codes.items())
    state = "submitted" if ours else "to-do"
    return CaseOutcome(area, state, own_grade=own, final=final, own_stages=own_stages)


@st.composite
def outcomes(draw: st.DrawFn) -> CaseOutcome:
    stages = {
        stage: (draw(GRADE), draw(GRADE | st.just("not-applicable")))
        for stage in draw(st.sets(st.sampled_from(STAGES)))
    }
    return both(
        draw(st.none() | GRADE),
        draw(st.none() | GRADE),
        draw(st.sampled_from(AREAS)),
        **{stage.replace("-", "_"): pair for stage, pair in stages.items()},
    )


@given(st.lists(outcomes(), max_size=30))
def test_every_table_is_counted_case_by_case(cases: list[CaseOutcome]) -> None:
    own = own_of(*cases)
    pairs = [
        (case.own_grade, case.final.grade, case.area) for case in cases if case.own_grade is not None and case.final
    ]
    assert own.compared.table == AgreementTable.from_pairs([pair[:2] for pair in pairs], GRADES)
    assert own.compared.table.counts == own.matrix
    assert (own.kinder, own.harsher) == (own.compared.table.second_harsher, own.compared.table.second_kinder)
    for area in own.areas:
        of_area = [pair[:2] for pair in pairs if pair[2] == area.area.code]
        assert area.compared.table == AgreementTable.from_pairs(of_area, GRADES)
    assert sum(area.compared.table.n for area in own.areas) == own.both
    of_stages = [
        (stage, grade, dict(case.final.stages)[stage])
        for case in cases
        if case.final
        for stage, grade in case.own_stages
    ]
    assert {stage.stage.code for stage in own.stages} == {stage for stage, _own, _ours in of_stages}
    for stage in own.stages:
        graded = [(one, ours) for code, one, ours in of_stages if code == stage.stage.code]
        held = [pair for pair in graded if pair[1] != "not-applicable"]
        assert stage.compared.table == AgreementTable.from_pairs(held, GRADES)
        assert stage.compared.applies_or_not == len(graded) - len(held)


@given(st.lists(outcomes(), max_size=30))
def test_both_and_inspectors_only_are_all(cases: list[CaseOutcome]) -> None:
    findings = make_findings(cases)
    own = findings.self_assessment
    assert own.all_graded == findings.overall
    assert own.inspectors.graded == own.own.graded == own.both
    for grade in GRADES:
        assert own.inspectors.of(grade) + own.inspectors_only.of(grade) == own.all_graded.of(grade)
    alone = Counter(case.final.grade for case in cases if case.final and case.own_grade is None)
    assert dict(own.inspectors_only.counts) == {grade: alone[grade] for grade in GRADES}


@given(st.lists(st.tuples(GRADE, GRADE), min_size=2, max_size=40))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    compared = own_of(*(both(*pair) for pair in pairs)).compared
    ranks = [[GRADES.index(grade) for grade in side] for side in zip(*pairs, strict=True)]
    if len({grade for pair in pairs for grade in pair}) == 1:
        assert compared.kappa.value is None
        return
    expected = cohen_kappa_score(*ranks, labels=[0, 1, 2], weights="quadratic")
    assert compared.kappa.value == pytest.approx(expected, abs=1e-10)


def test_direction_distance_and_sets_in_words() -> None:
    cases = [
        *[both("good", "requires-improvement")] * 8,
        both("good", "inadequate"),
        *[both("inadequate", "good")] * 2,
        *[both("good", "good")] * 19,
        *[both(None, "inadequate", "missing")] * 3,
        both("good", None),
    ]
    own = own_of(*cases)
    assert direction_sentence(own.compared) == "The force graded 9 of 30 cases higher than the inspectors, 2 lower."
    assert apart_sentence(own.compared) == "The grades differ in 11 cases: 8 by one step, 3 by two steps."
    sentences = " ".join(told(own.compared))
    assert "same grade in 19 of 30 cases (63%, 95% interval 46% to 78%)" in sentences
    assert "Weighted kappa " in sentences
    assert "Gwet's AC2 " in sentences
    assert [set_words(counts) for _name, counts in sets_of(own)] == [
        "28 of 30 good (93%, 95% interval 79% to 98%)",
        "21 of 30 good (70%, 95% interval 52% to 83%)",
        "0 of 3 good (0%, 95% interval 0% to 56%)",
        "21 of 33 good (64%, 95% interval 47% to 78%)",
    ]
    scale = make_methodology().scale
    assert table_words(own.compared.table, scale) == (
        "Force good: inspectors good 19, requires improvement 8, inadequate 1. Force inadequate: inspectors good 2."
    )


def test_without_cases_it_is_said_that_there_are_none() -> None:
    own = own_of(both("good", None), both(None, "good"))
    assert told(own.compared) == ("No case has been graded by both the force and the inspectors.",)
    assert set_words(own.own) == "no cases"
    assert (own.areas, own.stages) == ((), ())


def test_a_stage_that_inspectors_found_not_applicable_is_in_no_figure_and_said() -> None:
    own = own_of(both("good", "good", investigation=("good", "not-applicable")))
    (stage,) = own.stages
    assert stage.compared.table.n == 0
    assert applies_sentence(stage.compared).startswith("1 case more, in which the inspectors found")
    assert applies_sentence(own.compared) == ""


def test_where_all_grades_are_the_same_no_distance_is_told() -> None:
    compared = own_of(both("good", "good")).compared
    assert apart_sentence(compared) == ""
    assert direction_sentence(compared) == "The force graded 0 of 1 case higher than the inspectors, 0 lower."
