"""A pill that filters: pressed or not."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, words_width
from ncpi_desktop.ui.widgets.pressable import Pressable


class ToggleChip(Pressable):
    """A checkable pill such as ``To do 16``; put several in a QButtonGroup to make them exclude each other."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
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
        metrics = self._metrics("caption", 600)
        width = words_width(metrics, self.text()) + 2 * self._theme.px(12)
        return QSize(width, round(metrics.height()) + self._theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill; when pressed also with an edge, so that colour is not all."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        colours = tokens.tone("action" if chosen or self._is_hot() else "neutral")
        draw_box(painter, rect, rect.height() / 2, colours.ground, tokens.action if chosen else None)
        painter.setFont(self._theme.font("caption", 600))
        painter.setPen(QColor(colours.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, rect.height() / 2 - 1)
