"""Undo and redo name their step, take a burst of typing as one, and survive a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.browsing import history, queue_row
from ncpi_desktop.workflows.reviewing import lay_on_desk
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, hand_in, key_of

Opener = Callable[..., AuditSession]


def type_slowly(session: AuditSession, reference: str, text: str, field: str = "rationale") -> int | None:
    """Type `text` letter by letter in one burst; return its step."""
    step, before = None, getattr(lay_on_desk(session, key_of(session, reference)).review, field)
    for end in range(1, len(text) + 1):
        step = reviewing.write_text(session, key_of(session, reference), field, before + text[:end], step).step  # type: ignore[arg-type]
    return step


def rationale(session: AuditSession, reference: str) -> str:
    return lay_on_desk(session, key_of(session, reference)).review.rationale


def test_there_is_nothing_to_undo_at_first(sample: AuditSession) -> None:
    for back, words in ((undoing.undo, "nothing to undo"), (undoing.redo, "nothing to redo")):
        with pytest.raises(RefusedError, match=words):
            back(sample)


def test_undo_is_a_change_of_its_own_that_names_what_it_took_back(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    reviewing.give_grade(sample, case, "good")
    step = sample.ledger.to_undo
    assert step is not None
    assert (step.words, step.case_reference) == ("overall grade: Good", "DA-06")
    done = undoing.undo(sample)
    assert (done.case, done.saved_at) == (case, sample.clock.now)  # type: ignore[attr-defined]
    newest = history(sample)[0]
    assert (newest.action, newest.undoes, newest.detail) == ("undo", step.number, "overall grade: Good")
    undoing.redo(sample)
    assert [change.action for change in history(sample)[:3]] == ["redo", "undo", "grade"]


def test_a_burst_of_typing_is_one_step_on_the_page_and_for_undo(sample: AuditSession) -> None:
    type_slowly(sample, "DA-06", "Nobody spoke to her. ")
    type_slowly(sample, "DA-06", "Nor to him.")
    assert [change.action for change in history(sample)[:2]] == ["write-rationale", "write-rationale"]
    undoing.undo(sample)
    assert rationale(sample, "DA-06") == "Nobody spoke to her. "
    undoing.undo(sample)
    assert rationale(sample, "DA-06") == ""
    undoing.redo(sample)
    undoing.redo(sample)
    assert rationale(sample, "DA-06") == "Nobody spoke to her. Nor to him."


def test_undo_takes_the_queue_along(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    before = queue_row(sample, case)
    reviewing.park(sample, case, "Waits.")
    assert queue_row(sample, case) != before
    undoing.undo(sample)
    assert queue_row(sample, case) == before


def test_both_survive_closing_and_opening(sample_path: Path, opener: Opener) -> None:
    session = opener(sample_path)
    case = key_of(session, "DA-06")
    reviewing.give_grade(session, case, "good")
    type_slowly(session, "DA-06", "Typed.")
    reviewing.mark_not_sure(session, case, True)
    undoing.undo(session)
    for expected_undo, expected_redo in (("typing in the rationale", "not sure mark: set"),):
        session.close()
        session = opener(sample_path)
        assert session.ledger.to_undo is not None
        assert session.ledger.to_redo is not None
        assert (session.ledger.to_undo.words, session.ledger.to_redo.words) == (expected_undo, expected_redo)
    undoing.undo(session)
    session.close()
    session = opener(sample_path)
    undoing.undo(session)
    assert lay_on_desk(session, case).review.is_blank
    session.close()
    session = opener(sample_path)
    for _step in range(3):
        undoing.redo(session)
        session.close()
        session = opener(sample_path)
    review = lay_on_desk(session, case).review
    assert (review.grade, review.rationale, review.not_sure) == ("good", "Typed.", True)
    assert session.ledger.to_redo is None


def test_after_a_restart_everybody_has_their_own_steps(sample_path: Path, opener: Opener) -> None:
    session = opener(sample_path)
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    session.close()
    assert opener(sample_path, "Inspector 1", read_only=True).ledger.to_undo is None
    assert opener(sample_path, "Inspector 2").ledger.to_undo is not None


@pytest.mark.parametrize(
    "end", [reviewing.submit, lambda s, c: (reviewing.submit(s, c), reviewing.reopen(s, c, "Because."))]
)
def test_a_submission_ends_undo_even_after_a_restart(
    sample_path: Path, opener: Opener, end: Callable[..., object]
) -> None:
    session = opener(sample_path)
    case = key_of(session, "DA-06")
    complete(session, case)
    end(session, case)
    session.close()
    with pytest.raises(RefusedError, match="nothing to undo"):
        undoing.undo(opener(sample_path))


def test_a_submission_leaves_the_steps_of_other_cases(sample: AuditSession) -> None:
    reviewing.give_grade(sample, key_of(sample, "S47-06"), "good")
    hand_in(sample, key_of(sample, "DA-06"))
    assert undoing.undo(sample).case == key_of(sample, "S47-06")


def test_typing_does_not_go_on_with_a_step_that_was_taken_back(sample: AuditSession) -> None:
    step = type_slowly(sample, "DA-06", "abc")
    undoing.undo(sample)
    new = reviewing.write_text(sample, key_of(sample, "DA-06"), "rationale", "x", step)
    assert new.step == sample.file.last_sequence() != step
    undoing.undo(sample)
    assert rationale(sample, "DA-06") == ""
    undoing.redo(sample)
    assert rationale(sample, "DA-06") == "x"


def test_typing_does_not_go_on_with_a_step_behind_another(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    step = type_slowly(sample, "DA-06", "abc")
    reviewing.give_grade(sample, case, "good")
    reviewing.write_text(sample, case, "rationale", "abcd", step)
    undoing.undo(sample)
    assert (rationale(sample, "DA-06"), lay_on_desk(sample, case).review.grade) == ("abc", "good")


def test_typing_in_another_case_is_another_step(sample: AuditSession) -> None:
    step = type_slowly(sample, "DA-06", "abc")
    reviewing.write_text(sample, key_of(sample, "S47-06"), "rationale", "x", step)
    undoing.undo(sample)
    assert (rationale(sample, "DA-06"), rationale(sample, "S47-06")) == ("abc", "")


def test_typing_does_not_go_on_with_somebody_else_s_step(sample: AuditSession) -> None:
    step = type_slowly(sample, "DA-06", "abc")
    sample.sign_in("Inspector 1")
    reviewing.write_text(sample, key_of(sample, "DA-06"), "rationale", "abcd", step)
    undoing.undo(sample)
    assert rationale(sample, "DA-06") == "abc"


def test_a_burst_goes_on_after_a_save_of_nothing(sample: AuditSession) -> None:
    step = type_slowly(sample, "DA-06", "abc")
    same = reviewing.write_text(sample, key_of(sample, "DA-06"), "rationale", "abc", step)
    assert (same.saved_at, same.step) == (None, step)
    assert reviewing.write_text(sample, key_of(sample, "DA-06"), "rationale", "abcd", same.step).step == step
