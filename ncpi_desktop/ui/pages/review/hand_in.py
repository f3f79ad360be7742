"""The foot of the judgement: what is missing, park, submit; or when and by whom it was submitted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.ui.pages.review.because_panel import BecausePanel
from ncpi_desktop.ui.pages.review.button_row import ButtonRow
from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.pages.review.missing_bar import CommentsBar, MissingBar
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
        self._theme = theme
        self.notice = PaneNotice(theme, self)
        self.because = BecausePanel(theme, self)
        self.missing = MissingBar(theme, self)
        self.comments = CommentsBar(theme, self)
        self.comments.hide()
        self.banner = NoticeBar(theme, "action", self)
        self.park_button = HintedButton(theme, _("Park…"), "secondary", "pause")
        self.reopen_button = PushButton(theme, _("Reopen with a reason…"), "secondary", "lock-open")
        self.submit_button = HintedButton(theme, _("Submit and next"), "primary", key="Ctrl+Enter")
        self.missing.button.clicked.connect(lambda: self.next_pressed.emit())
        self.park_button.clicked.connect(lambda: self.park_pressed.emit())
        self.submit_button.clicked.connect(lambda: self.submit_pressed.emit())
        self.reopen_button.clicked.connect(lambda: self.reopen_pressed.emit())
        self._pages = (self._drafting_page(), self._submitted_page())
        self._page = 0
        self._pages[1].hide()
        for part in (self.notice, self.because, self.comments):
            part.installEventFilter(self)
        theme.changed.connect(self._place)

    def minimumSizeHint(self) -> QSize:
        """Be wide enough for every part."""
        parts = (self.because, self.comments, *self._pages)
        return QSize(max(part.minimumSizeHint().width() for part in parts), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts."""
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room when a part comes, goes or says something longer."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def show_draft(self, count: str, names: str, *, parked: bool, editable: bool) -> None:
        """Show what is missing, and the buttons."""
        self.missing.show_missing(count, names)
        self.missing.button.setEnabled(editable and bool(names))
        words = _("Take up again") if parked else _("Park…")
        if self.park_button.text() != words:
            self.park_button.set_words(words)
        for button in (self.park_button, self.submit_button):
            if button.isEnabled() != editable:
                button.setEnabled(editable)
        self._turn_to(0)

    def show_submitted(self, sentence: str, *, can_reopen: bool) -> None:
        """Say when and by whom it was submitted, and offer to reopen."""
        if self.banner.text() != sentence:
            self.banner.show_notice(sentence)
        if self.reopen_button.isEnabled() != can_reopen:
            self.reopen_button.setEnabled(can_reopen)
        self._turn_to(1)

    @property
    def is_submitted(self) -> bool:
        """Whether it shows a submitted review."""
        return self._page == 1

    def _turn_to(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._place()

    def _place(self) -> None:
        """Lay the parts out from above; the foot is exactly as high as they need.

        A layout would keep the height of a wrapped notice after it has gone.
        """
        gap = self._theme.px(6)
        top = 0
        for number, page in enumerate(self._pages):
            # While a reason is asked for, the buttons give it their room.
            wanted = number == self._page and self.because.isHidden()
            if page.isHidden() == wanted:
                page.setVisible(wanted)
        for part in (self.notice, self.because, self.comments, *self._pages):
            if part.isHidden():
                continue
            height = part.heightForWidth(self.width()) if part.hasHeightForWidth() else part.sizeHint().height()
            part.setGeometry(0, top, self.width(), height)
            top += height + gap
        height = max(top - gap, self._theme.px(40))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _drafting_page(self) -> QWidget:
        page = QWidget(self)
        buttons = ButtonRow(self._theme, (self.park_button, self.submit_button))
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.missing)
        layout.addWidget(buttons)
        return page

    def _submitted_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.reopen_button)
        layout.addWidget(self.banner)
        layout.addLayout(buttons)
        return page
