"""Asks for a reason in a line, inside the pane: why a case is parked, why a review is reopened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ncpi_desktop.ui.pages.review.button_row import ButtonRow
from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


class BecausePanel(QWidget):
    """A heading, a line to type in, and two buttons. Enter accepts, Escape thinks better of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._accept: Callable[[str], object] | None = None
        self._return_to: QWidget | None = None
        self.title = TextLabel(theme, "", role="card_title")
        self.field = QLineEdit(self)
        self.field.setMaxLength(500)
        self.hint = TextLabel(theme, "", role="caption", tone="muted", wrap=True)
        self.accept_button = HintedButton(theme, "", "primary", key="Enter")
        self.cancel_button = HintedButton(theme, _("Cancel"), "secondary", key="Esc")
        self.field.returnPressed.connect(self._accepted)
        self.accept_button.clicked.connect(self._accepted)
        self.cancel_button.clicked.connect(self.close_panel)
        buttons = ButtonRow(theme, (self.cancel_button, self.accept_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.field)
        layout.addWidget(self.hint)
        layout.addWidget(buttons)
        theme.changed.connect(self.update)
        self.hide()

    def ask(self, title: str, field_name: str, hint: str, button: str, accept: Callable[[str], object]) -> None:
        """Ask; `accept` is called with the words once there are any."""
        self._accept = accept
        self._return_to = self.window().focusWidget()
        self.title.setText(title)
        self.setAccessibleName(title)
        self.field.setAccessibleName(field_name)
        self.field.clear()
        self.hint.set_tone("muted")
        self.hint.setText(hint)
        self.accept_button.set_words(button)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Go away; the keyboard goes back to where it was."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.hide()
        if had_focus and self._return_to is not None and self._return_to.isVisible():
            self._return_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Think better of it with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and edge."""
        tokens = self._theme.tokens
        draw_box(QPainter(self), QRectF(self.rect()), FIELD_RADIUS, tokens.action_ground, tokens.action)

    def _accepted(self) -> None:
        words = self.field.text().strip()
        if not words:
            self.hint.set_tone("danger")
            self.hint.setText(_("Say in a few words why."))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.close_panel()
        if self._accept is not None:
            self._accept(words)
