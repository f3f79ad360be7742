"""The bundled type: Atkinson Hyperlegible Next, in five sizes and three weights."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from PySide6.QtGui import QFont, QFontDatabase

from ncpi_desktop.resources import resource_path

FontRole = Literal["caption", "text", "card_title", "reference", "headline"]

FAMILY: Final = "Atkinson Hyperlegible Next"
FILES: Final = (
    "AtkinsonHyperlegibleNext-Regular.ttf",
    "AtkinsonHyperlegibleNext-SemiBold.ttf",
    "AtkinsonHyperlegibleNext-Bold.ttf",
)
PIXELS: Final[dict[FontRole, int]] = {"caption": 12, "text": 14, "card_title": 15, "reference": 18, "headline": 44}
WEIGHTS: Final[dict[FontRole, int]] = {
    "caption": 400,
    "text": 400,
    "card_title": 600,
    "reference": 700,
    "headline": 700,
}


@cache
def load_fonts() -> bool:
    """Load the bundled faces once; False when one is missing, and Qt's own choice of face then stands in."""
    loaded = [QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) for name in FILES]
    return min(loaded) >= 0


@cache
def _built(role: FontRole, weight: int, scale: int) -> QFont:
    made = QFont(FAMILY)
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setPixelSize(max(1, round(PIXELS[role] * scale / 100)))
    made.setWeight(QFont.Weight(weight))
    # Unhinted advances: words keep their width, and so their wrapping, when a weight or a screen changes.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def font(role: FontRole, weight: int | None = None, scale: int = 100) -> QFont:
    """Return a copy of the face for `role`; `weight` is 400, 600 or 700 (the role's own without one), `scale` in per cent."""
    return QFont(_built(role, weight or WEIGHTS[role], scale))
