"""Writes the judgement that two readings were settled on: merged where they agree, decided where they differ."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose, StageJudgement
from ncpi_desktop.domain.moderation.settlement import GIVEN, PartKind, Settling
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.change_log import ChangeInProgress


def put_settled_judgement(
    change: ChangeInProgress, settlement: Review, readings: tuple[Review, Review], settled: Settling, because: str
) -> None:
    """Fill the draft `settlement` with what `settled` says of each part, and why. A reason keeps the passages of whoever cited for it."""
    for line in settled.lines:
        value = line.standing
        if line.part.kind is PartKind.GRADE:
            reviews.set_grade(change, settlement, value)
        elif line.part.kind is PartKind.STAGE:
            graded = None if value in (None, NOT_APPLICABLE) else value
            reviews.set_stage(change, settlement, StageJudgement(line.part.code, graded, value == NOT_APPLICABLE))
        elif value == GIVEN:
            _give_reason(change, settlement, readings, line.part.code)
    reviews.set_text(change, settlement, "rationale", because)
    reviews.set_parked(change, settlement, "")


def set_aside(change: ChangeInProgress, case: CaseKey) -> None:
    """Take a settlement out of force, begun or finished, because one of its readings is reopened; it stays in the file."""
    settlement = reviews.current_review(change.connection, case, ReviewPurpose.SETTLEMENT)
    if settlement is not None:
        reviews.supersede(change, settlement)


def _give_reason(change: ChangeInProgress, settlement: Review, readings: tuple[Review, Review], code: str) -> None:
    reason = reviews.add_reason(change, settlement, code)
    cited = set()
    for reading in readings:
        given = reading.given(code)
        for citation in given.citations if given is not None else ():
            place = (citation.entry, citation.start, citation.end)
            if place not in cited:
                cited.add(place)
                reviews.add_citation(change, reason, *place, citation.passage)
