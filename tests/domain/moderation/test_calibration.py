"""A reader's answers against the agreed ones: counted, in both directions, and never told as more than they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.difference import Facet
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.moderation.agreement import Unknown
from ncpi_desktop.domain.moderation.calibration import (
    Apart,
    Calibration,
    StageResult,
    Timing,
    answers_apart,
    calibrate,
)
from ncpi_desktop.domain.moderation.calibration_words import agreement_words, apart_words, result_sentence
from tests.builders import STAGES, make_methodology, make_review

GRADES = ("good", "requires-improvement", "inadequate")
NOON = datetime(2018, 5, 14, 12, tzinfo=UTC)
Pair = tuple[Review, Review]


def pair(agreed: str, own: str, hours: int = 0, stages: dict[str, str] | None = None) -> Pair:
    told = make_review(grade=agreed, stages=dict.fromkeys(STAGES, agreed))
    mine = make_review(
        grade=own, stages=stages or dict.fromkeys(STAGES, own), submitted_at=NOON + timedelta(hours=hours)
    )
    return told, mine


def result_of(pairs: list[Pair], cases: int = 0, first_live: datetime | None = None) -> Calibration:
    return calibrate(pairs, cases or len(pairs), GRADES, STAGES, first_live)


def test_direction_and_stages_are_counted() -> None:
    result = result_of(
        [
            pair("good", "good"),
            pair("good", "inadequate"),
            pair("inadequate", "requires-improvement"),
            pair("requires-improvement", "requires-improvement", stages={"investigation": "n/a"}),
        ],
        cases=6,
    )
    assert (result.n, result.missing, result.harsher, result.kinder) == (4, 2, 1, 1)
    assert result.stages[0] == StageResult("initial-contact", 4, 1)
    assert {stage.n for stage in result.stages} == {4}
    assert result_sentence(result) == (
        "2 of 4 overall grades are as agreed (50 per cent). 1 is harsher than agreed, 1 is kinder than agreed."
        " 2 cases are not handed in yet."
    )


def test_figures_are_those_of_agreement_and_undefined_is_said() -> None:
    nothing = result_of([], cases=6)
    assert (nothing.kappa.unknown, nothing.share.unknown) == (Unknown.NOTHING_COMPARED, Unknown.NOTHING_COMPARED)
    assert nothing.stages == ()
    assert result_sentence(nothing) == "No practice case has been handed in. 6 cases are not handed in yet."
    one = result_of([pair("good", "good")])
    assert agreement_words(one.kappa) == "Fewer than two cases were compared."
    same = result_of([pair("good", "good"), pair("inadequate", "inadequate")])
    assert (same.kappa.value, same.ac2.value) == (1.0, 1.0)
    assert agreement_words(same.kappa) == "1.00 (the cases differ too little for an interval)"
    apart = result_of([pair("good", "good"), pair("inadequate", "good"), pair("inadequate", "inadequate")])
    assert "95 per cent interval" in agreement_words(apart.kappa)


@pytest.mark.parametrize(
    ("cases", "live_after", "timing", "says"),
    [
        (2, None, Timing.BEFORE_LIVE, "Finished before live work."),
        (2, 3, Timing.BEFORE_LIVE, "Finished before live work."),
        (2, 2, Timing.BEFORE_LIVE, "Finished before live work."),
        (2, 1, Timing.AFTER_LIVE, "Finished only after a live reading had been handed in."),
        (3, None, Timing.NOT_FINISHED, "1 case is not handed in yet."),
        (3, 1, Timing.LIVE_UNFINISHED, "1 case is not handed in yet, though live readings have been handed in."),
    ],
)
def test_it_is_said_whether_practice_came_before_live_work(
    cases: int, live_after: int | None, timing: Timing, says: str
) -> None:
    first_live = None if live_after is None else NOON + timedelta(hours=live_after)
    result = result_of([pair("good", "good", 1), pair("good", "good", 2)], cases, first_live)
    assert result.timing is timing
    assert result_sentence(result).endswith(says)
    assert (result.finished_at is None) == (cases == 3)


def test_what_is_apart_is_told_grade_first_and_texts_are_no_answer() -> None:
    agreed = make_review(
        grade="good", stages={"investigation": "good", "trusted-adult": "n/a"}, reasons=("INI-S01", "DEC-W01")
    )
    mine = make_review(
        grade="good",
        stages={"investigation": "inadequate"},
        reasons=("DEC-W01", "INV-W01"),
        rationale="Something else.",
    )
    assert answers_apart(agreed, mine, STAGES) == (
        Apart(Facet.STAGE, "investigation", "good", "inadequate"),
        Apart(Facet.STAGE, "trusted-adult", NOT_APPLICABLE, None),
        Apart(Facet.REASON, "INI-S01", "INI-S01", None),
        Apart(Facet.REASON, "INV-W01", None, "INV-W01"),
    )
    words = [apart_words(apart, make_methodology()) for apart in answers_apart(agreed, mine, STAGES)]
    assert words[0] == "Investigation: agreed good, yours inadequate"
    assert words[1] == "Trusted adult: agreed not applicable, yours nothing"
    assert words[2].startswith("Agreed, and not given by you: Prompt attendance")
    assert words[3].startswith("Given by you, and not agreed: Unexplained delay")


def test_a_judgement_differs_in_nothing_from_itself() -> None:
    assert answers_apart(make_review(), make_review(rationale="Else."), STAGES) == ()


@given(st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), max_size=12), st.randoms())
def test_order_does_not_matter_and_swapping_turns_the_direction(told: list[tuple[str, str]], pick: object) -> None:
    result = result_of([pair(*grades) for grades in told], cases=20)
    shuffled = list(told)
    pick.shuffle(shuffled)  # type: ignore[attr-defined]
    assert result_of([pair(*grades) for grades in shuffled], cases=20) == result
    swapped = result_of([pair(own, agreed) for agreed, own in told], cases=20)
    assert (swapped.harsher, swapped.kinder) == (result.kinder, result.harsher)
    assert swapped.kappa.value == pytest.approx(result.kappa.value)
    assert result.harsher + result.kinder + result.table.same == result.n == len(told)
