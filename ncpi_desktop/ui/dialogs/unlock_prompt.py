"""Asks for the passphrase of a file, derives its key beside the window, and asks again where it was the wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.prompts import Prompt
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey


class UnlockPrompt(Prompt):
    """Shown and not waited for. It stays until it is ended by whoever took the key; `stays` lets nobody leave it otherwise.

    Signals:
        unlocked: the FileKey of a passphrase that opens the file.
        given_up: the person leaves it.
    """

    unlocked = Signal(object)
    given_up = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        sentences: tuple[str, ...],
        path: Path,
        *,
        leave: str,
        stays: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, sentences, "lock", parent)
        self._path = path
        self._stays = stays
        self._background = Background(self)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(_("Passphrase"))
        self.field.setPlaceholderText(_("Passphrase"))
        self.field.setMaxLength(1000)
        self.notice = NoticeBar(theme, "danger")
        self.words.addWidget(self.field)
        self.words.addWidget(self.notice)
        self.leave_button = self.add_button(leave, accepts=False)
        self.leave_button.clicked.disconnect()
        self.leave_button.clicked.connect(self.given_up)
        self.unlock_button = self.add_button(_("Unlock"), accepts=True, primary=True)
        self.unlock_button.clicked.disconnect()
        self.unlock_button.clicked.connect(self._try)
        self.field.setFocus()

    def complain(self, error: KnownError) -> None:
        """Say what is amiss and let it be typed again."""
        self.notice.show_notice(str(error), tone="danger")
        self._set_busy(busy=False)
        self.adjustSize()

    def end(self) -> None:
        """Go away, whatever `stays` says; nothing is told any more."""
        self._background.close()
        self._stays = False
        self.field.clear()
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Leave it, where one may."""
        if not self._stays:
            self.given_up.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay, or be left."""
        event.ignore()
        self.reject()

    def _try(self) -> None:
        passphrase, path = self.field.text(), self._path
        if not passphrase or not self.field.isEnabled():
            return
        self.field.clear()
        self._set_busy(busy=True)

        def work(_tick: object) -> FileKey:
            from ncpi_desktop.workflows.protecting import unlock

            return unlock(path, passphrase)

        self._background.run(_("Unlocking…"), work, self.unlocked.emit, self.complain)

    def _set_busy(self, *, busy: bool) -> None:
        self.field.setEnabled(not busy)
        self.unlock_button.setEnabled(not busy)
        self.unlock_button.set_words(_("Unlocking…") if busy else _("Unlock"))
        if not busy:
            self.field.setFocus()
