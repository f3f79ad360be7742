"""Lucide icons from the bundled drawings, in any colour and size, sharp at every device pixel ratio."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ncpi_desktop.resources import resource_path


@cache
def _drawing(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def icon_pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw one icon, `size` logical pixels square; its strokes, drawn in ``currentColor``, take `colour` (``#rrggbb``).

    Raises:
        FileNotFoundError: no icon of that name is bundled.
    """
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    side = round(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return an icon for menus, actions and Qt's own buttons, with pixmaps for plain and for dense screens."""
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        made.addPixmap(icon_pixmap(name, colour, size, ratio))
    return made
