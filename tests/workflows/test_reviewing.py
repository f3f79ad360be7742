"""Judging a case: each act is kept at once, a submission is final, and the force's own grade stays sealed until then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import KnownError, RefusedError, WrongUseError
from ncpi_desktop.domain.grading.review import ReviewState, StageJudgement
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.browsing import history, queue_row
from ncpi_desktop.workflows.reviewing import CaseOnDesk, lay_on_desk
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import WEAKNESS
from tests.casework import complete, hand_in, key_of


def desk_of(session: AuditSession, reference: str) -> CaseOnDesk:
    return lay_on_desk(session, key_of(session, reference))


def test_a_case_not_begun_lies_blank_on_the_desk(sample: AuditSession) -> None:
    desk = desk_of(sample, "DA-06")
    assert desk.review.key == reviewing.NO_REVIEW
    assert desk.review.is_blank
    assert desk.review.is_editable
    assert (desk.row.reference, desk.row.state) == ("DA-06", CaseState.TO_DO)
    assert len(desk.case.entries) == desk.row.entries >= 6


def test_each_act_says_what_it_changed_and_when(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    first = reviewing.give_grade(fresh_audit, case, "good")
    assert first.case == case
    assert first.saved_at == fresh_audit.clock.now  # type: ignore[attr-defined]
    assert first.step == fresh_audit.file.last_sequence()
    again = reviewing.give_grade(fresh_audit, case, "good")
    assert (again.saved_at, again.step) == (None, None)


def test_a_grade_is_given_changed_and_cleared(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    for grade in ("good", "inadequate", None, "good"):
        reviewing.give_grade(fresh_audit, case, grade)
        assert lay_on_desk(fresh_audit, case).review.grade == grade
    details = [change.detail for change in history(fresh_audit)[:4]]
    assert details == ["Good", "cleared", "Inadequate", "Good"]


NOTHING_NEW: dict[str, Callable[[AuditSession, CaseKey], object]] = {
    "grade": lambda s, c: reviewing.give_grade(s, c, None),
    "stage": lambda s, c: reviewing.judge_stage(s, c, StageJudgement("investigation")),
    "reason": lambda s, c: reviewing.withdraw_reason(s, c, WEAKNESS),
    "text": lambda s, c: reviewing.write_text(s, c, "rationale", ""),
    "not sure": lambda s, c: reviewing.mark_not_sure(s, c, False),
    "park": lambda s, c: reviewing.park(s, c, "  "),
}


@pytest.mark.parametrize("act", NOTHING_NEW)
def test_what_changes_nothing_writes_nothing_and_begins_no_draft(fresh_audit: AuditSession, act: str) -> None:
    case, before = key_of(fresh_audit, "DA-9"), fresh_audit.file.last_sequence()
    NOTHING_NEW[act](fresh_audit, case)
    assert fresh_audit.file.last_sequence() == before
    assert lay_on_desk(fresh_audit, case).review.key == reviewing.NO_REVIEW


def test_reasons_are_given_once_and_citing_gives_the_reason(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    entry = lay_on_desk(fresh_audit, case).case.entries[0]
    reviewing.give_reason(fresh_audit, case, WEAKNESS)
    assert reviewing.give_reason(fresh_audit, case, WEAKNESS).saved_at is None
    reviewing.cite(fresh_audit, case, "INI-S01", entry.key, 0, len(entry.text))
    assert reviewing.cite(fresh_audit, case, "INI-S01", entry.key, 0, len(entry.text)).saved_at is None
    review = lay_on_desk(fresh_audit, case).review
    assert [given.code for given in review.reasons] == [WEAKNESS, "INI-S01"]
    (citation,) = review.reasons[1].citations
    assert citation.passage == entry.text
    reviewing.withdraw_citation(fresh_audit, case, review.reasons[1], citation)
    assert lay_on_desk(fresh_audit, case).review.reasons[1].citations == ()
    assert reviewing.withdraw_citation(fresh_audit, case, review.reasons[1], citation).saved_at is None


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 3), (0, 10_000)])
def test_a_passage_that_is_not_there_can_t_be_cited(fresh_audit: AuditSession, start: int, end: int) -> None:
    case = key_of(fresh_audit, "DA-9")
    entry = lay_on_desk(fresh_audit, case).case.entries[0].key
    with pytest.raises(WrongUseError, match="no such passage"):
        reviewing.cite(fresh_audit, case, WEAKNESS, entry, start, end)


def test_an_entry_of_another_case_can_t_be_cited(fresh_audit: AuditSession) -> None:
    entry = desk_of(fresh_audit, "DA-10").case.entries[0].key
    with pytest.raises(WrongUseError, match="no such passage"):
        reviewing.cite(fresh_audit, key_of(fresh_audit, "DA-9"), WEAKNESS, entry, 0, 3)


UNKNOWN: dict[str, Callable[[AuditSession, CaseKey], object]] = {
    "grade": lambda s, c: reviewing.give_grade(s, c, "outstanding"),
    "stage grade": lambda s, c: reviewing.judge_stage(s, c, StageJudgement("investigation", "outstanding")),
    "stage": lambda s, c: reviewing.judge_stage(s, c, StageJudgement("aftercare", "good")),
    "reason": lambda s, c: reviewing.give_reason(s, c, "XXX-W99"),
    "reason withdrawn": lambda s, c: reviewing.withdraw_reason(s, c, "XXX-W99"),
    "reason cited": lambda s, c: reviewing.cite(s, c, "XXX-W99", lay_on_desk(s, c).case.entries[0].key, 0, 3),
}


@pytest.mark.parametrize("act", UNKNOWN)
def test_words_that_the_methodology_has_not_are_refused(fresh_audit: AuditSession, act: str) -> None:
    before = fresh_audit.file.last_sequence()
    with pytest.raises(WrongUseError):
        UNKNOWN[act](fresh_audit, key_of(fresh_audit, "DA-9"))
    assert fresh_audit.file.last_sequence() == before


def test_marks_are_not_grades(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    reviewing.mark_not_sure(fresh_audit, case, True)
    assert queue_row(fresh_audit, case).not_sure
    reviewing.park(fresh_audit, case, " Waits for the log. ")
    desk = lay_on_desk(fresh_audit, case)
    assert (desk.review.parked_because, desk.row.state, desk.row.grade) == (
        "Waits for the log.",
        CaseState.PARKED,
        None,
    )
    reviewing.park(fresh_audit, case, "")
    assert queue_row(fresh_audit, case).state is CaseState.IN_PROGRESS


@pytest.mark.parametrize(
    "text", ["", "\x00", "\U0001f600 é", "x" * 2_000_000, "<b>&amp;</b> =1+1 {case} %s", "a\r\nb\u2028c"]
)
def test_any_text_is_kept_as_typed(fresh_audit: AuditSession, text: str) -> None:
    case = key_of(fresh_audit, "DA-9")
    reviewing.write_text(fresh_audit, case, "notes", "before")
    reviewing.write_text(fresh_audit, case, "notes", text)
    assert lay_on_desk(fresh_audit, case).review.notes == text


def test_half_a_character_is_kept_as_its_sign(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    reviewing.write_text(fresh_audit, case, "rationale", "a\ud800b \ud83d\ude00")
    reviewing.park(fresh_audit, case, "Waits \udfff")
    review = lay_on_desk(fresh_audit, case).review
    assert (review.rationale, review.parked_because) == ("a\ufffdb \U0001f600", "Waits \ufffd")


def test_a_submission_that_is_incomplete_says_what_is_missing(fresh_audit: AuditSession) -> None:
    case, before = key_of(fresh_audit, "DA-9"), fresh_audit.file.last_sequence()
    with pytest.raises(RefusedError) as refused:
        reviewing.submit(fresh_audit, case)
    assert refused.value.happened.startswith("The review is not complete: Initial contact is neither graded")
    assert "The rationale is empty" in refused.value.happened
    assert refused.value.safe
    assert fresh_audit.file.last_sequence() == before
    desk = lay_on_desk(fresh_audit, case)
    assert desk.review.key == reviewing.NO_REVIEW
    assert len(reviewing.what_is_missing(fresh_audit, desk)) == 9


def test_a_complete_review_is_submitted_for_good(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    hand_in(fresh_audit, case)
    desk = lay_on_desk(fresh_audit, case)
    assert (desk.review.state, desk.row.state, desk.row.grade) == (
        ReviewState.SUBMITTED,
        CaseState.SUBMITTED,
        "requires-improvement",
    )
    assert desk.review.submitted_at is not None
    with pytest.raises(RefusedError, match="has been submitted"):
        reviewing.submit(fresh_audit, case)


def test_a_contradiction_is_asked_and_not_forbidden(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    complete(fresh_audit, case, "good", WEAKNESS)
    assert reviewing.what_to_question(fresh_audit, lay_on_desk(fresh_audit, case).review)
    reviewing.submit(fresh_audit, case)


@pytest.mark.parametrize("because", ["", "  \n", "\t"])
def test_reopening_asks_for_a_reason(sample: AuditSession, because: str) -> None:
    with pytest.raises(RefusedError, match="with a reason"):
        reviewing.reopen(sample, key_of(sample, "DA-05"), because)


def test_only_what_was_submitted_is_reopened(sample: AuditSession) -> None:
    for reference in ("DA-06", "S47-06"):
        reviewing.write_text(sample, key_of(sample, "S47-06"), "notes", "begun")
        with pytest.raises(RefusedError, match="no submitted review"):
            reviewing.reopen(sample, key_of(sample, reference), "Because.")


def test_the_force_s_own_grade_is_sealed_until_submission(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    assert sample.file.connection.execute("SELECT count(*) FROM own_grades WHERE case_id = ?", (case,)).fetchone() == (
        1,
    )
    assert desk_of(sample, "DA-06").own_grade is None
    complete(sample, case)
    assert desk_of(sample, "DA-06").own_grade is None
    reviewing.submit(sample, case)
    assert desk_of(sample, "DA-06").own_grade is not None
    reviewing.reopen(sample, case, "Because.")
    assert desk_of(sample, "DA-06").own_grade is not None  # it has been seen; the submission given without it stays


def test_every_refusal_is_of_a_known_kind(sample: AuditSession) -> None:
    with pytest.raises(KnownError) as refused:
        reviewing.give_grade(sample, key_of(sample, "DA-05"), "good")
    assert (refused.value.happened, refused.value.safe) == (
        "DA-05 has been submitted.",
        "The submitted review is unchanged.",
    )
    assert refused.value.todo
