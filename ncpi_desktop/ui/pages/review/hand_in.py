"""The foot of the judgement: what is missing, park, submit; or when and by whom it was submitted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ncpi_desktop.ui.pages.review.because_panel import BecausePanel
from ncpi_desktop.ui.pages.review.missing_bar import MissingBar
from ncpi_desktop.ui.pages.review.pane_notice import PaneNotice
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.words import _


class HandIn(QWidget):
    """Stands below the judgement and never moves what is above it, save when it asks or says something.

    Signals:
        submit_pressed, park_pressed, reopen_pressed, next_pressed: the buttons.
    """

    submit_pressed = Signal()
    park_pressed = Signal()
    reopen_pressed = Signal()
    next_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = PaneNotice(theme, self)
        self.because = BecausePanel(theme, self)
        self.missing = MissingBar(theme, self)
        self.banner = NoticeBar(theme, "action", self)
        self.park_button = PushButton(theme, _("Park…"), "secondary", "pause")
        self.submit_button = PushButton(theme, _("Submit and next"), "primary", key_hint="Ctrl+Enter")
        self.missing.button.clicked.connect(lambda: self.next_pressed.emit())
        self.park_button.clicked.connect(lambda: self.park_pressed.emit())
        self.submit_button.clicked.connect(lambda: self.submit_pressed.emit())
        self.banner.action_pressed.connect(lambda: self.reopen_pressed.emit())
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._drafting_page())
        self._stack.addWidget(self._submitted_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.notice)
        layout.addWidget(self.because)
        layout.addWidget(self._stack)

    def show_draft(self, count: str, names: str, *, parked: bool, editable: bool) -> None:
        """Show what is missing, and the buttons."""
        self.missing.show_missing(count, names)
        words = _("Take up again") if parked else _("Park…")
        if self.park_button.text() != words:
            self.park_button.set_words(words)
        for button in (self.park_button, self.submit_button):
            if button.isEnabled() != editable:
                button.setEnabled(editable)
        if self._stack.currentIndex() != 0:
            self._stack.setCurrentIndex(0)

    def show_submitted(self, sentence: str, *, can_reopen: bool) -> None:
        """Say when and by whom it was submitted, and offer to reopen."""
        if self.banner.text() != sentence or self._stack.currentIndex() != 1:
            self.banner.show_notice(sentence, _("Reopen with a reason…") if can_reopen else None)
        if self._stack.currentIndex() != 1:
            self._stack.setCurrentIndex(1)

    @property
    def is_submitted(self) -> bool:
        """Whether it shows a submitted review."""
        return self._stack.currentIndex() == 1

    def _drafting_page(self) -> QWidget:
        page = QWidget(self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.park_button)
        buttons.addStretch(1)
        buttons.addWidget(self.submit_button)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.missing)
        layout.addLayout(buttons)
        return page

    def _submitted_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self.banner)
        return page
