"""Strokes that the charts share: a filled box and a line of words."""

from __future__ import annotations

from typing import Literal

from reportlab.graphics.shapes import Rect, String
from reportlab.lib.colors import HexColor

Anchor = Literal["start", "middle", "end"]


def box(x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> Rect:
    """Return a filled box without a border, its lower left corner at `x`, `y`."""
    rect = Rect(x, y, width, height, radius, radius)
    rect.fillColor = HexColor(colour)
    rect.strokeColor = None
    return rect


def words_at(x: float, y: float, words: str, face: str, size: float, colour: str, anchor: Anchor = "start") -> String:
    """Return `words` on one line whose base is at `y`; `anchor` says which end of it is at `x`."""
    return String(x, y, words, fontName=face, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)
