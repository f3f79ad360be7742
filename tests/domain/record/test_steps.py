"""What undo names next follows from the history alone."""

from __future__ import annotations

from datetime import UTC, datetime

from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.change import Change
from ncpi_desktop.domain.record.steps import LONGEST, StepLedger


class Told:
    """Tells a ledger one change after another, as the history would."""

    def __init__(self) -> None:
        self.ledger = StepLedger()
        self.sequence = 0

    def did(self, action: Action | str, case: str = "c1", *, step: int | None = None, undoes: int | None = None) -> int:
        self.sequence += 1
        at = datetime(2018, 5, 16, tzinfo=UTC)
        number = step or self.sequence
        change = Change(
            self.sequence, at, "P", "p", str(action), case, f"DA-{case}", "", "", number, undoes, (), "", ""
        )
        self.ledger.note(change)
        return number

    def undid(self) -> None:
        assert self.ledger.to_undo is not None
        self.did(Action.UNDO, undoes=self.ledger.to_undo.number)

    def redid(self) -> None:
        assert self.ledger.to_redo is not None
        self.did(Action.REDO, undoes=self.ledger.to_redo.number)

    @property
    def next_undo(self) -> int | None:
        return self.ledger.to_undo.number if self.ledger.to_undo else None

    @property
    def next_redo(self) -> int | None:
        return self.ledger.to_redo.number if self.ledger.to_redo else None


def test_steps_are_taken_back_last_first_and_put_in_place_first_first() -> None:
    told = Told()
    first, second = told.did(Action.GRADE), told.did(Action.PARK)
    assert told.next_undo == second
    told.undid()
    assert (told.next_undo, told.next_redo) == (first, second)
    told.undid()
    assert (told.next_undo, told.next_redo) == (None, first)
    told.redid()
    assert (told.next_undo, told.next_redo) == (first, second)
    told.redid()
    assert (told.next_undo, told.next_redo) == (second, None)


def test_something_new_ends_what_could_be_redone() -> None:
    told = Told()
    told.did(Action.GRADE)
    told.undid()
    new = told.did(Action.GRADE_STAGE)
    assert (told.next_undo, told.next_redo) == (new, None)


def test_a_burst_of_typing_is_one_step() -> None:
    told = Told()
    first = told.did(Action.GRADE)
    burst = told.did(Action.WRITE_RATIONALE)
    for _more in range(5):
        told.did(Action.WRITE_RATIONALE, step=burst)
    assert told.next_undo == burst
    told.undid()
    assert told.next_undo == first


def test_submitting_or_reopening_ends_the_steps_of_that_case_alone() -> None:
    for action in (Action.SUBMIT, Action.REOPEN):
        told = Told()
        other = told.did(Action.GRADE, case="c2")
        told.did(Action.GRADE)
        told.did(Action.PARK)
        told.undid()
        told.did(action)
        assert (told.next_undo, told.next_redo) == (other, None)


def test_what_is_not_undoable_leaves_the_steps_alone() -> None:
    told = Told()
    step = told.did(Action.GRADE)
    told.undid()
    for action in (Action.NAME_PERSON, Action.SET_PREVIOUS, Action.ADD_CASES, "an act of a later version"):
        told.did(action)
    assert told.next_redo == step


def test_an_undo_of_a_step_from_before_the_reach_is_passed_over() -> None:
    told = Told()
    told.did(Action.UNDO, undoes=99)
    told.did(Action.REDO, undoes=98)
    assert (told.next_undo, told.next_redo) == (None, None)


def test_a_long_day_does_not_make_the_ledger_grow_without_end() -> None:
    told = Told()
    for _step in range(3 * LONGEST):
        told.did(Action.GRADE)
    taken_back = 0
    while told.ledger.to_undo:
        told.undid()
        taken_back += 1
    assert taken_back == LONGEST


def test_a_step_is_named_in_words() -> None:
    told = Told()
    told.did(Action.WRITE_NOTES)
    assert told.ledger.to_undo is not None
    assert told.ledger.to_undo.words == "typing in the notes"
    assert told.ledger.to_undo.case_reference == "DA-c1"
