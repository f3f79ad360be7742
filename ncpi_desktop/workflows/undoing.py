"""Undo and redo: each takes back or repeats one step, as a change of its own that the history keeps."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.steps import Step
from ncpi_desktop.storage.case_repository import find_case
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import brought_along
from ncpi_desktop.storage.history_repository import step_changes
from ncpi_desktop.storage.reversal import repeat, reverse
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession, Changed


def undo(session: AuditSession) -> Changed:
    """Take back this person's last step.

    Raises:
        RefusedError: there is none, or what it wrote has been changed since.
    """
    step = session.ledger.to_undo
    if step is None:
        raise RefusedError(
            _("There is nothing to undo."),
            todo=_("A submitted review is reopened with a reason instead."),
        )
    return _apply(session, step, Action.UNDO)


def redo(session: AuditSession) -> Changed:
    """Put the step that was taken back last in place again. `Raises:` as `undo`."""
    step = session.ledger.to_redo
    if step is None:
        raise RefusedError(_("There is nothing to redo."))
    return _apply(session, step, Action.REDO)


def _apply(session: AuditSession, step: Step, action: Action) -> Changed:
    case = find_case(session.file.connection, step.case_reference) if step.case_reference else None
    if case is None and step.case_reference:
        raise RefusedError(_("The case of this step is no longer in the file."))
    if case is None:
        session.refuse_unless_may(Action.WRITE_FINDING)  # Who wrote it may have another role by now.
    values = [value for change in step_changes(session.file.connection, step.number) for value in change.values]
    with (
        session.change(
            action,
            case_identity=step.case_identity,
            case_reference=step.case_reference,
            detail=step.words,
            undoes=step.number,
        ) as change,
        _derived(change, case),
    ):
        if action is Action.UNDO:
            reverse(change, values)
        else:
            repeat(change, values)
    return Changed(case, change.at if change.sequence else None)


def _derived(change: ChangeInProgress, case: CaseKey | None) -> AbstractContextManager[None]:
    """Bring queue and counts along; what is about no case moves neither."""
    return nullcontext() if case is None else brought_along(change.connection, case)
