"""A review that contradicts itself is questioned, in every methodology, and only then."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.grading.contradictions import questions_about
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.reason import Polarity
from tests.builders import make_methodology, make_review

METHODOLOGIES = ("ncpi-2014", "ncpi-2018", "ncpi-2024")


def reason_of(code: str, polarity: Polarity, stage: str = "investigation") -> str:
    return next(r.code for r in make_methodology(code).reasons if r.polarity is polarity and r.stage == stage)


def middle_of(code: str) -> str:
    return make_methodology(code).scale.codes[-2]


def judged(code: str, grade: str | None, reasons: str, stage_grade: str | None = None) -> Review:
    """A review with reasons that are weak (w), strong (s) or both, and the investigation graded `stage_grade`."""
    polarity = {"w": Polarity.WEAKNESS, "s": Polarity.STRENGTH}
    stages = {"investigation": stage_grade} if stage_grade else {}
    return make_review(grade=grade, reasons=[reason_of(code, polarity[letter]) for letter in reasons], stages=stages)


def asked(code: str, review: Review) -> tuple[str, ...]:
    return questions_about(review, make_methodology(code))


@pytest.mark.parametrize("code", METHODOLOGIES)
class TestInEveryMethodology:
    def test_good_with_weaknesses_alone(self, code: str) -> None:
        assert asked(code, judged(code, "good", "w")) == (
            "Graded Good, yet every reason is a weakness. Is that what you mean?",
        )

    def test_any_grade_below_good_with_strengths_alone(self, code: str) -> None:
        scale = make_methodology(code).scale
        for grade in scale.grades:
            questions = asked(code, judged(code, grade.code, "s"))
            assert bool(questions) is not grade.counts_as_good
            assert all("every reason is a strength" in question for question in questions)

    def test_reasons_of_both_kinds_raise_no_question(self, code: str) -> None:
        for grade in make_methodology(code).scale.codes:
            assert asked(code, judged(code, grade, "ws")) == ()

    def test_no_reason_and_no_grade_raise_no_question(self, code: str) -> None:
        assert asked(code, judged(code, "good", "")) == ()
        assert asked(code, judged(code, None, "w", "inadequate")) == ()

    def test_good_with_an_inadequate_stage(self, code: str) -> None:
        (question,) = asked(code, judged(code, "good", "ws", "inadequate"))[:1]
        assert question == "Graded Good, yet a stage is inadequate. Is the child's outcome still Good?"

    def test_good_with_a_middling_stage_raises_no_question(self, code: str) -> None:
        assert asked(code, judged(code, "good", "ws", middle_of(code))) == ()

    def test_inadequate_with_every_stage_good(self, code: str) -> None:
        assert asked(code, judged(code, "inadequate", "ws", "good")) == (
            "Graded Inadequate, yet every stage is good. Is that what you mean?",
        )

    def test_inadequate_with_one_stage_below_good_raises_no_question(self, code: str) -> None:
        review = make_review(
            grade="inadequate",
            reasons=[reason_of(code, Polarity.WEAKNESS)],
            stages={"investigation": "good", "initial-contact": middle_of(code)},
        )
        assert asked(code, review) == ()

    def test_a_reason_at_a_stage_that_is_not_applicable(self, code: str) -> None:
        (question,) = asked(code, judged(code, middle_of(code), "w", "n/a"))
        wording = make_methodology(code).reason_by_code[reason_of(code, Polarity.WEAKNESS)].wording
        assert question == f"Investigation is not applicable, yet a reason stands on it: {wording}"

    def test_a_strength_at_an_inadequate_stage(self, code: str) -> None:
        (question,) = asked(code, judged(code, middle_of(code), "ws", "inadequate"))
        wording = make_methodology(code).reason_by_code[reason_of(code, Polarity.STRENGTH)].wording
        assert question == f"Investigation is inadequate, yet a strength stands on it: {wording}"

    def test_a_weakness_at_a_good_stage_raises_no_question(self, code: str) -> None:
        assert asked(code, judged(code, middle_of(code), "w", "good")) == ()
