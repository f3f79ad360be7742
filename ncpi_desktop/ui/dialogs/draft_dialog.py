"""The ground of dialogs in which sentences are typed: Ctrl+Enter goes on, and nothing typed is lost without a question."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton


class DraftDialog(FormDialog):
    """A form whose words stand nowhere else until its main button is pressed; closing it with words in it asks first.

    `is_held` says that the person stayed with the words when it was to be closed last.
    """

    def __init__(self, theme: Theme, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, width, parent)
        self.is_held = False
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on)

    def has_draft(self) -> bool:
        """Return whether words were typed that stand nowhere else."""
        raise NotImplementedError

    def go_on(self) -> None:
        """Do what the main button does."""
        raise NotImplementedError

    def reject(self) -> None:
        """Close; with words in it, only where the person says so."""
        self.is_held = self.has_draft() and not prompts.ask_to_lose_words(self, self.theme)
        if not self.is_held:
            super().reject()

    def text_box(self, name: str, placeholder: str, lines: int) -> JudgementText:
        """Return a box that shows so many lines of text; Tab leaves it."""
        box = JudgementText(self.theme, name, placeholder)
        box.setFixedHeight(round(lines * QFontMetricsF(self.theme.font()).lineSpacing()) + self.theme.px(18))
        return box

    def add_main_button(self, text: str) -> PushButton:
        """Add the button that goes on, with its key written on it."""
        button = PushButton(self.theme, text, "primary", key_hint="Ctrl+Enter")
        button.clicked.connect(self.go_on)
        self.buttons.addWidget(button)
        return button
