"""A pill that filters: pressed or not."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.fonts import FontRole
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, words_width
from ncpi_desktop.ui.widgets.pressable import Pressable


class ToggleChip(Pressable):
    """A checkable pill such as ``To do 16``; put several in a QButtonGroup to make them exclude each other.

    One that is `tall` is as high as the buttons it stands beside.
    """

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None, *, tall: bool = False) -> None:
        super().__init__(theme, parent)
        self._tall = tall
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Say another count."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Measure the words."""
        px = self._theme.px
        metrics = self._metrics(self._role(), 600)
        width = words_width(metrics, self.text()) + 2 * px(14 if self._tall else 12)
        return QSize(width, round(metrics.height()) + px(15 if self._tall else 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill; when pressed also with an edge, so that colour is not all."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        colours = tokens.tone("action" if chosen or self._is_hot() else "neutral")
        draw_box(painter, rect, rect.height() / 2, colours.ground, tokens.action if chosen else None)
        painter.setFont(self._theme.font(self._role(), 600))
        painter.setPen(QColor(colours.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, rect.height() / 2 - 1)

    def _role(self) -> FontRole:
        return "text" if self._tall else "caption"
