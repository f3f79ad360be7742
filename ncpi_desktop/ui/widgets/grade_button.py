"""The button of one overall grade: shape, word, and the key that presses it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_focus_ring, draw_icon, words_width
from ncpi_desktop.ui.widgets.pressable import Pressable

_SIDE = 8
_GAP = 4
_ICON = 18


class GradeButton(Pressable):
    """A checkable button; outlined in its grade's colour, filled when chosen. Its words wrap rather than being cut."""

    def __init__(self, theme: Theme, look: GradeLook, key_hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.look = look
        self._key_hint = key_hint
        self.setCheckable(True)
        self.setText(look.label)
        self.setAccessibleName(look.label)
        self.setToolTip(f"{look.label} ({key_hint})" if key_hint else look.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def least_width(self) -> int:
        """Return the width, in pixels, at which the longest single word still fits beside the shape."""
        metrics = self._metrics("text", 600)
        longest = max((words_width(metrics, word) for word in self.look.label.split()), default=0)
        return longest + self._theme.px(_ICON) + self._theme.px(_GAP) + 2 * self._theme.px(_SIDE) + 2

    def sizeHint(self) -> QSize:
        """Measure one wrapped word beside the shape, two lines high."""
        lines = max(2, min(3, len(self.look.label.split())))
        return QSize(self.least_width(), round(lines * self._metrics("text", 600).height()) + self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, shape, word and key."""
        painter = QPainter(self)
        colours = self._theme.tokens.tone(self.look.tone)
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        ground = colours.solid if chosen else (colours.ground if self._is_hot() else self._theme.tokens.card)
        ink = colours.on_solid if chosen else colours.text
        if not self.isEnabled() and not chosen:
            ink = self._theme.tokens.muted
        draw_box(painter, rect, FIELD_RADIUS, ground, colours.solid if self.isEnabled() else self._theme.tokens.line)
        self._draw_words(painter, rect, ink)
        if self._key_hint:
            painter.setFont(self._theme.font("caption"))
            place = rect.adjusted(0, self._theme.px(2), -self._theme.px(6), 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, self._key_hint)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, FIELD_RADIUS)
            if chosen:
                draw_box(painter, rect.adjusted(2, 2, -2, -2), FIELD_RADIUS - 2, None, ink, 1.5)

    def _draw_words(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        theme = self._theme
        painter.setFont(theme.font("text", 600))
        shape = theme.px(_ICON) + theme.px(_GAP)
        room = rect.width() - 2 * theme.px(_SIDE) - shape
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        needed = painter.boundingRect(QRectF(0, 0, room, rect.height()), flags, self.look.label).width()
        left = rect.left() + (rect.width() - shape - needed) / 2
        draw_icon(painter, theme, self.look.icon, ink, _ICON, left, rect.center().y())
        painter.setPen(QColor(ink))
        painter.drawText(QRectF(left + shape, rect.top(), room + 1, rect.height()), flags, self.look.label)
