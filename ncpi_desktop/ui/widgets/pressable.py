"""The common ground of the buttons that draw themselves: hover, focus, the hand, and the theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ncpi_desktop.ui.theme.fonts import FontRole
from ncpi_desktop.ui.theme.theme import Theme

_MOVES: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)
_PRESSES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Pressable(QAbstractButton):
    """A button that paints itself; subclasses give `sizeHint` and `paintEvent`, and paint by `isChecked` and `underMouse`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # repaints when the mouse comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._dress)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space; leave the arrows to the row that holds the button."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _MOVES:
            event.ignore()  # Qt's own buttons would move the focus as Tab does
        elif plain and event.key() in _PRESSES:
            self.click()
        else:
            super().keyPressEvent(event)

    def _metrics(self, role: FontRole = "text", weight: int | None = None) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(role, weight))

    def _is_hot(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.isDown())

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
