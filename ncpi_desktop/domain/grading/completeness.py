"""What a review still lacks before it can be submitted, in words and in the order an inspector works."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.words import _


class Gap(StrEnum):
    """Where something is missing, so that *next unanswered* can go there."""

    STAGE = "stage"
    GRADE = "grade"
    REASONS = "reasons"
    RATIONALE = "rationale"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing missing: the place, the stage where it is a stage, and the sentence."""

    gap: Gap
    sentence: str
    stage: str = ""


def missing_from(review: Review, area: str, methodology: Methodology) -> tuple[Missing, ...]:
    """Return what `review` of a case of `area` lacks, in working order: stages, reasons, overall grade, rationale.

    The overall grade comes after the stages because it is given last, from all of them.
    """
    found = [
        Missing(
            Gap.STAGE, _("{stage} is neither graded nor marked not applicable").format(stage=stage.label), stage.code
        )
        for stage in methodology.stages_for(area)
        if not review.judgement(stage.code).answered
    ]
    if not review.reasons:
        found.append(Missing(Gap.REASONS, _("No reason is given")))
    if review.grade is None:
        found.append(Missing(Gap.GRADE, _("The overall grade is missing")))
    if not review.rationale.strip():
        found.append(Missing(Gap.RATIONALE, _("The rationale is empty")))
    if review.parked_because:
        found.append(Missing(Gap.PARKED, _("The case is parked")))
    return tuple(found)
