"""What the window says at its foot: refusals, failed saves, where an export went. Nothing above it moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar, NoticeTone
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.save_state import SaveState
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.ui.hub import AuditHub


class Notices(QWidget):
    """One notice at a time, with an action and a way to put it away; a failed save stays until something is saved."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._do: Callable[[], object] | None = None
        self._about_saving = False
        self._save_copy: Callable[[], object] | None = None
        self.bar = NoticeBar(theme)
        self.bar.action_pressed.connect(self._act)
        self.dismiss = PushButton(theme, _("Put this notice away"), "quiet", "x")
        self.dismiss.set_icon_only()
        self.dismiss.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 10)
        row.addWidget(self.bar, 1)
        row.addWidget(self.dismiss)
        self.hide()

    def listen(self, hub: AuditHub, save_state: SaveState, save_copy: Callable[[], object]) -> None:
        """Say what the hub refuses or fails to save, and when something is saved; `save_copy` is offered while it fails."""
        self._save_copy = save_copy
        hub.saving.connect(save_state.set_saving)
        hub.unchanged.connect(save_state.set_unchanged)
        hub.saved.connect(save_state.set_saved)
        hub.saved.connect(lambda _time: self._saved())
        hub.save_failed.connect(lambda error: self._failed(error, save_state))
        hub.refused.connect(lambda error: self.say(str(error)))

    def say(
        self,
        words: str,
        action: str | None = None,
        do: Callable[[], object] | None = None,
        tone: NoticeTone = "warning",
    ) -> None:
        """Say `words`, with a button that calls `do` where there is an `action`."""
        self._do = do
        self._about_saving = False
        self.bar.show_notice(words, action, tone)
        self.show()

    def clear(self) -> None:
        """Say nothing any more."""
        self._do = None
        self._about_saving = False
        self.bar.hide()
        self.hide()

    def text(self) -> str:
        """Return what is said; empty where nothing is."""
        return self.bar.text() if not self.isHidden() else ""

    def _failed(self, error: KnownError, save_state: SaveState) -> None:
        save_state.set_failed(str(error))
        self.say(str(error), _("Save a copy elsewhere…"), self._save_copy, tone="danger")
        self._about_saving = True

    def _saved(self) -> None:
        if self._about_saving:
            self.clear()

    def _act(self) -> None:
        do = self._do
        self.clear()
        if do is not None:
            do()
