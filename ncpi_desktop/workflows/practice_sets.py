"""Brings practice sets in: the one that comes with the program, or one of the lead's own, each case with its agreed answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.completeness import missing_from
from ncpi_desktop.domain.grading.review import GivenReason, GivenReasonKey, Review, ReviewKey, ReviewPurpose
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.imports.brought_case import BroughtCase
from ncpi_desktop.imports.tables.source_row import Refusal
from ncpi_desktop.resources import resource_path
from ncpi_desktop.storage import practice_repository as practice
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.case_repository import add_case, find_case, read_case
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.words import _
from ncpi_desktop.workflows.importing import ImportRefusedError, Survey, Tick, judge_as_brought, new_case
from ncpi_desktop.workflows.session import AuditSession, Changed
from ncpi_desktop.workflows.told_cases import Told, case_from, cases_in, judge_as_told

FIRST_OF_THE_SET: Final = "PRACTICE-1"
"""The reference of the first case of the set that comes with the program."""


@dataclass(frozen=True, slots=True)
class PracticeBrought:
    """What a practice set brought in: how many cases."""

    cases: int
    changed: Changed


def bring_practice_set(session: AuditSession) -> PracticeBrought:
    """Bring the set in that comes with the program: six invented cases with agreed answers. It can stand in an audit once.

    Raises:
        RefusedError: it is a team lead's act, by name; or the set is in the audit already; or its grades, stages or reasons are those of
            another methodology than that of the audit.
    """
    session.refuse_unless_may(Action.ADD_PRACTICE)
    told = [case for text in sorted(resource_path("practice").glob("*.toml")) for case in cases_in(text)]
    for case in told:
        _refuse_held(session, case["reference"])
        _refuse_other_methodology(session.methodology, case)
    with session.change(Action.ADD_PRACTICE, detail=str(len(told))) as change:
        for case in told:
            key = add_case(change, case_from(case))
            draft = _begin_agreed(change, key)
            judge_as_told(change, read_case(change.connection, key), draft, case["review"])
            reviews.submit(change, draft)
            _refuse_incomplete(session.methodology, change, key)
    return PracticeBrought(len(told), Changed(None, change.at))


def holds_practice_set(session: AuditSession) -> bool:
    """Return whether the set of the program is in the audit already."""
    held = find_case(session.file.connection, FIRST_OF_THE_SET)
    return held is not None and is_for_practice(session.file.connection, held)


def bring_practice_from(session: AuditSession, source: Path, tick: Tick = lambda done, total: None) -> PracticeBrought:
    """Bring a set of one's own in from a table in the form of an import, whose grades, stages, reasons and rationale are the agreed answers.

    All of it comes, or nothing.

    Raises:
        RefusedError: it is a team lead's act, by name.
        ImportRefusedError: a row is refused, or an answer is not complete; its `plan` says which and why.
        FileRefusedError: the source is no table or can't be read soundly.
    """
    session.refuse_unless_may(Action.ADD_PRACTICE)
    survey = _PracticeSurvey(session, source)
    brought = [case for case, _held in survey.cases(tick)]
    plan = survey.plan()
    if plan.refused:
        raise ImportRefusedError(plan)
    with session.change(Action.ADD_PRACTICE, detail=str(len(brought))) as change:
        for case in brought:
            draft = _begin_agreed(change, add_case(change, new_case(case)))
            if case.review is not None:
                judge_as_brought(change, draft, case.review)
            reviews.submit(change, draft)
    return PracticeBrought(len(brought), Changed(None, change.at))


class _PracticeSurvey(Survey):
    """Reads a table of practice cases: each is new, has a record, and has its whole answer."""

    def _takes(self, case: BroughtCase, held: CaseKey | None) -> bool:
        faults = list(_faults_of(case, held, self._session.methodology))
        for fault in faults:
            self._refuse(fault)
        return not faults

    def _count(self, case: BroughtCase, held: CaseKey | None) -> None:
        super()._count(case, held)
        self._newcomers.clear()  # Agreed answers are nobody's: a reader that the table names is not added.


def _faults_of(case: BroughtCase, held: CaseKey | None, methodology: Methodology) -> Iterator[Refusal]:
    if held is not None:
        reason = _("The audit holds a case of this reference already. A practice case needs a reference of its own.")
        yield Refusal(case.row, "case", reason)
    if not case.entries:
        yield Refusal(case.row, "text", _("A practice case needs its record: no entry of it is given."))
    if case.review is None:
        yield Refusal(case.row, "grade", _("A practice case needs its agreed answer: its overall grade is missing."))
        return
    told = case.review
    answer = Review(
        *(ReviewKey(0), "", CaseKey(0), None, ReviewPurpose.PRACTICE),
        grade=told.grade,
        rationale=told.rationale,
        stages=told.stages,
        reasons=tuple(GivenReason(GivenReasonKey(0), "", code) for code in told.reasons),
    )
    for lack in missing_from(answer, case.area, methodology):
        yield Refusal(case.row, "", _("The agreed answer is not complete: {lack}.").format(lack=lack.sentence))


def _begin_agreed(change: ChangeInProgress, case: CaseKey) -> Review:
    """Take a case that was just added for practice, and begin its agreed answer: a reading that is nobody's."""
    practice.note_for_practice(change, case)
    return reviews.begin_review(change, case, None, ReviewPurpose.PRACTICE)


def _refuse_held(session: AuditSession, reference: str) -> None:
    held = find_case(session.file.connection, reference)
    if held is None:
        return
    if is_for_practice(session.file.connection, held):
        raise RefusedError(
            _("The practice set of the program is in this audit already."),
            safe=_("Nothing was changed."),
            todo=_("For another round, bring a set of your own in."),
        )
    raise RefusedError(
        _("The audit holds a case “{case}”, which is the reference of a practice case.").format(case=reference),
        safe=_("Nothing was changed."),
        todo=_("Bring a practice set of your own in, with other references."),
    )


def _refuse_other_methodology(methodology: Methodology, told: Told) -> None:
    answer = told["review"]
    graded = {answer["grade"], *answer["stages"].values()} - {"n/a"}
    reasons = {reason if isinstance(reason, str) else reason["code"] for reason in answer["reasons"]}
    scale = {grade.code for grade in methodology.scale.grades}
    if (
        graded <= scale
        and told["area"] in methodology.area_by_code
        and set(answer["stages"]) <= set(methodology.stage_by_code)
        and reasons <= set(methodology.reason_by_code)
    ):
        return
    raise _another_methodology(methodology)


def _refuse_incomplete(methodology: Methodology, change: ChangeInProgress, case: CaseKey) -> None:
    agreed = practice.agreed_reading(change.connection, case)
    area = practice.area_of(change.connection, case)
    if agreed is None or missing_from(agreed, area, methodology):
        raise _another_methodology(methodology)


def _another_methodology(methodology: Methodology) -> RefusedError:
    return RefusedError(
        _("The practice set of the program has grades of another methodology than this audit: {title}.").format(
            title=methodology.title
        ),
        safe=_("Nothing was changed."),
        todo=_("Bring a practice set of your own in, answered in the grades, stages and reasons of this audit."),
    )
