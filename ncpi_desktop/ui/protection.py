"""The passphrase in the window: asked for when a protected file is opened, set, changed and removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ncpi_desktop.domain.errors import KnownError, RefusedError
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.unlock_prompt import UnlockPrompt
from ncpi_desktop.words import _, ngettext

if TYPE_CHECKING:
    from ncpi_desktop.domain.record.file_key import FileKey
    from ncpi_desktop.ui.background import Tick
    from ncpi_desktop.ui.dialogs.passphrase_dialog import PassphraseDialog
    from ncpi_desktop.ui.main_window import MainWindow
    from ncpi_desktop.ui.open_audit import OpenAudit
    from ncpi_desktop.workflows.protecting import Protection


class ProtectionDesk(QObject):
    """Asks for passphrases in front of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.prompt: UnlockPrompt | None = None
        self._held: FileKey | None = None

    def ask_to_open(self, path: Path) -> None:
        """Ask for the passphrase of the file at `path`, and open it in the window once it is given."""
        self.end()
        said = (
            _("“{name}” is protected by a passphrase, or it is not an audit file.").format(name=path.name),
            _("Give its passphrase to open it."),
        )
        prompt = UnlockPrompt(self._window.theme, _("Open audit"), said, path, leave=_("Cancel"), parent=self._window)
        prompt.given_up.connect(self.end)
        prompt.unlocked.connect(lambda key: self._open(path, key))
        self.prompt = prompt
        prompt.show()

    def end(self) -> None:
        """Ask no more."""
        if self.prompt is not None:
            self.prompt.end()
            self.prompt = None

    def ask_to_change(self) -> None:
        """Let the person set, change or remove the passphrase of the open audit; the window goes on in it."""
        audit = self._window.audit
        if audit is None:
            return
        if audit.hub.session.read_only:
            self._window.notices.say(_("This file is open for reading only, so its passphrase stays as it is."))
            return
        dialog = self._dialog(audit)
        dialog.exec()
        outcome = dialog.outcome
        dialog.deleteLater()
        if outcome is not None:
            self._go_on(audit, outcome)

    def _dialog(self, audit: OpenAudit) -> PassphraseDialog:
        from ncpi_desktop.ui.dialogs.passphrase_dialog import REMOVE, PassphraseDialog

        session, path = audit.hub.session, audit.path
        person, protected = session.name, audit.is_protected

        def begin() -> None:
            if self._window.background.is_busy:
                raise RefusedError(_("Something else is still running on this file; wait until it is done."))
            self._held = audit.copy_key()
            self._window.locking.draw_curtain(audit, _("The passphrase is being changed"), dialog)

        def failed() -> None:
            self._wake(audit, self._held)

        def work(wish: str, now: str, new: str, tick: Tick) -> Protection:
            from ncpi_desktop.workflows.protecting import remove_passphrase, set_passphrase, unlock

            key = unlock(path, now) if protected else None
            try:
                if wish == REMOVE and key is not None:
                    return remove_passphrase(path, key=key, person=person, beside=session, tick=tick)
                return set_passphrase(path, new, key=key, person=person, beside=session, tick=tick)
            finally:
                if key is not None:
                    key.forget()

        dialog = PassphraseDialog(
            self._window.theme,
            protected=protected,
            known=(session.inspection.force, path.stem, person),
            work=work,
            begin=begin,
            failed=failed,
            parent=self._window,
        )
        return dialog

    def _go_on(self, audit: OpenAudit, outcome: Protection) -> None:
        if self._held is not None:
            self._held.forget()
        self._wake(audit, outcome.key)
        self._window.locking.follow(audit)
        said = _("The file and its backups open with the new passphrase alone.")
        if outcome.key is None:
            said = _("The file has no passphrase any more: anybody who has it can read it.")
        if outcome.left:
            said += " " + ngettext(
                "{n} backup can't be read or is in use; it was left as it is.",
                "{n} backups can't be read or are in use; they were left as they are.",
                len(outcome.left),
            ).format(n=len(outcome.left))
        self._window.notices.say(said, tone="warning" if outcome.left else "action")

    def _wake(self, audit: OpenAudit, key: FileKey | None) -> None:
        """Open the file again; where even that fails, close the audit and say why: what was saved is in the file."""
        try:
            self._window.locking.wake(audit, key)
        except KnownError as error:
            self._window.locking.open_curtain()
            self._window.close_audit()
            prompts.tell_error(self._window, self._window.theme, error)

    def _open(self, path: Path, key: FileKey) -> None:
        self.end()
        self._window.open_file(path, key)
