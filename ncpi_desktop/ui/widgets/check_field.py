"""A box to tick, with its words beside it; both grow with the text."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_focus_ring, draw_icon

_BOX: Final = 18
_GAP: Final = 8
_EDGE: Final = 5


class CheckField(QCheckBox):
    """Qt's check box in the program's looks: a tick, not only a colour, says that it is chosen. Long words wrap."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._dress)
        self._dress()

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        room = max(1, width - self._words_left() - self._theme.px(_EDGE))
        words = self.fontMetrics().boundingRect(0, 0, room, 10000, Qt.TextFlag.TextWordWrap, self.text())
        return max(words.height(), self._theme.px(_BOX)) + 2 * self._theme.px(_EDGE)

    def sizeHint(self) -> QSize:
        """Measure the words on one line."""
        width = self._words_left() + self.fontMetrics().horizontalAdvance(self.text()) + 2 * self._theme.px(_EDGE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Accept any width that shows a few words."""
        return QSize(self._theme.px(160), self._theme.px(_BOX + 2 * _EDGE))

    def hitButton(self, _place: object) -> bool:
        """Let box and words both be pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, its tick, and the words."""
        painter = QPainter(self)
        theme, tokens = self._theme, self._theme.tokens
        edge, side = theme.px(_EDGE), theme.px(_BOX)
        line = max(self.fontMetrics().height(), side)
        box = QRectF(edge, edge + (line - side) / 2, side, side)
        on, able = self.isChecked(), self.isEnabled()
        fill = (tokens.action if able else tokens.muted) if on else tokens.card
        draw_box(painter, box, 4, fill, None if on else tokens.field_line)
        if on:
            draw_icon(painter, theme, "check", tokens.on_action, _BOX - 4, box.left() + theme.px(2), box.center().y())
        painter.setPen(QColor(tokens.ink if able else tokens.muted))
        words = QRectF(self.rect()).adjusted(self._words_left(), edge, -edge, -edge)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(words, align, self.text())
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()), FIELD_RADIUS)

    def _words_left(self) -> int:
        return self._theme.px(_EDGE + _BOX + _GAP)

    def _dress(self) -> None:
        self.setFont(self._theme.font())
        self.updateGeometry()
        self.update()
