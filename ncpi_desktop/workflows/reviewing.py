"""Judging a case: grades, stages, reasons, cited passages, rationale, and handing it in. Each function is one intention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from ncpi_desktop.domain.casework.case import Case, CaseKey
from ncpi_desktop.domain.casework.worklist import WorklistRow
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.grading.completeness import Missing, missing_from
from ncpi_desktop.domain.grading.contradictions import questions_about
from ncpi_desktop.domain.grading.review import (
    Citation,
    GivenReason,
    Review,
    ReviewKey,
    ReviewPurpose,
    StageJudgement,
)
from ncpi_desktop.domain.methodology.reason import Reason
from ncpi_desktop.domain.moderation.calibration import PracticeOnDesk
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.case_repository import names_of, read_case, read_own_grade, read_own_stage_grades
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import brought_along
from ncpi_desktop.storage.practice_repository import area_of
from ncpi_desktop.storage.settled_judgement import set_aside
from ncpi_desktop.storage.sizes import refuse_oversized_record
from ncpi_desktop.words import _
from ncpi_desktop.workflows.allocating import begin_reading, reading_purpose
from ncpi_desktop.workflows.blinding import is_closed
from ncpi_desktop.workflows.browsing import queue_row
from ncpi_desktop.workflows.sealed_answers import practice_on_desk, reader_key
from ncpi_desktop.workflows.session import AuditSession, Changed

NO_REVIEW = ReviewKey(0)


@dataclass(frozen=True, slots=True)
class CaseOnDesk:
    """Everything about one case that its reader may see.

    `review` is the one that its reader gives: the first, or the second of a case that they read again. It is blank (key 0) while nothing has
    been judged, and where the case `is_closed`: then it is somebody else's, and its reader may not see it yet. `own_grade` (code, rationale)
    is None and `own_stages` (stage, grade) empty until the review is submitted: the force's own grades are sealed until then. Once it has
    been, `is_sealed` stays False: a review that is reopened does not seal again what its reader has seen, and the submission given without it
    stands in the file. `practice` is None but for a practice case.
    """

    case: Case
    row: WorklistRow
    review: Review
    own_grade: tuple[str, str] | None
    earlier: tuple[Review, ...]
    purpose: ReviewPurpose = ReviewPurpose.FIRST
    is_closed: bool = False
    practice: PracticeOnDesk | None = None
    own_stages: tuple[tuple[str, str], ...] = ()

    @property
    def is_editable(self) -> bool:
        """Whether its reader may go on judging it."""
        return self.review.is_editable and not self.is_closed

    @property
    def is_sealed(self) -> bool:
        """Whether the force's own grade is still kept from the reader."""
        return not _was_submitted(self.review)


def lay_on_desk(session: AuditSession, case: CaseKey) -> CaseOnDesk:
    """Return the case with its record and its review, as of one moment.

    Raises:
        FileRefusedError: it can't be read: the file is damaged.
        RefusedError: it is larger than any record that an inspector could read.
    """
    with session.file.reading() as connection:
        refuse_oversized_record(connection, case)
        held = read_case(connection, case)
        purpose = reading_purpose(session, case)
        closed = is_closed(session, case)
        withheld = closed and purpose is ReviewPurpose.FIRST
        review = None if withheld else reviews.current_review(connection, case, purpose, reader_key(session))
        review = review or blank_review(session, case, purpose)
        return CaseOnDesk(
            case=replace(held, allocated_to=None) if closed else held,
            row=queue_row(session, case),
            review=review,
            own_grade=read_own_grade(connection, case) if _was_submitted(review) else None,
            earlier=() if withheld else reviews.earlier_reviews(connection, case, purpose),
            purpose=purpose,
            is_closed=withheld,
            practice=practice_on_desk(session, connection, review) if purpose is ReviewPurpose.PRACTICE else None,
            own_stages=read_own_stage_grades(connection, case) if _was_submitted(review) else (),
        )


def blank_review(session: AuditSession, case: CaseKey, purpose: ReviewPurpose = ReviewPurpose.FIRST) -> Review:
    """Return what a review is before anything was judged."""
    return Review(NO_REVIEW, "", case, session.person.key if session.person else None, purpose)


def give_grade(session: AuditSession, case: CaseKey, grade: str | None) -> Changed:
    """Give the overall grade, or clear it with None.

    Raises:
        RefusedError: the review has been submitted.
        WrongUseError: the methodology has no such grade.
    """
    label = _("cleared") if grade is None else _grade_label(session, grade)
    with _edit(session, case, Action.GRADE, label) as (change, review):
        reviews.set_grade(change, review, grade)
    return _changed(session, case, change)


def judge_stage(session: AuditSession, case: CaseKey, judgement: StageJudgement) -> Changed:
    """Grade a stage, mark it not applicable, or clear it. `Raises:` as `give_grade`."""
    stage = session.methodology.stage_by_code.get(judgement.stage)
    if stage is None:
        raise WrongUseError(_("There is no stage “{stage}”.").format(stage=judgement.stage))
    found = _("cleared")
    if judgement.grade is not None:
        found = _grade_label(session, judgement.grade)
    elif judgement.not_applicable:
        found = _("not applicable")
    with _edit(session, case, Action.GRADE_STAGE, f"{stage.label}, {found}") as (change, review):
        reviews.set_stage(change, review, judgement)
    return _changed(session, case, change)


