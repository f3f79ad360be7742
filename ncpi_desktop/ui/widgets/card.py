"""A card: the one-pixel frame that holds what belongs together."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.painting import CARD_RADIUS, draw_box
from ncpi_desktop.ui.widgets.text_label import TextLabel

_BAR = 3


class Card(QFrame):
    """A frame with a vertical `body` layout to add to; with a `tone`, a tinted ground and a bar at its left."""

    def __init__(
        self,
        theme: Theme,
        title: str | None = None,
        *,
        tone: Tone | None = None,
        padding: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: Tone | None = tone
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)
        self.title = TextLabel(theme, title, role="card_title") if title else None
        if self.title is not None and title:
            self.body.addWidget(self.title)
            self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def set_tone(self, tone: Tone | None) -> None:
        """Tint the card, or not any more."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and frame."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        if self._tone is None:
            draw_box(painter, rect, CARD_RADIUS, tokens.card, tokens.line)
            return
        colours = tokens.tone(self._tone)
        draw_box(painter, rect, 4, colours.text)
        painter.setClipRect(rect.adjusted(_BAR, 0, 0, 0))
        draw_box(painter, rect, 4, tokens.card)
        painter.setOpacity(0.5)  # half the ground of a chip: a paragraph is read on it
        draw_box(painter, rect, 4, colours.ground)
