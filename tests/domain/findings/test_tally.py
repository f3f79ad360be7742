"""Counts that are moved along always equal a count from nothing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement, Measure, TallyKey, contributions, moved
from tests.builders import tallies_of

GRADES = st.sampled_from(("good", "requires-improvement", "inadequate"))
FINALS = st.builds(
    FinalJudgement,
    grade=GRADES,
    stages=st.lists(
        st.tuples(st.sampled_from(("investigation", "trusted-adult")), GRADES), unique_by=lambda s: s[0]
    ).map(tuple),
    reasons=st.sets(st.sampled_from(("DEC-W01", "INI-S01", "INV-W01"))).map(tuple),
    reviewer=st.sampled_from((None, 1, 2)),
    day=st.sampled_from(("2018-05-16", "2018-05-17")),
)
OUTCOMES = st.builds(
    CaseOutcome,
    area=st.sampled_from(("s47", "missing")),
    state=st.sampled_from(("to-do", "in-progress", "parked", "submitted")),
    not_sure=st.booleans(),
    allocated_to=st.sampled_from((None, 1, 2)),
    own_grade=st.none() | GRADES,
    final=st.none() | FINALS,
    own_stages=st.lists(
        st.tuples(st.sampled_from(("investigation", "trusted-adult")), GRADES), unique_by=lambda s: s[0]
    ).map(tuple),
)


@given(st.lists(OUTCOMES, min_size=2, max_size=12))
def test_moving_one_case_through_any_outcomes_equals_a_recount(outcomes: list[CaseOutcome]) -> None:
    counted = tallies_of(outcomes[:1])
    for before, after in pairwise(outcomes):
        for key, by in moved(before, after).items():
            assert by != 0
            counted[key] = counted.get(key, 0) + by
        assert {key: n for key, n in counted.items() if n} == tallies_of([after])


@given(OUTCOMES)
def test_nothing_moves_where_nothing_changes(outcome: CaseOutcome) -> None:
    assert moved(outcome, outcome) == {}


def test_what_one_submitted_case_adds_to() -> None:
    final = FinalJudgement("good", (("investigation", "not-applicable"),), ("INI-S01",), 2, "2018-05-17")
    own_stages = (("investigation", "good"), ("trusted-adult", "good"))
    outcome = CaseOutcome("missing", "submitted", True, 1, "inadequate", final, own_stages=own_stages)
    assert set(contributions(outcome)) == {
        TallyKey(Measure.STATE, "submitted", "missing"),
        TallyKey(Measure.ALLOCATED, "1", "submitted"),
        TallyKey(Measure.MARK, "not-sure", ""),
        TallyKey(Measure.GRADE, "missing", "good"),
        TallyKey(Measure.STAGE, "investigation", "not-applicable"),
        TallyKey(Measure.REASON, "INI-S01", "missing"),
        TallyKey(Measure.OWN, "inadequate", "good"),
        TallyKey(Measure.OWN_AREA, "missing", "inadequate>good"),
        TallyKey(Measure.OWN_STAGE, "investigation", "good>not-applicable"),
        TallyKey(Measure.PACE, "2", "2018-05-17"),
    }


def test_a_case_that_is_not_judged_counts_by_state_alone() -> None:
    assert list(
        contributions(CaseOutcome("s47", "to-do", own_grade="good", own_stages=(("investigation", "good"),)))
    ) == [TallyKey(Measure.STATE, "to-do", "s47")]
