"""A field to choose one of several from."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import draw_icon, words_width

_ICON = 16


class ChoiceField(QComboBox):
    """Qt's combo box in the program's looks, with a name for screen readers on field and list."""

    def __init__(self, theme: Theme, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setView(QListView(self))
        self.setAccessibleName(accessible_name)
        self.view().setAccessibleName(accessible_name)
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        """Measure the longest choice."""
        metrics = QFontMetricsF(self._theme.font())
        longest = max((words_width(metrics, self.itemText(row)) for row in range(self.count())), default=0)
        return QSize(longest + self._theme.px(_ICON + 32), round(metrics.height()) + self._theme.px(16))

    def minimumSizeHint(self) -> QSize:
        """Never cut a choice."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then its arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        left = self.width() - self._theme.px(_ICON + 8)
        draw_icon(painter, self._theme, "chevron-down", self._theme.tokens.muted, _ICON, left, self.height() / 2)

    def _dress(self) -> None:
        self.setFont(self._theme.font())
        self.view().setFont(self._theme.font())
        self.updateGeometry()
        self.update()
