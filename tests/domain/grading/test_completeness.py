"""What a review lacks is said in words, in the order in which an inspector works."""

from __future__ import annotations

from typing import Any

import pytest

from ncpi_desktop.domain.grading.completeness import Gap, missing_from
from tests.builders import STAGES, make_methodology, make_review

METHODOLOGIES = ("ncpi-2014", "ncpi-2018", "ncpi-2024")


def all_stages(code: str, area: str, grade: str = "inadequate") -> dict[str, str]:
    return {stage.code: grade for stage in make_methodology(code).stages_for(area)}


@pytest.mark.parametrize("code", METHODOLOGIES)
def test_a_complete_review_lacks_nothing_in_any_area(code: str) -> None:
    methodology = make_methodology(code)
    reason = methodology.reasons[0].code
    for area in methodology.areas:
        review = make_review(stages=all_stages(code, area.code), reasons=(reason,), grade="inadequate")
        assert missing_from(review, area.code, methodology) == (), area.code


@pytest.mark.parametrize("code", METHODOLOGIES)
def test_an_empty_review_lacks_everything_in_working_order(code: str) -> None:
    methodology = make_methodology(code)
    review = make_review(stages={}, reasons=(), grade=None, rationale="")
    for area in methodology.areas:
        missing = missing_from(review, area.code, methodology)
        stages = [stage.code for stage in methodology.stages_for(area.code)]
        assert [lack.stage for lack in missing if lack.gap is Gap.STAGE] == stages
        assert [lack.gap for lack in missing[len(stages) :]] == [Gap.REASONS, Gap.GRADE, Gap.RATIONALE]
        for lack, stage in zip(missing, methodology.stages_for(area.code), strict=False):
            assert lack.sentence.startswith(stage.label)


@pytest.mark.parametrize("code", METHODOLOGIES)
def test_each_stage_alone_is_missed(code: str) -> None:
    methodology = make_methodology(code)
    reason = methodology.reasons[0].code
    for stage in methodology.stages_for("detention"):
        judged = {held: grade for held, grade in all_stages(code, "detention").items() if held != stage.code}
        missing = missing_from(make_review(stages=judged, reasons=(reason,)), "detention", methodology)
        assert [lack.stage for lack in missing] == [stage.code]


@pytest.mark.parametrize(
    ("changed", "gap", "sentence"),
    [
        ({"reasons": ()}, Gap.REASONS, "No reason is given"),
        ({"grade": None}, Gap.GRADE, "The overall grade is missing"),
        ({"rationale": ""}, Gap.RATIONALE, "The rationale is empty"),
        ({"rationale": " \n\t"}, Gap.RATIONALE, "The rationale is empty"),
        ({"parked_because": "Waits for the log."}, Gap.PARKED, "The case is parked"),
    ],
)
def test_one_thing_missing(changed: dict[str, Any], gap: Gap, sentence: str) -> None:
    (lack,) = missing_from(make_review(**changed), "domestic-abuse", make_methodology())
    assert (lack.gap, lack.sentence, lack.stage) == (gap, sentence, "")


@pytest.mark.parametrize("changed", [{"not_sure": True}, {"notes": ""}])
def test_marks_and_notes_are_not_asked_for(changed: dict[str, Any]) -> None:
    assert missing_from(make_review(**changed), "domestic-abuse", make_methodology()) == ()


def test_not_applicable_is_an_answer_and_the_stage_of_another_area_is_not_asked_for() -> None:
    stages = dict.fromkeys(STAGES, "n/a")
    assert missing_from(make_review(stages=stages), "domestic-abuse", make_methodology()) == ()
    (lack,) = missing_from(make_review(stages=stages), "detention", make_methodology())
    assert lack.stage == "detention"