def give_reason(session: AuditSession, case: CaseKey, code: str) -> Changed:
    """Give a reason; one already given stays as it is. `Raises:` as `give_grade`."""
    reason = _reason(session, code)
    with _edit(session, case, Action.GIVE_REASON, reason.wording) as (change, review):
        if review.given(code) is None:
            reviews.add_reason(change, review, code)
    return _changed(session, case, change)


def withdraw_reason(session: AuditSession, case: CaseKey, code: str) -> Changed:
    """Withdraw a reason with its citations; the history keeps both. `Raises:` as `give_grade`."""
    reason = _reason(session, code)
    with _edit(session, case, Action.WITHDRAW_REASON, reason.wording) as (change, review):
        given = review.given(code)
        if given is not None:
            reviews.remove_reason(change, review, given)
    return _changed(session, case, change)


def cite(session: AuditSession, case: CaseKey, code: str, entry: int, start: int, end: int) -> Changed:
    """Cite characters `start` up to `end` of an entry (its key) as evidence for a reason, which is given with it if need be.

    Raises:
        WrongUseError: the entry is not of this case, or there are no such characters, or there is no such reason.
    """
    held = next((e for e in read_case(session.file.connection, case).entries if e.key == entry), None)
    if held is None or not 0 <= start < end <= len(held.text):
        raise WrongUseError(_("There is no such passage in this record."), todo=_("Select words of one entry."))
    reason = _reason(session, code)
    with _edit(session, case, Action.CITE, reason.wording) as (change, review):
        given = review.given(code) or reviews.add_reason(change, review, code)
        if not any((c.entry, c.start, c.end) == (entry, start, end) for c in given.citations):
            reviews.add_citation(change, given, entry, start, end, held.text[start:end])
    return _changed(session, case, change)


def withdraw_citation(session: AuditSession, case: CaseKey, given: GivenReason, citation: Citation) -> Changed:
    """Withdraw one cited passage; the history keeps it. One that is no longer in the draft, but in an earlier submission, stays."""
    reason = _reason(session, given.code)
    with _edit(session, case, Action.WITHDRAW_CITATION, reason.wording) as (change, review):
        held = review.given(given.code)
        cited = held.citations if held is not None else ()
        found = next((passage for passage in cited if passage.identity == citation.identity), None)
        if held is not None and found is not None:
            reviews.remove_citation(change, found)
    return _changed(session, case, change)


def write_text(
    session: AuditSession,
    case: CaseKey,
    field: Literal["rationale", "notes"],
    text: str,
    continues: int | None = None,
) -> Changed:
    """Keep what has been typed so far. `continues` is the step of the same burst of typing, so that undo takes it back as one.

    A step that is no longer the last one of this person (undone, submitted, followed by another) is not gone on with: this begins one.
    """
    action = Action.WRITE_RATIONALE if field == "rationale" else Action.WRITE_NOTES
    last = session.ledger.to_undo
    if last is None or last.number != continues or last.case_reference != names_of(session.file.connection, case)[0]:
        continues = None
    with _edit(session, case, action, continues=continues) as (change, review):
        reviews.set_text(change, review, field, storable(text))
    return _changed(session, case, change, continues)


def mark_not_sure(session: AuditSession, case: CaseKey, not_sure: bool) -> Changed:
    """Set or take away the mark *not sure*: a mark, not a grade."""
    with _edit(session, case, Action.MARK_NOT_SURE, _("set") if not_sure else _("taken away")) as (change, review):
        reviews.set_not_sure(change, review, not_sure)
    return _changed(session, case, change)


def park(session: AuditSession, case: CaseKey, because: str) -> Changed:
    """Park a case with a reason; with an empty one it is taken up again."""
    because = storable(because).strip()
    with _edit(session, case, Action.PARK, because or _("taken up again")) as (change, review):
        reviews.set_parked(change, review, because)
    return _changed(session, case, change)


def what_is_missing(session: AuditSession, desk: CaseOnDesk) -> tuple[Missing, ...]:
    """Return what the review lacks before it can be submitted, in working order."""
    return missing_from(desk.review, desk.case.area, session.methodology)


def what_to_question(session: AuditSession, review: Review) -> tuple[str, ...]:
    """Return the questions that the review raises about itself; they never forbid."""
    return questions_about(review, session.methodology)


def submit(session: AuditSession, case: CaseKey) -> Changed:
    """Hand the review in; from here on it never changes.

    Raises:
        RefusedError: something is missing (said in words), or it has been submitted before.
    """
    area = area_of(session.file.connection, case)
    with _edit(session, case, Action.SUBMIT) as (change, review):
        missing = missing_from(review, area, session.methodology)
        if missing:
            raise RefusedError(
                _("The review is not complete: {missing}.").format(
                    missing="; ".join(lack.sentence for lack in missing)
                ),
                safe=_("Everything entered so far is saved."),
                todo=_("Press Ctrl+U to go to what is missing."),
            )
        reviews.submit(change, review)
    return _changed(session, case, change)


