"""The key that does it, written on a small key cap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_box, words_width


class KeyHint(QWidget):
    """One key or chord, such as ``Ctrl+E``."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        """Measure the key."""
        metrics = QFontMetricsF(self._theme.font("caption", 600))
        width = words_width(metrics, self._keys) + self._theme.px(12)
        height = round(metrics.height()) + self._theme.px(6)
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        """Never cut the key."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        draw_box(painter, QRectF(self.rect()), 4, tokens.ground, tokens.field_line)
        painter.setFont(self._theme.font("caption", 600))
        painter.setPen(QColor(tokens.ink))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._keys)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
