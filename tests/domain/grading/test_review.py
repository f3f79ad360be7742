"""A review knows what was judged, and whether anything has been."""

from __future__ import annotations

from typing import Any

import pytest

from ncpi_desktop.domain.grading.review import ReviewState, StageJudgement
from tests.builders import WEAKNESS, make_judgement, make_review

BLANK: dict[str, Any] = {"grade": None, "rationale": "", "stages": {}, "reasons": ()}


def test_nothing_judged_is_blank() -> None:
    assert make_review(**BLANK).is_blank
    assert make_review(**(BLANK | {"stages": {"investigation": None}})).is_blank


@pytest.mark.parametrize(
    "judged",
    [
        {"grade": "good"},
        {"rationale": "A word."},
        {"notes": "A word."},
        {"not_sure": True},
        {"parked_because": "Waits for the log."},
        {"reasons": (WEAKNESS,)},
        {"stages": {"investigation": "good"}},
        {"stages": {"investigation": "n/a"}},
    ],
)
def test_anything_judged_or_written_is_not_blank(judged: dict[str, Any]) -> None:
    assert make_review(**(BLANK | judged)).is_blank is False


@pytest.mark.parametrize(("state", "editable"), [("draft", True), ("submitted", False), ("superseded", False)])
def test_only_a_draft_may_change(state: str, editable: bool) -> None:
    assert make_review(state=ReviewState(state)).is_editable is editable


def test_a_stage_that_was_not_judged_is_unanswered() -> None:
    review = make_review(stages={"investigation": "good", "trusted-adult": "n/a"})
    assert review.judgement("investigation") == StageJudgement("investigation", "good")
    assert review.judgement("trusted-adult").answered
    assert not review.judgement("decision-making").answered
    assert not make_judgement("decision-making", None).answered


def test_a_reason_is_found_by_its_code() -> None:
    given = make_review(reasons=(WEAKNESS,)).given(WEAKNESS)
    assert given is not None
    assert given.code == WEAKNESS
    assert make_review(reasons=()).given(WEAKNESS) is None
