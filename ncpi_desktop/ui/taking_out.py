"""Takes words out from the window: asks for them, and says what was taken out once the audit was read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from ncpi_desktop.workflows.session import AuditSession


class TakingOut(QObject):
    """Redaction from the window.

    Signals:
        taken_out: a sentence on what was taken out; what is on screen still holds it, so the audit must be opened anew.
        failed: a KnownError; nothing was changed.
    """

    taken_out = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Theme, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._background = background
        self._window = window

    def ask(self, session: AuditSession) -> None:
        """Ask for the words and take them out of the audit of `session`, of which nothing half typed may be open."""
        from ncpi_desktop.ui.dialogs.redact_dialog import RedactDialog

        try:
            session.refuse_unless_may(Action.REDACT)
        except KnownError as refused:
            self.failed.emit(refused)
            return
        dialog = RedactDialog(self._theme, self._background, session, self._window)
        done = dialog.exec() == RedactDialog.DialogCode.Accepted
        outcome = dialog.outcome
        dialog.deleteLater()
        if done:
            self.taken_out.emit(outcome)
