"""Builds cases as the workbook lists them, with the findings that they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import make_case, make_findings, make_review

SUBMITTED = datetime(2018, 5, 16, 9, 30, 12, tzinfo=UTC)


def make_line(reference: str = "DA-01", grade: str = "good", **changed: Any) -> CaseLine:
    """A submitted case of domestic abuse; `rationale` and `own_grade` may be given."""
    review = make_review(grade=grade, submitted_at=SUBMITTED)
    if "rationale" in changed:
        review = replace(review, rationale=changed.pop("rationale"))
    held: dict[str, Any] = {
        "case": make_case(reference),
        "state": CaseState.SUBMITTED,
        "inspector": "Inspector 1",
        "review": review,
        "own_grade": None,
        "own_rationale": "",
        "entry_words": {},
    }
    return CaseLine(**(held | changed))


def findings_on(lines: Iterable[CaseLine], **changed: Any) -> Findings:
    """The findings that `lines` add up to."""
    return make_findings([_outcome(line) for line in lines], **changed)


def _outcome(line: CaseLine) -> CaseOutcome:
    final = None
    if line.review is not None and line.review.grade is not None:
        reasons: Sequence[str] = [given.code for given in line.review.reasons]
        stages = tuple((found.stage, found.grade) for found in line.review.stages if found.grade is not None)
        final = FinalJudgement(line.review.grade, stages, tuple(reasons))
    return CaseOutcome(line.case.area, line.state, own_grade=line.own_grade, final=final)
