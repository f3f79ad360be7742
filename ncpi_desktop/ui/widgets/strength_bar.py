"""Four fields that fill with the strength of a passphrase; the words beside them say the same."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.domain.record.passphrase import Strength
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.painting import draw_box
from ncpi_desktop.words import _

FILLED: Final = {Strength.EMPTY: 0, Strength.WEAK: 1, Strength.FAIR: 2, Strength.GOOD: 3, Strength.STRONG: 4}
TONES: Final[dict[Strength, Tone]] = {
    Strength.EMPTY: "neutral",
    Strength.WEAK: "danger",
    Strength.FAIR: "warning",
    Strength.GOOD: "action",
    Strength.STRONG: "action",
}
_GAP: Final = 4


class StrengthBar(QWidget):
    """Shows one strength."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.strength = Strength.EMPTY
        self.setAccessibleName(_("Strength"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_strength(self, strength: Strength) -> None:
        """Fill as many fields as it has steps."""
        self.strength = strength
        self.setAccessibleDescription(strength.label)
        self.update()

    def sizeHint(self) -> QSize:
        """Be slim."""
        return QSize(160, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the fields."""
        painter = QPainter(self)
        tokens, count = self._theme.tokens, len(FILLED) - 1
        width = (self.width() - _GAP * (count - 1)) / count
        for place in range(count):
            filled = place < FILLED[self.strength]
            colour = tokens.tone(TONES[self.strength]).text if filled else tokens.track
            draw_box(painter, QRectF(place * (width + _GAP), (self.height() - 8) / 2, width, 8), 4, colour)
