"""A share that opens its cases: words, the count and its n, a bar with the interval over it, and what that says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_focus_ring, words_width
from ncpi_desktop.ui.widgets.pressable import Pressable

_BAR: Final = 7.0
_SIDE: Final = 8
_LINE: Final = 3


@dataclass(frozen=True, slots=True)
class ShareWords:
    """What a row says. `counted` stands at the right of `label`, `below` in small type; `share` and the ends of `interval` are 0 to 1."""

    label: str
    counted: str
    below: str = ""
    share: float | None = None
    interval: tuple[float, float] | None = None
    tone: Tone = "neutral"

    @property
    def spoken(self) -> str:
        """The whole row for screen readers."""
        return ", ".join(part for part in (self.label, self.counted, self.below) if part)


class ShareRow(Pressable):
    """One row; long words wrap, and the count goes to a line of its own where there is no room beside them."""

    def __init__(self, theme: Theme, words: ShareWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._said = words
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(words)

    def say(self, words: ShareWords) -> None:
        """Say something else."""
        self._said = words
        self.setText(words.label)
        self.setAccessibleName(words.spoken)
        self._dress()

    @property
    def words(self) -> ShareWords:
        """What the row says."""
        return self._said

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of label, count, bar and what stands below."""
        return round(self._places(width)[-1].bottom()) + self._theme.px(_SIDE) // 2 + 2

    def sizeHint(self) -> QSize:
        """Ask for the words on one line."""
        width = words_width(self._metrics(), self._said.label) + words_width(self._bold(), self._said.counted) + 40
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Accept one word a line."""
        words = (*self._said.label.split(), *self._said.below.split())
        longest = max((words_width(self._metrics(), word) for word in words), default=0)
        width = max(longest, words_width(self._bold(), self._said.counted)) + 2 * self._theme.px(_SIDE)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, words, bar and focus."""
        painter = QPainter(self)
        theme, rect = self._theme, QRectF(self.rect())
        if self._is_hot():
            draw_box(painter, rect, FIELD_RADIUS, theme.tokens.action_ground)
        label, counted, bar, below = self._places(self.width())
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font())
        painter.setPen(QColor(theme.tokens.ink))
        painter.drawText(label, wrapped, self._said.label)
        painter.setFont(theme.font("text", 600))
        side = Qt.AlignmentFlag.AlignRight if counted.top() == label.top() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(counted, side, self._said.counted)
        if self._said.share is not None:
            self._draw_bar(painter, bar, self._said.share)
        if self._said.below:
            painter.setFont(theme.font("caption"))
            painter.setPen(QColor(theme.tokens.muted))
            painter.drawText(below, wrapped, self._said.below)
        if self.hasFocus():
            draw_focus_ring(painter, theme, rect, FIELD_RADIUS)

    def _draw_bar(self, painter: QPainter, room: QRectF, share: float) -> None:
        tokens = self._theme.tokens
        draw_box(painter, room, _BAR / 2, tokens.line)
        if share > 0:
            filled = QRectF(room.left(), room.top(), max(room.width() * share, _BAR), _BAR)
            draw_box(painter, filled, _BAR / 2, tokens.tone(self._said.tone).bar)
        if self._said.interval is not None:
            painter.setPen(QPen(QColor(tokens.ink), 1.6))
            low, high = (room.left() + room.width() * end for end in self._said.interval)
            middle = room.center().y()
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            for end in (low, high):
                painter.drawLine(QPointF(end, room.top() - 1), QPointF(end, room.bottom() + 1))

    def _places(self, width: int) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Return where label, count, bar and the words below stand in `width`."""
        side = self._theme.px(_SIDE)
        room = float(max(width - 2 * side, 10))
        count_width = words_width(self._bold(), self._said.counted)
        metrics = self._metrics()
        beside = count_width + 12 < room * 0.55 or words_width(metrics, self._said.label) + count_width + 12 <= room
        label_room = room - count_width - 12 if beside else room
        label = self._wrapped(metrics, side, side // 2, label_room, self._said.label)
        line = metrics.height()
        top = label.top() if beside else label.bottom() + _LINE
        counted = QRectF(side, top, room, line)
        bar = QRectF(side, max(label.bottom(), counted.bottom()) + 2 * _LINE, room, _BAR)
        under = bar.bottom() + _LINE + 1 if self._said.share is not None else bar.top() - _LINE
        below = self._wrapped(self._metrics("caption"), side, under, room, self._said.below)
        return label, counted, bar, below

    @staticmethod
    def _wrapped(metrics: QFontMetricsF, left: float, top: float, width: float, words: str) -> QRectF:
        if not words:
            return QRectF(left, top, width, 0)
        rect = metrics.boundingRect(QRectF(0, 0, width, 4000), Qt.TextFlag.TextWordWrap, words)
        return QRectF(left, top, width, rect.height())

    def _bold(self) -> QFontMetricsF:
        return self._metrics("text", 600)
