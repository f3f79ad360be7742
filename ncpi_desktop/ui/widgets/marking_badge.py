"""The protective marking of the inspection, on every page of the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, words_width


class MarkingBadge(QWidget):
    """A dark pill with the marking, such as ``OFFICIAL-SENSITIVE``; hidden while there is none."""

    def __init__(self, theme: Theme, marking: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marking = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_marking(marking)
        theme.changed.connect(self._dress)

    def set_marking(self, words: str) -> None:
        """Show another marking."""
        self._marking = words
        self.setAccessibleName(words)
        self.setVisible(bool(words)) if self.parent() or not words else None
        self._dress()

    def sizeHint(self) -> QSize:
        """Measure the marking."""
        metrics = QFontMetricsF(self._theme.font("caption", 700))
        width = words_width(metrics, self._marking) + 2 * self._theme.px(12)
        return QSize(width, round(metrics.height()) + self._theme.px(5))

    def minimumSizeHint(self) -> QSize:
        """Never cut the marking."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        draw_box(painter, rect, rect.height() / 2, self._theme.tokens.marking)
        painter.setFont(self._theme.font("caption", 700))
        painter.setPen(QColor(self._theme.tokens.on_marking))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._marking)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
