"""Locks the window: what is typed is saved, the key forgotten, nothing of the case shown, until the passphrase is given again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.application import PROGRAM
from ncpi_desktop.ui.dialogs.draft_dialog import DraftDialog
from ncpi_desktop.ui.dialogs.unlock_prompt import UnlockPrompt
from ncpi_desktop.ui.locking.curtain import Curtain
from ncpi_desktop.ui.locking.idle_watch import IdleWatch
from ncpi_desktop.ui.system_watch import SystemWatch
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey
    from ncpi_desktop.ui.main_window import MainWindow
    from ncpi_desktop.ui.open_audit import OpenAudit


class Locking(QObject):
    """Draws and opens the curtain of one window, and lets its audit rest behind it.

    Signals:
        passphrase_wanted: the open file has none, so it can't be locked.
        unlocked: everything is as it was.
    """

    passphrase_wanted = Signal()
    unlocked = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._curtain: Curtain | None = None
        self._lock_wanted = False
        self.prompt: UnlockPrompt | None = None
        self.idle_watch = IdleWatch(self)
        self.idle_watch.idle.connect(self.lock_if_protected)
        self.system_watch = SystemWatch(self)
        self.system_watch.leaving.connect(self.be_left)

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase is waited for."""
        return self.prompt is not None

    def follow(self, audit: OpenAudit) -> None:
        """An audit was opened, or came under another passphrase: watch over it."""
        self.system_watch.begin()
        if audit.is_protected:
            self.idle_watch.begin(self._window.preferences.idle_minutes)
        else:
            self.idle_watch.end()

    def end(self) -> None:
        """No audit is open any more: its pages are gone, so that nothing of it shows when the curtain is opened."""
        self.idle_watch.end()
        self.system_watch.end()
        if self.prompt is not None:
            self.prompt.end()
            self.prompt = None
        self._lock_wanted = False
        self.open_curtain()
        self._window.setWindowTitle(PROGRAM)

    def lock(self) -> None:
        """Lock the window; for a file without a passphrase say that it has to have one first."""
        audit = self._window.audit
        if audit is not None and not audit.is_protected:
            self.passphrase_wanted.emit()
        self.lock_if_protected()

    def be_left(self) -> None:
        """The laptop goes to sleep, is locked or logged off, or has just woken up: save what is typed, and lock."""
        audit = self._window.audit
        if audit is not None and not audit.is_resting:
            audit.pages.flush_all()
        self.lock_if_protected()

    def lock_if_protected(self) -> None:
        """Lock the window where the open file has a passphrase."""
        audit = self._window.audit
        if audit is None or not audit.is_protected:
            return
        if audit.is_resting:
            self._lock_wanted = self.prompt is None  # The passphrase is being changed; it is locked behind that.
            return
        self.draw_curtain(audit, _("Locked"))
        said: tuple[str, ...] = (
            _("This program is locked."),
            _("What was typed is still there. Give the passphrase to go on."),
        )
        if audit.not_saved is not None:
            said = (*said, _("Something typed could not be saved yet; it is saved once the file is unlocked."))
        prompt = UnlockPrompt(
            self._window.theme,
            PROGRAM,
            said,
            audit.path,
            leave=_("Close the program"),
            stays=True,
            parent=self._window,
        )
        prompt.unlocked.connect(self._unlock)
        prompt.given_up.connect(self._leave)
        self.prompt = prompt
        prompt.show()
        prompt.activateWindow()

    def draw_curtain(self, audit: OpenAudit, words: str, *spare: QDialog) -> None:
        """Save what is typed, hide every window but those in `spare`, and let the audit rest."""
        audit.pages.flush_all()
        self._window.coming_back.keep()
        self._window.background.hold()
        self._curtain = Curtain(self._window.theme, words, spare)
        audit.hub.session.rest()
        self._window.coming_back.pause()

    def open_curtain(self) -> None:
        """Show every window as it was."""
        curtain, self._curtain = self._curtain, None
        if curtain is not None:
            curtain.put_back()
            curtain.run_on()
            self._window.background.release()

    def wake(self, audit: OpenAudit, key: FileKey | None) -> None:
        """Open the file again and go on where it was left; what could not be saved before is saved now.

        Raises:
            KnownError: it can't be opened; all stays hidden.
        """
        same = audit.hub.session.wake(key)
        if self.prompt is not None:
            self.prompt.end()
            self.prompt = None
        self.open_curtain()
        if not same:
            audit.look_again()
        audit.pages.flush_all()
        if self._lock_wanted:
            self._lock_wanted = False
            self.lock_if_protected()

    def _unlock(self, key: FileKey) -> None:
        audit, prompt = self._window.audit, self.prompt
        if audit is None or prompt is None:
            key.forget()
            return
        try:
            self.wake(audit, key)
        except KnownError as error:
            key.forget()
            prompt.complain(error)
            return
        self.unlocked.emit()

    def _leave(self) -> None:
        """Close the program from the prompt: dialogs behind it are given up first."""
        for window in self._curtain.windows() if self._curtain is not None else ():
            if isinstance(window, QDialog):
                window.reject()
            if isinstance(window, DraftDialog) and window.is_held:
                return  # Its words stand nowhere else, and the person goes on with them once it is unlocked.
        QTimer.singleShot(0, self._window.close)
