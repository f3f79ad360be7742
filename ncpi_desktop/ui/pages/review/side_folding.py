"""Folds the queue away while it is not used, where the three panes cannot each have their useful width."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from ncpi_desktop.ui.pages.review.judgement_pane import JudgementPane
from ncpi_desktop.ui.pages.review.left_side import LeftSide
from ncpi_desktop.ui.pages.review.record_pane import RecordPane
from ncpi_desktop.ui.theme.theme import Theme

_USEFUL_RECORD: Final = 380
"""Pixels at 100 per cent: the record is the centre, and fewer make a column of single words of it."""

_LOOK_AGAIN: Final = 40
"""Milliseconds. While a mouse button is held the record must not move below it."""


class SideFolding(QObject):
    """What stands left of the record is shown while it has the keyboard, and while criteria or comments stand there.

    Once there is room enough it is always shown.
    """

    def __init__(
        self, theme: Theme, splitter: QSplitter, left: LeftSide, record: RecordPane, judgement: JudgementPane
    ) -> None:
        super().__init__(splitter)
        self._theme = theme
        self._splitter = splitter
        self._left, self._record, self._judgement = left, record, judgement
        self._wanted = False
        self._used: QWidget | None = None
        self._widths: list[int] = []
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_LOOK_AGAIN)
        self._waiting.timeout.connect(self.fit)
        splitter.installEventFilter(self)
        left.currentChanged.connect(lambda _place: self.fit())
        theme.changed.connect(self.fit)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    @property
    def is_tight(self) -> bool:
        """Whether there is too little room for three panes side by side."""
        queue = max(self._left.minimumSizeHint().width(), self._left.minimumWidth())
        least = queue + self._theme.px(_USEFUL_RECORD) + self._judgement.minimumSizeHint().width()
        return self._splitter.width() < least + 2 * self._splitter.handleWidth()

    @property
    def is_folded(self) -> bool:
        """Whether only record and judgement are shown."""
        return self._left.isHidden()

    def give_back_focus(self) -> bool:
        """Bring the keyboard back to what in the panes had it last; return whether that is still to be seen."""
        used = self._used
        if used is None or not used.isVisible() or not used.isEnabled():
            return False
        used.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def unfold(self) -> None:
        """Show the left side and bring the keyboard there; it stays as long as the keyboard is in it."""
        self._wanted = True
        self._left.show()
        # Before the button is hidden: else Qt would hand its keyboard to the record, and all would fold again.
        self._left.focus()
        self.fit()

    def fold(self) -> None:
        """Fold the left side away where it can be, whatever has the keyboard."""
        self._wanted = False
        self.fit()

    def widths(self) -> list[int]:
        """Return the widths of the three panes, from when all of them were shown last."""
        return self._widths if self.is_folded and self._widths else self._splitter.sizes()

    def fit(self) -> None:
        """Show the left side or fold it away, as room and keyboard ask."""
        shown = self._wanted or self._left.is_folded_out or not self.is_tight
        if shown == self._left.isHidden():
            if not shown:
                if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
                    self._waiting.start()
                    return
                self._widths = self._splitter.sizes()
            self._left.setVisible(shown)
        self._record.header.show_cases_button(not shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the room again when it changes."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        # Menus, dialogs and the header of the window take the keyboard only for a moment: nothing folds for them.
        if now is None:
            return
        if self._left.isAncestorOf(now):
            self._wanted = True
        elif self._record.isAncestorOf(now) or self._judgement.isAncestorOf(now):
            self._wanted = False
        else:
            return
        self._used = now
        self.fit()
