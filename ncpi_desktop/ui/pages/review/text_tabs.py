"""The tabs above the text boxes: the chosen one in ink with a line below, a dot where something is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_focus_ring, words_width

_INDENT = 6
"""Pixels left of each word, so that the ring of the keyboard does not cut into it."""


class TextTabs(QTabBar):
    """A tab bar of words; Left and Right move when it has the keyboard."""

    def __init__(self, theme: Theme, names: Sequence[str], accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._written: set[int] = set()
        self.setAccessibleName(accessible_name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for name in names:
            self.addTab(name)
        theme.changed.connect(self.updateGeometry)

    def set_written(self, place: int, written: bool) -> None:
        """Show or take away the dot of a tab."""
        if (place in self._written) != written:
            self._written ^= {place}
            self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """Measure the word, with room for the dot."""
        metrics = QFontMetricsF(self._theme.font("card_title"))
        return QSize(
            words_width(metrics, self.tabText(index)) + self._theme.px(24 + _INDENT), round(metrics.height()) + 6
        )

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never cut the word."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, dots and the line."""
        painter = QPainter(self)
        theme, tokens = self._theme, self._theme.tokens
        for place in range(self.count()):
            rect = QRectF(self.tabRect(place))
            chosen = place == self.currentIndex()
            painter.setFont(theme.font("card_title", 600 if chosen else 400))
            painter.setPen(QColor(tokens.ink if chosen else tokens.muted))
            words = rect.adjusted(theme.px(_INDENT), 0, 0, -4)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.tabText(place))
            width = QFontMetricsF(theme.font("card_title", 600)).horizontalAdvance(self.tabText(place))
            if place in self._written:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.action))
                dot = theme.px(5)
                painter.drawEllipse(QRectF(words.left() + width + theme.px(4), rect.top() + theme.px(5), dot, dot))
            if chosen:
                painter.fillRect(QRectF(words.left(), rect.bottom() - 2, width, 2), QColor(tokens.action))
                if self.hasFocus():
                    draw_focus_ring(painter, theme, rect.adjusted(0, 0, -theme.px(10), 0), 4)
