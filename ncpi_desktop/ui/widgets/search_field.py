"""A field to search in: a glass at its left, its key at its right while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_icon, words_width

_ICON = 18


class SearchField(QLineEdit):
    """A line of text with Qt's own signals; Escape clears it, and is left to others when it is empty already."""

    def __init__(
        self,
        theme: Theme,
        placeholder: str,
        key_hint: str = "",
        accessible_name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key_hint = key_hint
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(accessible_name or placeholder)
        self.setClearButtonEnabled(False)
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        """Measure placeholder and key."""
        metrics = QFontMetricsF(self._theme.font())
        words = words_width(metrics, self.placeholderText()) + words_width(metrics, self._key_hint)
        return QSize(words + self._theme.px(72), round(metrics.height()) + self._theme.px(16))

    def minimumSizeHint(self) -> QSize:
        """Shrink until only the placeholder fits."""
        metrics = QFontMetricsF(self._theme.font())
        return QSize(words_width(metrics, self.placeholderText()) + self._theme.px(52), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then glass and key."""
        super().paintEvent(event)
        painter = QPainter(self)
        muted = self._theme.tokens.muted
        draw_icon(painter, self._theme, "search", muted, _ICON, self._theme.px(9), self.height() / 2)
        if not self._key_hint or self.text():
            return
        metrics = QFontMetricsF(self._theme.font("caption"))
        words = words_width(QFontMetricsF(self._theme.font()), self.placeholderText())
        width = words_width(metrics, self._key_hint)
        if self._theme.px(36) + words + width + self._theme.px(24) > self.width():
            return
        painter.setFont(self._theme.font("caption"))
        painter.setPen(QColor(muted))
        place = QRectF(self.width() - width - self._theme.px(12), 0, width + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._key_hint)

    def _dress(self) -> None:
        self.setFont(self._theme.font())
        self.setTextMargins(self._theme.px(26), 0, 0, 0)
        self.updateGeometry()
        self.update()