def reopen(session: AuditSession, case: CaseKey, because: str) -> Changed:
    """Reopen a submitted review: the submission stays in the file, and a draft with the same judgement begins beside it.

    Raises:
        RefusedError: no reason was given, or nothing has been submitted.
    """
    because = storable(because).strip()
    if not because:
        raise RefusedError(
            _("A submitted review is reopened with a reason."), todo=_("Say in a few words why it is reopened.")
        )
    reference, identity = names_of(session.file.connection, case)
    with session.change(Action.REOPEN, case_identity=identity, case_reference=reference, reason=because) as change:
        purpose = reading_purpose(session, case)
        if purpose is ReviewPurpose.PRACTICE:
            raise _first_answer_counts(reference)
        _refuse_closed(session, case, purpose, reference)
        review = reviews.current_review(change.connection, case, purpose)
        if review is None or review.is_editable:
            raise RefusedError(_("This case has no submitted review to reopen."))
        begin_again(change, review, because)
    return _changed(session, case, change)


def begin_again(change: ChangeInProgress, review: Review, because: str) -> Review:
    """Reopen a submitted reading within `change`, with queue and counts; what was settled on it is set aside, and stays in the file."""
    with brought_along(change.connection, review.case):
        set_aside(change, review.case)
        return reviews.reopen(change, review, because)


def _refuse_closed(session: AuditSession, case: CaseKey, purpose: ReviewPurpose, reference: str) -> None:
    """Let nobody go on with a first reading that they may not see."""
    if purpose is ReviewPurpose.FIRST and is_closed(session, case):
        raise RefusedError(
            _("The first reading of {case} is closed to you: you may yet be asked to read the case again.").format(
                case=reference
            ),
            safe=_("Nothing was changed."),
            todo=_("Judge the cases that were given to you."),
        )


def _was_submitted(review: Review) -> bool:
    return not review.is_editable or review.supersedes is not None


def put_back(
    session: AuditSession,
    case: CaseKey,
    what: str,
    source: str,
    put: Callable[[ChangeInProgress, Review], None],
) -> Changed:
    """Let `put` set an earlier value in the draft of `case`: a step of its own, under the same rules as typing it.

    `what` is the value and `source` where it comes from, in words for the history.

    Raises:
        RefusedError: the review has been submitted.
    """
    with _edit(session, case, Action.RESTORE, what, reason=source) as (change, review):
        put(change, review)
    return _changed(session, case, change)


@contextmanager
def _edit(
    session: AuditSession,
    case: CaseKey,
    action: Action,
    detail: str = "",
    continues: int | None = None,
    reason: str = "",
) -> Iterator[tuple[ChangeInProgress, Review]]:
    """Open a change on the draft of `case`, begin the draft if need be, and bring queue and counts along."""
    reference, identity = names_of(session.file.connection, case)
    with session.change(
        action, case_identity=identity, case_reference=reference, detail=detail, continues=continues, reason=reason
    ) as change:
        run = change.connection
        purpose = reading_purpose(session, case)
        _refuse_closed(session, case, purpose, reference)
        review = reviews.current_review(run, case, purpose, reader_key(session))
        if review is not None and not review.is_editable:
            if purpose is ReviewPurpose.PRACTICE:
                raise _first_answer_counts(reference)
            raise RefusedError(
                _("{case} has been submitted.").format(case=reference),
                safe=_("The submitted review is unchanged."),
                todo=_("Reopen it with a reason to go on working on it."),
            )
        with brought_along(run, case):
            if review is None:
                review = begin_reading(session, change, case, purpose)
                begun = len(change.values)
            else:
                begun = 0
            yield change, review
            if len(change.values) == begun:
                change.values.clear()  # Nothing was judged after all: leave no blank draft behind.


def _first_answer_counts(reference: str) -> RefusedError:
    return RefusedError(
        _("{case} is for practice, and the first answer counts: it is not reopened.").format(case=reference),
        safe=_("Your answer is unchanged."),
        todo=_("Ask a team lead for another practice set."),
    )


def _grade_label(session: AuditSession, code: str) -> str:
    if code not in session.methodology.scale:
        raise WrongUseError(_("This methodology has no grade “{grade}”.").format(grade=code))
    return session.methodology.scale[code].label


def _reason(session: AuditSession, code: str) -> Reason:
    reason = session.methodology.reason_by_code.get(code)
    if reason is None:
        raise WrongUseError(_("There is no reason “{code}”.").format(code=code))
    return reason


def _changed(session: AuditSession, case: CaseKey, change: ChangeInProgress, continues: int | None = None) -> Changed:
    if change.sequence is None:
        return Changed(case, None, continues)
    return Changed(case, change.at, continues or change.sequence)
