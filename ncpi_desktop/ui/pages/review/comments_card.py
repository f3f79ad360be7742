"""The comments of a case, folded out beside it: threads above, below them the box to write in."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.comment import MOST, About, CommentKey
from ncpi_desktop.ui.models.reason_model import one_line
from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.comment_box import CommentBox
from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.pages.review.thread_card import ShownThread, ThreadCard
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


class CommentsCard(Card):
    """Shows threads and takes words; what is done with them is left to whoever listens.

    Signals:
        closed: the person is done.
        send_wanted: what stands in the box is to be sent.
        resolve_wanted, open_again_wanted: the key of the thread.
        delete_wanted: the key of the comment.
    """

    closed = Signal()
    send_wanted = Signal()
    resolve_wanted = Signal(object)
    open_again_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, theme: Theme, methodology: Methodology, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=14, parent=parent)
        self._methodology = methodology
        self.about = About()
        self.answers: CommentKey | None = None
        self.cards: list[ThreadCard] = []
        self.heading = TextLabel(theme, "", role="card_title", wrap=True)
        self.close_button = PushButton(theme, _("Close the comments"), "quiet", "x", "Esc")
        self.close_button.set_icon_only()
        self.nothing = TextLabel(theme, _("Nobody has commented on this case."), tone="muted", wrap=True)
        self.subject = TextLabel(theme, "", role="caption", weight=600, wrap=True)
        self.box = CommentBox(theme, self)
        self.hint = TextLabel(theme, "", role="caption", tone="muted", wrap=True)
        self.send_button = HintedButton(theme, _("Send"), "primary", key="Ctrl+Enter")
        self._to_show: QWidget | None = None
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(0)
        self._showing.timeout.connect(self._bring_into_view)
        self._arrange()
        self.close_button.clicked.connect(lambda: self.closed.emit())
        self.box.send_pressed.connect(lambda: self.send_wanted.emit())
        self.box.refused.connect(self._say_too_long)
        self.box.typed.connect(self._say_rule)
        self.send_button.clicked.connect(lambda: self.send_wanted.emit())
        self.write_about(About())

    def show_threads(self, case: str, threads: Sequence[ShownThread], *, may_write: bool) -> None:
        """Show the threads of the case called `case`; the one that had the keyboard keeps it."""
        self.heading.setText(_("Comments on {case}").format(case=one_line(case)))
        if [card.shown for card in self.cards] != list(threads):
            self._lay_out(threads)
        self.nothing.setVisible(not threads)
        for part in (self.box, self.send_button):
            part.setEnabled(may_write)
        self._say_rule()

    def write_about(self, about: About, answers: CommentKey | None = None) -> None:
        """Let the box be for a comment about something, or for an answer to a thread; words in it stay."""
        self.about, self.answers = about, answers
        words = one_line(about.words(self._methodology))
        self.subject.setText(
            (_("Answer about: {about}") if answers else _("New comment about: {about}")).format(about=words)
        )
        self.box.setAccessibleName(self.subject.text())

    def clear_box(self) -> None:
        """Empty the box: what stood in it is sent."""
        self.box.show_text("")
        self._say_rule()

    def focus_first(self) -> None:
        """Bring the keyboard to the first thread, else to the box."""
        if self.cards:
            self.focus_thread(self.cards[0].shown.thread.root.key)
        else:
            self.focus_box()

    def focus_box(self) -> None:
        """Bring the keyboard to where comments are written."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_thread(self, key: CommentKey) -> None:
        """Bring the keyboard to a thread, and the thread into view."""
        card = next((card for card in self.cards if card.shown.thread.root.key == key), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self._show_soon(card)

    def focused_thread(self) -> CommentKey | None:
        """Return the thread that has the keyboard."""
        focused = self.window().focusWidget()
        return next(
            (
                card.shown.thread.root.key
                for card in self.cards
                if focused is not None and (card is focused or card.isAncestorOf(focused))
            ),
            None,
        )

    def minimumSizeHint(self) -> QSize:
        """Ask for less than the queue, whose place it takes: words wrap."""
        return QSize(self._theme.px(120), self._theme.px(220))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape, go through the threads with Up and Down."""
        place = next((place for place, card in enumerate(self.cards) if card.hasFocus()), None)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif place is not None and step is not None:
            self.focus_thread(self.cards[min(max(place + step, 0), len(self.cards) - 1)].shown.thread.root.key)
        else:
            super().keyPressEvent(event)

    def _lay_out(self, threads: Sequence[ShownThread]) -> None:
        held = self.focused_thread()
        focused = self.window().focusWidget()
        if held is not None and focused is not None:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(shown) for shown in threads]
        for place, card in enumerate(self.cards):
            self._list.insertWidget(place, card)
        before: QWidget = self.close_button
        for card in self.cards:
            for stop in (card, card.answer_button, card.resolve_button, card.open_again_button, card.delete_button):
                QWidget.setTabOrder(before, stop)
                before = stop
        QWidget.setTabOrder(before, self.box)
        if held is not None:
            self.focus_thread(held)

    def _card(self, shown: ShownThread) -> ThreadCard:
        card = ThreadCard(self._theme, shown)
        root = shown.thread.root
        card.answer_wanted.connect(lambda: self._answer(root.about, root.key))
        card.resolve_wanted.connect(lambda: self.resolve_wanted.emit(root.key))
        card.open_again_wanted.connect(lambda: self.open_again_wanted.emit(root.key))
        card.delete_wanted.connect(self.delete_wanted)
        return card

    def _answer(self, about: About, thread: CommentKey) -> None:
        self.write_about(about, thread)
        self.focus_box()

    def _show_soon(self, widget: QWidget) -> None:
        self._to_show = widget
        self._showing.start()

    def _bring_into_view(self) -> None:
        if self._to_show in self.cards and self._to_show is not None:
            self._scroll.ensureWidgetVisible(self._to_show, 0, 8)
        self._to_show = None

    def _say_rule(self) -> None:
        words = _("Words left in the box are sent when you go to another case or page, or close.")
        self.hint.setText(words)
        # While the box is empty the threads have the room.
        self.hint.setVisible(not self.box.document().isEmpty())

    def _say_too_long(self, count: int) -> None:
        self.hint.show()
        self.hint.setText(
            _("{count} characters do not fit: a comment holds {most}.").format(count=f"{count:,}", most=f"{MOST:,}")
        )

    def _dress(self) -> None:
        lines = 2 if self._theme.text_scale >= LARGE_TEXT else 4
        edges = 2 * (self.box.frameWidth() + round(self.box.document().documentMargin())) + 2
        self.box.setFixedHeight(ceil(lines * QFontMetricsF(self._theme.font()).lineSpacing()) + edges)

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.heading, 1)
        above.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(8)
        self._list.addWidget(self.nothing)
        self._list.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._dress()
        self._theme.changed.connect(self._dress)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.send_button)
        self.body.addLayout(above)
        self.body.addWidget(self._scroll, 1)
        for part in (self.subject, self.box, self.hint):
            self.body.addWidget(part)
        self.body.addLayout(below)
