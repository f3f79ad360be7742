"""Small audits for the tests of the report: findings and case lines that fit each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2

from ncpi_desktop.domain.casework.case import Case, CaseKey, Child, Entry, EntryKind
from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind, PreviousResults
from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.findings import Findings, Provenance, build_findings
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement, TallyKey, contributions
from ncpi_desktop.domain.grading.review import (
    Citation,
    CitationKey,
    GivenReason,
    GivenReasonKey,
    Review,
    ReviewKey,
    ReviewState,
    StageJudgement,
)
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.imports.methodology_file import bundled_methodology

SEAL = "5688abcd" * 8
BEFORE = PreviousResults(
    identity="before",
    label="January 2017",
    kind=InspectionKind.INSPECTION,
    methodology="ncpi-2018",
    good=22,
    total=76,
)
PERCENT_ONLY = PreviousResults(identity="before", label="January 2017", percent_good=29.0)


def case_line(
    methodology: Methodology,
    number: int,
    grade: str | None,
    *,
    text: str = "A plain rationale.",
    own: str | None = None,
) -> CaseLine:
    """Return one case of the first areas in turn; without `grade` it is still to do."""
    area = methodology.areas[number % 3]
    entry = Entry(900 + number, "", 1, "00:50", EntryKind.ATTENDANCE, "Attendance", "The child was not seen.")
    case = Case(
        CaseKey(number), f"c{number}", f"AB-{number:02}", area.code, ("High risk",), (Child("Child A", 6),), (entry,)
    )
    if grade is None:
        return CaseLine(case, CaseState.TO_DO, "Inspector 2", None, None, "", {entry.key: "Day 1, 00:50, Attendance"})
    stages = methodology.stages_for(area.code)
    review = Review(
        key=ReviewKey(number),
        identity="",
        case=case.key,
        reviewer=1,
        state=ReviewState.SUBMITTED,
        grade=grade,
        rationale=text,
        stages=(StageJudgement(stages[0].code, grade), StageJudgement(stages[1].code, None, not_applicable=True)),
        reasons=(
            GivenReason(
                GivenReasonKey(number),
                "",
                reason_code(methodology, grade),
                (Citation(CitationKey(number), "", entry.key, 0, 23, f"Passage {number}: {text[:200]}"),),
            ),
        ),
        submitted_at=datetime(2018, 5, 16, 9, 30, tzinfo=UTC),
    )
    words = {entry.key: "Day 1, 00:50, Attendance"}
    return CaseLine(
        case, CaseState.SUBMITTED, "Inspector 1", review, own, "Own words of the force." if own else "", words
    )


def reason_code(methodology: Methodology, grade: str) -> str:
    """Return the first strength for a good grade, the first weakness for another."""
    wanted = Polarity.STRENGTH if methodology.scale[grade].counts_as_good else Polarity.WEAKNESS
    return next(reason.code for reason in methodology.reasons if reason.polarity is wanted)


def audit(
    grades: dict[str, int],
    *,
    methodology: str = "ncpi-2018",
    to_do: int = 0,
    previous: PreviousResults | None = BEFORE,
    text: str = "A plain rationale.",
    force: str = "Northshire Police",
    is_sample: bool = False,
) -> tuple[Findings, list[CaseLine]]:
    """Return findings over as many cases of each grade as `grades` says, every second with an own grade *good*, and their lines."""
    yardstick = bundled_methodology(methodology)
    given = [grade for grade, count in grades.items() for _case in range(count)]
    lines = [
        case_line(yardstick, n, grade, text=text, own="good" if n % 2 else None)
        for n, grade in enumerate(given, start=1)
    ]
    lines += [case_line(yardstick, len(given) + n, None) for n in range(1, to_do + 1)]
    inspection = Inspection(
        identity="i",
        force=force,
        kind=InspectionKind.POST_INSPECTION_REVIEW,
        methodology=methodology,
        fieldwork_start=date(2018, 5, 14),
        fieldwork_end=date(2018, 5, 18),
        is_sample=is_sample,
    )
    findings = build_findings(
        inspection=inspection,
        methodology=yardstick,
        provenance=Provenance(79, SEAL, datetime(2018, 5, 18, 17, 5, tzinfo=UTC)),
        tallies=tallies_of(lines),
        previous=previous,
        referrals=[
            Referral(
                CaseKey(1),
                1,
                datetime(2018, 5, 16, 15, 20, tzinfo=UTC),
                f"At risk tonight. {text[:500]}",
                "A lead",
                "AB-01",
            )
        ],
        recommendations=[
            Recommendation(
                1,
                Origin.PREVIOUS,
                f"See the children. {text[:500]}",
                "",
                "They were not.",
                Deadline.THREE_MONTHS,
                Status.COMPLETE,
                "improved",
            )
        ],
    )
    return findings, lines


def tallies_of(lines: list[CaseLine]) -> dict[TallyKey, int]:
    """Return the counts that `lines` add up to."""
    counts: dict[TallyKey, int] = {}
    for line in lines:
        final = None
        if line.review is not None and line.review.grade is not None:
            stages = tuple((found.stage, found.grade or "not-applicable") for found in line.review.stages)
            final = FinalJudgement(
                line.review.grade, stages, tuple(given.code for given in line.review.reasons), 1, "2018-05-16"
            )
        outcome = CaseOutcome(line.case.area, line.state.value, own_grade=line.own_grade, final=final)
        for key in contributions(outcome):
            counts[key] = counts.get(key, 0) + 1
    return counts


def pages_of(path: Path) -> list[str]:
    """Return the words of each page, in one line each."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(_words(page).split()) for page in document]
    finally:
        document.close()


def _words(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_bounded())
    finally:
        textpage.close()
        page.close()


def with_force(findings: Findings, force: str) -> Findings:
    """Return `findings` of a force of another name."""
    return replace(findings, inspection=replace(findings.inspection, force=force))
