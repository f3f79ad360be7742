"""The form below a status log: a status with its day and comment, a request for completion, or its authorisation."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.recommendation import Recommendation, RecommendationKey
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.ui.pages.quality.settle_box import ReasonBox
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.notice_bar import NoticeBar
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


def parse_day(text: str) -> date:
    """Return a day typed as 14/05/2018 or 2018-05-14.

    Raises:
        WrongUseError: it can't be read.
    """
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise WrongUseError(
        _("“{text}” is not a day; write it as {example}.").format(text=text.strip()[:40], example="14/05/2018")
    )


class Asked(Enum):
    """What the form asks for."""

    LOG = auto()
    COMPLETION = auto()
    AUTHORISATION = auto()


class _Begun(NamedTuple):
    """What was typed for a recommendation that is not chosen now."""

    asked: Asked
    status: int
    day: str
    comment: str


class StatusForm(Card):
    """Hidden until something is asked for. Ctrl+Enter in the comment commits, Escape puts it away; what was typed stays until then.

    Signals:
        committed: the words are to be kept.
        left: it was put away.
    """

    committed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=12, tone="action", parent=parent)
        self._theme = theme
        self.asked = Asked.LOG
        self._held: Recommendation | None = None
        self._begun: dict[RecommendationKey, _Begun] = {}
        self.heading = TextLabel(theme, "", role="card_title", wrap=True)
        self.status = ChoiceField(theme, _("Status"))
        for status in Status:
            if status is not Status.COMPLETE:
                self.status.addItem(status.label, status)
        self.day = QLineEdit()
        self.day.setAccessibleName(_("Day"))
        self.day.setPlaceholderText(_("dd/mm/yyyy"))
        self.day.setMaxLength(20)
        self.comment = ReasonBox(theme, _("Comment"), _("What was done, or why it changed"), self)
        self.notice = NoticeBar(theme, "danger")
        self.keep = PushButton(theme, "", "primary", key_hint="Ctrl+Enter")
        self.cancel = PushButton(theme, _("Cancel"), "secondary", key_hint="Esc")
        fields, buttons = FlowRow(8), FlowRow(8)
        self._status_part = self._named(_("Status"), self.status)
        fields.hold((self._status_part, self._named(_("Day"), self.day)))
        buttons.hold((self.keep, self.cancel))
        for part in (self.heading, fields, self.comment, self.notice, buttons):
            self.body.addWidget(part)
        self.comment.committed.connect(lambda: self.committed.emit())
        self.comment.left.connect(self.put_away)
        self.keep.clicked.connect(lambda: self.committed.emit())
        self.cancel.clicked.connect(self.put_away)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def is_begun(self) -> bool:
        """Whether a comment was begun, here or for another recommendation, that was neither kept nor put away."""
        return self._stands_here or bool(self._begun)

    @property
    def _stands_here(self) -> bool:
        return not self.isHidden() and bool(self.comment.text().strip())

    def turn_to(self, held: Recommendation) -> None:
        """Go over to another recommendation: a comment begun for this one waits here until it is chosen again."""
        if self._held is not None and self._held.key == held.key:
            return
        if self._held is not None and self._stands_here:
            self._begun[self._held.key] = _Begun(
                self.asked, self.status.currentIndex(), self.day.text(), self.comment.text()
            )
        self.hide()
        self._held = held
        begun = self._begun.pop(held.key, None)
        if begun is not None:
            self._show(begun.asked, held)
            self.status.setCurrentIndex(begun.status)
            self.day.setText(begun.day)
            self.comment.show_text(begun.comment)

    def ask(self, asked: Asked, held: Recommendation, today: date) -> None:
        """Ask for something about a recommendation."""
        self._held = held
        self._show(asked, held)
        place = self.status.findData(held.status)
        self.status.setCurrentIndex(place if place >= 0 else self.status.count() - 1)
        self.day.setText(today.strftime("%d/%m/%Y"))
        self.comment.show_text("")
        first = self.status if asked is Asked.LOG else self.comment
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, asked: Asked, held: Recommendation) -> None:
        self.asked = asked
        titles = {
            Asked.LOG: _("Log a status of recommendation {number}"),
            Asked.COMPLETION: _("Ask for completion of recommendation {number}"),
            Asked.AUTHORISATION: _("Authorise the completion of recommendation {number}"),
        }
        words = {
            Asked.LOG: _("Log this status"),
            Asked.COMPLETION: _("Ask for completion"),
            Asked.AUTHORISATION: _("Authorise completion"),
        }
        self.heading.setText(titles[asked].format(number=held.number))
        self.setAccessibleName(self.heading.text())
        self.keep.set_words(words[asked])
        self._status_part.setVisible(asked is Asked.LOG)
        self.notice.hide()
        self.show()

    def chosen_day(self) -> date:
        """Return the day typed.

        Raises:
            WrongUseError: it can't be read.
        """
        return parse_day(self.day.text())

    def put_away(self) -> None:
        """Hide it, and forget what was typed."""
        self.comment.show_text("")
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away with Escape, commit with Ctrl+Enter, from any of its fields."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.committed.emit()
        else:
            super().keyPressEvent(event)

    def _named(self, words: str, field: QWidget) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        label = TextLabel(self._theme, words, role="caption", weight=700, tone="muted")
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        return both

    def _dress(self) -> None:
        self.comment.setFixedHeight(self._theme.px(72))
        self.day.setFixedWidth(self._theme.px(130))
