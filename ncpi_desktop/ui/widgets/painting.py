"""Strokes that several widgets share: rounded boxes, the focus ring, a line of words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ncpi_desktop.ui.theme.theme import Theme

CARD_RADIUS: Final = 8.0
FIELD_RADIUS: Final = 6.0
RING: Final = 2.0
NO_COLOUR: Final = QColor(0, 0, 0, 0)


def draw_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: str | None,
    border: str | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded box wholly inside `rect`; without `fill` or `border` that part is left out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if border else 0.0
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def draw_focus_ring(painter: QPainter, theme: Theme, rect: QRectF, radius: float) -> None:
    """Draw the two-pixel ring that says where the keyboard is, just inside `rect`."""
    draw_box(painter, rect, radius, None, theme.tokens.focus, RING)


def draw_icon(painter: QPainter, theme: Theme, name: str, colour: str, size: int, x: float, middle: float) -> float:
    """Draw an icon with its left at `x`, centred on `middle`; return its width in pixels."""
    device = painter.device()
    pixmap = theme.pixmap(name, colour, size, device.devicePixelRatioF() if device else 1.0)
    side = theme.px(size)
    painter.drawPixmap(QRectF(x, round(middle - side / 2), side, side), pixmap, QRectF(pixmap.rect()))
    return float(side)


def words_width(metrics: QFontMetricsF, words: str) -> int:
    """Return how many whole pixels `words` need on one line."""
    return int(metrics.horizontalAdvance(words) + 0.999) if words else 0


def plain_words(text: str) -> str:
    """Return `text` as it is seen: without the mnemonic's ampersand."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
