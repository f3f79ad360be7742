"""Two buttons at the ends of a line; without their keys, or one above the other, where there is too little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.theme.theme import Theme

LARGE_TEXT = 150
"""From this text size on, in per cent, things stand below each other instead of side by side."""

_GAP = 6


class ButtonRow(QWidget):
    """The last button is the one that goes on: it stands at the right, or at the top where not even the words fit."""

    def __init__(self, theme: Theme, buttons: Sequence[HintedButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = list(buttons)
        for button in buttons:
            button.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._dress)

    def hasHeightForWidth(self) -> bool:
        """Narrower may put them one above the other."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of one line, or of all."""
        heights = [button.sizeHint().height() for button in self._buttons]
        return max(heights) if self._fits(width, hint=False) else sum(heights) + _GAP * (len(heights) - 1)

    def sizeHint(self) -> QSize:
        """Prefer one line with the keys."""
        return QSize(self._wanted(hint=True), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words of a button."""
        widest = max(button.width_with(hint=False) for button in self._buttons)
        return QSize(widest, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons."""
        self._place()

    def event(self, event: QEvent) -> bool:
        """Place them anew when one says something else; ask for another height only where the number of lines changes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
            if self.heightForWidth(self.width()) != self.height():
                self.updateGeometry()
        return super().event(event)

    def _wanted(self, *, hint: bool) -> int:
        return sum(button.width_with(hint=hint) for button in self._buttons) + _GAP * (len(self._buttons) - 1)

    def _fits(self, width: int, *, hint: bool) -> bool:
        return self._wanted(hint=hint) <= width

    def _place(self) -> None:
        hint = self._fits(self.width(), hint=True)
        one_line = self._fits(self.width(), hint=False)
        for button in self._buttons:
            button.show_hint(hint or (not one_line and button.width_with(hint=True) <= self.width()))
        if not one_line:
            top = 0
            for button in reversed(self._buttons):
                height = button.sizeHint().height()
                button.setGeometry(0, top, self.width(), height)
                top += height + _GAP
            return
        left = 0
        for place, button in enumerate(self._buttons):
            size = button.sizeHint()
            at = self.width() - size.width() if place == len(self._buttons) - 1 else left
            button.setGeometry(at, 0, size.width(), size.height())
            left += size.width() + _GAP

    def _dress(self) -> None:
        self._place()
        self.updateGeometry()
