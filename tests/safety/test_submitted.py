"""Promise 2: original judgements are never overwritten. No act of any workflow alters a submission."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import StageJudgement
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.reviewing import CaseOnDesk, lay_on_desk
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, key_of

Act = Callable[[AuditSession, CaseOnDesk], object]
ACTS: dict[str, Act] = {
    "give_grade": lambda s, d: reviewing.give_grade(s, d.case.key, "inadequate"),
    "judge_stage": lambda s, d: reviewing.judge_stage(s, d.case.key, StageJudgement("investigation", None, True)),
    "give_reason": lambda s, d: reviewing.give_reason(s, d.case.key, "MGR-W05"),
    "withdraw_reason": lambda s, d: reviewing.withdraw_reason(s, d.case.key, d.review.reasons[0].code),
    "cite": lambda s, d: reviewing.cite(s, d.case.key, d.review.reasons[0].code, d.case.entries[0].key, 0, 3),
    "withdraw_citation": lambda s, d: reviewing.withdraw_citation(s, d.case.key, *cited(d)),
    "write_text": lambda s, d: reviewing.write_text(s, d.case.key, "rationale", "Else."),
    "mark_not_sure": lambda s, d: reviewing.mark_not_sure(s, d.case.key, True),
    "park": lambda s, d: reviewing.park(s, d.case.key, "Waits."),
    "submit": lambda s, d: reviewing.submit(s, d.case.key),
    "put_back": lambda s, d: reviewing.put_back(
        s, d.case.key, "a grade", "a backup", lambda change, review: reviews.set_grade(change, review, "inadequate")
    ),
}
LOOKING = {"lay_on_desk", "blank_review", "what_is_missing", "what_to_question"}


def cited(desk: CaseOnDesk) -> tuple[object, ...]:
    given = next(given for given in desk.review.reasons if given.citations)
    return given, given.citations[0]


def rows_of(session: AuditSession, review: int) -> list[object]:
    """Every stored row of one review, but for the state that says whether it was reopened."""
    run = session.file.connection
    columns = "identity, case_id, reviewer_id, purpose, grade, rationale, notes, not_sure, parked_because, started_at, submitted_at"
    return [
        run.execute(f"SELECT {columns} FROM reviews WHERE id = ?", (review,)).fetchall(),
        run.execute("SELECT * FROM stage_grades WHERE review_id = ?", (review,)).fetchall(),
        run.execute("SELECT * FROM given_reasons WHERE review_id = ?", (review,)).fetchall(),
        run.execute(
            "SELECT * FROM citations WHERE given_reason_id IN (SELECT id FROM given_reasons WHERE review_id = ?)",
            (review,),
        ).fetchall(),
    ]


def test_every_intention_of_reviewing_is_tried_here() -> None:
    named = {
        name
        for name, held in vars(reviewing).items()
        if callable(held) and getattr(held, "__module__", "") == reviewing.__name__ and not name.startswith("_")
    }
    assert named - LOOKING - {"CaseOnDesk", "reopen", "begin_again"} == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_a_submitted_review_refuses_it(sample: AuditSession, act: str) -> None:
    desk = lay_on_desk(sample, key_of(sample, "DA-05"))
    before, last = rows_of(sample, desk.review.key), sample.file.last_sequence()
    with pytest.raises(RefusedError, match="has been submitted"):
        ACTS[act](sample, desk)
    assert rows_of(sample, desk.review.key) == before
    assert sample.file.last_sequence() == last


@pytest.mark.parametrize("act", [act for act in ACTS if act != "submit"])
def test_after_reopening_even_a_stale_window_can_t_reach_the_submission(sample: AuditSession, act: str) -> None:
    stale = lay_on_desk(sample, key_of(sample, "DA-05"))
    before = rows_of(sample, stale.review.key)
    reviewing.reopen(sample, stale.case.key, "A new log came.")
    ACTS[act](sample, stale)
    assert rows_of(sample, stale.review.key) == before
    while sample.ledger.to_undo:
        undoing.undo(sample)
        assert rows_of(sample, stale.review.key) == before


def test_undo_and_redo_do_not_reach_past_a_submission(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    complete(sample, case)
    reviewing.give_grade(sample, case, "good")
    undoing.undo(sample)
    reviewing.submit(sample, case)
    review = lay_on_desk(sample, case).review
    before = rows_of(sample, review.key)
    for back in (undoing.undo, undoing.redo):
        with pytest.raises(RefusedError, match="nothing to"):
            back(sample)
    assert rows_of(sample, review.key) == before


def test_a_step_of_mine_that_someone_else_submitted_is_not_taken_back(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    complete(sample, case)
    step = sample.ledger.to_undo
    sample.sign_in("Inspector 1")
    reviewing.submit(sample, case)
    before = rows_of(sample, lay_on_desk(sample, case).review.key)
    sample.sign_in("Inspector 2")
    assert sample.ledger.to_undo == step
    with pytest.raises(RefusedError, match="has been submitted"):
        undoing.undo(sample)
    assert rows_of(sample, lay_on_desk(sample, case).review.key) == before


def test_a_second_reading_leaves_the_first_as_it_was(sample: AuditSession) -> None:
    run = sample.file.connection
    second = run.execute("SELECT case_id FROM reviews WHERE purpose = 'second'").fetchall()
    assert len(second) == 8
    for (case,) in second:
        purposes = run.execute("SELECT purpose, state FROM reviews WHERE case_id = ? ORDER BY id", (case,)).fetchall()
        assert purposes == [("first", "submitted"), ("second", "submitted")]
