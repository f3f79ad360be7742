"""What can be undone and redone, read from the history itself, so that both survive a restart."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.record.actions import Action, words_for
from ncpi_desktop.domain.record.change import Change

LONGEST = 500
"""How many steps are remembered: a day of grading must not make each grade slower than the one before."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step that undo names: its first sequence, the case, and what it was."""

    number: int
    case_identity: str
    case_reference: str
    words: str


class StepLedger:
    """One person's steps that can be taken back, and those taken back that can be put in place again: the last few hundred.

    A redaction, by whomever, ends them all.
    A submission, a reopening or a sending back ends the steps of its case: a submitted review is changed by reopening it, never by undo.
    """

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._taken_back: list[Step] = []

    def note(self, change: Change) -> None:
        """Take in the next change of the person, in order."""
        action = change.action
        if action == Action.UNDO:
            self._move(change.undoes, self._done, self._taken_back)
        elif action == Action.REDO:
            self._move(change.undoes, self._taken_back, self._done)
        elif action == Action.REDACT:
            # What the steps before it wrote may be gone, or stand elsewhere in its text.
            self._done.clear()
            self._taken_back.clear()
        elif action in (Action.SUBMIT, Action.REOPEN, Action.SEND_BACK):
            self._done = [step for step in self._done if step.case_identity != change.case_identity]
            self._taken_back = [step for step in self._taken_back if step.case_identity != change.case_identity]
        elif action in set(Action) and Action(action).is_undoable:
            self._taken_back.clear()
            if not self._done or self._done[-1].number != change.step:
                words = words_for(action, change.detail)
                self._done.append(Step(change.step, change.case_identity, change.case_reference, words))
                del self._done[:-LONGEST]

    @property
    def to_undo(self) -> Step | None:
        """The step that undo takes back next."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """The step that redo puts in place next."""
        return self._taken_back[-1] if self._taken_back else None

    @staticmethod
    def _move(number: int | None, source: list[Step], target: list[Step]) -> None:
        found = next((step for step in reversed(source) if step.number == number), None)
        if found is not None:
            source.remove(found)
            target.append(found)
