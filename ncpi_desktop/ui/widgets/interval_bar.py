"""A share with its interval: a dot with whiskers on a scale from 0 to 100 per cent."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.painting import words_width
from ncpi_desktop.words import _

_TICKS = (0, 25, 50, 75, 100)
_DOT = 6.0


class IntervalBar(QWidget):
    """One line of a chart of shares; give lines that stand together the same `label_width`, and the last one the scale."""

    def __init__(
        self,
        theme: Theme,
        label: str = "",
        *,
        show_scale: bool = False,
        label_width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._show_scale = show_scale
        self._label_width = label_width
        self._percent: float | None = None
        self._low: float | None = None
        self._high: float | None = None
        self._tone: Tone = "good"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(label or _("Share graded good"))
        self._describe()
        theme.changed.connect(self._dress)

    def set_interval(self, percent: float | None, low: float | None, high: float | None, tone: Tone = "good") -> None:
        """Show a share and its bounds, all 0 to 100; without `percent` the line says n/a, without bounds it has no whisker."""
        self._percent, self._low, self._high, self._tone = percent, low, high, tone
        self._describe()
        self.update()

    def needed_label_width(self) -> int:
        """Return the pixels its label needs at the text size in use."""
        return words_width(QFontMetricsF(self._theme.font("text", 600)), self._label) + 8 if self._label else 0

    def sizeHint(self) -> QSize:
        """Measure label, scale and the words of the share."""
        metrics = QFontMetricsF(self._theme.font())
        height = round(metrics.height()) + self._theme.px(10)
        if self._show_scale:
            height += round(QFontMetricsF(self._theme.font("caption")).height()) + 4
        return QSize(self._left() + self._theme.px(220) + self._right(), height)

    def minimumSizeHint(self) -> QSize:
        """Keep room for label, words and a short scale."""
        return QSize(self._left() + 90 + self._right(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw label, scale, whisker, dot and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        line_height = round(QFontMetricsF(theme.font()).height()) + theme.px(10)
        axis = QRectF(self._left(), 0, self.width() - self._left() - self._right(), line_height)
        self._draw_scale(painter, axis)
        painter.setPen(QColor(theme.tokens.ink))
        painter.setFont(theme.font("text", 600 if self._tone != "neutral" else 400))
        painter.drawText(
            QRectF(0, 0, self._left(), line_height),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self._label,
        )
        if self._percent is None:
            painter.setPen(QColor(theme.tokens.muted))
            painter.drawText(axis, Qt.AlignmentFlag.AlignCenter, _("n/a"))
            return
        self._draw_share(painter, axis, self._percent)

    def _draw_scale(self, painter: QPainter, axis: QRectF) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font("caption"))
        metrics = QFontMetricsF(painter.font())
        crowded = metrics.horizontalAdvance("100%") * len(_TICKS) > axis.width()
        for tick in _TICKS:
            x = axis.left() + axis.width() * tick / 100
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(x, axis.top()), QPointF(x, axis.bottom()))
            if self._show_scale and not (crowded and tick in (25, 75)):
                painter.setPen(QColor(tokens.muted))
                place = QRectF(x - 40, axis.bottom() + 2, 80, metrics.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{tick}%")

    def _draw_share(self, painter: QPainter, axis: QRectF, percent: float) -> None:
        colours = self._theme.tokens.tone(self._tone)
        middle = axis.center().y()
        at = [axis.left() + axis.width() * share / 100 for share in (self._low or 0, percent, self._high or 0)]
        end = at[1]
        if self._low is not None and self._high is not None:
            painter.setPen(QPen(QColor(colours.bar), 3))
            painter.drawLine(QPointF(at[0], middle), QPointF(at[2], middle))
            end = at[2]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.bar))
        painter.drawEllipse(QPointF(at[1], middle), _DOT, _DOT)
        painter.setPen(QColor(colours.text))
        painter.setFont(self._theme.font("text", 700))
        place = QRectF(end + 10, axis.top(), self._right() + axis.right() - end, axis.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._figure())

    def _figure(self) -> str:
        return _("n/a") if self._percent is None else f"{int(self._percent + 0.5)}%"

    def _left(self) -> int:
        return max(self._label_width, self.needed_label_width(), self._theme.px(14))

    def _right(self) -> int:
        return words_width(QFontMetricsF(self._theme.font("text", 700)), "100%") + 14

    def _describe(self) -> None:
        words = self._figure()
        if self._percent is not None and self._low is not None and self._high is not None:
            words = _("{percent}, 95% interval {low}% to {high}%").format(
                percent=words, low=int(self._low + 0.5), high=int(self._high + 0.5)
            )
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
