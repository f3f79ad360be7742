"""A notice inside a pane, with up to two answers; it never takes the keyboard away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar, NoticeTone
from ncpi_desktop.ui.widgets.push_button import PushButton


class PaneNotice(NoticeBar):
    """Says something until it is answered, Escape is pressed in it, or the case changes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "warning", parent)
        self._act: Callable[[], None] | None = None
        self.second_button = PushButton(theme, "", "link")
        self.second_button.clicked.connect(self.hide)
        # A pane is narrow: the answers stand below the words.
        self._layout.removeWidget(self.button)
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom)
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(self.button)
        answers.addWidget(self.second_button)
        self._layout.addLayout(answers)
        self.action_pressed.connect(self._answer)

    def say(
        self,
        text: str,
        *,
        tone: NoticeTone = "warning",
        action: str = "",
        act: Callable[[], None] | None = None,
        dismiss: str = "",
    ) -> None:
        """Say `text`; `action` does `act`, `dismiss` only takes the notice away."""
        self._act = act
        self.second_button.set_words(dismiss)
        self.second_button.setVisible(bool(dismiss))
        self.show_notice(text, action or None, tone)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _answer(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
