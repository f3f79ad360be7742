"""Two buttons at the ends of a line; one above the other where the text is large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme

LARGE_TEXT = 150
"""From this text size on, in per cent, things stand below each other instead of side by side."""


class ButtonRow(QBoxLayout):
    """The last button is the one that goes on: it stands at the right, or at the top."""

    def __init__(self, theme: Theme, buttons: Sequence[QWidget]) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._theme = theme
        for place, button in enumerate(buttons):
            if place == len(buttons) - 1:
                self.addStretch(1)
            self.addWidget(button)
        theme.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        large = self._theme.text_scale >= LARGE_TEXT
        self.setDirection(QBoxLayout.Direction.BottomToTop if large else QBoxLayout.Direction.LeftToRight)
