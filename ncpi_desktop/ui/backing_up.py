"""Backups in the window: the keeper of the open audit, the dialog, and what is said of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ncpi_desktop.ui.backup_keeper import BackupKeeper
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.errors import KnownError
    from ncpi_desktop.domain.record.backup import BackupPlace
    from ncpi_desktop.ui.main_window import MainWindow
    from ncpi_desktop.ui.open_audit import OpenAudit


class BackingUp(QObject):
    """Looks after the backups of whichever audit is open in `window`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.keeper: BackupKeeper | None = None
        window.actions_.backups.triggered.connect(lambda: self.show_backups())

    def begin(self, audit: OpenAudit) -> None:
        """An audit has been opened: keep its backups from now on."""
        self.keeper = BackupKeeper(audit.hub, self._window.background, self._place)
        self.keeper.not_made.connect(self._say)

    def end(self) -> None:
        """The open audit is about to be closed, everything in it saved."""
        if self.keeper is not None:
            self.keeper.closing()
            self.keeper = None

    def show_backups(self) -> None:
        """Show the backups of the open audit."""
        from ncpi_desktop.ui.dialogs.backups_dialog import BackupsDialog

        window, audit = self._window, self._window.audit
        if audit is None:
            return
        audit.pages.flush()
        dialog = BackupsDialog(window.theme, window.background, audit.hub, self._place(), window)
        dialog.exec()
        dialog.deleteLater()

    def _place(self) -> BackupPlace:
        return self._window.preferences.backup_place

    def _say(self, error: KnownError) -> None:
        self._window.notices.say(str(error), _("Backups…"), self.show_backups, tone="neutral")
