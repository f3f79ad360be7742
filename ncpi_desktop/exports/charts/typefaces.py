"""The typeface of the report, embedded: Atkinson Hyperlegible Next in three weights and italics."""

from __future__ import annotations

from functools import cache
from typing import Final, cast

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from ncpi_desktop.resources import resource_path

REGULAR: Final = "AtkinsonHyperlegibleNext-Regular"
SEMIBOLD: Final = "AtkinsonHyperlegibleNext-SemiBold"
BOLD: Final = "AtkinsonHyperlegibleNext-Bold"
ITALIC: Final = "AtkinsonHyperlegibleNext-Italic"


@cache
def register_typefaces() -> None:
    """Make the four faces known to reportlab, once in a run of the program; only the letters used get embedded."""
    for name in (REGULAR, SEMIBOLD, BOLD, ITALIC):
        registerFont(TTFont(name, str(resource_path("fonts", f"{name}.ttf"))))
    STATE_DEFAULTS["fontName"] = REGULAR  # Each drawing begins by asking for it; Helvetica would not be embedded.
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


@cache
def characters_known() -> frozenset[int]:
    """Return the code points that every one of the faces can show."""
    register_typefaces()
    return frozenset.intersection(*(frozenset(_face(name)) for name in (REGULAR, SEMIBOLD, BOLD, ITALIC)))


def _face(name: str) -> dict[int, int]:
    """Return which letterform a face has for each code point."""
    found: dict[int, int] = cast("TTFont", getFont(name)).face.charToGlyph
    return found


def width_of(words: str, face: str, size: float) -> float:
    """Return how wide `words` are in points."""
    register_typefaces()
    return float(stringWidth(words, face, size))
