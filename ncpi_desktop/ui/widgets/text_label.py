"""A label in one of the program's type roles and colours."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from ncpi_desktop.ui.theme.fonts import FontRole
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone

TextTone = Tone | Literal["ink", "muted"]


def text_colour(theme: Theme, tone: TextTone) -> str:
    """Return the colour of words in `tone` on a card."""
    if tone == "ink":
        return theme.tokens.ink
    return theme.tokens.muted if tone == "muted" else theme.tokens.tone(tone).text


class TextLabel(QLabel):
    """Plain words (markup is shown, not obeyed), for people's text as for ours."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        role: FontRole = "text",
        weight: int | None = None,
        tone: TextTone = "ink",
        wrap: bool = False,
        capitals: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role: FontRole = role
        self._weight = weight
        self._tone: TextTone = tone
        self._capitals = capitals
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._dress()
        theme.changed.connect(self._dress)

    def set_tone(self, tone: TextTone) -> None:
        """Take another colour."""
        if tone != self._tone:
            self._tone = tone
            self._dress()

    def _dress(self) -> None:
        font = self._theme.font(self._role, self._weight)
        if self._capitals:
            font.setCapitalization(QFont.Capitalization.AllUppercase)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.3)
        self.setFont(font)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(text_colour(self._theme, self._tone)))
        self.setPalette(palette)
