"""The box that a comment is written in: Ctrl+Enter sends it, Escape leaves it standing and goes back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.moderation.comment import MOST
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.words import _

_SENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommentBox(JudgementText):
    """Takes as many characters as a comment may have, so that nothing typed can be refused later for its length.

    Signals:
        send_pressed: the comment is to be sent.
    """

    send_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Comment"), _("What do you want to say or ask?"), parent)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain words that fit; others are refused whole."""
        if self.document().characterCount() - 1 + len(source.text()) > MOST:
            self.refused.emit(len(source.text()))
        else:
            super().insertFromMimeData(source)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from handing the review in while a comment is written."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_send(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, or type while there is room."""
        if _is_send(event):
            self.send_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif self.document().characterCount() > MOST and event.text().isprintable() and event.text():
            self.refused.emit(1)
        else:
            super().keyPressEvent(event)


def _is_send(event: QKeyEvent) -> bool:
    return event.key() in _SENDS and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
