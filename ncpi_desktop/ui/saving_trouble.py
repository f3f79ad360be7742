"""When something could not be saved: offers a copy elsewhere, made with what is on screen, and goes on working in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui import prompts
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.ui.main_window import MainWindow


class SavingTrouble(QObject):
    """Saves the open audit elsewhere where its own place is full, gone, replaced or taken over.

    The copy is made on the window's own connection: it may be the last hold on a file that is no longer at its place.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def save_copy(self) -> None:
        """Ask for a place, save a copy with what is on screen there, and open it in place of the audit."""
        window, audit = self._window, self._window.audit
        if audit is None:
            return
        proposed = Path.home() / _("{name} (copy){suffix}").format(name=audit.path.stem, suffix=prompts.AUDIT_SUFFIX)
        target = prompts.ask_place_to_save(
            window, window.theme, _("Save a copy elsewhere"), proposed, prompts.AUDIT_SUFFIX
        )
        if target is not None:
            self.save_copy_to(target)

    def save_copy_to(self, target: Path) -> bool:
        """Save the copy at `target` and go on in it; return False, and say why, where that fails: nothing is lost by it."""
        from ncpi_desktop.workflows.saving_elsewhere import save_copy_elsewhere

        window, audit = self._window, self._window.audit
        if audit is None:
            return False
        try:
            save_copy_elsewhere(audit.hub.session, target, audit.pages.unsaved())
        except KnownError as error:
            prompts.tell_error(window, window.theme, error)
            return False
        if not window.go_on_in(target):
            return False
        window.notices.say(
            _("You go on in the copy “{name}” in {folder}. It holds everything, with what was on screen.").format(
                name=target.name, folder=target.parent
            ),
            tone="action",
        )
        return True
