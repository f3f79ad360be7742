"""One thread of comments as a card: what it is about, its state, what was said, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.domain.moderation.comment import CommentKey, Thread, ThreadState
from ncpi_desktop.ui.models.reason_model import one_line
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.chip import Chip
from ncpi_desktop.ui.widgets.painting import CARD_RADIUS, draw_focus_ring
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


@dataclass(frozen=True, slots=True)
class ShownComment:
    """Who said what, and when, in words."""

    writer: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A thread as it is shown: all in words, and what is offered. `delete` is the comment that may be taken away."""

    thread: Thread
    about: str
    said: tuple[ShownComment, ...]
    answer: bool = False
    resolve: bool = False
    open_again: bool = False
    delete: CommentKey | None = None


def state_look(state: ThreadState) -> tuple[str, Tone, str]:
    """Return word, tone and icon of a state: no two states share an icon."""
    return {
        ThreadState.OPEN: (_("Open"), "action", "message-square"),
        ThreadState.ANSWERED: (_("Answered"), "neutral", "quote"),
        ThreadState.RESOLVED: (_("Resolved"), "good", "circle-check"),
    }[state]  # type: ignore[return-value]


class ThreadCard(Card):
    """One Tab stop that is read out whole, and its buttons behind it.

    Signals:
        answer_wanted, resolve_wanted, open_again_wanted: the thread is to be answered, resolved, opened again.
        delete_wanted: the key of the comment to take away.
    """

    answer_wanted = Signal()
    resolve_wanted = Signal()
    open_again_wanted = Signal()
    delete_wanted = Signal(object)

    def __init__(self, theme: Theme, shown: ShownThread, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=10, parent=parent)
        self.shown = shown
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setSpacing(6)
        words, tone, icon = state_look(shown.thread.state)
        self.chip = Chip(theme, words, tone, icon)
        about = TextLabel(theme, one_line(shown.about), role="caption", weight=600, wrap=True)
        self.body.addWidget(about)
        self.body.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        for said in shown.said:
            who = _("{name}, {when}").format(name=said.writer, when=said.when)
            text = TextLabel(theme, said.text, wrap=True)
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(TextLabel(theme, who, role="caption", tone="muted", wrap=True))
            part.addWidget(text)
            self.body.addLayout(part)
        self.answer_button = PushButton(theme, _("Answer"), "link")
        self.resolve_button = PushButton(theme, _("Resolve"), "link")
        self.open_again_button = PushButton(theme, _("Open again"), "link")
        self.delete_button = PushButton(theme, _("Take away"), "link")
        self._arrange()
        self.answer_button.clicked.connect(lambda: self.answer_wanted.emit())
        self.resolve_button.clicked.connect(lambda: self.resolve_wanted.emit())
        self.open_again_button.clicked.connect(lambda: self.open_again_wanted.emit())
        self.delete_button.clicked.connect(lambda: self.delete_wanted.emit(shown.delete))
        spoken = [_("{name}, {when}: {text}").format(name=s.writer, when=s.when, text=s.text) for s in shown.said]
        self.setAccessibleName(". ".join([one_line(shown.about), words, *spoken]))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, with a ring while it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            draw_focus_ring(QPainter(self), self._theme, QRectF(self.rect()), CARD_RADIUS)

    def _arrange(self) -> None:
        shown = self.shown
        offered = (
            (self.answer_button, shown.answer),
            (self.resolve_button, shown.resolve),
            (self.open_again_button, shown.open_again),
            (self.delete_button, shown.delete is not None),
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button, wanted in offered:
            button.setParent(self)
            button.setVisible(wanted)
            if wanted:
                buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
