"""A reason and in how many cases it was given: words, count, and a thin bar under them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.painting import draw_box, words_width

_BAR = 6
_GAP = 5


class ShareBar(QWidget):
    """One line of a list of reasons; long words wrap, the count never moves."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        count: int,
        share: float,
        tone: Tone = "poor",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone = tone
        self._label, self._count, self._share = label, count, share
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{label}: {count}")
        theme.changed.connect(self._dress)

    def set_share(self, label: str, count: int, share: float) -> None:
        """Show another reason; `share` is 0 to 1 of the full width."""
        if (label, count, share) == (self._label, self._count, self._share):
            return
        self._label, self._count, self._share = label, count, share
        self.setAccessibleName(f"{label}: {count}")
        self._dress()

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words and the bar."""
        return round(self._words_rect(width).height()) + _GAP + _BAR + 2

    def sizeHint(self) -> QSize:
        """Measure the words on one line."""
        metrics = QFontMetricsF(self._theme.font())
        width = words_width(metrics, self._label) + self._count_width() + 12
        return QSize(width, self.heightForWidth(max(self.width(), self.minimumSizeHint().width())))

    def minimumSizeHint(self) -> QSize:
        """Accept one word a line."""
        metrics = QFontMetricsF(self._theme.font())
        longest = max((words_width(metrics, word) for word in self._label.split()), default=0)
        return QSize(longest + self._count_width() + 12, round(metrics.height()) + _GAP + _BAR + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, count and bar."""
        painter = QPainter(self)
        theme = self._theme
        words = self._words_rect(self.width())
        painter.setPen(QColor(theme.tokens.ink))
        painter.setFont(theme.font())
        painter.drawText(words, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, self._label)
        painter.setFont(theme.font("text", 600))
        line = QRectF(0, 0, self.width(), QFontMetricsF(theme.font()).height())
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._count))
        width = (self.width() - self._count_width()) * min(max(self._share, 0.0), 1.0)
        if width > 0:
            bar = QRectF(0, words.bottom() + _GAP, max(width, _BAR), _BAR)
            draw_box(painter, bar, _BAR / 2, theme.tokens.tone(self._tone).bar)

    def _count_width(self) -> int:
        return max(self._theme.px(36), words_width(QFontMetricsF(self._theme.font("text", 600)), str(self._count)) + 12)

    def _words_rect(self, width: int) -> QRectF:
        metrics = QFontMetricsF(self._theme.font())
        room = QRectF(0, 0, max(width - self._count_width() - 12, 10), 4000)
        rect = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._label)
        return QRectF(0, 0, room.width(), rect.height())

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
