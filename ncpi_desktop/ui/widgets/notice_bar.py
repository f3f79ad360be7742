"""A notice across a page: what happened, what is safe, what to do. It waits and never pops up."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_icon
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel

NoticeTone = Literal["warning", "danger", "action", "neutral"]

_ICONS: dict[NoticeTone, str] = {
    "warning": "triangle-alert",
    "danger": "triangle-alert",
    "action": "info",
    "neutral": "info",
}
_ICON = 18


class NoticeBar(QWidget):
    """A tinted line with an icon, words that wrap, and at most one button; hidden until it has something to say.

    Signals:
        action_pressed: the person pressed its button.
    """

    action_pressed = Signal()

    def __init__(self, theme: Theme, tone: NoticeTone = "warning", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone: NoticeTone = tone
        self._words = TextLabel(theme, tone=tone, wrap=True)
        self.button = PushButton(theme, "", "link")
        self.button.clicked.connect(lambda: self.action_pressed.emit())
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._words, 1)
        self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._dress()
        theme.changed.connect(self._dress)
        self.hide()

    def text(self) -> str:
        """Return its words."""
        return self._words.text()

    def show_notice(self, text: str, action_text: str | None = None, tone: NoticeTone | None = None) -> None:
        """Say `text`, with a button when there is `action_text`."""
        self._tone = tone or self._tone
        self._words.set_tone(self._tone)
        self._words.setText(text)
        self.setAccessibleName(text)
        self.button.set_words(action_text or "")
        self.button.setVisible(bool(action_text))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, edge and icon."""
        painter = QPainter(self)
        colours = self._theme.tokens.tone(self._tone)
        draw_box(painter, QRectF(self.rect()), FIELD_RADIUS, colours.ground, colours.text)
        middle = self.height() / 2
        draw_icon(painter, self._theme, _ICONS[self._tone], colours.text, _ICON, self._theme.px(10), middle)

    def _dress(self) -> None:
        px = self._theme.px
        self._layout.setContentsMargins(px(_ICON + 18), px(6), px(8), px(6))
        self.update()
