"""A chip: a short word on a coloured pill, as a widget and for the delegates of lists."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.painting import draw_box, draw_icon, words_width

_SIDE = 12
_RISE = 2
_ICON = 14


def chip_size(theme: Theme, text: str, icon: str | None = None) -> QSize:
    """Return what a chip needs in pixels."""
    metrics = QFontMetricsF(theme.font("caption", 600))
    width = words_width(metrics, text) + 2 * theme.px(_SIDE) + (theme.px(_ICON + 4) if icon else 0)
    return QSize(width, round(metrics.height()) + 2 * theme.px(_RISE))


def paint_chip(painter: QPainter, theme: Theme, rect: QRectF, text: str, tone: Tone, icon: str | None = None) -> None:
    """Draw a chip filling `rect`, which `chip_size` measured."""
    colours = theme.tokens.tone(tone)
    draw_box(painter, rect, rect.height() / 2, colours.ground)
    left = rect.left() + theme.px(_SIDE)
    if icon:
        left += draw_icon(painter, theme, icon, colours.text, _ICON, left, rect.center().y()) + theme.px(4)
    painter.setFont(theme.font("caption", 600))
    painter.setPen(QColor(colours.text))
    right = rect.right() - theme.px(_SIDE) + 1
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(left, rect.top(), right - left, rect.height()), flags, text)


class Chip(QWidget):
    """A word on a pill; it says a state and can't be pressed."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        tone: Tone = "neutral",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._tone: Tone = tone
        self._icon = icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)

    def text(self) -> str:
        """Return its word."""
        return self._text

    def tone(self) -> Tone:
        """Return its tone."""
        return self._tone

    def set(self, text: str, tone: Tone, icon: str | None = None) -> None:
        """Say something else."""
        if (text, tone, icon) == (self._text, self._tone, self._icon):
            return
        measured_anew = (text, icon) != (self._text, self._icon)
        self._text, self._tone, self._icon = text, tone, icon
        if measured_anew:
            self.setAccessibleName(text)
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Measure the word."""
        return chip_size(self._theme, self._text, self._icon)

    def minimumSizeHint(self) -> QSize:
        """Never cut the word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        paint_chip(QPainter(self), self._theme, QRectF(self.rect()), self._text, self._tone, self._icon)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
