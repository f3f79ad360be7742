"""Questions about a review that seems to contradict itself. They are asked, and never forbid."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity, Reason
from ncpi_desktop.words import _


def questions_about(review: Review, methodology: Methodology) -> tuple[str, ...]:
    """Return the questions that grade, stages and reasons raise together, as sentences; empty when they agree."""
    reasons = [methodology.reason_by_code[given.code] for given in review.reasons]
    return (
        *_about_the_grade(review, reasons, methodology.scale),
        *_about_the_stages(review, reasons, methodology),
    )


def _about_the_grade(review: Review, reasons: list[Reason], scale: Scale) -> Iterator[str]:
    if review.grade is None:
        return
    overall = scale[review.grade]
    polarities = {reason.polarity for reason in reasons}
    graded = [found.grade for found in review.stages if found.grade is not None]
    if overall.counts_as_good and polarities == {Polarity.WEAKNESS}:
        yield _("Graded {grade}, yet every reason is a weakness. Is that what you mean?").format(grade=overall.label)
    if not overall.counts_as_good and polarities == {Polarity.STRENGTH}:
        yield _("Graded {grade}, yet every reason is a strength. Is that what you mean?").format(grade=overall.label)
    if overall.counts_as_good and scale.worst.code in graded:
        yield _("Graded {grade}, yet a stage is {worst}. Is the child's outcome still {grade}?").format(
            grade=overall.label, worst=scale.worst.label.lower()
        )
    if overall == scale.worst and graded and all(scale[code].counts_as_good for code in graded):
        yield _("Graded {grade}, yet every stage is good. Is that what you mean?").format(grade=overall.label)


def _about_the_stages(review: Review, reasons: list[Reason], methodology: Methodology) -> Iterator[str]:
    for reason in reasons:
        judged = review.judgement(reason.stage)
        stage = methodology.stage_by_code.get(reason.stage)
        if stage is None or not judged.answered:
            continue
        if judged.not_applicable:
            yield _("{stage} is not applicable, yet a reason stands on it: {reason}").format(
                stage=stage.label, reason=reason.wording
            )
        elif reason.polarity is Polarity.STRENGTH and judged.grade == methodology.scale.worst.code:
            yield _("{stage} is {grade}, yet a strength stands on it: {reason}").format(
                stage=stage.label, grade=methodology.scale.worst.label.lower(), reason=reason.wording
            )
